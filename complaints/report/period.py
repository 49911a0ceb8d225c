"""The period a report is about: whole days, as the shop counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from complaints.errors import NotAllowed
from complaints.promise import BusinessCalendar, date_in_words

USUAL_DAYS = 30
MOST_DAYS = 366  # a year, so that a report never reads all there ever was


@dataclass(frozen=True)
class Period:
    """From the beginning of `first` to the end of `last`, where the shop is."""

    first: date
    last: date
    timezone: ZoneInfo

    @classmethod
    def read(cls, first: str, last: str, calendar: BusinessCalendar, now: datetime) -> Period:
        """The days as written, 2026-11-25; the last 30 days where nothing is.

        Raises NotAllowed for what is no day, for an end before its beginning, and for more
        than MOST_DAYS.
        """
        try:
            ends = date.fromisoformat(last) if last else calendar.today(now)
            begins = date.fromisoformat(first) if first else ends - timedelta(days=USUAL_DAYS - 1)
        except (ValueError, OverflowError):
            raise NotAllowed("a period has two days, such as 2026-11-01 and 2026-11-30") from None
        if begins > ends:
            raise NotAllowed(f"a period ends after it begins; {begins} is later than {ends}")
        if not date(1971, 1, 1) <= begins <= ends < date(9000, 1, 1):
            raise NotAllowed("choose days of this century")
        if (ends - begins).days >= MOST_DAYS:
            raise NotAllowed(f"a report covers at most {MOST_DAYS} days; choose fewer")
        return cls(begins, ends, calendar.timezone)

    @property
    def since(self) -> datetime:
        return self._midnight(self.first)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return self._midnight(self.last + timedelta(days=1))

    def in_words(self) -> str:
        """ "Monday 26 October 2026 to Tuesday 24 November 2026"."""
        days = dict.fromkeys([self.first, self.last])
        zone = self.timezone.key
        return " to ".join(f"{date_in_words(day, zone)} {day.year}" for day in days)

    def _midnight(self, day: date) -> datetime:
        # By the clock on the wall: the day the clocks change has 23 hours, or 25.
        return datetime.combine(day, time(0), self.timezone).astimezone(UTC)
