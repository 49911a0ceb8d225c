"""Resolving: fair offers, counter-offers, what a choice sets going, and dates that are kept."""

from datetime import date, timedelta

import pytest

from complaints.case import OfferStatus
from complaints.handoff import HandoffReason
from complaints.promise import date_in_words
from complaints.question import Question
from complaints.telling import PERSON
from tests.core import Core, instructed, leroy, maya, maya_with_offers, pounds


def mei_lings_teapot(core: Core, **wish):
    """Mei Ling's teapot (W-10668) is chipped, and sold out."""
    visitor = core.visitor("mei ling", customer_id="C-1012")
    visitor.tells("the teapot came chipped", "complain_damaged_item", **wish)
    return visitor


# Offers


def test_what_they_wish_for_is_offered_first(core: Core):
    visitor = maya(core)
    visitor.tells("actually I'd like it repaired", "correct", remedy="repair")

    visitor.next()

    assert set(visitor.offered[:2]) == {"replacement", "repair"}  # both wishes they named


def test_three_at_a_time_and_always_a_person(core: Core):
    visitor = maya(core)

    offered = visitor.next()

    assert len(visitor.offered) == 3
    assert len(offered.choices) == 4
    assert offered.choices[-1] == PERSON


def test_a_wish_that_cannot_be_granted_is_met_with_the_reason_and_what_can(core: Core):
    visitor = mei_lings_teapot(core, also=("express_wish",), remedy="replacement")
    visitor.tells("just send a new one", "express_wish", remedy="replacement")

    offered = visitor.next()

    assert (offered.kind, offered.name) == ("offer", "instead")
    assert offered.words["reason"].startswith("It has sold out")
    assert "full_refund" in visitor.offered
    assert "replacement" not in visitor.offered


def test_a_refused_remedy_is_not_offered(core: Core):
    visitor = core.visitor("maya", customer_id="C-1001")

    visitor.says(
        "the blender is broken. I don't want a refund, I want one that works",
        "complain_damaged_item",
        also=("express_wish",),
        remedy="replacement",
        refused_remedy="full_refund",
    )

    assert "full_refund" not in visitor.offered
    assert visitor.offered[0] == "replacement"


def test_loud_and_calm_get_the_same_offer(core: Core):
    offered = []
    for heat in (0, 3):
        visitor = core.visitor("maya", customer_id="C-1001")
        visitor.tells(
            "the blender is broken, I want my money back",
            "complain_damaged_item",
            also=("express_wish",),
            heat=heat,
            remedy="full_refund",
        )
        visitor.next()
        offered.append([(o.kind, o.amount, o.due_at) for o in visitor.case.offers])

    assert offered[0] == offered[1]


def test_a_dear_order_goes_to_a_person_once_all_is_known(core: Core):
    visitor = core.visitor("richard", customer_id="C-1011")
    assert visitor.says("the coffee machine leaks", "complain_damaged_item").name == Question.WISH

    assert visitor.says("a new one", "express_wish", remedy="replacement").name == (
        HandoffReason.POLICY
    )


def test_a_complaint_in_no_list_is_heard_and_goes_to_a_person(core: Core):
    visitor = core.visitor("grace")
    asked = visitor.says("your advert on the bus offends me", "complain_other")
    assert asked.name == Question.WISH

    assert visitor.says("take it down", "express_wish").name == HandoffReason.POLICY
    assert visitor.case.story == ["your advert on the bus offends me"]


# Choosing


def test_the_button_takes_that_offer(core: Core):
    visitor = maya_with_offers(core)

    settled = visitor.presses("repair")

    assert (settled.kind, settled.name) == ("confirm", "repair")
    assert visitor.case.accepted_offer().kind == "repair"


@pytest.mark.parametrize("choice, place", [(1, 0), (2, 1), (3, 2), (-1, 2)])
def test_the_second_one_means_the_second_as_shown(core: Core, choice, place):
    visitor = maya_with_offers(core)
    shown = visitor.offered

    visitor.chooses("that one", choice=choice)

    assert visitor.case.accepted_offer().kind == shown[place]


@pytest.mark.parametrize("choice", [0, 4, 9, -2])
def test_a_place_that_was_not_shown_takes_nothing(core: Core, choice):
    visitor = maya_with_offers(core)
    visitor.tells("number nine", "accept_offer", choice=choice)

    assert not core.casebook.accept_offer(visitor.id, visitor.said)
    assert visitor.case.accepted_offer() is None


