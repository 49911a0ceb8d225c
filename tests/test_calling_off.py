"""A remedy that takes the place of another: one of them is true, everywhere, and the shop knows."""

import pytest

from complaints.conversation import Message
from complaints.errors import Conflict
from complaints.handoff import HandoffReason
from complaints.outbox import Outbox
from complaints.question import Question
from tests.core import Core, Visitor, instructed, leroy, maya_with_offers


@pytest.fixture
def ines(core: Core) -> str:
    return core.person("Ines Duarte")


def rather_the_money(core: Core, ines: str) -> Visitor:
    """Maya chose a new blender, would now rather have her money, and Ines has answered her."""
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    visitor.tells("I'd rather have my money back", "express_wish", remedy="full_refund")
    core.casebook.hand_off(visitor.id, HandoffReason.CHANGED_MIND, visitor.said.message_id)
    core.casebook.take_over(visitor.case.reference, ines, "take")
    core.casebook.reply(visitor.case.reference, ines, "Of course, Maya.", "hello")
    return visitor


def agrees_on(core: Core, visitor: Visitor, ines: str, kind: str, key: str) -> None:
    reference = visitor.case.reference
    offer = core.casebook.offer_remedy(reference, ines, kind, key)
    core.casebook.agree(reference, ines, offer.id, f"yes {key}")


def test_what_was_settled_anew_is_what_the_assistant_tells(core: Core, ines: str):
    visitor = rather_the_money(core, ines)

    agrees_on(core, visitor, ines, "full_refund", "refund")
    core.casebook.hand_back(visitor.case.reference, ines, "refund agreed", "back")

    status = visitor.enquires("where is my case?")
    assert (status.state, status.remedy) == ("resolving", "full_refund")
    states = {row.kind: (row.state, row.moved_because) for row in visitor.case.promises}
    assert states["replacement"] == ("moved", "settled anew")
    assert states["full_refund"] == ("pending", None)


def test_the_shop_is_not_told_of_what_was_called_off_in_time(core: Core, ines: str):
    visitor = rather_the_money(core, ines)

    agrees_on(core, visitor, ines, "full_refund", "refund")

    outbox, told = Outbox(core.store, core.clock), []
    while row := outbox.claim("deliver"):
        outbox.mark_sent(row.id, "deliver")
        if row.transport == "shop":
            told.append(row.payload["kind"])
    assert sorted(told) == ["full_refund", "return_label", "voucher"]


def test_a_person_reads_that_the_shop_was_told_already(core: Core, ines: str):
    visitor = rather_the_money(core, ines)
    outbox = Outbox(core.store, core.clock)
    while row := outbox.claim("deliver"):
        outbox.mark_sent(row.id, "deliver")

    agrees_on(core, visitor, ines, "full_refund", "refund")

    (note,) = core.rows(Message, conversation_id=visitor.id, author="note")
    assert note.text == (
        "The shop had been told already of a replacement. Stop it there, or let it be."
    )


def test_the_same_again_is_the_second_try_and_not_two_of_them(core: Core, ines: str):
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    visitor.tells("the new one is cracked too", "report_still_wrong")
    visitor.asks_for_a_person(HandoffReason.STILL_WRONG)
    core.casebook.take_over(visitor.case.reference, ines, "take")

    agrees_on(core, visitor, ines, "replacement", "again")

    replacements = [row.state for row in visitor.case.promises if row.kind == "replacement"]
    assert replacements == ["moved", "pending"]
    assert [offer.status for offer in visitor.case.offers if offer.kind == "replacement"] == [
        "lapsed",
        "accepted",
    ]
    assert "refused" not in [receipt.state for receipt in instructed(core, visitor)]


def test_what_was_chosen_but_not_settled_yet_is_gone_on_with_after_the_person(
    core: Core, ines: str
):
    visitor = leroy(core, "a call from your manager", "call_back", customer_id=None)
    assert visitor.presses("call_back").name == "phone"
    visitor.asks_for_a_person()
    reference = visitor.case.reference
    core.casebook.take_over(reference, ines, "take")
    core.casebook.reply(reference, ines, "We'll call you.", "hello")

    core.casebook.hand_back(reference, ines, "he'll tell us his number", "back")

    assert visitor.enquires("any news?").state == "listening"
    assert visitor.says("07700 900123", phone="07700900123").name == "call_back"
    assert visitor.promises["call_back"].state == "pending"


def test_nobody_is_handed_back_of_whom_the_assistant_knows_nothing(core: Core, ines: str):
    visitor = core.visitor("ada")
    visitor.asks_for_a_person()
    reference = visitor.case.reference
    core.casebook.take_over(reference, ines, "take")
    core.casebook.reply(reference, ines, "What happened?", "hello")

    with pytest.raises(Conflict, match="knows nothing"):
        core.casebook.hand_back(reference, ines, "a kettle", "back")
    core.casebook.hand_back(reference, ines, "a kettle", "back 2", [Question.STORY])

    assert visitor.says("well", "greet").name == "story"
