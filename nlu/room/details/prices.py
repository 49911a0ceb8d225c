"""Amounts of money said without a unit: only what stands round a number says that it is one."""

import re
from collections.abc import Iterator

from room.details.money import NUMBER, SHOPS_OWN, WORDS, number_in_words, number_of, take_money
from room.details.reading import NUMBER_WORDS, Reading

_AMOUNT = rf"(?P<amount>{NUMBER})"
_MORE_OR_LESS = (
    r"(?:(?:me|us|you|about|over|around|nearly|almost|only|just|an?|extra|another|roughly|like|additional|"
    r"approx(?:imately)?|under|below|above|up\s+to|at\s+(?:least|most)|(?:more|less|higher|lower)\s+than|"
    r"as\s+much\s+as|all|my|the|that|not|exceeding)\s+){0,3}"
)
# What may follow a sum. A noun may not: "paid 2 invoices", "charged 3 times", "refund 2 of them".
_THEN = (
    r"(?=\s*(?:$|[,;!?)]|\.(?!\d)|(?:for|on|and|but|when|instead|to|into|in|extra|twice|from|more|back|so|it|already|"
    r"total|plus|additionally|at|by|of\s+(?:that|it|this|my)|as|has|have|was|were|is|each|per|an?\s+(?:month|year|week|day|night)|too|again|last|yesterday|today|"
    r"because|since|i|we|you|they|would|will|should|could|without|with|not|rather|altogether|out|off)\b))"
)
# "charged 45.99 twice", "the total was 64", "spent over 40 on …": the words say that it is money.
_MOVED_WORDS = (
    r"\b(?:paid|pay|paying|(?:over|under)?charged|charging|costs?|costing|worth|owed?|owes|spen[dt]|spending|spends|billed|invoiced|"
    r"deducted|debited|credited|reimbursed?|transfer(?:red)?|(?:listed|advertised|priced|sold|selling|valued)\s+at|withdraw|withdrew|deposited|quoted|fined|afford|"
    r"refund(?:ed)?(?:\s+of)?|(?:a|the|this|another|extra|of)\s+charges?\s+(?:of|for)|"
    # "bill 40417" is the bill's number, "the bill was 85" is not.
    r"(?:charge|amount|price|fee|fare|total|cost)|"
    r"(?:charge|amount|price|fee|fare|total|cost|bill|balance|deposit|budget|payment|compensation|rebate|invoice|quote|rent|premium)\s+"
    r"(?:charged\s+)?(?:of|is|was|were|are|came\s+to|comes\s+to|went\s+(?:up|down)\s+to|has\s+gone\s+up\s+to|should\s+(?:be|have\s+been))|"
    r"(?:it|that|this|which|all)\s+(?:came|comes)\s+to)"
    rf"\s*(?::\s*|\s){_MORE_OR_LESS}"
)
_MOVED = re.compile(rf"{_MOVED_WORDS}{_AMOUNT}{_THEN}", re.I)
# "I paid a hundred and twenty".
_MOVED_SPELLED = re.compile(rf"{_MOVED_WORDS}(?P<amount>{WORDS}){_THEN}", re.I)
_FEWEST_SPELLED = 5  # "owe me one", "charged for two" are no sums
_WAS_CHARGED = re.compile(
    rf"(?<![\w.,/:-]){_AMOUNT}\s+(?:has\s+been\s+|have\s+been\s+|was\s+|were\s+|got\s+)?(?:charged|debited|deducted|refunded|taken\s+(?:out\s+of|from)\s+my)\b",
    re.I,
)
_BOUGHT_FOR = re.compile(
    r"\b(?:bought|buy|buying|sold|sells?|selling|purchased|got\s+(?:it|this|them|one|mine))\b"
    rf"[^.!?\d]{{0,60}}\bfor\s+{_MORE_OR_LESS}{_AMOUNT}"
    r"(?=\s*(?:$|[,;!?)]|\.(?!\d)|(?:and|but|on|in|from|each|instead|at|when|then|yesterday|last)\b))",
    re.I,
)
_ANYTHING_BELOW = re.compile(
    rf"\bany\s?thing\s+(?:below|under|over|above|up\s+to|less\s+than|more\s+than|cheaper\s+than)\s+{_AMOUNT}{_THEN}",
    re.I,
)
_BACK = re.compile(
    r"\b(?:want|get|give\s+(?:me|us)|have|need|like)\s+(?:all\s+|my\s+|the\s+|that\s+|to\s+have\s+|to\s+get\s+){0,3}"
    r"(?P<amount>\d{2,4}(?:\.\d\d)?)\s+back\b",
    re.I,
)
_HUNDREDTHS = re.compile(
    r"(?<![\w.,£$€:/-])(?P<amount>\d{1,5}\.\d{2})(?![\w%/:.]|\s?(?:am|pm|kg|cm|mm|m|km|l|litres?|metres?|lbs?|inch|inches|x|hours?|stars?|%)\b|\.\d)",
    re.I,
)
# From most telling to least: what the first has taken, the others leave alone.
_PATTERNS = (_MOVED, _WAS_CHARGED, _BOUGHT_FOR, _ANYTHING_BELOW, _BACK, _HUNDREDTHS)

