"""The follow-up: the day after a remedy was due, or came late, we ask whether all is well.

Nothing is scheduled: what is due is read from the promises. The row is made when the question
is asked, one for each case, so nobody is asked twice.
"""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from complaints.case import Case, CaseStatus, PromiseRow
from complaints.conversation import Conversation, Handler
from complaints.fulfilment import instructions_of
from complaints.local_time import zone_of
from complaints.outbox import OutboxMessage
from complaints.policy import Policy
from complaints.promise import BusinessCalendar, PromiseState
from complaints.store import Base, Moment

ANSWERED_WITHIN = timedelta(days=14)  # then it is closed, and nobody is pressed
TOO_LATE_TO_ASK = timedelta(days=14)  # after a long silence of ours the question would be odd
WORDS_WITHIN = timedelta(days=1)  # of the last score: what is typed then belongs to it
SCORES = range(1, 6)
POLITE = time(8), time(21)  # on the customer's wall; outside of it a question wakes somebody
WAITS_FOR_THEM = timedelta(days=2)  # no longer: there are shops that are never open by their day
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


def ask_at(told_at: datetime, policy: Policy, zone: str | None = None) -> datetime:
    """When to ask about what was promised for `told_at`, or came then.

    1. On the working day after it (policy), once it is a later day for the customer too, whose
       `zone` may be days apart from the shop's.
    2. When the shop opens then; within two days rather when it is open by the customer's day.
    """
    calendar, after, zone = policy.calendar, policy.follow_up_after, zone or policy.zone
    if not after.in_days:
        return at_a_polite_hour(calendar.add(told_at, after), calendar, zone)
    # Not calendar.add(): days end at closing time there, and a day would be lost.
    opens, left = told_at, after.count
    while left:
        opens = calendar.next_opening(_day_after(opens, policy.zone))
        left -= calendar.today(opens).weekday() in policy.opening_hours.working_days
    return at_a_polite_hour(max(opens, _day_after(told_at, zone)), calendar, zone)


def at_a_polite_hour(at: datetime, calendar: BusinessCalendar, zone: str) -> datetime:
    """The first open moment from `at` on, by the day of whoever lives in `zone` where one is near."""
    first, theirs = calendar.next_opening(at), ZoneInfo(zone)
    today = first.astimezone(theirs).date()
    for ahead in range(WAITS_FOR_THEM.days + 1):
        begins, ends = (
            datetime.combine(today + timedelta(days=ahead), hour, theirs).astimezone(UTC)
            for hour in POLITE
        )
        opens = calendar.next_opening(max(first, begins))
        if opens < ends and opens <= first + WAITS_FOR_THEM:
            return opens
    return first


def settled_for(promise: PromiseRow) -> datetime:
    """The later of when it was told for and when it was kept: before, there is nothing to ask."""
    return max(promise.due_at, promise.settled_at or promise.due_at)


def came_late(session: Session, promise: PromiseRow, policy: Policy, zone: str) -> bool:
    """Whether it was kept after the day, or the hour, that the customer was told."""
    kept_at = promise.settled_at
    if kept_at is None or kept_at <= promise.due_at:
        return False
    days = [row.done_on for row in instructions_of(session, promise.id)]
    # We may have heard of it late: what the shop says of its own day counts.
    if days and all(day and day <= policy.calendar.today(promise.due_at) for day in days):
        return False
    theirs = ZoneInfo(zone)
    told, kept = (at.astimezone(theirs).date() for at in (promise.due_at, kept_at))
    return kept > told or not promise.by_the_day


def remedy_promise(case: Case) -> PromiseRow | None:
    """The promise of what puts it right: the remedy they chose, else what a person promised."""
    offer = case.accepted_offer()
    if offer is not None:
        return case.promise_of(offer) if case.is_settled else None
    return next((row for row in reversed(case.promises) if row.kind in _PUTS_RIGHT), None)


def due(session: Session, policy: Policy, now: datetime) -> list[tuple[Case, PromiseRow]]:
    """Whom to ask now: what they were promised was kept, and the day after has come.

    Not while anything else is owed by a person, or a person has the conversation; not before
    they have read that it is done; and not in a case of danger, where no script may follow (R25).
    """
    if not policy.calendar.is_open(now):
        return []
    lately = now - 3 * TOO_LATE_TO_ASK
    kept = session.execute(
        select(Case, PromiseRow)
        .join(PromiseRow, PromiseRow.case_reference == Case.reference)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .where(
            PromiseRow.state == PromiseState.MET,
            PromiseRow.due_at <= now,
            or_(PromiseRow.due_at > lately, PromiseRow.settled_at > lately),
            Case.status.in_((CaseStatus.RESOLVING, CaseStatus.CLOSED)),
            Case.danger.is_(None),
            Conversation.handler == Handler.BOT,
            Case.reference.not_in(select(FollowUp.case_reference)),
            Case.reference.not_in(_still_to_read()),
        )
        .order_by(PromiseRow.due_at)
    ).all()
    return [
        (case, promise)
        for case, promise in kept
        if remedy_promise(case) is promise
        and not any(_is_owed_by_a_person(row) for row in case.promises)
        and _is_time(settled_for(promise), zone_of(case, policy), policy, now)
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
        asked
        for asked, case in ended
        if case.closed_at and ask_at(case.closed_at, policy, zone_of(case, policy)) <= now
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


def _is_time(told_at: datetime, zone: str, policy: Policy, now: datetime) -> bool:
    """Whether to ask now; who was missed at a polite hour is asked at the next one."""
    asks = ask_at(told_at, policy, zone)
    if not timedelta(0) <= now - asks < TOO_LATE_TO_ASK:
        return False
    is_polite = at_a_polite_hour(now, policy.calendar, zone) <= now
    return is_polite or now > asks + WAITS_FOR_THEM


def _day_after(at: datetime, zone: str) -> datetime:
    """The first moment that a clock on the wall in `zone` shows a later day."""
    tomorrow = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZoneInfo(zone)).astimezone(UTC)


def _still_to_read() -> Select[str | None]:
    """Cases whose news of what is done waits to be told: the question would come before it."""
    return select(OutboxMessage.case_reference).where(
        OutboxMessage.case_reference.is_not(None),
        OutboxMessage.key.startswith("done:"),
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.gave_up_at.is_(None),
    )


def _is_owed_by_a_person(row: PromiseRow) -> bool:
    return row.state == PromiseState.PENDING and row.owner != "shop"