def test_just_my_money_back_takes_the_refund(core: Core):
    visitor = maya_with_offers(core)

    visitor.chooses("just my money back", "express_wish", remedy="full_refund")

    assert visitor.case.accepted_offer().kind == "full_refund"


def test_not_the_refund_takes_no_refund(core: Core):
    visitor = maya_with_offers(core)
    visitor.tells("not the refund please", "accept_offer", refused_remedy="full_refund")

    assert not core.casebook.accept_offer(visitor.id, visitor.said)


def test_a_plain_yes_takes_nothing_when_there_are_several(core: Core):
    visitor = maya_with_offers(core)
    visitor.tells("yes please", "affirm")

    assert not core.casebook.accept_offer(visitor.id, visitor.said)
    assert len(visitor.offered) == 3


def test_a_button_of_another_customers_offer_takes_nothing(core: Core):
    visitor, other = maya_with_offers(core), mei_lings_teapot(core, remedy="full_refund")
    other.next()
    theirs = visitor.case.pending_offers()[0].id
    other.tells("/accept_offer", "accept_offer", offer=str(theirs))

    assert not core.casebook.accept_offer(other.id, other.said)
    assert visitor.case.accepted_offer() is None


def test_an_accepted_offer_lapses_the_others(core: Core):
    visitor = maya_with_offers(core)

    visitor.presses("full_refund")

    told = {offer.kind: offer.status for offer in visitor.case.offers if not offer.is_goodwill}
    assert told == {
        "replacement": OfferStatus.LAPSED,
        "full_refund": OfferStatus.ACCEPTED,
        "repair": OfferStatus.LAPSED,
    }


def test_a_second_choice_changes_nothing(core: Core):
    visitor = maya_with_offers(core)
    visitor.presses("full_refund")

    visitor.tells("no wait, the new one", "accept_offer", remedy="replacement")

    assert not core.casebook.accept_offer(visitor.id, visitor.said)
    assert [row.payload["kind"] for row in visitor.outbox if row.transport == "shop"] == [
        "full_refund",
        "return_label",
        "voucher",
    ]


# Counter-offers


def test_asking_for_more_than_the_share_is_refused_with_the_reason(core: Core):
    visitor = maya_with_offers(core)

    answer = visitor.wishes(
        "give me £40 back and I'll keep it", remedy="partial_refund", money=pounds("40.00")
    )

    assert answer.reason.startswith("Everybody who keeps an item like this")
    assert visitor.case.accepted_offer() is None


def test_asking_for_less_than_the_share_gets_the_share(core: Core):
    visitor = maya_with_offers(core)

    answer = visitor.wishes(
        "£10 back and I'll keep it", remedy="partial_refund", money=pounds("10.00")
    )

    assert answer.granted
    share = next(o for o in visitor.case.pending_offers() if o.kind == "partial_refund")
    assert str(share.money) == "£19.20"  # 30 % of £64


def test_a_larger_sum_never_takes_the_smaller_offer_on_the_table(core: Core):
    visitor = maya_with_offers(core)
    visitor.asks_for_more()
    assert "partial_refund" in visitor.offered

    answer = visitor.wishes(
        "give me £40 back and I'll keep it", remedy="partial_refund", money=pounds("40.00")
    )

    assert answer.reason
    assert visitor.case.accepted_offer() is None


def test_naming_the_sum_of_an_offer_takes_it(core: Core):
    visitor = maya_with_offers(core)

    visitor.chooses("the £64 back please", remedy="full_refund", money=pounds("64.00"))

    assert visitor.case.accepted_offer().kind == "full_refund"


def test_another_wish_that_policy_allows_is_laid_beside_the_rest(core: Core):
    visitor = maya_with_offers(core)

    answer = visitor.wishes("could someone just call me", remedy="call_back")

    assert answer.granted
    assert visitor.offered == ["replacement", "full_refund", "repair", "call_back"]


def test_a_wish_on_no_list_of_this_category_gets_a_reason(core: Core):
    visitor = maya_with_offers(core)

    answer = visitor.wishes("a voucher would do", remedy="voucher")

    assert not answer.granted
    assert answer.reason == core.policy.remedies["voucher"].otherwise["not_for_this"]


def test_what_else_brings_more_and_then_no_more(core: Core):
    visitor = maya_with_offers(core)

    assert visitor.asks_for_more()
    assert visitor.offered == ["replacement", "full_refund", "repair", "partial_refund"]
    assert not visitor.asks_for_more()


