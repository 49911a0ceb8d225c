"""What we promise is counted while somebody is there, and told later than it is planned."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.promise import (
    BusinessCalendar,
    Due,
    Length,
    OpeningHours,
    Promise,
    PromiseState,
    Timing,
    date_in_words,
    moment_in_words,
)

# A busy machine is slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

LONDON = "Europe/London"
WEEK = {day: (time(9), time(17, 30)) for day in range(5)} | {5: (time(10), time(16))}
HOURS = OpeningHours(LONDON, WEEK, frozenset(range(5)), "GB-ENG", frozenset({date(2026, 12, 24)}))
CALENDAR = BusinessCalendar(HOURS)
FOUR_HOURS = Timing(Length(2, "hours"), Length(4, "hours"))
FOUR_DAYS = Timing(Length(2, "days"), Length(4, "days"))


def london(text: str) -> datetime:
    """ "2026-11-23 09:00" as the clock on the wall in London."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(LONDON))


# Lengths


@pytest.mark.parametrize(
    "text, length",
    [
        ("2 hours", Length(2, "hours")),
        ("1 hour", Length(1, "hours")),
        ("90 minutes", Length(90, "minutes")),
        ("3 days", Length(3, "days")),
    ],
)
def test_a_length_is_read_as_it_is_written(text, length):
    assert Length.parse(text) == length
    assert str(length) == text


@pytest.mark.parametrize(
    "text", ["", "soon", "2", "0 days", "-1 days", "2.5 hours", "3 weeks", "2 hours ago"]
)
def test_what_is_no_length_is_refused(text):
    with pytest.raises(ValueError, match="write it like 2 hours or 3 days"):
        Length.parse(text)


# Opening hours


@pytest.mark.parametrize(
    "at, is_open",
    [
        ("2026-11-23 08:59", False),
        ("2026-11-23 09:00", True),
        ("2026-11-23 17:29", True),
        ("2026-11-23 17:30", False),  # at the stroke of closing nobody is there
        ("2026-11-21 10:00", True),
        ("2026-11-21 16:30", False),
        ("2026-11-22 12:00", False),
        ("2026-12-24 12:00", False),  # our own closed day
        ("2026-12-25 12:00", False),
        ("2026-12-28 12:00", False),  # Boxing Day, kept on the Monday
        ("2026-06-01 09:00", True),  # summer time
    ],
)
def test_somebody_is_there_in_opening_hours(at, is_open):
    assert CALENDAR.is_open(london(at)) is is_open


@pytest.mark.parametrize(
    "at, opens",
    [
        ("2026-11-20 18:00", "2026-11-21 10:00"),
        ("2026-11-21 16:00", "2026-11-23 09:00"),
        ("2026-11-23 07:00", "2026-11-23 09:00"),
        ("2026-12-23 17:30", "2026-12-29 09:00"),
        ("2026-11-23 12:34", "2026-11-23 12:34"),
    ],
)
def test_the_next_opening_is_the_true_one(at, opens):
    assert CALENDAR.next_opening(london(at)) == london(opens)


def test_today_is_the_shops_day():
    assert CALENDAR.today(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="has no time zone"):
        CALENDAR.is_open(datetime(2026, 11, 23, 12))


def test_a_shop_that_never_opens_has_no_calendar():
    with pytest.raises(ValueError, match="opening hours on each of its working days"):
        BusinessCalendar(OpeningHours(LONDON, {}, frozenset()))


# Counting


@pytest.mark.parametrize(
    "at, length, ends",
    [
        ("2026-11-23 10:00", "2 hours", "2026-11-23 12:00"),
        ("2026-11-23 15:30", "2 hours", "2026-11-23 17:30"),
        ("2026-11-23 16:30", "2 hours", "2026-11-24 10:00"),
        ("2026-11-20 17:00", "1 hour", "2026-11-21 10:30"),  # Friday into Saturday
        ("2026-11-21 15:00", "2 hours", "2026-11-23 10:00"),  # over Sunday
        ("2026-11-22 13:00", "4 hours", "2026-11-23 13:00"),
        ("2026-12-23 17:00", "1 hour", "2026-12-29 09:30"),  # over Christmas
        ("2026-03-27 17:00", "90 minutes", "2026-03-28 11:00"),  # before the clocks go forward
        ("2026-03-28 15:30", "1 hour", "2026-03-30 09:30"),  # over the change
        ("2026-10-24 15:30", "1 hour", "2026-10-26 09:30"),  # and back
        ("2026-11-23 10:00", "2 days", "2026-11-25 17:30"),
        ("2026-11-23 18:00", "2 days", "2026-11-26 17:30"),  # after closing, tomorrow is the first
        ("2026-11-22 13:00", "4 days", "2026-11-27 17:30"),
        ("2026-11-21 11:00", "1 day", "2026-11-24 17:30"),  # Saturday is open, but no working day
        ("2026-11-30 10:00", "1 day", "2026-12-01 17:30"),  # month end
        ("2026-12-22 10:00", "2 days", "2026-12-29 17:30"),
        ("2026-12-31 10:00", "1 day", "2027-01-04 17:30"),  # New Year's Day and a weekend
    ],
)
def test_time_is_counted_only_while_somebody_is_there(at, length, ends):
    assert CALENDAR.add(london(at), Length.parse(length)) == london(ends)


