"""The customer's own words, picked out of a message so that they can be kept and echoed.

Nothing is invented here: every phrase returned stands in the message as written.
"""

import re
from dataclasses import dataclass

_WISH = re.compile(
    r"\b(?:i\s*(?:'d|’d|\s+would)?\s*(?:just\s+|really\s+|only\s+)?(?:want|like|need|expect|demand)\b"
    r"|just (?:send|give|refund|replace|fix|cancel)|(?:please|pls|plz|kindly) (?:send|give|refund|replace|fix|cancel|resend)"
    r"|(?:can|could) (?:you|i|we) (?:please |just )?(?:send|give|refund|replace|fix|get|have|cancel|swap|exchange)"
    r"|(?:send|give) me|i'd (?:rather|prefer)|(?:a|an|the) (?:new|different|other|proper|working) \w+ would)[^.!?\n]*",
    re.IGNORECASE,
)
_NOT_A_WISH = re.compile(
    r"\b(?:to (?:make|file|lodge|raise|submit) (?:a |my )?complaint|to complain|to know why|help"
    r"|give (?:me|us) (?:a|an|one|two|half a|just a|\d+) (?:sec\w*|min\w*|moment|bit|tick|while|chance))\b",
    re.IGNORECASE,
)
# Said like this it is a wish, whatever is wanted: "send the kettle", "all I want is …".
_DEMAND = re.compile(
    r"(?:\ball (?:that )?i (?:want|need|ask for) is\b"
    r"|\bi(?:['’]d| would)? (?:just |only )?(?:like|want) (?:the|my|a|an|one|it|them)\b"
    r"|(?:please|pls|kindly) (?:refund|replace|exchange|resend|repair)\b"
    r"|(?:^|[.!?,;:\n]\s*|\band )(?:please |pls |just |kindly |so )*(?:send|give|refund|replace|exchange|swap|resend)"
    r" (?:me|us|the|my|it|them|that|another|a new|out)\b|\bjust the [a-z]+(?: [a-z]+)? (?:please|pls)\b)[^.!?\n]*",
    re.IGNORECASE,
)
_IMPACT = re.compile(
    r"\b(?:(?:i|we)(?:'ve|’ve| have|'ll have|’ll have|'m|’m| am| are|'re|’re)? (?:got |had |having |expecting )"
    r"(?!the\b|a replacement|this|your|it\b|my order|no (?:reply|answer|response))"
    r"[^.!?\n]*?(?:people|guests|friends|family|visitors|party|wedding|birthday|day off|dinner|to buy|to pay)"
    r"|it(?:'s|’s| was| is) (?:for )?(?:my|our|a) [^.!?\n]*?(?:birthday|wedding|present|gift|anniversary|party|funeral|christening)"
    r"|(?:i|we) (?:took|had to take|wasted|lost|missed|waited|stayed|can't|can’t|cannot|couldn't|couldn’t|now have to|had to) "
    r"|i (?:was|am|felt|feel) (?:so |really |very |completely |left )?(?:in tears|humiliated|embarrassed|ashamed|upset|devastated|gutted|mortified|heartbroken)"
    r"|(?:my|our) [\w ]{2,25} (?:is|was|are|were) (?:ruined|spoiled|cancelled)"
    r"|(?:there's|there’s|there is) nothing to )"
    r"[^.!?\n,;]*",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:parcel|order|delivery|package|refund)\b", re.IGNORECASE)
