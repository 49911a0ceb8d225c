"""What went wrong and why: the cases received in the period."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints.case import Case, CaseStatus
from complaints.policy import Policy
from complaints.report.figure import Column, Figure, Row, Table
from complaints.report.period import Period

RECEIVED = "Cases received in these days."
OPEN = (CaseStatus.LISTENING, CaseStatus.NEXT, CaseStatus.RESOLVING, CaseStatus.WITH_PERSON)
OUTCOMES = {
    "upheld": "upheld",
    "partly_upheld": "partly upheld",
    "not_upheld": "not upheld",
    "": "not decided yet",
}
AGAIN = 2  # as often, and it is no accident any more
CASES = (Column("cases", "Cases"),)


def case_tables(session: Session, policy: Policy, period: Period) -> tuple[Table, ...]:
    """How many, by category, root cause and outcome, and what happens again and again."""
    cases = session.execute(
        select(
            Case.reference, Case.status, Case.category, Case.root_cause, Case.outcome, Case.sku,
            Case.item, Case.repeat_of,
        )
        .where(
            Case.received_at >= period.since,
            Case.received_at < period.until,
            Case.status != CaseStatus.WITHDRAWN,
        )
        .order_by(Case.received_at, Case.reference)
    ).all()  # fmt: skip
    labels = {name: category.label for name, category in policy.categories.items()}
    labels[""] = "not known yet"
    causes = _causes(cases)
    by_category = _by(cases, lambda case: case.category or "", lambda key: labels.get(key, key))
    by_cause = _by(cases, lambda case: _plain(case.root_cause), lambda key: causes[key])
    by_outcome = _by(cases, lambda case: case.outcome or "", lambda key: OUTCOMES.get(key, key))
    return (
        Table("cases", "Cases", RECEIVED, "Cases", CASES, _all(cases), bars=True),
        Table("categories", "By category", RECEIVED, "Category", CASES, by_category, bars=True),
        Table("causes", "By root cause", RECEIVED, "Root cause", CASES, by_cause, bars=True),
        Table("outcomes", "By outcome", RECEIVED, "Outcome", CASES, by_outcome, bars=True),
        Table("recurring", "Again and again",
              "The same root cause, or the same item with the same kind of complaint, at least "
              "twice in these days.", "What recurs", CASES, _recurring(cases, causes, labels)),
    )  # fmt: skip


def _all(cases: Sequence[Any]) -> tuple[Row, ...]:
    def row(key: str, label: str, which: Callable[[Any], bool], part: bool = False) -> Row:
        return Row(
            key, label, (Figure.count(case.reference for case in cases if which(case)),), part
        )

    return (
        row("received", "Received", lambda case: True),
        row("open", "still open", lambda case: case.status in OPEN, part=True),
        row("repeats", "repeats: a second failure of the same kind",
            lambda case: case.repeat_of is not None, part=True),
    )  # fmt: skip


def _by(
    cases: Sequence[Any], key: Callable[[Any], str], label: Callable[[str], str]
) -> tuple[Row, ...]:
    """The largest first; what is not known yet last."""
    grouped: dict[str, list[str]] = {}
    for case in cases:
        grouped.setdefault(key(case), []).append(case.reference)
    ordered = sorted(grouped.items(), key=lambda group: (not group[0], -len(group[1]), group[0]))
    return tuple(
        Row(name, label(name), (Figure.count(references),)) for name, references in ordered
    )


def _recurring(
    cases: Sequence[Any], causes: dict[str, str], labels: dict[str, str]
) -> tuple[Row, ...]:
    found: dict[tuple[str, str], list[str]] = {}
    for case in cases:
        if case.root_cause:
            key = (f"cause:{_plain(case.root_cause)}", causes[_plain(case.root_cause)])
            found.setdefault(key, []).append(case.reference)
    called = {case.sku: case.item or case.sku for case in cases if case.sku}
    for case in cases:
        if case.sku and case.category:
            label = f"{called[case.sku]} ({case.sku}): {labels.get(case.category, case.category)}"
            key = (f"item:{case.sku}:{case.category}", label)
            found.setdefault(key, []).append(case.reference)
    ordered = sorted(found.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(
        Row(key, label, (Figure.count(references),))
        for (key, label), references in ordered
        if len(references) >= AGAIN
    )


def _causes(cases: Sequence[Any]) -> dict[str, str]:
    """How each cause is written, by its plain form: people type it, capitals and all."""
    written = {"": "not known yet"}
    for case in cases:
        if plain := _plain(case.root_cause):
            written.setdefault(plain, " ".join(case.root_cause.split()))
    return written


def _plain(root_cause: str | None) -> str:
    return " ".join((root_cause or "").split()).casefold()
