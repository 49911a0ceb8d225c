"""When a follow-up is asked: after the news, on a later day for the customer, and by their day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints import outbox
from complaints.fulfilment import InstructionRow
from complaints.outbox import OutboxMessage
from complaints.polite_hours import POLITE, WAITS_FOR_THEM, ask_at, at_a_polite_hour
from complaints.promise import BusinessCalendar
from tests.core import SHOP_POLICY, Core, Visitor, maya_with_offers, policy_of
from tests.test_follow_up import MONDAY_AFTER, change, follow_up, go_to, keep, question
from tests.test_local_time import lives_in
from tests.test_promise import moments

settings.load_profile("patient")

HONOLULU, AUCKLAND, LONDON = "Pacific/Honolulu", "Pacific/Auckland", "Europe/London"
ZONES = st.sampled_from(
    [LONDON, HONOLULU, AUCKLAND, "America/Los_Angeles", "America/New_York", "Pacific/Kiritimati",
     "Asia/Kathmandu", "Australia/Lord_Howe", "America/Santiago"]
)  # fmt: skip
shops = st.sampled_from([LONDON, AUCKLAND, "America/New_York", "America/Santiago"])
QUARTER = timedelta(minutes=15)


def shop_in(zone: str):
    return policy_of(SHOP_POLICY.replace(LONDON, zone))


def is_polite(at: datetime, zone: str) -> bool:
    return POLITE[0] <= at.astimezone(ZoneInfo(zone)).time() < POLITE[1]


def open_quarters(calendar: BusinessCalendar, since: datetime, until: datetime):
    """Every quarter of an hour at which somebody is there, counted on the clock of the world."""
    at = since + (datetime.min.replace(tzinfo=UTC) - since) % QUARTER
    while at <= until:
        if calendar.is_open(at):
            yield at
        at += QUARTER


@pytest.fixture
def promised(core: Core) -> Visitor:
    """Maya's replacement is promised by Friday 27 November."""
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    return visitor


# By two calendars


@given(moments, shops, ZONES)
def test_it_is_asked_while_we_are_open_on_a_later_day_for_the_customer(told, shop, zone):
    policy, theirs = shop_in(shop), ZoneInfo(zone)

    asks = ask_at(told, policy, zone)

    assert policy.calendar.is_open(asks)
    assert asks.astimezone(theirs).date() > told.astimezone(theirs).date()
    assert policy.calendar.today(asks) > policy.calendar.today(told)


@given(moments, shops, ZONES)
def test_a_night_is_disturbed_only_where_two_days_hold_no_better_hour(told, shop, zone):
    policy = shop_in(shop)

    asks = ask_at(told, policy, zone)

    if not is_polite(asks, zone):
        near = open_quarters(policy.calendar, asks, asks + WAITS_FOR_THEM)
        assert not [at for at in near if is_polite(at, zone)]


@given(moments, shops, ZONES)
def test_no_polite_moment_is_let_pass(at, shop, zone):
    calendar = shop_in(shop).calendar

    asks = at_a_polite_hour(at, calendar, zone)

    if is_polite(asks, zone):
        earlier = open_quarters(calendar, at, asks - timedelta(microseconds=1))
        assert not [each for each in earlier if is_polite(each, zone)]


@given(moments)
def test_who_lives_by_the_shops_clock_is_asked_when_it_opens(told):
    policy = shop_in(LONDON)

    asks = ask_at(told, policy)

    assert asks == ask_at(told, policy, LONDON) == ask_at(told, policy, "Europe/Lisbon")
    assert not policy.calendar.is_open(asks - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("shop", "zone", "told", "asked"),
    [
        # Thursday there until Friday at ten here, and no opening is ever by their day.
        (LONDON, HONOLULU, "2026-11-26 17:30", "2026-11-27 10:00"),
        # Tuesday's opening is Monday evening for them: the told day itself.
        (AUCKLAND, LONDON, "2026-11-30 17:30", "2026-12-02 09:00"),
        # Nine in London is four in the morning: it waits for eight.
        (LONDON, "America/New_York", "2026-11-26 17:30", "2026-11-27 13:00"),
        (LONDON, "America/Los_Angeles", "2026-11-26 17:30", "2026-11-27 16:00"),
        # Their Friday morning was told; their Saturday begins at eleven here, and no day is better.
        (LONDON, AUCKLAND, "2026-11-26 17:30", "2026-11-27 11:00"),
    ],
)
def test_the_hours_people_get_wrong(shop, zone, told, asked):
    told_at, asks_at = (
        datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(shop)) for at in (told, asked)
    )

    assert ask_at(told_at, shop_in(shop), zone) == asks_at