def test_neither_brings_more_and_then_a_person(core: Core):
    visitor = maya_with_offers(core)

    more = visitor.declines()
    assert (more.kind, more.name) == ("offer", "more")
    assert visitor.offered == ["partial_refund"]

    assert visitor.declines().name == HandoffReason.NOTHING_SUITS


def test_a_plain_yes_takes_the_only_offer(core: Core):
    visitor = maya_with_offers(core)
    visitor.declines()

    visitor.chooses("yes please", "affirm")

    assert visitor.case.accepted_offer().kind == "partial_refund"


# What a choice sets going


def test_a_choice_makes_a_promise_and_instructs_the_shop(core: Core):
    visitor = maya_with_offers(core)

    visitor.presses("replacement")

    promise = visitor.promises["replacement"]
    assert (promise.state, promise.owner) == ("pending", "shop")
    (row,) = [row for row in visitor.outbox if row.payload["kind"] == "replacement"]
    assert row.transport == "shop"
    assert row.payload["order_number"] == "W-10482"
    assert row.payload["sku"] == "BLN-VTX"
    assert visitor.case.status == "resolving"
    assert visitor.case.outcome == "upheld"


def test_the_shop_can_carry_out_what_it_is_told(core: Core):
    visitor = maya_with_offers(core)
    visitor.presses("full_refund")

    assert [receipt.why for receipt in instructed(core, visitor)] == [None, None, None]


def test_of_a_lost_parcel_everything_is_sent_again(core: Core):
    samir = core.visitor("samir", customer_id="C-1014")
    samir.tells(
        "W-10684 never came, send it again",
        "complain_late_delivery",
        also=("express_wish",),
        order_number="W-10684",
        remedy="replacement",
    )
    samir.next()

    samir.presses("replacement")

    sent = {row.payload["sku"] for row in samir.outbox if row.payload["kind"] == "replacement"}
    assert sent == {"COF-CAF", "MUG-TRV"}
    assert not [receipt for receipt in instructed(core, samir) if receipt.state == "refused"]


def test_a_part_nobody_can_name_is_a_persons_to_find(core: Core):
    priya = core.visitor("priya", customer_id="C-1003")
    priya.says(
        "something was not in the box, just send it",
        "complain_missing_item",
        also=("express_wish",),
        remedy="resend_part",
    )

    priya.presses("resend_part")

    assert priya.promises["resend_part"].owner == "person"
    assert [handoff.reason for handoff in priya.handoffs] == [HandoffReason.PROMISED]


def test_an_order_that_was_not_proved_is_never_acted_on(core: Core):
    stranger = core.visitor("stranger")
    stranger.tells(
        "your driver for W-10482 swore at me, I want a voucher",
        "complain_poor_service",
        also=("express_wish",),
        order_number="W-10482",
        remedy="voucher",
        email="stranger@example.org",
    )
    stranger.next()

    stranger.presses("voucher")

    assert not stranger.outbox
    assert stranger.promises["voucher"].owner == "person"


def test_a_refund_is_for_the_amount_that_was_shown(core: Core):
    visitor = maya_with_offers(core)
    button = visitor.next().choices[1]

    settled = visitor.presses("full_refund")

    assert button.words["amount"] == settled.words["amount"] == "£64.00"
    (row,) = [row for row in visitor.outbox if row.payload["kind"] == "full_refund"]
    assert row.payload["amount"] == pounds("64.00")


def test_the_label_a_refund_promises_is_ordered_from_the_shop(core: Core):
    visitor, late = maya_with_offers(core), core.visitor("ewan", customer_id="C-1004")
    late.says(
        "my duvet never came, money back please",
        "complain_late_delivery",
        also=("express_wish",),
        remedy="full_refund",
    )

    visitor.presses("full_refund")
    late.presses("full_refund")

    assert "return_label" in [row.payload["kind"] for row in visitor.outbox]
    assert "return_label" not in [row.payload["kind"] for row in late.outbox]  # nothing to return


def test_the_missing_part_is_named_to_the_shop(core: Core):
    priya = core.visitor("priya", customer_id="C-1003")
    priya.says(
        "the lid seal was not in the box, just send the seal",
        "complain_missing_item",
        also=("express_wish",),
        remedy="resend_part",
    )

    priya.presses("resend_part")

    (row,) = [row for row in priya.outbox if row.payload["kind"] == "resend_part"]
    assert row.payload["part"] == "lid seal"


