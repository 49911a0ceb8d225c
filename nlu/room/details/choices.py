"""Which of several: "the second one", "option 2", "the last"; and how many: "2 of them"."""

import re

from room.details.reading import NUMBER_WORDS, Reading, whole_number

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "last": -1, "final": -1, "former": 1, "latter": -1,
}  # fmt: skip
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)})"
_NAMED_OPTION = re.compile(
    rf"\b(?:the\s+)?{_ORDINAL}\s+(?:one|option|choice|offer|suggestion)\b|\bthe\s+(?P<pair>former|latter)\b",
    re.I,
)
_CHOSEN = re.compile(
    rf"\b(?:take|want|choose|pick|prefer|go\s+(?:for|with)|have|like|do)\s+(?:the\s+)?{_ORDINAL}(?=\s*(?:$|[,.!?;]|please|pls|then|thanks|if|and|instead))",
    re.I,
)
_ALONE = re.compile(
    rf"^\W*(?:(?:yes|yeah|ok|okay|um|hmm|so|just|then|well|right|fine|thank you|thanks|i think|i'?ll take|i'?d like)[\s,.]+)*(?:the\s+|number\s+|no\.?\s*|option\s+|#)?"
    rf"(?:{_ORDINAL}|(?P<digit>[1-9])|(?P<word>one|two|three|four|five))(?:\s+(?:please|pls|thanks|thx|then|thank you|sounds good|is fine|works)|\s*,?\s*(?:if you (?:would|could|don'?t mind|please)[\w ']{{0,20}}|lovely|love|perfect|very much))*\W*$",
    re.I,
)
_NUMBERED = re.compile(
    r"\b(?:option|choice|offer|suggestion|number|no\.?)\s*(?:number\s*|no\.?\s*|#\s*)?(?P<digit>[1-9]|one|two|three|four|five)(?![\w-]|[.,]\d)",
    re.I,
)
_CHOOSING = frozenset([*_ORDINALS, "one", "two", "three", "four", "five"])
_BEFORE_A_NUMBER = re.compile(
    r"\b(?:order|phone|mobile|case|reference|account|tracking|house|flat|door|model|card|serial|post\s?code|there(?:'s| is| are| were| was))\s*$"
)

_COUNT = r"(?P<count>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_QUANTITIES = (
    re.compile(rf"\b{_COUNT}\s+(?:out\s+)?of\s+(?:the\s+|these\s+|those\s+|them\b|my\s+)", re.I),
    re.compile(rf"\b{_COUNT}\s+(?:items?|units?|pieces?|pcs|pairs?|boxes|packs?|packets?|bottles?|bags?|sets?|copies|parcels?)\b", re.I),
    re.compile(rf"\b(?:ordered|bought|purchased|received|got|sent(?:\s+me)?|only)\s+(?:only\s+|just\s+)?{_COUNT}(?!\s*(?:of\s+the\s+)?(?:days?|weeks?|months?|years?|hours?|times?|minutes?|mins|emails?|calls?|stars?|people|pounds?|quid|dollars?|%|[ap]m|one\b))(?=\s+[a-z]+s\b|\s*(?:$|[,.!?]|but|and|instead))", re.I),
    re.compile(r"\b(?P<count>\d{1,2})\s?x\s+(?=[a-z])|\bx\s?(?P<times>\d{1,2})\b", re.I),
)  # fmt: skip


def find_choices(reading: Reading) -> None:
    """A pick among offers as a number from 1; -1 is the last. "The second time" is no choice."""
    if not reading.digits and reading.words.isdisjoint(_CHOOSING):
        return
    for pattern in (_NAMED_OPTION, _CHOSEN, _NUMBERED, _ALONE):
        for match in reading.free_matches(pattern):
            parts = match.groupdict()
            said = parts.get("ordinal") or parts.get("pair")
            if said:
                chosen = _ORDINALS[said.lower()]
            else:
                if pattern is _NUMBERED and _BEFORE_A_NUMBER.search(
                    reading.clause_before(match.start())
                ):
                    continue
                chosen = whole_number(parts.get("digit") or parts.get("word"))
            reading.take("choice", chosen, *match.span())


def find_quantities(reading: Reading) -> None:
    """How many things are meant, as a whole number."""
    if not reading.digits and reading.words.isdisjoint(NUMBER_WORDS):
        return
    for pattern in _QUANTITIES:
        for match in reading.free_matches(pattern):
            group = "count" if match.group("count") else "times"
            count = whole_number(match.group(group))
            if count:
                reading.take("quantity", count, *match.span(group))
