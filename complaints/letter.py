"""Letters: what we e-mail a customer, to an address that is theirs, until they ask for no more.

A letter is words of domain.yml and what its links are for; `channels/letter.py` turns it into
a mail. It waits in the outbox, and the number of its row is all that its links say of anybody.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from complaints import outbox
from complaints.case import Case
from complaints.orders import plain_email
from complaints.outbox import OutboxMessage
from complaints.store import Base, Moment

TRANSPORT = "letter"


class Purpose(StrEnum):
    """What a link is good for, and nothing else."""

    FOLLOW_UP = "follow_up"
    SCORES = "scores"
    STATUS = "status"
    UNSUBSCRIBE = "unsubscribe"


class Unsubscribed(Base):
    """An address that wants no letters of ours."""

    __tablename__ = "unsubscribed"

    email: Mapped[str] = mapped_column(String(320), primary_key=True)  # as plain_email gives it
    at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True)
class Letter:
    """What is written. `links` are (title, purpose, the answer it proposes or "")."""

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    foot: tuple[str, ...]  # below the links
    status: str  # the title of the link to where the case stands
    unsubscribe: str  # the title of the link to no more letters

    @classmethod
    def of(cls, payload: dict[str, Any]) -> "Letter":
        return cls(**payload)


def address_of(session: Session, case: Case) -> str | None:
    """Where the customer may be written to: an address on a case that is proved to be theirs.

    Anybody can type anybody's address; only with the order proved it is their own.
    """
    if not case.is_proved or not case.email or is_unsubscribed(session, case.email):
        return None
    return case.email


def post(session: Session, key: str, letter: Letter, case: Case, now: datetime) -> None:
    """Puts the letter into the outbox, in the caller's transaction; once for the key."""
    outbox.put(session, key, TRANSPORT, asdict(letter), now, case_reference=case.reference)


def is_unsubscribed(session: Session, email: str) -> bool:
    return session.get(Unsubscribed, plain_email(email)) is not None


def unsubscribe(session: Session, email: str, now: datetime) -> None:
    """No more letters to this address; asked twice, it is the same."""
    if not is_unsubscribed(session, email):
        session.add(Unsubscribed(email=plain_email(email), at=now))


def letter_row(session: Session, number: int) -> OutboxMessage | None:
    """A letter that was written, by the number its links carry."""
    return session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.id == number, OutboxMessage.transport == TRANSPORT
        )
    ).first()
