"""Listening: the whole message is used, and nothing is asked twice."""

from datetime import date, timedelta

import pytest

from complaints.case import Case
from complaints.handoff import HandoffReason
from complaints.question import Question
from tests.core import Core, heard, maya, maya_with_offers, pounds
from tests.speaking import Speaker

BROKEN_KETTLE = "The kettle leaks all over the table"


# Everything said is noted


def test_everything_in_the_first_message_is_noted(core: Core):
    maya = core.visitor("maya")

    maya.tells(
        "The blender I ordered (W-10482) came with the jug smashed and I've got people coming "
        "saturday!! I just want one that works",
        "complain_damaged_item",
        also=("express_wish",),
        order_number="W-10482",
        item="blender",
        deadline="2026-11-28",
        heat=2,
    )

    case = maya.case
    assert (case.category, case.order_number, case.item) == ("damaged_item", "W-10482", "blender")
    assert case.damage == {"thing": "jug", "state": "smashed"}
    assert case.impact == "I've got people coming saturday"
    assert case.deadline == date(2026, 11, 28)
    assert case.wish == "I just want one that works"
    assert case.heat == 2
    assert case.story == [maya.said.text]


def test_after_a_full_first_message_only_proof_is_asked(core: Core):
    maya = core.visitor("maya")

    asked = maya.says(
        "My blender W-10482 came smashed, I just want one that works",
        "complain_damaged_item",
        also=("express_wish",),
        order_number="W-10482",
        remedy="replacement",
    )
    assert asked.name == Question.PROOF

    assert maya.says("SW9 8QF", postcode="SW9 8QF").kind == "offer"


def test_contact_and_money_in_the_first_message_are_noted(core: Core):
    hannah = core.visitor("hannah")

    hannah.tells(
        "You took £58 twice for W-10595. Hannah Goldberg, hannah.goldberg@example.org, 07700 900166",
        "complain_wrong_charge",
        order_number="W-10595",
        money=pounds("58.00"),
        person_name="Hannah Goldberg",
        email="hannah.goldberg@example.org",
        phone="+447700900166",
    )

    case = hannah.case
    assert str(case.claimed) == "£58.00"
    assert case.customer_name == "Hannah Goldberg"
    assert (case.email, case.phone) == ("hannah.goldberg@example.org", "+447700900166")


def test_what_was_told_before_the_story_is_not_asked_after_it(core: Core):
    tom = core.visitor("tom")
    assert tom.says(
        "it's order W-10517, LS6 2AB", order_number="W-10517", postcode="LS6 2AB"
    ).name == (Question.STORY)

    asked = tom.says("you sent a cream toaster instead of the kettle", "complain_wrong_item")

    assert asked.name == Question.WISH


def test_the_customers_own_words_stand_in_the_case_once_each(core: Core):
    tom = core.visitor("tom")
    tom.tells(BROKEN_KETTLE, "complain_damaged_item")
    tom.tells("and it smells of burning plastic", "complain_damaged_item")
    tom.tells(BROKEN_KETTLE, "complain_damaged_item")

    assert tom.case.story == [BROKEN_KETTLE, "and it smells of burning plastic"]


def test_a_button_puts_no_words_in_the_customers_mouth(core: Core):
    tom = core.visitor("tom")
    tom.says("I want to make a complaint", "complain")

    tom.tells("/complain_damaged_item", "complain_damaged_item")

    assert tom.case.category == "damaged_item"
    assert not any(words.startswith("/") for words in tom.case.story)


def test_an_answer_to_another_question_counts_as_well(core: Core):
    tom = core.visitor("tom")
    assert tom.says(BROKEN_KETTLE, "complain_damaged_item").name == Question.ORDER_NUMBER

    tom.tells("just give me my money back", "express_wish", remedy="full_refund")

    assert tom.case.wish == "just give me my money back"
    assert tom.next().name == Question.ORDER_NUMBER


def test_a_side_question_is_never_taken_for_the_answer(core: Core):
    tom = core.visitor("tom")
    tom.says(BROKEN_KETTLE, "complain_damaged_item")
    tom.lacks()
    tom.lacks()
    assert tom.case.pending == Question.WISH

    for text, intent in [
        ("are you a robot?", "ask_if_robot"),
        ("why do you need to know?", "ask_why"),
        ("hang on a second please", "wait"),
        ("when are you open?", "ask_opening_hours"),
        ("I want to talk to a person", "ask_for_person"),
    ]:
        tom.tells(text, intent)

    assert tom.case.wish is None


