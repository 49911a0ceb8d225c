"""Threads: conversations as they are also held elsewhere, and how far each was told there.

A customer may have come by such a thread, or it hangs under the card by which people were told
of a handoff. What was not said there yet is queued, one message after the other: the next is
queued when the one before has arrived, so that nothing overtakes and nothing is said twice.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from complaints import outbox
from complaints.clock import Clock
from complaints.conversation import Author, Message
from complaints.errors import NotFound
from complaints.handoff import Handoff
from complaints.store import Base, Moment, Store

ENDED = "ended"  # what a card shows of a handoff that is over
TYPED = "thread:"


class Thread(Base):
    """Where a conversation is also held; with a handoff it is the people's side of it."""

    __tablename__ = "thread"
    __table_args__ = (UniqueConstraint("channel", "root"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    handoff_id: Mapped[int | None] = mapped_column(ForeignKey("handoff.id"), unique=True)
    channel: Mapped[str] = mapped_column(String(40))
    root: Mapped[str] = mapped_column(String(40))  # its first message; "" is the channel as a whole
    who: Mapped[str | None] = mapped_column(String(40))  # the customer, as they are called there
    said_up_to: Mapped[int] = mapped_column(default=0)
    shows: Mapped[str | None] = mapped_column(String(40))  # which state of the handoff stands there
    changes: Mapped[int] = mapped_column(default=0)  # how often that was put right
    created_at: Mapped[datetime] = mapped_column(Moment)


class Threads:
    """Every method is one short transaction. `transport` is what brings the words there."""

    def __init__(self, store: Store, clock: Clock, transport: str) -> None:
        self.store = store
        self.clock = clock
        self.transport = transport

    def at(self, channel: str, root: str) -> Thread | None:
        with self.store.reading() as session:
            return session.scalars(
                select(Thread).where(Thread.channel == channel, Thread.root == root)
            ).first()

    def get(self, thread_id: int) -> Thread:
        with self.store.reading() as session:
            if found := session.get(Thread, thread_id):
                return found
        raise NotFound(f"there is no thread {thread_id}")

    def of_handoff(self, handoff_id: int) -> Thread | None:
        with self.store.reading() as session:
            return _of_handoff(session, handoff_id)

    def begin_with_customer(
        self, conversation_id: str, channel: str, root: str, who: str
    ) -> Thread | None:
        """The customer is there; None when that place was somebody's in the same moment."""
        with self.store.transaction() as session:
            taken = select(Thread.id).where(Thread.channel == channel, Thread.root == root)
            if session.scalar(taken) is not None:
                return None
            thread = Thread(
                conversation_id=conversation_id, channel=channel, root=root, who=who,
                said_up_to=0, changes=0, created_at=self.clock.now(),
            )  # fmt: skip
            session.add(thread)
        return thread

    def begin_with_people(self, handoff_id: int, channel: str, root: str, shows: str) -> Thread:
        """People were told of a handoff there. What its summary was made from is not repeated."""
        with self.store.transaction() as session:
            if known := _of_handoff(session, handoff_id):
                return known
            handoff = session.get_one(Handoff, handoff_id)
            told_beside = select(func.max(Thread.said_up_to)).where(
                Thread.conversation_id == handoff.conversation_id, Thread.handoff_id.is_not(None)
            )
            read = handoff.summary.get("transcript", {}).get("until", 0)
            thread = Thread(
                conversation_id=handoff.conversation_id, handoff_id=handoff_id, channel=channel,
                root=root, shows=shows, changes=0, created_at=self.clock.now(),
                said_up_to=max(read, session.scalar(told_beside) or 0),
            )  # fmt: skip
            session.add(thread)
        return thread

    def queue_news(self) -> None:
        """Queues the next message of every thread that has one."""
        with self.store.reading() as session:
            found = _next_messages(session)
        if found:
            with self.store.transaction() as session:
                for thread_id, message_id in found:
                    self._queue(session, thread_id, message_id)

    def message(self, message_id: int) -> Message:
        with self.store.reading() as session:
            return session.get_one(Message, message_id)

    def said(self, thread_id: int, message_id: int) -> None:
        """It stands there; the next may follow. Two cards of one conversation share the talk."""
        with self.store.transaction() as session:
            thread = session.get_one(Thread, thread_id)
            beside = select(Thread).where(
                Thread.conversation_id == thread.conversation_id, Thread.handoff_id.is_not(None)
            )
            together = session.scalars(beside).all() if thread.handoff_id else [thread]
            for told in together:
                told.said_up_to = max(told.said_up_to, message_id)
            session.flush()
            for other_id, next_id in _next_messages(session, thread.conversation_id):
                self._queue(session, other_id, next_id)

    def cards(self) -> list[tuple[Thread, Handoff]]:
        """Every card whose handoff is open, or whose end it does not show yet."""
        with self.store.reading() as session:
            rows = session.execute(
                select(Thread, Handoff)
                .join(Handoff, Handoff.id == Thread.handoff_id)
                .where(or_(Handoff.ended_at.is_(None), Thread.shows != ENDED))
            )
            return [(thread, handoff) for thread, handoff in rows]

    def queue_change(self, thread: Thread) -> None:
        """The card no longer shows how things stand."""
        with self.store.transaction() as session:
            outbox.put(
                session,
                f"card:{thread.id}:{thread.changes}",
                self.transport,
                {"event": "card", "thread": thread.id},
                self.clock.now(),
            )

    def shown(self, thread_id: int, shows: str) -> None:
        with self.store.transaction() as session:
            thread = session.get_one(Thread, thread_id)
            thread.shows, thread.changes = shows, thread.changes + 1

    def _queue(self, session: Session, thread_id: int, message_id: int) -> None:
        key = f"said:{thread_id}:{message_id}"
        if outbox.is_given_up(session, key):
            # It is on the desk, where people look after what was given up; what was said after
            # it must not wait for that.
            session.get_one(Thread, thread_id).said_up_to = message_id
            return
        outbox.put(
            session,
            key,
            self.transport,
            {"event": "said", "thread": thread_id, "message": message_id},
            self.clock.now(),
        )


def typed_in_thread(root: str) -> str:
    """The key of a deed done by writing in the thread, from what the place calls the message."""
    return f"{TYPED}{root}"


def _of_handoff(session: Session, handoff_id: int) -> Thread | None:
    return session.scalars(select(Thread).where(Thread.handoff_id == handoff_id)).first()


def _next_messages(session: Session, conversation_id: str | None = None) -> list[tuple[int, int]]:
    """Each thread's next message: to the customer what we say, to people all they did not type."""
    to_customer = and_(
        Thread.handoff_id.is_(None), Message.author.not_in([Author.CUSTOMER, Author.NOTE])
    )
    to_people = and_(Handoff.silences.is_(True), Handoff.ended_at.is_(None), ~_typed_here())
    found = (
        select(Thread.id, Thread.handoff_id, Thread.conversation_id, func.min(Message.id))
        .join(Message, Message.conversation_id == Thread.conversation_id)
        .outerjoin(Handoff, Handoff.id == Thread.handoff_id)
        .where(Message.id > Thread.said_up_to, or_(to_customer, to_people))
        .group_by(Thread.id, Thread.handoff_id, Thread.conversation_id)
        .order_by(Thread.handoff_id, Thread.id)
    )
    if conversation_id:
        found = found.where(Thread.conversation_id == conversation_id)
    told: set[str] = set()
    news = []
    for thread_id, handoff_id, conversation, message_id in session.execute(found):
        if handoff_id:
            if conversation in told:
                continue  # two cards of one conversation: the talk is under the first
            told.add(conversation)
        news.append((thread_id, message_id))
    return news


def _typed_here() -> ColumnElement[bool]:
    """What a person wrote in the thread itself stands there already; see `typed_in_thread`."""
    key = func.coalesce(Message.client_id, "")
    return or_(key.like(f"reply:{TYPED}%"), key.like(f"note:{TYPED}%"))
