"""Sees to it that each message is answered, once, and that nobody is left in silence.

1. Who answers is looked up. A person has it: the assistant is silent. Otherwise Rasa is asked,
   one message of a conversation at a time, in order, across processes.
2. The replies are kept and the message is marked answered, both or neither.
3. Whatever breaks ends in a person who answers, and in a customer who knows by when.
"""

import asyncio
import os
import socket
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import structlog

from channels import waiting
from channels.assistant import TURN_SECONDS, Assistant, AssistantAway, AssistantFailed
from channels.plain_text import without_commands
from complaints.answering import LEASE_SECONDS, Unanswered
from complaints.conversation import (
    Author,
    Conversation,
    ConversationLog,
    Handler,
    Message,
    Reply,
)
from complaints.errors import NotFound
from complaints.words import Words

LONGEST_UNDERSTOOD = 2_000  # one message of 100 KB froze Rasa for 109 seconds and took 13 GB
# Rasa understands one message after the other; what waits here does not use up its turn there.
MOST_QUESTIONS_AT_ONCE = 8
PHOTO_SENT = "/send_photo"  # what Rasa is told of a picture
SENTENCES = (
    "utter_kept_for_person",
    "utter_one_moment",
)

log = structlog.get_logger()


class HandedOver(Protocol):
    """What a customer is told of a person who will answer."""

    @property
    def reference(self) -> str: ...

    @property
    def due(self) -> str: ...


class Casebook(waiting.Casebook, Protocol):
    """What reception needs of the casebook."""

    def hand_off_broken(self, conversation_id: str, message_id: str) -> HandedOver: ...

    def note_photo(self, conversation_id: str, photo_id: int) -> object: ...

    def today(self, conversation: Conversation, at: datetime) -> date: ...

    def take_back(self, conversation_id: str, message_id: str, words: str) -> bool: ...

    def choose(self, conversation_id: str, payload: str, message_id: str) -> bool: ...


@dataclass(frozen=True)
class Patience:
    """How long a customer is left with the typing sign while Rasa is away, in seconds."""

    tell_after: float = 8
    give_up_after: float = 120
    between_tries: float = 1
    turn: float = TURN_SECONDS


