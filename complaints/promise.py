"""Promises to customers, and the calendar they are counted in.

A promise has two times: when we plan to keep it, and the later one the customer is told.
Both fall inside opening hours, so that "by 3:30 pm" always means somebody is there to do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays as public_holidays
from babel.dates import format_date, format_time

Window = tuple[datetime, datetime]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Length:
    """A length of working time: minutes and hours are opening hours, days are working days."""

    count: int
    unit: str  # "minutes", "hours" or "days"

    @classmethod
    def parse(cls, text: str) -> Length:
        """Read "2 hours", "1 day" or "90 minutes". Raises ValueError for anything else."""
        found = re.fullmatch(r"([1-9]\d{0,3})\s+(minute|hour|day)s?", text.strip())
        if found is None:
            raise ValueError(f"'{text}' is no length of time; write it like 2 hours or 3 days.")
        return cls(int(found[1]), found[2] + "s")

    @property
    def in_days(self) -> bool:
        return self.unit == "days"

    @property
    def duration(self) -> timedelta:
        """The opening time meant by minutes or hours; a working day has no fixed duration."""
        if self.in_days:
            raise ValueError(f"{self} are counted on the calendar, not by the clock.")
        return timedelta(**{self.unit: self.count})

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit[:-1]}"


@dataclass(frozen=True)
class OpeningHours:
    """When people are there to answer.

    `week` maps a weekday (Monday is 0) to its opening and closing time; a missing weekday is
    closed. `holidays` names a country or part of one ("GB-ENG"); `closed` are our own extra days.
    Promises in days count only `working_days`, because banks and couriers rest on days we do not.
    """

    timezone: str
    week: Mapping[int, tuple[time, time]]
    working_days: frozenset[int]
    holidays: str | None = None
    closed: frozenset[date] = field(default_factory=frozenset)

    def closed_because(self, day: date) -> str | None:
        """Why a day that would be open is not: the holiday's name, or "closed"."""
        if day in self.closed:
            return "closed"
        return _holidays(self.holidays).get(day) if self.holidays else None

    def spans(self) -> list[tuple[str, tuple[time, time]]]:
        """Neighbouring weekdays with the same hours, in words: ("Monday to Friday", …)."""
        runs: list[tuple[int, int]] = []
        for day in sorted(self.week):
            if runs and runs[-1][1] == day - 1 and self.week[day] == self.week[day - 1]:
                runs[-1] = (runs[-1][0], day)
            else:
                runs.append((day, day))
        return [
            (WEEKDAYS[a] if a == b else f"{WEEKDAYS[a]} to {WEEKDAYS[b]}", self.week[a])
            for a, b in runs
        ]

    def on(self, day: date) -> tuple[time, time] | None:
        return None if self.closed_because(day) else self.week.get(day.weekday())


