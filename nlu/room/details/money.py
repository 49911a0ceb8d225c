"""Amounts of money said with their unit, from "£1,204.50" to "two dollars and thirty cents"."""

import re
from decimal import Decimal

from price_parser import Price

from room.details.reading import Reading, whole_number

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d{2})?(?!\d)|\d{1,3}(?:,\d{2,3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?(?!\d))"
# Each is matched whole: "rs" also ends "dollars". The first is the shop's own.
_CURRENCIES = {
    "GBP": r"£|gbp|pounds?(?:\s+sterling)?|s?quid|pence|p|fivers?|tenners?|grand",
    "EUR": r"€|eur|euros?",
    "USD": r"(?:us)?\$|usd|(?:us\s?)?(?:doll[ae]rs?|dolars?)|bucks?|cents?",
    "INR": r"₹|rs\.?|inr|rupees?|/-",
    "AUD": r"au?\$|aud",
    "CAD": r"ca?\$|cad",
    "NZD": r"nz\$|nzd",
}
SHOPS_OWN = next(iter(_CURRENCIES))
_CODE = re.compile("|".join(f"(?P<{code}>{unit})" for code, unit in _CURRENCIES.items()), re.I)
_HUNDREDTHS = r"(?:pence|p|cents?)"

_TIMES = r"(?P<times>k\b|\s?(?:hundred|thousand|million|lakhs?|lacs?)\b)?"
_THOUSANDS = {
    "k": 1000, "hundred": 100, "thousand": 1000, "lakh": 100_000, "lac": 100_000, "million": 1_000_000,
}  # fmt: skip
_SIGNED = re.compile(
    rf"(?<![\w.])(?P<unit>US\$|AU?\$|CA?\$|NZ\$|[£$€₹]|GBP|USD|EUR|INR|AUD|CAD|NZD|Rs\.?)\s?"
    rf"(?P<amount>{NUMBER})(?:-(?P<pence>\d\d)(?![\d.-])|\s(?P<apart>\d\d)(?=\s*(?:$|[,.;!?](?!\d)|(?:for|on|to|from|back)\b))|{_TIMES})(?!\d)",
    re.I,
)
_COUNTED = re.compile(
    rf"(?<![\w.,£$€-])(?P<amount>{NUMBER}){_TIMES}\s?(?P<unit>{'|'.join(_CURRENCIES.values())})(?!\w)",
    re.I,
)
_WORD = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand)"
)
_TENS = r"(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
WORDS = rf"{_WORD}(?:(?:[\s-]|\sand\s){_WORD})*"
_SPELLED = re.compile(
    rf"\b(?P<amount>{WORDS})\s+"
    r"(?P<unit>pounds?|quid|euros?|doll[ae]rs?|dolars?|bucks|rupees?|pence|cents?)\b",
    re.I,
)
_COINS = {"fiver": 5, "tenner": 10, "grand": 1000}
_COIN = re.compile(
    r"\b(?P<amount>an?|one|two|three|four|five|ten|\d{1,3})\s+(?P<unit>fiver|tenner|grand)s?\b(?!\s+(?:total|piano|opening|prix|tour|finale))",
    re.I,
)
# "two dollars and thirty cents" is one amount, and so is "4 pounds 99".
_AND_HUNDREDTHS = re.compile(
    rf"\s*(?:,\s*)?(?:and\s+)?(?P<amount>\d{{1,2}}|{WORDS})\s?{_HUNDREDTHS}\b"
    rf"|\s+(?P<bare>\d\d|{_TENS})(?=\s*(?:$|[,.;!?](?!\d)|(?:for|on|to|from|back|and|but|when|in|extra|twice)\b))",
    re.I,
)
_WEIGHT = re.compile(
    r"^\s*(?:of\b|overweight|heavier|lighter|in weight|weights?\b|dumbbell|kettlebell)"
)
_UNITS_IN_WORDS = frozenset(
    """
    pound pounds quid pence fiver fivers tenner tenners grand euro euros dollar dollars doller dollers
    dolar dolars buck bucks cent cents rupee rupees
    """.split()
)


def find_money(reading: Reading) -> None:
    """Every amount said with its unit, as {"amount": "64.00", "currency": "GBP"}."""
    if not reading.digits and reading.words.isdisjoint(_UNITS_IN_WORDS):
        return
    patterns = (_SIGNED, _COUNTED, _SPELLED, _COIN)
    found = (match for pattern in patterns for match in reading.free_matches(pattern))
    # In the order they were said, so that "five pounds and 20 pence" is not first read as 20 pence.
    for match in sorted(found, key=lambda match: match.start()):
        unit = match["unit"].lower()
        if not reading.is_free(*match.span()):
            continue
        if unit == "p" and " " in match.group():  # "115 p" is an address as often
            continue
        if unit.startswith("pound") and _WEIGHT.match(reading.after(match.end())):
            continue
        amount, end = _amount(match), match.end()
        if not amount and not match["amount"][0].isdigit():
            continue
        if apart := match.groupdict().get("apart"):  # "£12 50 on postage"
            amount += Decimal(apart) / 100
        if pence := match.groupdict().get("pence"):
            # "£64-50" is a price, "£20-30" says from what to what.
            if int(pence) <= amount or pence in ("95", "99"):
                amount += Decimal(pence) / 100
            else:
                end = match.start("pence") - 1
        is_whole = unit[0].isalpha() and not re.fullmatch(_HUNDREDTHS, unit)
        if is_whole and (more := _AND_HUNDREDTHS.match(reading.text, end)):
            amount += Decimal(whole_number(more["amount"] or more["bare"]) or 0) / 100
            end = more.end()
        take_money(reading, match.start(), end, amount, currency_of(unit))


def currency_of(unit: str) -> str:
    match = _CODE.fullmatch(unit)
    return str(match.lastgroup) if match else SHOPS_OWN


def number_of(said: str) -> Decimal:
    """ "1,204.50", "1.204,50" and "12,50" as numbers."""
    continental = re.search(r",\d{1,2}$", said) or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", said)
    decimals = "," if continental else "."
    return Price.fromstring(said, decimal_separator=decimals).amount or Decimal(0)


def number_in_words(said: str) -> Decimal | None:
    """ "a hundred and twenty" as 120, "twenty nine ninety nine" as 29.99; None when it is none."""
    whole = whole_number(said)
    if whole is not None:
        return Decimal(whole)
    words = re.split(r"[\s-]+", said)
    for cut in range(1, len(words)):
        pounds = whole_number(" ".join(words[:cut]))
        pence = whole_number(" ".join(words[cut:]))
        if pounds and pence and pounds < 100 and 10 <= pence < 100:
            return pounds + Decimal(pence) / 100
    return None


def take_money(reading: Reading, start: int, end: int, amount: Decimal, currency: str) -> None:
    reading.take("money", {"amount": f"{amount:.2f}", "currency": currency}, start, end)


def _amount(match: re.Match[str]) -> Decimal:
    said, unit = match["amount"], match["unit"].lower()
    amount = number_of(said) if said[0].isdigit() else number_in_words(said) or Decimal(0)
    times = (match.groupdict().get("times") or "").strip().lower()
    amount *= _THOUSANDS.get(times.removesuffix("s"), 1)
    amount *= _COINS.get(unit, 1)
    return amount / 100 if re.fullmatch(_HUNDREDTHS, unit) else amount
