"""An order that is not late yet: where it is comes first, and nothing is made good that is whole."""

import pytest

from tests.core import Core
from tests.speaking import Speaker

AIR_FRYER = {"order_number": "W-10733", "postcode": "SW8 1RT"}


@pytest.fixture
def speaker(core: Core, monkeypatch: pytest.MonkeyPatch) -> Speaker:
    return Speaker(core, monkeypatch)


def test_who_asks_where_it_is_hears_that_and_no_apology(core: Core, speaker: Speaker):
    beatriz = core.visitor("Beatriz")

    told = " ".join(
        speaker.tell(beatriz, "my air fryer did not come", "complain_late_delivery", **AIR_FRYER)
    )

    assert "sorry" not in told
    assert "due by Thursday 26 November" in told
    assert "put this right" not in told and "Would you like to wait for it" in told


def test_who_waits_for_what_is_late_hears_an_apology(core: Core, speaker: Speaker):
    ewan = core.visitor("Ewan")

    told = speaker.tell(
        ewan, "no duvet yet", "complain_late_delivery", order_number="W-10561", postcode="EH6 5NX"
    )

    assert "sorry you're still waiting" in " ".join(told)


def test_no_second_one_is_sent_while_the_first_is_on_its_way_in_time(core: Core, speaker: Speaker):
    beatriz = core.visitor("Beatriz")
    speaker.tell(beatriz, "my air fryer did not come", "complain_late_delivery", **AIR_FRYER)

    speaker.tell(beatriz, "send me another", "express_wish", remedy="replacement")
    told = speaker.tell(beatriz, "yes", "affirm")

    assert "will be with you sooner than another could" in " ".join(told)
    assert next(offer.kind for offer in beatriz.case.pending_offers()) == "full_refund"