def test_every_date_that_is_told_is_the_date_in_the_row(core: Core):
    visitor = maya_with_offers(core)

    settled = visitor.presses("replacement")

    due = visitor.promises["replacement"].due_at
    assert settled.words["by"] == f"by {date_in_words(due, 'Europe/London', core.clock.now())}"
    assert settled.words["by"] == "by Friday 27 November"


def test_the_told_date_is_later_than_the_planned_one(core: Core):
    visitor = maya_with_offers(core)
    visitor.presses("replacement")

    for promise in visitor.case.promises:
        assert promise.planned_at < promise.due_at


def test_an_offer_chosen_another_day_gets_a_date_from_that_day(core: Core):
    visitor = maya_with_offers(core)
    core.clock.advance(timedelta(days=3))

    settled = visitor.presses("replacement")

    assert settled.words["by"] == "by Wednesday 2 December"
    assert visitor.promises["replacement"].due_at.date() == date(2026, 12, 2)


def test_offers_shown_again_another_day_carry_that_days_dates(core: Core):
    visitor = maya_with_offers(core)
    core.clock.advance(timedelta(days=3))

    shown = visitor.says("hello again", "greet")
    settled = visitor.presses("replacement")

    assert shown.choices[0].words["by"] == settled.words["by"] == "by Wednesday 2 December"


def test_a_call_chosen_hours_later_is_not_promised_for_a_time_that_is_past(core: Core):
    visitor = leroy(core, "a call from your manager", "call_back", phone="+447700900173")
    core.clock.advance(timedelta(hours=6))

    visitor.presses("call_back")

    promise = visitor.promises["call_back"]
    assert core.clock.now() < promise.planned_at < promise.due_at


def test_a_call_needs_a_number_before_it_is_promised(core: Core):
    visitor = leroy(core, "call me", "call_back", customer_id=None)

    assert visitor.presses("call_back").name == Question.PHONE
    assert not visitor.case.promises

    settled = visitor.says("07700 900248", phone="+447700900248")
    assert (settled.kind, settled.name) == ("confirm", "call_back")
    assert settled.words["phone"] == "+447700900248"
    assert visitor.promises["call_back"].owner == "person"


def test_somebody_without_a_telephone_is_not_asked_for_ever(core: Core):
    visitor = leroy(core, "call me", "call_back", customer_id=None)
    visitor.presses("call_back")

    assert visitor.lacks("I have no phone").kind == "hand_off"


def test_a_letter_is_a_persons_to_write_and_stands_in_their_queue(core: Core):
    visitor = leroy(core, "an apology", "written_apology", email="leroy.campbell@example.com")

    visitor.presses("written_apology")

    (handoff,) = visitor.handoffs
    assert handoff.reason == HandoffReason.PROMISED
    assert handoff.promise_id == visitor.promises["written_apology"].id
    assert visitor.conversation.handler == "bot"  # the assistant need not fall silent for it


# Goodwill


def test_a_kindness_is_granted_on_top_and_recorded(core: Core):
    visitor = maya_with_offers(core)

    settled = visitor.presses("replacement")

    assert settled.words["goodwill"] == "£5.00"
    assert settled.words["goodwill_by"] == "today by 2:00 pm"
    (kindness,) = [offer for offer in visitor.case.offers if offer.is_goodwill]
    assert str(kindness.money) == "£5.00"
    assert visitor.promises["goodwill"].due_at.isoformat() == "2026-11-23T14:00:00+00:00"
    (row,) = [row for row in visitor.outbox if row.payload["kind"] == "voucher"]
    assert row.payload["amount"] == pounds("5.00")


@pytest.mark.parametrize(
    "spent, granted", [("54.00", "£5.00"), ("57.00", "£3.00"), ("60.00", None)]
)
def test_kindness_never_exceeds_the_yearly_limit(core: Core, spent, granted):
    core.gave_goodwill("C-1001", spent, core.clock.now() - timedelta(days=200))

    settled = maya_with_offers(core).presses("replacement")

    assert settled.words.get("goodwill") == granted


def test_a_kindness_of_more_than_a_year_ago_is_forgotten(core: Core):
    core.gave_goodwill("C-1001", "60.00", core.clock.now() - timedelta(days=366))

    assert maya_with_offers(core).presses("replacement").words["goodwill"] == "£5.00"