def test_an_hour_on_the_night_the_clocks_change_is_an_hour():
    all_night = {day: (time(0), time(23, 59)) for day in range(7)}
    calendar = BusinessCalendar(OpeningHours(LONDON, all_night, frozenset(range(7))))
    at = london("2026-03-29 00:30")
    assert calendar.add(at, Length(2, "hours")) - at.astimezone(UTC) == timedelta(hours=2)


@pytest.mark.parametrize(
    "hours, day, opens, closes",
    [
        ((time(0, 30), time(1, 30)), date(2026, 3, 29), "00:30", "00:30"),  # 1:30 never comes
        ((time(1, 30), time(4)), date(2026, 3, 29), "01:30", "03:00"),  # opens at what is 2:30
        ((time(0, 30), time(1, 30)), date(2026, 10, 25), "23:30", "00:30"),  # 1:30 comes twice
    ],
)
def test_a_night_shop_is_open_only_when_it_surely_is(hours, day, opens, closes):
    every_night = dict.fromkeys(range(7), hours)
    calendar = BusinessCalendar(OpeningHours(LONDON, every_night, frozenset(range(7))))
    start = datetime.combine(day, time(0), UTC) - timedelta(hours=1)
    minutes = [start + timedelta(minutes=count) for count in range(6 * 60)]
    open_at = [minute for minute in minutes if calendar.is_open(minute)]
    if opens == closes:
        assert open_at == []
    else:
        last = open_at[-1] + timedelta(minutes=1)
        assert (f"{open_at[0]:%H:%M}", f"{last:%H:%M}") == (opens, closes)


# Told later than planned

moments = st.datetimes(
    datetime(2025, 12, 1), datetime(2028, 2, 1), timezones=st.just(UTC)
)  # leap day, Easters, four changes of the clock
units = st.sampled_from(["minutes", "hours", "days"])
zones = st.sampled_from([LONDON, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])
day_hours = st.tuples(st.integers(0, 95), st.integers(0, 95)).filter(lambda pair: pair[0] < pair[1])


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    week = draw(st.dictionaries(st.integers(0, 6), day_hours, min_size=1))
    hours = {day: (quarter(opens), quarter(closes)) for day, (opens, closes) in week.items()}
    working = draw(st.sets(st.sampled_from(sorted(week)), min_size=1))
    holidays = draw(st.sampled_from([None, "GB-ENG", "US"]))
    return BusinessCalendar(OpeningHours(draw(zones), hours, frozenset(working), holidays))


