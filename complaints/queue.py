"""The queue: who waits for a person and what a person has in hand, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from complaints import people
from complaints.case import Case, PromiseRow
from complaints.conversation import Author, Conversation, Message
from complaints.handoff import Handoff
from complaints.policy import Policy
from complaints.promise import PromiseState


@dataclass(frozen=True)
class QueueRow:
    """One customer in the queue, or one errand (a call, a letter) that a person has to do."""

    reference: str
    also: tuple[str, ...]  # other cases of the same conversation, taken over with it
    conversation_id: str
    channel: str
    one_line: str
    why: str
    heat: int
    danger: str | None
    urgent: bool
    due_at: datetime | None  # of the next thing a person owes them
    due: str | None  # in words
    at_risk: bool  # the plan has slipped, there is still time
    is_late: bool
    waiting_since: datetime | None  # of what the customer wrote last and nobody has answered
    made_at: datetime
    taken_by: str | None  # sign-in name
    taken_by_name: str | None
    is_errand: bool  # the assistant goes on with them meanwhile


def queue(session: Session, policy: Policy, now: datetime) -> list[QueueRow]:
    """Danger first, then what is ahead of its turn, then by when it is due."""
    handoffs = session.scalars(
        select(Handoff).where(Handoff.ended_at.is_(None)).order_by(Handoff.id)
    ).all()
    grouped: dict[tuple[str, bool, str], list[Handoff]] = {}
    for handoff in handoffs:
        # A conversation is taken as a whole; each errand is somebody's by itself.
        errand = "" if handoff.silences else str(handoff.id)
        grouped.setdefault((handoff.conversation_id, handoff.silences, errand), []).append(handoff)
    names = people.names(session)
    waiting = _waiting_since(session, {handoff.conversation_id for handoff in handoffs})
    rows = [_row(session, group, names, waiting, policy, now) for group in grouped.values()]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(rows, key=lambda row: (row.danger is None, not row.urgent, row.due_at or far))


def _row(
    session: Session, group: Sequence[Handoff], names: dict[str, str],
    waiting: dict[str, datetime], policy: Policy, now: datetime,
) -> QueueRow:  # fmt: skip
    first = group[0]
    conversation = session.get_one(Conversation, first.conversation_id)
    cases = [session.get_one(Case, handoff.case_reference) for handoff in group]
    owed = _next_owed(session, group, cases)
    promise = owed.promise() if owed else None
    return QueueRow(
        reference=first.case_reference,
        also=tuple(handoff.case_reference for handoff in group[1:]),
        conversation_id=conversation.id,
        channel=conversation.channel,
        one_line=first.summary["one_line"],
        why=first.summary["why"],
        heat=max(case.heat for case in cases),
        danger=next((case.danger for case in cases if case.danger), None),
        urgent=any(handoff.urgent for handoff in group),
        due_at=owed.due_at if owed else None,
        due=owed.due.by(policy.zone, now) if owed else None,
        at_risk=promise.is_at_risk(now) if promise else False,
        is_late=promise.is_breached(now) if promise else False,
        waiting_since=waiting.get(conversation.id),
        made_at=first.made_at,
        taken_by=first.taken_by,
        taken_by_name=names.get(first.taken_by or ""),
        is_errand=not first.silences,
    )


def _next_owed(
    session: Session, group: Sequence[Handoff], cases: Sequence[Case]
) -> PromiseRow | None:
    """What a person owes next: an errand's own promise, else the first due of all in the cases."""
    if not group[0].silences:
        return session.get_one(PromiseRow, group[0].promise_id)
    unkept = (PromiseState.PENDING, PromiseState.BREACHED)
    rows = [
        row
        for case in cases
        for row in case.promises
        if row.state in unkept and row.owner != "shop"
    ]
    return min(rows, key=lambda row: row.due_at, default=None)


def _waiting_since(session: Session, conversation_ids: set[str]) -> dict[str, datetime]:
    """Since when each customer has waited for a word: their first message after a person's last."""
    last_word = (
        select(Message.conversation_id, func.max(Message.id).label("id"))
        .where(Message.author == Author.AGENT, Message.conversation_id.in_(conversation_ids))
        .group_by(Message.conversation_id)
        .subquery()
    )
    rows = session.execute(
        select(Message.conversation_id, func.min(Message.created_at))
        .outerjoin(last_word, last_word.c.conversation_id == Message.conversation_id)
        .where(
            Message.author == Author.CUSTOMER,
            Message.conversation_id.in_(conversation_ids),
            Message.id > func.coalesce(last_word.c.id, 0),
        )
        .group_by(Message.conversation_id)
    )
    return {conversation_id: since for conversation_id, since in rows}
