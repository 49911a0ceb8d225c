"""A part of the running house dies while somebody complains: nothing is lost, nobody waits in vain (R28)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from complaints.store import Store
from tests.customer import Customer
from tests.stack import Stack

TOASTER = "I ordered a kettle and got a toaster, order W-10517"


@pytest.fixture
def tom(stack: Stack) -> Customer:
    """Tom, who has just come in; nobody has complained of his order before."""
    store = Store(stack.database_url)
    stack.nobody_complained_of("W-10517")
    return Customer(stack.url, store)


@contextmanager
def without(part: str, stack: Stack) -> Iterator[None]:
    """Pulls the plug of one part; it is back at the end, whatever happens meanwhile."""
    stack.kill(part)
    try:
        yield
    finally:
        stack.restart(part)


def test_rasa_killed_in_the_middle_of_messages_loses_and_doubles_nothing(
    tom: Customer, stack: Stack
) -> None:
    message = tom.sends(TOASTER)
    with without("rasa", stack):  # the second one comes while it is away
        another = tom.sends("LS6 2AB")
    first = tom.reads_after(message)
    tom.reads_after(another)

    told = [said["text"] for said in tom.seen if said["author"] == "assistant"]
    assert sum("sorry we sent you the wrong thing" in text for text in told) == 1, tom.transcript
    assert first.messages and "What would" in told[-1], tom.transcript
    assert tom.case.story == [TOASTER] and len(tom.cases) == 1
    assert tom.case.proved_by == "postcode"
    assert not tom.handoffs
    assert tom.says("send me the kettle I ordered").has("did i get that right|which would you like")


def test_without_the_action_server_a_person_gets_the_case_and_the_customer_hears_it(
    tom: Customer, stack: Stack
) -> None:
    tom.says(TOASTER)

    with without("actions", stack):
        answer = tom.says("LS6 2AB")

    assert answer.has("nothing you wrote is lost|everything you wrote is kept"), tom.transcript
    assert answer.has("a person answers you here") and answer.has(tom.case.reference)
    assert not answer.has("error|try again|server|technical")
    handoff = tom.handoffs[0]
    assert handoff.reason == "broken"
    assert handoff.summary["story"] == [TOASTER, "LS6 2AB"], "what broke it is read first"
    assert "order number" in handoff.summary["do_not_ask"]
    assert tom.conversation.handler == "queue"


def test_the_first_message_of_all_is_kept_when_the_action_server_is_away(
    tom: Customer, stack: Stack
) -> None:
    with without("actions", stack):
        answer = tom.says(TOASTER)

    assert answer.has("a person answers you here") and answer.has(tom.case.reference)
    assert tom.handoffs[0].reason == "broken"
    kept = [message["text"] for message in tom.seen if message["author"] == "customer"]
    assert kept == [TOASTER]
