"""Heard: what was understood of one customer message, before anything is decided."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from complaints.money import Money
from complaints.reference import read_reference

COMPLAIN = "complain_"

# Intents that talk *about* the conversation. Their words are never taken for the answer
# to the question that was open, though details in them still count.
ASIDES = frozenset(
    """
    ask_for_person refuse_person ask_call_back ask_why wait start_over thank goodbye greet
    ask_if_robot ask_what_you_do ask_status ask_opening_hours insult dont_have_it
    report_still_wrong report_danger ask_other_offers write_in_another_language
    """.split()
)

_A_STORY = 12  # words
_TELLS = 4  # words
_OPENING = frozenset(
    [
        "complain",
        "express_wish",
        "report_still_wrong",
        "report_danger",
        "write_in_another_language",
        "ask_for_person",
        "ask_call_back",
    ]
)
# What somebody says with these belongs to what happened, though no category was heard.
TELLING = frozenset(["report_danger", "report_still_wrong", "write_in_another_language"])
# Where one of these leads, a complaint in passing ("not one broken, thank you") opens no case.
_KIND_OR_ELSEWHERE = frozenset("praise out_of_scope thank greet goodbye".split())
# "Why" and "where" are missing: "why was I charged twice?" complains.
_ASKS = re.compile(
    r"(?:and |so |ok,? |also,? |please )?(?:(?:how|what|when|which|who)\b|what's\b"
    r"|(?:can|could|do|does|did|is|are|may|will|would|should|has|have|am) "
    r"(?:i|you|we|it|he|she|they|there|this|that|the|my|your|any|anyone|anybody)\b"
    r"|(?:i|we)(?:'d|'ve|’d|’ve| have| would)?(?: got| need| want| like| wish)? to "
    r"(?:know|check|ask|find out|see|learn|understand)\b)",
    re.IGNORECASE,
)
_COMPLAINS_BY_ASKING = re.compile(
    r"(?:and |so |but )?(?:why|where(?! (?:can|could|do|should|would|might) (?:i|we)\b))\b",
    re.IGNORECASE,
)
_GUESS = 0.05  # of certainty; less says nothing
_IDENTIFYING = frozenset(["order_number", "email", "postcode", "item", "sku"])
# Details that stand by themselves; an item or a wish is part of what is told.
_STANDALONE = frozenset(
    [
        "order_number",
        "email",
        "phone",
        "postcode",
        "person_name",
        "case_reference",
        "date",
        "deadline",
    ]
)


_ON_TOP = re.compile(
    r"\b(?:too|as well|also|plus|on top|besides|another|extra|additional|fees?|interest|charges? (?:of|for|too)|bank charges?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """One message as understood: its words, what they do, and every detail found in them."""

    message_id: str
    text: str
    intent: str
    certainty: float = 1.0  # of the intent, 0 to 1
    also: tuple[str, ...] = ()
    sentences: tuple[tuple[str, str], ...] = ()  # (text, intent), in order
    details: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    leaning: tuple[str, float] | None = None  # the likeliest category and its certainty
    rest: str = ""  # the words that are no detail
    heat: int = 0
    danger: str | None = None
    pressed: bool = False  # a button: its words are ours, not the customer's

    @classmethod
    def from_rasa(cls, latest: Mapping[str, Any]) -> "Heard":
        """Reads Rasa's latest message; raises KeyError when reception's metadata is missing."""
        details: dict[str, list[Any]] = {}
        for entity in latest.get("entities") or []:
            if entity.get("value") is not None:
                details.setdefault(entity["entity"], []).append(entity["value"])
        text = latest.get("text") or ""
        pressed = text.startswith("/")
        return cls(
            message_id=str(latest["metadata"]["message_id"]),
            text=text,
            intent=(latest.get("intent") or {}).get("name") or "nlu_fallback",
            certainty=float((latest.get("intent") or {}).get("confidence") or 0),
            also=tuple(latest.get("also") or ()),
            sentences=tuple(
                (each["text"], each["intent"]) for each in latest.get("sentences") or ()
            ),
            details={name: tuple(values) for name, values in details.items()},
            leaning=_leaning(latest.get("intent_ranking") or ()),
            heat=int(latest.get("heat") or 0),
            danger=latest.get("danger"),
            rest="" if pressed else _without_details(text, latest.get("entities") or ()),
            pressed=pressed,
        )

    @property
    def words(self) -> str:
        """What the customer wrote; nothing when they pressed a button."""
        return "" if self.pressed else self.text.strip()

    @property
    def categories(self) -> tuple[str, ...]:
        """Every complaint category in the message, the main one first."""
        found = [
            intent.removeprefix(COMPLAIN)
            for intent in (self.intent, *self.also)
            if intent.startswith(COMPLAIN)
        ]
        return tuple(dict.fromkeys(found))

    @property
    def opens_a_case(self) -> bool:
        """Whether somebody who has no open case now needs one."""
        if self.intent in _OPENING or self.intent.startswith(COMPLAIN):
            return True
        if self.categories and self.intent not in _KIND_OR_ELSEWHERE:
            return True
        if self.is_aside:
            return False
        if self.intent == "nlu_fallback" and len(self.words.split()) >= _A_STORY:
            return not self.only_asks  # a long message is a story, whatever it is about
        if self.intent in _KIND_OR_ELSEWHERE:
            return "order_number" in self.details  # "and my 10482?" asks after an order
        return bool(set(self.details) & _IDENTIFYING) and not self._only_names_a_thing

    @property
    def only_asks(self) -> bool:
        """Whether every sentence is a question that complains of nothing, courtesies apart."""
        told = [text for text, intent in self.sentences if intent not in ("greet", "thank")]
        return all(_is_a_question(text) for text in told or [self.words])

    @property
    def _only_names_a_thing(self) -> bool:
        """Whether nothing but a thing was found in words that nobody understood."""
        return self.intent == "nlu_fallback" and not set(self.details) & _IDENTIFYING - {"item"}

    @property
    def has_more_than_details(self) -> bool:
        """Whether something is told beside an order number, a name, a date."""
        return len(self.rest.split()) >= _TELLS

    @property
    def only_identifies(self) -> bool:
        """Whether it says which order or who, and nothing else: "LE15 8DX, no, LE15 8DH"."""
        found = set(self.details)
        who = _STANDALONE - {"date", "deadline"}
        return bool(found) and found <= who and not self.has_more_than_details

    @property
    def is_aside(self) -> bool:
        """Whether the message is about the conversation rather than an answer in it."""
        return self.intent in ASIDES

    def detail(self, name: str) -> Any | None:
        """The last value of that name: people correct themselves within one message."""
        values = self.details.get(name)
        return values[-1] if values else None

    def reading(self, name: str, as_: str) -> "Heard":
        """The same message, with this detail taken for another."""
        left = {each: values for each, values in self.details.items() if each != name}
        return replace(self, details={**left, as_: self.details[name]})

    def date(self, name: str) -> date | None:
        value = self.detail(name)
        return date.fromisoformat(value[:10]) if value else None

    def money(self) -> Money | None:
        """The sum they speak of: the last, or the first where another comes on top of it."""
        values = self.details.get("money") or (None,)
        value = values[0] if self.adds_a_sum else values[-1]
        return Money(str(value["amount"]), value.get("currency") or "GBP") if value else None

    @property
    def blames_self(self) -> bool:
        """Whether they take the fault on themselves; to ask whose it is does not."""
        told = [text for text, intent in self.sentences if intent == "blame_self"]
        asks_only = bool(told) and all(map(_is_a_question, told))
        return "blame_self" in (self.intent, *self.also) and not asks_only

    @property
    def adds_a_sum(self) -> bool:
        """Whether a sum comes on top of another: "and the bank's £12 fee too"."""
        return bool(_ON_TOP.search(self.words))

    @property
    def case_reference(self) -> str | None:
        return read_reference(self.detail("case_reference") or "") or read_reference(self.text)


def _is_a_question(sentence: str) -> bool:
    if _COMPLAINS_BY_ASKING.match(sentence):
        return False
    return sentence.endswith("?") or bool(_ASKS.match(sentence))


def _leaning(ranking: Iterable[Mapping[str, Any]]) -> tuple[str, float] | None:
    for guess in ranking:
        if guess["name"].startswith(COMPLAIN):
            category, certainty = guess["name"].removeprefix(COMPLAIN), guess["confidence"]
            return (category, certainty) if certainty >= _GUESS else None
    return None


def _without_details(text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    rest = list(text)
    for entity in entities:
        if entity["entity"] in _STANDALONE and "start" in entity:
            rest[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    return " ".join("".join(rest).split())
