"""What was put right: nobody reads the old words for true, and nobody is told what is not so."""

from datetime import timedelta

import pytest

from channels.summary_in_words import rows
from complaints.handoff import HandoffReason
from complaints.people import People
from tests.core import Core, Visitor, maya_with_offers
from tests.speaking import Speaker


@pytest.fixture
def fergus(core: Core) -> Visitor:
    """Fergus gave the wrong number, the wrong thing and the wrong day, and put all three right."""
    visitor = core.visitor("fergus")
    visitor.says(
        "the clock from order W-10951 flickers, I need it fixed by friday",
        "complain_damaged_item",
        order_number="W-10951",
        item="clock",
        deadline="2026-11-27",
        remedy="repair",
    )
    visitor.says("sorry, the order is W-10957", "correct", order_number="W-10957")
    visitor.says("KA7 2BW", postcode="KA7 2BW")
    visitor.says(
        "it's the reading light of course, not the clock, and saturday is fine",
        "correct",
        item="reading light",
        deadline="2026-11-28",
    )
    return visitor


def test_a_person_reads_which_facts_of_the_story_no_longer_hold(fergus: Visitor):
    fergus.asks_for_a_person()

    (handoff,) = fergus.handoffs
    assert handoff.summary["story"] == [
        "the clock from order W-10951 flickers, I need it fixed by friday"
    ]
    assert [line.split(":")[0] for line in handoff.summary["put_right"]] == [
        "order number", "item", "needed by",
    ]  # fmt: skip
    assert "order number: W-10957, not W-10951" in handoff.summary["put_right"]
    assert "needed by: Saturday 28 November, not Friday 27 November" in handoff.summary["put_right"]
    told_elsewhere = dict(rows(handoff.summary))
    assert "order number: W-10957, not W-10951" in told_elsewhere["Put right since"]


def test_the_first_reply_quotes_nothing_that_was_put_right(fergus: Visitor):
    fergus.asks_for_a_person()

    reply = fergus.handoffs[0].summary["first_reply"].lower()

    assert "saturday 28 november" in reply
    assert not [wrong for wrong in ("w-10951", "clock", "friday") if wrong in reply]


def test_what_they_want_after_thinking_again_is_what_a_person_reads(core: Core):
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    visitor.tells("I'd rather have my money back", "express_wish", remedy="full_refund", heat=2)
    core.casebook.hand_off(visitor.id, HandoffReason.CHANGED_MIND, visitor.said.message_id)

    summary = visitor.handoffs[0].summary

    assert summary["wants"] == "I'd rather have my money back"
    assert summary["mood"] == "angry"
    assert any(line.startswith("a replacement") for line in summary["promised"])


def test_who_told_two_complaints_is_known_in_both(core: Core):
    visitor = maya_with_offers(core)
    visitor.tells("also your driver was rude to my mother", "complain_poor_service")
    visitor.asks_for_a_person()

    assert [handoff.summary["name"] for handoff in visitor.handoffs] == ["Maya Okonkwo"] * 2


def test_what_they_write_while_they_wait_is_read_with_the_summary(core: Core, clock):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()
    clock.advance(timedelta(minutes=5))
    core.conversations.receive(visitor.id, "and the lid is cracked as well", "m-1")
    core.casebook.note_while_waiting(visitor.id, "and the lid is cracked as well")

    assert visitor.handoffs[0].summary["since"] == ["and the lid is cracked as well"]


def test_nobody_is_called_busy_who_is_not_there(core: Core, monkeypatch: pytest.MonkeyPatch):
    ines = core.person("Ines Duarte")
    People(core.store, core.clock).set_available(ines, False)
    said = Speaker(core, monkeypatch).tell(core.visitor("ada"), "a person please", "ask_for_person")

    assert "Nobody is at the desk at this moment." in said[0]
    assert any("telephone number" in each for each in said), "and a call is offered"
