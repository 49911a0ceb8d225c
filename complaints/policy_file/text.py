"""The text of policy.yml as sections and values that know their line, and gather what is wrong with them.

Nothing here knows what a remedy is. A value is kept as the text somebody typed: "25.00" never
passes through a float, and "no" never becomes Norway.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches

import yaml

from complaints.errors import MoneyError, PolicyError
from complaints.money import Money
from complaints.promise import Length

# A reason is read by somebody who is upset: nothing that R2, R11 and R18 forbid.
_UNKIND = re.compile(
    r"\b(our (?:policy|terms)|terms and conditions|(?:any|the) inconvenience|unfortunately|"
    r"as soon as possible|soon|shortly|we regret|not our fault|your fault)\b",
    re.IGNORECASE,
)


class PolicyFile:
    """One text, and every fault found in it so far."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self._faults: list[tuple[int, str]] = []
        self.root = Section("the file", 1, self, {})
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "it holds a character no text has"
            self.refuse(
                mark.line + 1 if mark else 1,
                f"this cannot be read ({problem}); look for a wrong indent, or a sentence "
                "with a colon, which needs quotes around it.",
            )
            self.raise_faults()
        if isinstance(node, yaml.MappingNode):
            self.root = self.section("the file", node)
        else:
            self.refuse(
                1, "there is no policy here; start from the policy.yml that came with Amends."
            )
            self.raise_faults()

    def refuse(self, line: int, sentence: str) -> None:
        self._faults.append((line, f"{self.name}, line {line}: {sentence}"))

    def raise_faults(self) -> None:
        """Raises PolicyError when anything was refused."""
        if self._faults:
            ordered = sorted(self._faults, key=lambda fault: fault[0])
            raise PolicyError(list(dict.fromkeys(sentence for _, sentence in ordered)))

    def section(self, name: str, node: yaml.MappingNode) -> Section:
        entries: dict[str, Entry] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in entries:
                first = entries[key.value].line
                self.refuse(
                    line, f"{key.value} is already there in line {first}; keep one of them."
                )
            else:
                entries[key.value] = Entry(line, value)
        return Section(name, node.start_mark.line + 1, self, entries)


@dataclass(frozen=True)
class Entry:
    line: int
    node: yaml.Node


@dataclass(frozen=True)
class Section:
    """A part of the file with named entries."""

    name: str  # as sentences call it
    line: int
    file: PolicyFile
    entries: dict[str, Entry] = field(repr=False)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def line_of(self, key: str) -> int:
        return self.entries[key].line if key in self.entries else self.line

    def refuse(self, sentence: str, key: str | None = None) -> None:
        self.file.refuse(self.line_of(key) if key else self.line, sentence)

    def allow(self, *known: str) -> None:
        """Refuses entries that mean nothing here: a typo would silently change what we owe."""
        for key in self.entries:
            if key not in known:
                self.refuse(f"{self.name} has no '{key}'; {suggestion(key, known)}.", key)

    def demand(self, key: str, example: str) -> bool:
        """Whether the entry is there; refuses the section when it is not."""
        if key not in self:
            self.refuse(f"{self.name} does not say {key}; write {key}: {example}.")
        return key in self

    def is_one_value(self, key: str) -> bool:
        return key in self and isinstance(self.entries[key].node, yaml.ScalarNode)

    def value(self, key: str) -> Value | None:
        """The single value of an entry; None when it is absent or not a single value."""
        if key not in self:
            return None
        entry = self.entries[key]
        if not isinstance(entry.node, yaml.ScalarNode):
            self.refuse(f"{self.name}: {key} is a single value; write {key}: and the value.", key)
            return None
        return Value(f"{self.name}: {key}", entry.node.value, entry.line, self.file)

    def section(self, key: str, name: str | None = None) -> Section | None:
        if key not in self:
            return None
        entry = self.entries[key]
        if not isinstance(entry.node, yaml.MappingNode):
            self.refuse(
                f"{self.name}: {key} is a list of names with values; write {key}: {{...}}.", key
            )
            return None
        section = self.file.section(name or f"{self.name}: {key}", entry.node)
        return Section(section.name, entry.line, self.file, section.entries)

    def each(self, key: str) -> Iterator[Value | Section]:
        """The items of a list: values, or sections for items like {partial_refund: 30%}."""
        if key not in self:
            return
        entry = self.entries[key]
        if not isinstance(entry.node, yaml.SequenceNode):
            self.refuse(f"{self.name}: {key} is a list; write {key}: [one, another].", key)
            return
        for node in entry.node.value:
            if isinstance(node, yaml.MappingNode):
                yield self.file.section(f"{self.name}: {key}", node)
            elif isinstance(node, yaml.ScalarNode):
                yield Value(f"{self.name}: {key}", node.value, node.start_mark.line + 1, self.file)
            else:
                self.refuse(f"{self.name}: {key} holds a list within a list; write one list.", key)


