"""A report is tables of figures; each figure knows the cases it was counted from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import mean, median

from complaints.report.period import Period

NOTHING = "–"  # where there was nothing to count from; never 0 %


class Unit(StrEnum):
    """What a figure's value is: how many, a part of one, seconds, days, or a score of 1 to 5."""

    COUNT = "count"
    SHARE = "share"
    SECONDS = "seconds"
    DAYS = "days"
    SCORE = "score"


@dataclass(frozen=True)
class Figure:
    """One number; `cases` are the references behind it, each once, in order of time."""

    value: float | None  # None when there was nothing to count from
    unit: Unit
    cases: tuple[str, ...]

    @classmethod
    def count(cls, references: Iterable[str]) -> Figure:
        """How many things; a case with two of them counts twice and is listed once."""
        found = list(references)
        return cls(len(found), Unit.COUNT, _once(found))

    @classmethod
    def share(cls, of_these: Iterable[str], all_of: Iterable[str]) -> Figure:
        """Which part `of_these` is of `all_of`; the cases are all of them."""
        part, whole = list(of_these), list(all_of)
        return cls(len(part) / len(whole) if whole else None, Unit.SHARE, _once(whole))

    @classmethod
    def median(cls, found: Iterable[tuple[str, timedelta]]) -> Figure:
        """The middle of lengths of plain time, nights and weekends included."""
        rows = list(found)
        seconds = [length.total_seconds() for _, length in rows]
        middle = median(seconds) if seconds else None
        return cls(middle, Unit.SECONDS, _once(reference for reference, _ in rows))

    @classmethod
    def median_days(cls, found: Iterable[tuple[str, int]]) -> Figure:
        rows = list(found)
        middle = median(days for _, days in rows) if rows else None
        return cls(middle, Unit.DAYS, _once(reference for reference, _ in rows))

    @classmethod
    def mean_score(cls, found: Iterable[tuple[str, int]]) -> Figure:
        rows = list(found)
        middle = mean(score for _, score in rows) if rows else None
        return cls(middle, Unit.SCORE, _once(reference for reference, _ in rows))

    def in_words(self) -> str:
        """ "12", "83%", "3 h 20 min", "1.5 days", "4.2 of 5"; a dash for nothing."""
        if self.value is None:
            return NOTHING
        if self.unit is Unit.SHARE:
            return f"{_percent(self.value)}%"
        if self.unit is Unit.SECONDS:
            return length_in_words(self.value)
        if self.unit is Unit.DAYS:
            return _days(self.value)
        if self.unit is Unit.SCORE:
            return f"{self.value:.1f} of 5"
        return str(int(self.value))


@dataclass(frozen=True)
class Column:
    key: str
    label: str


@dataclass(frozen=True)
class Row:
    key: str
    label: str
    figures: tuple[Figure, ...]  # one for each column
    is_part: bool = False  # of the row above it


@dataclass(frozen=True)
class Table:
    """`note` says what was counted. With `bars`, counts are drawn from zero to the largest."""

    key: str
    title: str
    note: str
    heading: str  # of the rows' labels
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    bars: bool = False

    @property
    def most(self) -> float:
        """The longest bar."""
        drawn = [f.value or 0 for row in self.rows for f in row.figures if f.unit is Unit.COUNT]
        return max(drawn, default=0) or 1


@dataclass(frozen=True)
class Report:
    period: Period
    at: datetime  # how it stood then
    tables: tuple[Table, ...]

    def find(self, table: str, row: str, column: str) -> tuple[str, Figure] | None:
        """A figure and what it is called: "Promises by category: damaged item, kept"."""
        for each in self.tables:
            for line in each.rows if each.key == table else ():
                for head, figure in zip(each.columns, line.figures, strict=True):
                    if (line.key, head.key) == (row, column):
                        return f"{each.title}: {line.label}, {head.label}", figure
        return None


def length_in_words(seconds: float) -> str:
    """ "40 s", "12 min", "3 h 20 min", "2.5 days"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return _days(seconds / 86_400)


def _days(days: float) -> str:
    return f"{days:.1f}".removesuffix(".0") + (" day" if days == 1 else " days")


def _percent(share: float) -> int:
    """Whole, and 0 or 100 only when it is none or all of them."""
    whole = round(share * 100)
    return whole if share in (0, 1) else min(max(whole, 1), 99)


def _once(references: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(references))
