"""What was really said, once each, in order; and who answers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from complaints.store import Base, Moment


class Handler(StrEnum):
    """Who answers a conversation. An agent is always a person."""

    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"


class Author(StrEnum):
    """Who wrote a message; a note is seen by agents only, a notice comes from the house."""

    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    AGENT = "agent"
    NOTICE = "notice"
    NOTE = "note"


class Conversation(Base):
    """One customer's talk with us on one channel; cases belong to it."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    visitor: Mapped[str] = mapped_column(String(100), index=True)
    customer_id: Mapped[str | None] = mapped_column(String(100))  # vouched for by the host site
    handler: Mapped[str] = mapped_column(String(10), default=Handler.BOT)
    agent: Mapped[str | None] = mapped_column(String(100))
    session: Mapped[int] = mapped_column(default=1)  # of Rasa's trackers: a fresh one per case
    turns: Mapped[int] = mapped_column(default=0)  # in this session
    leased_by: Mapped[str | None] = mapped_column(String(60))
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def tracker_id(self) -> str:
        """Rasa's name for the current session."""
        return f"{self.id}.{self.session}"


class Message(Base):
    """Exactly what was said. `answers` is the customer's message that this replies to."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        Index("message_of_conversation", "conversation_id", "id"),
        Index("message_unanswered", "answered_at", "author"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    author: Mapped[str] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list] = mapped_column(JSON, default=list)  # [{title, payload}]
    payload: Mapped[str | None] = mapped_column(Text)  # of the button a customer pressed
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    client_id: Mapped[str | None] = mapped_column(String(64))
    answers: Mapped[int | None] = mapped_column(index=True)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)  # of a customer's message
    created_at: Mapped[datetime] = mapped_column(Moment)


class Photo(Base):
    """A picture a customer sent, re-encoded and without metadata; only agents see it."""

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    media_type: Mapped[str] = mapped_column(String(30))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