def test_what_they_tried_is_told_and_is_no_wish(core: Core):
    ewan = core.visitor("ewan")
    ewan.tells("it never came", "complain_late_delivery", order_number="W-10561")
    assert ewan.says("EH6 5NX", postcode="EH6 5NX").name == Question.WISH

    asked = ewan.says("I looked everywhere and asked next door", "express_wish")

    assert asked.name == Question.WISH and ewan.case.wish is None
    assert ewan.case.story[-1] == "I looked everywhere and asked next door"


def test_what_they_do_not_want_is_no_wish(core: Core):
    leroy = core.visitor("leroy")
    leroy.says("Your man laughed at me and hung up on me", "complain_poor_service")

    asked = leroy.says("I don't want a voucher", "express_wish", refused_remedy="voucher")

    assert asked.name == Question.WISH and leroy.case.wish is None
    assert leroy.case.refused_kinds == ["voucher"]


def test_who_never_says_what_they_want_is_shown_what_can_be_done(core: Core):
    leroy = core.visitor("leroy")
    step = leroy.says("Your man laughed at me and hung up on me", "complain_poor_service")
    for _ in range(3):
        assert step.name == Question.WISH
        step = leroy.says("are you a robot?", "ask_if_robot")

    assert step.kind == "offer"


# Nothing is asked twice


def test_a_question_asked_again_is_counted_so_that_its_words_change(core: Core):
    tom = core.visitor("tom")
    first = tom.says(BROKEN_KETTLE, "complain_damaged_item")

    again = tom.says("are you a robot?", "ask_if_robot")

    assert (first.name, first.times) == (Question.ORDER_NUMBER, 1)
    assert (again.name, again.times) == (Question.ORDER_NUMBER, 2)


def test_what_they_do_not_have_is_never_asked_again(core: Core):
    tom = core.visitor("tom")
    asked = [tom.says(BROKEN_KETTLE, "complain_damaged_item").name]
    asked += [tom.lacks().name for _ in range(2)]

    assert asked == [Question.ORDER_NUMBER, Question.EMAIL_AND_POSTCODE, Question.WISH]
    assert tom.says("a new one", "express_wish").name == HandoffReason.NO_ORDER


def test_an_opening_without_a_story_asks_for_the_story_first(core: Core):
    tom = core.visitor("tom")

    assert tom.says("I want to make a complaint", "complain").name == Question.STORY
    assert (
        tom.says("the thing I ordered, well, hm, is odd", "nlu_fallback").name == Question.CATEGORY
    )


def test_a_complaint_without_an_order_is_asked_no_order(core: Core):
    leroy = core.visitor("leroy")

    asked = leroy.says("Your man laughed at me and hung up on me", "complain_poor_service")

    assert asked.name == Question.WISH


def test_several_things_in_the_order_are_asked_apart_unless_named(core: Core):
    amina = core.visitor("amina")
    amina.tells("something is broken", "complain_damaged_item", order_number="W-10644")
    asked = amina.says("M14 5TP", postcode="M14 5TP")
    assert asked.name == Question.ITEM
    assert len(asked.choices) == 5  # four things, or all of it

    second = core.visitor("amina")
    second.tells(
        "the toaster in W-10644 came broken", "complain_damaged_item", order_number="W-10644"
    )
    assert second.says("M14 5TP", postcode="M14 5TP").name == Question.WISH
    assert second.case.sku == "TST-FOU"


@pytest.mark.parametrize(
    "told, about",
    [
        ("the kettle came fine but the toaster is dead", "TST-FOU"),
        ("I ordered the tea towels and a toaster, the toaster is dead", "TST-FOU"),
        ("the toaster is dead and the kettle works fine", "TST-FOU"),
        ("the kettle leaks and the toaster is dead", None),  # two of four: they are asked
    ],
)
def test_what_they_call_well_is_not_what_they_complain_of(core: Core, told: str, about: str | None):
    amina = core.visitor("amina")
    amina.tells(told, "complain_damaged_item", order_number="W-10644", item="kettle")
    asked = amina.says("M14 5TP", postcode="M14 5TP")

    assert amina.case.sku == about
    assert asked.name == (Question.WISH if about else Question.ITEM)


