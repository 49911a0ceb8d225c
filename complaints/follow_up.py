"""The follow-up: the day after a promised date we ask whether all is well, and how it was.

Nothing is scheduled: what is due is read from the promises. The row is made when the question
is asked, one for each case, so nobody is asked twice.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from complaints.case import Case, CaseStatus, PromiseRow
from complaints.conversation import Conversation, Handler
from complaints.policy import Policy
from complaints.promise import PromiseState
from complaints.store import Base, Moment

ANSWERED_WITHIN = timedelta(days=14)  # then it is closed, and nobody is pressed
TOO_LATE_TO_ASK = timedelta(days=14)  # after a long silence of ours the question would be odd
WORDS_WITHIN = timedelta(days=1)  # of the last score: what is typed then belongs to it
SCORES = range(1, 6)
# What a person promises that puts it right, where no remedy of policy.yml was chosen.
_PUTS_RIGHT = ("put_right", "call_back", "written_apology")


class FollowUpAnswer(StrEnum):
    """What the customer says to "is all well?"."""

    ALL_GOOD = "all_good"
    NOT_RIGHT = "not_right"
    PERSON = "person"


class FollowUp(Base):
    """What we asked about one case afterwards, and what the customer said."""

    __tablename__ = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_reference: Mapped[str] = mapped_column(ForeignKey("case_record.reference"), unique=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"))  # what it was about
    asked_at: Mapped[datetime] = mapped_column(Moment, index=True)
    channels: Mapped[list] = mapped_column(JSON)  # website or slack, and letter
    answer: Mapped[str | None] = mapped_column(String(10))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[str | None] = mapped_column(String(10))  # chat or letter
    scores_asked_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome_score: Mapped[int | None]  # how it ended, 1 to 5
    treatment_score: Mapped[int | None]  # how they were treated, 1 to 5
    scored_at: Mapped[datetime | None] = mapped_column(Moment)
    words: Mapped[str | None] = mapped_column(Text)  # what they add, verbatim
    closed_at: Mapped[datetime | None] = mapped_column(Moment)  # they left it unanswered

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.answered_at is None and self.closed_at is None

    @property
    def is_scored(self) -> bool:
        return self.outcome_score is not None and self.treatment_score is not None

    def waits_for_words(self, now: datetime) -> bool:
        """Whether they were just asked if they would like to add something."""
        lately = self.scored_at is not None and now < self.scored_at + WORDS_WITHIN
        return self.is_scored and lately and self.words is None


def ask_at(told_at: datetime, policy: Policy) -> datetime:
    """When to ask about what was promised for `told_at`: the opening of the day after (policy)."""
    calendar, after = policy.calendar, policy.follow_up_after
    if not after.in_days:
        return calendar.next_opening(calendar.add(told_at, after))
    # Not calendar.add(): days end at closing time there, and a day would be lost.
    opens, left = told_at, after.count
    while left:
        next_day = calendar.today(opens) + timedelta(days=1)
        opens = calendar.next_opening(datetime.combine(next_day, time(), calendar.timezone))
        left -= calendar.today(opens).weekday() in policy.opening_hours.working_days
    return opens


def remedy_promise(case: Case) -> PromiseRow | None:
    """The promise of what puts it right: the remedy they chose, else what a person promised."""
    offer = case.accepted_offer()
    if offer is not None:
        return case.promise_of(offer) if case.is_settled else None
    return next((row for row in reversed(case.promises) if row.kind in _PUTS_RIGHT), None)


def due(session: Session, policy: Policy, now: datetime) -> list[tuple[Case, PromiseRow]]:
    """Whom to ask now: what they were promised was kept, and the day after has come.

    Not while anything else is owed by a person, or a person has the conversation; and not in
    a case of danger, where no script may follow (R25).
    """
    if not policy.calendar.is_open(now):
        return []
    kept = session.execute(
        select(Case, PromiseRow)
        .join(PromiseRow, PromiseRow.case_reference == Case.reference)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .where(
            PromiseRow.state == PromiseState.MET,
            PromiseRow.due_at <= now,
            PromiseRow.due_at > now - 3 * TOO_LATE_TO_ASK,
            Case.status.in_((CaseStatus.RESOLVING, CaseStatus.CLOSED)),
            Case.danger.is_(None),
            Conversation.handler == Handler.BOT,
            Case.reference.not_in(select(FollowUp.case_reference)),
        )
        .order_by(PromiseRow.due_at)
    ).all()
    return [
        (case, promise)
        for case, promise in kept
        if remedy_promise(case) is promise
        and not any(_is_owed_by_a_person(row) for row in case.promises)
        and timedelta(0) <= now - ask_at(promise.due_at, policy) < TOO_LATE_TO_ASK
    ]


def scores_due(session: Session, policy: Policy, now: datetime) -> list[FollowUp]:
    """Whom to ask how it was: it was not right, and a person has ended it since."""
    if not policy.calendar.is_open(now):
        return []
    ended = session.execute(
        select(FollowUp, Case)
        .join(Case, Case.reference == FollowUp.case_reference)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .where(
            FollowUp.answer.in_((FollowUpAnswer.NOT_RIGHT, FollowUpAnswer.PERSON)),
            FollowUp.scores_asked_at.is_(None),
            Case.status == CaseStatus.CLOSED,
            Case.danger.is_(None),
            Conversation.handler == Handler.BOT,
        )
    ).all()
    return [
        asked for asked, case in ended if case.closed_at and ask_at(case.closed_at, policy) <= now
    ]


def left_unanswered(session: Session, now: datetime) -> list[FollowUp]:
    """Those whose customers have had two weeks, and chose to say nothing."""
    return list(
        session.scalars(
            select(FollowUp).where(
                FollowUp.answered_at.is_(None),
                FollowUp.closed_at.is_(None),
                FollowUp.asked_at <= now - ANSWERED_WITHIN,
            )
        )
    )


def asked_in(session: Session, conversation_id: str) -> FollowUp | None:
    """What was asked last in this conversation, answered or not."""
    return session.scalars(
        select(FollowUp)
        .join(Case, Case.reference == FollowUp.case_reference)
        .where(Case.conversation_id == conversation_id)
        .order_by(FollowUp.id.desc())
    ).first()


def close(case: Case, now: datetime) -> None:
    """What was promised was done, and nobody says that it is not right."""
    case.become(CaseStatus.CLOSED)
    case.closed_at, case.pending = now, None
    case.outcome = case.outcome or "upheld"


def _is_owed_by_a_person(row: PromiseRow) -> bool:
    return row.state == PromiseState.PENDING and row.owner != "shop"
