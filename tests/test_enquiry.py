"""Coming back: by reference and proof the true state is told, by reference alone nothing is."""

from datetime import timedelta

import pytest

from complaints.enquiry import Finding
from complaints.reference import new_reference
from tests.core import Core, Visitor, maya, maya_with_offers
from tests.speaking import Speaker


@pytest.fixture
def settled(core: Core) -> Visitor:
    """Maya's replacement is promised by Friday 27 November."""
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    return visitor


def comes_back(core: Core, visitor: Visitor) -> Visitor:
    """The same person, days later, in a browser that knows nothing."""
    core.clock.advance(timedelta(days=1))
    return core.visitor("somebody")


def test_in_the_same_conversation_no_proof_is_asked(settled: Visitor):
    status = settled.enquires("when will my blender come?")

    assert (status.finding, status.state, status.remedy) == (
        Finding.FOUND,
        "resolving",
        "replacement",
    )
    assert status.words["by"] == "by Friday 27 November"


def test_reference_and_postcode_tell_the_true_state(core: Core, settled: Visitor):
    back = comes_back(core, settled)

    asked = back.enquires("any news?")
    proof = back.enquires(settled.case.reference, "inform")
    found = back.enquires("SW9 8QF", "inform", postcode="SW9 8QF")

    assert [asked.finding, proof.finding, found.finding] == [
        Finding.ASK_REFERENCE,
        Finding.ASK_PROOF,
        Finding.FOUND,
    ]
    assert found.state == "resolving"
    assert found.words["by"] == "by Friday 27 November"


def test_all_in_one_message_is_answered_at_once(core: Core, settled: Visitor):
    reference = settled.case.reference
    back = comes_back(core, settled)

    status = back.enquires(f"any news on {reference}? SW9 8QF", postcode="SW9 8QF")

    assert status.finding == Finding.FOUND


def test_the_reference_is_understood_as_people_write_it(core: Core, settled: Visitor):
    written = settled.case.reference.lower().replace("-", " ")
    back = comes_back(core, settled)

    assert back.enquires(f"it is {written}").finding == Finding.ASK_PROOF


def test_by_reference_alone_nothing_is_told(core: Core, settled: Visitor):
    reference = settled.case.reference
    back = comes_back(core, settled)

    status = back.enquires(f"what about {reference}?")

    assert status.finding == Finding.ASK_PROOF
    assert set(status.words) == {"reference"}


def test_by_e_mail_address_alone_nothing_is_told(core: Core, settled: Visitor):
    back = comes_back(core, settled)

    status = back.enquires("maya.okonkwo@example.com", email="maya.okonkwo@example.com")

    assert status.finding != Finding.FOUND
    assert not status.words


def test_a_wrong_proof_and_a_case_nobody_has_are_told_alike(core: Core, settled: Visitor):
    answers = []
    for reference in (settled.case.reference, new_reference()):
        back = comes_back(core, settled)
        back.enquires(f"any news on {reference}?")
        status = back.enquires("SW1 1AA", "inform", postcode="SW1 1AA")
        answers.append((status.finding, status.state, set(status.words), status.times))

    assert answers[0] == answers[1]
    assert answers[0][0] == Finding.FAILED


def test_three_wrong_proofs_are_enough(core: Core, settled: Visitor):
    back = comes_back(core, settled)
    back.enquires(f"any news on {settled.case.reference}?")

    findings = [
        back.enquires(p, "inform", postcode=p).finding for p in ("SW1 1AA", "SW2 2BB", "SW3 3DD")
    ]

    assert findings == [Finding.FAILED, Finding.FAILED, Finding.GIVEN_UP]


def test_a_found_case_goes_on_where_they_came_back(core: Core, settled: Visitor):
    back = comes_back(core, settled)
    reference = settled.case.reference
    back.enquires(f"{reference} SW9 8QF", postcode="SW9 8QF")

    assert back.case.reference == reference
    assert not settled.cases
    assert back.enquires("and when was that again?").finding == Finding.FOUND


def test_with_a_case_that_a_person_has_the_person_comes_along(core: Core):
    visitor = maya(core)
    visitor.asks_for_a_person()
    reference = visitor.case.reference
    back = comes_back(core, visitor)

    status = back.enquires(f"{reference} SW9 8QF", postcode="SW9 8QF")

    assert status.state == "with_person"
    assert status.words["due"] == "Monday 23 November by 2:00 pm"
    assert back.conversation.handler == "queue"
    assert visitor.conversation.handler == "bot"
    assert core.casebook.standing(back.id).reference == reference


def test_an_unfinished_case_is_open_and_says_what_was_told(core: Core):
    visitor = maya(core)
    visitor.next()

    status = visitor.enquires()

    assert status.state == "listening"
    assert status.words["story"].startswith("My blender W-10482")


def test_a_promise_that_has_passed_is_said_to_be_overdue(core: Core, settled: Visitor):
    core.clock.advance(timedelta(days=6))

    status = settled.enquires("where is it?")

    assert status.state == "overdue"
    assert status.words["by"] == "by Friday 27 November"


def test_on_the_last_day_it_is_not_yet_overdue(core: Core, settled: Visitor):
    core.clock.advance(timedelta(days=4, hours=7))  # Friday, 5 pm

    assert settled.enquires().state == "resolving"


def test_the_enquiry_is_noted_while_they_are_helped_to_find_it(core: Core, settled: Visitor):
    back = comes_back(core, settled)
    back.enquires("any news?")

    assert back.tells("I don't know, it started with KX", "inform").enquiring
    assert not back.cases


def test_a_complaint_ends_the_enquiry(core: Core, settled: Visitor):
    back = comes_back(core, settled)
    back.enquires("any news?")

    hearing = back.tells("forget it. the blender W-10482 leaks", "complain_damaged_item")

    assert hearing.opened and not hearing.enquiring


def test_asking_again_is_counted_so_that_its_words_change(core: Core, settled: Visitor):
    back = comes_back(core, settled)

    assert [back.enquires("any news?").times for _ in range(2)] == [1, 2]


def test_of_several_the_one_that_is_overdue_goes_to_a_person(
    core: Core, settled: Visitor, monkeypatch
):
    core.clock.advance(timedelta(days=6))
    settled.tells("and your man laughed at me on the phone", "complain_poor_service")
    overdue, other = settled.cases

    speaker = Speaker(core, monkeypatch)
    speaker.tell(settled, "any news?", "ask_status")
    (its_button,) = [each for each in speaker.buttons.values() if overdue.reference in each]
    speaker.press(settled, its_button)

    first, *rest = settled.handoffs
    assert (first.case_reference, first.reason) == (overdue.reference, "overdue")
    assert [given.case_reference for given in rest] == [other.reference]


def test_what_is_overdue_goes_to_a_person_wherever_they_ask(core: Core, monkeypatch):
    maya_at_home = core.visitor("maya", "C-1001")
    maya_at_home.tells(
        "My blender W-10482 came smashed",
        "complain_damaged_item",
        order_number="W-10482",
        item="blender",
        remedy="replacement",
    )
    maya_at_home.next()
    maya_at_home.presses("replacement")
    core.clock.advance(timedelta(days=6))
    on_the_train = core.visitor("maya's phone", "C-1001")

    told = " ".join(Speaker(core, monkeypatch).tell(on_the_train, "any news?", "ask_status"))

    (handoff,) = on_the_train.handoffs
    assert handoff.case_reference == on_the_train.case.reference
    assert handoff.case_reference in told and not maya_at_home.cases
