"""Amounts of money, from "£1,204.50" to "sixty quid"."""

import re
from decimal import Decimal

from price_parser import Price

from room.details.reading import Reading, whole_number

_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?(?!\d)"
_SIGNED = re.compile(
    rf"(?<![\w.])(?P<sign>US\$|AU?\$|CA?\$|NZ\$|[£$€₹]|GBP|USD|EUR|INR|Rs\.?)\s?(?P<amount>{_NUMBER})"
    r"(?P<thousand>k\b)?(?!\d)",
    re.I,
)
_UNIT = (
    r"(?:pounds?(?:\s+sterling)?|quid|squid|gbp|£|€|\$|euros?|eur|us\s?dollars?|dollars?|usd|bucks|"
    r"rupees?|rs|inr|pence|p|cents?)"
)
_COUNTED = re.compile(
    rf"(?<![\w.,£$€-])(?P<amount>{_NUMBER})(?P<thousand>k)?\s?(?P<unit>{_UNIT})(?!\w)", re.I
)
_WORD = (
    r"(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand)"
)
_SPELLED = re.compile(
    rf"\b(?P<amount>{_WORD}(?:(?:[\s-]|\sand\s){_WORD})*)\s+"
    r"(?P<unit>pounds?|quid|euros?|dollars?|bucks|rupees?|pence|cents?)\b",
    re.I,
)
_SLANG = {"fiver": 5, "tenner": 10, "grand": 1000}
_SLANG_AMOUNT = re.compile(
    r"\b(?:(?P<count>a|one|two|three|four|five)\s+)(?P<coin>fiver|tenner|grand)s?\b", re.I
)
# "charged 45.99 twice", "I paid 64 for it": no unit, but the verb says that it is money.
_PAID = re.compile(
    r"\b(?:paid|pay|charged?(?:\s+(?:of|for))?|charging|costs?|costing|refund(?:ed)? of|worth|owed?|spent|billed|deducted|debited|amount(?:\s+(?:of|is|was))?)\s+"
    rf"(?:(?:me|us|you|about|over|around|nearly|almost|only|just|an?|extra|another)\s+){{0,2}}(?P<amount>{_NUMBER})"
    r"(?=\s*(?:$|[,;!?)]|\.(?!\d)|(?:for|on|and|but|when|instead|to|in|extra|twice|from|more|back|so|it|already|total|plus|additionally|at|by)\b))",
    re.I,
)
_WAS_CHARGED = re.compile(
    rf"(?<![\w.,/:-])(?P<amount>{_NUMBER})\s+(?:has\s+been\s+|have\s+been\s+|was\s+|were\s+|got\s+)?(?:charged|debited|deducted|taken\s+(?:out\s+of|from)\s+my)\b",
    re.I,
)
_BARE_CENTS = re.compile(
    r"(?<![\w.,£$€:/-])(?P<amount>\d{1,5}\.\d{2})(?![\w%/:.]|\s?(?:am|pm|kg|cm|mm|m|km|l|lbs?|inch|inches|%)\b|\.\d)",
    re.I,
)
_CLOCK = re.compile(r"\b(?:at|around|until|till|between|version|ios|android)\s+$")
_WEIGHT = re.compile(
    r"^\s*(?:of\b|overweight|heavier|lighter|in weight|weights?\b|dumbbell|kettlebell)"
)
_CURRENCY = (
    (r"US\$|USD|\bus\s?dollar", "USD"),
    (r"AU?\$", "AUD"),
    (r"CA?\$", "CAD"),
    (r"NZ\$", "NZD"),
    (r"£|gbp|pound|quid|pence|^p$|fiver|tenner|grand", "GBP"),
    (r"€|eur", "EUR"),
    (r"₹|rs|inr|rupee", "INR"),
    (r"\$|dollar|buck|cent", "USD"),
)


def find_money(reading: Reading) -> None:
    """Every amount as {"amount": "64.00", "currency": "GBP"}; pounds when no currency is said."""
    for pattern, unit in (
        (_SIGNED, "sign"),
        (_COUNTED, "unit"),
        (_SPELLED, "unit"),
        (_SLANG_AMOUNT, "coin"),
    ):
        for match in reading.free_matches(pattern):
            said = match.group(unit)
            if said.lower() == "p" and " " in match.group():  # "115 p" is an address as often
                continue
            if said.lower().startswith("pound") and _WEIGHT.match(reading.after(match.end())):
                continue
            _take(reading, match.start(), match.end(), _amount(match), said)
    for pattern in (_PAID, _WAS_CHARGED, _BARE_CENTS):
        for match in reading.free_matches(pattern, "amount"):
            if _CLOCK.search(reading.clause_before(match.start("amount"))):
                continue
            _take(reading, *match.span("amount"), _amount(match), "£")


def _amount(match: re.Match[str]) -> Decimal | None:
    parts = match.groupdict()
    if coin := parts.get("coin"):
        return Decimal(whole_number(parts["count"]) or 1) * _SLANG[coin.lower().rstrip("s")]
    said = parts["amount"]
    if said[0].isdigit():
        amount = Price.fromstring(
            said,
            decimal_separator="," if re.search(r",\d{1,2}$", said) and "." not in said else ".",
        ).amount
    else:
        number = whole_number(said)
        amount = None if number is None else Decimal(number)
    if amount is not None and parts.get("thousand"):
        amount *= 1000
    if amount is not None and re.match(r"(?:pence|p|cents?)$", parts.get("unit") or "", re.I):
        amount /= 100
    return amount


def _take(reading: Reading, start: int, end: int, amount: Decimal | None, said: str) -> None:
    if amount is None:
        return
    currency = next(code for pattern, code in _CURRENCY if re.search(pattern, said, re.I))
    reading.take("money", {"amount": f"{amount:.2f}", "currency": currency}, start, end)
