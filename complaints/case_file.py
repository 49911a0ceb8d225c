"""The case file: all that the page of one case shows, from one look at the database."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints.case import Case, LogEntry
from complaints.conversation import Conversation, Message
from complaints.follow_up import FollowUp
from complaints.handoff import Handoff
from complaints.register import cases_of_customer, last_handoff


@dataclass(frozen=True)
class CaseFile:
    """A case with everything that was said, done, offered and promised in it."""

    case: Case  # its offers and promises are loaded
    conversation: Conversation
    handoff: Handoff | None  # the last one
    summary: dict[str, Any]  # as the case is now; the handoff holds it as it was
    transcript: list[Message]  # notes too
    log: list[LogEntry]  # of this case, and of the conversation as a whole
    others: list[Case]  # of the same customer, the newest first
    afterwards: list[FollowUp]  # what they said when asked whether all is well
    names: dict[str, str]  # of people, by sign-in name
    looking: list[str]  # sign-in names of everybody who looks just now


def case_file(
    session: Session, case: Case, summary: dict[str, Any], names: dict[str, str], looking: list[str]
) -> CaseFile:
    return CaseFile(
        case=case,
        conversation=session.get_one(Conversation, case.conversation_id),
        handoff=last_handoff(session, case.reference),
        summary=summary,
        transcript=list(
            session.scalars(
                select(Message)
                .where(Message.conversation_id == case.conversation_id)
                .order_by(Message.id)
            )
        ),
        log=list(
            session.scalars(
                select(LogEntry)
                .where(
                    (LogEntry.case_reference == case.reference)
                    | (
                        (LogEntry.conversation_id == case.conversation_id)
                        & LogEntry.case_reference.is_(None)
                    )
                )
                .order_by(LogEntry.id)
            )
        ),
        others=[
            other for other in cases_of_customer(session, case) if other.reference != case.reference
        ],
        afterwards=list(
            session.scalars(
                select(FollowUp)
                .where(FollowUp.case_reference == case.reference)
                .order_by(FollowUp.id)
            )
        ),
        names=names,
        looking=looking,
    )
