"""What is still missing from a case: one question at a time, and never one already answered."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from complaints.case import Case
from complaints.orders import Order
from complaints.policy import Category


class Question(StrEnum):
    """Something we may have to ask. In domain.yml: utter_ask_<question>, …_again, utter_why_<question>."""

    STORY = "story"
    CATEGORY = "category"
    ORDER_NUMBER = "order_number"
    EMAIL_AND_POSTCODE = "email_and_postcode"  # for somebody without the order number
    WHICH_ORDER = "which_order"
    PROOF = "proof"
    ITEM = "item"
    PHOTO = "photo"
    EMAIL = "email"
    WISH = "wish"
    CONFIRMATION = "confirmation"
    CHOICE = "choice"
    PHONE = "phone"  # once a call-back is chosen


# Answers that made the case a thing told in pieces: then it is read back with a question.
_TOLD_IN_PIECES = (Question.STORY, Question.CATEGORY, Question.ITEM, Question.WISH)

# Asked so often and answered with other things, these are done without.
_ASKED_AT_MOST = {Question.WISH: 3, Question.PHOTO: 3}
READ_BACK_AT_MOST = 2  # times; the offers say it once more, and nothing is settled without a choice


def missing(
    case: Case,
    category: Category | None,
    order: Order | None,
    candidates: Sequence[Order],
    photo_helps: bool = False,
) -> list[Question]:
    """Every question still to be asked, the next one first.

    `order` is the order once it is proved to be theirs; `candidates` are orders that are
    theirs when they have no number; `photo_helps` when so much is at stake that a photo may be
    asked for. What the customer said they do not have is not missing.
    """
    return list(_missing(case, category, order, candidates, photo_helps))


def _missing(
    case: Case,
    category: Category | None,
    order: Order | None,
    candidates: Sequence[Order],
    photo_helps: bool,
) -> Iterator[Question]:
    if case.handed_back_at is not None:
        yield from _left_by_a_person(case)
        return
    if not case.story:
        yield Question.STORY
        return  # without it nobody knows what else to ask
    if category is None:
        yield Question.CATEGORY
        return
    if "order_number" in category.ask_for and order is None:
        yield from _order_questions(case, candidates)
    if order is not None and _item_matters(case, category, order):
        yield Question.ITEM
    if "email" in category.ask_for and not case.email and Question.EMAIL not in case.without:
        yield Question.EMAIL
    if not case.wish and not case.wish_kinds and _may_ask(Question.WISH, case):
        yield Question.WISH
    if photo_helps and not case.photos and _may_ask(Question.PHOTO, case):
        yield Question.PHOTO
    never_told = () if case.wish or case.wish_kinds else (Question.WISH,)
    left_out = {*case.without, *never_told}
    pieces = [each for each in _TOLD_IN_PIECES if each in case.asked and each not in left_out]
    to_agree = case.agreed_at is None and Question.CONFIRMATION not in case.without
    if pieces and to_agree and case.asked.get(Question.CONFIRMATION, 0) < READ_BACK_AT_MOST:
        yield Question.CONFIRMATION
    yield from _to_choose(case)


def _may_ask(question: Question, case: Case) -> bool:
    return question not in case.without and case.asked.get(question, 0) < _ASKED_AT_MOST[question]


def _left_by_a_person(case: Case) -> Iterator[Question]:
    """After a person only what they left to the assistant: the rest was said to them (R24)."""
    has = {
        Question.STORY: case.story,
        Question.CATEGORY: case.category,
        Question.ORDER_NUMBER: case.order_number,
        Question.PROOF: case.is_proved,
        Question.ITEM: case.sku,
        Question.PHOTO: case.photos,
        Question.EMAIL: case.email,
        Question.WISH: case.wish or case.wish_kinds,
        Question.PHONE: case.phone,
    }
    for name in case.left_to_ask:
        question = Question(name)
        if question not in case.without and not has.get(question):
            yield question
    yield from _to_choose(case)


def _to_choose(case: Case) -> Iterator[Question]:
    """Which way of putting it right they take, and what that cannot be done without."""
    chosen = case.accepted_offer()
    if chosen is None:
        yield Question.CHOICE
    elif chosen.kind == "call_back" and not case.phone:
        yield Question.PHONE
    elif chosen.kind in ("written_apology", "voucher") and not case.email:
        yield Question.EMAIL


def _order_questions(case: Case, candidates: Sequence[Order]) -> Iterator[Question]:
    if case.order_number:
        if Question.PROOF not in case.without:
            yield Question.PROOF
    elif candidates:
        if Question.WHICH_ORDER not in case.without:
            yield Question.WHICH_ORDER
    elif Question.ORDER_NUMBER not in case.without and not (case.email or case.postcode):
        yield Question.ORDER_NUMBER
    elif Question.EMAIL_AND_POSTCODE not in case.without:
        yield Question.EMAIL_AND_POSTCODE


def _item_matters(case: Case, category: Category, order: Order) -> bool:
    return (
        category.about_an_item
        and len(order.lines) > 1
        and case.sku is None
        and Question.ITEM not in case.without
    )
