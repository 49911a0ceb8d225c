"""The numbers a customer may quote: of an order, or of a case with us."""

import re

from room.details.reading import Reading

# Letters that are misread or misheard (I, O, Q, S, Z) never stand in a reference.
_LETTER = "[A-HJ-NPRT-Y]"
_CASE = re.compile(
    rf"(?<![\w-])({_LETTER}{{2}})\s?-?\s?(\d{{4}})\s?-?\s?({_LETTER})(?![\w-])", re.I
)
_CASE_WORDS = re.compile(r"\b(?:case|complaint|reference|ref|claim|ticket)\b")
_ORDER_WORDS_NEAR = re.compile(r"\border\b[^.!?]{0,25}$")

_NUMBER_SIGN = r"(?:(?:numbers?|numb|num|nmbr|nbr|no|nr|id|ids|ref(?:erence)?|code)\b\.?|\#)"
_IS_WORDS = r"\s*(?:is|was|are|it'?s|being|of|called|reads|says|[:=-])"
_IS = rf"(?:{_IS_WORDS})?"
# Further parts of a number hold a digit or are short capitals; "10482-it came broken" has none.
_PARTS = r"(?:-(?:[A-Z]*\d[\dA-Z]*|(?-i:[A-Z]{1,3})\b))*"
_ENDS = r"(?![\w£$€%]|[.,]\d)"
_CUED = re.compile(
    rf"""\b(?P<cue>orders?|ordr|oder|odrer|purchase(?:\s+order)?|booking|confirmation|reservations?|ref(?:erence)?)
    (?P<sign>\s*{_NUMBER_SIGN})?{_IS}\s*(?:\#\s*)?
    (?P<value>(?:[A-Z]{{0,4}}-?|[A-Z]\s)\d[\dA-Z]*{_PARTS}){_ENDS}""",
    re.I | re.X,
)
# Bookings carry letters ("YAX4DR") or are dictated ("k 2 s 8 c 7"); only an explicit cue tells them.
_BOOKING_CODE = re.compile(
    rf"\b(?:booking|reservations?|confirmation|order|record\s+locator|pnr)(?:\s+(?:numbers?|no|ids?|ref(?:erence)?|codes?)\b\.?)(?:{_IS_WORDS})?\s*(?:[#:]\s*)?"
    r"(?P<value>(?-i:[A-Z\d]{5,8})(?![\w-])|(?:[a-z\d]{1,3}\s){3,}[a-z\d]{1,3}\b)",
    re.I,
)
_NAMED_AFTER = re.compile(
    rf"(?<![\w£$€.,-])(?P<value>\#?\s?[A-Z]{{0,4}}-?\d[\dA-Z]{{2,}}{_PARTS})\s+(?:is|was|that'?s)\s+(?:my|the|our)\s+(?:order|purchase|booking)",
    re.I,
)
_SHAPED = re.compile(
    r"""(?<![\w£$€@.,/-])(?P<value>
      \#\s?[A-Z]{0,4}-?\d{3,}[\dA-Z]*PARTS      # "#W9571698"
    | \d{3}-\d{7}-\d{7}                          # the largest shop's own
    | [A-Z]{1,4}-\d{4,}PARTS                     # "W-10482", "ORD-2024-118"
    | (?:ORD|ORDER|SO|PO|INV)[A-Z]{0,2}-?\d{3,}[\dA-Z]*PARTS
    | w\s?\d{6,}
    | [A-Z]{1,3}\d{6,}
    )(?![\w%]|[.,/]\d)""".replace("PARTS", _PARTS),
    re.I | re.X,
)
# The demo shop's own, W-10482, as it is mistyped, spaced out or dictated: "w.1O482", "W 1 0 4 8 2".
_OURS = re.compile(
    r"""(?<![\w£$€@.,/-])\#?w(?:\s?[-/._:;\#]\s?|\s?)(?P<digits>
      (?=(?:[oil]*\d){3})[\doil]{5}
    | \d(?:[\s.-]\d){4}(?![\s.-]?\d)
    | (?:\d-\d{4}|\d\d[\s-]\d{3}|\d{3}[\s-]\d\d)(?![\s.-]?\d)
    )(?![\w%]|[.,/]\d)""",
    re.I | re.X,
)
_MISTYPED = str.maketrans("oil", "011")
_SPOKEN_DIGITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_SPOKEN_DIGIT = rf"(?:(?:(?:double|triple)[\s-])?(?:\d|(?:{'|'.join(_SPOKEN_DIGITS)})\b))"
_DICTATED = re.compile(
    rf"\b(?P<w>w|double[\s-]?(?:u|you))[\s,-]+(?P<ours>{_SPOKEN_DIGIT}(?:[\s,-]+{_SPOKEN_DIGIT}){{3,4}})(?![\s-]+{_SPOKEN_DIGIT})(?!\w)"
    rf"|\border(?:\s+(?:numbers?|no|id|ref(?:erence)?)\b\.?)?(?:{_IS_WORDS})?\s+(?P<digits>{_SPOKEN_DIGIT}(?:[\s,-]+{_SPOKEN_DIGIT}){{3,9}})(?!\w)",
    re.I,
)
_DIGITS = re.compile(r"(?<![\w£$€@.,/#:+-])\d{5,14}(?![\w%£$€:/-]|[.,]\d)")
_FILLER_ONLY = re.compile(
    r"^(?:\W|\b(?:it|is|its|it's|the|my|number|no|ok|okay|sure|yes|yeah|yep|hi|hello|sorry|here|you|go|please|thanks|thank|this|that|that's|one|think|i|so|found|and)\b)*$"
)
_SPOKEN_OF = re.compile(r"\b(?:order(?:ed)?|purchased?|bought|booking)\b")
# A number that is quoted for something else.
_NOT_AN_ORDER = re.compile(
    r"\b(?:account|customer|member(?:ship)?|user(?:name)?|card|policy|police|claim|ticket|case|"
    r"invoic\w|invoice|bill|receipt|vat|transaction|otp|tracking|consignment|serial|model|part|"
    r"item|product|article|set|sku|imei|isbn|phone|mobile|cell|contact|extension|ext|"
    r"pin|zip|post\s?code|sort\s?code|routing|flight|reservation|meter)\b"
    r"[\s\w.:#'-]{0,22}$"
)
_COUNTED = re.compile(
    r"^\s*(?:pounds?|quid|dollars?|bucks|euros?|pence|days?|weeks?|months?|years?|hours?|hrs?|min(?:ute)?s?|times?|items?|"
    r"pieces?|pcs|miles|km|kg|grams?|g\b|ml\b|litres?|inch(?:es)?|cm\b|mm\b|people|customers|points|stars?|%|percent|pm\b|am\b)"
)


