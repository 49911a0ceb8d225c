"""Days a customer speaks of: when it happened, and by when they need it."""

import re
from datetime import date, timedelta

from room.details.days import (
    SPELLED_DAY,
    calendar_day,
    counted,
    day_before,
    day_of_month,
    day_of_that_month,
    end_of,
    festive_day,
    near,
    span,
    weekday,
    weeks_from_weekday,
)
from room.details.reading import Reading
from room.details.tense import (
    HAPPENED,
    PROMISED,
    WAS_TO_COME,
    is_deadline,
    is_to_come,
    points_ahead,
)

# One of these, or digits written as a date, stands in every day anybody names.
_DAY_WORDS = frozenset(
    """
    day days week weeks wks weekend month months year years fortnight fortnights morning afternoon evening
    night today tonight yesterday ystrday yday tomorrow tomoz tmrw tomorow
    monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday
    saturdays sunday sundays mon tue tues wed weds thu thur thurs fri sat sun
    january jan february feb march mar april apr may june jun july jul august aug september sept sep
    october oct november nov december dec
    christmas xmas boxing new halloween valentine valentines
    """.split()
)
_DAY_IN_DIGITS = re.compile(r"\d[/.-]\d|\d\s?(?:st|nd|rd|th)\b", re.I)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY_OF_MONTH = rf"(?:(?:[12]\d|3[01]|0?[1-9])(?:\s?(?:st|nd|rd|th)\b)?|{SPELLED_DAY})"
_YEAR = r"(?:,?\s+(?:of\s+)?(?:20\d\d|'\d\d)\b)"
_LONG_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_DAY = r"(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)"
_ANY_DAY = rf"(?:{_LONG_DAY}|{_SHORT_DAY})"
_NTH = r"(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)"
# "saturday 5 december", "sat the 5th": the number tells the day.
_WITH_A_NUMBER = (
    rf"(?:,?\s+(?:the\s+)?(?:{_NTH}\b|{_DAY_OF_MONTH}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+\d))"
)
_NO_DAY = rf"(?!\s+(?:time|one|order|item|floor|attempt|day|week|of|party|batch|lot|set|half|box|two|three|pair|{_MONTH}))"
_COUNT = r"(?:\d{1,2}|a\s+couple\s+of|a\s+few|several|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen)"
_UNIT = r"(?:days?|weeks?|wks?|fortnights?|months?|years?)"
# "sat", "sun", "may" and "second" are dates only in the company of a number or a preposition.
_DATE = re.compile(
    rf"""(?<![\w#£$€.,/-])(?:
      (?P<iso>20\d\d-\d\d?-\d\d?)
    | (?P<slashed>\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:20)?\d\d | (?:(?<=\bon\s)|(?!10/10\b|5/5\b))(?:3[01]|[12]\d|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?!\s?(?:of|star|items?|times?|service|rating|experience|would|from\s+me)))
    | (?:^|(?<=\bon\s)|(?<=\bsince\s)|(?<=\bfrom\s)|(?<=\bdated\s))(?P<dotted>(?:3[01]|[12]\d|0?[1-9])\.(?:1[0-2]|0?[1-9])\.)(?!\d)
    | (?P<of_month>(?:the\s+)?{_DAY_OF_MONTH}\s+of\s+)(?P<which_month>last|this|next)\s+month
    | (?<!been\s)(?<!for\s)(?<!took\s)(?<!waited\s)(?P<weeks>{_COUNT})\s+(?P<weeks_unit>weeks?|fortnights?)\s+(?P<weeks_ago>ago\s+)?(?P<weeks_turn>last|past|on|from|ago)\s+(?P<weeks_day>{_ANY_DAY})
    | (?P<weekdays>two|three|four|five|[2-5]|a\s+couple\s+of)\s+(?P<weekdays_day>{_ANY_DAY})s\s+(?:ago|back\b(?!\s+(?:to|from)))
    | (?:the\s+)?(?P<before_last>{_LONG_DAY}|week|weekend|month)\s+before\s+last
    | (?P<named>(?:the\s+)?{_DAY_OF_MONTH}(?:\s+day)?\s+(?:of\s+)?{_MONTH}{_YEAR}? | {_MONTH}\s+(?:the\s+)?{_DAY_OF_MONTH}(?!\d|:\d|\s?[ap]m){_YEAR}?)(?!\s+(?:be|been|have|not|well)\b)
    | (?P<weekday>(?:(?P<which>last|next|this|this\s+coming|coming|past)\s+)?(?<!black\s)(?<!cyber\s)(?P<day>{_LONG_DAY})(?!{_WITH_A_NUMBER})(?P<habit>s)?(?:\s+(?P<late>gone|just\s+gone|coming|week|next|last))?
      | (?P<which_short>last|next|this|on|by|before|since|until|till|for|from|came|comes|arrived|arrives|here|due|delivered|ordered|posted|collected|bought|expected)\s+(?P<day_short>{_SHORT_DAY})(?!{_WITH_A_NUMBER})(?!\s+(?:there|here|down|in|on|at|cream|glasses|shade|hat))
      | (?P<day_alone>tues|weds|thurs)(?!{_WITH_A_NUMBER})
      | {_SHORT_DAY}(?=\s+(?:{_DAY_OF_MONTH})\b))
    | (?P<ago>(?:(?:about|over|nearly|almost|around)\s+)?(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})\s+(?:ago|back\b(?!\s+(?:to|from|and\s+forth))|earlier))
    | in\s+(?P<in_count>{_COUNT})\s+(?P<in_unit>days?|weeks?|months?)(?P<in_time>'?\s+time)?(?!\s+(?:ago|back|earlier|later))
    | (?P<near>(?:the\s+)?day\s+before\s+yesterday|(?:the\s+)?day\s+after\s+tomorrow|yesterday|ystrday|yday|tomorrow|tomoz|tmrw|tomorow|today|tonight|
        last\s+night|this\s+(?:morning|afternoon|evening)|the\s+other\s+day)
    | (?P<span>(?P<turn>last|next)\s+(?P<whole>week|fortnight|month|weekend))
    | (?:on|by|since|until|till|from|to|before|around|between|is|was|due|came|arrived|ordered|bought|paid|promised|here|of)\s+(?P<nth>the\s+{_NTH}){_NO_DAY}
    | {_ANY_DAY},?\s+(?P<nth_of_day>(?:the\s+)?{_NTH}){_NO_DAY}
    )(?!\w)""",
    re.I | re.X,
)
_FESTIVE = re.compile(
    r"\b(?P<day>christmas(?:\s+(?:eve|day))?|xmas|boxing\s+day|new\s+year(?:'?s)?(?:\s+(?:eve|day))?|halloween|valentine'?s(?:\s+day)?)\b",
    re.I,
)
# "from the 27th to the 9th of October": the end tells the month of both.
_UNTIL = re.compile(
    rf"\s+(?:to|until|till|and|through|-)\s+(?P<end>(?:the\s+)?{_DAY_OF_MONTH}\s+(?:of\s+)?{_MONTH}{_YEAR}?)",
    re.I,
)
_SOON = re.compile(
    r"\b(?:the\s+|this\s+)?(?P<soon>weekend|end\s+of\s+(?:the\s+|this\s+)?(?:week|month|year)|week\s*end)\b",
    re.I,
)
_LONG_PAST = timedelta(days=270)


