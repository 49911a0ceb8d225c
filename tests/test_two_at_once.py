"""The same deed twice at the same moment, or two deeds that cross: each from a process of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from complaints.clock import HeldClock
from complaints.conversation import Conversation, Handler, Message
from complaints.errors import AlreadyTaken, Conflict
from complaints.outbox import OutboxMessage
from complaints.people import People
from complaints.store import Store
from tests.core import Core, Visitor


class Desk:
    """A desk in a process of its own: nothing is shared with the other one but the database."""

    def __init__(self, core: Core, sign_in: str) -> None:
        self.by = sign_in
        self.core = Core(Store(core.store.url), core.clock)

    def take_over(self, reference: str, key: str) -> str:
        """Who has it in the end, as this desk is told; with a star when it is they."""
        try:
            return f"{self.core.casebook.take_over(reference, self.by, key).name} *"
        except AlreadyTaken as taken:
            return taken.name


@pytest.fixture
def core(either_store: Store, clock: HeldClock) -> Core:
    core = Core(either_store, clock)
    people = People(either_store, clock)
    people.add("ines", "Ines Duarte", "correct horse battery", most_open=100)
    people.add("omar", "Omar Aziz", "correct horse battery", most_open=100)
    return core


@pytest.fixture
def desks(core: Core) -> tuple[Desk, Desk]:
    return Desk(core, "ines"), Desk(core, "omar")


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Does them at the same moment; what each gave."""
    together = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        together.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as hands:
        return list(hands.map(do, deeds))


def waiting(core: Core, name: str) -> Visitor:
    visitor = core.visitor(name)
    visitor.tells("my kettle leaks", "complain_damaged_item")
    visitor.asks_for_a_person()
    return visitor


def test_a_claim_sent_twice_at_once_is_one_claim(core: Core, desks: tuple[Desk, Desk]):
    ines, _ = desks
    for turn in range(20):
        visitor = waiting(core, f"customer {turn}")

        told = at_once(*[lambda to=visitor.case.reference: ines.take_over(to, "click")] * 2)

        assert told == ["Ines Duarte *"] * 2
        assert len(core.rows(Message, conversation_id=visitor.id, author="notice")) == 1
        assert [entry.actor for entry in visitor.log if entry.verb == "take_over"] == ["ines"]


def test_the_same_reply_sent_twice_at_once_is_read_once(core: Core, desks: tuple[Desk, Desk]):
    ines, _ = desks
    visitor = waiting(core, "Ada")
    reference = visitor.case.reference
    ines.take_over(reference, "click")

    said = at_once(
        *[lambda: ines.core.casebook.reply(reference, "ines", "I've got it here.", "key").id] * 4
    )

    assert len(set(said)) == 1
    assert len(core.rows(Message, conversation_id=visitor.id, author="agent")) == 1


def test_taking_over_while_it_is_handed_back_leaves_no_conversation_between_chairs(
    core: Core, desks: tuple[Desk, Desk]
):
    ines, omar = desks
    for turn in range(20):
        visitor = waiting(core, f"customer {turn}")
        reference = visitor.case.reference
        ines.take_over(reference, f"take-{turn}")
        ines.core.casebook.reply(reference, "ines", "I've got it here.", f"reply-{turn}")

        _, told = at_once(
            lambda to=reference, key=f"back-{turn}": ines.core.casebook.hand_back(
                to, "ines", "all said", key
            ),
            lambda to=reference, key=f"omar-{turn}": omar.take_over(to, key),
        )

        found = visitor.conversation
        if told == "Omar Aziz *":
            assert (found.handler, found.agent) == (Handler.AGENT, "omar")
        else:
            assert told == "Ines Duarte"
            assert (found.handler, found.agent) == (Handler.BOT, None)


def test_nobody_gets_more_than_they_may_have_by_claiming_two_at_once(core: Core):
    People(core.store, core.clock).change("ines", most_open=1)
    one, other = Desk(core, "ines"), Desk(core, "ines")
    for turn in range(10):
        first, second = waiting(core, f"a {turn}"), waiting(core, f"b {turn}")

        def claim(desk: Desk, visitor: Visitor) -> bool:
            try:
                desk.core.casebook.take_over(
                    visitor.case.reference, "ines", f"key {visitor.id[:8]}"
                )
                return True
            except Conflict:
                return False

        got = at_once(
            lambda one=one, first=first: claim(one, first),
            lambda other=other, second=second: claim(other, second),
        )

        assert sorted(got) == [False, True]
        (mine,) = core.rows(Conversation, handler="agent", agent="ines")
        with core.store.transaction() as session:
            session.get_one(Conversation, mine.id).handler = Handler.BOT


def test_a_reply_at_the_moment_its_promise_breaks_is_in_time_or_told_as_late(
    core: Core, desks: tuple[Desk, Desk]
):
    ines, deliver = desks
    for turn in range(20):
        visitor = waiting(core, f"customer {turn}")
        reference = visitor.case.reference
        ines.take_over(reference, f"take-{turn}")
        core.clock.advance(timedelta(days=4))

        at_once(
            lambda to=reference, key=f"reply-{turn}": ines.core.casebook.reply(
                to, "ines", "I've got it here.", key
            ),
            lambda: deliver.core.casebook.keep_promises(core.clock.now()),
        )

        late = core.rows(OutboxMessage, case_reference=reference, transport="chat")
        states = [promise.state for promise in visitor.case.promises]
        assert (states, len(late)) in ((["met"], 0), (["moved", "met"], 1))


def test_two_who_keep_promises_at_once_tell_each_customer_once(
    core: Core, desks: tuple[Desk, Desk]
):
    for turn in range(5):
        visitors = [waiting(core, f"customer {turn} {name}") for name in ("a", "b", "c")]
        core.clock.advance(timedelta(days=4))

        at_once(
            *[lambda to=desk: to.core.casebook.keep_promises(core.clock.now()) for desk in desks]
        )
        core.casebook.keep_promises(core.clock.now())  # what one passed over, the other had

        for visitor in visitors:
            assert [promise.state for promise in visitor.case.promises] == ["moved", "pending"]
            assert len(core.rows(OutboxMessage, case_reference=visitor.case.reference)) == 1
