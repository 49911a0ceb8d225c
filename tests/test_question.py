"""What is still missing: one question at a time, and only what is needed."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.case import Case, Offer, OfferStatus
from complaints.demo_shop import DemoShop
from complaints.policy import Policy
from complaints.question import Question, missing
from tests.core import SHOP_POLICY, policy_of

settings.register_profile("patient", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("patient")

POLICY: Policy = policy_of(SHOP_POLICY)
SHOP = DemoShop(date(2026, 11, 23))
BLENDER, FOUR_THINGS = SHOP.find("W-10482"), SHOP.find("W-10644")


def case(**facts) -> Case:
    empty = {"story": [], "wish_kinds": [], "without": [], "asked": {}, "photos": [], "offers": []}
    return Case(reference="KX-4821-M", **{**empty, **facts})


def asked_first(case: Case, order=None, candidates=(), **helps) -> Question | None:
    category = POLICY.category(case.category) if case.category else None
    return next(iter(missing(case, category, order, candidates, **helps)), None)


def offer(kind: str) -> Offer:
    return Offer(kind=kind, status=OfferStatus.ACCEPTED, clause="x")


TOLD = {"story": ["it broke"], "category": "damaged_item"}
PROVED = {**TOLD, "order_number": "W-10482", "proved_by": "postcode"}


@pytest.mark.parametrize(
    "facts, order, question",
    [
        ({}, None, Question.STORY),
        ({"category": "damaged_item"}, None, Question.STORY),
        ({"story": ["it broke"]}, None, Question.CATEGORY),
        (TOLD, None, Question.ORDER_NUMBER),
        ({**TOLD, "without": ["order_number"]}, None, Question.EMAIL_AND_POSTCODE),
        ({**TOLD, "order_number": "W-10482"}, None, Question.PROOF),
        ({**TOLD, "order_number": "W-10482", "without": ["proof"]}, None, Question.WISH),
        (PROVED, BLENDER, Question.WISH),
        (PROVED, FOUR_THINGS, Question.ITEM),
        ({**PROVED, "sku": "MUG-BLU"}, FOUR_THINGS, Question.WISH),
        ({**PROVED, "without": ["item"]}, FOUR_THINGS, Question.WISH),
        ({**PROVED, "category": "late_delivery"}, FOUR_THINGS, Question.WISH),
        ({**PROVED, "wish": "a new one"}, BLENDER, Question.CHOICE),
        ({**PROVED, "wish_kinds": ["replacement"]}, BLENDER, Question.CHOICE),
        ({**PROVED, "without": ["wish"]}, BLENDER, Question.CHOICE),
        ({"story": ["he swore"], "category": "poor_service"}, None, Question.WISH),
        ({"story": ["no login"], "category": "account_problem"}, None, Question.EMAIL),
    ],
)
def test_the_next_question_is_the_first_thing_that_is_missing(facts, order, question):
    assert asked_first(case(**facts), order) == question


def test_somebody_with_several_orders_is_asked_which():
    assert asked_first(case(**TOLD), None, [BLENDER, FOUR_THINGS]) == Question.WHICH_ORDER


def test_a_photo_is_asked_only_when_it_helps_and_only_once():
    facts = {**PROVED, "wish": "a new one"}

    assert asked_first(case(**facts), BLENDER, photo_helps=True) == Question.PHOTO
    assert asked_first(case(**facts, photos=[7]), BLENDER, photo_helps=True) == Question.CHOICE
    assert asked_first(case(**facts, without=["photo"]), BLENDER, photo_helps=True) == (
        Question.CHOICE
    )


def test_what_was_told_in_pieces_is_read_back_and_what_came_at_once_is_not():
    facts = {**PROVED, "wish": "a new one"}

    assert asked_first(case(**facts, asked={"wish": 1}), BLENDER) == Question.CONFIRMATION
    assert asked_first(case(**facts, asked={"proof": 1}), BLENDER) == Question.CHOICE
    agreed = case(**facts, asked={"wish": 1}, agreed_at=datetime(2026, 11, 23))
    assert asked_first(agreed, BLENDER) == Question.CHOICE


@pytest.mark.parametrize(
    "kind, known, question",
    [
        ("call_back", {}, Question.PHONE),
        ("call_back", {"phone": "+447700900123"}, None),
        ("written_apology", {}, Question.EMAIL),
        ("written_apology", {"email": "maya@example.com"}, None),
        ("replacement", {}, None),
    ],
)
def test_a_chosen_remedy_asks_only_for_what_it_needs(kind, known, question):
    settled = case(**PROVED, wish="x", offers=[offer(kind)], **known)

    assert asked_first(settled, BLENDER) == question


FACTS = st.fixed_dictionaries(
    {
        "story": st.sampled_from([[], ["it broke"]]),
        "category": st.sampled_from([None, *POLICY.categories]),
        "order_number": st.sampled_from([None, "W-10482"]),
        "email": st.sampled_from([None, "maya@example.com"]),
        "postcode": st.sampled_from([None, "SW9 8QF"]),
        "wish": st.sampled_from([None, "a new one"]),
        "without": st.lists(st.sampled_from([q.value for q in Question]), unique=True),
        "asked": st.dictionaries(st.sampled_from([q.value for q in Question]), st.just(1)),
    }
)


@given(FACTS, st.booleans())
def test_nothing_that_is_known_or_cannot_be_had_is_ever_asked(facts, photo_helps):
    asked = case(**facts)
    category = POLICY.category(asked.category) if asked.category else None

    questions = missing(asked, category, None, (), photo_helps)

    assert len(questions) == len(set(questions))
    known = {
        Question.STORY: asked.story,
        Question.CATEGORY: asked.category,
        Question.ORDER_NUMBER: asked.order_number,
        Question.EMAIL: asked.email,
        Question.WISH: asked.wish,
    }
    assert not [question for question in questions if known.get(question)]
    needed = {Question.STORY, Question.CATEGORY, Question.CONFIRMATION, Question.CHOICE}
    assert not set(questions) - needed & {Question(each) for each in asked.without}
