"""The matter in hand: a case together with the order it is about, asked of the shop once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from complaints.case import Case
from complaints.conversation import Conversation
from complaints.errors import OrdersUnavailable
from complaints.heard import Heard
from complaints.money import Money
from complaints.orders import Order, OrderBook, plain_number
from complaints.own_words import shows
from complaints.policy import Category, Policy
from complaints.question import Question, missing
from complaints.refunds import Refund
from complaints.remedy import needs_photo
from complaints.resolution import situation_of
from complaints.situation import Situation


@dataclass(frozen=True)
class Matter:
    """The open case, its order once that is proved to be theirs, and how policy sees it."""

    case: Case
    order: Order | None
    candidates: Sequence[Order]  # their orders, when they have no number
    situation: Situation
    category: Category | None
    questions: list[Question]  # still to be asked, the next one first


def matter_of(
    case: Case, orders: OrderBook, policy: Policy, given: Money, refunds: Sequence[Refund],
    now: datetime,
) -> Matter:  # fmt: skip
    """Puts the matter together.

    `given` is the goodwill this customer had in the last year, `refunds` what other cases gave
    back of the same order.
    """
    order = proved_order(case, orders)
    candidates = () if order else their_orders(case, orders, case.email, case.postcode)
    situation = situation_of(case, order, given, now, refunds)
    category = policy.category(case.category) if case.category else None
    dear = category is not None and needs_photo(policy, situation)
    photo_helps = dear and shows(" ".join(case.story))
    questions = missing(case, category, order, candidates, photo_helps)
    return Matter(case, order, candidates, situation, category, questions)


def proved_order(case: Case, orders: OrderBook) -> Order | None:
    """The case's order, but only once it is proved: before that nothing may be said of it."""
    return orders.find(case.order_number) if case.is_proved and case.order_number else None


def known_order(case: Case, orders: OrderBook) -> Order | None:
    """The case's order once it is proved; none as well while the shop cannot be asked."""
    try:
        return proved_order(case, orders)
    except OrdersUnavailable:
        return None


def named_orders(
    case: Case | None, conversation: Conversation, heard: Heard, orders: OrderBook
) -> tuple[Order | None, Sequence[Order]]:
    """The order whose number was given, and else the orders that can only be theirs."""
    number = heard.detail("order_number") or (case.order_number if case else None)
    if case and case.pending == Question.ORDER_NUMBER and not number:
        number = plain_number(heard.words) if any(sign.isdigit() for sign in heard.words) else None
    named = orders.find(number) if number else None
    if case is not None and case.is_proved:
        return named, ()
    email = heard.detail("email") or (case.email if case else None)
    postcode = heard.detail("postcode") or (case.postcode if case else None)
    if conversation.customer_id:
        return named, orders.orders_of(conversation.customer_id)
    return named, their_orders(case, orders, email, postcode)


def their_orders(
    case: Case | None, orders: OrderBook, email: str | None, postcode: str | None
) -> Sequence[Order]:
    """Orders of somebody without the number: signed in, or knowing both e-mail and postcode."""
    if case is not None and case.customer_id:
        return orders.orders_of(case.customer_id)
    if email and postcode:
        return orders.search(email=email, postcode=postcode)
    return ()