def test_nobody_in_new_york_is_asked_at_four_in_the_morning(core: Core, promised: Visitor):
    lives_in(promised, "America/New_York")
    keep(core, promised)

    go_to(core, MONDAY_AFTER)
    assert follow_up(core) == 0
    go_to(core, MONDAY_AFTER.replace(hour=13))
    assert follow_up(core) == 1


def test_who_was_missed_by_their_day_is_asked_by_their_next_one(core: Core, promised: Visitor):
    lives_in(promised, "America/New_York")
    keep(core, promised)
    go_to(core, MONDAY_AFTER + timedelta(days=1))  # deliver was down all Monday

    assert follow_up(core) == 0
    go_to(core, MONDAY_AFTER + timedelta(days=1, hours=4))
    assert follow_up(core) == 1


# What came late


def test_what_came_three_weeks_late_is_asked_about_on_the_day_after(core: Core, promised: Visitor):
    go_to(core, datetime(2026, 12, 17, 11, tzinfo=UTC))
    keep(core, promised)
    assert follow_up(core) == 0  # not in the minute of its arrival
    go_to(core, datetime(2026, 12, 18, 8, 59, tzinfo=UTC))
    assert follow_up(core) == 0

    go_to(core, datetime(2026, 12, 18, 9, tzinfo=UTC))
    assert follow_up(core) == 1
    assert "I'm sorry that you had to wait" in question(promised).text


def test_what_was_broken_and_then_kept_is_asked_about_with_regret(core: Core, promised: Visitor):
    go_to(core, datetime(2026, 11, 30, 11, tzinfo=UTC))
    change(core, promised, "replacement", lambda promise, now: promise.breach(now))
    go_to(core, datetime(2026, 12, 2, 11, tzinfo=UTC))
    keep(core, promised)

    go_to(core, datetime(2026, 12, 3, 9, tzinfo=UTC))
    assert follow_up(core) == 1
    assert "sorry" in question(promised).text


def test_who_had_it_in_time_hears_no_regret(core: Core, promised: Visitor):
    keep(core, promised)
    go_to(core, MONDAY_AFTER)

    assert follow_up(core) == 1
    assert "sorry" not in question(promised).text


def test_what_we_only_heard_of_late_did_not_come_late(core: Core, promised: Visitor):
    with core.store.transaction() as session:
        its = {"promise_id": promised.promises["replacement"].id}
        session.query(InstructionRow).filter_by(**its).update({"done_on": datetime(2026, 11, 27)})
    go_to(core, MONDAY_AFTER)
    keep(core, promised)  # deliver was down over the weekend
    go_to(core, MONDAY_AFTER + timedelta(days=1))

    assert follow_up(core) == 1
    assert "sorry" not in question(promised).text


# After the news


def test_nobody_is_asked_before_they_have_read_that_it_is_done(core: Core, promised: Visitor):
    keep(core, promised)
    with core.store.transaction() as session:
        key = f"done:{promised.promises['replacement'].id}"
        outbox.put(session, key, "chat", {}, core.clock.now(), promised.case.reference)
    go_to(core, MONDAY_AFTER)
    assert follow_up(core) == 0

    with core.store.transaction() as session:
        session.query(OutboxMessage).filter_by(key=key).update({"sent_at": core.clock.now()})
    assert follow_up(core) == 0  # nor in the minute in which they read it
    go_to(core, MONDAY_AFTER + timedelta(days=1))
    assert follow_up(core) == 1


def test_news_that_can_never_be_told_keeps_nobody_from_being_asked(core: Core, promised: Visitor):
    keep(core, promised)
    with core.store.transaction() as session:
        key = f"done:{promised.promises['replacement'].id}"
        outbox.put(session, key, "chat", {}, core.clock.now(), promised.case.reference)
        session.flush()
        session.query(OutboxMessage).filter_by(key=key).update({"gave_up_at": core.clock.now()})
    go_to(core, MONDAY_AFTER)

    assert follow_up(core) == 1