def find_dates(reading: Reading) -> None:
    """Dates and deadlines as ISO dates, told from today's date.

    A day the customer needs it by is a `deadline`; a day the shop had promised is a `date`.
    Without a word that points ahead, a day is one that is past: people complain about what was.
    """
    in_digits = reading.digits and _DAY_IN_DIGITS.search(reading.text)
    if not in_digits and reading.words.isdisjoint(_DAY_WORDS):
        return
    for match in reading.free_matches(_DATE):
        start, end = match.span("nth") if match.group("nth") else match.span()
        deadline = is_deadline(reading, match, start)
        when = _resolve(match, reading, deadline or points_ahead(reading, match, start))
        if when is None:
            continue
        named = match.group("which_short")
        # "by sat": "by" is not the date
        if named and named.lower() not in ("last", "next", "this"):
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
        return counted(match.group("count"), match.group("unit"), today, -1)
    if match.group("in_count"):
        if not is_to_come(reading, match, ahead):
            return None
        return counted(match.group("in_count"), match.group("in_unit"), today, 1)
    if match.group("weeks") or match.group("weekdays") or match.group("before_last"):
        return _counted_weekday(match, today)
    if match.group("of_month"):
        turn = match.group("which_month").lower()
        return day_of_that_month(match.group("of_month"), turn, today)
    if match.group("near"):
        return near(match.group("near").lower(), today)
    if match.group("span"):
        return span(match.group("turn").lower(), match.group("whole").lower(), today)
    if nth := match.group("nth") or match.group("nth_of_day"):
        day = int(re.sub(r"\D", "", nth))
        if until := _UNTIL.match(reading.text, match.end()):
            end = _named(until.group("end"), reading, match, ahead)
            return day_before(day, end) if end else None
        return day_of_month(day, today, ahead)
    if match.group("weekday"):
        return _weekday(match, reading, ahead)
    if match.group("dotted"):  # "26.11.", as on the Continent
        return calendar_day(match.group("dotted").rstrip(".").replace(".", "/"), today, ahead)
    return _named(match.group(), reading, match, ahead)


