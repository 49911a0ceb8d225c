"""The invitation back: a voucher for whoever says that all is well again, where policy has one.

It counts as goodwill, within the limits of a case and of a customer's year (R15), and is the
same for everybody: who may not have all of it has none.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from complaints.case import Case, Offer, OfferStatus, PromiseRow
from complaints.fulfilment import SHOP, InstructionRow
from complaints.instructing import instruction
from complaints.money import Money
from complaints.policy import Policy
from complaints.promise import Promise
from complaints.register import goodwill_given

KIND = "invitation"
_COUNTS = ("goodwill", "voucher", KIND)


def invite(session: Session, case: Case, policy: Policy, now: datetime) -> Offer | None:
    """Grants it once: the offer, its promise, and what the shop is told. None when it is not due."""
    amount = _amount(session, case, policy, now)
    if amount is None:
        return None
    due = policy.remedies["voucher"].arrives.due(policy.calendar, now)
    offer = Offer(
        kind=KIND,
        amount=str(amount.amount),
        currency=amount.currency,
        planned_at=due.planned_at,
        due_at=due.told_at,
        by_the_day=due.by_the_day,
        clause="goodwill/invitation",
        status=OfferStatus.ACCEPTED,
        offered_at=now,
        answered_at=now,
    )
    case.offers.append(offer)
    promise = PromiseRow.of(Promise.make(KIND, due, now, owner=SHOP))
    case.promises.append(promise)
    key, number = f"{case.reference}:{KIND}", case.order_number or ""
    told = instruction(case, key, "voucher", number, None, None, amount, now)
    session.add_all([told, InstructionRow.of(told, promise)])
    return offer


def invited(case: Case) -> Offer | None:
    return next((offer for offer in case.offers if offer.kind == KIND), None)


def _amount(session: Session, case: Case, policy: Policy, now: datetime) -> Money | None:
    amount, limits = policy.goodwill.invitation, policy.goodwill
    # Without an order there is nobody the shop could send it to.
    if amount is None or not case.is_proved or not case.order_number or invited(case):
        return None
    had = [
        offer.money
        for offer in case.offers
        if offer.kind in _COUNTS and offer.status == OfferStatus.ACCEPTED and offer.money
    ]
    in_case = sum(had, amount)
    in_year = goodwill_given(session, case, amount.currency, now) + amount
    within = in_case <= limits.per_case and in_year <= limits.per_customer_per_year
    return amount if within else None
