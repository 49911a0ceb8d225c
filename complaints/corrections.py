"""Corrections: what was put right in a case, so that nobody takes the old words for true.

A story is kept word for word, the wrong order number in it too. Whoever reads it must see which
of its facts no longer hold.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints import summary_words
from complaints.case import Case, LogEntry
from complaints.policy import Policy
from complaints.promise import date_in_words

DAYS = ("happened_on", "deadline")
FACTS = ("order_number", "item", "happened_on", "deadline", "amount", "phone", "email")
PUT_RIGHT = "put_right"  # by the customer; a person's is the verb correct_fact


def facts_of(case: Case) -> dict[str, str]:
    """The facts as they stand, to be compared with what they become."""
    facts = {name: getattr(case, name) for name in FACTS}
    return {name: str(value) for name, value in facts.items() if value}


def replaced(before: Mapping[str, str], case: Case) -> dict[str, str]:
    """What stood there before and no longer does."""
    now = facts_of(case)
    return {name: was for name, was in before.items() if now.get(name) != was}


def put_right(session: Session, case: Case) -> dict[str, list[str]]:
    """Every fact that was ever put right, with what it was before; what it is now is no part."""
    entries = session.scalars(
        select(LogEntry)
        .where(
            LogEntry.case_reference == case.reference,
            LogEntry.verb.in_([PUT_RIGHT, "correct_fact"]),
        )
        .order_by(LogEntry.id)
    )
    found: dict[str, list[str]] = {}
    for entry in entries:
        said = entry.detail
        by_a_person = {said["fact"]: said["was"]} if "fact" in said else {}
        for name, was in {**said.get("was_before", {}), **by_a_person}.items():
            values = found.setdefault(name, [])
            if was and was != str(getattr(case, name, "")) and was not in values:
                values.append(was)
    return {name: values for name, values in found.items() if values}


def mentions(text: str, wrong: Mapping[str, Sequence[str]]) -> bool:
    """Whether the text says something that was put right since; then it is not quoted back."""
    said = text.casefold()
    return any(
        word.casefold() in said
        for name, values in wrong.items()
        for was in values
        for word in _ways_to_say(name, was)
    )


def in_words(name: str, value: str, zone: str, now: datetime) -> str:
    """The fact as it is read: a day by its weekday."""
    return date_in_words(date.fromisoformat(value), zone, now) if name in DAYS and value else value


def told(
    case: Case, thing: str | None, wrong: Mapping[str, Sequence[str]], policy: Policy, now: datetime
) -> list[str]:
    """ "order number: W-10957, not W-10951", for whoever reads the story in their own words."""
    true = {name: str(getattr(case, name) or "") for name in wrong if name != "amount"}
    true |= {**facts_of(case), "item": thing or ""}
    found = []
    for name, values in wrong.items():
        zone = policy.zone
        known, *old = [in_words(name, each, zone, now) for each in (true.get(name, ""), *values)]
        label = summary_words.FACTS.get(name, name.replace("_", " "))
        found.append(f"{label}: {known or 'unknown'}, not {' or '.join(old)}")
    return found


def _ways_to_say(name: str, was: str) -> tuple[str, ...]:
    if name in DAYS:
        day = date.fromisoformat(was)
        return (f"{day:%A}", f"{day:%a} ", f"{day.day} {day:%B}")
    return (was, was.removeprefix("W-")) if name == "order_number" else (was,)
