"""How long customers wait: for a first word, for a person, for the end of it. Medians."""

from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from complaints.case import Case, CaseStatus
from complaints.conversation import Author, Message
from complaints.handoff import Handoff, HandoffReason
from complaints.report.figure import Column, Figure, Row, Table
from complaints.report.period import Period

Waited = list[tuple[str, timedelta]]
SAID_TO_THEM = (Author.ASSISTANT, Author.AGENT, Author.NOTICE)


def time_table(session: Session, period: Period) -> Table:
    waits = (
        ("first_word", "To a first word, from the complaint", first_words(session, period)),
        ("person", "To a person, from the handover", persons(session, period)),
        ("resolution", "To the end, from the complaint", resolutions(session, period)),
    )
    return Table(
        "times",
        "How long they wait",
        "Plain time, nights and weekends included. First words of cases received, people for "
        "cases handed over, ends of cases closed in these days.",
        "Median time",
        (Column("median", "Median"), Column("counted", "Counted")),
        tuple(
            Row(key, label, (Figure.median(found), Figure.count(case for case, _ in found)))
            for key, label, found in waits
        ),
    )


def first_words(session: Session, period: Period) -> Waited:
    """Of cases received: until they were acknowledged, or else first answered at all."""
    received = and_(
        Case.received_at >= period.since,
        Case.received_at < period.until,
        Case.status != CaseStatus.WITHDRAWN,
    )
    said = session.execute(
        select(
            Case.reference,
            Case.received_at,
            func.coalesce(Case.acknowledged_at, func.min(Message.created_at)),
        )
        .outerjoin(
            Message,
            and_(
                Message.conversation_id == Case.conversation_id,
                Message.author.in_(SAID_TO_THEM),
                Message.created_at >= Case.received_at,
                Case.acknowledged_at.is_(None),
            ),
        )
        .where(received)
        .group_by(Case.reference, Case.received_at, Case.acknowledged_at)
        .order_by(Case.received_at)
    )
    return [(reference, at - since) for reference, since, at in said if at is not None]


def persons(session: Session, period: Period) -> Waited:
    """Of what was handed over: until somebody took it, or answered at all.

    A person who stepped in unasked kept nobody waiting; a letter to write is no wait either.
    """
    answered = session.execute(
        select(
            Handoff.case_reference,
            Handoff.made_at,
            Handoff.taken_at,
            func.min(Message.created_at),
        )
        .join(Case, Case.reference == Handoff.case_reference)
        .outerjoin(
            Message,
            and_(
                Message.conversation_id == Handoff.conversation_id,
                Message.author == Author.AGENT,
                Message.created_at >= Handoff.made_at,
                Handoff.taken_at.is_(None),
            ),
        )
        .where(
            Handoff.made_at >= period.since,
            Handoff.made_at < period.until,
            Handoff.silences.is_(True),
            Handoff.reason != HandoffReason.STEPPED_IN,
            Case.status != CaseStatus.WITHDRAWN,
        )
        .group_by(Handoff.id, Handoff.case_reference, Handoff.made_at, Handoff.taken_at)
        .order_by(Handoff.made_at)
    )
    waits: list[tuple[str, datetime, datetime | None]] = [
        (reference, since, taken or spoke) for reference, since, taken, spoke in answered
    ]
    return [(reference, at - since) for reference, since, at in waits if at is not None]


def resolutions(session: Session, period: Period) -> Waited:
    """Of cases closed: from when they were received, however long ago."""
    closed = session.execute(
        select(Case.reference, Case.received_at, Case.closed_at)
        .where(
            Case.closed_at >= period.since,
            Case.closed_at < period.until,
            Case.status == CaseStatus.CLOSED,
        )
        .order_by(Case.closed_at)
    )
    return [(reference, at - since) for reference, since, at in closed if at is not None]
