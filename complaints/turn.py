"""What the casebook tells the assistant: what a message changed, and what comes next."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Hearing:
    """What one message did to the case."""

    reference: str | None = None
    opened: bool = False  # a complaint was opened by it
    second: str | None = None  # the reference of a second complaint noted for later
    learned: tuple[str, ...] = ()
    answered: str | None = None
    proof: str | None = None  # proved, failed, not_found
    failures: int = 0  # of proof, so far
    familiar: bool = False  # it said something, though nothing that was new
    pending: str | None = None  # the question that was open
    first_told: bool = False  # it told what happened, for the first time
    enquiring: bool = False  # they are being helped to find a case they came back for
    still_wrong: bool = False  # it complains again of what was settled
    changed_mind: bool = False  # it wants something else than what was settled
    asks_status: bool = False  # where their case stands, however it sounds
    asks: str | None = None  # about the offers, and nothing else
    has_none: bool = False  # of what was asked for
    follow_up: str | None = None  # what it answers to "is all well?", or that it adds "words"

    @property
    def is_beside_it(self) -> bool:
        """Whether it says nothing of the complaint that is open."""
        return bool(self.second or self.asks or self.has_none or self.asks_status)

    @property
    def understood(self) -> bool:
        told = self.learned or self.answered or self.proof or self.familiar
        return bool(self.opened or self.second or told)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Hearing":
        return cls(**{**value, "learned": tuple(value["learned"])})


@dataclass(frozen=True)
class Choice:
    """A button: the response that titles it, what that response is filled with, what it sends."""

    title: str
    payload: str
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """What comes next in the conversation, with the words it is filled with.

    `kind`: ask, offer, confirm, hand_off, or nothing (there is no case, or nothing is open).
    `name` says which question, remedy or reason. `times` counts how often it was asked, from 1.
    """

    kind: str
    name: str = ""
    times: int = 1
    words: dict[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class HandedOver:
    """A conversation given to a person: the reference, and by when one answers, in words."""

    reference: str
    due: str
    open_now: bool  # whether somebody is there at this moment
    reason: str
    already: bool = False  # it was given before
    knows_story: bool = True
    phone: str | None = None
    danger: str | None = None  # which kind, if there is any
    somebody_is_there: bool = True  # somebody is available, with or without room
    somebody_is_free: bool = True  # somebody who is there has room for one more

    @property
    def unless_now(self) -> str:
        """Why nobody answers at once, as the responses are named; empty when somebody does."""
        if not self.open_now:
            return "_closed"
        if not self.somebody_is_there:
            return "_away"
        return "" if self.somebody_is_free else "_busy"


@dataclass(frozen=True)
class Wish:
    """What became of a wish beside the offers: laid out too, or why it cannot be."""

    granted: bool = False
    reason: str | None = None  # in words for the customer
