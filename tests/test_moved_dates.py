"""A promise that moves gets a date as true as its first: whatever the hour, whatever the shop says."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.fulfilment import _later
from complaints.policy import Policy
from complaints.promise import Due, Promise

# A busy machine is slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

POLICY = Policy.load(Path(__file__).parent.parent / "policy.yml")
CALENDAR = POLICY.calendar
LONDON = ZoneInfo("Europe/London")

# Over both changes of the clocks, Christmas, Easter and a leap day.
moments = st.datetimes(
    datetime(2026, 10, 1), datetime(2028, 4, 30), timezones=st.just(UTC)
)  # fmt: skip
remedies = st.sampled_from(sorted(POLICY.remedies))
days_ahead = st.one_of(st.none(), st.integers(-3, 40))


def is_true(due: Due, now: datetime) -> None:
    """Never earlier than the plan, never in closed time, never "today" once we have closed."""
    assert now < due.planned_at <= due.told_at
    assert CALENDAR.is_open(due.told_at) or CALENDAR.is_open(due.told_at - timedelta(seconds=1))
    if not _opens_again_today(now):
        assert due.told_at.astimezone(LONDON).date() > now.astimezone(LONDON).date()
        assert "today" not in due.in_words("Europe/London", now)


@given(moments, remedies, days_ahead)
def test_what_the_shop_puts_off_is_told_for_a_time_that_can_be_kept(now, kind, ahead):
    day: date | None = None if ahead is None else CALENDAR.today(now) + timedelta(ahead)

    due = _later(POLICY.remedies[kind].arrives, day, POLICY, now)

    is_true(due, now)
    if day is not None:
        assert due.told_at.astimezone(LONDON).date() > day, "the shop's own day, and a buffer"


@given(moments, st.timedeltas(timedelta(minutes=1), timedelta(days=20)))
def test_what_a_person_did_not_keep_is_told_for_a_time_that_can_be_kept(made_at, late):
    timing = POLICY.promises["first_reply_by_a_person"]
    first = Promise.make("next_word", timing.due(CALENDAR, made_at), made_at, "ines")
    now = first.due_at + late

    old, new = first.move(timing.due(CALENDAR, now), now, "nobody was free")

    is_true(new.due, now)
    assert new.due_at > old.due_at


def _opens_again_today(now: datetime) -> bool:
    """Whether any of today's opening hours are still to come."""
    opening = now if CALENDAR.is_open(now) else CALENDAR.next_opening(now)
    return opening.astimezone(LONDON).date() == now.astimezone(LONDON).date()
