"""Fulfilling: what the shop says of its instructions, and what the customer hears of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from complaints import fulfilment, handing_over, notices
from complaints.case import Case, PromiseRow
from complaints.casebook.book import Book
from complaints.conversation import Author, Conversation, ConversationLog, Handler, hold
from complaints.errors import Conflict, OrdersUnavailable
from complaints.fulfilment import RAN_LATE, SHOP, InstructionRow, InstructionStage
from complaints.handoff import Handoff, HandoffReason
from complaints.news import News, still_awaited
from complaints.orders import InstructionReceipt, Order
from complaints.outbox import OutboxMessage
from complaints.promise import Due, Promise, PromiseState
from complaints.register import log

_UNKEPT = (PromiseState.PENDING, PromiseState.BREACHED)
_WORTH_A_LOOK = 10


class Fulfilling(Book):
    """The verbs of what the shop carries out. Told twice, or by two at once, each changes once."""

    def hear_from_shop(self, receipt: InstructionReceipt, said_at: datetime | None = None) -> bool:
        """Keeps what the shop says of an instruction, and does what follows of it.

        1. The last word stands with the instruction; done never goes back.
        2. When all of it is done, the promise is met and the customer hears.
        3. What is late or refused is told, see `fulfilment.judge`.

        `said_at` is when the shop said it, now if not given. False when we never gave such an
        instruction.
        """
        with self.store.reading() as session:
            row = _instruction(session, receipt.key)
        if row is None:
            return False
        order = self._order_of(row.case_reference) if receipt.state == "done" else None
        with self._holding(row.case_reference) as (session, case, now):
            row = _the_instruction(session, receipt.key)
            row.heed(receipt, min(said_at or now, now))
            self._meet_if_done(session, case, row.promise, order, now)
        self._judge(row.promise_id)
        return True

    def ask_after_one(self, every: timedelta, ask: bool = True) -> bool:
        """Asks the shop after the instruction whose turn it is; False when it is nobody's.

        Its next turn comes after `every`, or earlier when something may have to be told then;
        whoever dies on the way loses no more than that. Without `ask` the shop is left in
        peace, and what is known already is judged.
        """
        row = self._take_turn(every)
        if row is None:
            return False
        if not (ask and row.is_open):
            self._judge(row.promise_id)
            return True
        asked_at = self.clock.now()
        try:
            receipt, why = self.orders.instruction(row.key), "the shop does not know it"
        except (OrdersUnavailable, Conflict) as trouble:
            receipt, why = None, str(trouble)
        if receipt is not None:
            return self.hear_from_shop(receipt, asked_at)
        with self._holding(row.case_reference) as (session, _, now):
            row = _the_instruction(session, row.key)
            if row.is_open:
                row.hear_nothing(why, now)
                if never := _never_told(session, row):
                    row.refuse(never)
        self._judge(row.promise_id)
        return True

    def judge_overdue(self) -> None:
        """What is overdue is broken, once, and the customer hears; whatever became of the shop."""
        now = self.clock.now()
        if not self.policy.calendar.is_open(now):
            return
        with self.store.reading() as session:
            overdue = list(
                session.scalars(
                    select(PromiseRow.id).where(
                        PromiseRow.state == PromiseState.PENDING,
                        PromiseRow.due_at < now,
                        or_(
                            PromiseRow.owner == SHOP,
                            select(InstructionRow.id)
                            .where(InstructionRow.promise_id == PromiseRow.id)
                            .exists(),
                        ),
                    )
                )
            )
        for promise_id in overdue:
            self._judge(promise_id)

    def _take_turn(self, every: timedelta) -> InstructionRow | None:
        """The one whose turn it is; of two who ask at once, one gets it."""
        now = self.clock.now()
        is_due = InstructionRow.look_at <= now
        with self.store.reading() as session:
            due = list(
                session.execute(
                    select(InstructionRow.id, InstructionRow.promise_id)
                    .where(is_due)
                    .order_by(InstructionRow.look_at, InstructionRow.id)
                    .limit(_WORTH_A_LOOK)
                )
            )
        for row_id, promise_id in due:
            with self.store.transaction() as session:
                promise = session.get_one(PromiseRow, promise_id)
                look_at = fulfilment.look_again_at(promise, every, self.policy, now)
                taken = session.execute(
                    update(InstructionRow)
                    .where(InstructionRow.id == row_id, is_due)
                    .values(look_at=look_at)
                )
                if cast(CursorResult, taken).rowcount == 1:
                    return session.get(InstructionRow, row_id, populate_existing=True)
        return None

    def _meet_if_done(
        self, session: Session, case: Case, promise: PromiseRow, order: Order | None, now: datetime
    ) -> None:
        rows = fulfilment.instructions_of(session, promise.id)
        if promise.state not in _UNKEPT or not fulfilment.is_done(rows):
            return
        promise.become(promise.promise().meet(now))
        for row in rows:
            row.look_at = None
        for errand in _errands(session, promise.id):
            errand.ended_at = now
        log(session, case.conversation_id, case, now, "fulfilled", f"done:{promise.id}",
            {"promise": promise.id, "kind": promise.kind}, actor="deliver")  # fmt: skip
        News(session, case, order, self.policy, self.words, now).done(promise, rows)

    def _judge(self, promise_id: int) -> None:
        """Does what has to be done about a promise now, if anything has.

        Looked at first without holding anybody up, because mostly there is nothing to do.
        """
        with self.store.reading() as session:
            promise = session.get_one(PromiseRow, promise_id)
            rows = fulfilment.instructions_of(session, promise_id)
        if fulfilment.judge(promise, rows, self.policy, self.clock.now()) is None:
            return
        order = self._order_of(promise.case_reference)
        with self._holding(promise.case_reference) as (session, case, now):
            promise = session.get_one(PromiseRow, promise_id)
            rows = fulfilment.instructions_of(session, promise_id)
            follows = fulfilment.judge(promise, rows, self.policy, now)
            news = News(session, case, order, self.policy, self.words, now)
            if isinstance(follows, Due):
                new = self._put_off(session, case, promise, follows, order, now)
                news.moved(promise, new, still_awaited(rows))
            elif follows is not None:
                answer = self._bring_in_person(session, case, promise, follows, order, now)
                for row in rows:
                    if not row.is_open:
                        row.look_at = None
                news.person_sees_to_it(promise, follows, answer, still_awaited(rows))

    def _put_off(
        self, session: Session, case: Case, old: PromiseRow, due: Due, order: Order | None,
        now: datetime,
    ) -> PromiseRow:  # fmt: skip
        """Moves it, and puts it before a lead, who may still make it come in time."""
        moved, fresh = old.promise().move(due, now, because=RAN_LATE)
        old.become(moved)
        new = PromiseRow.of(fresh)
        new.moved_because = RAN_LATE  # the next time, a person takes over
        case.promises.append(new)
        session.flush()
        fulfilment.hand_on(session, old, new, now)
        log(session, case.conversation_id, case, now, "put_off", f"moved:{old.id}",
            {"promise": new.id, "was": old.id, "kind": old.kind}, actor="deliver")  # fmt: skip
        handing_over.queue(
            session, case, order, HandoffReason.RUNS_LATE, new, self.policy, now, self.words,
            self.tell,
        )  # fmt: skip
        return new

    def _bring_in_person(
        self, session: Session, case: Case, promise: PromiseRow, reason: HandoffReason,
        order: Order | None, now: datetime,
    ) -> PromiseRow:  # fmt: skip
        """A person takes over, or hears of it who has it already; gives the promised answer.

        The remedy is a person's from now on: to bring about, to move, or to replace.
        """
        if promise.promise().is_breached(now):
            promise.become(promise.promise().breach(now))
        for errand in _errands(session, promise.id):
            errand.ended_at = now
        conversation = session.get_one(Conversation, case.conversation_id)
        agent = conversation.agent if conversation.handler == Handler.AGENT else None
        given = _handoff(session, case)
        if given is None:
            given = handing_over.give(
                session, case, order, reason, self.policy, now, self.words, self.tell
            )
            if agent:  # they stay with whom they talk
                conversation.handler, conversation.agent = Handler.AGENT, agent
                given.taken_by, given.taken_at = agent, now
                session.get_one(PromiseRow, given.promise_id).owner = agent
        elif given.taken_by is None:
            self._promise_answer_anew(session, case, given, now)
        given.urgent = True
        if promise.owner == SHOP and promise.state == PromiseState.PENDING:
            promise.owner = agent or "queue"  # what the shop broke stays the shop's
        whys = [row.why for row in fulfilment.instructions_of(session, promise.id) if row.why]
        log(session, case.conversation_id, case, now, "person_needed", f"{reason}:{promise.id}",
            {"promise": promise.id, "reason": reason, "why": whys}, actor="deliver")  # fmt: skip
        for why in whys[:1]:
            ConversationLog(self.store, self.clock).say(
                case.conversation_id, Author.NOTE, why, key=f"shop:{promise.id}:{reason}",
                session=session,
            )  # fmt: skip
        return session.get_one(PromiseRow, given.promise_id)

    def _promise_answer_anew(
        self, session: Session, case: Case, given: Handoff, now: datetime
    ) -> None:
        """Nobody has come, and the time for it is over too: "it is in hand" would be untrue."""
        if session.get_one(PromiseRow, given.promise_id).state == PromiseState.PENDING:
            return
        due = self.policy.promises["first_reply_by_a_person"].due(self.policy.calendar, now)
        answer = PromiseRow.of(Promise.make("first_reply_by_a_person", due, now, owner="queue"))
        case.promises.append(answer)
        session.flush()
        given.promise_id = answer.id
        key = f"handed_off:{given.id}:{answer.id}"
        notices.tell_of(session, "handed_off", key, given, answer, self.tell, now)

    @contextmanager
    def _holding(self, reference: str) -> Iterator[tuple[Session, Case, datetime]]:
        """One transaction on a case, read after its conversation was held: nothing is stale."""
        its = select(Case.conversation_id).where(Case.reference == reference)
        with self.store.transaction() as session:
            held = None
            while held != (conversation_id := session.scalars(its).one()):
                held = hold(session, conversation_id).id
            yield session, session.get_one(Case, reference), self.clock.now()


def _instruction(session: Session, key: str) -> InstructionRow | None:
    return session.scalars(select(InstructionRow).where(InstructionRow.key == key)).first()


def _the_instruction(session: Session, key: str) -> InstructionRow:
    return session.scalars(select(InstructionRow).where(InstructionRow.key == key)).one()


def _never_told(session: Session, row: InstructionRow) -> str | None:
    """Why the shop will never hear of it: whoever should have told it has given up."""
    if row.state != InstructionStage.ASKED:
        return None
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.key == row.key)).first()
    return told.last_error or "given up" if told and told.gave_up_at else None


def _errands(session: Session, promise_id: int) -> list[Handoff]:
    return list(
        session.scalars(
            select(Handoff).where(
                Handoff.promise_id == promise_id,
                Handoff.silences.is_(False),
                Handoff.ended_at.is_(None),
            )
        )
    )


def _handoff(session: Session, case: Case) -> Handoff | None:
    """By which a person has this case, or waits for one."""
    return session.scalars(
        select(Handoff).where(
            Handoff.case_reference == case.reference,
            Handoff.silences.is_(True),
            Handoff.ended_at.is_(None),
        )
    ).first()
