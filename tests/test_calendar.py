"""The calendar's truth: zones of shop and customer, both changes of the clock, holidays, leap day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.errors import Conflict
from complaints.promise import (
    BusinessCalendar,
    Length,
    OpeningHours,
    Timing,
    date_in_words,
    moment_in_words,
)
from tests.core import Core, maya_with_offers
from tests.test_promise import CALENDAR, HOURS, LONDON, calendars, london, moments, timings

settings.load_profile("patient")

CUSTOMERS = st.sampled_from(
    ["Europe/London", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu",
     "Australia/Lord_Howe", "Pacific/Auckland"]
)  # fmt: skip
# Where clocks change, and two days before each change of two years.
CHANGES = {
    "Europe/London": ["2026-03-27", "2026-10-23", "2028-03-24", "2028-10-27"],
    "America/New_York": ["2026-03-06", "2026-10-30", "2028-03-10", "2028-11-03"],
    "Australia/Lord_Howe": ["2026-04-03", "2026-10-02", "2028-03-31", "2028-09-29"],  # half an hour
    "America/Santiago": ["2026-04-03", "2026-09-04", "2028-03-31", "2028-09-01"],  # at midnight
}
around_a_change = st.sampled_from(sorted(CHANGES)).flatmap(
    lambda zone: st.tuples(
        st.just(zone),
        st.sampled_from(CHANGES[zone]).map(date.fromisoformat),
        st.integers(0, 5 * 24 * 60),  # minutes
    )
)
round_the_clock = st.sampled_from(
    [(time(0), time(23, 45)), (time(0, 30), time(4)), (time(1), time(2, 30)), (time(22), time(23))]
)


@given(calendars(), moments, timings(), CUSTOMERS)
def test_a_customer_anywhere_hears_the_day_on_their_own_wall(calendar, at, timing, zone):
    due = timing.due(calendar, at)
    theirs = due.told_at.astimezone(ZoneInfo(zone))
    today = at.astimezone(ZoneInfo(zone)).date()

    said = due.in_words(zone, at)

    assert said.startswith("today") == (not due.by_the_day and theirs.date() == today)
    if not said.startswith("today"):
        assert said.startswith(date_in_words(theirs.date(), zone, at))


@given(around_a_change, round_the_clock, st.integers(1, 600))
def test_the_promised_minutes_pass_while_we_are_open_when_the_clocks_change(change, hours, minutes):
    zone, day, after = change
    calendar = BusinessCalendar(
        OpeningHours(zone, dict.fromkeys(range(7), hours), frozenset(range(7)))
    )
    at = datetime.combine(day, time(0), UTC) + timedelta(minutes=after)

    ends = calendar.add(at, Length(minutes, "minutes"))

    # Counted on the clock of the world, minute by minute: nothing that the code does.
    passed = sum(
        calendar.is_open(at + timedelta(minutes=count))
        for count in range(round((ends - at) / timedelta(minutes=1)))
    )
    assert passed == minutes


@given(around_a_change, round_the_clock, timings())
def test_a_told_time_is_never_in_closed_time_when_the_clocks_change(change, hours, timing):
    zone, day, after = change
    calendar = BusinessCalendar(
        OpeningHours(zone, dict.fromkeys(range(7), hours), frozenset(range(7)))
    )
    at = datetime.combine(day, time(0), UTC) + timedelta(minutes=after)

    due = timing.due(calendar, at)

    assert at < due.planned_at <= due.told_at
    # A moment ago somebody was there: closing time itself is the last that may be told.
    assert calendar.is_open(due.told_at - timedelta(microseconds=1))
    assert calendar.is_open(due.planned_at - timedelta(microseconds=1))


@given(moments, timings(), st.sets(st.dates(date(2025, 12, 1), date(2028, 2, 1)), max_size=40))
def test_nothing_is_told_for_a_holiday_or_a_day_of_our_own_that_is_closed(at, timing, closed):
    hours = OpeningHours(LONDON, HOURS.week, HOURS.working_days, "GB-ENG", frozenset(closed))
    calendar = BusinessCalendar(hours)

    due = timing.due(calendar, at)

    for moment in (due.planned_at, due.told_at):
        assert hours.closed_because(calendar.today(moment)) is None


@given(calendars(), moments, timings())
def test_after_closing_nothing_is_told_for_today_at_any_shop(calendar, at, timing):
    hours = calendar.hours.on(calendar.today(at))
    if hours is None or at.astimezone(calendar.timezone).time() >= hours[1]:
        due = timing.due(calendar, at)
        assert calendar.today(due.told_at) > calendar.today(at)
        assert not due.in_words(calendar.hours.timezone, at).startswith("today")


@given(moments, st.integers(1, 30))
def test_days_are_counted_over_month_ends_as_on_a_calendar_on_the_wall(at, count):
    ends = CALENDAR.today(CALENDAR.add(at, Length(count, "days")))

    # Crossed out by hand: today does not count, unless it is still to begin being a working day.
    first = CALENDAR.today(at)
    is_over = at >= london(f"{first} 17:30") or not _is_working(first)
    day, left = first, count + (1 if is_over else 0)
    while left:
        day += timedelta(days=1)
        left -= _is_working(day)
    assert ends == day


@pytest.mark.parametrize(
    "at, length, told, words",
    [
        ("2028-02-28 10:00", "1 day", "2028-02-29 17:30", "Tuesday 29 February"),  # leap day
        ("2028-02-29 10:00", "1 day", "2028-03-01 17:30", "Wednesday 1 March"),
        ("2027-02-26 10:00", "1 day", "2027-03-01 17:30", "Monday 1 March"),
        ("2026-10-23 16:30", "2 hours", "2026-10-24 11:00", "Saturday 24 October by 11:00 am"),
        ("2026-10-24 15:00", "2 hours", "2026-10-26 10:00", "Monday 26 October by 10:00 am"),
        ("2026-03-28 15:00", "2 hours", "2026-03-30 10:00", "Monday 30 March by 10:00 am"),
        ("2026-03-27 10:00", "1 day", "2026-03-30 17:30", "Monday 30 March"),
        ("2026-04-02 16:30", "2 hours", "2026-04-04 11:00", "Saturday 4 April by 11:00 am"),  # Good Friday
        ("2026-04-02 10:00", "1 day", "2026-04-07 17:30", "Tuesday 7 April"),  # Easter Monday
    ],
)  # fmt: skip
def test_the_days_people_get_wrong(at, length, told, words):
    due = Timing(Length.parse(length), Length.parse(length)).due(CALENDAR, london(at))

    assert due.told_at == london(told)
    assert due.in_words(LONDON, london(at)) == words


def test_the_hour_is_the_customers_on_the_day_only_their_clocks_have_changed():
    """New York changes three weeks before London: it is four hours behind then, not five."""
    told = london("2026-03-16 15:30")

    assert moment_in_words(told, "America/New_York", london("2026-03-13 12:00")) == (
        "Monday 16 March by 11:30 am"
    )


@pytest.mark.parametrize(
    "now, due, because",
    [
        ("2026-11-23 18:00", date(2026, 11, 23), "that time is over"),  # today, after closing
        ("2026-11-23 10:00", date(2026, 11, 29), "nobody is there"),  # a Sunday
        ("2026-12-22 10:00", date(2026, 12, 25), "nobody is there"),
        ("2026-11-23 10:00", london("2026-11-23 18:30"), "nobody is there"),
        ("2026-03-27 10:00", london("2026-03-29 01:30"), "nobody is there"),  # a time that is none
    ],
)
def test_a_person_cannot_promise_a_time_at_which_nobody_keeps_it(core: Core, now, due, because):
    core.clock.advance(london(now) - core.clock.now())
    ines, maya = core.person("Ines Duarte"), maya_with_offers(core)
    maya.asks_for_a_person()
    core.casebook.take_over(maya.case.reference, ines, "key-1")

    with pytest.raises(Conflict, match=because):
        core.casebook.make_promise(maya.case.reference, ines, "next_word", due, "key-2")


@pytest.mark.parametrize("due", [date(2026, 11, 23), london("2026-11-23 17:15")])
def test_what_a_person_promises_is_planned_before_it_is_told(core: Core, due):
    ines, maya = core.person("Ines Duarte"), maya_with_offers(core)
    maya.asks_for_a_person()
    core.casebook.take_over(maya.case.reference, ines, "key-1")

    row = core.casebook.make_promise(maya.case.reference, ines, "next_word", due, "key-2")

    assert core.clock.now() < row.planned_at < row.due_at
    assert core.policy.calendar.today(row.due_at) == date(2026, 11, 23)


def _is_working(day: date) -> bool:
    return day.weekday() in HOURS.working_days and HOURS.on(day) is not None
