"""Money that went back once is not offered again: the shop would refuse it, after our promise."""

import pytest
from sqlalchemy import update

from complaints.fulfilment import InstructionRow, InstructionStage
from complaints.money import Money
from complaints.refunds import Refund
from complaints.remedy import fair_offers
from tests.core import Core, maya_with_offers
from tests.speaking import Speaker
from tests.test_remedy import BLENDER, LATE, POLICY, SHOP, TEAPOT, situation

BLENDERS_PRICE = Refund("full_refund", Money("64.00"), BLENDER.sku)


def reasons(found) -> dict[str, str]:
    return {each.kind: each.reason for each in found.refused}


def test_the_price_of_a_thing_goes_back_once():
    offers = fair_offers(SHOP, situation(given_back=(BLENDERS_PRICE,)))

    assert {"full_refund", "partial_refund"}.isdisjoint(each.kind for each in offers.options)
    assert offers.option("replacement")
    assert "gone back to you already" in reasons(offers)["full_refund"]
    assert all(each.instead for each in offers.refused)


def test_the_price_of_another_thing_in_the_order_still_does():
    offers = fair_offers(SHOP, situation(line=TEAPOT, given_back=(BLENDERS_PRICE,)))

    assert offers.option("full_refund").amount == Money("36.00")


def test_after_a_share_of_the_price_the_whole_price_is_too_much_and_no_second_share_is():
    share = Refund("partial_refund", Money("19.20"), BLENDER.sku)

    offers = fair_offers(SHOP, situation(given_back=(share,)))

    assert offers.option("full_refund") is None
    assert offers.option("partial_refund").amount == Money("19.20")  # 38.40 of 64.00


def test_never_more_than_the_order_was_paid_with():
    offers = fair_offers(SHOP, situation(given_back=(Refund("full_refund", Money("104.95")),)))

    assert not [each for each in offers.options if "refund" in each.kind]


def test_what_delivery_cost_goes_back_once():
    late = situation("late_delivery", order=LATE, line=None)
    assert fair_offers(POLICY, late).option("refund_shipping")
    given = Refund("refund_shipping", Money("4.95"))

    again = situation("late_delivery", order=LATE, line=None, given_back=(given,))

    assert fair_offers(POLICY, again).option("refund_shipping") is None


def test_what_was_taken_wrongly_is_owed_whatever_else_went_back():
    wrong = situation("wrong_charge", claimed=Money("12.00"), given_back=(BLENDERS_PRICE,))

    assert fair_offers(SHOP, wrong).option("partial_refund").amount == Money("12.00")


@pytest.fixture
def refunded(core: Core, monkeypatch: pytest.MonkeyPatch) -> Speaker:
    """Maya has chosen her money back for the blender of W-10482."""
    maya_with_offers(core).presses("full_refund")
    return Speaker(core, monkeypatch)


def test_a_second_complaint_about_the_same_order_is_offered_no_second_refund(
    core: Core, refunded: Speaker
):
    again = core.visitor("Maya in another browser")

    told = " ".join(
        refunded.tell(
            again, "it is not as described either, refund please", "complain_not_as_described",
            order_number="W-10482", postcode="SW9 8QF", remedy="full_refund",
        )
    )  # fmt: skip

    assert "The money for this has gone back to you already" in told
    assert not [title for title in refunded.buttons if "money back" in title]


def test_what_the_shop_refused_gave_nothing_back(core: Core, refunded: Speaker):
    with core.store.transaction() as session:
        session.execute(update(InstructionRow).values(state=InstructionStage.REFUSED))
    again = core.visitor("Maya in another browser")

    refunded.tell(
        again, "it is not as described either, refund please", "complain_not_as_described",
        order_number="W-10482", postcode="SW9 8QF", remedy="full_refund",
    )  # fmt: skip

    assert [title for title in refunded.buttons if "money back" in title]