def find_case_references(reading: Reading) -> None:
    """References of our own cases as "KX-4821-M", however they were typed."""
    for match in reading.free_matches(_CASE):
        before = reading.sentence_before(match.start())
        if _ORDER_WORDS_NEAR.search(before) and not _CASE_WORDS.search(before[-15:]):
            continue
        # "by 2024 a" and "at 1200 h" have the same shape; spaces alone need a word that helps.
        loose = " " in match.group() and "-" not in match.group()
        alone = len(reading.text.split()) <= 4
        if (
            loose
            and match.group() != match.group().upper()
            and not (alone or _CASE_WORDS.search(before))
        ):
            continue
        reading.take("case_reference", "-".join(match.groups()).upper(), *match.span())


def find_order_numbers(reading: Reading) -> None:
    """Order numbers in any spelling, in capitals and without "#".

    Nothing is guessed about a shop's own shape, but for one: "w10482" and "W 10482" are W-10482.
    """
    for match in reading.free_matches(_OURS):
        if not _NOT_AN_ORDER.search(reading.sentence_before(match.start())[-40:]):
            digits = re.sub(r"\D", "", match["digits"].lower().translate(_MISTYPED))
            start = match.start() + match.group().startswith("#")
            reading.take("order_number", f"W-{digits}", start, match.end())
    for match in reading.free_matches(_CUED, "value"):
        if _is_plausible(reading, match):
            _take(reading, *match.span("value"))
    for pattern in (_NAMED_AFTER, _SHAPED):
        for match in reading.free_matches(pattern, "value"):
            if not _NOT_AN_ORDER.search(reading.sentence_before(match.start())[-40:]):
                _take(reading, *match.span("value"))
    _find_further_numbers(reading)


