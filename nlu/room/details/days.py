"""Which day it is that somebody names: pure arithmetic from the words, told from today."""

import re
from datetime import date, datetime, timedelta

import dateparser
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

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
_WEEKDAYS = {"mo": MO, "tu": TU, "we": WE, "th": TH, "fr": FR, "sa": SA, "su": SU}
_DAY, _WEEK = relativedelta(days=1), relativedelta(weeks=1)
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
    named = _WEEKDAYS[spoken[:2]]
    coming = today + _DAY + relativedelta(weekday=named(+1))
    last = today - _DAY + relativedelta(weekday=named(-1))
    if turn == "before last":
        return last - _WEEK
    if re.search(r"\b(?:last|past|gone|since)\b", turn):
        return last
    if turn == "week":  # "saturday week"
        return coming + _WEEK
    if re.search(r"\b(?:next|coming|this|by|before|until|till)\b", turn) and (
        ahead or "this" not in turn
    ):
        # Said on a Sunday, "next tuesday" is two days off to some and nine to others; the
        # nearer reading is the safer one: a remedy that comes early hurts nobody.
        return coming
    if named.weekday == today.weekday():
        return today
    return coming if ahead else last


def weeks_from_weekday(count_said: str, spoken: str, today: date, sign: int) -> date | None:
    """The day of "a week last tuesday" (`sign` -1) or "a week on friday" (1)."""
    count = _count(count_said)
    if count is None:
        return None
    return (
        weekday(spoken.lower(), "" if sign > 0 else "last", today, sign > 0) + sign * count * _WEEK
    )


def counted(count_said: str, unit: str, today: date, sign: int) -> date | None:
    """The day "a couple of weeks" before (`sign` -1) or after (1) today."""
    count = _count(count_said)
    if count is None:
        return None
    unit = unit.lower()
    if unit.startswith(("month", "year")):
        months = count * (12 if unit.startswith("year") else 1)
        return today + sign * relativedelta(months=months)
    days = 7 if unit.startswith("w") else 14 if unit.startswith("fortnight") else 1
    return today + sign * relativedelta(days=days * count)


def _count(said: str) -> int | None:
    said = re.sub(r"\s+", " ", said.lower())
    return {"a couple of": 2, "a few": 3, "several": 4}.get(said) or whole_number(said)


def near(words: str, today: date) -> date:
    """The day of "yesterday", "tomoz" or "this morning"."""
    days = 0
    if "day before" in words or words == "the other day":
        days = -2
    elif "day after" in words:
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
        return today + relativedelta(months=sign)
    if whole == "weekend":
        to_saturday = (5 - today.weekday()) % 7 if sign > 0 else -((today.weekday() - 5) % 7 or 7)
        return today + timedelta(days=to_saturday or 7)
    return today + timedelta(days=sign * (14 if whole == "fortnight" else 7))


def day_of_that_month(words: str, turn: str, today: date) -> date | None:
    """The day of "the 3rd of last month"; none where that month has no such day."""
    said = re.match(r"(?:the\s+)?(\d+)", words, re.I)
    day = (
        int(said[1]) if said else _spelled(re.sub(r"^the\s+|\s+of$", "", words.strip(), flags=re.I))
    )
    when = today + relativedelta(months={"last": -1, "next": 1}.get(turn, 0), day=day)
    return when if when.day == day else None


def day_of_month(day: int, today: date, ahead: bool) -> date | None:
    """The last or the next "14th"."""
    for months in range(0, 4) if ahead else range(0, -4, -1):
        when = today + relativedelta(months=months, day=day)
        if when.day == day and ((when >= today) if ahead else (when <= today)):
            return when
    return None


def day_before(day: int, end: date) -> date | None:
    """The 27th that a stretch of days "from the 27th to the 9th of October" begins with."""
    return day_of_month(day, end, ahead=False)


def festive_day(words: str, today: date) -> date:
    """The next Christmas Eve, Halloween …"""
    month, day = next((month, day) for key, month, day in _FESTIVE_DAYS if key in words)
    when = date(today.year, month, day)
    return when if when >= today else when + relativedelta(years=1)


def end_of(words: str, today: date) -> date:
    """The Saturday of "the weekend", or the last day of "the end of the month"."""
    if "year" in words:
        return date(today.year, 12, 31)
    if "month" in words:
        return today + relativedelta(day=31)
    return today + relativedelta(weekday=FR if words.startswith("end") else SA)
