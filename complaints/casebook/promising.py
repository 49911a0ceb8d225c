"""Promising: what a person says they will do, by when, and that it is kept, moved or told."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from complaints import facts, fulfilment, local_time, people, telling
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.casebook.deed import Deed, Deeds
from complaints.conversation import Author
from complaints.errors import Conflict, NotAllowed
from complaints.handoff import Handoff
from complaints.keeping import PROMISES_OF_PEOPLE
from complaints.people import Role
from complaints.promise import Due, Promise, PromiseState

BUFFER = 4  # the last quarter of the time is kept free, so that arriving early is the aim (R19)


@dataclass(frozen=True)
class CallBack:
    """Somebody who waits for a call."""

    reference: str
    conversation_id: str
    name: str | None
    phone: str | None
    wants: str | None  # when it suits them, in their words, with whatever else they wrote
    due_at: datetime
    due: str  # in words
    promise_id: int
    taken_by: str | None
    one_line: str


class Promising(Deeds):
    """The verbs of a person's promises."""

    def make_promise(
        self, reference: str, by: str, kind: str, due: date | datetime, key: str
    ) -> PromiseRow:
        """Promises the customer something by a day, or by an hour of a day, and tells them.

        Raises NotAllowed for a kind that nobody can promise; Conflict for a time that is over,
        or at which nobody would be there to keep it, or for a call without a number.
        """
        with self._deed(reference, by, "make_promise", key) as deed:
            if deed.before:
                return self._promise(deed, deed.before.detail["promise"])
            deed.demand_in_hand()
            if kind not in PROMISES_OF_PEOPLE:
                raise NotAllowed(f"{kind!r} is not one of {', '.join(PROMISES_OF_PEOPLE)}")
            self._demand_means(deed.case, kind)
            row = PromiseRow.of(Promise.make(kind, self._due(due, deed.now), deed.now, owner=by))
            deed.case.promises.append(row)
            deed.session.flush()
            deed.log(promise=row.id, kind=kind)
            said = telling.words(deed.case, None, self.policy, deed.now)
            told: dict[str, Any] = {
                **said,
                "by": local_time.by(row.due, deed.case, self.policy, deed.now),
            }
            self._tell(deed, f"utter_promise_{kind}", Author.AGENT, **told)
            return row

    def move_promise(
        self, reference: str, by: str, promise_id: int, due: date | datetime, because: str, key: str
    ) -> PromiseRow:
        """Puts a promise off and tells the customer the new time and why, before it breaks.

        `because` is read by the customer. Gives the promise that takes its place.
        """
        with self._deed(reference, by, "move_promise", key) as deed:
            if deed.before:
                return self._promise(deed, deed.before.detail["promise"])
            row = self._promise(deed, promise_id)
            if row.owner != by and not deed.person.is_at_least(Role.LEAD):
                deed.demand_in_hand()
            self._demand_open(row)
            if not because.strip():
                raise NotAllowed("a promise is moved with a reason that the customer can read")
            anew, had_slipped = self._due(due, deed.now), row.moved_because
            response, times = self._moved(row.due, anew, deed)
            moved, fresh = row.promise().move(anew, deed.now, because.strip())
            row.become(moved)
            new = PromiseRow.of(fresh)
            deed.case.promises.append(new)
            deed.session.flush()
            if fulfilment.hand_on(deed.session, row, new, deed.now):
                new.moved_because = had_slipped  # should it slip once more, a person takes over
            for handoff in deed.session.scalars(
                select(Handoff).where(Handoff.promise_id == row.id, Handoff.ended_at.is_(None))
            ):
                handoff.promise_id = new.id
            deed.log(promise=new.id, was=row.id, because=because.strip())
            self._tell(deed, response, because=because.strip().rstrip("."), **times)
            return new

    def keep_promise(self, reference: str, by: str, promise_id: int, key: str) -> None:
        """Notes that it is done: the call was made, the letter sent, they were reached by phone."""
        with self._deed(reference, by, "keep_promise", key) as deed:
            if deed.before:
                return
            row = self._promise(deed, promise_id)
            if row.state not in (PromiseState.PENDING, PromiseState.BREACHED):
                raise Conflict(f"that promise is {row.state} already")
            row.become(row.promise().meet(deed.now))
            deed.log(promise=row.id, kind=row.kind)
            # A letter or a call that the assistant had promised: with it the errand is done.
            for handoff in deed.session.scalars(
                select(Handoff).where(
                    Handoff.promise_id == row.id,
                    Handoff.silences.is_(False),
                    Handoff.ended_at.is_(None),
                )
            ):
                handoff.taken_by = handoff.taken_by or by
                handoff.taken_at = handoff.taken_at or deed.now
                handoff.ended_at = deed.now

    def call_backs(self) -> list[CallBack]:
        """Everybody who waits for a call, the first due first."""
        now = self.clock.now()
        with self.store.reading() as session:
            promised = session.execute(
                select(PromiseRow, Case)
                .join(Case, Case.reference == PromiseRow.case_reference)
                .where(PromiseRow.kind == "call_back", PromiseRow.state == PromiseState.PENDING)
                .where(Case.status != CaseStatus.WITHDRAWN)
            ).all()
            asked = session.execute(
                select(PromiseRow, Case)
                .join(Case, Case.reference == PromiseRow.case_reference)
                .join(Handoff, Handoff.promise_id == PromiseRow.id)
                .where(
                    Handoff.call_back.is_not(None),
                    Handoff.ended_at.is_(None),
                    PromiseRow.kind != "call_back",
                    PromiseRow.state == PromiseState.PENDING,
                )
            ).all()
            handoffs = {
                handoff.case_reference: handoff
                for handoff in session.scalars(select(Handoff).order_by(Handoff.id))
                if handoff.ended_at is None
            }
            known = people.names(session)
        waiting = []
        for row, case in (*promised, *asked):
            handoff = handoffs.get(case.reference)
            owner = row.owner if row.owner in known else None
            waiting.append(
                CallBack(
                    reference=case.reference,
                    conversation_id=case.conversation_id,
                    name=case.customer_name,
                    phone=case.phone,
                    wants=(handoff.call_back or None) if handoff else None,
                    due_at=row.due_at,
                    due=row.due.by(self.policy.zone, now),
                    promise_id=row.id,
                    taken_by=(handoff.taken_by if handoff else None) or owner,
                    one_line=handoff.summary["one_line"] if handoff else case.reference,
                )
            )
        return sorted(waiting, key=lambda call: (call.due_at, call.promise_id))

    def _due(self, due: date | datetime, now: datetime) -> Due:
        """The told time, at which somebody is there, and the earlier one we plan for."""
        calendar = self.policy.calendar
        by_the_day = not isinstance(due, datetime)
        if isinstance(due, datetime):
            told = due
            is_open = calendar.is_open(told)
        else:
            hours = self.policy.opening_hours.on(due)
            told = datetime.combine(due, hours[1] if hours else time(12), calendar.timezone)
            is_open = hours is not None
        if told <= now:
            raise Conflict("that time is over; promise one that is still to come")
        if not is_open:
            raise Conflict("nobody is there at that time; choose one within the opening hours")
        return Due(told - (told - now) / BUFFER, told, by_the_day)

    def _moved(self, old: Due, new: Due, deed: Deed) -> tuple[str, dict[str, Any]]:
        """How the new time is told, and both times by the customer's clock (R18).

        Raises Conflict when it would read like the old one: "comes later" would be untrue.
        """
        was, by = (local_time.by(due, deed.case, self.policy, deed.now) for due in (old, new))
        if was == by:
            raise Conflict(f"they were told already that it comes {was}; choose another time")
        if local_time.has_passed(old, deed.case, self.policy, deed.now):
            how = "overdue"
        else:
            how = "earlier" if new.told_at < old.told_at else "later"
        return f"utter_promise_moved_{how}", {"was": was, "by": by}

    def _demand_means(self, case: Case, kind: str) -> None:
        if lacking := facts.lacks_means(case, kind):
            raise Conflict(f"there is no {lacking} for that yet; note it first")

    def _demand_open(self, row: PromiseRow) -> None:
        if row.state != PromiseState.PENDING:
            raise Conflict(f"that promise is {row.state}; only an open one can be moved")