def _named(words: str, reading: Reading, match: re.Match[str], ahead: bool) -> date | None:
    when = calendar_day(words, reading.today, ahead)
    long_past = when and reading.today - when > _LONG_PAST
    if long_past and WAS_TO_COME.search(reading.sentence_before(match.start())):
        # "It was to come by 3 december", said in november: what was promised may be to come.
        return calendar_day(words, reading.today, ahead=True)
    return when


def _counted_weekday(match: re.Match[str], today: date) -> date | None:
    """The day of "a week last tuesday", "two saturdays ago" or "the week before last"."""
    if whole := (match.group("before_last") or "").lower():
        if whole.endswith("day"):
            return weekday(whole, "before last", today, ahead=False)
        once = span("last", whole, today)
        return span("last", whole, once)
    if match.group("weekdays"):  # the first of two saturdays ago is the last one
        counted_from = today + timedelta(weeks=1)
        return weeks_from_weekday(
            match.group("weekdays"), match.group("weekdays_day"), counted_from, -1
        )
    weeks = match.group("weeks")
    if match.group("weeks_unit").lower().startswith("fortnight"):
        weeks = {"a": "two"}.get(weeks.lower(), "")
    on = match.group("weeks_turn").lower() in ("on", "from") and not match.group("weeks_ago")
    return weeks_from_weekday(weeks, match.group("weeks_day"), today, 1 if on else -1)


def _weekday(match: re.Match[str], reading: Reading, ahead: bool) -> date | None:
    spoken = (
        match.group("day") or match.group("day_short") or match.group("day_alone") or ""
    ).lower()
    if not spoken:
        return None
    if match.group("habit") and re.search(
        r"\b(?:on|every|always|all|most)\s+$", reading.clause_before(match.start())
    ):
        return None
    turn = " ".join(filter(None, match.group("which", "which_short", "late"))).lower()
    return weekday(spoken, turn, reading.today, ahead)


def _find_festive_deadlines(reading: Reading) -> None:
    for match in reading.free_matches(_FESTIVE):
        before = reading.sentence_before(match.start())[-60:]
        if re.search(
            r"(?:\bby|\bbefore|\bfor|\bin time for|\buntil|\btill)\s+$", before
        ) and not PROMISED.search(before):
            when = festive_day(match.group("day").lower(), reading.today)
            reading.take("deadline", when.isoformat(), *match.span())


def _find_soon_deadlines(reading: Reading) -> None:
    for match in reading.free_matches(_SOON):
        before = reading.sentence_before(match.start())[-60:]
        if not re.search(
            r"\b(?:by|before|for|until|till|(?:coming|over|arriving)(?:\s+at)?)\s+$", before
        ) or PROMISED.search(before):
            continue
        if re.search(r"\bover\s+$", before) and HAPPENED.search(before):
            continue
        if re.search(r"\bfor\s+$", before) and not re.search(
            r"\b(?:need|want|planned|party|guests|trip)\b", before
        ):
            continue
        when = end_of(match.group("soon").lower(), reading.today)
        reading.take("deadline", when.isoformat(), *match.span())