def quarter(count: int) -> time:
    return time(count // 4, count % 4 * 15)


@st.composite
def timings(draw: st.DrawFn) -> Timing:
    unit, plan, more = draw(units), draw(st.integers(1, 12)), draw(st.integers(1, 12))
    return Timing(Length(plan, unit), Length(plan + more, unit))


@given(calendars(), moments, timings())
def test_a_told_time_is_never_before_the_plan_and_never_in_closed_time(calendar, at, timing):
    due = timing.due(calendar, at)
    assert at < due.planned_at <= due.told_at
    for moment in (due.planned_at, due.told_at):
        day = calendar.today(moment)
        opens, closes = calendar.hours.on(day)
        assert opens <= moment.astimezone(calendar.timezone).time() <= closes


@given(moments, timings())
def test_nothing_is_told_for_today_after_closing(at, timing):
    told_on = CALENDAR.today(timing.due(CALENDAR, at).told_at)
    today = CALENDAR.today(at)
    hours = HOURS.on(today)
    if hours is None or at.astimezone(CALENDAR.timezone).time() >= hours[1]:
        assert told_on > today
        assert not timing.due(CALENDAR, at).in_words(LONDON, at).startswith("today")


@given(moments, st.integers(1, 15))
def test_a_promise_in_days_ends_at_closing_time_of_a_working_day(at, days):
    ends = CALENDAR.add(at, Length(days, "days")).astimezone(CALENDAR.timezone)
    assert ends.weekday() < 5
    assert ends.time() == time(17, 30)
    assert ends.date() > CALENDAR.today(at)


@given(moments, st.integers(1, 3000))
def test_exactly_the_promised_minutes_pass_while_we_are_open(at, minutes):
    at = at.replace(second=0, microsecond=0)
    ends = CALENDAR.add(at, Length(minutes, "minutes"))
    assert open_minutes(at, ends) == minutes


def open_minutes(since: datetime, until: datetime) -> int:
    total, day = timedelta(), CALENDAR.today(since)
    while day <= CALENDAR.today(until):
        if hours := HOURS.on(day):
            opens, closes = (datetime.combine(day, at, CALENDAR.timezone) for at in hours)
            total += max(
                min(closes.astimezone(UTC), until) - max(opens.astimezone(UTC), since), timedelta()
            )
        day += timedelta(days=1)
    return round(total / timedelta(minutes=1))


@given(moments, moments, timings())
def test_who_complains_earlier_is_never_told_a_later_time(one, other, timing):
    earlier, later = sorted([one, other])
    assert timing.due(CALENDAR, earlier).told_at <= timing.due(CALENDAR, later).told_at


def test_a_told_time_is_a_round_one():
    due = FOUR_HOURS.due(CALENDAR, london("2026-11-23 10:22"))
    assert due.planned_at == london("2026-11-23 12:22")
    assert due.told_at == london("2026-11-23 14:30")


def test_rounding_never_goes_past_closing():
    early = {day: (time(9), time(17, 20)) for day in range(5)}
    calendar = BusinessCalendar(OpeningHours(LONDON, early, frozenset(range(5))))
    due = FOUR_HOURS.due(calendar, london("2026-11-23 13:17"))
    assert due.told_at == london("2026-11-23 17:20")


# Promises

MONDAY = london("2026-11-23 10:00").astimezone(UTC)


@pytest.fixture
def promise() -> Promise:
    return Promise.make("replacement", FOUR_DAYS.due(CALENDAR, MONDAY), MONDAY, owner="Ines")


def test_a_promise_is_pending_until_its_told_time_has_passed(promise):
    assert promise.is_pending
    assert not promise.is_breached(promise.due_at)
    assert promise.is_breached(promise.due_at + timedelta(seconds=1))


def test_a_promise_is_at_risk_between_plan_and_told_time(promise):
    assert not promise.is_at_risk(promise.planned_at)
    assert promise.is_at_risk(promise.planned_at + timedelta(seconds=1))
    assert not promise.is_at_risk(promise.due_at + timedelta(seconds=1))


def test_a_promise_that_was_kept_is_never_breached(promise):
    met = promise.meet(promise.planned_at)
    assert met.state is PromiseState.MET
    assert met.settled_at == promise.planned_at
    assert not met.is_breached(promise.due_at + timedelta(days=30))
    assert not met.is_at_risk(promise.due_at)


def test_a_breached_promise_stays_breached_until_it_is_kept_after_all(promise):
    late = promise.due_at + timedelta(days=1)
    breached = promise.breach(late)
    assert breached.is_breached(late)
    assert breached.meet(late).state is PromiseState.MET


def test_a_moved_promise_keeps_its_story_and_leaves_a_new_one(promise):
    wednesday = MONDAY + timedelta(days=2)
    due = FOUR_DAYS.due(CALENDAR, wednesday)
    moved, successor = promise.move(due, wednesday, "the lorry broke down")
    assert moved.state is PromiseState.MOVED
    assert moved.moved_because == "the lorry broke down"
    assert not moved.is_breached(promise.due_at + timedelta(days=9))
    assert successor.is_pending
    assert successor.due_at == due.told_at
    assert (successor.kind, successor.owner) == ("replacement", "Ines")


def test_no_promise_is_told_for_earlier_than_it_is_planned():
    due = Due(MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=1), by_the_day=False)
    with pytest.raises(ValueError, match="told for earlier than it is planned"):
        Promise.make("call_back", due, MONDAY, owner="Ines")


# Words


def test_a_date_is_said_in_full_words():
    assert date_in_words(date(2026, 11, 27), LONDON) == "Friday 27 November"


def test_the_year_is_said_only_when_it_is_another():
    now = london("2026-12-30 10:00")
    assert date_in_words(date(2026, 12, 31), LONDON, now) == "Thursday 31 December"
    assert date_in_words(date(2027, 1, 4), LONDON, now) == "Monday 4 January 2027"


@pytest.mark.parametrize(
    "at, now, words",
    [
        ("2026-11-23 15:30", "2026-11-23 10:00", "today by 3:30 pm"),
        ("2026-11-23 11:00", "2026-11-22 13:00", "Monday 23 November by 11:00 am"),
        ("2026-11-23 12:00", "2026-11-23 09:00", "today by 12:00 pm"),
        ("2027-01-04 09:30", "2026-12-31 17:00", "Monday 4 January 2027 by 9:30 am"),
    ],
)
def test_a_moment_is_said_as_today_or_as_its_date(at, now, words):
    assert moment_in_words(london(at), LONDON, london(now)) == words


def test_a_customer_far_away_hears_their_own_date_and_time():
    closing = london("2026-11-27 17:30")
    assert date_in_words(closing, "Pacific/Auckland") == "Saturday 28 November"
    assert moment_in_words(closing, "America/New_York", closing) == "today by 12:30 pm"


def test_days_are_said_as_a_date_and_hours_with_their_hour():
    sunday = london("2026-11-22 13:00")
    assert FOUR_DAYS.due(CALENDAR, sunday).in_words(LONDON, sunday) == "Friday 27 November"
    assert (
        FOUR_HOURS.due(CALENDAR, sunday).in_words(LONDON, sunday) == "Monday 23 November by 1:00 pm"
    )