def find_dictated_order_numbers(reading: Reading) -> None:
    """ "W one zero four double eight", and digits in words that are said to be an order's."""
    if reading.words.isdisjoint(_SPOKEN_DIGITS):
        return
    for match in reading.free_matches(_DICTATED):
        digits = _written(match["ours"] or match["digits"])
        if match["w"] and len(digits) == 5:
            reading.take("order_number", f"W-{digits}", *match.span())
        elif match["digits"] and len(digits) >= 4:
            reading.take("order_number", digits, *match.span("digits"))


def _written(spoken: str) -> str:
    """ "one zero double four" as 1044."""
    written, times = "", 1
    for word in re.findall(r"[a-z]+|\d", spoken.lower()):
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
        else:
            written, times = written + _SPOKEN_DIGITS.get(word, word) * times, 1
    return written


def find_booking_codes(reading: Reading) -> None:
    """The codes of trades that book instead of order, also when they are dictated."""
    for match in reading.free_matches(_BOOKING_CODE, "value"):
        code = match.group("value")
        if code.isupper() or sum(character.isdigit() for character in code) >= 2:
            _take(reading, *match.span("value"))


def find_bare_order_numbers(reading: Reading) -> None:
    """Long runs of digits that nothing else explains: an answer to "what is the order number?"."""
    for match in reading.free_matches(_DIGITS):
        before = reading.sentence_before(match.start())
        alone = _FILLER_ONLY.match(before) and _FILLER_ONLY.match(
            reading.text[match.end() :].lower()
        )
        if _NOT_AN_ORDER.search(before[-40:]) or _COUNTED.match(reading.after(match.end())):
            continue
        if alone or _SPOKEN_OF.search(before):
            _take(reading, *match.span())


def _is_plausible(reading: Reading, match: re.Match[str]) -> bool:
    value, cue = match.group("value"), match.group("cue").lower()
    digits = sum(character.isdigit() for character in value)
    explicit = bool(match.group("sign")) or "#" in match.group()
    before = reading.sentence_before(match.start())
    if cue.startswith("ref") and _CASE_WORDS.search(before[-20:]):
        return False
    if _NOT_AN_ORDER.search(before[-25:]) and not cue.startswith(("order", "ordr", "oder")):
        return False
    if digits < (3 if explicit else 4) or _COUNTED.match(reading.after(match.end())):
        return False
    # "my order 2024" is a year; "order it 5 times" never gets here.
    return explicit or not re.fullmatch(r"(?:19|20)\d\d", value.strip())


def _find_further_numbers(reading: Reading) -> None:
    """In "orders W-10482 and 10490" the second number is cued by the first."""
    for detail in [found for found in reading.details if found.entity == "order_number"]:
        end = detail.end
        while match := re.compile(
            r"\s*(?:,|and|&|or|\+|/)\s*(?:(?:also|the other (?:one )?is|#)\s*)?([A-Z]{0,3}-?\d{4,}[\dA-Z-]*)\b",
            re.I,
        ).match(reading.text, end):
            if not reading.is_free(*match.span(1)) or _COUNTED.match(reading.after(match.end())):
                break
            _take(reading, *match.span(1))
            end = match.end()


def _take(reading: Reading, start: int, end: int) -> None:
    while reading.text[start] in "# -":
        start += 1
    while reading.text[end - 1] in "- ":
        end -= 1
    value = re.sub(r"\s+", "", reading.text[start:end]).upper()
    value = re.sub(r"^W(\d{5})$", r"W-\1", value)
    reading.take("order_number", value, start, end)
