"""Fulfilment: what the shop was told to do, what it says has become of it, and what follows.

A promise is met when the shop says that each of its instructions is done, not when we told it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from complaints.case import PromiseRow
from complaints.handoff import HandoffReason
from complaints.orders import InstructionReceipt
from complaints.outbox import OutboxMessage
from complaints.policy import Policy
from complaints.promise import Due, Length, Promise, PromiseState, Timing
from complaints.store import Base, Moment

GOODWILL = ("goodwill", "invitation")  # vouchers, by why they are given
SHOP = "shop"  # owns a promise until it can no longer be left to it
RAN_LATE = "it took longer than planned"
FIRST_LOOK = timedelta(minutes=2)  # the outbox tells the shop within seconds
LAST_CALL = timedelta(hours=1)  # before the told time: what is not done now is told of
SILENT_FOR = timedelta(hours=1)  # a shop that misses one question is not silent yet


class InstructionStage(StrEnum):
    """How far it is, as the shop said last."""

    ASKED = "asked"  # the shop has not said yet that it has it
    ACCEPTED = "accepted"
    DONE = "done"
    REFUSED = "refused"  # it will not, or could not be told
    CALLED_OFF = "called_off"  # something else was settled before the shop was told


OPEN = (InstructionStage.ASKED, InstructionStage.ACCEPTED)


class InstructionRow(Base):
    """Where an Instruction is kept, with the shop's last word on it."""

    __tablename__ = "instruction"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    case_reference: Mapped[str] = mapped_column(ForeignKey("case_record.reference"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default=InstructionStage.ASKED)
    shop_reference: Mapped[str | None] = mapped_column(Text)
    expected_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    why: Mapped[str | None] = mapped_column(Text)  # it is refused, or nothing is heard of it
    made_at: Mapped[datetime] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)  # when the shop first said it has it
    looked_at: Mapped[datetime | None] = mapped_column(
        Moment
    )  # when the shop said what stands here
    silent_since: Mapped[datetime | None] = mapped_column(Moment)  # asked, and not answered
    # The schedule and the lease in one: whoever moves it on is the one who looks.
    look_at: Mapped[datetime | None] = mapped_column(Moment, index=True)

    promise: Mapped[PromiseRow] = relationship()

    @classmethod
    def of(cls, told: OutboxMessage, promise: PromiseRow) -> InstructionRow:
        """Of a message that `deliver` will bring to the shop."""
        return cls(
            key=told.key,
            promise=promise,
            case_reference=told.case_reference,
            kind=told.payload["kind"],
            state=InstructionStage.ASKED,
            made_at=told.created_at,
            look_at=told.created_at + FIRST_LOOK,
        )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def heed(self, receipt: InstructionReceipt, said_at: datetime) -> None:
        """Takes over what the shop says. Old news changes nothing, and done never goes back."""
        is_done = receipt.state == InstructionStage.DONE
        if self.state == InstructionStage.DONE:
            return
        if not is_done and (
            self.state == InstructionStage.REFUSED or (self.looked_at and said_at < self.looked_at)
        ):
            return
        self.state = InstructionStage(receipt.state)
        self.shop_reference = receipt.shop_reference or self.shop_reference
        self.expected_on, self.done_on, self.why = receipt.expected_on, receipt.done_on, receipt.why
        self.told_at = self.told_at or said_at
        self.looked_at, self.silent_since = said_at, None

    def hear_nothing(self, why: str, now: datetime) -> None:
        """The shop was asked and did not say, or does not know it."""
        self.silent_since = self.silent_since or now
        self.why = why

    def refuse(self, why: str) -> None:
        """The shop cannot be told of it, which is as good as a no."""
        self.state, self.why = InstructionStage.REFUSED, why


def instructions_of(session: Session, promise_id: int) -> list[InstructionRow]:
    """Everything the shop has to do for one promise."""
    return list(
        session.scalars(
            select(InstructionRow)
            .where(InstructionRow.promise_id == promise_id)
            .order_by(InstructionRow.id)
        )
    )


def instructions_of_case(session: Session, reference: str) -> list[InstructionRow]:
    """Everything the shop was ever told to do in a case."""
    return list(
        session.scalars(
            select(InstructionRow)
            .where(InstructionRow.case_reference == reference)
            .order_by(InstructionRow.id)
        )
    )


