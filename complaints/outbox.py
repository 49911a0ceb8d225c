"""Messages that must arrive: due, claimed, sent, failed, given up."""

from datetime import datetime

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from complaints.store import Base, Moment


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
