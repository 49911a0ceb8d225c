"""What time it is; a clock can be held in the hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Whatever tells the time."""

    def now(self) -> datetime: ...


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class HeldClock:
    """A time that moves only when told to, for tests and rehearsals."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def advance(self, by: timedelta) -> None:
        self._at += by


class AheadClock:
    """The real time and as many seconds as stand in `file`: one clock for all parts of a house.

    For tests and rehearsals with the real processes; no file means the real time.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        try:
            ahead = float(self._file.read_text() or 0)
        except FileNotFoundError:
            ahead = 0
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def advance(self, by: timedelta) -> None:
        """Moves every process that reads this file; written aside, so that nobody reads half."""
        ahead = self.now() - datetime.now(UTC) + by
        draft = self._file.with_name(f"{self._file.name}.draft")
        draft.write_text(str(ahead.total_seconds()))
        draft.replace(self._file)


def open_clock(file: Path | None) -> Clock:
    """The clock of this installation: the real time, unless a rehearsal moves it."""
    return AheadClock(file) if file else SystemClock()