def hand_on(session: Session, old: PromiseRow, new: PromiseRow, now: datetime) -> bool:
    """What the shop has to do for a promise belongs to the one in its place; False for nothing."""
    rows = instructions_of(session, old.id)
    for row in rows:
        row.promise_id = new.id
        if row.is_open:
            row.look_at = now
    return bool(rows)


def is_done(rows: Sequence[InstructionRow]) -> bool:
    """Whether the shop says that all of it is done."""
    return bool(rows) and all(row.state == InstructionStage.DONE for row in rows)


def done_on(session: Session, promise: PromiseRow) -> date | datetime | None:
    """The day it was done by the shop's word, if it did all of it; else when it was kept."""
    rows = instructions_of(session, promise.id)
    days = [row.done_on for row in rows if row.done_on]
    return max(days) if days and len(days) == len(rows) else promise.settled_at


def judge(
    row: PromiseRow, rows: Sequence[InstructionRow], policy: Policy, now: datetime
) -> Due | HandoffReason | None:
    """What must be told of a promise now: a new date, why a person takes over, or nothing.

    1. Nothing at night: whoever hears it wants to ask back.
    2. What the shop refuses, or what is overdue, is a person's.
    3. What is late, or cannot be in time any more, is put off once; then a person takes over.
    4. A shop that says nothing until the told time nears is no reason to go on hoping.
    """
    promise, calendar = row.promise(), policy.calendar
    if not promise.is_pending or is_done(rows) or not calendar.is_open(now):
        return None
    if promise.is_breached(now):
        return HandoffReason.OVERDUE
    if promise.owner != SHOP:
        return None  # a person sees to it already
    if any(each.state == InstructionStage.REFUSED for each in rows):
        return HandoffReason.SHOP_REFUSED
    awaited = [each for each in rows if each.is_open]
    days = [each.expected_on for each in awaited if each.expected_on]
    expected = max(days) if len(days) == len(awaited) else None
    told_for = calendar.today(promise.due_at)
    if not any(day > told_for for day in days):
        if now < _last_good_moment(promise):
            return None
        if _is_silent(awaited, promise, now):
            return HandoffReason.SHOP_SILENT
        is_yet_to_come = expected is not None and expected >= calendar.today(now)
        if is_yet_to_come and now < promise.due_at - LAST_CALL:
            return None
        days = []
    if row.moved_because == RAN_LATE:
        return HandoffReason.LATE_AGAIN
    remedy = policy.remedies.get("voucher" if row.kind in GOODWILL else row.kind)
    timing = remedy.arrives if remedy else policy.promises["resolve"]
    return _later(timing, max(days) if days else None, policy, now)


def look_again_at(
    row: PromiseRow, every: timedelta, policy: Policy, now: datetime
) -> datetime | None:
    """When to ask after it next: the usual time, or earlier when something may have to be told.

    None when nothing can follow any more.
    """
    if row.state not in (PromiseState.PENDING, PromiseState.BREACHED):
        return None
    promise, calendar = row.promise(), policy.calendar
    moments = [_last_good_moment(promise), promise.due_at - LAST_CALL, calendar.next_opening(now)]
    return min([now + every, *(moment for moment in moments if moment > now)])


def is_with_shop(session: Session, row: PromiseRow) -> bool:
    """Whether the shop has anything to do for it, whoever sees to it."""
    return row.owner == SHOP or bool(instructions_of(session, row.id))


def _last_good_moment(promise: Promise) -> datetime:
    """Half of the buffer is used up: from here on, waiting is hoping."""
    return promise.planned_at + (promise.due_at - promise.planned_at) / 2


def _is_silent(awaited: Sequence[InstructionRow], promise: Promise, now: datetime) -> bool:
    """Whether nobody knows how it stands with something of it, for too long to wait on."""
    for each in awaited:
        if each.state == InstructionStage.ASKED:
            return True
        if each.silent_since is not None:
            return now - each.silent_since >= SILENT_FOR or promise.due_at - now <= LAST_CALL
    return False


def _later(timing: Timing, day: date | None, policy: Policy, now: datetime) -> Due:
    """The new times: from the shop's day with policy's buffer, else as if it began now."""
    calendar = policy.calendar
    if day is None:
        return timing.due(calendar, now)
    start = max(now, datetime.combine(day, time(), calendar.timezone))
    in_days = timing.tell.in_days and timing.plan.in_days
    spare = max(timing.tell.count - timing.plan.count, 1) if in_days else 1
    planned, told = (calendar.add(start, Length(count, "days")) for count in (0, spare))
    return Due(planned, told, by_the_day=True)
