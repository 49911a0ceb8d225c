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
# What went wrong itself, and not what it cost them.
_OURS = re.compile(
    r"\b(?:parcel|order|delivery|package|refund|account|password|subscription|membership|app|website"
    r"|cancel|unsubscribe|log(?:ged)?[ -]?(?:in|on|out)|sign[ -]?(?:in|on|up)|get (?:in|into|through|out))\b",
    re.IGNORECASE,
)
_STATES = (
    "smashed|shattered|cracked|broken|broke|snapped|chipped|dented|scratched|bent|torn|ripped|stained|"
    "leaking|damaged|crushed|squashed|split|burst|faulty|dead|empty|mouldy|rotten|melted|warped|loose|"
    "wobbly|in pieces|in bits"
)
_SAID_BEFORE = {"broke": "broken", "in pieces": "broken", "in bits": "broken"}
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
    r"^\s*(?:hi|hello|hey|hiya|dear|good (?:day|morning|afternoon|evening))\b(?: there| all| team| guys| sir| madam)*[\s,.!:-]*",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?<![\w-])\+?\(?\d(?:[\s().-]?\d){9,13}(?![\w-])")
_NEEDS = re.compile(
    r"\b(?:i(?:'m|’m| am)|my \w+ is) (?:\w+ ){0,2}?(?:deaf|blind|hard of hearing|partially sighted|"
    r"visually impaired|dyslexic|autistic|disabled|housebound|bedbound|in a wheelchair)\b[^.!?\n]*"
    r"|\bi (?:can['’]?t|cannot|can not|am unable to|find it hard to) "
    r"(?:hear|see|read|type|walk|carry|lift|(?:speak|talk|hear) on the (?:tele)?phone|use (?:the|a) (?:tele)?phone)\b[^.!?\n]*",
    re.IGNORECASE,
)
_SHORT_WISH = 4
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


def without_years(text: str) -> str:
    """The text without what is a year in a sentence, not a number: "since 2015"."""
    return _YEARS.sub(" ", text)


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
