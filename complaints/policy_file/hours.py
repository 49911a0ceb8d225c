"""Reads when a person is there, and how long things take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from zoneinfo import available_timezones

from complaints.policy_file.text import Section, Value
from complaints.promise import Length, OpeningHours, Timing

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PROMISES = ("first_reply_by_a_person", "resolve")

# Stands for hours that were refused, so that the rest of the file can still be judged.
_ANY_HOURS = (time(9), time(17))
_ANY_TIMING = Timing(Length(1, "days"), Length(2, "days"))


def read_hours(section: Section) -> OpeningHours:
    spans = [key for key in section.entries if _days_of(key)]
    section.allow(
        "timezone", "working_days", "holidays", "closed", "monday-friday", *WEEKDAYS, *spans
    )
    week = _week(section, spans)
    days = [item.date() for item in section.each("closed") if isinstance(item, Value)]
    return OpeningHours(
        timezone=_timezone(section),
        week=week,
        working_days=_working_days(section, week),
        holidays=_holidays(section),
        closed=frozenset(day for day in days if day),
    )


def read_promises(section: Section, hours: OpeningHours) -> dict[str, Timing]:
    section.allow(*PROMISES, "follow_up_after")
    return {kind: read_timing(section, kind, hours) for kind in PROMISES}


def read_length(section: Section, key: str, example: str) -> Length | None:
    section.demand(key, example)
    value = section.value(key)
    return value.length() if value else None


def read_timing(parent: Section, key: str, hours: OpeningHours) -> Timing:
    """What we plan and what we tell; only telling more leaves time to keep it (R19)."""
    parent.demand(key, "{plan: 2 hours, tell: 4 hours}")
    section = parent.section(key)
    if section is None:
        return _ANY_TIMING
    section.allow("plan", "tell")
    plan = read_length(section, "plan", "2 hours")
    tell = read_length(section, "tell", "4 hours")
    if plan is None or tell is None:
        return _ANY_TIMING
    if not _leaves_time(plan, tell, hours):
        section.refuse(
            f"{section.name} tells {tell} for what is planned in {plan}; "
            "tell more than the plan, so that we arrive early.",
            "tell",
        )
    return Timing(plan, tell)


def _leaves_time(plan: Length, tell: Length, hours: OpeningHours) -> bool:
    if plan.in_days and tell.in_days:
        return tell.count > plan.count
    if plan.in_days:
        return False  # a day may hold any number of hours, a holiday none
    if tell.in_days:
        shortest = min(_between(*hours.week[day]) for day in hours.working_days)
        return plan.duration < tell.count * shortest
    return tell.duration > plan.duration


def _timezone(section: Section) -> str:
    section.demand("timezone", "Europe/London")
    value = section.value("timezone")
    if value is None or value.text in available_timezones():
        return value.text if value else "UTC"
    near = get_close_matches(value.text, available_timezones(), n=1)
    value.refuse(
        f"'{value.text}' is no time zone; write {near[0] if near else 'one like Europe/London'}."
    )
    return "UTC"


def _week(section: Section, spans: list[str]) -> dict[int, tuple[time, time]]:
    week: dict[int, tuple[time, time]] = {}
    for span in spans:
        times = section.value(span)
        hours = times.clock_times() if times else None
        for day in _days_of(span):
            if day in week:
                section.refuse(f"{WEEKDAYS[day]} has opening hours twice; keep one of them.", span)
            week[day] = hours or _ANY_HOURS
    if not week:
        section.refuse('nobody is ever there; write monday-friday: "09:00-17:30".')
    return week or {0: _ANY_HOURS}


def _working_days(section: Section, week: Mapping[int, object]) -> frozenset[int]:
    value = section.value("working_days")
    if value is None:
        return frozenset(week)
    days = _days_of(value.text)
    if not days:
        value.refuse(f"working_days is '{value.text}'; write it like monday-friday.")
    for day in days:
        if day not in week:
            value.refuse(
                f"{WEEKDAYS[day]} is a working day without opening hours; "
                "give it hours, or take it out of working_days."
            )
    return frozenset(days) & frozenset(week) or frozenset(week)


def _holidays(section: Section) -> str | None:
    value = section.value("holidays")
    if value is None:
        return None
    try:
        OpeningHours("UTC", {}, frozenset(), value.text).closed_because(datetime.now(UTC).date())
    except NotImplementedError:
        value.refuse(
            f"nobody knows the holidays of '{value.text}'; "
            "write a country, or a part of one, like GB-ENG or IE."
        )
        return None
    return value.text


def _days_of(span: str) -> range:
    """The weekdays of "saturday" or "monday-friday"; none for anything else."""
    first, _, last = span.partition("-")
    if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
        return range(0)
    return range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)


def _between(opens: time, closes: time) -> timedelta:
    any_day = date(2026, 1, 1)
    return datetime.combine(any_day, closes) - datetime.combine(any_day, opens)
