"""How heated a message is: 0 calm, 1 annoyed, 2 angry, 3 furious.

Words and shape only. The wording of our answer follows this number (rule R4); what we offer
never does (rule R15).
"""

import re

from room.danger_words import compiled

_FURY = compiled(
    (
        r"furious|livid|enraged|seething|fuming|raging|apoplectic|incandescent|outraged|outrageous",
        r"disgust(?:ed|ing|ingly)|appall(?:ed|ing)|despicable|vile|atrocious",
        r"scam(?:mers?|ming|med)?|thieves|thieving|crooks?|frauds?ters?|con (?:artists?|men)|robbed (?:me|us)|liars?|criminals?|daylight robbery|rip[\s-]?offs?|ripped (?:me )?off|you guys are (?:a )?frauds?",
        r"never (?:ever )?(?:shop|buy|order|us|com)\w*\b[^.!?]{0,25}\bagain",
        r"absolute (?:joke|disgrace|shambles|farce)|hate (?:you|this company)|go to hell|burn in hell|screw you|idiots|morons?|imbeciles?",
        r"how dare you|shame on you|worst (?:company|service|experience|customer service|shop)\b(?:[^.!?]{0,20}\bever)?",
    )
)
_SWEARING = compiled(
    (
        r"f+u+c+k+\w*|f[\*@#]+\w*|fk(?:ing|n)|fkin|wtf|ffs|sh[i1]t\w*|bullsh\w+|bs\b|bollocks|bastards?|wankers?|twats?|arseholes?|assholes?|cunts?|pricks?|dickheads?",
        r"piss(?:ed)? (?:off|take)|taking the piss|pissing me off|go(?:d|ddamn|d damn)[\s-]?damn\w*|goddamn\w*|damn\w*|damned|bloody|sodding|effing|crap|arse|bitch\w*|screw(?:ed)? (?:this|me)",
    )
)
_ANGER = compiled(
    (
        r"angry|mad|infuriat\w+|unacceptable|ridiculous|disgrace(?:ful)?|pathetic|shameful|shambolic|atrocious|unbelievable|shocking|insulting",
        r"terrible|horrible|awful|worst|shambles|farce|useless|worthless|hopeless|stupid|idiotic|moronic|rubbish|garbage|trash|a joke|beyond a joke|sucks?",
        r"sick (?:of|and tired)|fed up|had enough|had it with|enough is enough|last straw|(?:los(?:ing|t)) (?:all |my )?patience|end of my tether|at my wits'? end",
        r"incompeten\w+|lied|lying|cheat\w*|ignor(?:ed|ing) me|wast(?:e|ed|ing) (?:of )?(?:my )?(?:time|money)|demand\b|what the hell|(?:third|fourth|fifth|sixth) (?:time|one|replacement|email|call)",
        r"(?:\d+|three|four|five|six|ten|several|countless|multiple|numerous) (?:times|emails|calls|phone calls|attempts)",
    )
)
_ANNOYANCE = compiled(
    (
        r"disappoint\w*|frustrat\w*|annoyed|annoying|annoyance|unhappy|upset\w*|dissatisf\w*|not happy|not impressed|not good enough|not on\b|let down|gutted",
        r"poor(?:ly)?|bad|again|still (?:no|not|haven'?t|hasn'?t|waiting|nothing)|second time|yet again|no one|nobody|ruined?|inconvenien\w+|aren'?t (?:being )?helpful|unhelpful",
        r"expected better|seriously|come on|honestly|unprofessional|rude|absolutely|utterly|totally|completely|keeps? (?:getting|telling|saying|sending|happening)|for (?:two|three|four|\d+) weeks",
    )
)
_NOT_MEANT = compiled(
    (
        r"(?:not|isn't|wasn't|n't|no longer) (?:\w+ )?(?:angry|mad|annoyed|upset|furious|fuming)|mad about (?:it|the|this)|not (?:too )?bad|not a scam",
        r"absolutely (?:love|fine|great|perfect|brilliant|no problem|amazing|delighted)|no (?:rush|worries|problem|hurry)|bloody (?:mary|brilliant|good|marvellous|lovely)|damn good|bad back|too bad",
    )
)
_ANGRY_FACES = re.compile("[😡🤬😤👿🖕]")
_WEIGHTS = ((_FURY, 2.2), (_SWEARING, 1.8), (_ANGER, 1.2), (_ANNOYANCE, 0.7))
_STEPS = (0.6, 1.7, 3.3)  # points from which a message is annoyed, angry, furious


def heat_of(text: str) -> int:
    """The heat of a message, 0 to 3."""
    words = _NOT_MEANT.sub(" ", text.replace("’", "'"))
    points = sum(weight * len(pattern.findall(words)) for pattern, weight in _WEIGHTS)
    points += 1.7 * bool(_ANGRY_FACES.search(text))
    shouted = _is_shouted(text)
    if points or shouted:
        # Shape makes words hotter; alone, "!!" is as often joy as it is anger.
        points += 1.2 * shouted + 0.6 * bool(re.search(r"!{2,}|\?!|!\?|\?{2,}", text))
    # A long story has more of such words than a short one said in the same temper.
    points /= max(1.0, len(words.split()) / 60) ** 0.5
    return sum(points >= step for step in _STEPS)


def _is_shouted(text: str) -> bool:
    """Mostly capitals over at least two real words; "SW9 8QF" and "W-10482" are not shouting."""
    words = [word for word in re.findall(r"[A-Za-z']{3,}", text)]
    loud = [word for word in words if word.isupper()]
    return len(loud) >= 2 and len(loud) >= 0.3 * len(words)