_STATES = (
    "smashed|shattered|cracked|broken|broke|snapped|chipped|dented|scratched|bent|torn|ripped|stained|"
    "leaking|damaged|crushed|squashed|split|burst|faulty|dead|empty|mouldy|rotten|melted|warped|loose|"
    "wobbly|in pieces|in bits"
)
_SAID_BEFORE = {"broke": "broken", "in pieces": "broken", "in bits": "broken"}
_CAME_LATE = re.compile(
    r"\b(?:(?:arrived|came|turned up|got here|delivered|did arrive|did come|did turn up)\b[^.!?\n]{0,40}"
    r"\b(?:late|too late|in the end|after)\b|(?:finally|eventually) (?:arrived|came|turned up|got here))",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:never|still|not yet|(?:has|have|did)(?:n['’]?t| not)) (?:\w+ )?(?:arriv|c[ao]me|turn|got|been deliv|deliv|here|wait)",
    re.IGNORECASE,
)
_VISIBLE = re.compile(
    rf"\b(?:{_STATES}|scratch\w*|crack\w*|dent\w*|stain\w*|chip\w*|smash\w*|tear|hole|leak\w*|mark\w*|"
    r"colou?r\w*|size|label|fad\w*|rust\w*|peel\w*|bubbl\w*|discolou?r\w*|looks?)\b",
    re.IGNORECASE,
)
_DAMAGE = re.compile(
    r"\b(?:with (?:the|its|a|one)|the|my|its|one)\s+(?P<thing>[a-z][a-z'’-]*(?: [a-z][a-z'’-]*)??)\s+(?:of (?:the|my|our) \w+ )?"
    r"(?:(?:was|is|were|are|had|has|been|came|arrived|turned up|got|all|completely|totally|already|just)\s+){0,3}"
    rf"(?P<state>{_STATES})\b",
    re.IGNORECASE,
)
_HELLO = re.compile(
    r"^\s*(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening))\b(?: there| all| team| guys| sir| madam)*[\s,.!:-]*",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?<![\w-])\+?\(?\d(?:[\s().-]?\d){9,13}(?![\w-])")
_NEW_ONE = re.compile(
    r"\b(?:new|another|different|replacement|working|proper|correct|right) [a-z]+\b", re.IGNORECASE
)
_AGREES = re.compile(
    r"(?:(?:oh|ah|ok|okay|well)[\s,]+)*"
    r"(?:yes|yep|yeah|yup|aye|correct|exactly|right|sure|that['’]?s (?:right|it|correct|fine))"
    r"(?:[\s,.!]+(?:please|thanks|thank you|thank|you|cheers|yes|that|that['’]?s|it|is|quite|all|exactly"
    r"|right|correct|perfect|fine|good|love|mate|very much|so much))*[\s.!]*",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"\b(?:i|we|happy to|glad to|rather|then)(?:['’]?ll| will| can| could)?"
    r"(?: (?:just|then|still|happily|gladly|also))* wait\b(?! since| so long| already| \w+ (?:days|weeks))"
    r"|\blet it come\b|\bleave it (?:as it is|on its way)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:got that wrong|got it wrong|my mistake|i meant|i mean|no,? wait|not the|wrong one|correction)\b",
    re.IGNORECASE,
)
_SETS_RIGHT = re.compile(
    r"\s*(?:(?:oh|ah|wait|hang on)[\s,]+)*"
    r"(?:actually|correction|(?:sorry|no|nope)[\s,]+(?:no|not|wait|actually|it|its|it['’]s|that|they)\b)",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:not (?:really )?sure|no idea|no clue|dunno|don['’]?t know|can['’]?t (?:find|remember|recall)"
    r"|what(?:['’]?s|ever)?(?: is|['’]s)?(?: the)? (?:quickest|fastest|easiest|simplest)"
    r"|how (?:should|would|could|am|do) i (?:supposed to )?know"
    r"|(?:it['’]?s )?up to you|you (?:decide|choose))\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?:don['’]?t|do not) (?:want|need) anything\b|\bjust want(?:ed)? (?:you|somebody|someone) to know\b",
    re.IGNORECASE,
)
_CALLS_OUT = re.compile(
    r"(?:(?:hello+|hi|hey|helo|oi|ok|so|and|but)[\s,.!?…]*)*(?:(?:is |are )?(?:any ?(?:one|body)|some ?(?:one|body)|you)"
    r"(?: still| even)? (?:there|here|home|listening|around|alive)(?: at all| please)?|still there)[\s.!?…]*",
    re.IGNORECASE,
)
_ASKS_WHEN = re.compile(
    r"\bwhen (?:exactly |about )?(?:will|does|is|are|can|should|do)\b|\bwhen it (?:comes?|arrives?)\W*$|\bhow (?:long|soon)\b|\bwhat (?:day|date)\b|\bany news\b|"
    r"\bwhere(?:'s|’s| is| are)\b|\bon (?:its|the|their) way\b|\bwhat happens (?:now|next)\b",
    re.IGNORECASE,
)
_NEEDS = re.compile(
    r"\b(?:i(?:'m|’m| am)|my \w+ is) (?:\w+ ){0,2}?(?:deaf|blind|hard of hearing|partially sighted|"
    r"visually impaired|dyslexic|autistic|disabled|housebound|bedbound|in a wheelchair)\b[^.!?\n]*"
    r"|\bi (?:can['’]?t|cannot|can not|am unable to|find it hard to) "
    r"(?:hear|see|read|type|walk|carry|lift|(?:speak|talk|hear) on the (?:tele)?phone|use (?:the|a) (?:tele)?phone)\b[^.!?\n]*",
    re.IGNORECASE,
)
_SHORT_WISH = 4
# Neither says what would put it right.
_VENTS = re.compile(
    r"\W*(?:this|that|it|you|what)(?:['’]s| is| are)?(?: \w+){0,3}? (?:ridiculous|disgusting|a joke|joke|shambles|disgrace\w*|"
    r"unacceptable|unbelievable|rubbish|pathetic|appalling|outrageous|shocking|terrible|awful)\b[^?]{0,20}"
    r"|\W*(?:that['’]?s|that is|it['’]?s|this is) not (?:what|how)\b.*"
    r"|.*\b(?:just |only )?(?:want|need|would like|['’]d like) to know (?:if|whether|why|what|how)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_REQUESTS = re.compile(
    r"\W*(?:please |and |so )*(?:can|could|would|will) (?:you|i|we)\b", re.IGNORECASE
)
_YEARS = re.compile(r"\b(?:since|in|from|until|of|for|year) (?:19|20)\d\d\b", re.IGNORECASE)
_QUOTABLE = 100  # characters
_NO_THING = frozenset(
    """
    it this that order parcel package box one thing item which they i we she he who and but
    """.split()
)


@dataclass(frozen=True)
class Damage:
    """Something and what became of it: "the jug", "smashed"."""

    thing: str
    state: str


def gist(text: str, sentences: tuple[tuple[str, str], ...] = ()) -> str | None:
    """The sentence that says what went wrong, if it can be quoted back.

    Not when it is long, and not when they shout: to repeat somebody's capitals mocks them.
    """
    if len(re.findall(r"\b[A-Z]{4,}\b", text)) >= 2:
        return None
    complaining = [clause for clause, intent in sentences if intent.startswith("complain_")]
    clause = complaining[0] if complaining else text
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        if clause in sentence or sentence in clause:
            found = trimmed(_HELLO.sub("", sentence))
            return found if found and len(found) <= _QUOTABLE else None
    return None


def wish(text: str, sentences: tuple[tuple[str, str], ...] = ()) -> str | None:
    """The words in which the customer says what would put it right."""
    for sentence, intent in sentences:
        if intent == "express_wish" and len(sentences) > 1:
            return trimmed(sentence)
    found = [each for each in _WISH.finditer(text) if not _NOT_A_WISH.search(each.group())]
    found += [each for each in _DEMAND.finditer(text) if not _NOT_A_WISH.search(each.group())]
    if found:
        first = min(found, key=lambda each: each.start())
        return trimmed(re.sub(r"^[\s.!?,;:]*(?:and )?", "", first.group(), flags=re.IGNORECASE))
    return None


def demands(text: str) -> bool:
    """Whether they say in so many words what they want, whatever it is."""
    return any(not _NOT_A_WISH.search(each.group()) for each in _DEMAND.finditer(text))


def bare_wish(text: str) -> str | None:
    """A wish of a few words, when it was heard as one: "compensation obviously"."""
    return trimmed(text) if len(text.split()) <= _SHORT_WISH else None


def vents_or_wonders(text: str) -> bool:
    """Whether it only gives vent to how bad it is, or wants to know something."""
    return bool(_VENTS.fullmatch(text))


def requests(text: str) -> bool:
    """Whether a question asks us to do something rather than to tell something."""
    return bool(_REQUESTS.match(text))


def without_years(text: str) -> str:
    """The text without what is a year in a sentence, not a number: "since 2015"."""
    return _YEARS.sub(" ", text)


def names_a_new_one(text: str) -> bool:
    """Whether they name another of it, as an answer to what they want: "a new toaster"."""
    return bool(_NEW_ONE.search(text))


def agrees(text: str) -> bool:
    """Whether it is a yes and nothing else, however politely."""
    return bool(_AGREES.fullmatch(text.strip()))


def will_wait(text: str) -> bool:
    """Whether they are content to wait."""
    return bool(_WAITS.search(text))


def came_late(text: str) -> bool:
    """Whether they say that it has come, only too late."""
    return bool(_CAME_LATE.search(text)) and not _NOT_YET.search(text)


def wants_nothing(text: str) -> bool:
    """Whether they only want it to be known."""
    return bool(_NOTHING.search(text))


def is_unsure(text: str) -> bool:
    """Whether they say that they do not know."""
    return bool(_UNSURE.search(text))


def calls_out(text: str) -> bool:
    """Whether all it asks is whether anybody is there: "hello? anyone there?"."""
    return bool(_CALLS_OUT.fullmatch(text.strip()))


def asks_when(text: str) -> bool:
    """Whether they ask where something is, or by when it comes."""
    return bool(_ASKS_WHEN.search(text))


def corrects(text: str) -> bool:
    """Whether they take back something they said."""
    return bool(_CORRECTS.search(text))


def sets_right(text: str) -> bool:
    """Whether it begins as what puts right something said before: "sorry no, it's a blender"."""
    return bool(_SETS_RIGHT.match(text))


def impact(text: str) -> str | None:
    """The words in which the customer says what it cost them or why it matters."""
    for match in _IMPACT.finditer(text):
        if not _OURS.search(match.group()):
            return trimmed(match.group())
    return None


def needs(text: str) -> str | None:
    """The words in which the customer says what makes this harder for them than for others."""
    match = _NEEDS.search(text)
    return trimmed(match.group()) if match else None


def damage(text: str) -> Damage | None:
    """What broke and how, as the customer put it."""
    for match in _DAMAGE.finditer(text):
        thing = match["thing"].lower()
        if thing.split()[0] not in _NO_THING and thing.split()[-1] not in _NO_THING:
            state = _SAID_BEFORE.get(match["state"].lower(), match["state"].lower())
            return Damage(re.sub(r"['’]s$", "", thing), state)
    return None


def trimmed(words: str, most: int = 160) -> str:
    """The words without the ragged ends a quotation would look untidy with."""
    words = re.sub(r"\s+", " ", words).strip(" \t\n.,;:!?-–—\"'“”")
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"


def shows(text: str) -> bool:
    """Whether a photo of it would show anything: a crack does, a silent loudspeaker does not."""
    return bool(_VISIBLE.search(text))


def telephone(text: str) -> str | None:
    """A telephone number in the text, as it was written; enough digits to be one."""
    match = _TELEPHONE.search(text)
    return match.group().strip() if match else None
