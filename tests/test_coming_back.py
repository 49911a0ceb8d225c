"""Coming back, coming from elsewhere, and asking for a person, in the running house (R22, R27)."""

import pytest

from complaints.case import CaseStatus
from complaints.promise import date_in_words, moment_in_words
from complaints.store import Store
from tests.customer import Customer
from tests.reading_aloud import POLICY, ZONE
from tests.stack import Stack

BLENDER = "My blender W-10482 came with the jug smashed, SW9 8QF. I just want one that works"


@pytest.fixture
def maya(stack: Stack) -> Customer:
    """Maya, who has just told of her blender and been offered three ways to put it right."""
    store = Store(stack.database_url)
    stack.nobody_complained_of("W-10482")
    maya = Customer(stack.url, store)
    maya.says(BLENDER)
    assert maya.case.pending == "choice", maya.transcript
    return maya


@pytest.fixture
def settled(maya: Customer) -> Customer:
    """Maya again, with a new blender promised."""
    maya.presses("New Vortex blender")
    assert maya.case.status == CaseStatus.RESOLVING, maya.transcript
    return maya


def test_after_a_reload_everything_stands_there_and_the_offers_can_be_pressed(
    maya: Customer,
) -> None:
    before = [message["id"] for message in maya.seen]

    maya.comes_in()

    assert [message["id"] for message in maya.seen] == before
    assert maya.presses("New Vortex blender").has("settled")
    assert len(maya.cases) == 1


def test_the_same_browser_hears_the_true_state_without_any_proof(settled: Customer) -> None:
    later = Customer(settled.url, settled.store, session=settled.session)

    answer = later.says("any news on my case?")

    assert answer.has(settled.case.reference) and answer.has(_promised(settled))
    assert answer.questions == 0
    assert len(later.cases) == 1


def test_a_new_browser_hears_nothing_before_reference_and_proof(settled: Customer) -> None:
    reference, day = settled.case.reference, _promised(settled)
    elsewhere = Customer(settled.url, settled.store)

    asked = elsewhere.says(f"what is happening with my case {reference}?")
    assert asked.has("postcode") and asked.questions == 1
    assert not asked.has(f"blender|Maya|{day}")

    answer = elsewhere.says("SW9 8QF")
    assert answer.has(reference) and answer.has("Vortex blender") and answer.has(day)
    assert elsewhere.case.reference == reference, "the case is talked about here now"


def test_an_email_address_alone_opens_no_case(settled: Customer) -> None:
    elsewhere = Customer(settled.url, settled.store)

    elsewhere.says("what is happening with my case?")
    answer = elsewhere.says("maya.okonkwo@example.com")

    assert not answer.has(f"blender|SW9|{settled.case.reference}|{_promised(settled)}")


def test_after_three_wrong_proofs_a_person_sorts_it_out_and_nothing_was_told(
    settled: Customer,
) -> None:
    elsewhere = Customer(settled.url, settled.store)

    elsewhere.says(f"any news on my case {settled.case.reference}?")
    for wrong in ("SW9 8QE", "N1 1AA", "mia.okonkwo@example.com"):
        answer = elsewhere.says(wrong)

    assert elsewhere.conversation.handler == "queue", elsewhere.transcript
    assert answer.has("a person answers you here"), elsewhere.transcript
    told = " ".join(m["text"] for m in elsewhere.seen if m["author"] != "customer")
    for secret in ("blender", "Maya", "Okonkwo", "SW9 8QF", "£64", _promised(settled)):
        assert secret not in told, f"{secret}\n{elsewhere.transcript}"
    assert settled.case.reference in [case.reference for case in settled.cases]


def test_a_second_browser_never_sees_the_first_ones_messages(maya: Customer) -> None:
    stranger = Customer(maya.url, maya.store)

    stranger.says("hello, are you there?")

    assert not {m["id"] for m in stranger.seen} & {m["id"] for m in maya.seen}
    assert not any("blender" in message["text"] for message in stranger.seen)
    assert stranger.conversation.id != maya.conversation.id


@pytest.mark.parametrize(
    "command",
    ['/anything{"a":"b"}', '/inform{"sku": "COF-B2C"}', "/session_start", '/affirm{"offer": "1"}'],
)
def test_a_typed_command_is_plain_text(command: str, maya: Customer) -> None:
    before = maya.case

    answer = maya.says(command)

    assert answer.messages
    assert command in [m["text"] for m in maya.seen if m["author"] == "customer"]
    after = maya.case
    assert (after.status, after.sku, after.order_number) == ("listening", before.sku, "W-10482")
    assert not after.accepted_offer(), maya.transcript


def test_a_typed_restart_forgets_nothing_that_was_said(maya: Customer) -> None:
    reference, seen = maya.case.reference, len(maya.seen)

    answer = maya.says("/restart")

    assert answer.messages
    maya.comes_in()
    assert len(maya.seen) > seen, "what was said before is still there"
    assert any(reference in message["text"] for message in maya.seen)


def test_a_button_of_another_customer_cannot_be_pressed(maya: Customer) -> None:
    stranger = Customer(maya.url, maya.store)
    stranger.seen[0]["buttons"] = maya.buttons  # as if its payload had been guessed

    with pytest.raises(AssertionError, match="422"):
        stranger.presses("New Vortex blender")

    assert not maya.case.accepted_offer()


def test_who_asks_for_a_person_hears_a_true_time_and_may_close_the_page(stack: Stack) -> None:
    customer = Customer(stack.url, Store(stack.database_url))
    was_open = POLICY.calendar.is_open(customer.now)

    answer = customer.says("I want to talk to a real person please")

    handoff, promise = customer.handoffs[0], customer.case.promises[0]
    assert answer.has(moment_in_words(promise.due_at, ZONE, customer.now))
    assert POLICY.calendar.is_open(promise.planned_at), "somebody is there when it is planned"
    assert handoff.promise_id == promise.id and handoff.reason == "asked"
    assert answer.has("close this page")
    is_open = POLICY.calendar.is_open(customer.now)
    if was_open == is_open:  # unless the clock struck in between
        assert answer.has("We're closed at the moment") is not is_open
        assert answer.has("call") is not is_open, "a call is offered when nobody is there"


def test_while_a_person_is_awaited_all_is_kept_and_nobody_hears_silence(stack: Stack) -> None:
    customer = Customer(stack.url, Store(stack.database_url))
    customer.says("I want to talk to a real person please")

    first = customer.says("it is about my late parcel W-10561")
    second = customer.says("EH6 5NX is the postcode")
    third = customer.says("my son cannot breathe, what do I do")

    for answer in (first, second, third):
        assert [message["author"] for message in answer.messages] == ["notice"]
    assert first.text != second.text
    assert "999" in third.text and customer.handoffs[0].urgent
    assert len(customer.cases) == 1 and len(customer.handoffs) == 1


def _promised(customer: Customer) -> str:
    """The day of the remedy as the customer was told it, from the row."""
    offer = customer.case.accepted_offer()
    row = next(row for row in customer.case.promises if row.kind == offer.kind)
    return date_in_words(row.due_at, ZONE, customer.now)
