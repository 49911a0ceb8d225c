"""What was really said, once each, in order; and who answers."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.expression import bindparam

from complaints.clock import Clock
from complaints.errors import NotFound
from complaints.photo import Photo
from complaints.store import Base, Moment, Store


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
    timezone: Mapped[str | None] = mapped_column(String(60))  # of the customer, see local_time.py
    handler: Mapped[str] = mapped_column(String(10), default=Handler.BOT)
    agent: Mapped[str | None] = mapped_column(String(100))
    session: Mapped[int] = mapped_column(default=1)  # of Rasa's trackers: a fresh one per case
    turns: Mapped[int] = mapped_column(default=0)  # in this session
    misunderstood: Mapped[int] = mapped_column(default=0)  # messages in a row (R10)
    enquiry: Mapped[dict | None] = mapped_column(JSON)  # a case they came back for, see enquiry.py
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
        # A number is never given twice: whoever has seen up to 12 would miss a second 12.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    author: Mapped[str] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list] = mapped_column(JSON, default=list)  # [{title, payload}]
    payload: Mapped[str | None] = mapped_column(Text)  # of the button a customer pressed
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    client_id: Mapped[str | None] = mapped_column(String(160))  # the sender's own; said once each
    answers: Mapped[int | None] = mapped_column(index=True)
    asked_as: Mapped[str | None] = mapped_column(String(60))  # Rasa's tracker that was asked
    answered_at: Mapped[datetime | None] = mapped_column(Moment)  # of a customer's message
    created_at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True)
class Reply:
    """Something to be said to the customer."""

    text: str
    buttons: tuple[dict[str, str], ...] = ()  # {title, payload}
    author: Author = Author.ASSISTANT


@dataclass(frozen=True)
class Pulse:
    """What somebody who watches a conversation needs to know without reading it."""

    handler: Handler
    is_answering: bool
    last_id: int


class ConversationLog:
    """What was said, in order. Every method is one short transaction.

    Whoever writes into a conversation holds its row first: on PostgreSQL a number is given
    before it can be seen, and a reader who has seen up to 12 would never look for 11 again.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock

    def open(self, channel: str, visitor: str, customer_id: str | None = None) -> Conversation:
        """Begins a conversation whose id nobody can guess."""
        conversation = Conversation(
            id=str(uuid.uuid4()),
            channel=channel,
            visitor=visitor,
            customer_id=customer_id,
            handler=Handler.BOT,
            session=1,
            turns=0,
            created_at=self.clock.now(),
        )
        with self.store.transaction() as session:
            session.add(conversation)
        return conversation

    def find(self, conversation_id: str) -> Conversation | None:
        with self.store.reading() as session:
            return session.get(Conversation, conversation_id)

    def vouch(self, conversation_id: str, customer_id: str) -> None:
        """Notes who the customer is, as the host site says; the first to say so stays right."""
        with self.store.transaction() as session:
            session.execute(
                update(Conversation)
                .where(Conversation.id == conversation_id, Conversation.customer_id.is_(None))
                .values(customer_id=customer_id)
            )

    def receive(
        self,
        conversation_id: str,
        text: str,
        client_id: str,
        payload: str | None = None,
        photo: Photo | None = None,
    ) -> tuple[Message, bool]:
        """Keeps a customer's message once, however often it is sent; says whether it is new."""
        with self.store.transaction() as session:
            hold(session, conversation_id)
            if known := _sent_as(session, conversation_id, client_id):
                return known, False
            if photo is not None:
                session.add(photo)
                session.flush()
            message = Message(
                conversation_id=conversation_id,
                author=Author.CUSTOMER,
                text=text,
                buttons=[],
                payload=payload,
                photo_id=photo.id if photo else None,
                client_id=client_id,
                created_at=self.clock.now(),
            )
            session.add(message)
        return message, True

    def received(self, conversation_id: str, client_id: str) -> Message | None:
        """The customer's message of that id, if it is kept already."""
        with self.store.reading() as session:
            return _sent_as(session, conversation_id, client_id)

    def say(
        self,
        conversation_id: str,
        author: Author,
        text: str,
        buttons: Sequence[dict[str, str]] = (),
        answers: int | None = None,
        name: str | None = None,
        key: str | None = None,
        session: Session | None = None,
    ) -> Message:
        """Says something; with a key, once only. With a session, in that transaction."""
        if session is None:
            with self.store.transaction() as session:
                return self.say(conversation_id, author, text, buttons, answers, name, key, session)
        hold(session, conversation_id)
        if key and (known := _sent_as(session, conversation_id, key)):
            return known
        message = Message(
            conversation_id=conversation_id,
            author=author,
            name=name,
            text=text,
            buttons=list(buttons),
            client_id=key,
            answers=answers,
            created_at=self.clock.now(),
        )
        session.add(message)
        session.flush()
        return message

    def since(self, conversation_id: str, last_id: int = 0) -> list[Message]:
        """What the customer sees after the message `last_id`: everything but notes."""
        with self.store.reading() as session:
            return list(
                session.scalars(
                    select(Message)
                    .where(
                        Message.conversation_id == conversation_id,
                        Message.id > last_id,
                        Message.author != Author.NOTE,
                    )
                    .order_by(Message.id)
                )
            )

    def offered(self, conversation_id: str) -> dict[str, str]:
        """The title of every button this conversation was shown, by its payload."""
        shown = select(Message.buttons).where(
            Message.conversation_id == conversation_id,
            Message.author.not_in([Author.CUSTOMER, Author.NOTE]),
        )
        with self.store.reading() as session:
            return {
                button["payload"]: button["title"]
                for buttons in session.scalars(shown.order_by(Message.id))
                for button in buttons
            }

    def said_lately(self, conversation_id: str, most: int) -> list[str]:
        """What the customer read of us last, at most so many messages, the newest last."""
        ours = select(Message.text).where(
            Message.conversation_id == conversation_id,
            Message.author.in_([Author.ASSISTANT, Author.AGENT, Author.NOTICE]),
        )
        with self.store.reading() as session:
            return list(session.scalars(ours.order_by(Message.id.desc()).limit(most)))[::-1]

    def received_since(self, conversation_id: str, since: datetime) -> int:
        """How many messages the customer has sent since then."""
        sent = select(func.count(Message.id)).where(
            Message.conversation_id == conversation_id,
            Message.author == Author.CUSTOMER,
            Message.created_at > since,
        )
        with self.store.reading() as session:
            return session.scalar(sent) or 0

    def pulses(self, conversation_ids: Sequence[str]) -> dict[str, Pulse]:
        """How each of these conversations stands, in one query."""
        now = self.clock.now()
        newest = (
            select(func.max(Message.id))
            .where(Message.conversation_id == Conversation.id)
            .scalar_subquery()
        )
        rows = select(Conversation.id, Conversation.handler, Conversation.leased_until, newest)
        with self.store.reading() as session:
            return {
                id_: Pulse(Handler(handler), bool(leased and leased > now), last or 0)
                for id_, handler, leased, last in session.execute(
                    rows.where(Conversation.id.in_(conversation_ids))
                )
            }


# Put together once, for every verb begins with it.
_HELD = (
    select(Conversation).where(Conversation.id == bindparam("id")).with_for_update()
    .execution_options(populate_existing=True)
)  # fmt: skip


def hold(session: Session, conversation_id: str) -> Conversation:
    """The conversation, kept from every other writer until the transaction ends."""
    session.flush()  # reading it afresh would forget what the caller has changed in it
    conversation = session.scalars(_HELD, {"id": conversation_id}).first()
    if conversation is None:
        raise NotFound(f"no conversation {conversation_id}")
    return conversation


def _sent_as(session: Session, conversation_id: str, client_id: str) -> Message | None:
    return session.scalars(
        select(Message).where(
            Message.conversation_id == conversation_id, Message.client_id == client_id
        )
    ).first()
