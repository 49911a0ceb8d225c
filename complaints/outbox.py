"""Messages that must arrive: due, claimed, sent, failed, given up."""

import random
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import JSON, CursorResult, Index, String, Text, and_, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from complaints.clock import Clock
from complaints.store import Base, Moment, Store

CLAIM_SECONDS = 60  # a sender that dies holds its row no longer than this
MOST_ATTEMPTS = 16  # about four hours of trying, then a person must look
LONGEST_PAUSE_SECONDS = 3600


class OutboxMessage(Base):
    """Something to be sent once by `deliver`; `key` makes a repeated send harmless."""

    __tablename__ = "outbox"
    __table_args__ = (Index("outbox_due", "sent_at", "gave_up_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    transport: Mapped[str] = mapped_column(String(20))  # chat, shop, email, slack, webhook
    payload: Mapped[dict] = mapped_column(JSON)
    case_reference: Mapped[str | None] = mapped_column(String(12), index=True)
    due_at: Mapped[datetime] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    gave_up_at: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Outbox:
    """Hands out what is due, one row at a time, and keeps what became of it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock

    def claim(self, owner: str) -> OutboxMessage | None:
        """The next row that is due, which no other sender will take for CLAIM_SECONDS."""
        now = self.clock.now()
        is_free = or_(OutboxMessage.claimed_until.is_(None), OutboxMessage.claimed_until <= now)
        is_due = and_(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.gave_up_at.is_(None),
            OutboxMessage.due_at <= now,
        )
        with self.store.transaction() as session:
            for row_id in session.scalars(
                select(OutboxMessage.id)
                .where(is_due, is_free)
                .order_by(OutboxMessage.due_at, OutboxMessage.id)
                .limit(10)
            ).all():
                claimed = session.execute(
                    update(OutboxMessage)
                    .where(OutboxMessage.id == row_id, is_due, is_free)
                    .values(
                        claimed_by=owner,
                        claimed_until=now + timedelta(seconds=CLAIM_SECONDS),
                        attempts=OutboxMessage.attempts + 1,
                    )
                )
                if cast(CursorResult, claimed).rowcount == 1:
                    return session.get(OutboxMessage, row_id, populate_existing=True)
        return None

    def mark_sent(self, row_id: int, owner: str) -> None:
        self._settle(row_id, owner, sent_at=self.clock.now(), last_error=None)

    def mark_failed(
        self, row: OutboxMessage, owner: str, why: str, for_good: bool = False,
        after: timedelta = timedelta(0),
    ) -> bool:  # fmt: skip
        """Tries again later, each time after a longer pause, and not before `after`.

        Says whether it gives up instead.
        """
        now = self.clock.now()
        if for_good or row.attempts >= MOST_ATTEMPTS:
            self._settle(row.id, owner, gave_up_at=now, last_error=why)
            return True
        pause = max(after, _pause_after(row.attempts))
        self._settle(row.id, owner, due_at=now + pause, last_error=why)
        return False

    def _settle(self, row_id: int, owner: str, **values: Any) -> None:
        with self.store.transaction() as session:
            session.execute(
                update(OutboxMessage)
                .where(OutboxMessage.id == row_id, OutboxMessage.claimed_by == owner)
                .values(claimed_by=None, claimed_until=None, **values)
            )


def put(
    session: Session,
    key: str,
    transport: str,
    payload: dict,
    at: datetime,
    case_reference: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Queues a message in the caller's transaction; a key that is there already stays as it is."""
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key)) is None:
        session.add(
            OutboxMessage(
                key=key,
                transport=transport,
                payload=payload,
                case_reference=case_reference,
                due_at=due_at or at,
                attempts=0,
                created_at=at,
            )
        )


def _pause_after(attempts: int) -> timedelta:
    """2, 4, 8 … seconds, up to an hour; never all rows at the same moment again."""
    longest = min(2**attempts, LONGEST_PAUSE_SECONDS)
    return timedelta(seconds=longest * random.uniform(0.5, 1.0))