class BusinessCalendar:
    """Counts time the way a customer would: only while somebody is there."""

    def __init__(self, hours: OpeningHours) -> None:
        if not hours.week or not hours.working_days <= set(hours.week):
            raise ValueError("A calendar needs opening hours on each of its working days.")
        self.hours = hours
        self.timezone = ZoneInfo(hours.timezone)

    def today(self, at: datetime) -> date:
        """The date at the shop when it is `at` in the world."""
        return _aware(at).astimezone(self.timezone).date()

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at this moment; at the stroke of closing nobody is."""
        window = self._window(self.today(at))
        return window is not None and window[0] <= at < window[1]

    def next_opening(self, at: datetime) -> datetime:
        """The first open moment from `at` on: `at` itself while we are open."""
        opens, _ = next(self._windows(at))
        return max(opens, at.astimezone(UTC))

    def next_closing(self, at: datetime) -> datetime:
        """When whoever is there at `at`, or comes next, goes home."""
        return next(self._windows(at))[1]

    def add(self, at: datetime, length: Length) -> datetime:
        """The moment by which `length` of working time has passed since `at`, in UTC.

        Hours run only while we are open, across nights, holidays and clock changes. Days end
        at closing time; the first whole one is the working day after the one we start on.
        """
        if length.in_days:
            return self._add_days(at, length.count)
        # In UTC, because an hour added to a local time is no hour on the night the clocks change.
        at, left = _aware(at).astimezone(UTC), length.duration
        for opens, closes in self._windows(at):
            start = max(opens, at)
            if start + left <= closes:
                return start + left
            left -= closes - start
        raise AssertionError("a calendar never ends")

    def round_up(self, at: datetime) -> datetime:
        """The next quarter of an hour, but never past closing: nobody says "by 3:22 pm"."""
        quarter = timedelta(minutes=15)
        rounded = at + (datetime.min.replace(tzinfo=UTC) - at) % quarter
        window = self._window(self.today(at))
        return min(rounded, max(window[1], at)) if window else rounded

    def _add_days(self, at: datetime, count: int) -> datetime:
        working = (
            w for w in self._windows(at) if self.today(w[0]).weekday() in self.hours.working_days
        )
        for _ in range(count):
            next(working)
        return next(working)[1]

    def _windows(self, at: datetime) -> Iterator[Window]:
        """Every opening that is not over at `at`, in order, without end."""
        day = self.today(at)
        while True:
            window = self._window(day)
            if window and window[1] > at:
                yield window
            day += timedelta(days=1)

    def _window(self, day: date) -> Window | None:
        hours = self.hours.on(day)
        if hours is None:
            return None
        # When the clocks change, a time on the wall comes twice or never. The later opening and
        # the earlier closing are the ones at which somebody is surely there.
        opens = max(self._moments(day, hours[0]))
        closes = min(self._moments(day, hours[1]))
        return (opens, closes) if opens < closes else None

    def _moments(self, day: date, clock: time) -> list[datetime]:
        local = datetime.combine(day, clock, self.timezone)
        return [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]


@dataclass(frozen=True)
class Due:
    """When we plan to do something, and the later time the customer is told."""

    planned_at: datetime
    told_at: datetime
    by_the_day: bool

    def in_words(self, timezone: str, now: datetime) -> str:
        """The told time as a customer reads it: a date, or a date with its hour."""
        if self.by_the_day:
            return date_in_words(self.told_at, timezone, now)
        return moment_in_words(self.told_at, timezone, now)

    def by(self, timezone: str, now: datetime) -> str:
        """ "by Friday 27 November", or "today by 3:30 pm"."""
        said = self.in_words(timezone, now)
        return f"by {said}" if self.by_the_day else said


@dataclass(frozen=True)
class Timing:
    """How long something takes (`plan`) and what we say it takes (`tell`)."""

    plan: Length
    tell: Length

    def due(self, calendar: BusinessCalendar, made_at: datetime) -> Due:
        """Both times for something promised now, told never before planned."""
        planned_at = calendar.add(made_at, self.plan)
        told_at = calendar.round_up(max(planned_at, calendar.add(made_at, self.tell)))
        return Due(planned_at, told_at, by_the_day=self.tell.in_days)


class PromiseState(StrEnum):
    PENDING = "pending"
    MET = "met"
    BREACHED = "breached"
    MOVED = "moved"


@dataclass(frozen=True)
class Promise:
    """What we said we would do, by when, and who sees to it. Every change is a new Promise."""

    kind: str  # a remedy, "first_reply_by_a_person", "resolve", …
    made_at: datetime
    planned_at: datetime
    due_at: datetime  # the told time: the one that must not pass
    owner: str
    by_the_day: bool = True
    state: PromiseState = PromiseState.PENDING
    settled_at: datetime | None = None  # when it was met, breached or moved
    moved_because: str | None = None

    def __post_init__(self) -> None:
        if not _aware(self.made_at) <= _aware(self.planned_at) <= _aware(self.due_at):
            raise ValueError(f"The promise '{self.kind}' is told for earlier than it is planned.")

    @classmethod
    def make(cls, kind: str, due: Due, made_at: datetime, owner: str) -> Promise:
        return cls(kind, made_at, due.planned_at, due.told_at, owner, due.by_the_day)

    @property
    def due(self) -> Due:
        return Due(self.planned_at, self.due_at, self.by_the_day)

    @property
    def is_pending(self) -> bool:
        return self.state is PromiseState.PENDING

    def is_breached(self, now: datetime) -> bool:
        """Whether the told time passed without it being kept or moved."""
        return self.state is PromiseState.BREACHED or (self.is_pending and now > self.due_at)

    def is_at_risk(self, now: datetime) -> bool:
        """Whether the plan has slipped while there is still time to tell the customer (R19)."""
        return self.is_pending and self.planned_at < now <= self.due_at

    def meet(self, at: datetime) -> Promise:
        """Kept. Late is still better than never, so a breached promise can be met too."""
        return replace(self, state=PromiseState.MET, settled_at=at)

    def breach(self, at: datetime) -> Promise:
        return replace(self, state=PromiseState.BREACHED, settled_at=at)

    def move(self, due: Due, at: datetime, because: str) -> tuple[Promise, Promise]:
        """The old promise, marked as moved and why, and the new one that takes its place."""
        moved = replace(self, state=PromiseState.MOVED, settled_at=at, moved_because=because)
        return moved, Promise.make(self.kind, due, at, self.owner)


def date_in_words(when: datetime | date, timezone: str, now: datetime | None = None) -> str:
    """ "Friday 27 November"; with the year only when it is not the year of `now`."""
    zone = ZoneInfo(timezone)
    day = when.astimezone(zone).date() if isinstance(when, datetime) else when
    other_year = now is not None and now.astimezone(zone).year != day.year
    return format_date(day, "EEEE d MMMM y" if other_year else "EEEE d MMMM", locale="en_GB")


def moment_in_words(at: datetime, timezone: str, now: datetime) -> str:
    """ "today by 3:30 pm", or "Monday 23 November by 11:00 am"."""
    local = _aware(at).astimezone(ZoneInfo(timezone))
    today = now.astimezone(ZoneInfo(timezone)).date()
    day = "today" if local.date() == today else date_in_words(at, timezone, now)
    return f"{day} by {time_in_words(local.time())}"


def time_in_words(clock: time) -> str:
    return format_time(clock, "h:mm a", locale="en_GB")


def _aware(at: datetime) -> datetime:
    # A time without a zone would be an hour wrong for half the year, and nobody would notice.
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone; every time here is aware.")
    return at


@lru_cache
def _holidays(name: str) -> public_holidays.HolidayBase:
    """The public holidays of "GB-ENG" or "FR". Raises NotImplementedError for a place unknown."""
    country, _, part = name.partition("-")
    return public_holidays.country_holidays(country, subdiv=part or None)
