"""Keeping: what a person has promised and may not keep. The lead hears before, the customer once.

A remedy that the shop carries out is broken once, and told by `casebook/fulfilling.py`: a date
for it cannot be put off by some hours.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints import local_time
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.conversation import Conversation
from complaints.fulfilment import SHOP, is_with_shop
from complaints.handoff import Handoff
from complaints.outbox import OutboxMessage
from complaints.policy import Policy
from complaints.promise import PromiseState

# What a person may promise besides a remedy; in domain.yml: utter_promise_<kind>.
PROMISES_OF_PEOPLE = ("next_word", "call_back", "written_apology", "put_right")
NOBODY_FREE, NOBODY_FREE_AGAIN = "nobody was free", "nobody was free again"
_OVER = (CaseStatus.CLOSED, CaseStatus.WITHDRAWN)


def at_risk(session: Session, policy: Policy, now: datetime) -> list[tuple[Handoff, PromiseRow]]:
    """Promises whose plan has slipped while there is time to do something about it (R19).

    Told while somebody is there to do it, or when nobody will be before it breaks.
    """
    calendar = policy.calendar
    opens = now if calendar.is_open(now) else calendar.next_opening(now)
    found = []
    for row in _slipping_of_people(session, now):
        if now < opens < row.due_at:
            continue
        handoff = _handoff_of(session, row)
        if handoff and row.promise().is_at_risk(now):
            found.append((handoff, row))
    return found


def broken(
    session: Session, policy: Policy, now: datetime
) -> list[tuple[Case, PromiseRow, PromiseRow | None]]:
    """Moves each broken promise of a person twice; a third time it stays broken.

    Gives (case, the old promise, the new one or None).
    """
    found: list[tuple[Case, PromiseRow, PromiseRow | None]] = []
    for row in _slipping_of_people(session, now):
        promise = row.promise()
        if not promise.is_breached(now) or is_with_shop(session, row):
            continue
        case = session.get_one(Case, row.case_reference)
        if row.moved_because == NOBODY_FREE_AGAIN:
            row.become(promise.breach(now))
            found.append((case, row, None))
            continue
        due = policy.promises["first_reply_by_a_person"].due(policy.calendar, now)
        why = NOBODY_FREE_AGAIN if row.moved_because == NOBODY_FREE else NOBODY_FREE
        moved, fresh = promise.move(due, now, because=why)
        row.become(moved)
        new = PromiseRow.of(fresh)
        new.moved_because = why
        case.promises.append(new)
        session.flush()
        for handoff in session.scalars(select(Handoff).where(Handoff.promise_id == row.id)):
            handoff.promise_id = new.id
            handoff.urgent = True
        found.append((case, row, new))
    return found


def late_notice(
    case: Case, old: PromiseRow, new: PromiseRow, policy: Policy, now: datetime
) -> OutboxMessage:
    """Tells a customer that we did not keep our word in time, and the new time; sent once."""
    is_reply = new.kind == "first_reply_by_a_person"
    response = "utter_reply_is_late" if is_reply else "utter_promise_is_late"
    if new.moved_because == NOBODY_FREE_AGAIN:
        response = "utter_reply_is_late_again" if is_reply else "utter_promise_is_late_again"
    return OutboxMessage(
        key=f"late:{old.id}",
        transport="chat",
        payload={
            "conversation_id": case.conversation_id,
            "response": response,
            "words": {
                "due": local_time.moment(new.due_at, case, policy, now),
                "was": local_time.by(old.due, case, policy, now),
                "reference": case.reference,
            },
        },
        case_reference=case.reference,
        due_at=now,
        created_at=now,
    )


def _slipping_of_people(session: Session, now: datetime) -> list[PromiseRow]:
    """Open promises that a person, and not the shop, has to keep, and whose plan has passed.

    Held with their conversation, as a person's deed holds it: a reply that keeps the promise in
    this moment would otherwise be told as late. What somebody holds is passed over until the
    next look, so that nobody waits.
    """
    return list(
        session.scalars(
            select(PromiseRow)
            .join(Case, Case.reference == PromiseRow.case_reference)
            .join(Conversation, Conversation.id == Case.conversation_id)
            .where(
                PromiseRow.state == PromiseState.PENDING,
                PromiseRow.planned_at < now,
                PromiseRow.owner != SHOP,
                Case.status.not_in(_OVER),
            )
            .order_by(PromiseRow.id)
            .with_for_update(of=[PromiseRow, Conversation], skip_locked=True)
        )
    )


def _handoff_of(session: Session, row: PromiseRow) -> Handoff | None:
    """The handoff whose promise it is, else the last of its case."""
    its = select(Handoff).where(Handoff.case_reference == row.case_reference)
    return (
        session.scalars(its.where(Handoff.promise_id == row.id)).first()
        or session.scalars(its.order_by(Handoff.id.desc())).first()
    )
