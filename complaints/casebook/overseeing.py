"""Overseeing: the report, and what could not be delivered. For leads and managers."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from complaints import people
from complaints.calling_off import SETTLED_ANEW
from complaints.case import Case
from complaints.casebook.book import Book
from complaints.errors import Conflict, NotAllowed, NotFound
from complaints.house_log import HouseEntry
from complaints.outbox import OutboxMessage
from complaints.people import Person, Role
from complaints.register import log
from complaints.report import Period, Report, compile_report
from complaints.report.rows import as_csv
from complaints.words import MissingWords


@dataclass(frozen=True)
class Undelivered:
    """Something that never arrived, and why; it stays until it is tried again."""

    id: int
    transport: str
    reference: str | None
    what: str  # in words
    why: str
    attempts: int
    since: datetime  # it was given up


class Overseeing(Book):
    """The verbs of whoever answers for the house."""

    def report(self, period: Period) -> Report:
        """How complaints went in the period, as the books stand now."""
        with self.store.reading() as session:
            return compile_report(session, self.policy, period, self.clock.now())

    def export_report(self, period: Period, by: str) -> str:
        """The report as CSV. That they took it away is written down."""
        with self.store.transaction() as session:
            now = self.clock.now()
            _lead(session, by)
            detail = {"from": period.first.isoformat(), "to": period.last.isoformat()}
            session.add(HouseEntry(at=now, actor=by, verb="export_report", detail=detail))
        return as_csv(self.report(period))

    def undelivered(self) -> list[Undelivered]:
        """Everything that was given up, the newest first; not what was called off on purpose."""
        with self.store.reading() as session:
            rows = session.scalars(
                select(OutboxMessage).where(_given_up()).order_by(OutboxMessage.gave_up_at.desc())
            ).all()
        return [self._undelivered(row) for row in rows]

    def count_undelivered(self) -> int:
        with self.store.reading() as session:
            return session.scalar(select(func.count(OutboxMessage.id)).where(_given_up())) or 0

    def try_again(self, row_id: int, by: str) -> None:
        """Queues what was given up as if it were new: due now, with all its attempts before it.

        Its key stays, so that what did arrive is not said twice. Raises NotAllowed for who is
        no lead, NotFound for no such row, Conflict when it is on its way already.
        """
        with self.store.transaction() as session:
            _lead(session, by)
            row = session.get(OutboxMessage, row_id, with_for_update=True)
            if row is None:
                raise NotFound(f"there is no message {row_id}; load the page again")
            if row.gave_up_at is None:
                raise Conflict("that is being tried again already, or has arrived")
            if row.last_error == SETTLED_ANEW:
                raise Conflict("that was called off because something else was settled")
            now = self.clock.now()
            row.gave_up_at, row.attempts, row.due_at = None, 0, now
            row.claimed_by = row.claimed_until = None
            detail = {"key": row.key, "kind": row.transport, "because": row.last_error}
            case = session.get(Case, row.case_reference) if row.case_reference else None
            if case:
                log(session, case.conversation_id, case, now, "try_again", None, detail, actor=by)
            else:
                session.add(HouseEntry(at=now, actor=by, verb="try_again", detail=detail))

    def _undelivered(self, row: OutboxMessage) -> Undelivered:
        return Undelivered(
            id=row.id,
            transport=row.transport,
            reference=row.case_reference,
            what=self._in_words(row.transport, row.payload),
            why=row.last_error or "nobody wrote down why",
            attempts=row.attempts,
            since=row.gave_up_at or row.created_at,
        )

    def _in_words(self, transport: str, payload: dict[str, Any]) -> str:
        """What it was: "full refund for order W-10482", "handed off", or what was to be said."""
        if response := payload.get("response"):
            with suppress(MissingWords):
                return f"“{self.words.say(response, **payload.get('words', {}))}”"
        said = payload.get("kind") or payload.get("event") or response or transport
        told = str(said).removeprefix("utter_").replace("_", " ")
        order = payload.get("order_number")
        return f"{told} for order {order}" if order else told


def _given_up() -> ColumnElement[bool]:
    not_called_off = or_(
        OutboxMessage.last_error.is_(None), OutboxMessage.last_error != SETTLED_ANEW
    )
    return and_(OutboxMessage.gave_up_at.is_not(None), not_called_off)


def _lead(session: Session, by: str) -> Person:
    person = people.somebody(session, by)
    if not person.is_at_least(Role.LEAD):
        raise NotAllowed("that is for a lead; ask one of them")
    return person
