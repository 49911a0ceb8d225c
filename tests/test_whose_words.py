"""Whose words: what a person wrote down for a customer is never read as the customer's own."""

import pytest

from channels.summary_in_words import rows
from complaints.handoff import HandoffReason
from tests.core import Core, Visitor, maya, maya_with_offers
from tests.speaking import Speaker

LID = "the lid does not close either"


@pytest.fixture
def ines(core: Core) -> str:
    return core.person("Ines Duarte")


@pytest.fixture
def ada(core: Core) -> Visitor:
    """Ada asked for a person with her first words, and told the rest on the telephone."""
    visitor = core.visitor("ada")
    visitor.asks_for_a_person()
    return visitor


def correct(visitor: Visitor, ines: str, **told: str) -> dict:
    """Ines writes down what she was told; gives the summary as it is then."""
    reference = visitor.case.reference
    for name, value in told.items():
        visitor.core.casebook.correct_fact(reference, ines, name, value, f"{name}:{value}"[:40])
    return visitor.handoffs[-1].summary


def given_back(visitor: Visitor, ines: str) -> None:
    book, reference = visitor.core.casebook, visitor.case.reference
    book.take_over(reference, ines, "k1")
    book.reply(reference, ines, "Hello, I'm Ines.", "k2")
    book.hand_back(reference, ines, "We spoke on the telephone.", "k3")


def ready_reply(visitor: Visitor) -> str:
    return visitor.core.casebook.ready_reply(visitor.case.reference)


def test_a_story_written_by_a_person_stands_under_their_name(ada, ines):
    summary = correct(ada, ines, story="lamp flickers, smells burnt")

    assert summary["happened"] == "Ines Duarte wrote: lamp flickers, smells burnt"
    assert summary["story"] == ["Ines Duarte wrote: lamp flickers, smells burnt"]
    assert summary["written_by"] == {"happened": "Ines Duarte"}


def test_the_first_reply_does_not_quote_it_to_the_customer_as_theirs(ada, ines):
    correct(ada, ines, story="lamp flickers, smells burnt", impact="cannot read at night")

    reply = ready_reply(ada)

    assert "flickers" not in reply and "at night" not in reply and "“" not in reply
    assert "I have everything you told us in front of me." in reply


def test_what_a_person_adds_stands_beside_the_customers_own_words(core, ines):
    visitor = maya(core)
    visitor.asks_for_a_person()

    summary = correct(visitor, ines, story=LID)

    own, added = summary["story"]
    assert added == f"Ines Duarte wrote: {LID}" and "wrote" not in own
    assert summary["happened"].endswith(f"… Ines Duarte wrote: {LID}")
    assert summary["written_by"] == {}  # happened begins with her own
    assert LID not in ready_reply(visitor)


def test_what_they_come_with_the_second_time_is_their_own_and_not_a_persons(core, ines):
    visitor = maya(core)
    visitor.asks_for_a_person(HandoffReason.STILL_WRONG)

    correct(visitor, ines, story=LID)

    assert LID not in ready_reply(visitor) and "“" in ready_reply(visitor)


def test_a_wish_that_a_person_noted_is_said_to_be_noted(core, ines):
    visitor = maya(core)
    visitor.asks_for_a_person()

    summary = correct(visitor, ines, wish="just the jug")

    assert (summary["wants"], summary["written_by"]) == ("just the jug", {"wants": "Ines Duarte"})
    assert "as we noted it, is “just the jug”" in ready_reply(visitor)


def test_what_the_customer_writes_over_it_is_theirs_again(core, ines):
    visitor = maya_with_offers(core)
    core.casebook.correct_fact(visitor.case.reference, ines, "wish", "just the jug", "k1")
    visitor.presses("replacement")
    visitor.tells("I'd rather have my money back", "express_wish", remedy="full_refund")
    core.casebook.hand_off(visitor.id, HandoffReason.CHANGED_MIND, visitor.said.message_id)

    assert visitor.handoffs[-1].summary["written_by"] == {}
    assert "What you want is “I'd rather have my money back”" in ready_reply(visitor)


def test_wherever_a_handoff_is_told_it_says_whose_words_they_are(ada, ines):
    summary = correct(ada, ines, wish="a new lamp", impact="no light", needs="large print")

    told = dict(rows(summary))

    assert told["They want"] == "a new lamp (as Ines Duarte wrote it)"
    assert told["What it cost them"] == "no light (as Ines Duarte wrote it)"
    assert told["Needs"] == "large print (as Ines Duarte wrote it)"


def test_a_summary_frozen_before_is_still_told(ada):
    old = dict(ada.handoffs[0].summary)
    del old["written_by"]

    assert dict(rows(old))["Why you"] == "they asked for a person"


def test_read_back_to_the_customer_only_their_own_words_are_in_quotation_marks(core, ines):
    visitor = maya(core)
    visitor.asks_for_a_person()
    correct(visitor, ines, story=LID)

    told = core.casebook.case_words(visitor.id)["told"]

    assert told.endswith(f"”; {LID}") and told.count("“") == 1


def test_who_told_it_on_the_telephone_hears_that_it_was_written_down(
    ada, ines, core, monkeypatch: pytest.MonkeyPatch
):
    correct(ada, ines, story="lamp flickers, smells burnt")
    correct(ada, ines, category="damaged_item")
    given_back(ada, ines)

    status = core.casebook.status(ada.case.reference)

    assert status.words["noted"] == "lamp flickers, smells burnt" and "story" not in status.words
    said = Speaker(core, monkeypatch).tell(ada, "where is my case", "ask_status")
    assert not any("“lamp flickers" in each for each in said), said
