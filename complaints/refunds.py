"""What was paid back for an order in other cases: nobody is offered the same money twice.

The shop would refuse it, after we had promised it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints.case import Case, CaseStatus, Offer, OfferStatus, PromiseRow
from complaints.fulfilment import InstructionRow, InstructionStage
from complaints.money import Money

if TYPE_CHECKING:
    from complaints.situation import Situation

REFUNDS = ("full_refund", "partial_refund", "refund_shipping")


@dataclass(frozen=True)
class Refund:
    """Money that goes back or has gone back, of a thing in the order or, without `sku`, of all."""

    kind: str
    amount: Money
    sku: str | None = None


def refunds_for(session: Session, case: Case) -> tuple[Refund, ...]:
    """Those that other cases about the same order were promised, and the shop did not refuse."""
    if not case.order_number or not case.is_proved:
        return ()
    refused = (
        select(InstructionRow.id)
        .join(PromiseRow, PromiseRow.id == InstructionRow.promise_id)
        .where(
            PromiseRow.case_reference == Offer.case_reference,
            PromiseRow.kind == Offer.kind,
            InstructionRow.state == InstructionStage.REFUSED,
        )
    )
    offers = session.scalars(
        select(Offer)
        .join(Case, Case.reference == Offer.case_reference)
        .where(
            Case.order_number == case.order_number,
            Case.reference != case.reference,
            Case.proved_by.is_not(None),
            Case.status != CaseStatus.WITHDRAWN,
            Offer.kind.in_(REFUNDS),
            Offer.status == OfferStatus.ACCEPTED,
            ~refused.exists(),
        )
    )
    return tuple(Refund(each.kind, each.money, each.sku) for each in offers if each.money)


def is_given_back(situation: Situation, kind: str, amount: Money | None) -> bool:
    """Whether so much of it went back already that this refund would be more than was paid."""
    order, line, given = situation.order, situation.line, situation.given_back
    if kind not in REFUNDS or order is None or amount is None or not given:
        return False
    if _more_than(order.total, amount, given):
        return True
    if kind == "refund_shipping":
        return _more_than(order.shipping, amount, (g for g in given if g.kind == kind))
    if line is None:
        return False
    of_it = [each for each in given if each.kind != "refund_shipping"]
    of_it = [each for each in of_it if each.sku in (line.sku, None)]
    return _more_than(line.unit_price * line.quantity, amount, of_it)


def _more_than(paid: Money, amount: Money, given: Iterable[Refund]) -> bool:
    same = [each.amount for each in given if each.amount.currency == paid.currency]
    return bool(same) and sum(same, amount) > paid
