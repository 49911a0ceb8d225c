"""What every customer message passes, whatever the channel it comes by.

It is refused in words when it is too long, too fast or empty; otherwise it is kept, once, and
answered (`answering.py`).
"""

from datetime import timedelta
from enum import StrEnum

from channels.answering import Answering
from channels.plain_text import clean, is_empty
from complaints import local_time
from complaints.conversation import Author, Conversation, ConversationLog, Message
from complaints.errors import AmendsError
from complaints.photo import Photo
from complaints.words import Words

LONGEST_MESSAGE = 10_000
MOST_MESSAGES, IN_SECONDS = 10, 10
SENTENCES = ("utter_greet", "utter_too_long", "utter_too_fast", "utter_empty_message")


class Why(StrEnum):
    """Why a message is refused."""

    TOO_LONG = "too_long"
    TOO_FAST = "too_fast"
    EMPTY = "empty"


class Refused(AmendsError):
    """A message that is not taken in; its text is the sentence the customer reads."""

    def __init__(self, why: Why, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why
        self.sentence = sentence


class Reception:
    """Takes in what customers say, and has it answered."""

    def __init__(self, conversations: ConversationLog, answering: Answering, words: Words) -> None:
        words.require(SENTENCES)
        self.conversations = conversations
        self.answering = answering
        self.words = words

    def welcome(self, channel: str, visitor: str, customer_id: str | None = None) -> Conversation:
        """Opens a conversation that already says who speaks and how to reach a person."""
        conversation = self.conversations.open(channel, visitor, customer_id)
        self.conversations.say(conversation.id, Author.ASSISTANT, self.words.say("utter_greet"))
        return conversation

    def note_timezone(self, conversation: Conversation, timezone: str | None) -> None:
        """Tells them every time by their own clock from now on; see complaints/local_time.py."""
        local_time.keep(self.conversations.store, conversation, timezone)

    def receive(
        self, conversation_id: str, client_id: str, text: str = "", button: str | None = None
    ) -> Message:
        """Keeps what a customer wrote or pressed. Raises Refused, with the sentence to show."""
        if known := self.conversations.received(conversation_id, client_id):
            return known
        if button is not None:
            # Whoever invents a payload could set any slot; only what was shown can be pressed.
            text = self.conversations.offered(conversation_id).get(button, "")
        text = clean(text)
        if is_empty(text):
            raise self._refusal(Why.EMPTY, "utter_empty_message")
        if len(text) > LONGEST_MESSAGE:
            raise self._refusal(Why.TOO_LONG, "utter_too_long", limit=f"{LONGEST_MESSAGE:,}")
        self._refuse_a_flood(conversation_id)
        return self.conversations.receive(conversation_id, text, client_id, payload=button)[0]

    def receive_photo(self, conversation_id: str, client_id: str, jpeg: bytes) -> Message:
        """Keeps a photo that `channels.photo` has made safe. Raises Refused."""
        if known := self.conversations.received(conversation_id, client_id):
            return known
        self._refuse_a_flood(conversation_id)
        photo = Photo(
            conversation_id=conversation_id,
            media_type="image/jpeg",
            content=jpeg,
            created_at=self.conversations.clock.now(),
        )
        return self.conversations.receive(conversation_id, "", client_id, photo=photo)[0]

    async def answer(self, conversation_id: str) -> None:
        """Answers whatever waits in this conversation, unless somebody is already doing so."""
        await self.answering.answer(conversation_id)

    def _refuse_a_flood(self, conversation_id: str) -> None:
        since = self.conversations.clock.now() - timedelta(seconds=IN_SECONDS)
        if self.conversations.received_since(conversation_id, since) >= MOST_MESSAGES:
            raise self._refusal(Why.TOO_FAST, "utter_too_fast")

    def _refusal(self, why: Why, name: str, **variables: str) -> Refused:
        return Refused(why, self.words.say(name, **variables))
