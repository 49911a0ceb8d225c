"""Every interruption at every question, in the running house (R6, R9, R10, R21).

Each test reaches one question by a short way, interrupts it once, and looks at what the
customer reads and at the record: answered, nothing lost, nothing taken for an answer that was
none, and the question open or answered but never repeated word for word.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from complaints.case import Case, CaseStatus
from complaints.store import Store
from tests.customer import Answer, Customer
from tests.reading_aloud import Listener, asks, says
from tests.stack import Stack

# How to reach each question. What begins with # is the title of a button.
WAYS = {
    "story": ["I want to make a complaint"],
    "order_number": ["My kettle arrived cracked and it leaks"],
    "email_and_postcode": ["My kettle arrived cracked and it leaks", "I don't have the number"],
    "which_order": [
        "Something arrived broken. My e-mail is samir.haddad@example.com and the postcode L15 3HE"
    ],
    "proof": ["My digital scales arrived broken, order W-10692"],
    "item": ["One of the things in my order W-10644 came broken, postcode M14 5TP"],
    "photo": [
        "My headphones arrived with a cracked headband, order W-10203, SE15 4QN. I want a new pair"
    ],
    "wish": ["My teapot arrived chipped, order W-10668, G12 8NH"],
    "confirmation": [
        "My teapot arrived chipped, order W-10668, G12 8NH",
        "I want a new one please",
    ],
    "choice": ["My blender W-10482 came with the jug smashed, SW9 8QF. I just want one that works"],
    "phone": [
        "Your phone team laughed at me and hung up on me. I want an apology in writing",
        "#A call from one of us",
    ],
}
ORDERS = ["W-10692", "W-10644", "W-10203", "W-10668", "W-10482", "W-10706", "W-10679", "W-10684"]
LONG = " ".join(
    f"On day {day} I sat in the kitchen once more and thought about all of it, and my neighbour "
    f"came by for the {day}th cup of tea and said that I really should write to you."
    for day in range(1, 40)
)[:5000]

FACTS = (
    "category", "order_number", "proved_by", "sku", "email", "phone", "postcode", "customer_name",
    "gist", "damage", "impact", "deadline", "happened_on", "amount", "wish",
)  # fmt: skip
MAY_BE_PUT_RIGHT = {"order_number", "proved_by", "sku", "item"}


@dataclass(frozen=True)
class Interruption:
    """Something a customer says instead of answering.

    `reads` must be read in the answer. `tells` when it may say something of the complaint
    itself; else neither story nor wish may grow by it. `may_change` are facts it may put right.
    """

    text: str
    reads: str | Callable[[str, Case, Answer], bool] = ""
    tells: bool = False
    may_change: frozenset[str] = frozenset()
    a_person_may_come: bool = False
    asks_nothing: bool = False


INTERRUPTIONS = {
    "a person please": Interruption(
        "can I talk to a person please",
        "a person answers you here .*by|person .*\\w+day",
        a_person_may_come=True,
        asks_nothing=True,
    ),
    "why": Interruption(
        "why do you need that?",
        lambda question, _, answer: says(f"utter_why_{question}", answer.text),
    ),
    "do not have it": Interruption("I don't have that", a_person_may_come=True),
    "wait": Interruption("hang on a second", asks_nothing=True),
    "actually another order": Interruption(
        "sorry, actually it is order W-10706", may_change=frozenset(MAY_BE_PUT_RIGHT)
    ),
    "no I said": Interruption(
        "no, I said the blue one", tells=True, may_change=frozenset({"sku", "item"})
    ),
    "thanks": Interruption("thanks", "welcome|of course|gladly"),
    "robot": Interruption("are you a robot?", "automated"),
    "swearing": Interruption("oh for fuck's sake you useless idiots"),
    "second complaint": Interruption(
        "I also have another problem: a parcel I ordered from you never arrived", tells=True
    ),
    "opening hours": Interruption("what are your opening hours?", "9:00 am to 5:30 pm"),
    "status": Interruption(
        "what is happening with my case?", lambda _, case, answer: case.reference in answer.text
    ),
    "5,000 characters": Interruption(LONG, tells=True),
    "emoji only": Interruption("🙄🙄🙄"),
}


@pytest.mark.parametrize("question", WAYS)
@pytest.mark.parametrize("name", INTERRUPTIONS)
def test_an_interruption_is_answered_and_nothing_is_lost(
    name: str, question: str, stack: Stack
) -> None:
    interruption = INTERRUPTIONS[name]
    customer, listener = _at(question, stack)
    before = customer.case

    answer = customer.says(interruption.text)

    listener.hears(answer)
    after = customer.cases[0]
    _expect_answer(interruption, question, before, answer, customer)
    _expect_nothing_lost(interruption, before, after, customer)
    _expect_open_or_answered(interruption, question, before, after, answer, customer)


@pytest.mark.parametrize("question", WAYS)
def test_an_empty_message_is_no_answer_to_anything(question: str, stack: Stack) -> None:
    customer, _ = _at(question, stack)
    before = customer.case

    sentence = customer.is_refused("  \n ")

    assert "nothing in that message" in sentence
    assert not customer.reads_on().messages
    assert customer.case.pending == question == before.pending
    assert _facts(customer.case) == _facts(before)


def _at(question: str, stack: Stack) -> tuple[Customer, Listener]:
    store = Store(stack.database_url)
    stack.nobody_complained_of(*ORDERS)
    customer = Customer(stack.url, store)
    listener = Listener(customer)
    for step in WAYS[question]:
        answer = customer.presses(step[1:]) if step.startswith("#") else customer.says(step)
        listener.hears(answer)
    pending = customer.case.pending
    assert pending == question, f"the way leads to {pending}\n{customer.transcript}"
    return customer, listener


def _expect_answer(
    interruption: Interruption, question: str, case: Case, answer: Answer, customer: Customer
) -> None:
    reads = interruption.reads
    heard = reads(question, case, answer) if callable(reads) else answer.has(reads)
    assert answer.messages and heard, customer.transcript
    assert not answer.has("your tone|language|be polite|calm down"), customer.transcript
    if interruption.asks_nothing:
        assert answer.questions == 0, customer.transcript


def _expect_nothing_lost(
    interruption: Interruption, before: Case, after: Case, customer: Customer
) -> None:
    kept = {name: value for name, value in _facts(before).items() if value}
    for name in interruption.may_change:
        kept.pop(name, None)
    if interruption.tells:
        kept.pop("wish", None)
    now = _facts(after)
    lost = {name: (value, now[name]) for name, value in kept.items() if now[name] != value}
    assert not lost, f"(before, after): {lost}\n{customer.transcript}"
    assert after.story[: len(before.story)] == before.story, customer.transcript
    if not interruption.tells:
        assert after.story == before.story, f"taken for the story\n{customer.transcript}"
        assert after.wish == before.wish, f"taken for the wish\n{customer.transcript}"
    if "order" in interruption.text and "W-" in interruption.text:
        assert after.order_number == "W-10706", customer.transcript
    if "another problem" in interruption.text:
        told = [words for case in customer.cases for words in case.story]
        assert interruption.text in told, f"the second complaint is lost\n{customer.transcript}"


def _expect_open_or_answered(
    interruption: Interruption,
    question: str,
    before: Case,
    after: Case,
    answer: Answer,
    customer: Customer,
) -> None:
    if after.status == CaseStatus.WITH_PERSON:
        assert interruption.a_person_may_come, f"nobody asked for a person\n{customer.transcript}"
        summary = customer.handoffs[0].summary
        assert summary["story"] == before.story
        for fact, value in {"order number": before.order_number, "e-mail": before.email}.items():
            assert not value or fact in summary["do_not_ask"], summary["do_not_ask"]
        return
    assert interruption.text != INTERRUPTIONS["a person please"].text, customer.transcript
    if after.status == CaseStatus.RESOLVING:
        assert question == "phone", f"settled by an interruption\n{customer.transcript}"
        return
    if not after.is_proved:
        # Offers may speak of an order only to whoever has shown that it is theirs.
        assert not (after.order_number and after.pending_offers()), customer.transcript
    assert after.pending, f"no question is open any more\n{customer.transcript}"
    if after.pending != question and not interruption.tells and not interruption.may_change:
        left_out = question in after.without
        assert left_out, f"{question} was closed by an interruption\n{customer.transcript}"
    if question in after.without:
        assert not asks(question, answer.text), customer.transcript


def _facts(case: Case) -> dict[str, object]:
    return {name: getattr(case, name) for name in FACTS}
