"""Keeping: what a person has promised and may not keep. The lead hears, then the customer, before.

A remedy that the shop carries out is told by `casebook/fulfilling.py`: a date for it cannot be put
off by some hours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints import local_time
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.conversation import Conversation
from complaints.fulfilment import SHOP, is_with_shop
from complaints.handoff import Handoff
from complaints.outbox import OutboxMessage
from complaints.policy import Policy
from complaints.promise import Length, PromiseState, Timing

# What a person may promise besides a remedy; in domain.yml: utter_promise_<kind>.
PROMISES_OF_PEOPLE = ("next_word", "call_back", "written_apology", "put_right")
NOBODY_FREE, NOBODY_FREE_AGAIN = "nobody was free", "nobody was free again"
NOBODY_FREE_OFTEN = "nobody was free, more than twice"
_AFTER = {
    NOBODY_FREE: NOBODY_FREE_AGAIN,
    NOBODY_FREE_AGAIN: NOBODY_FREE_OFTEN,
    NOBODY_FREE_OFTEN: NOBODY_FREE_OFTEN,
}
_HOW_OFTEN = {NOBODY_FREE: "", NOBODY_FREE_AGAIN: "_again", NOBODY_FREE_OFTEN: "_often"}
_SOME_DAYS = Timing(plan=Length(1, "days"), tell=Length(3, "days"))
TOLD_BEFORE = timedelta(minutes=30)  # of the told time: then nobody can be expected to be free
_OVER = (CaseStatus.CLOSED, CaseStatus.WITHDRAWN)


@dataclass(frozen=True)
class Slipped:
    """A promise that is put off, and the one that takes its place."""

    case: Case
    old: PromiseRow
    new: PromiseRow


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


def slipping(session: Session, policy: Policy, now: datetime) -> list[Slipped]:
    """Puts off each promise of a person that nobody will keep, while it still stands, and each
    that was broken unseen.

    Half an hour before its time, or as soon as we open after it. From the third time on it is put
    off by days: another hour that nobody keeps would be one more broken word.
    """
    found = []
    for row in _slipping_of_people(session, now):
        promise = row.promise()
        lead = min(TOLD_BEFORE, (promise.due_at - promise.made_at) / 4)
        stands = now <= promise.due_at
        if stands and (now < promise.due_at - lead or not policy.calendar.is_open(now)):
            continue
        if is_with_shop(session, row):
            continue
        why = _AFTER.get(row.moved_because or "", NOBODY_FREE)
        timing = (
            _SOME_DAYS if why == NOBODY_FREE_OFTEN else policy.promises["first_reply_by_a_person"]
        )
        moved, fresh = promise.move(timing.due(policy.calendar, now), now, because=why)
        row.become(moved)
        new = PromiseRow.of(fresh)
        new.moved_because = why
        case = session.get_one(Case, row.case_reference)
        case.promises.append(new)
        session.flush()
        for handoff in session.scalars(select(Handoff).where(Handoff.promise_id == row.id)):
            handoff.promise_id = new.id
            handoff.urgent = True
        found.append(Slipped(case, row, new))
    return found


def notice(slipped: Slipped, policy: Policy, now: datetime) -> OutboxMessage:
    """Tells a customer the new time, and why, before the old one passes; sent once.

    What passed unseen, with nobody at work to look, is told as broken.
    """
    case, old, new = slipped.case, slipped.old, slipped.new
    how = ("slips" if now <= old.due_at else "is_late") + _HOW_OFTEN[new.moved_because or ""]
    is_reply = new.kind == "first_reply_by_a_person"
    return OutboxMessage(
        key=f"late:{old.id}",
        transport="chat",
        payload={
            "conversation_id": case.conversation_id,
            "response": f"utter_reply_{how}" if is_reply else f"utter_promise_{how}",
            "words": {
                "due": local_time.told(new.due, case, policy, now),
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
