"""Which day it is that somebody names: pure arithmetic from the words, told from today."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

import dateparser

from room.details.reading import NUMBER_WORDS, whole_number

_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
]  # fmt: skip
SPELLED_DAY = rf"(?:(?:twenty|thirty)[\s-]?(?:{'|'.join(_ORDINALS[:9])})|twentieth|thirtieth|{'|'.join(_ORDINALS)})"
_FESTIVE_DAYS = (
    ("christmas eve", 12, 24), ("christmas", 12, 25), ("xmas", 12, 25), ("boxing", 12, 26),
    ("eve", 12, 31), ("new", 1, 1), ("halloween", 10, 31), ("valentine", 2, 14),
)  # fmt: skip
_NEARLY_A_YEAR = timedelta(days=270)


def calendar_day(words: str, today: date, ahead: bool) -> date | None:
    """The day of "3rd November", "03/11/2026" or "november the third"; without a year, the last
    one or the next one."""
    words = re.sub(SPELLED_DAY, lambda said: str(_spelled(said.group())), words, flags=re.I)
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if re.match(r"20\d\d-", words):
        order = "YMD"
    else:  # day first, as in Britain, unless only the American order is a date
        order = "MDY" if "/" in words and len(numbers) > 1 and numbers[1] > 12 else "DMY"
    words = re.sub(r"\bthe\b|\bof\b|\bday\b", " ", words, flags=re.I)
    words = re.sub(r"'(\d\d)\b", r"20\1", words)
    words = re.sub(r"(\d)\s?(?:st|nd|rd|th)\b", r"\1", words, flags=re.I)
    day = _parsed(words, order, today, ahead)
    # "I want to report a charge of 20 november", said two days later, does not look ahead a year.
    if day and ahead and day - today > _NEARLY_A_YEAR and not re.search(r"20\d\d", words):
        return _parsed(words, order, today, ahead=False)
    return day


def _parsed(words: str, order: str, today: date, ahead: bool) -> date | None:
    parsed = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "DATE_ORDER": order,
            "PREFER_DATES_FROM": "future" if ahead else "past",
            "RELATIVE_BASE": datetime(today.year, today.month, today.day, 12),
            "PARSERS": ["absolute-time"],
        },
    )
    return parsed.date() if parsed else None


def _spelled(ordinal: str) -> int:
    """ "twenty-first" as 21."""
    *tens, last = re.split(r"[\s-]+", re.sub(r"^(twenty|thirty)(?=\w)", r"\1 ", ordinal.lower()))
    if last in ("twentieth", "thirtieth"):
        return 20 if last == "twentieth" else 30
    return sum(NUMBER_WORDS[ten] for ten in tens) + _ORDINALS.index(last) + 1


def weekday(spoken: str, turn: str, today: date, ahead: bool) -> date:
    """The day of "friday", with what stands round it in `turn`: "last", "this coming", "week"."""
    number = ["mo", "tu", "we", "th", "fr", "sa", "su"].index(spoken[:2])
    forward = (number - today.weekday()) % 7 or 7
    backward = (today.weekday() - number) % 7 or 7
    if re.search(r"\b(?:last|past|gone|since)\b", turn):
        return today - timedelta(days=backward)
    if turn == "week":  # "saturday week"
        return today + timedelta(days=forward + 7)
    if re.search(r"\b(?:next|coming|this|by|before|until|till)\b", turn) and (
        ahead or "this" not in turn
    ):
        # Said on a Sunday, "next tuesday" is two days off to some and nine to others; the
        # nearer reading is the safer one: a remedy that comes early hurts nobody.
        return today + timedelta(days=forward)
    if number == today.weekday():
        return today
    return today + timedelta(days=forward) if ahead else today - timedelta(days=backward)


def counted(count_said: str, unit: str, today: date, sign: int) -> date | None:
    """The day "a couple of weeks" before (`sign` -1) or after (1) today."""
    said = re.sub(r"\s+", " ", count_said.lower())
    count = {"a couple of": 2, "a few": 3, "several": 4}.get(said) or whole_number(said)
    if count is None:
        return None
    unit = unit.lower()
    if unit.startswith(("month", "year")):
        return _months_from(today, sign * count * (12 if unit.startswith("year") else 1))
    days = 7 if unit.startswith("w") else 14 if unit.startswith("fortnight") else 1
    return today + timedelta(days=sign * days * count)


def near(words: str, today: date) -> date:
    """The day of "yesterday", "tomoz" or "this morning"."""
    days = 0
    if words.startswith("the day before") or words == "the other day":
        days = -2
    elif words.startswith("the day after"):
        days = 2
    elif words in ("yesterday", "ystrday", "yday") or words.startswith("last"):
        days = -1
    elif words.startswith(("tom", "tmr")):
        days = 1
    return today + timedelta(days=days)


def span(turn: str, whole: str, today: date) -> date:
    """A day of last or next week, fortnight, month or weekend."""
    sign = 1 if turn == "next" else -1
    if whole == "month":
        return _months_from(today, sign)
    if whole == "weekend":
        to_saturday = (5 - today.weekday()) % 7 if sign > 0 else -((today.weekday() - 5) % 7 or 7)
        return today + timedelta(days=to_saturday or 7)
    return today + timedelta(days=sign * (14 if whole == "fortnight" else 7))


def day_of_month(day: int, today: date, ahead: bool) -> date | None:
    """The last or the next "14th"."""
    for months in range(0, 4) if ahead else range(0, -4, -1):
        month = _months_from(today.replace(day=1), months)
        if day <= monthrange(month.year, month.month)[1]:
            when = month.replace(day=day)
            if (when >= today) if ahead else (when <= today):
                return when
    return None


def day_before(day: int, end: date) -> date | None:
    """The 27th that a stretch of days "from the 27th to the 9th of October" begins with."""
    return day_of_month(day, end, ahead=False)


def festive_day(words: str, today: date) -> date:
    """The next Christmas Eve, Halloween …"""
    month, day = next((month, day) for key, month, day in _FESTIVE_DAYS if key in words)
    when = date(today.year, month, day)
    return when if when >= today else when.replace(year=when.year + 1)


def end_of(words: str, today: date) -> date:
    """The Saturday of "the weekend", or the last day of "the end of the month"."""
    if "year" in words:
        return date(today.year, 12, 31)
    if "month" in words:
        return today.replace(day=monthrange(today.year, today.month)[1])
    friday_or_saturday = 4 if words.startswith("end") else 5
    return today + timedelta(days=(friday_or_saturday - today.weekday()) % 7)


def _months_from(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
