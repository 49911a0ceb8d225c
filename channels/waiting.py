"""Waiting: what a customer hears while a person has been promised and nobody has taken it yet.

Nobody is left in silence, whatever they write and however often, and danger is looked for again:
what was a late kettle may have become somebody who cannot breathe.
"""

import re
from typing import Protocol

import structlog

from channels.assistant import Assistant, AssistantAway, AssistantFailed
from complaints import emergency, speech_acts
from complaints.conversation import Author, ConversationLog, Message
from complaints.words import Words

A_QUESTION = 3  # words; "Hello?" is none
SAID_LATELY = 8  # of our messages: what is not repeated word for word
# Who waits with one of these hears again where help is that comes at once.
_HELP_AT_ONCE = ("injury", "fire", "electric_shock", "child", "illness", "self_harm")
_COURTESY = re.compile(
    r"\W*(?:(?:ok(?:ay)?|fine|great|alright|right|thanks?|thank you|thx|ta|cheers|much appreciated|very much|so much"
    r"|good|perfect|lovely|bye|goodbye|good night|see you|will do|for now|then|you too|love|dear|mate)[\s,.!]*)+",
    re.IGNORECASE,
)
# "Nobody died", "Samaritans? I'm fine": read too much into, and told so; a person looks all the same.
_DENIES = re.compile(
    r"\b(?:nobody|no one|none of us)(?:['’]s| is| has| was)? (?:just )?(?:died|dead|hurt|ill|sick|dying)\b|\bthere(?:['’]s| is) no (?:child|danger|fire)\b"
    r"|\b(?:i['’]?m|i am|we['’]?re|he['’]?s|she['’]?s|it['’]?s) (?:absolutely |perfectly |quite |all )?(?:fine|ok|okay|all right|alright|not (?:hurt|ill|suicidal|a child|in danger|dangerous))\b"
    r"|\bsamaritans\s*\?|\b999\s*\?|\b(?:you|you['’]ve) (?:have )?(?:mis(?:read|understood)|got (?:it|me|that) wrong)\b|\bnot (?:that|going to (?:hurt|kill|harm))\b",
    re.IGNORECASE,
)
SENTENCES = (
    "utter_kept_while_waiting",
    "utter_kept_too",
    "utter_waiting_thanks",
    "utter_waiting_until",
    "utter_danger_waiting",
    "utter_danger_misread",
    "utter_danger_emergency",
    "utter_danger_self_harm",
    "utter_call_back_noted",
    "utter_call_back_noted_when",
)

log = structlog.get_logger()


class Standing(Protocol):
    """What a customer who waits was promised."""

    @property
    def reference(self) -> str: ...

    @property
    def due(self) -> str: ...

    @property
    def phone(self) -> str | None: ...

    @property
    def danger(self) -> str | None: ...


class Casebook(Protocol):
    """What waiting needs of the casebook."""

    def standing(self, conversation_id: str) -> Standing | None: ...

    def note_while_waiting(self, conversation_id: str, words: str) -> bool: ...

    def note_danger(self, conversation_id: str, message_id: str, kind: str) -> None: ...


async def danger_in(assistant: Assistant, words: str) -> str | None:
    """The kind of danger in a message that the assistant does not answer; none while it is away."""
    if not words:
        return None
    try:
        found = await assistant.danger_in(words)
    except (AssistantAway, AssistantFailed) as trouble:
        log.warning("danger not looked for", trouble=repr(trouble))
        found = None
    return found or ("illness" if emergency.is_now(words) else None)


class Waiting:
    """Answers whoever waits, with notices: the assistant itself is silent."""

    def __init__(self, conversations: ConversationLog, casebook: Casebook, words: Words) -> None:
        words.require(SENTENCES)
        self._conversations = conversations
        self._casebook = casebook
        self._words = words

    def answer(self, message: Message, danger: str | None) -> None:
        """Says that it is kept, by when somebody answers, and where help is if it is needed now."""
        waits = message.conversation_id
        text = message.text or ""
        if danger:
            self._casebook.note_danger(waits, str(message.id), danger)
        noted_phone = bool(text) and self._casebook.note_while_waiting(waits, text)
        told = self._casebook.standing(waits)
        if told is None:
            return
        known = {"due": told.due, "reference": told.reference, "phone": told.phone or ""}
        self._conversations.say(
            waits, Author.NOTICE, self._said(waits, text, danger, noted_phone, told, known),
            answers=message.id, key=f"waiting:{message.id}",
        )  # fmt: skip

    def _said(
        self, told_to: str, text: str, danger: str | None, noted_phone: bool, told: Standing,
        known: dict[str, str],
    ) -> str:  # fmt: skip
        lately = self._conversations.said_lately(told_to, SAID_LATELY)

        def say(name: str) -> str:
            return self._words.say(name, avoid=lately, **known)

        if emergency.is_now(text) and danger != "self_harm":
            return say("utter_danger_emergency")
        if told.danger and _DENIES.search(text):
            return say("utter_danger_misread")
        if danger:
            return f"{say(f'utter_danger_{danger}')} {say('utter_waiting_until')}"
        if noted_phone:
            # Whoever wrote "after five" must not read that we call by half past four.
            says_when = len(text.split()) > len(known["phone"].split())
            return say("utter_call_back_noted_when" if says_when else "utter_call_back_noted")
        if _COURTESY.fullmatch(text):
            return say("utter_waiting_thanks")
        if told.danger in _HELP_AT_ONCE and told.danger != "self_harm":
            return say("utter_danger_waiting")
        asks = text.rstrip().endswith("?") and len(text.split()) >= A_QUESTION
        if asks or speech_acts.asks_when(text) or speech_acts.calls_out(text):
            return say("utter_waiting_until")
        kept = self._words.say("utter_kept_while_waiting", **known)
        return say("utter_kept_too") if kept in lately else kept
