"""Twelve whole conversations through the running house, each to the summary that a person reads.

A file of tests/handovers/ holds what the customer writes, what a person does in between, and the
summary field by field. Days and hours depend on when the test runs; they go by one word each.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select, update

from channels.house import House
from complaints.case import Case
from complaints.clock import Clock
from complaints.handoff import HandoffSummary
from complaints.outbox import OutboxMessage
from complaints.people import People
from tests.customer import Customer, wait_for
from tests.office import PASSWORD
from tests.stack import Stack
from tests.test_conversations import _saturday as a_saturday

TALKS = sorted(Path(__file__).with_name("handovers").glob("*.yml"))
HEAD = ("one_line", "happened", "cost", "wants", "why")
_A_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} (?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)(?: \d{4})?"
)
_WHEN = re.compile(
    rf"(?:today|tomorrow|(?:on )?{_A_DAY}) (?:by|at) \d{{1,2}}:\d\d [ap]m|{_A_DAY}|\bsaturday\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def house(stack: Stack) -> Iterator[House]:
    """The same casebook as the running house has. Ines works there, until we are done."""
    house = House(stack.settings)
    people = People(house.store, house.clock)
    if people.find("ines.d") is None:
        people.add("ines.d", "Ines Duarte", PASSWORD)
    people.set_available("ines.d", True)
    yield house
    people.leave("ines.d")
    house.store.engine.dispose()


def test_there_are_twelve():
    assert len(TALKS) == 12


@pytest.mark.parametrize("file", TALKS, ids=lambda file: file.stem)
def test_a_person_reads_what_the_whole_conversation_held(file: Path, stack: Stack, house: House):
    script = yaml.safe_load(file.read_text("utf-8"))

    summary, customer = handed_over(script, stack, house)

    assert set(summary) == set(HandoffSummary.__dataclass_fields__) == set(script["summary"])
    for field, expected in script["summary"].items():
        assert summary[field] == expected, f"{field}\n{customer.transcript}"
    assert sum(len((summary[part] or "").split()) for part in HEAD) <= 150


def handed_over(
    script: dict[str, Any], stack: Stack, house: House
) -> tuple[dict[str, Any], Customer]:
    """Talks it through; gives the summary of what is open at the end, and who talked."""
    stack.nobody_complained_of(*script.get("orders", []))
    with house.store.transaction() as session:
        session.execute(update(Case).values(customer_id=None))  # nobody has been here before
    customer = Customer(stack.url, house.store)
    for number, turn in enumerate(script["talk"]):
        if "ines" in turn:
            ines_does(turn, customer, house, f"{customer.conversation.id[:20]}:{number}")
            customer.reads_on()
        elif "waits_for" in turn:
            wait_until_kept(turn["waits_for"], customer, house.clock)
        elif "presses" in turn:
            customer.presses(turn["presses"])
        else:
            customer.says(turn["says"].replace("{saturday}", a_saturday()))
    (handoff, *_) = [each for each in customer.handoffs if each.ended_at is None]
    return told_apart(handoff.summary, customer), customer


def ines_does(turn: dict[str, str], customer: Customer, house: House, key: str) -> None:
    verb = getattr(house.casebook, turn["ines"])
    more = {name: value for name, value in turn.items() if name != "ines"}
    if turn["ines"] == "make_promise":
        calendar = house.casebook.policy.calendar
        more["due"] = calendar.today(calendar.next_opening(house.clock.now()))
    verb(customer.case.reference, "ines.d", key=key, **more)


def wait_until_kept(kind: str, customer: Customer, clock: Clock) -> None:
    """Until the shop has done it and they read of it: a summary made before says less."""
    unread = select(OutboxMessage).where(
        OutboxMessage.case_reference == customer.case.reference,
        OutboxMessage.transport == "chat",
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.due_at <= clock.now(),  # at night it is told in the morning
    )

    def is_kept() -> bool:
        kept = any(p.kind == kind and p.state == "met" for p in customer.case.promises)
        return kept and not customer.rows(lambda session: session.scalars(unread).all())

    wait_for(is_kept, lambda: f"{kind} was never kept\n{customer.transcript}")


def told_apart(summary: dict[str, Any], customer: Customer) -> dict[str, Any]:
    """The summary with a name for what differs from run to run."""
    text = yaml.safe_dump(summary, allow_unicode=True, sort_keys=False, width=10_000)
    for number, case in enumerate(customer.cases, start=1):
        text = text.replace(case.reference, f"CASE-{number}")
    text = _WHEN.sub("WHEN", text.replace(customer.conversation.id, "CONVERSATION"))
    named = yaml.safe_load(text)
    until = named["transcript"]["until"]
    theirs = [m for m in customer.seen if m["author"] == "customer" and m["id"] <= until]
    named["transcript"]["until"] = len(theirs)  # so much they had said; by night we say more
    return named
