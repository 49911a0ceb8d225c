"""Notices: what people outside the desk are told of a handoff, by whatever is configured."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from complaints import outbox, people
from complaints.case import PromiseRow
from complaints.handoff import Handoff

HANDED_OFF, AT_RISK = "handed_off", "at_risk"


def tell_of(
    session: Session, event: str, key: str, handoff: Handoff, promise: PromiseRow,
    tell: Sequence[str], now: datetime,
) -> None:  # fmt: skip
    """Queues the event once for each transport, in the caller's transaction.

    `event` is handed_off or at_risk; the payload is described in docs/handoff.md. Of what is
    about to break those are told who can still keep it.
    """
    told: dict[str, Any] = {
        "event": event,
        "handoff": handoff.id,
        "reference": handoff.case_reference,
        "conversation_id": handoff.conversation_id,
        "due_at": promise.due_at.isoformat(),
        "summary": handoff.summary,
    }
    if event == AT_RISK:
        who = handoff.taken_by or promise.owner
        told["in_hand_of"] = people.names(session).get(who)
        told["for"] = people.who_sees_to(session, who)
    for transport in tell:
        outbox.put(
            session,
            f"{key}:{transport}",
            transport,
            told,
            now,
            case_reference=handoff.case_reference,
        )