def test_who_complains_of_everything_in_the_order_is_not_asked_which_of_it(core: Core):
    samir = core.visitor("samir")
    told = "the cafetiere leaks and the travel mug has no lid"
    samir.tells(told, "complain_damaged_item", order_number="W-10684", item="travel mug")

    assert samir.says("L15 3HE", postcode="L15 3HE").name == Question.WISH
    assert samir.case.sku is None and samir.case.item is None


# Corrections


def test_what_is_well_is_no_correction_of_what_is_not(core: Core):
    amina = core.visitor("amina")
    amina.tells("the toaster is dead", "complain_damaged_item", order_number="W-10644")
    amina.says("M14 5TP", postcode="M14 5TP")

    amina.tells("no, the toaster is broken, the kettle is fine", "correct")

    assert amina.case.sku == "TST-FOU"


def test_a_correction_changes_that_and_nothing_else(core: Core):
    visitor = maya(core)
    visitor.next()
    before = {c.name: getattr(visitor.case, c.name) for c in Case.__table__.columns}

    visitor.tells("sorry, my e-mail is maya@example.org", "correct", email="maya@example.org")

    after = {c.name: getattr(visitor.case, c.name) for c in Case.__table__.columns}
    assert {name for name in after if after[name] != before[name]} == {"email", "from_shop"}
    assert after["email"] == "maya@example.org"


def test_another_order_number_is_another_order_and_must_be_proved(core: Core):
    visitor = maya(core)

    visitor.tells("sorry, I meant W-10692", "correct", order_number="W-10692")

    assert visitor.case.order_number == "W-10692"
    assert not visitor.case.is_proved
    assert visitor.next().name == Question.PROOF


def test_the_same_number_spelled_otherwise_is_no_correction(core: Core):
    samir = core.visitor("samir", customer_id="C-1014")
    samir.tells(
        "two glasses in W-10679 are broken", "complain_damaged_item", order_number="W-10679"
    )
    assert samir.case.is_proved

    samir.tells("as I said, w10679", order_number="W10679")

    assert samir.case.is_proved
    assert samir.case.order_number == "W-10679"


def test_offers_for_another_order_lapse_when_the_order_is_corrected(core: Core):
    visitor = maya_with_offers(core)

    visitor.tells("oh no, I mean W-10692", "correct", order_number="W-10692")
    visitor.next()
    again = visitor.says("NR2 3DF", postcode="NR2 3DF")

    assert again.kind == "offer"
    refund = next(o for o in visitor.case.pending_offers() if o.kind == "full_refund")
    assert str(refund.money) == "£24.00"  # the scales', not the blender's


def test_a_correction_of_the_day_changes_the_deadline(core: Core):
    visitor = maya(core)
    visitor.tells("people are coming saturday", deadline="2026-11-28")

    visitor.tells("no, I said sunday", "correct", deadline="2026-11-29")

    assert visitor.case.deadline == date(2026, 11, 29)


# Proof


@pytest.mark.parametrize(
    "order, postcode",
    [("W-10482", "SW9 9ST"), ("W-99999", "SW9 8QF"), ("W-10517", "SW9 8QF")],
    ids=["a wrong postcode", "an order nobody has", "somebody else's order"],
)
def test_a_wrong_proof_gives_no_hint_what_was_wrong(core: Core, order, postcode):
    stranger = core.visitor("stranger")
    asked = stranger.says("it came broken", "complain_damaged_item", order_number=order)

    hearing = stranger.tells(postcode, postcode=postcode)
    again = stranger.next()

    assert hearing.proof == "failed"
    assert asked.name == again.name == Question.PROOF
    known = {"order": order, "story": "it came broken", "label": "a damaged or faulty item"}
    assert {name: again.words[name] for name in known} == known
    assert not {"item", "paid_with", "email", "phone", "delivered"} & set(again.words)


def test_three_wrong_proofs_bring_a_person(core: Core):
    stranger = core.visitor("stranger")
    stranger.says("it came broken", "complain_damaged_item", order_number="W-10482")

    steps = [stranger.says(p, postcode=p) for p in ("SW1 1AA", "SW2 2BB", "SW3 3DD")]

    assert [step.name for step in steps] == [
        Question.PROOF,
        Question.PROOF,
        HandoffReason.NOT_PROVED,
    ]


