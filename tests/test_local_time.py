"""Local time: every time a customer reads is told by the clock on their own wall (R18)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from complaints import local_time
from complaints.conversation import Conversation
from complaints.money import Money
from complaints.remedy import option_of
from complaints.resolution import situation_of
from tests.core import SHOP_POLICY, Core, Visitor, maya_with_offers, policy_of
from tests.test_calendar import CUSTOMERS
from tests.test_promise import moments, timings

settings.load_profile("patient")

POLICY = policy_of(SHOP_POLICY)  # of a shop in London
NEW_YORK, KIRITIMATI, LISBON = "America/New_York", "Pacific/Kiritimati", "Europe/Lisbon"


def lives_in(visitor: Visitor, zone: str) -> None:
    local_time.keep(visitor.core.store, visitor.conversation, zone)


def somebody(zone: str | None) -> Conversation:
    return Conversation(timezone=zone)


# By whose clock


@given(moments, timings(), CUSTOMERS)
def test_a_told_time_is_never_earlier_on_their_wall_than_it_is_planned(at, timing, zone):
    due = timing.due(POLICY.calendar, at)
    theirs = ZoneInfo(zone)
    ends_on = due.told_at.astimezone(theirs)

    said = local_time.by(due, somebody(zone), POLICY, at)

    assert ends_on.date() >= due.planned_at.astimezone(theirs).date()
    if due.by_the_day:
        assert said == f"by {local_time.day(ends_on.date(), somebody(zone), POLICY, at)}"
    else:
        hour = f"{ends_on.hour % 12 or 12}:{ends_on:%M} {'pm' if ends_on.hour >= 12 else 'am'}"
        assert f"by {hour}" in said
        assert said.startswith("today") == (ends_on.date() == at.astimezone(theirs).date())


@given(moments, CUSTOMERS)
def test_whose_clock_it_is_is_said_wherever_it_is_not_the_shops(at, zone):
    shows = (at.astimezone(ZoneInfo(each)).time() for each in (zone, "Europe/London"))

    said = local_time.moment(at, somebody(zone), POLICY, at)

    assert said.endswith(" your time") == (len(set(shows)) == 2)


@given(moments, CUSTOMERS)
def test_the_hours_are_the_shops_and_the_next_opening_is_theirs(at, zone):
    asking, calendar = somebody(zone), POLICY.calendar

    said = local_time.opening_hours(asking, POLICY, at)

    assert ("closes" in said) == calendar.is_open(at)
    assert said["hours"].endswith(", London time") == said["opens"].endswith(" your time")
    assert said["opens"].startswith(local_time.day(calendar.next_opening(at), asking, POLICY, at))


def test_without_a_word_from_their_browser_it_is_the_shops_clock():
    at = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

    assert local_time.moment(at, somebody(None), POLICY, at) == "today by 3:00 pm"
    # Another place under the same clock is no reason to speak of it.
    assert local_time.moment(at, somebody(LISBON), POLICY, at) == "today by 3:00 pm"
    assert local_time.moment(at, somebody(NEW_YORK), POLICY, at) == "today by 10:00 am your time"


def test_in_the_weeks_between_two_changes_of_the_clock_each_clock_is_right():
    # Sunday 25 October 2026 ends summer time in London, a week before it ends in New York.
    friday, monday = (datetime(2026, 10, day, 15, 0, tzinfo=UTC) for day in (23, 26))
    asking = somebody(NEW_YORK)

    assert "11:00 am" in local_time.moment(friday, asking, POLICY, friday)
    assert "11:00 am" in local_time.moment(monday, asking, POLICY, monday)
    assert local_time.moment(friday, somebody(None), POLICY, friday) == "today by 4:00 pm"
    assert local_time.moment(monday, somebody(None), POLICY, monday) == "today by 3:00 pm"


# In a conversation


@pytest.mark.parametrize("nonsense", ["Europe/Atlantis", "", None, "../../etc/passwd", "x" * 900])
def test_what_is_no_time_zone_is_passed_over(core: Core, nonsense):
    visitor = core.visitor("ada")
    lives_in(visitor, NEW_YORK)

    lives_in(visitor, nonsense)

    assert visitor.conversation.timezone == NEW_YORK


def test_offers_and_their_confirmation_tell_the_day_it_is_there(core: Core):
    visitor = maya_with_offers(core)
    lives_in(visitor, KIRITIMATI)  # fourteen hours ahead: closing time in London is their tomorrow
    step = visitor.next()
    told = {choice.title: choice.words.get("by") for choice in step.choices}
    offer = next(o for o in visitor.case.pending_offers() if o.kind == "replacement")
    theirs = offer.due_at.astimezone(ZoneInfo(KIRITIMATI)).date()
    assert theirs == core.policy.calendar.today(offer.due_at) + timedelta(days=1)

    confirmed = visitor.presses("replacement")

    said = f"by {local_time.day(theirs, visitor.case, core.policy, core.clock.now())}"
    assert told["utter_option_replacement"] == said == confirmed.words["by"]
    assert visitor.enquires().words["by"] == said


def test_a_handoff_is_told_by_their_clock_and_read_by_ours_at_the_desk(core: Core):
    visitor = maya_with_offers(core)
    lives_in(visitor, NEW_YORK)

    told = visitor.asks_for_a_person()

    assert told.due.endswith("your time")
    (row,) = core.casebook.queue()
    assert row.due and "your time" not in row.due
    status = visitor.enquires()
    assert (status.state, status.words["due"]) == ("with_person", told.due)


def test_a_late_reply_is_told_by_their_clock(core: Core):
    visitor = maya_with_offers(core)
    lives_in(visitor, NEW_YORK)
    visitor.asks_for_a_person()
    core.clock.advance(timedelta(days=2))

    core.casebook.keep_promises(core.clock.now())

    (told,) = [row for row in visitor.outbox if row.transport == "chat"]
    assert told.payload["words"]["due"].endswith("your time")


def test_who_travels_reads_the_clock_of_the_place_they_are_in(core: Core):
    visitor = maya_with_offers(core)
    lives_in(visitor, NEW_YORK)
    visitor.asks_for_a_person()

    lives_in(visitor, "Asia/Tokyo")

    assert visitor.case.timezone == visitor.conversation.timezone == "Asia/Tokyo"


def test_a_case_found_from_another_browser_is_told_by_that_browsers_clock(core: Core):
    visitor = maya_with_offers(core)
    told = visitor.asks_for_a_person()
    elsewhere = core.visitor("maya's phone")
    lives_in(elsewhere, NEW_YORK)
    elsewhere.enquires(case_reference=visitor.case.reference)

    status = elsewhere.enquires("SW9 8QF", "inform", postcode="SW9 8QF")

    assert status.words["due"] != told.due
    assert status.words["due"].endswith("your time")


@pytest.mark.parametrize("zone, is_in_time", [(None, True), (NEW_YORK, True), (KIRITIMATI, False)])
def test_a_thing_is_in_time_by_the_calendar_of_who_needs_it(core: Core, zone, is_in_time):
    visitor = maya_with_offers(core)
    lives_in(visitor, zone)
    offer = next(o for o in visitor.case.pending_offers() if o.kind == "replacement")
    needed = core.policy.calendar.today(offer.due_at)  # the day it comes, in London
    visitor.tells("I need it by then", deadline=needed.isoformat())

    confirmed = visitor.presses("replacement")

    assert ("deadline" in confirmed.words) == is_in_time


def test_what_comes_too_late_by_their_calendar_is_not_offered_first(core: Core):
    abroad = maya_with_offers(core)
    lives_in(abroad, KIRITIMATI)
    offer = next(o for o in abroad.case.pending_offers() if o.kind == "replacement")
    needed = core.policy.calendar.today(offer.due_at)
    situation = situation_of(abroad.case, None, Money.zero("GBP"), core.clock.now())

    option = option_of(core.policy, replace(situation, deadline=needed), "replacement")

    assert option.in_time is False
    assert option_of(
        core.policy, replace(situation, deadline=needed, zone=None), "replacement"
    ).in_time
