"""The follow-up: the day after a remedy was due, or came late, we ask whether all is well.

Nothing is scheduled: what is due is read from the promises. The row is made when the question
is asked, one for each promise of a remedy, so nobody is asked twice; how it was, once a case.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from complaints.case import Case, CaseStatus, OfferStatus, PromiseRow
from complaints.conversation import Conversation, Handler
from complaints.fulfilment import SHOP
from complaints.local_time import zone_of
from complaints.outbox import OutboxMessage
from complaints.policy import Policy
from complaints.polite_hours import WAITS_FOR_THEM, ask_at, at_a_polite_hour
from complaints.promise import PromiseState
from complaints.store import Base, Moment

ANSWERED_WITHIN = timedelta(days=14)  # then it is closed, and nobody is pressed
TOO_LATE_TO_ASK = timedelta(days=14)  # after a long silence of ours the question would be odd
WORDS_WITHIN = timedelta(days=1)  # of the last score: what is typed then belongs to it
SCORES = range(1, 6)
# What a person promises that puts it right, where no remedy of policy.yml was chosen.
_PUTS_RIGHT = ("put_right", "call_back", "written_apology")
_UNKEPT = (PromiseState.PENDING, PromiseState.BREACHED)


class FollowUpAnswer(StrEnum):
    """What the customer says to "is all well?"."""

    ALL_GOOD = "all_good"
    NOT_RIGHT = "not_right"
    PERSON = "person"


class FollowUp(Base):
    """What we asked about one promise afterwards, and what the customer said.

    A second remedy in the same case has a row of its own; only the newest one counts.
    """

    __tablename__ = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_reference: Mapped[str] = mapped_column(ForeignKey("case_record.reference"), index=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), unique=True)
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

    def waits_for_score(self, now: datetime) -> bool:
        """Whether they were asked how it was, and have not said both."""
        lately = self.scores_asked_at and now < self.scores_asked_at + ANSWERED_WITHIN
        return bool(lately) and not self.is_scored

    def waits_for_words(self, now: datetime) -> bool:
        """Whether they were just asked if they would like to add something."""
        lately = self.scored_at is not None and now < self.scored_at + WORDS_WITHIN
        return self.is_scored and lately and self.words is None


def known_at(session: Session, promise: PromiseRow) -> datetime:
    """The latest of when it was told for, was kept, and was told to be done.

    Before that there is nothing to ask; the question comes on a later day than the news.
    """
    news = select(OutboxMessage.sent_at).where(OutboxMessage.key == f"done:{promise.id}")
    moments = (promise.due_at, promise.settled_at, session.scalars(news).first())
    return max(at for at in moments if at is not None)


def remedies(case: Case, since: datetime | None = None) -> list[PromiseRow]:
    """The promises of what puts it right, the chosen remedies last; of each kind the last.

    `since` is when they were last asked: what was settled by then is not asked about again.
    """
    kinds = {
        offer.kind
        for offer in case.offers
        if offer.status == OfferStatus.ACCEPTED and not offer.is_goodwill
    }
    last = {row.kind: row for row in case.promises if row.kind in (*kinds, *_PUTS_RIGHT)}
    return [
        row
        for row in sorted(last.values(), key=lambda row: (row.kind in kinds, row.id))
        if row.state != PromiseState.MOVED
        and (row.state in _UNKEPT or since is None or (row.settled_at or row.due_at) >= since)
    ]


def is_still_owed(case: Case, since: datetime | None = None) -> bool:
    """Whether anything is still to come: what puts it right, or what a person has to see to."""
    chosen = case.accepted_offer()
    if chosen is not None and not case.is_settled:
        return True
    unkept = any(row.state in _UNKEPT for row in remedies(case, since))
    return unkept or any(_is_owed_by_a_person(row, case) for row in case.promises)


def due(
    session: Session, policy: Policy, now: datetime, reference: str | None = None
) -> list[tuple[Case, PromiseRow]]:
    """Whom to ask now: what they were promised was kept, and the day after has come.

    Of one case only, with its `reference`.

    Not while anything else is owed by a person, or a person has the conversation; not before
    they have read that it is done; and not in a case of danger, where no script may follow (R25).
    """
    if not policy.calendar.is_open(now):
        return []
    lately = now - 3 * TOO_LATE_TO_ASK
    kept = (
        select(PromiseRow.case_reference)
        .where(PromiseRow.state == PromiseState.MET, PromiseRow.due_at <= now)
        .where(or_(PromiseRow.due_at > lately, PromiseRow.settled_at > lately))
        .where(PromiseRow.kind.in_((*policy.remedies, *_PUTS_RIGHT)))
        .where(PromiseRow.id.not_in(select(FollowUp.promise_id)))
    )
    if reference is not None:
        kept = kept.where(PromiseRow.case_reference == reference)
    cases = session.scalars(
        select(Case)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .where(
            Case.reference.in_(kept),
            Case.status.in_((CaseStatus.RESOLVING, CaseStatus.CLOSED)),
            Case.danger.is_(None),
            Conversation.handler == Handler.BOT,
            Case.reference.not_in(_still_to_read()),
        )
    ).all()
    found = []
    for case in cases:
        asked = asked_of(session, case.reference)
        since = asked.asked_at if asked else None
        fresh = remedies(case, since)
        if (
            fresh
            and not is_still_owed(case, since)
            and _is_time(session, case, fresh[-1], policy, now)
        ):
            found.append((case, fresh[-1]))
    return sorted(found, key=lambda each: each[1].due_at)


def scores_due(session: Session, policy: Policy, now: datetime) -> list[FollowUp]:
    """Whom to ask how it was: it was not right, and a person has ended it since.

    Not while what that person promised is still to come, or to be asked about.
    """
    if not policy.calendar.is_open(now):
        return []
    ended = session.execute(
        select(FollowUp, Case)
        .join(Case, Case.reference == FollowUp.case_reference)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .where(
            FollowUp.answer.in_((FollowUpAnswer.NOT_RIGHT, FollowUpAnswer.PERSON)),
            FollowUp.case_reference.not_in(_asked_for_scores()),
            Case.status == CaseStatus.CLOSED,
            Case.danger.is_(None),
            Conversation.handler == Handler.BOT,
        )
    ).all()
    return [
        asked
        for asked, case in ended
        if asked is asked_of(session, case.reference)
        and not _waits(session, case, asked.asked_at, policy, now)
        and case.closed_at
        and ask_at(case.closed_at, policy, zone_of(case, policy)) <= now
    ]


def were_asked_for_scores(session: Session, case: Case) -> bool:
    """Whether they were asked how it was: once for a case, however many remedies it took."""
    its = _asked_for_scores().where(FollowUp.case_reference == case.reference)
    return session.scalars(its).first() is not None


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


def asked_in(session: Session, conversation_id: str) -> list[tuple[FollowUp, Case]]:
    """What was asked in this conversation, of each case the last, answered or not; newest first."""
    rows = session.execute(
        select(FollowUp, Case)
        .join(Case, Case.reference == FollowUp.case_reference)
        .where(Case.conversation_id == conversation_id)
        .order_by(FollowUp.id)
    ).all()
    newest = {case.reference: (asked, case) for asked, case in rows}
    return sorted(newest.values(), key=lambda each: each[0].id, reverse=True)


def asked_of(session: Session, reference: str) -> FollowUp | None:
    """What was asked last about this case."""
    its = select(FollowUp).where(FollowUp.case_reference == reference)
    return session.scalars(its.order_by(FollowUp.id.desc())).first()


def close(case: Case, now: datetime) -> None:
    """What was promised was done, and nobody says that it is not right."""
    case.become(CaseStatus.CLOSED)
    case.closed_at, case.pending = now, None
    case.outcome = case.outcome or "upheld"


def _is_time(
    session: Session, case: Case, promise: PromiseRow, policy: Policy, now: datetime
) -> bool:
    """Whether to ask now; who was missed at a polite hour is asked at the next one."""
    zone = zone_of(case, policy)
    asks = ask_at(known_at(session, promise), policy, zone)
    if not timedelta(0) <= now - asks < TOO_LATE_TO_ASK:
        return False
    is_polite = at_a_polite_hour(now, policy.calendar, zone) <= now
    return is_polite or now > asks + WAITS_FOR_THEM


def _waits(session: Session, case: Case, since: datetime, policy: Policy, now: datetime) -> bool:
    """Whether a remedy made since then is still to come, or is going to be asked about."""
    if is_still_owed(case, since):
        return True
    zone = zone_of(case, policy)
    asks = [ask_at(known_at(session, row), policy, zone) for row in remedies(case, since)]
    return any(now < each + TOO_LATE_TO_ASK for each in asks)


def _still_to_read() -> Select[str | None]:
    """Cases whose news of what is done waits to be told: the question would come before it."""
    return select(OutboxMessage.case_reference).where(
        OutboxMessage.case_reference.is_not(None),
        OutboxMessage.key.startswith("done:"),
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.gave_up_at.is_(None),
    )


def _asked_for_scores() -> Select[str]:
    return select(FollowUp.case_reference).where(FollowUp.scores_asked_at.is_not(None))


def _is_owed_by_a_person(row: PromiseRow, case: Case) -> bool:
    """Whether a person still has to see to it; what was broken is owed until it is made good."""
    if row.owner == SHOP or row.state not in _UNKEPT:
        return False
    if row.state == PromiseState.PENDING:
        return True
    # While the assistant has the conversation, nobody waits for a person's answer any more.
    if row.kind == "first_reply_by_a_person" or _is_called_off(row, case):
        return False
    broken_at = row.settled_at or row.due_at
    return not any(each.kind == row.kind and each.made_at >= broken_at for each in case.promises)


def _is_called_off(row: PromiseRow, case: Case) -> bool:
    """Whether something else was settled instead of the remedy that it promised."""
    stands = {offer.status for offer in case.offers if offer.kind == row.kind}
    return bool(stands) and OfferStatus.ACCEPTED not in stands