def test_an_e_mail_address_of_ones_own_is_no_failed_proof_before_we_asked(core: Core):
    visitor = core.visitor("maya")

    hearing = visitor.tells(
        "blender W-10482 is broken, write to me at work@example.org",
        "complain_damaged_item",
        order_number="W-10482",
        email="work@example.org",
    )

    assert hearing.proof is None
    assert visitor.case.proof_failures == 0


def test_the_e_mail_address_of_the_order_proves_it_as_well(core: Core):
    visitor = core.visitor("maya")
    visitor.says("the blender is broken", "complain_damaged_item", order_number="W-10482")

    hearing = visitor.tells("Maya.Okonkwo@Example.com", email="Maya.Okonkwo@Example.com")

    assert hearing.proof == "proved"


def test_without_the_number_e_mail_and_postcode_find_the_only_order(core: Core):
    visitor = core.visitor("maya")
    visitor.says("the blender came smashed", "complain_damaged_item")
    assert visitor.lacks().name == Question.EMAIL_AND_POSTCODE

    visitor.tells(
        "maya.okonkwo@example.com, SW9 8QF",
        email="maya.okonkwo@example.com",
        postcode="SW9 8QF",
    )

    assert visitor.case.order_number == "W-10482"
    assert visitor.case.is_proved
    assert visitor.next().name == Question.WISH


def test_one_of_the_two_alone_finds_nothing(core: Core):
    visitor = core.visitor("maya")
    visitor.says("the blender came smashed", "complain_damaged_item")
    visitor.lacks()

    again = visitor.says("maya.okonkwo@example.com", email="maya.okonkwo@example.com")

    assert again.name == Question.EMAIL_AND_POSTCODE
    assert visitor.case.order_number is None


def test_an_e_mail_and_a_postcode_that_fit_no_order_are_a_wrong_proof(core: Core):
    stranger = core.visitor("stranger")
    stranger.says("it came smashed", "complain_damaged_item")
    stranger.lacks()

    hearings, steps = [], []
    for postcode in ("SW1 1AA", "SW2 2BB", "SW3 3DD"):
        hearings.append(
            stranger.tells(
                f"maya.okonkwo@example.com {postcode}",
                email="maya.okonkwo@example.com",
                postcode=postcode,
            )
        )
        steps.append(stranger.next().name)

    assert [hearing.proof for hearing in hearings] == ["not_found"] * 3
    assert steps[-1] == HandoffReason.NOT_PROVED


def test_several_orders_are_shown_and_the_customer_says_which(core: Core):
    samir = core.visitor("samir")
    samir.says("my things came broken", "complain_damaged_item")
    samir.lacks()

    asked = samir.says(
        "samir.haddad@example.com L15 3HE", email="samir.haddad@example.com", postcode="L15 3HE"
    )
    assert asked.name == Question.WHICH_ORDER
    assert len(asked.choices) == 2

    samir.tells('/inform{"order_number": "W-10679"}', order_number="W-10679")
    assert samir.case.is_proved
    assert samir.case.sku == "GLA-WIN"


def test_of_several_orders_the_one_that_was_described_is_taken(core: Core):
    samir = core.visitor("samir", customer_id="C-1014")

    samir.tells("two of the wine glasses came broken", "complain_damaged_item")

    assert samir.case.order_number == "W-10679"


def test_a_signed_in_customer_needs_no_proof(core: Core):
    visitor = core.visitor("maya", customer_id="C-1001")

    asked = visitor.says(
        "the blender W-10482 came smashed", "complain_damaged_item", order_number="W-10482"
    )

    assert visitor.case.proved_by == "signed_in"
    assert asked.name == Question.WISH


def test_a_signed_in_customer_with_one_order_is_not_asked_which(core: Core):
    visitor = core.visitor("maya", customer_id="C-1001")

    assert visitor.says("the blender came smashed", "complain_damaged_item").name == Question.WISH


def test_being_signed_in_opens_nobody_elses_order(core: Core):
    visitor = core.visitor("maya", customer_id="C-1001")

    asked = visitor.says("W-10517 came broken", "complain_damaged_item", order_number="W-10517")

    assert asked.name == Question.PROOF
    assert "paid_with" not in asked.words


# A second complaint