def test_another_customers_kindness_is_not_counted(core: Core):
    core.gave_goodwill("C-1002", "60.00", core.clock.now() - timedelta(days=20))

    assert maya_with_offers(core).presses("replacement").words["goodwill"] == "£5.00"


def test_a_voucher_chosen_as_the_remedy_counts_towards_the_year(core: Core):
    leroy(core, "a voucher", "voucher").presses("voucher")  # £10.00
    core.gave_goodwill("C-1008", "45.00", core.clock.now() - timedelta(days=20))
    core.clock.advance(timedelta(days=120))

    visitor = leroy(core, "a voucher", "voucher")

    assert "voucher" not in visitor.offered  # £5.00 are left


def test_a_voucher_that_is_used_up_is_refused_with_the_reason(core: Core):
    core.gave_goodwill("C-1008", "60.00", core.clock.now() - timedelta(days=20))
    visitor = core.visitor("leroy", customer_id="C-1008")

    offered = visitor.says(
        "your man laughed at me, I want a voucher",
        "complain_poor_service",
        also=("express_wish",),
        remedy="voucher",
    )

    assert offered.words["reason"] == core.policy.remedies["voucher"].otherwise["goodwill_left"]


def test_a_voucher_chosen_as_the_remedy_brings_no_second_one(core: Core):
    visitor = leroy(core, "a voucher", "voucher")

    settled = visitor.presses("voucher")

    assert "goodwill" not in settled.words
    assert [row.kind for row in visitor.case.promises] == ["voucher"]


# Reading back


def test_what_was_told_in_pieces_is_read_back_once(core: Core):
    visitor = core.visitor("maya", customer_id="C-1001")
    visitor.says("the blender came smashed", "complain_damaged_item")

    read_back = visitor.says("a new one", "express_wish", remedy="replacement")
    assert read_back.name == Question.CONFIRMATION
    assert "came smashed" in read_back.words["told"]
    assert read_back.words["wish"] == "a new one"

    visitor.tells("yes", "affirm")
    assert core.casebook.confirm(visitor.id)
    assert visitor.next().kind == "offer"


def test_nothing_is_confirmed_that_was_not_read_back(core: Core):
    visitor = maya(core)

    assert not core.casebook.confirm(visitor.id)
    assert visitor.case.agreed_at is None


# What they say of it themselves


def test_who_writes_that_nothing_is_there_is_offered_it_afresh(core: Core):
    brian = core.visitor("brian", customer_id="C-1023")  # delivered yesterday, by the books
    brian.tells(
        "tracking says delivered yesterday but there's nothing at the door, please resend",
        "complain_late_delivery", also=("express_wish",), order_number="W-10922",
        remedy="replacement",
    )  # fmt: skip

    brian.next()

    assert brian.offered[0] == "replacement"
    assert [offer.response for offer in brian.case.pending_offers()[:2]] == [
        "replacement_not_arrived",
        "full_refund_not_arrived",
    ]


def test_who_is_deaf_is_offered_no_call(core: Core):
    ffion = core.visitor("ffion", customer_id="C-1009")
    ffion.says(
        "my name on the account is wrong, please fix the name. no phone calls, I'm deaf",
        "complain_account_problem", also=("express_wish",), remedy="repair",
    )  # fmt: skip

    assert ffion.offered == ["written_apology", "voucher"]


def test_a_cracked_lid_is_sent_by_itself_to_whoever_asks_for_it(core: Core):
    samir = core.visitor("samir", customer_id="C-1014")
    samir.says(
        "the screw lid of the travel mug cracked on day two, I'd like a new lid",
        "complain_damaged_item", also=("express_wish",), order_number="W-10684",
        item="travel mug", remedy="resend_part",
    )  # fmt: skip

    samir.presses("resend_part")

    (row,) = [row for row in samir.outbox if row.payload["kind"] == "resend_part"]
    assert (row.payload["sku"], row.payload["part"]) == ("MUG-TRV", "screw lid")


def test_the_reason_is_of_what_they_asked_for_and_never_of_what_they_refused(core: Core):
    seun = core.visitor("seun", customer_id="C-1013")  # delivered 90 days ago
    offered = seun.says(
        "my headphones have gone silent. I want every penny back, not a voucher",
        "complain_damaged_item", also=("express_wish",), order_number="W-10203",
        remedy="full_refund", refused_remedy="voucher",
    )  # fmt: skip

    assert offered.words["reason"] == core.policy.remedies["full_refund"].otherwise["within"]
    assert "voucher" not in seun.offered