_NO_SUM = re.compile(
    r"\b(?:version|ios|android|firmware|update|size|model|v)\s+$|\brates?\b[\w\s]{0,20}$"
)
_CLOCK_BEFORE = re.compile(
    r"\b(?:at|around|until|till|between|by|since|before|after|it'?s|it\s+is|now)\s+(?:only\s+|already\s+|about\s+|nearly\s+)?$"
)
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_PRICE_WORDS = re.compile(
    r"\b(?:price[ds]?|costs?|charged?|fee|paid|pay|refund|bill|total|worth)\b"
)

# "3 november, 64" answers "when was it, and how much?".
_TIME_OF_DAY = re.compile(r"\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?", re.I)
_BETWEEN = re.compile(
    r"\b(?:and|on|at|it|was|is|it's|around|about|the|date|time|amount|for|of|yes|sure|ok|okay)\b|[\s,;:.&+-]+",
    re.I,
)
_SUM_ALONE = re.compile(r"(?!(?:19|20)\d\d$)\d{2,4}(?:\.\d\d)?")


def find_prices(reading: Reading) -> None:
    """Bare numbers that can only be money, in the currency named elsewhere, or the shop's own."""
    for pattern in _PATTERNS:
        for match in reading.free_matches(pattern, "amount"):
            before = reading.clause_before(match.start("amount"))
            if not _NO_SUM.search(before) and not _is_time(reading, match, before):
                _take(reading, match["amount"], match.start("amount"))


def find_spelled_prices(reading: Reading) -> None:
    """ "It cost me forty five": sums in words, where a verb says that they are sums."""
    if reading.words.isdisjoint(NUMBER_WORDS):
        return
    for match in reading.free_matches(_MOVED_SPELLED, "amount"):
        amount = number_in_words(match["amount"])
        if amount and amount >= _FEWEST_SPELLED:
            take_money(reading, *match.span("amount"), amount, _currency(reading))


def find_price_beside_date(reading: Reading) -> None:
    """The number in a message that has nothing else but a day, and perhaps an hour, in it."""
    if not any(detail.entity == "date" for detail in reading.details):
        return
    if any(detail.entity != "date" for detail in reading.details):
        return
    left = reading.text
    for start, end in [*_spans(reading), *(hour.span() for hour in _TIME_OF_DAY.finditer(left))]:
        left = left[:start] + " " * (end - start) + left[end:]
    said = _BETWEEN.sub(" ", left).strip()
    if _SUM_ALONE.fullmatch(said):
        _take(reading, said, left.index(said))


def _spans(reading: Reading) -> Iterator[tuple[int, int]]:
    return ((detail.start, detail.end) for detail in reading.details)


def _is_time(reading: Reading, match: re.Match[str], before: str) -> bool:
    """Whether "it's 9.15" tells the time and not the price."""
    return bool(
        _CLOCK_BEFORE.search(before)
        and _CLOCK.fullmatch(match["amount"])
        and not _PRICE_WORDS.search(reading.sentence_before(match.start("amount")))
    )


def _take(reading: Reading, said: str, start: int) -> None:
    take_money(reading, start, start + len(said), number_of(said), _currency(reading))


def _currency(reading: Reading) -> str:
    """The currency named elsewhere, or the shop's own."""
    elsewhere = (d.value["currency"] for d in reading.details if d.entity == "money")
    return next(elsewhere, SHOPS_OWN)