def test_a_second_complaint_is_noted_and_the_first_goes_on(core: Core):
    visitor = maya(core)
    before = visitor.next()

    hearing = visitor.tells("also your driver was rude to my mother", "complain_poor_service")

    first, second = visitor.cases
    assert hearing.second == second.reference
    assert second.story == ["also your driver was rude to my mother"]
    assert first.story != second.story
    assert visitor.next().kind == before.kind


def test_the_second_complaint_is_turned_to_when_the_first_is_settled(core: Core):
    visitor = maya_with_offers(core)
    visitor.tells("also your driver was rude to my mother", "complain_poor_service")
    assert core.casebook.turn_to_next(visitor.id) is None  # not before

    visitor.presses("replacement")
    words = core.casebook.turn_to_next(visitor.id)

    assert words["story"] == "also your driver was rude to my mother"
    assert visitor.next().kind == "confirm"  # the same message still tells of the first
    assert visitor.says("hm", "affirm").name == Question.WISH


def test_what_is_known_of_the_customer_is_not_asked_for_the_second_complaint(core: Core):
    visitor = maya_with_offers(core)
    visitor.tells("also I can't cancel my account", "complain_account_problem")
    visitor.presses("replacement")
    core.casebook.turn_to_next(visitor.id)

    assert visitor.says("ok", "affirm").name == Question.WISH  # not their e-mail address
    assert visitor.cases[1].email == "maya.okonkwo@example.com"


def test_saying_more_of_the_same_is_no_second_complaint(core: Core):
    visitor = maya(core)

    visitor.tells("and the base was cracked too", "complain_damaged_item")

    assert len(visitor.cases) == 1
    assert "and the base was cracked too" in visitor.case.story


def test_starting_over_sets_the_case_aside_and_keeps_who_they_are(core: Core):
    visitor = maya(core)
    visitor.tells("let's start over", "start_over")

    assert core.casebook.start_over(visitor.id, visitor.said.message_id)

    old, new = visitor.cases
    assert (old.status, new.status) == ("withdrawn", "listening")
    assert new.story == [] and new.email == "maya.okonkwo@example.com"


# Sums, parts, and what was never ordered


def test_a_sum_on_top_replaces_none(core: Core):
    hannah = core.visitor("hannah")
    hannah.tells(
        "you took £58 twice", "complain_wrong_charge",
        order_number="W-10595", postcode="N16 7UR", money={"amount": "58.00", "currency": "GBP"},
    )  # fmt: skip

    hannah.tells("and there's a bank fee of £12 too", money={"amount": "12.00", "currency": "GBP"})
    assert str(hannah.case.claimed) == "£58.00"

    hannah.tells("it was £85, not £58", "correct", money={"amount": "85.00", "currency": "GBP"})
    assert str(hannah.case.claimed) == "£85.00"


def test_a_part_wished_for_by_its_name_comes_first(core: Core):
    priya = core.visitor("priya")
    priya.tells(
        "it hisses and never gets up to pressure, LE2 3FJ", "complain_damaged_item",
        order_number="W-10533", postcode="LE2 3FJ",
    )  # fmt: skip
    step = priya.says("a new valve", "express_wish")
    while step.kind == "ask" and step.name == Question.CONFIRMATION:
        step = priya.confirms()

    assert step.choices[0].title == "utter_option_resend_part_named"
    assert step.choices[0].words["part"] == "pressure valve"


@pytest.mark.parametrize(
    "said", ["It was a flight, nothing was sent anywhere", "I'm complaining about my BANK CARD"]
)
def test_asked_for_an_order_they_may_say_that_there_is_none(core: Core, said: str):
    ada = core.visitor("ada")
    ada.tells("flight cancelled and no refund yet", "complain_wrong_charge")
    assert ada.says("booking ref is QX7T2L", order_number="QX7T2L").name == Question.PROOF

    assert ada.tells(said, "nlu_fallback").has_none

    assert ada.next().name not in (Question.PROOF, Question.ORDER_NUMBER)


def test_who_did_not_want_what_was_settled_is_brought_to_a_person(core: Core):
    visitor = maya_with_offers(core)
    visitor.presses("full_refund")

    hearing = visitor.tells("NO! cancel the refund", "complain_account_problem")

    assert hearing.changed_mind and len(visitor.cases) == 1


# Danger and repeats