class Answering:
    """Answers what waits. `when_changed` is told of each conversation something happened in."""

    def __init__(
        self,
        conversations: ConversationLog,
        unanswered: Unanswered,
        assistant: Assistant,
        casebook: Casebook,
        words: Words,
        patience: Patience = Patience(),
    ) -> None:
        words.require(SENTENCES)
        self.conversations = conversations
        self.unanswered = unanswered
        self.assistant = assistant
        self.casebook = casebook
        self.words = words
        self.patience = patience
        self.waiting = waiting.Waiting(conversations, casebook, words)
        self.when_changed: Callable[[str], None] = lambda conversation_id: None
        self._asking = asyncio.Semaphore(MOST_QUESTIONS_AT_ONCE)

    async def answer(self, conversation_id: str) -> None:
        """Answers whatever waits in this conversation, unless somebody is already doing so."""
        owner = f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
        while await asyncio.to_thread(self.unanswered.lease, conversation_id, owner):
            self.when_changed(conversation_id)
            try:
                async with self._keeping_the_lease(conversation_id, owner):
                    while message := await asyncio.to_thread(
                        self.unanswered.next_in, conversation_id
                    ):
                        await self._answer(message)
                        self.when_changed(conversation_id)
            except asyncio.CancelledError:
                await asyncio.to_thread(self.unanswered.release, conversation_id, owner)
                raise
            except Exception:
                # The lease is left to run out: `deliver` takes the message up again then, and
                # what fails each time does not fail a hundred times a second.
                log.exception("message not answered yet", conversation=conversation_id)
                return
            await asyncio.to_thread(self.unanswered.release, conversation_id, owner)
            self.when_changed(conversation_id)
            # A message that came between the last look and the release found us still there.
            if await asyncio.to_thread(self.unanswered.next_in, conversation_id) is None:
                return

    async def _answer(self, message: Message) -> None:
        conversation = await asyncio.to_thread(self._conversation, message.conversation_id)
        try:
            replies = await self._replies(message, conversation)
        except Exception as trouble:
            log.warning("assistant broke", message=message.id, trouble=repr(trouble))
            try:
                replies = await asyncio.to_thread(self._hand_over, message)
            except Exception:
                # Without a saved promise there is no time to tell; but no silence either.
                await self._say_one_moment(message)
                raise
        await asyncio.to_thread(self.unanswered.answer, message.id, replies)

    async def _replies(self, message: Message, conversation: Conversation) -> list[Reply]:
        if message.photo_id is not None:
            await asyncio.to_thread(
                self.casebook.note_photo, message.conversation_id, message.photo_id
            )
        if conversation.handler == Handler.AGENT:
            if message.payload is not None:
                await asyncio.to_thread(
                    self.casebook.choose, conversation.id, message.payload, str(message.id)
                )
            return []
        if conversation.handler == Handler.QUEUE:
            danger = await waiting.danger_in(self.assistant, message.text)
            if danger or not await asyncio.to_thread(
                self.casebook.take_back, conversation.id, str(message.id), message.text
            ):
                await asyncio.to_thread(self.waiting.answer, message, danger)
                return []
            conversation = await asyncio.to_thread(self._conversation, conversation.id)
        return await self._ask(message, conversation)

    async def _ask(self, message: Message, conversation: Conversation) -> list[Reply]:
        """Rasa's replies, waited for while it starts. Raises AssistantAway or AssistantFailed."""
        turn = await asyncio.to_thread(self.unanswered.begin_turn, message.id)
        asked_before = turn.asked_before
        metadata = {
            "message_id": str(message.id),
            "conversation_id": conversation.id,
            "channel": conversation.channel,
            "today": self.casebook.today(conversation, message.created_at).isoformat(),
        }
        now = asyncio.get_running_loop().time
        since, told = now(), False
        while True:
            try:
                async with self._asking, asyncio.timeout(self.patience.turn):
                    if asked_before:
                        said = await self.assistant.answered(turn.tracker_id, str(message.id))
                        if said is not None:
                            return said
                    asked_before = True
                    return await self.assistant.ask(turn.tracker_id, _as_asked(message), metadata)
            except TimeoutError as trouble:
                raise AssistantFailed("the turn took too long") from trouble
            except AssistantAway:
                if now() - since > self.patience.give_up_after:
                    raise
                if not told and now() - since > self.patience.tell_after:
                    told = True
                    await self._say_one_moment(message)
                await asyncio.sleep(self.patience.between_tries)

    def _hand_over(self, message: Message) -> list[Reply]:
        """Gives the case to a person, and says by when one answers."""
        if self._conversation(message.conversation_id).handler == Handler.AGENT:
            return []
        broken = self.casebook.hand_off_broken(message.conversation_id, str(message.id))
        said = self.words.say("utter_kept_for_person", reference=broken.reference, due=broken.due)
        return [Reply(said)]

    async def _say_one_moment(self, message: Message) -> None:
        words = self.words.say("utter_one_moment")
        await asyncio.to_thread(self._notice, message, f"one-moment:{message.id}", words)
        self.when_changed(message.conversation_id)

    def _notice(self, message: Message, key: str, text: str) -> None:
        self.conversations.say(
            message.conversation_id, Author.NOTICE, text, answers=message.id, key=key
        )

    def _conversation(self, conversation_id: str) -> Conversation:
        conversation = self.conversations.find(conversation_id)
        if conversation is None:
            raise NotFound(f"no conversation {conversation_id}")
        return conversation

    @asynccontextmanager
    async def _keeping_the_lease(self, conversation_id: str, owner: str) -> AsyncIterator[None]:
        async def keep() -> None:
            while True:
                await asyncio.sleep(LEASE_SECONDS / 4)
                with suppress(Exception):  # the next try, or the lease's end, puts it right
                    await asyncio.to_thread(self.unanswered.keep, conversation_id, owner)

        keeping = asyncio.create_task(keep())
        try:
            yield
        finally:
            keeping.cancel()


def _as_asked(message: Message) -> str:
    """The message as Rasa reads it: what was pressed or shown as a command, all else as text."""
    if message.photo_id is not None:
        return PHOTO_SENT
    return message.payload or without_commands(message.text)[:LONGEST_UNDERSTOOD] or "…"
