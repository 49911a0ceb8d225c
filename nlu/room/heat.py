"""How heated a message is: 0 calm, 1 annoyed, 2 angry, 3 furious.

Words and shape only: the same words typed in capitals with "!!" are hotter, whoever types them.
The wording of our answer follows this number; what we offer never does (rule R15).
"""

import re

_FURIOUS = re.compile(
    r"\b(?:furious|livid|enraged|seething|fuming|raging|apoplectic|incandescent|outraged|outrageous|disgust(?:ed|ing|ingly)|appall(?:ed|ing)|despicable|vile|"
    r"f+u+c+k+\w*|fk(?:ing|n)|f\*+\w*|fkin|wtf|ffs|shit\w*|bullshit|bollocks|bastards?|wankers?|twats?|arseholes?|assholes?|cunts?|pricks?|dickheads?|piss(?:ed)?\s+(?:off|take)|taking\s+the\s+piss|"
    r"scam(?:mers?|ming)?|thieves|thieving|crooks?|con\s+(?:artists?|men)|robbed\s+(?:me|us)|liars?|criminals?|daylight\s+robbery|rip[\s-]?offs?|ripped\s+(?:me\s+)?off|never\s+(?:ever\s+)?(?:shop|buy|order|use|come)\w*[^.!?]{0,25}\bagain|absolute\s+(?:joke|disgrace|shambles|farce)|hate\s+(?:you|this\s+company)|burn\s+in\s+hell|go\s+to\s+hell|screw\s+you|idiots|morons?|imbeciles?|incompetent\s+\w+)\b",
    re.I,
)
_ANGRY = re.compile(
    r"\b(?:angry|mad|annoyed|infuriat\w+|unacceptable|ridiculous|disgrace(?:ful)?|pathetic|terrible|horrible|awful|appalling|worst|joke|shambles|farce|useless|rubbish|crap|garbage|trash|sick\s+(?:of|and\s+tired)|fed\s+up|had\s+enough|had\s+it\s+with|enough\s+is\s+enough|"
    r"incompeten\w+|unbelievable|shocking|damn|bloody|hell|sucks?|wast(?:e|ed|ing)\s+(?:of\s+)?(?:my\s+)?(?:time|money)|lied|lying|cheat\w*|ignor(?:ed|ing)\s+me|how\s+dare|demand|insult\w*|third\s+time|fourth\s+time|fifth\s+time|third\s+(?:one|replacement|email|call)|"
    r"(?:\d+|three|four|five|six|ten|several|countless|multiple)\s+(?:times|emails|calls|phone\s+calls|attempts)|losing\s+(?:my\s+)?patience|lost\s+(?:all\s+)?patience|end\s+of\s+my\s+tether|last\s+straw|beyond\s+a\s+joke|complete\s+joke|absolute(?:ly)?|utter(?:ly)?|total(?:ly)?\s+(?:unacceptable|useless))\b",
    re.I,
)
_ANNOYED = re.compile(
    r"\b(?:disappoint\w*|frustrat\w*|unhappy|upset\w*|dissatisf\w*|not\s+happy|not\s+impressed|not\s+good\s+enough|let\s+down|annoying|annoyance|poor(?:ly)?|bad|again|still\s+(?:no|not|haven't|hasn't|waiting|nothing)|second\s+time|yet\s+again|no\s+one|nobody|ruined?|inconvenien\w+|"
    r"expected\s+better|not\s+what\s+i\s+(?:expected|paid)|seriously|come\s+on|honestly|really\?|why\s+(?:is|does|has|can't|do)\s+(?:it|nobody|this|no)|unprofessional|rude|weeks?\s+(?:now|late|ago)|keep(?:s)?\s+(?:getting|telling|saying|sending))\b",
    re.I,
)
_NOT_MEANT = re.compile(r"\b(?:not|isn't|wasn't|n't|no\s+longer)\s+(?:\w+\s+)?(?:angry|mad|annoyed|upset|furious|fuming)\b|\bmad\s+about\s+(?:it|the|this)|\bnot\s+a\s+scam\b|\babsolutely\s+(?:love|fine|great|perfect|brilliant|no\s+problem)\b|\bno\s+(?:rush|worries|problem|hurry)\b|\bnot\s+(?:too\s+)?bad\b", re.I)
_SWORN_AT = re.compile(r"\b(?:f+u+c+k+\w*|cunts?|wankers?|twats?|bastards?|assholes?|arseholes?|screw\s+you)\b", re.I)


def heat_of(text: str) -> int:
    """The heat of a message, 0 to 3."""
    words = _NOT_MEANT.sub(" ", text.replace("’", "'"))
    furious, angry, annoyed = (len(pattern.findall(words)) for pattern in (_FURIOUS, _ANGRY, _ANNOYED))
    points = 2.0 * furious + 1.2 * angry + 0.7 * annoyed
    points += 0.8 * bool(_SWORN_AT.search(words))
    if points or _is_shouted(text):
        # Shape makes words hotter; alone, "!!" is as often joy as it is anger.
        points += 1.2 * _is_shouted(text) + 0.6 * bool(re.search(r"!{2,}|\?!|!\?|\?{2,}", text)) + 0.8 * bool(re.search(r"[😡🤬😤👿]", text))
    elif re.search(r"[😡🤬👿]", text):
        points = 2.0
    return 0 if points < 0.6 else 1 if points < 1.6 else 2 if points < 3.1 else 3


def _is_shouted(text: str) -> bool:
    """Mostly capitals over at least two real words; "SW9 8QF" and "W-10482" are not shouting."""
    words = [word for word in re.findall(r"[A-Za-z']{3,}", text)]
    loud = [word for word in words if word.isupper()]
    return len(loud) >= 2 and len(loud) >= 0.3 * len(words)
