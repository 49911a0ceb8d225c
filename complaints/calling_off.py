"""Calling off: what a person's remedy takes the place of, so that never two are told that cannot be.

A voucher on top of a replacement is one more; a refund is instead of it.
"""

from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from complaints.case import Case, Offer, OfferStatus, PromiseRow
from complaints.fulfilment import InstructionStage, instructions_of
from complaints.outbox import OutboxMessage
from complaints.promise import PromiseState

SETTLED_ANEW = "settled anew"
# Nobody gets the new one and the money for the old one; and the same twice is the second try.
_INSTEAD_OF = {
    "replacement": {"replacement", "full_refund", "repair", "resend_part"},
    "full_refund": {"replacement", "full_refund", "partial_refund", "repair", "resend_part"},
    "partial_refund": {"partial_refund", "full_refund"},
    "repair": {"replacement", "full_refund", "repair"},
    "resend_part": {"full_refund", "resend_part"},
}


def call_off(session: Session, case: Case, chosen: Offer, now: datetime) -> list[Offer]:
    """Ends the remedies that `chosen` takes the place of, and gives it back where that is too late.

    1. The old offer lapses, so that the assistant never tells of it again.
    2. Its promise is no longer owed.
    3. What the shop was not told yet, it is not told. What is given back is on its way
       already: a person has to stop it, or let it be.
    """
    too_late = []
    for offer in case.offers:
        if offer is chosen or offer.status != OfferStatus.ACCEPTED:
            continue
        if offer.kind not in _INSTEAD_OF.get(chosen.kind, ()):
            continue
        was_promised = case.promise_of(offer) if _is_promised(case, offer) else None
        offer.status = OfferStatus.LAPSED
        if was_promised is None or was_promised.state != PromiseState.PENDING:
            continue  # not settled yet; or kept, or broken, and that is history
        was_promised.state, was_promised.settled_at = PromiseState.MOVED, now
        was_promised.moved_because = SETTLED_ANEW
        if not _kept_from_shop(session, was_promised, now):
            too_late.append(offer)
    return too_late


def _is_promised(case: Case, offer: Offer) -> bool:
    return any(row.kind == offer.kind for row in case.promises)


def _kept_from_shop(session: Session, promise: PromiseRow, now: datetime) -> bool:
    """Takes its instructions out of the outbox; False when one was told, or is being told."""
    kept = True
    for row in instructions_of(session, promise.id):
        if row.state in (InstructionStage.REFUSED, InstructionStage.CALLED_OFF):
            continue
        withdrawn = session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.key == row.key,
                OutboxMessage.sent_at.is_(None),
                OutboxMessage.claimed_by.is_(None),
            )
            .values(gave_up_at=now, last_error=SETTLED_ANEW)
        )
        if row.state == InstructionStage.ASKED and cast(CursorResult, withdrawn).rowcount:
            row.state, row.look_at = InstructionStage.CALLED_OFF, None
        else:
            kept = False
    return kept
