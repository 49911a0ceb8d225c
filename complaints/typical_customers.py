"""Typical customers of each category, made up, for telling what the policy means in practice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from complaints.money import Money
from complaints.orders import Order, OrderLine
from complaints.policy import Category, Policy
from complaints.refunds import Refund
from complaints.situation import Situation


def typical_customers(
    policy: Policy, category: Category, at: datetime
) -> Iterator[tuple[str, Situation]]:
    """The usual customer of a category, then others of whom one thing is different."""
    title, usual = _usual_customer(policy, category, at)
    today, currency = policy.calendar.today(at), policy.goodwill.per_case.currency
    yield title, usual
    if category.once_arrived:
        yield "It came in the end", _with_order(usual, delivered_on=today)
    if usual.claimed:
        yield "No sum is named, or more than the order was worth", replace(usual, claimed=None)
    yield "It is sold out", _with_line(usual, in_stock=False)
    yield "It cannot be repaired", _with_line(usual, can_be_repaired=False)
    lid = replace(usual, part="lid", wish=frozenset(["resend_part"]))
    yield "They ask for one part of it, which we have", lid
    yield "It has no parts", _with_line(usual, parts=())
    yield "Delivery was free", _with_order(usual, shipping=Money.zero(currency))
    yield "We cannot find the order", replace(usual, order=None, line=None)
    if not category.once_arrived:
        for days in sorted({each.within_days or 0 for each in policy.remedies.values()} - {0}):
            long_ago = today - timedelta(days + 1)
            yield f"Delivered more than {days} days ago", _with_order(usual, delivered_on=long_ago)
    if usual.order is not None and usual.price is not None:
        refund = Refund("full_refund", usual.price, usual.line.sku if usual.line else None)
        yield "Its price was given back before", replace(usual, given_back=(refund,))
    spent = policy.goodwill.per_customer_per_year
    yield "They had all the goodwill of a year", replace(usual, goodwill_given_this_year=spent)


def _usual_customer(policy: Policy, category: Category, at: datetime) -> tuple[str, Situation]:
    order = _kettle_order(policy, at)
    kettle = order.lines[0]
    usual = Situation(category.name, order, kettle if category.about_an_item else None, at)
    if "order_number" not in category.ask_for:
        return "They are offered", replace(usual, order=None)
    if any(each.as_claimed for each in category.offer):
        claimed = Money(12, order.currency)
        return f"{claimed} was taken wrongly", replace(usual, claimed=claimed)
    if category.once_arrived:
        waiting = _with_order(usual, delivered_on=None, status="shipped")
        return f"A kettle for {kettle.unit_price} that should be there by now", waiting
    return f"A kettle for {kettle.unit_price}, delivered five days ago", usual


def _with_order(situation: Situation, **changes: object) -> Situation:
    if situation.order is None:
        return situation
    return replace(situation, order=replace(situation.order, **changes))  # type: ignore[arg-type]


def _with_line(situation: Situation, **changes: object) -> Situation:
    if situation.order is None:
        return situation
    line = replace(situation.order.lines[0], **changes)  # type: ignore[arg-type]
    return replace(
        situation,
        order=replace(situation.order, lines=(line,)),
        line=line if situation.line is not None else None,
    )


def _kettle_order(policy: Policy, at: datetime) -> Order:
    currency = policy.goodwill.per_case.currency
    price, shipping = Money(64, currency), Money(5, currency)
    kettle = OrderLine("KETTLE", "Kettle", price, 1, True, True, ("lid",))
    today = policy.calendar.today(at)
    return Order(
        number="W-10001",
        customer_id="anybody",
        customer_name="Anybody",
        email="",
        phone="",
        postcode="",
        address="",
        ordered_on=today - timedelta(9),
        shipped_on=today - timedelta(7),
        promised_on=today - timedelta(5),
        delivered_on=today - timedelta(5),
        lines=(kettle,),
        shipping=shipping,
        total=price + shipping,
        status="delivered",
        paid_with="card",
        currency=currency,
    )
