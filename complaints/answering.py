"""Messages that wait for an answer, and who is seeing to each.

One message of a conversation is answered at a time, in order, whichever process does it: a
lease on the conversation says whose turn it is, and ends by itself when that process dies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, Select, Update, or_, select, update
from sqlalchemy.orm import Session

from complaints.clock import Clock
from complaints.conversation import (
    Author,
    Conversation,
    ConversationLog,
    Handler,
    Message,
    Reply,
    hold,
)
from complaints.errors import NotFound
from complaints.store import Store

# A front door that dies holds its conversations no longer than this; longer than a turn, so
# that whoever comes next finds what Rasa had already answered.
LEASE_SECONDS = 30
TURNS_IN_A_SESSION = 50  # Rasa reads its whole tracker each turn: 27 CPU-ms at 13, 625 at 503


@dataclass(frozen=True)
class Turn:
    """Rasa's tracker for one message, and whether it may have been asked before."""

    tracker_id: str
    asked_before: bool


class Unanswered:
    """Finds them, hands them out one by one, and marks them when they are answered."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.log = ConversationLog(store, clock)

    def lease(self, conversation_id: str, owner: str) -> bool:
        """Takes the right to answer this conversation for LEASE_SECONDS, if nobody has it."""
        now = self.clock.now()
        with self.store.transaction() as session:
            return _changed_one(
                session,
                update(Conversation)
                .where(
                    Conversation.id == conversation_id,
                    or_(Conversation.leased_until.is_(None), Conversation.leased_until <= now),
                )
                .values(leased_by=owner, leased_until=now + timedelta(seconds=LEASE_SECONDS)),
            )

    def keep(self, conversation_id: str, owner: str) -> bool:
        """Keeps the right for LEASE_SECONDS more. Once released it is not taken back by this."""
        until = self.clock.now() + timedelta(seconds=LEASE_SECONDS)
        with self.store.transaction() as session:
            return _changed_one(
                session,
                update(Conversation)
                .where(Conversation.id == conversation_id, Conversation.leased_by == owner)
                .values(leased_until=until),
            )

    def release(self, conversation_id: str, owner: str) -> None:
        with self.store.transaction() as session:
            session.execute(
                update(Conversation)
                .where(Conversation.id == conversation_id, Conversation.leased_by == owner)
                .values(leased_by=None, leased_until=None)
            )

    def next_in(self, conversation_id: str) -> Message | None:
        """The oldest message of the customer that nobody has answered."""
        with self.store.reading() as session:
            return session.scalars(
                _unanswered().where(Message.conversation_id == conversation_id).limit(1)
            ).first()

    def left_since(self, older_than: datetime) -> list[str]:
        """Conversations with a message left unanswered since then, that nobody is answering."""
        now = self.clock.now()
        left = (
            _unanswered()
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(
                Message.created_at <= older_than,
                or_(Conversation.leased_until.is_(None), Conversation.leased_until <= now),
            )
        )
        with self.store.reading() as session:
            return list(dict.fromkeys(m.conversation_id for m in session.scalars(left)))

    def begin_turn(self, message_id: int) -> Turn:
        """Notes that Rasa is about to be asked this message, and in which of its sessions."""
        with self.store.transaction() as session:
            message = _message(session, message_id)
            if message.asked_as is not None:
                return Turn(message.asked_as, asked_before=True)
            conversation = hold(session, message.conversation_id)
            if conversation.turns >= TURNS_IN_A_SESSION:
                conversation.session += 1
                conversation.turns = 0
            conversation.turns += 1
            message.asked_as = conversation.tracker_id
            return Turn(message.asked_as, asked_before=False)

    def answer(self, message_id: int, replies: Iterable[Reply]) -> bool:
        """Says the replies to a message and marks it answered, both or neither, and once.

        A person may have taken over while the assistant thought: then its words are kept as
        notes, for the person alone. False when somebody has answered already.
        """
        with self.store.transaction() as session:
            message = _message(session, message_id)
            conversation = hold(session, message.conversation_id)
            session.refresh(message)
            if message.answered_at is not None:
                return False
            message.answered_at = self.clock.now()
            taken_over = conversation.handler == Handler.AGENT
            for reply in replies:
                author = Author.NOTE if taken_over else reply.author
                self.log.say(
                    conversation.id, author, reply.text, reply.buttons, message_id, session=session
                )
        return True


def _message(session: Session, message_id: int) -> Message:
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound(f"no message {message_id}")
    return message


def _unanswered() -> Select[Message]:
    return (
        select(Message)
        .where(Message.author == Author.CUSTOMER, Message.answered_at.is_(None))
        .order_by(Message.id)
    )


def _changed_one(session: Session, change: Update) -> bool:
    return cast(CursorResult, session.execute(change)).rowcount == 1
