"""Several cases are open: which one is asked by what happened, never by number."""

from datetime import timedelta

import pytest

from complaints.enquiry import Finding
from tests.core import Core, Visitor
from tests.speaking import Speaker

SAMIR = "L15 3HE"


@pytest.fixture
def samir(core: Core) -> Visitor:
    """His glasses came broken and are being replaced; his second parcel never came."""
    visitor = core.visitor("samir")
    visitor.tells(
        "two of my wine glasses arrived broken, send new ones", "complain_damaged_item",
        also=("express_wish",), order_number="W-10679", item="wine glasses", postcode=SAMIR,
        remedy="replacement",
    )  # fmt: skip
    while visitor.next().kind != "offer":
        visitor.confirms()
    visitor.presses("replacement")
    core.clock.advance(timedelta(minutes=1))
    visitor.tells(
        "another problem: my cafetiere order W-10684 never came", "complain_late_delivery",
        order_number="W-10684", item="cafetiere",
    )  # fmt: skip
    return visitor


def test_he_is_asked_which_in_his_own_words(core: Core, samir: Visitor, monkeypatch):
    speaker = Speaker(core, monkeypatch)

    said = speaker.tell(samir, "any news?", "ask_status")

    assert said == ["More than one case of yours is open. Which of these do you mean?"]
    assert [title.split(":")[0] for title in speaker.buttons] == ["cafetiere", "wine glasses"]
    assert "arrived broken" in list(speaker.buttons)[1]
    assert not any(case.reference in str(list(speaker.buttons)) for case in samir.cases)

    told = speaker.press(samir, list(speaker.buttons.values())[1])
    assert f"{samir.cases[0].reference} is settled and under way" in told[0]


def test_what_he_names_is_told_at_once(samir: Visitor):
    status = samir.enquires("when will the wine glasses come?", item="wine glasses")

    assert (status.finding, status.state) == (Finding.FOUND, "resolving")


@pytest.mark.parametrize(
    ("text", "found"), [("the wine glasses", {}), ("the second one", {"choice": "2"})]
)
def test_asked_which_he_answers_in_words(samir: Visitor, text: str, found: dict):
    asked = samir.enquires("any news?")
    status = samir.enquires(text, "ask_status", **found)

    assert asked.finding == Finding.ASK_WHICH
    assert (status.finding, status.reference) == (Finding.FOUND, samir.cases[0].reference)


def test_one_open_case_is_told_without_asking(core: Core, samir: Visitor):
    with core.store.transaction() as session:
        session.merge(samir.cases[1]).status = "withdrawn"

    assert samir.enquires("any news?").reference == samir.cases[0].reference


@pytest.mark.parametrize(
    ("text", "intent", "found"),
    [
        ("W-10679", "inform", {"order_number": "W-10679"}),
        ("the wine glasses", "inform", {"item": "wine glasses"}),
        ("the second one", "accept_offer", {"choice": "2"}),
    ],
)
def test_what_names_a_case_is_not_told_to_the_complaint_he_is_in_the_middle_of(
    core: Core, samir: Visitor, monkeypatch, text: str, intent: str, found: dict
):
    speaker = Speaker(core, monkeypatch)
    speaker.tell(samir, "any news?", "ask_status")

    told = " ".join(speaker.tell(samir, text, intent, **found))

    glasses, cafetiere = samir.cases
    assert f"{glasses.reference} is settled and under way" in told
    assert (cafetiere.order_number, cafetiere.item) == ("W-10684", "cafetiere")
    assert cafetiere.story == ["another problem: my cafetiere order W-10684 never came"]


def test_a_complaint_is_a_complaint_though_he_was_asked_which(
    core: Core, samir: Visitor, monkeypatch
):
    speaker = Speaker(core, monkeypatch)
    speaker.tell(samir, "any news?", "ask_status")

    speaker.tell(samir, "the parcel is three weeks late now", "complain_late_delivery")

    assert "the parcel is three weeks late now" in samir.cases[1].story


def test_signed_in_somewhere_new_he_is_asked_nothing_but_which(core: Core, samir: Visitor):
    customer = samir.cases[0].customer_id
    assert customer
    with core.store.transaction() as session:
        session.merge(samir.cases[1]).proved_by = "postcode"
        session.merge(samir.cases[1]).customer_id = customer
    back = core.visitor("samir again", customer)

    assert back.enquires("any news?").finding == Finding.ASK_WHICH


def test_a_stranger_learns_nothing_of_them(core: Core, samir: Visitor):
    stranger = core.visitor("somebody")
    status = stranger.enquires(f"any news on {samir.cases[0].reference}?")

    assert status.finding == Finding.ASK_PROOF
    assert not status.choices
