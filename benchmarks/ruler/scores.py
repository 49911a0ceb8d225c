"""The figures of the table, from counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import nan


@dataclass
class Tally:
    """How often something was rightly found, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two, as 2·right / (2·right + wrong + missed)."""
        return share(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True)
class Figure:
    """One number of the table: what it says, over how many rows, and what issue 3 asks for."""

    name: str
    rows: int
    value: float
    reach: str = ""


@dataclass(frozen=True)
class Mistake:
    """One row that came out wrong, under the cause it shares with others, and what was heard."""

    cause: str
    heard: str
    text: str
    source: str


@dataclass
class Measured:
    """What one measure found of one pipeline."""

    figures: list[Figure] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    def figure(self, name: str, rows: int, value: float, reach: str = "") -> None:
        self.figures.append(Figure(name, rows, value, reach))

    def mistake(self, cause: str, heard: str, row: dict[str, object]) -> None:
        self.mistakes.append(Mistake(cause, heard, str(row["text"]), str(row.get("source", ""))))


def share(part: float, whole: float) -> float:
    """part / whole; not a number when there is nothing to share."""
    return part / whole if whole else nan


def tallies(gold: Sequence[str], guessed: Sequence[str | None]) -> dict[str, Tally]:
    """One tally for each class of `gold`. A guess that is no class of it is only a miss."""
    classes = {name: Tally() for name in sorted(set(gold))}
    for right, guess in zip(gold, guessed, strict=True):
        if guess == right:
            classes[right].right += 1
            continue
        classes[right].missed += 1
        if guess in classes:
            classes[guess].wrong += 1
    return classes


def macro_f1(classes: Iterable[Tally]) -> float:
    """The mean of the classes' F1, each class weighing the same."""
    scores = [tally.f1 for tally in classes]
    return share(sum(scores), len(scores))
