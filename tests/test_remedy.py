"""What a customer is offered, and why something else is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.money import Money
from complaints.orders import Order, OrderLine
from complaints.policy import KINDS, Policy
from complaints.remedy import (
    Option,
    Refusal,
    counter,
    fair_offers,
    goodwill,
    hand_off_reason,
    needs_photo,
)
from complaints.situation import Situation

# A busy machine is slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

HERE = Path(__file__).parent
POLICY = Policy.load(HERE / "good_policy.yml")
SHOP = Policy.load(HERE.parent / "policy.yml")

SUNDAY = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
BLENDER = OrderLine("BLENDER-2", "Blender", Money("64.00"), 1, True, True, ("seal", "jug"))
TEAPOT = OrderLine("TEAPOT-17", "Teapot", Money("18.00"), 2, True, False)
ORDER = Order(
    number="W-10482",
    customer_id="c-1",
    customer_name="Ada Okafor",
    email="ada@example.org",
    phone="+447700900123",
    postcode="SW9 8QF",
    address="1 Elm Road",
    ordered_on=date(2026, 11, 10),
    shipped_on=date(2026, 11, 12),
    promised_on=date(2026, 11, 16),
    delivered_on=date(2026, 11, 17),
    lines=(BLENDER, TEAPOT),
    shipping=Money("4.95"),
    total=Money("104.95"),
    status="delivered",
    paid_with="card",
    currency="GBP",
)
LATE = replace(ORDER, delivered_on=None, status="shipped")


def situation(category: str = "damaged_item", **facts) -> Situation:
    facts = {"order": ORDER, "line": BLENDER, "at": SUNDAY, **facts}
    return Situation(category, **facts)


def kinds(situation: Situation, policy: Policy = POLICY) -> list[str]:
    return [option.kind for option in fair_offers(policy, situation).options]


# What is offered


def test_a_smashed_blender_is_replaced_refunded_repaired_or_kept_for_less():
    offers = fair_offers(POLICY, situation())

    assert [(each.kind, each.amount) for each in offers.options] == [
        ("replacement", None),
        ("full_refund", Money("64.00")),
        ("repair", None),
        ("partial_refund", Money("19.20")),
    ]
    assert offers.refused == ()
    assert [each.kind for each in offers.first(3)] == ["replacement", "full_refund", "repair"]


def test_an_option_says_what_it_is_by_when_and_where_policy_says_so():
    option = fair_offers(POLICY, situation()).option("replacement")

    assert option.label == "a replacement"
    assert option.clause == "damaged_item/replacement"
    assert option.planned_at == datetime(2026, 11, 25, 17, 30, tzinfo=UTC)
    assert option.told_at == datetime(2026, 11, 27, 17, 30, tzinfo=UTC)
    assert option.due.in_words("Europe/London", SUNDAY) == "Friday 27 November"
    assert option.asks_of_you == "keep or recycle the one you have"
    assert not option.return_first


def test_their_own_wish_comes_first_where_policy_allows_it():
    wish = situation(wish=frozenset({"partial_refund"}))
    first, *rest = fair_offers(POLICY, wish).options
    assert first.kind == "partial_refund" and first.asked_for
    assert [each.kind for each in rest] == ["replacement", "full_refund", "repair"]
    assert not any(each.asked_for for each in rest)


@given(st.sets(st.sampled_from(KINDS)), st.sampled_from(sorted(SHOP.categories)))
def test_the_same_case_gets_the_same_offer_whatever_they_wish(wish, category):
    """R15: wishing moves an option to the front, and never changes what it is worth."""
    quiet = fair_offers(SHOP, situation(category))
    wishing = fair_offers(SHOP, situation(category, wish=frozenset(wish)))
    for option in quiet.options:
        assert replace(wishing.option(option.kind), asked_for=False) == option


def test_a_call_or_an_apology_is_for_whoever_asks():
    assert kinds(situation(wish=frozenset({"call_back"})))[0] == "call_back"
    assert "call_back" not in kinds(situation())


def test_only_the_damaged_thing_is_refunded_and_all_of_it():
    teapots = situation(line=TEAPOT)
    assert fair_offers(POLICY, teapots).option("full_refund").amount == Money("36.00")


def test_a_complaint_about_a_whole_order_refunds_the_whole_order():
    whole = situation(line=None)
    assert fair_offers(POLICY, whole).option("full_refund").amount == Money("104.95")


def test_a_lost_parcel_is_refunded_with_its_delivery_charge():
    lost = situation("late_delivery", order=LATE, line=BLENDER)
    assert fair_offers(POLICY, lost).option("full_refund").amount == Money("104.95")


def test_a_missing_seal_is_sent_by_itself():
    assert kinds(situation("missing_item"))[0] == "resend_part"


def test_what_has_not_arrived_cannot_be_kept_or_sent_back():
    option = fair_offers(POLICY, situation("late_delivery", order=LATE)).option("replacement")
    assert option.asks_of_you is None


def test_a_repair_starts_when_the_thing_is_with_us():
    assert fair_offers(POLICY, situation()).option("repair").return_first


def test_a_late_order_that_came_in_the_end_is_not_sent_again():
    assert kinds(situation("late_delivery", order=LATE, line=None)) == [
        "replacement",
        "full_refund",
        "refund_shipping",
    ]
    assert kinds(situation("late_delivery", line=None)) == [
        "refund_shipping",
        "partial_refund",
        "voucher",
    ]


def test_the_delivery_charge_comes_back_exactly():
    offers = fair_offers(POLICY, situation("late_delivery", order=LATE, line=None))
    assert offers.option("refund_shipping").amount == Money("4.95")


def test_money_taken_wrongly_comes_back_exactly():
    charged = situation("wrong_charge", claimed=Money("12.34"))
    option = fair_offers(POLICY, charged).option("partial_refund")
    assert option.amount == Money("12.34")
    assert option.asks_of_you is None


@pytest.mark.parametrize(
    "deadline, in_time",
    [
        (date(2026, 11, 28), True),
        (date(2026, 11, 27), True),
        (date(2026, 11, 26), False),
        (None, None),
    ],
)
def test_an_option_knows_whether_it_is_in_time(deadline, in_time):
    option = fair_offers(POLICY, situation(deadline=deadline)).option("replacement")
    assert option.in_time is in_time


# What is refused, and what can be done instead


def test_a_sold_out_replacement_is_refused_with_its_reason_and_what_we_can_do():
    sold_out = situation(line=replace(BLENDER, in_stock=False), wish=frozenset({"replacement"}))
    offers = fair_offers(POLICY, sold_out)
    assert offers.refusal("replacement") == Refusal(
        "replacement", "It has sold out.", ("full_refund",), asked_for=True
    )
    assert offers.option("replacement") is None


@pytest.mark.parametrize("days, possible", [(0, True), (60, True), (61, False), (400, False)])
def test_a_full_refund_is_for_sixty_days_after_delivery(days, possible):
    delivered_on = date(2026, 11, 22) - timedelta(days)
    order = replace(ORDER, delivered_on=delivered_on)
    assert ("full_refund" in kinds(situation(order=order))) is possible


def test_the_last_day_ends_at_midnight_in_the_shop_and_not_in_greenwich():
    # 23:30 UTC on 30 June is already 1 July in London.
    order = replace(ORDER, delivered_on=date(2026, 5, 1))  # 60 days end on 30 June
    before = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
    assert "full_refund" in kinds(situation(order=order, at=before))
    assert "full_refund" not in kinds(situation(order=order, at=before + timedelta(minutes=31)))


def test_what_has_not_arrived_is_never_too_late():
    ages_ago = replace(LATE, ordered_on=date(2024, 1, 1))
    assert "full_refund" in kinds(situation("late_delivery", order=ages_ago))


def test_a_wish_that_does_not_fit_the_complaint_is_refused_with_a_reason():
    wish = situation("poor_service", wish=frozenset({"replacement"}))
    refusal = fair_offers(POLICY, wish).refusal("replacement")
    assert refusal.reason == "Another one would not help."
    assert refusal.instead


def test_without_an_order_a_call_takes_the_place_of_what_cannot_be_worked_out():
    offers = fair_offers(POLICY, situation(order=None, line=None))
    assert [each.kind for each in offers.options] == ["call_back"]
    assert all(each.instead == ("call_back",) for each in offers.refused)


def test_free_delivery_has_no_charge_to_give_back():
    free = replace(LATE, shipping=Money(0))
    refusal = fair_offers(POLICY, situation("late_delivery", order=free)).refusal("refund_shipping")
    assert refusal.reason == "Your delivery was free."


@pytest.mark.parametrize("claimed", [None, Money("104.96"), Money(0), Money(5, "EUR")])
def test_a_sum_that_cannot_have_been_taken_is_looked_at_by_a_person(claimed):
    offers = fair_offers(POLICY, situation("wrong_charge", claimed=claimed))
    assert [each.kind for each in offers.options] == ["call_back"]
    assert offers.refusal("partial_refund").reason == "Somebody has to look at your payment first."


def test_what_they_said_no_to_is_not_offered_again():
    no = situation(refused=frozenset({"full_refund", "repair"}))
    assert kinds(no) == ["replacement", "partial_refund"]
    assert fair_offers(POLICY, no).refused == ()


def test_what_they_said_no_to_is_no_alternative_either():
    sold_out = situation(
        line=replace(BLENDER, in_stock=False), refused=frozenset({"full_refund", "call_back"})
    )
    instead = fair_offers(POLICY, sold_out).refusal("replacement").instead
    assert not {"full_refund", "call_back"} & set(instead)


def test_nothing_is_left_when_they_said_no_to_everything():
    assert kinds(situation(refused=frozenset(KINDS))) == []


situations = st.builds(
    Situation,
    category=st.sampled_from(sorted(set(SHOP.categories) - {"other"})),
    order=st.one_of(
        st.none(),
        st.builds(
            replace,
            st.just(ORDER),
            delivered_on=st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2026, 11, 22))),
            shipping=st.sampled_from([Money(0), Money("4.95")]),
        ),
    ),
    line=st.none(),
    at=st.just(SUNDAY),
    wish=st.frozensets(st.sampled_from(KINDS)),
    refused=st.frozensets(st.sampled_from([kind for kind in KINDS if kind != "call_back"])),
    goodwill_given_this_year=st.integers(0, 7000).map(
        lambda pence: Money(0) + pence * Money("0.01")
    ),
    claimed=st.one_of(st.none(), st.integers(1, 20000).map(lambda pence: pence * Money("0.01"))),
    wish_amount=st.one_of(
        st.none(), st.integers(1, 20000).map(lambda pence: pence * Money("0.01"))
    ),
)


@given(situations)
def test_never_a_flat_no(situation):
    """R11: a no has a reason, and something that can be done and is on offer."""
    offers = fair_offers(SHOP, situation)
    for refusal in offers.refused:
        assert refusal.reason
        assert refusal.instead
        assert all(offers.option(kind) is not None for kind in refusal.instead)


@given(situations)
def test_a_wish_is_always_answered(situation):
    offers = fair_offers(SHOP, situation)
    for kind in situation.wish - situation.refused:
        assert offers.option(kind) or offers.refusal(kind)


@given(situations)
def test_nobody_is_given_more_than_they_paid(situation):
    for option in fair_offers(SHOP, situation).options:
        if option.amount is not None and option.kind != "voucher":
            assert Money(0) < option.amount <= situation.order.total


# A sum of their own


@pytest.mark.parametrize("asked", ["5.00", "19.20"])
def test_up_to_our_share_they_get_our_share(asked):
    answer = counter(POLICY, situation(), Money(asked))
    assert isinstance(answer, Option)
    assert answer.amount == Money("19.20")
    assert answer.asked_for


def test_a_larger_part_is_refused_with_what_we_can_do():
    answer = counter(POLICY, situation(), Money("19.21"))
    assert answer == Refusal(
        "partial_refund",
        "Everybody who keeps one gets the same share.",
        ("full_refund", "partial_refund"),
        asked_for=True,
    )


def test_asking_for_the_whole_price_is_asking_for_a_full_refund():
    assert counter(POLICY, situation(), Money("64.00")).kind == "full_refund"


def test_more_than_the_price_is_refused():
    assert isinstance(counter(POLICY, situation(), Money("64.01")), Refusal)


def test_a_sum_in_another_currency_is_not_guessed_at():
    assert isinstance(counter(POLICY, situation(), Money("5.00", "EUR")), Refusal)


def test_they_may_ask_for_a_sum_after_saying_no_to_our_share():
    no = situation(refused=frozenset({"partial_refund"}))
    assert counter(POLICY, no, Money("10.00")).amount == Money("19.20")


def test_a_full_refund_they_said_no_to_is_not_the_answer_to_a_larger_part():
    no = situation(refused=frozenset({"partial_refund", "full_refund"}))
    assert counter(POLICY, no, Money("40.00")).instead == ("partial_refund",)


def test_part_of_the_price_does_not_put_rudeness_right():
    answer = counter(POLICY, situation("poor_service"), Money("10.00"))
    assert answer.reason == "Some of the price back would not help."
    assert answer.instead == ("written_apology",)


def test_a_sum_wished_for_beyond_our_share_is_answered_beside_the_share():
    wish = situation(wish=frozenset({"partial_refund"}), wish_amount=Money("50.00"))
    offers = fair_offers(POLICY, wish)
    assert offers.options[0].amount == Money("19.20")
    assert offers.refusal("partial_refund").reason == "Everybody who keeps one gets the same share."


# Goodwill


def test_a_first_goodwill_is_what_the_category_grants():
    assert goodwill(POLICY, situation()) == Money("5.00")


def test_a_category_without_goodwill_grants_none():
    assert goodwill(POLICY, situation("wrong_charge")) is None


@pytest.mark.parametrize(
    "given_before, granted",
    [("0", "5.00"), ("55.00", "5.00"), ("57.50", "2.50"), ("60.00", None), ("75", None)],
)
def test_a_second_goodwill_never_exceeds_the_yearly_limit(given_before, granted):
    case = situation(goodwill_given_this_year=Money(given_before))
    assert goodwill(POLICY, case) == (Money(granted) if granted else None)


@given(st.lists(st.sampled_from(["damaged_item", "late_delivery", "poor_service"]), max_size=30))
def test_no_row_of_complaints_brings_more_than_a_years_goodwill(complaints):
    given_so_far = Money(0)
    for category in complaints:
        case = situation(category, goodwill_given_this_year=given_so_far)
        voucher = fair_offers(POLICY, case).option("voucher")
        if voucher is not None:
            given_so_far += voucher.amount
        kindness = goodwill(POLICY, replace(case, goodwill_given_this_year=given_so_far))
        of_this_case = (kindness or Money(0)) + (voucher.amount if voucher else Money(0))
        assert of_this_case <= POLICY.goodwill.per_case
        given_so_far += kindness or Money(0)
    assert given_so_far <= POLICY.goodwill.per_customer_per_year


def test_a_voucher_that_no_longer_fits_the_year_is_not_cut_but_replaced():
    case = situation("poor_service", goodwill_given_this_year=Money("50.01"))
    offers = fair_offers(POLICY, case)
    assert offers.option("voucher") is None
    assert offers.refusal("voucher").instead == ("written_apology", "call_back")


# When a person takes over


def test_an_ordinary_complaint_needs_no_person():
    assert hand_off_reason(POLICY, situation()) is None


@pytest.mark.parametrize(
    "facts, reason",
    [
        ({"category": "other"}, "complaints of this kind always go to a person"),
        ({"repeat": True}, "it has gone wrong before, so a senior person takes it"),
        (
            {"order": replace(ORDER, total=Money("500.01"))},
            "the order is worth £500.01, above £500.00",
        ),
        (
            {"order": replace(ORDER, status="cancelled")},
            "the order was cancelled; its money has to be traced",
        ),
        (
            {"order": replace(ORDER, total=Money("20.00", "EUR"))},
            "the order was paid in EUR, in which policy names no limits",
        ),
        (
            {"category": "wrong_charge", "claimed": Money("50.01")},
            "they say £50.01 was taken wrongly, above £50.00",
        ),
    ],
)
def test_a_person_takes_over_when_policy_says_so(facts, reason):
    assert hand_off_reason(POLICY, situation(**facts)) == reason


def test_a_limit_is_still_within_itself():
    assert hand_off_reason(POLICY, situation(order=replace(ORDER, total=Money("500.00")))) is None
    charged = situation("wrong_charge", claimed=Money("50.00"))
    assert hand_off_reason(POLICY, charged) is None


def test_a_photo_is_asked_for_only_where_much_is_at_stake():
    assert not needs_photo(POLICY, situation(line=replace(BLENDER, unit_price=Money("100.00"))))
    assert needs_photo(POLICY, situation(line=replace(BLENDER, unit_price=Money("100.01"))))
    assert not needs_photo(POLICY, situation("late_delivery"))
    assert not needs_photo(POLICY, situation(order=None, line=None))


def test_a_changed_share_changes_the_offer():
    text = (HERE / "good_policy.yml").read_text()
    generous = Policy.from_text(text.replace("{partial_refund: 30%}", "{partial_refund: 50%}"))
    assert fair_offers(generous, situation()).option("partial_refund").amount == Money("32.00")


# Two things went wrong at once


def test_who_complains_of_two_things_is_offered_something_for_each():
    offers = fair_offers(SHOP, situation("damaged_item", also=("missing_item",)))

    kinds = [option.kind for option in offers.first()]
    assert kinds == ["replacement", "full_refund", "resend_part"]
    assert offers.option("resend_part").clause == "missing_item/resend_part"


def test_an_apology_for_the_tone_pushes_nothing_out_that_mends_the_thing():
    quiet = fair_offers(SHOP, situation("damaged_item"))
    offers = fair_offers(SHOP, situation("damaged_item", also=("poor_service",)))

    assert offers.first() == quiet.first()
    assert offers.option("written_apology").clause == "poor_service/written_apology"


def test_an_apology_is_shown_where_there_is_room_among_three():
    sold_out = replace(TEAPOT, in_stock=False)
    offers = fair_offers(SHOP, situation("damaged_item", line=sold_out, also=("poor_service",)))

    assert [option.kind for option in offers.first()] == [
        "full_refund",
        "partial_refund",
        "written_apology",
    ]


def test_a_wish_of_either_complaint_comes_first():
    offers = fair_offers(
        SHOP, situation(also=("poor_service",), wish=frozenset(["written_apology"]))
    )

    assert offers.options[0].kind == "written_apology"


def test_what_both_complaints_offer_is_offered_once_and_as_the_first_has_it():
    offers = fair_offers(SHOP, situation("damaged_item", also=("not_as_described",)))

    parts = [option for option in offers.options if option.kind == "partial_refund"]
    assert [(part.clause, part.amount) for part in parts] == [
        ("damaged_item/partial_refund", Money("19.20"))
    ]


def test_a_large_sum_goes_to_a_person_though_it_was_only_mentioned_second():
    claim = situation("late_delivery", also=("wrong_charge",), claimed=Money("90.00"))

    assert "£90.00" in hand_off_reason(SHOP, claim)
    assert hand_off_reason(SHOP, replace(claim, also=())) is None


def test_a_refund_of_a_charge_nobody_can_see_is_refused_for_that_and_not_for_the_thing():
    unknown = situation("wrong_charge", wish=frozenset(["full_refund"]))

    why = fair_offers(SHOP, unknown).refusal("full_refund").reason

    assert why == SHOP.remedies["partial_refund"].otherwise["claimed"]


# They say it is not there


def test_who_does_not_have_what_the_books_call_delivered_is_sent_it_afresh():
    offers = fair_offers(SHOP, situation("late_delivery", line=None, not_received=True))

    assert [option.kind for option in offers.options] == [
        "replacement",
        "full_refund",
        "refund_shipping",
    ]
    assert not offers.option("replacement").in_hand
    assert not offers.option("full_refund").in_hand


def test_money_back_for_what_is_not_there_is_not_for_ever():
    long_ago = replace(ORDER, delivered_on=date(2026, 1, 5))
    gone = situation("late_delivery", order=long_ago, line=None, not_received=True)

    assert "full_refund" not in kinds(gone, SHOP)


def test_a_lid_that_never_arrived_is_missing_from_a_box_that_did():
    option = fair_offers(SHOP, situation("missing_item", not_received=True)).option("replacement")
    assert option.in_hand


def test_what_is_lost_is_not_on_its_way_in_time():
    on_its_way = replace(LATE, promised_on=date(2026, 11, 25))
    waiting = situation("late_delivery", order=on_its_way, line=None)

    assert waiting.is_due_later and "replacement" not in kinds(waiting, SHOP)
    lost = replace(waiting, lost=True, not_received=True)
    assert not lost.is_due_later and kinds(lost, SHOP)[0] == "replacement"


# A part by itself


@pytest.mark.parametrize("category", ["damaged_item", "wrong_item", "not_as_described"])
def test_who_asks_for_the_part_that_is_wrong_is_sent_it(category):
    asks = frozenset(["resend_part"])

    first = fair_offers(SHOP, situation(category, part="jug", wish=asks)).options[0]
    assert first.kind == "resend_part" and first.clause == f"{category}/resend_part"
    assert fair_offers(SHOP, situation(category, wish=asks)).refusal("resend_part")


# Words that fit the complaint


def test_who_wants_their_account_fixed_hears_of_no_workshop():
    asks = situation("account_problem", order=None, line=None, wish=frozenset(["repair"]))
    offers = fair_offers(SHOP, asks)

    refusal = offers.refusal("repair")
    assert not refusal.asked_for  # "fix it" is "put it right"
    assert refusal.reason == SHOP.category("account_problem").not_for_this
    assert offers.options[0].kind == "call_back"


def test_a_blender_nobody_can_mend_is_still_refused_its_repair():
    asks = situation(line=TEAPOT, wish=frozenset(["repair"]))
    assert fair_offers(SHOP, asks).refusal("repair").asked_for
