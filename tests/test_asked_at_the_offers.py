"""What is asked, refused and half said while offers lie on the table."""

import pytest

from complaints.about_offers import Asks, asked, asks_something_else, remedy_asked_about
from complaints.heard import Heard
from complaints.question import Question
from tests.core import Core
from tests.speaking import Speaker


def heard(words: str, intent: str = "nlu_fallback", **details) -> Heard:
    return Heard("1", words, intent, sentences=((words, intent),), details=details)


@pytest.fixture
def mei(core: Core, monkeypatch):
    """Mei's teapot is chipped and sold out: her money back, or some of it."""
    speaker, visitor = Speaker(core, monkeypatch), core.visitor("mei")
    speaker.tell(
        visitor, "W-10668 came chipped, G12 8NH. I want the same one", "complain_damaged_item",
        order_number="W-10668", postcode="G12 8NH", remedy="replacement",
    )  # fmt: skip
    assert visitor.case.pending == Question.CHOICE
    return speaker, visitor


def offered(visitor) -> list[str]:
    return [offer.kind for offer in visitor.case.pending_offers()]


def test_what_they_decline_is_taken_away_and_nothing_is_settled(mei):
    speaker, visitor = mei
    assert offered(visitor) == ["full_refund", "partial_refund"]

    told = " ".join(
        speaker.tell(visitor, "I don't want my money back", "express_wish", remedy="full_refund")
    )

    assert visitor.case.accepted_offer() is None
    assert offered(visitor) == ["partial_refund"]
    assert "taken that one away" in told or "Not that one" in told


def test_who_declines_all_of_it_is_brought_to_a_person(mei):
    speaker, visitor = mei

    while offered(visitor):
        kind = offered(visitor)[0]
        speaker.tell(visitor, "I don't want that one", "express_wish", refused_remedy=kind)
        assert visitor.case.accepted_offer() is None
        assert kind not in offered(visitor)

    assert visitor.case.status == "with_person"


def test_a_sum_that_is_on_the_table_is_a_choice(mei):
    speaker, visitor = mei

    speaker.tell(visitor, "it's too long. ok take the 34", "complain_late_delivery")

    assert visitor.case.accepted_offer().kind == "full_refund"


def test_the_second_question_that_nobody_can_answer_brings_a_person(mei):
    speaker, visitor = mei

    first = " ".join(speaker.tell(visitor, "could I collect one from the potter?", "nlu_fallback"))
    assert "a person" in first.lower() and visitor.case.pending == Question.CHOICE

    speaker.tell(visitor, "does the potter take cards?", "out_of_scope")
    assert visitor.case.status == "with_person"


def test_why_they_cannot_have_another_is_said(core: Core, monkeypatch):
    speaker, visitor = Speaker(core, monkeypatch), core.visitor("mei")
    speaker.tell(
        visitor, "W-10668 came chipped, G12 8NH", "complain_damaged_item",
        order_number="W-10668", postcode="G12 8NH",
    )  # fmt: skip
    speaker.tell(visitor, "what can you offer?", "ask_other_offers")

    told = " ".join(speaker.tell(visitor, "is it gone?", "nlu_fallback"))

    assert "sold out" in told


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("why does it take till 7 december? you've had my money for three weeks", Asks.WHY_SO_LONG),
        ("is it really free?", Asks.SURE),
        ("it's too long. what's quickest", Asks.WHEN),
        ("are you sure?", Asks.SURE),
        ("do I have to pay anything?", Asks.SURE),
        ("what if it never comes?", Asks.SLIP),
    ],
)
def test_questions_with_an_answer_have_it(words: str, asks: Asks):
    assert asked(heard(words)) == asks


@pytest.mark.parametrize(
    "words", ["is it really coming then?", "are you sure it's coming?", "really? it says Monday"]
)
def test_nobody_is_assured_of_what_no_record_backs(words: str):
    assert asked(heard(words)) is not Asks.SURE


@pytest.mark.parametrize("words", ["the second one please", "what a mess", "I wonder"])
def test_what_asks_nothing_is_no_question(words: str):
    assert not asks_something_else(heard(words))


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ("how much would you give me if I keep it?", "partial_refund"),
        ("is it sold out?", "replacement"),
        ("can somebody bring it by taxi?", None),
    ],
)
def test_a_remedy_may_be_asked_about_without_its_name(words: str, remedy: str | None):
    assert remedy_asked_about(heard(words)) == remedy