@dataclass(frozen=True)
class Value:
    """One thing somebody typed. Every reading of it gives None after refusing it."""

    name: str
    text: str
    line: int
    file: PolicyFile

    def refuse(self, sentence: str) -> None:
        self.file.refuse(self.line, sentence)

    def money(self, currency: str) -> Money | None:
        try:
            if re.fullmatch(r"\d{1,7}(\.\d+)?", self.text) and (
                amount := Money(self.text, currency)
            ):
                return amount
        except MoneyError:
            pass
        self._refuse_as("an amount of money above nothing", "25.00")
        return None

    def length(self) -> Length | None:
        try:
            return Length.parse(self.text)
        except ValueError:
            self._refuse_as("a length of working time", "2 hours or 3 days")
            return None

    def days_of_delivery(self) -> int | None:
        found = re.fullmatch(r"([1-9]\d{0,4}) days? of delivery", self.text)
        if found is None:
            self._refuse_as("a time to ask in", "60 days of delivery")
            return None
        return int(found[1])

    def percent(self) -> Decimal | None:
        found = re.fullmatch(r"(\d{1,2}(?:\.\d)?)\s?%", self.text)
        if found is None or not Decimal(found[1]):
            self._refuse_as("a share between nothing and all", "30%")
            return None
        return Decimal(found[1])

    def yes_no(self) -> bool:
        if self.text.lower() not in ("yes", "no", "true", "false"):
            self._refuse_as("yes or no", "yes")
        return self.text.lower() in ("yes", "true")

    def date(self) -> date | None:
        try:
            return date.fromisoformat(self.text)
        except ValueError:
            self._refuse_as("a day of the calendar", "2026-12-25")
            return None

    def clock_times(self) -> tuple[time, time] | None:
        try:
            opens, closes = (time.fromisoformat(part.strip()) for part in self.text.split("-"))
        except ValueError:
            self._refuse_as("an opening and a closing time", '"09:00-17:30"')
            return None
        if closes <= opens:
            self.refuse(
                f"{self.name} closes at {closes:%H:%M}, not after it opens at {opens:%H:%M}; "
                "write the earlier time first, and 23:59 for midnight."
            )
            return None
        return opens, closes

    def word(self, known: Collection[str]) -> str | None:
        """One word of those that mean something here."""
        if self.text in known:
            return self.text
        self.refuse(f"{self.name} says '{self.text}'; {suggestion(self.text, known)}.")
        return None

    def words(self, most: int = 300) -> str | None:
        """Words for a customer to read."""
        words = " ".join(self.text.split())
        if not words:
            self._refuse_as("anything a customer could read", "a few kind words")
            return None
        if len(words) > most:
            self.refuse(f"{self.name} has {len(words)} letters; say it in {most}.")
            return None
        if unkind := _UNKIND.search(words):
            self.refuse(
                f"{self.name} says '{unkind[0]}', which no upset customer wants to read; "
                "give the plain reason, and a date where there is one."
            )
            return None
        return words

    def _refuse_as(self, expected: str, example: str) -> None:
        typed = f"'{self.text}'" if self.text else "empty"
        self.refuse(f"{self.name} is {typed}, which is not {expected}; write it like {example}.")


def suggestion(typed: str, known: Collection[str]) -> str:
    """What to write instead of a word nobody knows: the nearest one, or all there are."""
    near = get_close_matches(typed, known, n=1, cutoff=0.6)
    return f"write '{near[0]}'" if near else f"write one of {', '.join(known)}"
