"""What the message is about: the thing that was ordered, as the customer calls it."""

import re

from room.details.item_words import ADJECTIVES, ENDS_A_NAME, NO_ITEMS, TRAILING
from room.details.reading import Reading

_WORD = r"(?![a-z]{0,3}-?\d{4,})[a-z0-9][a-z0-9'&/-]*"  # an order number is no part of a name
_THING = rf"(?P<item>(?!{ENDS_A_NAME}\b){_WORD}(?:\s+(?!{ENDS_A_NAME}\b){_WORD}){{0,3}})"
_A = (
    r"(?:(?:both|all|one|two|some|any|half|either)\s+(?:of\s+)?(?:my|our|the|these|those)|my|our|the|an?|this|that|these|those|"
    r"some|any|both|your|another|two|three|four|\d{1,2}|one)"
)
_PACK = r"(?:pairs?\s+of\s+|sets?\s+of\s+|box(?:es)?\s+of\s+|pack(?:et)?s?\s+of\s+|bottles?\s+of\s+|of\s+your\s+|couple\s+of\s+)?"
_I = r"(?:i|we)(?:'ve|'d|\s+have|\s+had|\s+just|\s+recently|\s+only)?\s+(?:just\s+)?"
_GOT = r"(?:ordered|bought|received|recieved|purchased|got|paid|wanted|want)"
_ORDERING = (
    r"(?:ordered|ordering|bought|buying|purchased|purchasing|received|recieved|got|getting|sent\s+(?:me|us)|delivered|sold\s+(?:me|us)|gave\s+(?:me|us)(?=\s+your)|"
    r"order(?=\s+(?:an?|the|my|some|this)\b)|includes?|including|contain(?:s|ed|ing))"
)
_DEALING = (
    r"(?:return|exchang|replac|swap|cancel|modify|chang|repair|fix|mend|find|keep|track|remov|send(?:ing)?\s+back|"
    r"buy|refund)(?:e|ing|ling|ping|ed|led|ped)?(?:\s+(?:me|us|for|back))*"
)
_HAPPENS = (
    r"(?:has|had|have|was|were|is|are|isn'?t|arrived|came|broke|stopped|won'?t|doesn'?t|does\s+not|never|hasn'?t|still|didn'?t|"
    r"turned|fell|leaks?|snapped|cracked|exploded|keeps|kept|looks|works|will\s+not|cannot|can'?t|just|don'?t|started|smells?|"
    r"gives|gave|makes|made|died|went|shrank|ripped|tore|says|shows|freez(?:es|ing)|crash(?:es|ed)|from\s+(?:that\s+|this\s+|my\s+)?order)"
)
_ABOUT = (
    r"(?:where'?s|where\s+(?:is|are)|(?:return|refund|replacement|exchange|problem|issue|trouble|wrong|happy)\s+(?:for|of|on|with)|"
    r"about|except(?:\s+for)?)"
)
# "The blender from order W-10482 stopped", "my blender (W-10482) came".
_NUMBERED = (
    r"(?:\s*[(,]?\s*(?:(?:from|in|of|on|under)\s+)?(?:(?:my|the)\s+)?(?:order\s+)?(?:number\s+|no\.?\s+|#)?"
    r"[a-z]{0,3}-?\d{4,}\)?,?)?"
)
# The surest first; what a later one finds again is not said twice. Beside each, what must stand
# in a message at all before it is worth looking for.
_SURE = (
    ((" i ", " we ", " i'", " we'"), rf"\b{_A}\s+{_THING}\s+(?:that\s+|which\s+)?{_I}{_GOT}\b"),
    (("order", "bought", "buying", "purchas", "rec", "got", "getting", "sent", "sold", "gave", "delivered", "inclu", "contain"),
     rf"\b{_ORDERING}\s+{_A}\s+{_PACK}{_THING}"),
    (("return", "exchang", "repla", "swap", "cancel", "modif", "chang", "repair", "fix", "mend", "find", "keep", "track", "remov", "send", "buy", "refund"),
     rf"\b{_DEALING}\s+{_A}\s+{_PACK}{_THING}"),
    (("my ", "our ", "the ", "this ", "your ", "both "), rf"\b(?:my|our|the|this|your|both)\s+{_THING}{_NUMBERED}\s+{_HAPPENS}\b"),
    (("wrong", "fault", "broke", "damag", "missing", "defect", "crack", "smash"),
     rf"\b(?:wrong|faulty|broken|damaged|missing|defective|cracked|smashed)\s+{_THING}"),
    ((" my ", " our "), rf"\b(?:{_ABOUT}|with|for|of)\s+(?:my|our)\s+{_THING}"),
    ((" the ",), rf"\b{_ABOUT}\s+the\s+{_THING}"),
    ((" like ",), rf"\b(?:items?|things?|goods|stuff|products?)\s*[;,:-]?\s*like\s+(?:{_A}\s+)?{_THING}"),
    (("available", "in stock"),
     rf"\b(?:any|some|if\s+the|whether\s+the|is\s+the|are\s+the)\s+{_THING}\s+(?:and\s+[a-z -]{{3,20}}\s+)?(?:is\s+|are\s+)?(?:available|in\s+stock)\b"),
    ((" order",), rf"\b(?:my|pending|the|of)\s+{_THING}\s+orders?\b"),
    (("item",), rf"\bitem\s*(?::|is|called|named)?\s+(?-i:(?=[A-Z][a-z])){_THING}"),
    (("",), rf"^\W*(?:it'?s|it\s+is|its|it\s+was|just)?\s*(?:the|my|an?)\s+{_THING}\W*$"),
)  # fmt: skip
_PATTERNS = tuple((signs, re.compile(pattern, re.I)) for signs, pattern in _SURE)
# "the handle for the pan": asked only when nothing surer is found, for "the middle of the road".
_PERHAPS = re.compile(rf"\b(?:with|for|of)\s+the\s+{_THING}", re.I)

