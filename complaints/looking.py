"""Who is looking at a case just now, so that two people do not answer at once unawares."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from complaints.store import Base, Moment

LOOKING_FOR = timedelta(seconds=45)  # after the last sign of life of their page


class Look(Base):
    """A person has a case before their eyes; their page says so again and again."""

    __tablename__ = "look"

    case_reference: Mapped[str] = mapped_column(
        ForeignKey("case_record.reference"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(40), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)


def note_look(session: Session, reference: str, person: str, now: datetime) -> None:
    look = session.get(Look, (reference, person))
    if look is None:
        session.add(Look(case_reference=reference, person=person, seen_at=now))
    else:
        look.seen_at = now


def who_looks(session: Session, reference: str, now: datetime) -> list[str]:
    """The sign-in names of everybody who looks at the case."""
    return list(
        session.scalars(
            select(Look.person)
            .where(Look.case_reference == reference, Look.seen_at > now - LOOKING_FOR)
            .order_by(Look.person)
        )
    )
