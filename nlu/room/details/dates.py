"""Days a customer speaks of: when it happened, and by when they need it."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

import dateparser

from room.details.reading import Reading, whole_number

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY_OF_MONTH = r"(?:[12]\d|3[01]|0?[1-9])(?:\s?(?:st|nd|rd|th)\b)?"
_YEAR = r"(?:,?\s+(?:of\s+)?(?:20\d\d|'\d\d)\b)"
_LONG_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_DAY = r"(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)"
_COUNT = r"(?:\d{1,2}|a\s+couple\s+of|a\s+few|several|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen)"
_UNIT = r"(?:days?|weeks?|wks?|fortnights?|months?|years?)"
# "sat", "sun", "may" and "second" are dates only in the company of a number or a preposition.
_DATE = re.compile(
    rf"""(?<![\w#£$€.,/-])(?:
      (?P<iso>20\d\d-\d\d?-\d\d?)
    | (?P<slashed>\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:20)?\d\d | (?:3[01]|[12]\d|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?!\s?(?:of|star|items?|times?)))
    | (?P<named>(?:the\s+)?{_DAY_OF_MONTH}(?:\s+day)?\s+(?:of\s+)?{_MONTH}{_YEAR}? | {_MONTH}\s+(?:the\s+)?{_DAY_OF_MONTH}(?!\d|:\d|\s?[ap]m){_YEAR}?)
    | (?P<weekday>(?:(?P<which>last|next|this|this\s+coming|coming|past)\s+)?(?P<day>{_LONG_DAY})s?(?:\s+(?P<late>gone|just\s+gone|coming|week|next|last))?
      | (?P<which_short>last|next|this|on|by|before|since|until|till|for|from)\s+(?P<day_short>{_SHORT_DAY})(?!\s+(?:there|here|down|in|on|at|cream|glasses|shade|hat))
      | {_SHORT_DAY}(?=\s+(?:{_DAY_OF_MONTH})\b))
    | (?P<ago>(?:(?:about|over|nearly|almost|around)\s+)?(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})\s+(?:ago|back\b(?!\s+(?:to|from|and\s+forth))|earlier))
    | in\s+(?P<in_count>{_COUNT})\s+(?P<in_unit>days?|weeks?|months?)(?:'?\s+time)?
    | (?P<near>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|ystrday|yday|tomorrow|tomoz|tmrw|tomorow|today|tonight|
        last\s+night|this\s+(?:morning|afternoon|evening)|the\s+other\s+day)
    | (?P<span>(?P<turn>last|next)\s+(?P<whole>week|fortnight|month|weekend))
    | (?:on|by|since|until|till|from|to|before|around|is|was)\s+(?P<nth>the\s+(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))(?!\s+(?:time|one|order|item|floor|attempt|day|week|of))
    )(?!\w)""",
    re.I | re.X,
)
_FESTIVE = re.compile(
    r"\b(?P<day>christmas(?:\s+(?:eve|day))?|xmas|boxing\s+day|new\s+year(?:'?s)?(?:\s+(?:eve|day))?|halloween|valentine'?s(?:\s+day)?)\b",
    re.I,
)
_FESTIVE_DAYS = (
    ("christmas eve", 12, 24), ("christmas", 12, 25), ("xmas", 12, 25), ("boxing", 12, 26),
    ("eve", 12, 31), ("new", 1, 1), ("halloween", 10, 31), ("valentine", 2, 14),
)  # fmt: skip
_SOON = re.compile(
    r"\b(?:the\s+|this\s+)?(?P<soon>weekend|end\s+of\s+(?:the\s+|this\s+)?(?:week|month)|week\s*end)\b",
    re.I,
)

_PROMISED = re.compile(
    r"\b(?:suppose?d?\s+to|promised?|said|told|says|meant\s+to|should(?:'ve|\s+have)|was\s+due|were\s+due|guaranteed?|"
    r"estimated?|scheduled|expected|would(?:\s+be|\s+have|\s+arrive)|was\s+to|assured|quoted|tracking)\b"
)
_NEED_BEFORE = re.compile(
    r"(?:\bby|\bbefore|\buntil|\btill|\bno\s+later\s+than|\bin\s+time\s+for|\bahead\s+of|"
    r"\bneed(?:ed|s)?\s+(?:it|this|them|one|these|that|mine)?\s*(?:here\s+)?(?:on|for|is)?)\s+(?:the\s+|on\s+|this\s+|next\s+)*$"
)
_OCCASION = re.compile(
    r"\b(?:party|wedding|birthday|bday|guests?|people|friends|family|visitors|dinner|christening|funeral|holiday|"
    r"interview|event|anniversary|trip|flight|exam|ceremony|barbecue|bbq|baby\s+shower)\b(?P<gap>[^.!?]{0,40})$"
)
_HAPPENED = re.compile(
    r"\b(?:was|were|had|ordered|bought|came|arrived|received|got|missed|did|didn't|ruined|held|happened)\b"
)
_AHEAD = re.compile(
    r"\b(?:need|will|'ll|going\s+to|gonna|want|by|before|until|till|next|coming|arriving|arrives|due|for|in\s+time|can\s+you|leave|leaving|fly|flying|deadline|is\s+on|must)\b"
)


def find_dates(reading: Reading) -> None:
    """Dates and deadlines as ISO dates, told from today's date.

    A day the customer needs it by is a `deadline`; a day the shop had promised is a `date`.
    Without a word that points ahead, a day is one that is past: people complain about what was.
    """
    for match in reading.free_matches(_DATE):
        start, end = match.span("nth") if match.group("nth") else match.span()
        deadline = _is_deadline(reading, match, start)
        when = _resolve(match, reading, deadline or _points_ahead(reading, match, start))
        if when is None:
            continue
        named = match.group("which_short")
        if named and named.lower() not in (
            "last",
            "next",
            "this",
        ):  # "by sat": "by" is not the date
            start = match.start("day_short")
        if deadline and when >= reading.today:
            reading.take("deadline", when.isoformat(), start, end)
        else:
            reading.take("date", when.isoformat(), start, end)
    _find_festive_deadlines(reading)
    _find_soon_deadlines(reading)


def _resolve(match: re.Match[str], reading: Reading, ahead: bool) -> date | None:
    today = reading.today
    if match.group("ago"):
        return _counted(match.group("count"), match.group("unit"), today, -1)
    if match.group("in_count"):
        return _counted(match.group("in_count"), match.group("in_unit"), today, 1)
    if match.group("near"):
        return _near(match.group("near").lower(), today)
    if match.group("span"):
        return _span(match, today, ahead)
    if match.group("nth"):
        return _nth(int(re.sub(r"\D", "", match.group("nth"))), today, ahead)
    if match.group("weekday"):
        return _weekday(match, today, ahead)
    return _calendar_date(match.group(), today, ahead)


def _calendar_date(words: str, today: date, ahead: bool) -> date | None:
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if re.match(r"20\d\d-", words):
        order = "YMD"
    else:  # day first, as in Britain, unless only the American order is a date
        order = "MDY" if "/" in words and len(numbers) > 1 and numbers[1] > 12 else "DMY"
    words = re.sub(r"\bthe\b|\bof\b|\bday\b", " ", words, flags=re.I)
    words = re.sub(r"'(\d\d)\b", r"20\1", words)
    words = re.sub(r"(\d)\s?(?:st|nd|rd|th)\b", r"\1", words, flags=re.I)
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


def _weekday(match: re.Match[str], today: date, ahead: bool) -> date | None:
    spoken = (match.group("day") or match.group("day_short") or "").lower()
    if not spoken:
        return None
    number = ["mo", "tu", "we", "th", "fr", "sa", "su"].index(spoken[:2])
    turn = " ".join(filter(None, match.group("which", "which_short", "late"))).lower()
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


def _counted(count_said: str, unit: str, today: date, sign: int) -> date | None:
    said = re.sub(r"\s+", " ", count_said.lower())
    count = {"a couple of": 2, "a few": 3, "several": 4}.get(said) or whole_number(said)
    if count is None:
        return None
    unit = unit.lower()
    if unit.startswith(("month", "year")):
        return _months_from(today, sign * count * (12 if unit.startswith("year") else 1))
    days = 7 if unit.startswith("w") else 14 if unit.startswith("fortnight") else 1
    return today + timedelta(days=sign * days * count)


def _near(words: str, today: date) -> date:
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


def _span(match: re.Match[str], today: date, ahead: bool) -> date:
    sign = 1 if match.group("turn").lower() == "next" else -1
    whole = match.group("whole").lower()
    if whole == "month":
        return _months_from(today, sign)
    if whole == "weekend":
        to_saturday = (5 - today.weekday()) % 7 if sign > 0 else -((today.weekday() - 5) % 7 or 7)
        return today + timedelta(days=to_saturday or 7)
    return today + timedelta(days=sign * (14 if whole == "fortnight" else 7))


def _nth(day: int, today: date, ahead: bool) -> date | None:
    for months in range(0, 4) if ahead else range(0, -4, -1):
        month = _months_from(today.replace(day=1), months)
        if day <= monthrange(month.year, month.month)[1]:
            when = month.replace(day=day)
            if (when >= today) if ahead else (when <= today):
                return when
    return None


def _months_from(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _is_deadline(reading: Reading, match: re.Match[str], start: int) -> bool:
    before = reading.sentence_before(start)[-90:]
    if _PROMISED.search(before[-60:]):
        return False
    if (match.group("which_short") or "").lower() in ("by", "before", "until", "till"):
        return True
    if _NEED_BEFORE.search(before):
        return True
    if re.search(r"\bneed(?:ed|s)?\b[^.!?]{0,30}\b(?:for|on|by)\s+$", before):
        return True
    # "I've got people coming saturday", but not "the party was on saturday".
    occasion = _OCCASION.search(before)
    return bool(occasion) and not _HAPPENED.search(occasion.group("gap"))


def _points_ahead(reading: Reading, match: re.Match[str], start: int) -> bool:
    which = (match.group("which") or match.group("turn") or "").lower()
    if (match.group("which_short") or "").lower() in ("last", "next", "this"):
        which = match.group("which_short").lower()
    before = reading.clause_before(start)
    if which.startswith(("last", "past")):
        return False
    if which:  # "this saturday", unless it is told of as past
        return not _HAPPENED.search(before)
    return bool(_AHEAD.search(before[-35:])) and not (
        _HAPPENED.search(before) or _PROMISED.search(before)
    )


def _find_festive_deadlines(reading: Reading) -> None:
    for match in reading.free_matches(_FESTIVE):
        before = reading.sentence_before(match.start())[-60:]
        if re.search(
            r"(?:\bby|\bbefore|\bfor|\bin time for|\buntil|\btill)\s+$", before
        ) and not _PROMISED.search(before):
            said = match.group("day").lower()
            month, day = next((m, d) for key, m, d in _FESTIVE_DAYS if key in said)
            when = date(reading.today.year, month, day)
            if when < reading.today:
                when = when.replace(year=when.year + 1)
            reading.take("deadline", when.isoformat(), *match.span())


def _find_soon_deadlines(reading: Reading) -> None:
    for match in reading.free_matches(_SOON):
        before = reading.sentence_before(match.start())[-60:]
        if not re.search(
            r"\b(?:by|before|for|until|till|(?:coming|over|arriving)(?:\s+at)?)\s+$", before
        ) or _PROMISED.search(before):
            continue
        if re.search(r"\bfor\s+$", before) and not re.search(
            r"\b(?:need|want|planned|party|guests|trip)\b", before
        ):
            continue
        reading.take(
            "deadline", _soon(match.group("soon").lower(), reading.today).isoformat(), *match.span()
        )


def _soon(words: str, today: date) -> date:
    if "month" in words:
        return today.replace(day=monthrange(today.year, today.month)[1])
    friday_or_saturday = 4 if words.startswith("end") else 5
    return today + timedelta(days=(friday_or_saturday - today.weekday()) % 7)
