"""What was given up: it is seen by a lead, tried again from the beginning, and never by mistake."""

from datetime import timedelta

import pytest

from complaints.calling_off import SETTLED_ANEW
from complaints.errors import Conflict, NotAllowed, NotFound
from complaints.house_log import HouseEntry
from complaints.outbox import Outbox, OutboxMessage, put
from complaints.people import Role
from tests.core import Core, maya_with_offers


@pytest.fixture
def lena(core: Core) -> str:
    core.person("Ines Duarte")
    return core.person("Lena Fischer", Role.LEAD)


def given_up(core: Core, reference: str | None, payload: dict, why: str = "nobody answers") -> int:
    """What a sender tried once and gave up for good."""
    outbox, now = Outbox(core.store, core.clock), core.clock.now()
    with core.store.transaction() as session:
        put(session, f"key-{why}-{reference}", "chat", payload, now - timedelta(days=9), reference)
    row = outbox.claim("worker")
    assert outbox.mark_failed(row, "worker", why, for_good=True)
    return row.id


def test_what_was_given_up_is_told_with_why_and_for_which_case(core, lena):
    maya = maya_with_offers(core)
    words = {"due": "today by 3:30 pm", "was": "today", "reference": maya.case.reference}
    said = {"conversation_id": maya.id, "response": "utter_reply_is_late", "words": words}
    given_up(core, maya.case.reference, said)

    (told,) = core.casebook.undelivered()

    assert (told.reference, told.why, told.attempts) == (maya.case.reference, "nobody answers", 1)
    assert "today by 3:30 pm" in told.what
    assert core.casebook.count_undelivered() == 1


def test_tried_again_it_is_due_now_with_every_attempt_before_it(core, lena):
    maya = maya_with_offers(core)
    number = given_up(core, maya.case.reference, {"event": "handed_off"})
    core.clock.advance(timedelta(hours=3))

    core.casebook.try_again(number, lena)

    assert core.casebook.undelivered() == []
    row = Outbox(core.store, core.clock).claim("worker")
    assert (row.id, row.attempts, row.due_at) == (number, 1, core.clock.now())
    (entry,) = [entry for entry in maya.log if entry.verb == "try_again"]
    assert (entry.actor, entry.detail["because"]) == ("lena", "nobody answers")


def test_of_two_leads_who_try_again_at_once_the_second_hears_it(core, lena):
    number = given_up(core, maya_with_offers(core).case.reference, {})
    core.casebook.try_again(number, lena)

    with pytest.raises(Conflict, match="tried again already"):
        core.casebook.try_again(number, lena)


def test_what_is_about_no_case_stands_in_the_log_of_the_house(core, lena):
    core.casebook.try_again(given_up(core, None, {}), lena)

    assert [(entry.actor, entry.verb) for entry in core.rows(HouseEntry)] == [("lena", "try_again")]


def test_what_was_called_off_on_purpose_is_neither_shown_nor_sent(core, lena):
    """The refund that a replacement took the place of must never be paid as well."""
    number = given_up(core, maya_with_offers(core).case.reference, {}, why=SETTLED_ANEW)

    assert core.casebook.undelivered() == []
    with pytest.raises(Conflict, match="called off"):
        core.casebook.try_again(number, lena)
    (row,) = core.rows(OutboxMessage, id=number)
    assert row.gave_up_at


def test_only_a_lead_tries_again_and_only_what_is_there(core, lena):
    number = given_up(core, maya_with_offers(core).case.reference, {})

    with pytest.raises(NotAllowed, match="that is for a lead"):
        core.casebook.try_again(number, "ines")
    with pytest.raises(NotFound):
        core.casebook.try_again(9999, lena)