# "the chair, keyboard and headphones": what goes on like the first is one more.
_AND_ANOTHER = re.compile(
    rf"\s*(?:,\s*(?:and\s+|or\s+)?|\s(?:and|or|&)\s+)(?P<a>(?:also\s+)?{_A}\s+)?{_THING}", re.I
)
_LIST_GOES_ON = re.compile(
    r"\s*(?:$|[,.!?;:)]|(?:and|or|from|in|that|which|i|we|to|are|were|is|was|please|under|available|too|as|instead|-)\b)",
    re.I,
)

# "jacket size L", "mens 9 boots", "trainers uk 9": how large is no part of what it is.
_SIZE = re.compile(
    r"\s*\b(?:sizes?\s+(?:uk\s+|eu\s+|us\s+)?(?:\d[\d/.]*|x{0,3}[sl]|m|small|medium|large)"
    r"|(?:mens?|men's|womens?|women's|ladies|kids|boys|girls|uk|eu|us)\s+(?:size\s+)?\d{1,2}(?:\.5)?)(?!\S)(?:\s+in\s+[a-z]+)?",
    re.I,
)
_LEADING = re.compile(rf"^(?:{ADJECTIVES}\s+)+", re.I)
_TRAILING = re.compile(rf"(?:\s+{TRAILING})+$", re.I)
_PARTICIPLE = re.compile(r"\s+[a-z]{3,}(?:ed|ly)$", re.I)


def find_items(reading: Reading) -> None:
    """Nouns the customer ordered, bought or received; more is better than less.

    What is not in the order in question falls away later, when the names are held against it.
    """
    seen: set[str] = set()
    for signs, pattern in _PATTERNS:
        if any(sign in reading.small for sign in signs):
            _note_all(reading, pattern, seen)
    if not seen:
        _note_all(reading, _PERHAPS, seen)


def _note_all(reading: Reading, pattern: re.Pattern[str], seen: set[str]) -> None:
    for match in reading.free_matches(pattern, "item"):
        end = _note(reading, match["item"], match.start("item"), seen)
        while end and (more := _AND_ANOTHER.match(reading.text, end)):
            bare = not more["a"]
            if bare and not _LIST_GOES_ON.match(reading.text, more.end()):
                break
            end = _note(reading, more["item"], more.start("item"), seen)


def _note(reading: Reading, said: str, start: int, seen: set[str]) -> int | None:
    """Keep one thing's name and tell where it ends; None when it is none."""
    if size := _SIZE.search(said):
        if size.start() == 0:
            rest = said[size.end() :].lstrip()
            start, said = start + len(said) - len(rest), rest
        else:
            said = said[: size.start()]
    if leading := _LEADING.match(said):
        said, start = said[leading.end() :], start + leading.end()
    said = _PARTICIPLE.sub("", _TRAILING.sub("", said)).rstrip(" '-")
    name = said.lower()
    last = name.split()[-1] if name else ""
    if last in NO_ITEMS or last.removesuffix("s") in NO_ITEMS or not re.search("[a-z]{2}", name):
        return None
    end = start + len(said)
    if name not in seen:
        seen.add(name)
        reading.note("item", said, start, end)
    return end
