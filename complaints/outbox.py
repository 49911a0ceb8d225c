"""Messages that must arrive: due, claimed, sent, failed, given up."""

import random
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, String, Text, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from complaints.clock import Clock
from complaints.store import Base, Moment, Store

CLAIM_SECONDS = 60.0  # a sender that dies holds its row no longer than this
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
    """Hands out what is due, one row at a time, and keeps what became of it.

    A row is its sender's for `claim_seconds`, and longer while the sender says so by `hold_on`.
    """

    def __init__(self, store: Store, clock: Clock, claim_seconds: float = CLAIM_SECONDS) -> None:
        self.store = store
        self.clock = clock
        self.claim_seconds = claim_seconds

    def claim(self, owner: str, but_not_by: Collection[str] = ()) -> OutboxMessage | None:
        """The row that is due first and is nobody's; it is the owner's now.

        What goes by the transports `but_not_by` is left alone. A row whose last attempt ended
        with its sender's death is given up: it may be what killed them.
        """
        now = self.clock.now()
        due_first = (
            select(OutboxMessage)
            .where(
                OutboxMessage.sent_at.is_(None),
                OutboxMessage.gave_up_at.is_(None),
                OutboxMessage.due_at <= now,
                OutboxMessage.transport.not_in(but_not_by),
                or_(OutboxMessage.claimed_until.is_(None), OutboxMessage.claimed_until <= now),
            )
            .order_by(OutboxMessage.due_at, OutboxMessage.id)
            .limit(1)
            # On PostgreSQL another sender's row is passed over instead of waited for; SQLite lets
            # one write at a time anyhow.
            .with_for_update(skip_locked=True)
        )
        with self.store.transaction() as session:
            while row := session.scalars(due_first).first():
                if row.attempts < MOST_ATTEMPTS:
                    row.attempts += 1
                    row.claimed_by, row.claimed_until = owner, now + self._claim
                    return row
                row.gave_up_at, row.claimed_by, row.claimed_until = now, None, None
                row.last_error = row.last_error or "whoever sent it died each time"
                session.flush()
        return None

    def hold_on(self, row_id: int, owner: str) -> None:
        """The owner is alive and still at it. Once lost, a row is not taken back by this."""
        self._change(row_id, owner, claimed_until=self.clock.now() + self._claim)

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
        self._change(row_id, owner, claimed_by=None, claimed_until=None, **values)

    def _change(self, row_id: int, owner: str, **values: Any) -> None:
        with self.store.transaction() as session:
            session.execute(
                update(OutboxMessage)
                .where(OutboxMessage.id == row_id, OutboxMessage.claimed_by == owner)
                .values(**values)
            )

    @property
    def _claim(self) -> timedelta:
        return timedelta(seconds=self.claim_seconds)


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


def is_given_up(session: Session, key: str) -> bool:
    row = select(OutboxMessage.id).where(OutboxMessage.key == key)
    return session.scalar(row.where(OutboxMessage.gave_up_at.is_not(None))) is not None


def _pause_after(attempts: int) -> timedelta:
    """2, 4, 8 … seconds, up to an hour; never all rows at the same moment again."""
    longest = min(2**attempts, LONGEST_PAUSE_SECONDS)
    return timedelta(seconds=longest * random.uniform(0.5, 1.0))
