"""The register of cases: finding them, opening one, and the log of who did what."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, bindparam, cast, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from complaints.case import Case, CaseStatus, LogEntry, Offer, OfferStatus
from complaints.conversation import Conversation, Message
from complaints.handoff import Handoff
from complaints.money import Money
from complaints.reference import new_reference

REPEAT_WITHIN = timedelta(days=90)
_NOT_NEW = (CaseStatus.RESOLVING, CaseStatus.WITH_PERSON, CaseStatus.CLOSED)
# Asked several times in each turn, so put together once, and with one look instead of three: a
# case has a handful of offers and promises.
_WHOLE = (joinedload(Case.offers), joinedload(Case.promises))
_IN_STATUS = (
    select(Case)
    .where(Case.conversation_id == bindparam("conversation"), Case.status == bindparam("status"))
    .order_by(Case.received_at)
    .options(*_WHOLE)
)
_BY_REFERENCE = select(Case).where(Case.reference == bindparam("reference")).options(*_WHOLE)
_DEED = select(LogEntry).where(
    LogEntry.conversation_id == bindparam("conversation"),
    LogEntry.message_id == bindparam("message"),
    LogEntry.verb == bindparam("verb"),
)


def open_case(
    session: Session,
    conversation: Conversation,
    message_id: str | None,
    version: str,
    now: datetime,
) -> Case:
    """A fresh case with a reference nobody else has."""
    reference = new_reference()
    while session.get(Case, reference):
        reference = new_reference()
    case = Case(
        reference=reference,
        conversation_id=conversation.id,
        channel=conversation.channel,
        timezone=conversation.timezone,
        customer_id=conversation.customer_id,
        status=CaseStatus.LISTENING,
        policy_version=version,
        received_at=now,
        opened_by=message_id,
        other_categories=[], story=[], photos=[], from_shop=[], wish_kinds=[], refused_kinds=[], asked={}, without=[], left_to_ask=[],
        heat=0, proof_failures=0, offers=[], promises=[],
    )  # fmt: skip
    set_committed_value(case, "corrections", [])  # nobody has corrected what is just begun
    session.add(case)
    return case


def listening_case(session: Session, conversation_id: str) -> Case | None:
    """The case the assistant is busy with."""
    of = _of(conversation_id, CaseStatus.LISTENING)
    return session.scalars(_IN_STATUS, of).unique().first()


def whole_case(session: Session, reference: str) -> Case:
    """The case of that reference; raises NoResultFound when there is none."""
    return session.scalars(_BY_REFERENCE, {"reference": reference}).unique().one()


def noted_cases(session: Session, conversation_id: str) -> list[Case]:
    """Further complaints noted for later, in the order they were told."""
    of = _of(conversation_id, CaseStatus.NEXT)
    return list(session.scalars(_IN_STATUS, of).unique())


def latest_case(session: Session, conversation_id: str) -> Case | None:
    """The case this conversation was about last, settled or not."""
    found = listening_case(session, conversation_id)
    return (
        found
        or session.scalars(
            select(Case)
            .where(Case.conversation_id == conversation_id, Case.status.in_(_NOT_NEW))
            .order_by(Case.received_at.desc())
        ).first()
    )


def earlier_case(session: Session, case: Case, now: datetime) -> Case | None:
    """An earlier complaint of the same kind about the same order: this is the second failure."""
    if not case.is_proved or not case.category:
        return None
    return session.scalars(
        select(Case)
        .where(
            Case.order_number == case.order_number,
            Case.category == case.category,
            Case.reference != case.reference,
            Case.status.in_(_NOT_NEW),
            Case.proved_by.is_not(None),
            Case.received_at >= now - REPEAT_WITHIN,
        )
        .order_by(Case.received_at.desc())
    ).first()


def cases_of_customer(session: Session, case: Case) -> list[Case]:
    """Every case of this conversation, and of the customer it is known to be, the newest first."""
    theirs = Case.conversation_id == case.conversation_id
    if case.customer_id:
        theirs = or_(theirs, Case.customer_id == case.customer_id)
    return list(session.scalars(select(Case).where(theirs).order_by(Case.received_at.desc())))


def open_handoff(session: Session, conversation_id: str) -> Handoff | None:
    """The handoff this conversation is waiting in, or that a person is working on."""
    return session.scalars(
        select(Handoff)
        .where(
            Handoff.conversation_id == conversation_id,
            Handoff.ended_at.is_(None),
            Handoff.silences.is_(True),
        )
        .order_by(Handoff.id)
    ).first()


def last_handoff(session: Session, reference: str) -> Handoff | None:
    """The handoff of a case that was made last, ended or not."""
    return session.scalars(
        select(Handoff).where(Handoff.case_reference == reference).order_by(Handoff.id.desc())
    ).first()


def goodwill_given(session: Session, case: Case, currency: str, now: datetime) -> Money:
    """What this customer had in vouchers and kindness in the year before `now`."""
    total = Money.zero(currency)
    if not case.customer_id:
        return total
    rows = session.scalars(
        select(Offer)
        .join(Case, Case.reference == Offer.case_reference)
        .where(
            Case.customer_id == case.customer_id,
            Offer.status == OfferStatus.ACCEPTED,
            Offer.kind.in_(("goodwill", "voucher", "invitation")),
            Offer.answered_at >= now - timedelta(days=365),
        )
    )
    return sum((row.money for row in rows if row.money), total)


def log(
    session: Session, conversation_id: str, case: Case | None, now: datetime,
    verb: str, message_id: str | None, detail: dict[str, Any] | None = None, actor: str = "assistant",
) -> None:  # fmt: skip
    """Writes down who did what. With a message id, the same deed stands there once."""
    session.add(
        LogEntry(
            conversation_id=conversation_id,
            case_reference=case.reference if case else None,
            at=now,
            actor=actor,
            verb=verb,
            message_id=message_id,
            detail=detail or {},
        )
    )


def done(session: Session, conversation_id: str, message_id: str, verb: str) -> LogEntry | None:
    """The entry of a deed this message caused already."""
    deed = {"conversation": conversation_id, "message": message_id, "verb": verb}
    return session.scalars(_DEED, deed).first()


def misunderstood(session: Session, conversation_id: str) -> list[str]:
    """What was said here and not understood, the oldest first."""
    told = (
        select(Message.text)
        .join(LogEntry, LogEntry.message_id == cast(Message.id, String))
        .where(LogEntry.conversation_id == conversation_id, LogEntry.verb == "misunderstand")
    )
    return list(session.scalars(told.order_by(Message.id)))


def _of(conversation_id: str, status: CaseStatus) -> dict[str, str]:
    return {"conversation": conversation_id, "status": status}