def test_danger_brings_a_person_whatever_else_is_missing(core: Core):
    visitor = core.visitor("richard")

    step = visitor.says("it gave me an electric shock", "report_danger", danger="electric_shock")

    assert (step.kind, step.name) == ("hand_off", HandoffReason.DANGER)


def test_the_same_thing_gone_wrong_within_90_days_goes_to_a_senior_person(core: Core):
    first = maya_with_offers(core)
    first.presses("replacement")
    core.clock.advance(timedelta(days=80))

    second = maya(core)

    assert second.next().name == HandoffReason.STILL_WRONG
    assert second.case.repeat_of == first.case.reference


def test_after_90_days_it_is_a_new_complaint(core: Core):
    maya_with_offers(core).presses("replacement")
    core.clock.advance(timedelta(days=91))

    assert maya(core).next().kind == "offer"


def test_an_unproved_complaint_about_the_order_makes_nobody_a_repeat(core: Core):
    stranger = core.visitor("stranger")
    stranger.says("broken", "complain_damaged_item", order_number="W-10482")
    stranger.asks_for_a_person()

    assert maya(core).next().kind == "offer"


def test_complaining_again_of_what_was_settled_is_heard_as_still_wrong(core: Core):
    visitor = maya_with_offers(core)
    visitor.presses("replacement")

    hearing = visitor.tells("the new one is smashed too!", "complain_damaged_item")

    assert hearing.still_wrong
    assert len(visitor.cases) == 1
    assert visitor.case.story[-1] == "the new one is smashed too!"


def test_heard_reads_the_last_value_because_people_correct_themselves():
    message = heard("W-1, no, W-2", order_number=("W-1", "W-2"))

    assert message.detail("order_number") == "W-2"


def test_turning_to_somebody_elses_order_tells_nothing_of_it(core: Core):
    visitor = maya_with_offers(core)
    visitor.tells("also W-10517 never came", "complain_late_delivery", order_number="W-10517")
    visitor.presses("replacement")

    words = core.casebook.turn_to_next(visitor.id)

    assert words["order"] == "W-10517"
    assert not {"item", "shipped", "promised", "delivered", "paid_with"} & set(words)


@pytest.mark.parametrize("said, number", [("XK2P9F", "XK2P9F"), ("xk2-p9f.", "XK2-P9F")])
def test_a_code_by_itself_is_the_number_that_was_asked_for(core: Core, said, number):
    visitor = core.visitor("ada")
    visitor.says("my flight was cancelled and nobody pays it back", "complain_late_delivery")
    assert visitor.case.pending == Question.ORDER_NUMBER

    visitor.says(said, "nlu_fallback")

    assert visitor.case.order_number == number


@pytest.mark.parametrize("said", ["it's not an order it's my internet", "there is no order"])
def test_where_nothing_was_ordered_no_order_is_looked_for(core: Core, said):
    visitor = core.visitor("ada")
    visitor.says("my broadband was down for a week", "complain_late_delivery")

    heard = visitor.tells(said, "nlu_fallback")
    core.casebook.go_without(visitor.id, visitor.said.message_id)

    assert heard.has_none
    assert visitor.next().name == Question.WISH


def test_what_nobody_understood_before_there_was_a_case_is_not_told_again(core: Core, monkeypatch):
    speaker, visitor = Speaker(core, monkeypatch), core.visitor("nasreen")
    said = core.conversations.receive(visitor.id, "the lamp flickers like a haunted house", "c1")[0]
    speaker.tell(visitor, said.text, "nlu_fallback", message_id=str(said.id))

    told = " ".join(speaker.tell(visitor, "M8 8LW", "inform", postcode="M8 8LW"))

    assert visitor.case.story == ["the lamp flickers like a haunted house"]
    assert "What happened" not in told


@pytest.mark.parametrize("said", ["LE15 8DH. no wait, LE15 8DX", "it's SW9 8QF"])
def test_what_only_says_where_it_went_is_no_wish_and_no_part_of_the_story(core: Core, said: str):
    visitor = core.visitor("maya")
    visitor.says("your man hung up on me", "complain_poor_service")
    assert visitor.case.pending == Question.WISH
    told = list(visitor.case.story)

    visitor.tells(said, "nlu_fallback", postcode=said.split()[-2] + " " + said.split()[-1])

    assert visitor.case.wish is None and visitor.case.story == told
