"""Handing over: the person, the frozen summary and the promise, all or none."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from complaints import telling
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.conversation import Conversation, Handler
from complaints.handoff import Handoff, HandoffReason, summarise
from complaints.orders import Order
from complaints.outbox import OutboxMessage
from complaints.policy import Policy
from complaints.promise import Promise, moment_in_words
from complaints.question import missing
from complaints.turn import HandedOver


def give(
    session: Session,
    case: Case,
    order: Order | None,
    reason: HandoffReason,
    policy: Policy,
    now: datetime,
) -> Handoff:
    """Queues one case for a person, with what they must know and by when they answer."""
    due = policy.promises["first_reply_by_a_person"].due(policy.calendar, now)
    promise = PromiseRow.of(Promise.make("first_reply_by_a_person", due, now, owner="queue"))
    case.promises.append(promise)
    handoff = queue(session, case, order, reason, promise, policy, now)
    case.become(CaseStatus.WITH_PERSON)
    case.pending = None
    session.get_one(Conversation, case.conversation_id).handler = Handler.QUEUE
    return handoff


def queue(
    session: Session, case: Case, order: Order | None, reason: HandoffReason,
    promise: PromiseRow, policy: Policy, now: datetime,
) -> Handoff:  # fmt: skip
    """Puts a case in a person's queue for a promise already made; the assistant goes on."""
    session.flush()  # the promise gets its number
    handoff = Handoff(
        conversation_id=case.conversation_id,
        case_reference=case.reference,
        promise_id=promise.id,
        reason=reason,
        urgent=reason.is_urgent,
        silences=reason is not HandoffReason.PROMISED,
        summary=_summary(case, reason, order, policy),
        made_at=now,
    )
    session.add(handoff)
    return handoff


def renew_summary(handoff: Handoff, case: Case, policy: Policy) -> None:
    """Puts into the summary what the customer added before anybody took it over."""
    item = handoff.summary.get("details", {}).get("item")
    fresh = _summary(case, HandoffReason(handoff.reason), None, policy)
    if item and "item" not in fresh["details"]:
        fresh["details"]["item"] = item
    handoff.summary = fresh


def _summary(
    case: Case, reason: HandoffReason, order: Order | None, policy: Policy
) -> dict[str, Any]:
    category = policy.category(case.category) if case.category else None
    still_open = [str(question) for question in missing(case, category, order, ())]
    label = category.label if category else None
    return summarise(case, reason, label, order, still_open).as_json()


def told(
    session: Session, handoff: Handoff, policy: Policy, now: datetime, already: bool = False
) -> HandedOver:
    """What the customer hears of a handoff, from its saved promise."""
    promise = session.get_one(PromiseRow, handoff.promise_id)
    case = session.get_one(Case, handoff.case_reference)
    return HandedOver(
        reference=case.reference,
        due=moment_in_words(promise.due_at, policy.opening_hours.timezone, now),
        open_now=policy.calendar.is_open(now),
        reason=handoff.reason,
        already=already,
        knows_story=bool(case.story),
        phone=telling.shown(case, "phone"),
    )


def late_replies(
    session: Session, policy: Policy, now: datetime
) -> list[tuple[Handoff, PromiseRow, PromiseRow | None]]:
    """Moves each broken promise of a person's answer once; a second time it stays broken.

    Gives (handoff, the old promise, the new one or None).
    """
    found = []
    for handoff in session.query(Handoff).filter(
        Handoff.taken_at.is_(None), Handoff.ended_at.is_(None)
    ):
        row = session.get_one(PromiseRow, handoff.promise_id)
        promise = row.promise()
        if not promise.is_pending or not promise.is_breached(now):
            continue
        if row.moved_because == "nobody was free":
            row.become(promise.breach(now))
            found.append((handoff, row, None))
            continue
        due = policy.promises["first_reply_by_a_person"].due(policy.calendar, now)
        moved, fresh = promise.move(due, now, because="nobody was free")
        row.become(moved)
        new = PromiseRow.of(fresh)
        new.moved_because = "nobody was free"
        case = session.get_one(Case, handoff.case_reference)
        case.promises.append(new)
        session.flush()
        handoff.promise_id = new.id
        handoff.urgent = True
        found.append((handoff, row, new))
    return found


def late_notice(
    conversation_id: str, old: PromiseRow, told: HandedOver, now: datetime
) -> OutboxMessage:
    """Tells a customer that nobody answered in time, and the new time; sent once."""
    return OutboxMessage(
        key=f"late:{old.id}",
        transport="chat",
        payload={
            "conversation_id": conversation_id,
            "response": "utter_reply_is_late",
            "words": {"due": told.due, "reference": told.reference},
        },
        case_reference=told.reference,
        due_at=now,
        created_at=now,
    )
