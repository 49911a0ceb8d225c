"""The record of one conversation: what was said on both sides, and what stood in the rows then."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

QUOTED = re.compile(r"“[^”]*”")
_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Standing:
    """Where the house says it stands, read from its own rows after an answer.

    `question` is open; `asked` are all put in this answer. `backed` is every date, time and
    amount that a row or an order holds, in the words a customer reads.
    """

    question: str | None = None
    asked: tuple[str, ...] = ()
    handler: str = "bot"
    handed_over: tuple[str, ...] = ()  # reasons, of handoffs that silence the assistant
    statuses: tuple[str, ...] = ()  # of the cases, oldest first
    resolved: tuple[str, ...] = ()  # the kinds accepted, in the order of their cases
    offers: tuple[tuple[str, str], ...] = ()  # (kind, number) of what is on the table
    references: tuple[str, ...] = ()
    enquiring: bool = False
    backed: frozenset[str] = frozenset()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do with the assistant: settled, or a person has it."""
        done = {"resolving", "closed", "with_person"}
        return self.handler != "bot" or (bool(self.statuses) and set(self.statuses) <= done)


@dataclass(frozen=True)
class Turn:
    """One message of the customer and everything they read after it."""

    said: str
    answers: tuple[str, ...]
    buttons: tuple[str, ...] = ()
    seconds: float = 0.0  # the house took, from receiving it until it was answered
    gives: frozenset[str] = frozenset()  # questions this message answers for good
    before: str = "bot"  # who answered the conversation when it was said
    standing: Standing = field(default_factory=Standing)
    fresh: bool = False  # the first in another browser

    @property
    def text(self) -> str:
        return "\n".join(self.answers)

    @property
    def read(self) -> str:
        """Everything that can be read, the buttons too."""
        return "\n".join([*self.answers, *self.buttons])


@dataclass
class Record:
    """A whole conversation. `trouble` says what stopped it, when something did."""

    name: str
    greeting: str = ""
    turns: list[Turn] = field(default_factory=list)
    trouble: str = ""

    @property
    def last(self) -> Standing:
        return self.turns[-1].standing if self.turns else Standing()

    @property
    def first_visit(self) -> list[Turn]:
        """The turns before they came back in another browser."""
        for place, turn in enumerate(self.turns):
            if turn.fresh:
                return self.turns[:place]
        return self.turns


def plain(text: str) -> str:
    """The text without what it quotes of the customer."""
    return QUOTED.sub("“”", text)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, quotations apart."""
    for sentence in _END.split(plain(text)):
        if sentence.strip():
            yield sentence.strip()
