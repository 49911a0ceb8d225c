"""Money that is not there yet: they hear where it is, and it is no second complaint (R6, R27)."""

from datetime import timedelta

import pytest

from complaints.handoff import HandoffReason
from complaints.promise import PromiseState
from tests.core import Core, Visitor, maya_with_offers
from tests.speaking import Speaker

MISSING = [
    "it's not in my account yet",
    "I still haven't got my money",
    "the refund hasn't come through",
    "nothing in my bank account so far",
    "no refund yet!!",
]
INTENTS = ["complain_wrong_charge", "report_still_wrong", "ask_status", "nlu_fallback"]


@pytest.fixture
def speaker(core: Core, monkeypatch: pytest.MonkeyPatch) -> Speaker:
    return Speaker(core, monkeypatch)


@pytest.fixture
def refunded(core: Core) -> Visitor:
    """Maya's money is promised back by Friday 27 November."""
    visitor = maya_with_offers(core)
    visitor.presses("full_refund")
    return visitor


def sent(core: Core, visitor: Visitor) -> None:
    """The shop says that the money has left it."""
    with core.store.transaction() as session:
        case = session.merge(visitor.case)
        row = case.promise_of(case.accepted_offer())
        row.state, row.settled_at = PromiseState.MET, core.clock.now()


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("said", MISSING)
def test_before_its_day_they_hear_the_day_and_no_second_case_opens(
    said: str, intent: str, core: Core, refunded: Visitor, speaker: Speaker
):
    core.clock.advance(timedelta(days=1))

    told = " ".join(speaker.tell(refunded, said, intent))

    assert f"{refunded.case.reference} is settled and under way: £64.00 goes back to you" in told
    assert len(refunded.cases) == 1 and not refunded.handoffs


@pytest.mark.parametrize("intent", INTENTS)
def test_once_it_left_they_hear_when_and_by_when_it_is_there(
    intent: str, core: Core, refunded: Visitor, speaker: Speaker
):
    core.clock.advance(timedelta(days=1))
    sent(core, refunded)

    told = " ".join(speaker.tell(refunded, "it's not in my account yet", intent))

    assert "£64.00 went back to you, on Tuesday 24 November" in told
    assert "it will be in your account by" in told and not refunded.handoffs


@pytest.mark.parametrize("intent", ["complain_wrong_charge", "report_still_wrong"])
def test_once_its_day_has_passed_a_senior_person_takes_it(
    intent: str, core: Core, refunded: Visitor, speaker: Speaker
):
    sent(core, refunded)
    core.clock.advance(timedelta(days=14))

    speaker.tell(refunded, "it's still not in my account", intent)

    assert [each.reason for each in refunded.handoffs] == [HandoffReason.STILL_WRONG]
    assert len(refunded.cases) == 1


def test_a_day_that_passed_without_the_money_leaving_is_said_to_be_overdue(
    core: Core, refunded: Visitor, speaker: Speaker
):
    core.clock.advance(timedelta(days=14))

    told = " ".join(speaker.tell(refunded, "still no refund", "complain_wrong_charge"))

    assert "we haven't kept that" in told
    assert [each.reason for each in refunded.handoffs] == [HandoffReason.OVERDUE]


def test_from_another_browser_with_the_reference_it_is_told_after_proof(
    core: Core, refunded: Visitor, speaker: Speaker
):
    back = core.visitor("somebody")
    said = f"the refund of {refunded.case.reference} is not in my account yet"

    asked = " ".join(speaker.tell(back, said, "complain_wrong_charge"))
    told = " ".join(speaker.tell(back, "SW9 8QF", "inform", postcode="SW9 8QF"))

    assert "£64.00" not in asked
    assert "£64.00 goes back to you" in told
    assert len(refunded.cases) + len(back.cases) == 1


@pytest.mark.parametrize(
    "said",
    ["I was charged twice", "the new one is cracked too", "you took money I never agreed to"],
)
def test_what_misses_no_money_is_what_it_was(said: str, core: Core, refunded: Visitor, speaker):
    speaker.tell(refunded, said, "report_still_wrong")

    assert [each.reason for each in refunded.handoffs] == [HandoffReason.STILL_WRONG]
