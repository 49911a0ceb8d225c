"""What customers say afterwards: how it ended, and how they were treated. 1 to 5, once a case."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints.case import Case, CaseStatus
from complaints.follow_up import FollowUp
from complaints.report.figure import Column, Figure, Row, Table
from complaints.report.period import Period

QUESTIONS = (Column("outcome", "How it ended"), Column("treatment", "How they were treated"))


@dataclass(frozen=True)
class Scores:
    """What one customer gave; None for a question they left out."""

    reference: str
    outcome: int | None
    treatment: int | None


def scores(session: Session, period: Period) -> list[Scores]:
    """What was answered in the period, in the order it was answered."""
    rows = session.execute(
        select(FollowUp.case_reference, FollowUp.outcome_score, FollowUp.treatment_score)
        .join(Case, Case.reference == FollowUp.case_reference)
        .where(
            FollowUp.scored_at >= period.since,
            FollowUp.scored_at < period.until,
            Case.status != CaseStatus.WITHDRAWN,
        )
        .order_by(FollowUp.scored_at, FollowUp.id)
    )
    return [Scores(*row) for row in rows]


def score_tables(given: Sequence[Scores]) -> tuple[Table, ...]:
    """The mean of both, and how often each score was given."""
    both: tuple[tuple[Column, list[tuple[str, int]]], ...] = (
        (QUESTIONS[0], _answered(given, lambda one: one.outcome)),
        (QUESTIONS[1], _answered(given, lambda one: one.treatment)),
    )
    means = tuple(
        Row(question.key, question.label,
            (Figure.mean_score(found), Figure.count(case for case, _ in found)))
        for question, found in both
    )  # fmt: skip
    spread = tuple(
        Row(str(score), f"{score} of 5",
            tuple(Figure.count(case for case, got in found if got == score) for _, found in both))
        for score in (5, 4, 3, 2, 1)
    )  # fmt: skip
    note = "Answers given in these days, from 1 to 5."
    return (
        Table("satisfaction", "What customers say", note, "Question",
              (Column("mean", "Mean"), Column("answers", "Answers")), means),
        Table("scores", "How often each score was given", note, "Score", QUESTIONS, spread,
              bars=True),
    )  # fmt: skip


def _answered(
    given: Sequence[Scores], which: Callable[[Scores], int | None]
) -> list[tuple[str, int]]:
    return [(one.reference, score) for one in given if (score := which(one)) is not None]
