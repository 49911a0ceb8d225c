"""Phone numbers, as they are dialled; what cannot be dialled is kept as it was said."""

import re

import phonenumbers

from room.details.reading import Reading

_PHONE_WORDS = re.compile(
    r"\b(?:phone|mobile|mob|cell|tel|telephone|call|ring|text|whatsapp|contact|reach|landline)\b"
)
# After these, digits are a phone number whatever they look like: they were said to be one.
_ANNOUNCED = re.compile(
    r"(?:\b(?:(?:tele)?phone|mobile|mob|cell|contact|landline|whatsapp)\s+(?:numbers?|num|no\b\.?|nr\b\.?|\#)"
    r"|(?<!\ba\s)(?<!\bthe\s)(?<!\bnew\s)\b(?:(?:tele)?phone|mobile|mob|cell|tel|landline|whatsapp|contact|ph))"
    r"(?:\s+(?:is|was|it'?s|that|to|on|should|be|now|actually|still))*\s*[:=-]?\s*$"
    r"|\b(?:call|ring|text|reach|phone|contact|whatsapp)\s+(?:me|us)\s+(?:back\s+)?(?:on|at)\s*:?\s*$"
    r"|\b(?:my|mine)(?:\s+number)?(?:\s+is|:)?\s*$"
)
_BOUGHT = re.compile(r"\b(?:order|ordered|bought|purchased?)\b")
_NAMED_AFTER = re.compile(
    r"^\s+(?:is|was|that'?s)\s+(?:my|the|our)\s+(?:new\s+|correct\s+|contact\s+)?"
    r"(?:phone|mobile|cell|tel|telephone|landline|contact|whatsapp)\b"
)
_SAID_TO_BE_ONE = re.compile(r"(?<![\w#£$€+.,/-])\+?\d(?:[ .-]?\d){6,14}(?![\w£$€%-]|[.,]\d)")
_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}$")
_GROUPED = re.compile(r"(?<![\w-])(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w-])")
_TEN_DIGITS = re.compile(r"(?<![\w#£$€.,-])1?\d{10}(?![\w£$€%-]|[.,]\d)")
_ORDER_NEAR = re.compile(r"\border\b[^.]{0,20}$")

# Nobody writes an order number into their address: ten digits beside one are a phone number.
# An address is a house number and a street, or a house number, names and a code for the post.
_ADDRESS = re.compile(
    r"\b\d{1,5}[a-z]?\s+(?:[a-z]+\s+){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|way|blvd|court|terrace|place)\b"
    r"|\b\d{1,5}[a-z]?(?:,?\s+[a-z]+){2,6},?\s+(?:\d{5}|\d{3}\s?\d{2,3})\b"
    r"|\bp\.?o\.?\s+box\s+\d",
    re.I,
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:order|account|card|policy|claim|tracking|serial|invoice|customer|member|ref(?:erence)?|id)\b[^.!?,]{0,20}$"
)
_SHOP = "GB"
# Where a number may be from that has neither a country nor a 0 in front.
_ELSEWHERE = ("US", "IN")


def find_phones(reading: Reading) -> None:
    """Phone numbers as E.164; those of no plan we know in digits, as they were said."""
    _find_dialled(reading)
    for match in reading.free_matches(_GROUPED):
        if not _ORDER_NEAR.search(reading.clause_before(match.start())):
            _take(reading, match)
    for match in reading.free_matches(_TEN_DIGITS):
        before = reading.clause_before(match.start())
        spoken_of = _PHONE_WORDS.search(before) and not _BOUGHT.search(before)
        if spoken_of or _is_beside_an_address(reading, match, before):
            _take(reading, match)
    for match in reading.free_matches(_SAID_TO_BE_ONE):
        if _DAY.match(match.group()):
            continue
        if _ANNOUNCED.search(reading.clause_before(match.start())) or _NAMED_AFTER.match(
            reading.after(match.end())
        ):
            _take(reading, match)


def _find_dialled(reading: Reading) -> None:
    # "Possible", not "valid": the numbers reserved for examples are never valid, and a typo in
    # a phone number is for the person who rings it, not for us, to find.
    for match in phonenumbers.PhoneNumberMatcher(
        reading.text, _SHOP, phonenumbers.Leniency.POSSIBLE
    ):
        said = match.raw_string.lstrip("( ")
        # "ring me on 7700 900123": a British mobile without its 0.
        cued = said.startswith("7") and _PHONE_WORDS.search(reading.clause_before(match.start))
        # A bare run of digits that could be dialled is an order number unless it looks dialled.
        digits = sum(character.isdigit() for character in said)
        inside_a_code = reading.text[: match.start][-1:].isalnum()  # "JD0002218837"
        if inside_a_code or _DAY.match(said) or digits < 9:
            continue
        if (said.startswith(("+", "0")) or cued) and reading.is_free(match.start, match.end):
            reading.take("phone", _e164(match.number), match.start, match.end)


def _is_beside_an_address(reading: Reading, match: re.Match[str], before: str) -> bool:
    if _SOMETHING_ELSE.search(before) or not _country_of(match.group()):
        return False
    # What holds an order number is no address: "2 blue plates broken, order 10482".
    return any(reading.free_matches(_ADDRESS))


def _take(reading: Reading, match: re.Match[str]) -> None:
    said = match.group()
    country = _country_of(said)
    number = _e164(phonenumbers.parse(said, country)) if country else re.sub(r"[^\d+]", "", said)
    reading.take("phone", number, *match.span())


def _country_of(said: str) -> str | None:
    for country in _ELSEWHERE:
        try:
            number = phonenumbers.parse(said, country)
        except phonenumbers.NumberParseException:
            return None
        if phonenumbers.is_valid_number(number):
            return country
    return None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
