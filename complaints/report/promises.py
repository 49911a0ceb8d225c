"""How promises were kept: each one made in the period, judged by the date the customer was told."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from complaints import people
from complaints.calling_off import SETTLED_ANEW
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.fulfilment import InstructionRow
from complaints.policy import Policy
from complaints.promise import BusinessCalendar, Promise, PromiseState
from complaints.report.figure import Column, Figure, Row, Table
from complaints.report.period import Period

MADE = "Promises made in these days; one that was moved counts again with its new date."
OWNERS = {"shop": "the shop", "queue": "nobody had it", "person": "a person, no name yet"}
COLUMNS = (
    Column("made", "Made"),
    Column("pending", "Open"),
    Column("at_risk", "At risk"),
    Column("kept", "Kept"),
    Column("early", "Early"),
    Column("broken", "Broken"),
    Column("moved", "Moved"),
    Column("rate", "Kept rate"),
)


class Fate(StrEnum):
    """What became of a promise; exactly one of these."""

    PENDING = "pending"
    KEPT = "kept"  # by the time that was told, or on the day that was told
    BROKEN = "broken"  # that passed; kept late or moved late is broken too
    MOVED = "moved"  # the customer heard the new date before the old one had passed
    CALLED_OFF = "called_off"  # something else was settled in its place


@dataclass(frozen=True)
class Judged:
    """A promise and what became of it."""

    reference: str
    category: str | None
    owner: str
    fate: Fate
    at_risk: bool = False  # pending, and the plan has slipped
    early: bool = False  # kept on an earlier day than told, or by the hour that was planned
    kept_late: bool = False  # broken, and kept after all
    days_ahead: int | None = None  # kept, and told by the day
    ahead: timedelta | None = None  # kept, and told by the hour


def promise_tables(
    session: Session, policy: Policy, period: Period, now: datetime
) -> tuple[Table, ...]:
    """All of them, by category, and by who owed them."""
    made = _made(session, policy.calendar, period, now)
    labels = {name: category.label for name, category in policy.categories.items()}
    names = people.names(session) | OWNERS
    return (
        Table("promises", "Promises", MADE, "Promises", (Column("promises", "Promises"),),
              _fates(made), bars=True),
        Table("kept", "Kept rate and earliness",
              "Kept among those kept or broken. Early is counted from the told date, in days of "
              "the calendar or in plain hours.", "Of those kept",
              (Column("figure", "Figure"),), _rates(made)),
        Table("promises_by_category", "Promises by category", MADE, "Category", COLUMNS,
              _by(made, lambda one: one.category or "", lambda key: labels.get(key, key) or "not known yet")),
        Table("promises_by_owner", "Promises by owner", MADE, "Who owes it", COLUMNS,
              _by(made, lambda one: one.owner, lambda key: names.get(key, key))),
    )  # fmt: skip


def judge(
    promise: Promise, reference: str, category: str | None, calendar: BusinessCalendar,
    now: datetime, done_on: date | None = None,
) -> Judged:  # fmt: skip
    """What became of it, for a customer who holds us to the told date.

    `done_on` is the shop's own day, if the shop did it: we may have heard of it days later.
    """
    about = (reference, category, promise.owner)
    if promise.is_pending and not promise.is_breached(now):
        return Judged(*about, Fate.PENDING, at_risk=promise.is_at_risk(now))
    if promise.is_pending or promise.state is PromiseState.BREACHED:
        return Judged(*about, Fate.BROKEN)
    settled_at = promise.settled_at or promise.due_at
    told_on, settled_on = calendar.today(promise.due_at), calendar.today(settled_at)
    if done_on and promise.state is PromiseState.MET and promise.by_the_day:
        settled_on = min(settled_on, done_on)
    # "By Friday" is kept at nine on Friday evening too, whenever we close.
    in_time = settled_on <= told_on if promise.by_the_day else settled_at <= promise.due_at
    if not in_time:
        return Judged(*about, Fate.BROKEN, kept_late=promise.state is PromiseState.MET)
    if promise.state is PromiseState.MOVED:
        called_off = promise.moved_because == SETTLED_ANEW
        return Judged(*about, Fate.CALLED_OFF if called_off else Fate.MOVED)
    if promise.by_the_day:
        days = (told_on - settled_on).days
        return Judged(*about, Fate.KEPT, early=days > 0, days_ahead=days)
    early = settled_at <= promise.planned_at
    return Judged(*about, Fate.KEPT, early=early, ahead=promise.due_at - settled_at)


def _made(
    session: Session, calendar: BusinessCalendar, period: Period, now: datetime
) -> list[Judged]:
    rows = session.execute(
        select(PromiseRow, Case.category)
        .join(Case, Case.reference == PromiseRow.case_reference)
        .where(
            PromiseRow.made_at >= period.since,
            PromiseRow.made_at < period.until,
            Case.status != CaseStatus.WITHDRAWN,
        )
        .order_by(PromiseRow.made_at, PromiseRow.id)
    )
    days = dict(
        session.execute(
            select(InstructionRow.promise_id, func.max(InstructionRow.done_on))
            .group_by(InstructionRow.promise_id)
            # Half of it done in time is not the shop's: somebody else did the rest, later.
            .having(func.count(InstructionRow.done_on) == func.count())
        ).all()
    )
    return [
        judge(row.promise(), row.case_reference, category, calendar, now, days.get(row.id))
        for row, category in rows
    ]


def _fates(made: Sequence[Judged]) -> tuple[Row, ...]:
    def row(key: str, label: str, which: Callable[[Judged], bool], part: bool = False) -> Row:
        return Row(key, label, (Figure.count(_of(made, which)),), part)

    return (
        row("made", "Made", lambda one: True),
        row("pending", "Open", lambda one: one.fate is Fate.PENDING),
        row("at_risk", "at risk: the plan has slipped", lambda one: one.at_risk, part=True),
        row("kept", "Kept", lambda one: one.fate is Fate.KEPT),
        row("early", "early: before the told day, or by the planned hour",
            lambda one: one.early, part=True),
        row("broken", "Broken", lambda one: one.fate is Fate.BROKEN),
        row("kept_late", "kept late", lambda one: one.kept_late, part=True),
        row("moved", "Moved, told in time", lambda one: one.fate is Fate.MOVED),
        row("called_off", "Called off, something else was settled",
            lambda one: one.fate is Fate.CALLED_OFF),
    )  # fmt: skip


def _rates(made: Sequence[Judged]) -> tuple[Row, ...]:
    days = [(one.reference, one.days_ahead) for one in made if one.days_ahead is not None]
    hours = [(one.reference, one.ahead) for one in made if one.ahead is not None]
    return (
        Row("rate", "Kept rate", (_rate(made),)),
        Row("days_early", "Median earliness, told by the day", (Figure.median_days(days),)),
        Row("hours_early", "Median earliness, told by the hour", (Figure.median(hours),)),
    )


def _by(
    made: Sequence[Judged], key: Callable[[Judged], str], label: Callable[[str], str]
) -> tuple[Row, ...]:
    grouped: dict[str, list[Judged]] = {}
    for one in made:
        grouped.setdefault(key(one), []).append(one)
    ordered = sorted(grouped.items(), key=lambda group: (-len(group[1]), label(group[0])))
    return tuple(Row(name, label(name), _columns(group)) for name, group in ordered)


def _columns(made: Sequence[Judged]) -> tuple[Figure, ...]:
    """One for each of COLUMNS."""
    counted: tuple[Callable[[Judged], bool], ...] = (
        lambda one: True,
        lambda one: one.fate is Fate.PENDING,
        lambda one: one.at_risk,
        lambda one: one.fate is Fate.KEPT,
        lambda one: one.early,
        lambda one: one.fate is Fate.BROKEN,
        lambda one: one.fate is Fate.MOVED,
    )
    return (*(Figure.count(_of(made, which)) for which in counted), _rate(made))


def _rate(made: Sequence[Judged]) -> Figure:
    return Figure.share(
        _of(made, lambda one: one.fate is Fate.KEPT),
        _of(made, lambda one: one.fate in (Fate.KEPT, Fate.BROKEN)),
    )


def _of(made: Iterable[Judged], which: Callable[[Judged], bool]) -> list[str]:
    return [one.reference for one in made if which(one)]
