"""Notices: what people outside the desk are told of a handoff, by whatever is configured."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import outbox
from complaints.case import PromiseRow
from complaints.handoff import Handoff


def tell_of(
    session: Session, event: str, key: str, handoff: Handoff, promise: PromiseRow,
    tell: Sequence[str], now: datetime,
) -> None:  # fmt: skip
    """Queues the event once for each transport, in the caller's transaction.

    `event` is handed_off or at_risk; the payload is described in docs/handoff.md.
    """
    for transport in tell:
        outbox.put(
            session,
            f"{key}:{transport}",
            transport,
            {
                "event": event,
                "handoff": handoff.id,
                "reference": handoff.case_reference,
                "conversation_id": handoff.conversation_id,
                "due_at": promise.due_at.isoformat(),
                "summary": handoff.summary,
            },
            now,
            case_reference=handoff.case_reference,
        )
