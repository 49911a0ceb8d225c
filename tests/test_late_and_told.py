"""A promise that slips, in the running house: told before the date, asked after, and put right.

The shop is late as a shop is; the clock of the whole house goes ahead, and the chat stays open
on the customer's telephone from the first word to the last.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from channels.house import House
from complaints.case import Case, PromiseRow
from complaints.demo_shop import be_late
from complaints.follow_up import ask_at
from complaints.fulfilment import InstructionRow
from complaints.people import People, Role
from complaints.promise import PromiseState, date_in_words
from tests.chat_page import PHONE, ChatPage, customer_at
from tests.customer import wait_for
from tests.office import DESKTOP, PASSWORD, AtTheDesk
from tests.stack import Stack

SMASHED = "My blender W-10482 came with the jug smashed and I just want one that works"


@pytest.fixture
def house(stack: Stack) -> Iterator[House]:
    """The running house, next Monday at ten; the tests after this have its clock as it was."""
    house = House(stack.settings)
    calendar, now = house.casebook.policy.calendar, house.clock.now()
    monday = calendar.today(now) + timedelta(days=7 - calendar.today(now).weekday())
    go_to(stack, calendar.next_opening(datetime.combine(monday, time(10), calendar.timezone)))
    people = People(house.store, house.clock)
    people.add("lena", "Lena Fischer", PASSWORD, Role.LEAD)
    yield house
    people.leave("lena")
    go_to(stack, now)


def test_who_is_told_of_a_slip_and_gets_it_wrong_again_is_heard_by_a_senior_person(
    stack: Stack, house: House, chromium: Browser
) -> None:
    policy = house.casebook.policy
    stack.nobody_complained_of("W-10482")
    at_home, maya = customer_at(chromium, stack.url, **PHONE)
    maya.open()
    maya.write(SMASHED)
    maya.hears("postcode")
    maya.write("SW9 8QF")
    maya.hears("Which would you like?")
    maya.option("blender").first.click()
    promised = wait_for_promise(house)
    was = in_words(house, promised)
    maya.hears(was)

    # The shop is late, and she hears it before the date that she was told.
    key = f"{promised.case_reference}:replacement"
    wait_for(lambda: shop_has(house, key), lambda: stack.logs("deliver"))
    be_late(key, 5, stack.settings)
    moved = wait_for_promise(house, promised.id, lambda: minutes_pass(stack))
    maya.hears("rather you hear this now than wait in vain")
    assert house.clock.now() < promised.due_at < moved.due_at
    told = maya.said_by("notice")[-1]
    assert was in told and in_words(house, moved) in told
    assert "We had planned too little time" in told

    # It comes, and on the day after the told date she is asked.
    go_to(stack, at(house, instruction(house, key).expected_on, 11))
    hears_by_and_by(maya, stack, "has reached you")
    assert promise(house, moved.id).state == PromiseState.MET
    go_to(stack, ask_at(moved.due_at, policy) + timedelta(minutes=1))
    hears_by_and_by(maya, stack, "Has it come, and is it right?")
    maya.option("Something isn't right").last.click()
    maya.hears("whoever answers you reads it first")
    maya.write("the new one leaks at the base")

    # Whoever takes it over reads all of it in one place, and asks for nothing again.
    at_work = chromium.new_context(**DESKTOP)
    at_work.set_default_timeout(20_000)
    lena = AtTheDesk(at_work.new_page(), stack.url).signs_in("lena")
    lena.opens(promised.case_reference)
    lena.reads("Waits for a person")
    lena.reads("it is still not right: a second failure")
    lena.reads("the new one leaks at the base")
    lena.reads(f"a replacement, by {was}: put off, it took longer than planned")
    lena.reads(f"a replacement, by {in_words(house, moved)}: kept, done on")
    known = lena.page.locator(".summary").inner_text().split("Known: do not ask again")[1]
    for fact in ("Maya Okonkwo", "W-10482", "SW9 8QF", "what happened", "what would put it right"):
        assert fact in known
    asked = maya.said_by("assistant")[-3:]
    assert not [text for text in asked if "?" in text], asked
    keeps_picture(maya.page, "customer")
    keeps_picture(lena.page, "desk")
    assert lena.troubles == [] and maya.violations == []
    for context in (at_work, at_home):
        context.close()


def go_to(stack: Stack, when: datetime) -> None:
    stack.clock.advance(when - stack.clock.now())


def at(house: House, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), house.casebook.policy.calendar.timezone)


def in_words(house: House, promised: PromiseRow) -> str:
    zone = house.casebook.policy.opening_hours.timezone
    return date_in_words(promised.due_at, zone, house.clock.now())


def promise(house: House, promise_id: int) -> PromiseRow:
    with house.store.reading() as session:
        return session.get_one(PromiseRow, promise_id)


def instruction(house: House, key: str) -> InstructionRow:
    with house.store.reading() as session:
        return session.scalars(select(InstructionRow).where(InstructionRow.key == key)).one()


def shop_has(house: House, key: str) -> bool:
    return instruction(house, key).expected_on is not None


def hears_by_and_by(customer: ChatPage, stack: Stack, words: str) -> None:
    """Days went by for everybody in the house: deliver has much to do, and she is one of them."""
    heard = customer.log.locator("li").filter(has_text=words)

    def has_heard() -> bool:
        minutes_pass(stack)
        return heard.count() > 0

    wait_for(has_heard, lambda: f"{words!r} never came; deliver: {stack.logs('deliver')[-2000:]}")


def minutes_pass(stack: Stack) -> None:
    stack.clock.advance(timedelta(minutes=3))
    sleep(2)  # in which deliver looks


def wait_for_promise(
    house: House, other_than: int = 0, meanwhile: Callable[[], None] = lambda: None
) -> PromiseRow:
    """The replacement that the newest case was promised, once it stands in the books.

    `meanwhile` is done again and again: a shop that is slow to answer is asked less often.
    """
    found: list[PromiseRow] = []

    def is_there() -> bool:
        meanwhile()
        with house.store.reading() as session:
            newest = select(Case.reference).order_by(Case.received_at.desc()).limit(1)
            found[:] = session.scalars(
                select(PromiseRow).where(
                    PromiseRow.case_reference == newest.scalar_subquery(),
                    PromiseRow.kind == "replacement",
                    PromiseRow.id > other_than,
                )
            )
        return bool(found)

    wait_for(is_there, lambda: "no replacement was promised")
    return found[0]


def keeps_picture(page, name: str) -> None:
    """For whoever wants to see how it looks: PICTURES=directory."""
    if directory := os.environ.get("PICTURES"):
        page.screenshot(path=Path(directory) / f"late_and_told_{name}.png")
