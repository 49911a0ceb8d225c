"""Handing over: everything a person must know so that the customer never repeats themself."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from complaints.case import Case, OfferStatus
from complaints.orders import Order
from complaints.store import Base, Moment


class HandoffReason(StrEnum):
    """Why a person is needed."""

    ASKED = "asked"  # the customer asked for one
    CALL_BACK = "call_back"
    POLICY = "policy"  # hand_off_if in policy.yml
    NOTHING_SUITS = "nothing_suits"
    NOT_UNDERSTOOD = "not_understood"
    NOT_PROVED = "not_proved"
    CASE_NOT_PROVED = "case_not_proved"  # they came back for a case and could not show it is theirs
    NO_ORDER = "no_order"
    PROMISED = "promised"  # a remedy that only a person can carry out
    STILL_WRONG = "still_wrong"  # a second failure, or a complaint about a complaint
    DANGER = "danger"
    CHANGED_MIND = "changed_mind"  # they want something else than what was settled
    BROKEN = "broken"  # something of ours failed
    STEPPED_IN = "stepped_in"  # a person took it over by themselves

    @property
    def is_urgent(self) -> bool:
        """Whether a senior person takes it ahead of the queue (R16, R25)."""
        return self in (HandoffReason.DANGER, HandoffReason.STILL_WRONG)


class Handoff(Base):
    """One conversation given to a person, with the summary as it was at that moment."""

    __tablename__ = "handoff"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    case_reference: Mapped[str] = mapped_column(ForeignKey("case_record.reference"), index=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"))
    reason: Mapped[str] = mapped_column(String(30))
    urgent: Mapped[bool] = mapped_column(default=False)
    # A call or a letter is a person's to do, but the assistant need not fall silent for it.
    silences: Mapped[bool] = mapped_column(default=True)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Moment)
    taken_by: Mapped[str | None] = mapped_column(String(100))
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    call_back: Mapped[str | None] = mapped_column(Text)  # in which words they asked for a call


@dataclass(frozen=True)
class HandoffSummary:
    """What the person reads first (R23), made from the record, never from a transcript."""

    one_line: str
    happened: list[str]  # verbatim
    cost: str | None  # what it cost them, verbatim
    wants: str | None  # verbatim
    offered: list[str]
    promised: list[str]
    why: str
    still_open: list[str]
    do_not_ask: list[str]
    proved_by: str | None
    reach: dict[str, str]
    heat: int
    danger: str | None
    details: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def summarise(
    case: Case, reason: HandoffReason, label: str | None, order: Order | None, missing: list[str]
) -> HandoffSummary:
    """The case as an agent will see it. `label` is the category in words."""
    thing = case.item or (
        order.line(case.sku).name if order and case.sku and order.line(case.sku) else None
    )
    known = {
        "name": case.customer_name,
        "order number": case.order_number,
        "item": thing,
        "postcode": case.postcode,
        "e-mail": case.email,
        "phone": case.phone,
        "what happened": case.story and "told",
        "what would put it right": case.wish and "told",
        "needed by": case.deadline and case.deadline.isoformat(),
        "amount": str(case.claimed) if case.claimed else None,
        "photo": case.photos and f"{len(case.photos)} sent",
    }
    known = {name: str(value) for name, value in known.items() if value}
    who = case.customer_name or "A customer"
    about = " · ".join(part for part in (label, thing, case.order_number) if part)
    return HandoffSummary(
        one_line=f"{who}: {about or 'not said yet'}"
        + (f" · wants: {case.wish}" if case.wish else ""),
        happened=list(case.story),
        cost=case.impact,
        wants=case.wish,
        offered=[
            f"{o.kind}{f' {o.money}' if o.money else ''}: {o.status}"
            for o in case.offers
            if o.status != OfferStatus.LAPSED
        ],
        promised=[
            f"{p.kind} by {p.due_at.isoformat(timespec='minutes')}: {p.state}"
            for p in case.promises
        ],
        why=reason.value,
        still_open=missing,
        do_not_ask=sorted(known) + [f"{name}: they do not have it" for name in case.without],
        proved_by=case.proved_by,
        reach={k: v for k, v in {"e-mail": case.email, "phone": case.phone}.items() if v},
        heat=case.heat,
        danger=case.danger,
        details=known,
    )
