"""Whoever has no complaint, or writes what nobody understands, in the running house.

They are answered kindly, no case is opened, nobody is called, and nobody is told we are sorry.
"""

import pytest

from complaints.store import Store
from tests.customer import Customer
from tests.reading_aloud import Listener, says
from tests.stack import Stack

KINDLY = ("utter_out_of_scope", "utter_not_understood_no_case", "utter_greet_back")


@pytest.mark.parametrize(
    "text",
    [
        "asdf qwer zxcv",
        "🐙🐙",
        "???",
        "who won the football last night",
        "can you write me a poem about autumn",
        "Do you sell dishwashers, and would one fit under a worktop that is 82 cm high?",
        "is the grey throw warm enough for a cabin in the mountains",
    ],
)
def test_what_is_no_complaint_is_answered_kindly_and_opens_no_case(text: str, stack: Stack) -> None:
    customer = Customer(stack.url, Store(stack.database_url))
    listener = Listener(customer)

    answer = customer.says(text)

    listener.hears(answer)
    assert any(says(name, answer.text) for name in KINDLY) or answer.has("help|person"), answer.text
    assert not answer.has("sorry|case [A-Z]{2}-"), answer.text
    assert customer.cases == []
    assert customer.handoffs == []


def test_who_is_not_understood_twice_is_given_a_person_and_not_a_third_question(
    stack: Stack,
) -> None:
    customer = Customer(stack.url, Store(stack.database_url))
    customer.says("blorp fnord")

    answer = customer.says("wibble zork")

    assert [each.reason for each in customer.handoffs] == ["not_understood"]
    assert answer.questions == 0


@pytest.mark.parametrize(
    ("text", "in_theirs"),
    [
        ("Pedido W-10517: el hervidor llegó con el asa rota", "utter_another_language_es"),
        ("wann macht ihr morgen auf, und habt ihr auch Waschmaschinen?", "utter_another_language_de"),
    ],
)  # fmt: skip
def test_who_writes_in_another_language_is_told_so_in_theirs_and_a_person_reads_it(
    text: str, in_theirs: str, stack: Stack
) -> None:
    customer = Customer(stack.url, Store(stack.database_url))

    answer = customer.says(text)

    assert says(in_theirs, answer.text), answer.text
    assert says("utter_hand_off_language", answer.text), answer.text
    assert answer.questions == 0
    assert [each.reason for each in customer.handoffs] == ["language"]
    assert customer.case.story == [text]
