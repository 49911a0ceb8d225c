"""One message being read for details, and which of its words are already spoken for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from re import Match, Pattern
from typing import Any

# Every replacement is one character for one, so that positions stay true to what was typed.
_AS_TYPED = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "‑": "-",
        # Nobody writes it inside a number: "W-10482—the blue one" is a number, then a word.
        "—": ";",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
        "＃": "#",
        "*": " ",  # bold, where a message is pasted from elsewhere
        **{full_width: digit for full_width, digit in zip("０１２３４５６７８９", "0123456789")},
    }
)

NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip


@dataclass(frozen=True)
class Detail:
    """One fact found in a message, its value in the one spelling everybody downstream expects."""

    entity: str
    value: Any
    start: int
    end: int
    text: str

    def as_entity(self) -> dict[str, Any]:
        return {
            "entity": self.entity,
            "value": self.value,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "extractor": "Details",
        }


@dataclass
class Reading:
    """A message, the day it was written, and the details found so far.

    A stretch of text belongs to the first detail that takes it, so the digits of an order
    number are never read a second time as a phone number.
    """

    typed: str
    today: date
    details: list[Detail] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.typed.translate(_AS_TYPED)
        self.small = self.text.lower()
        self._taken: list[tuple[int, int]] = []
        self.digits = sum(map(self.text.count, "0123456789"))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in the message, in small letters.

        To look here first is far cheaper than the patterns it saves: most messages name no day,
        no sum and no thing they want exchanged.
        """
        return frozenset(re.findall("[a-z]+", self.small))

    def free_matches(self, pattern: Pattern[str], group: Any = 0) -> Iterator[Match[str]]:
        """Matches whose `group` lies in text that no detail has taken yet."""
        for match in pattern.finditer(self.text):
            if match.group(group) and self.is_free(*match.span(group)):
                yield match

    def is_free(self, start: int, end: int) -> bool:
        return all(
            end <= taken_start or start >= taken_end for taken_start, taken_end in self._taken
        )

    def take(self, entity: str, value: Any, start: int, end: int) -> None:
        """Keep a detail and its stretch of text."""
        self._taken.append((start, end))
        self.note(entity, value, start, end)

    def set_aside(self, start: int, end: int) -> None:
        """Let nobody read this stretch of text."""
        self._taken.append((start, end))

    def note(self, entity: str, value: Any, start: int, end: int) -> None:
        """Keep a detail but leave its words to others: a wish may name an item."""
        self.details.append(Detail(entity, value, start, end, self.typed[start:end]))

    def clause_before(self, position: int, longest: int = 60) -> str:
        """The words just before `position`, back to the last stop or comma, in small letters."""
        before = self.text[max(0, position - longest) : position].lower()
        return re.split(r"[.!?;\n,]\s", before)[-1]

    def sentence_before(self, position: int) -> str:
        """All words of the same sentence before `position`, in small letters."""
        return re.split(r"(?<!\bno)[.!?]\s|\n", self.text[:position].lower())[-1]

    def after(self, position: int, longest: int = 30) -> str:
        """The words just after `position`, in small letters."""
        return self.text[position : position + longest].lower()


def whole_number(words: str) -> int | None:
    """12, "twelve", "twenty-five", "a hundred and ten" as a number; None when it is none."""
    words = words.lower().strip()
    if words.isdigit():
        return int(words)
    total, current, seen = 0, 0, False
    for word in re.split(r"[\s-]+", words):
        if word in NUMBER_WORDS:
            said, before = NUMBER_WORDS[word], current % 100
            if before and not (before >= 20 and before % 10 == 0 and said < 10):
                return None  # "forty five ninety" are two numbers
            current += said
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in ("thousand", "grand"):
            total, current = total + max(current, 1) * 1000, 0
        elif word != "and" or not seen:
            return None
        seen = True
    return total + current if seen else None
