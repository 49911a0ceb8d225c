"""The case: the complaint record, its states, and what was offered in it.

The fields are what ISO 10002, FCA DISP 1 and ASIC RG 271 expect a record to hold.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from complaints.money import Money
from complaints.promise import Due, Promise, PromiseState
from complaints.store import Base, Moment


class CaseStatus(StrEnum):
    """Where a case stands."""

    LISTENING = "listening"  # the assistant is finding out what happened
    NEXT = "next"  # a second complaint, noted, waiting for the first to be settled
    RESOLVING = "resolving"  # a remedy is chosen and promised
    WITH_PERSON = "with_person"  # handed over
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"  # the customer started over


class OfferStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"  # another offer was chosen


# What may follow what; anything else is a mistake in our code.
_MAY_FOLLOW = {
    CaseStatus.NEXT: {CaseStatus.LISTENING, CaseStatus.WITH_PERSON, CaseStatus.WITHDRAWN},
    CaseStatus.LISTENING: {CaseStatus.RESOLVING, CaseStatus.WITH_PERSON, CaseStatus.WITHDRAWN},
    CaseStatus.RESOLVING: {CaseStatus.CLOSED, CaseStatus.WITH_PERSON},
    CaseStatus.WITH_PERSON: {
        CaseStatus.LISTENING,
        CaseStatus.NEXT,
        CaseStatus.RESOLVING,
        CaseStatus.CLOSED,
    },
    CaseStatus.CLOSED: {CaseStatus.WITH_PERSON, CaseStatus.LISTENING},
    CaseStatus.WITHDRAWN: set(),
}


class Case(Base):
    """One complaint. What it holds is true; whatever is asked or said is read from here."""

    __tablename__ = "case_record"  # "case" is a word of SQL

    # Identity
    reference: Mapped[str] = mapped_column(String(12), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    timezone: Mapped[str | None] = mapped_column(String(60))  # the customer's, see local_time.py
    status: Mapped[str] = mapped_column(String(20), default=CaseStatus.LISTENING, index=True)
    policy_version: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(Moment)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_by: Mapped[str | None] = mapped_column(String(40))  # the message that opened it

    # Complainant
    customer_id: Mapped[str | None] = mapped_column(String(100), index=True)
    customer_name: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(320))
    phone: Mapped[str | None] = mapped_column(String(40))
    postcode: Mapped[str | None] = mapped_column(String(20))
    # Of e-mail, phone and postcode: what the shop told us, and only its owner may read in full.
    from_shop: Mapped[list] = mapped_column(MutableList.as_mutable(JSON), default=list)
    proved_by: Mapped[str | None] = mapped_column(String(20))  # postcode, email, signed_in
    proof_failures: Mapped[int] = mapped_column(default=0)
    needs: Mapped[str | None] = mapped_column(Text)  # what makes it easier for them, verbatim

    # Substance
    category: Mapped[str | None] = mapped_column(String(40), index=True)
    other_categories: Mapped[list] = mapped_column(MutableList.as_mutable(JSON), default=list)
    order_number: Mapped[str | None] = mapped_column(String(40), index=True)
    sku: Mapped[str | None] = mapped_column(String(60))  # the line of the order it is about
    item: Mapped[str | None] = mapped_column(String(200))  # as the customer calls it
    story: Mapped[list] = mapped_column(MutableList.as_mutable(JSON), default=list)  # verbatim
    gist: Mapped[str | None] = mapped_column(Text)  # the sentence that says what went wrong
    damage: Mapped[dict | None] = mapped_column(JSON)  # {thing, state} in their words
    impact: Mapped[str | None] = mapped_column(Text)  # what it cost them, verbatim
    happened_on: Mapped[date | None] = mapped_column(Date)
    deadline: Mapped[date | None] = mapped_column(Date)  # when they need it by
    amount: Mapped[str | None] = mapped_column(String(20))  # of money they name
    currency: Mapped[str | None] = mapped_column(String(3))
    photos: Mapped[list] = mapped_column(MutableList.as_mutable(JSON), default=list)
    wish: Mapped[str | None] = mapped_column(Text)  # verbatim
    wish_kinds: Mapped[list] = mapped_column(MutableList.as_mutable(JSON), default=list)
    refused_kinds: Mapped[list] = mapped_column(MutableList.as_mutable(JSON), default=list)
    agreed_at: Mapped[datetime | None] = mapped_column(Moment)  # read back and confirmed

    # Assessment
    heat: Mapped[int] = mapped_column(default=0)  # the hottest message, 0 calm to 3 furious
    danger: Mapped[str | None] = mapped_column(String(30))
    repeat_of: Mapped[str | None] = mapped_column(String(12))

    # Where the conversation about it stands
    pending: Mapped[str | None] = mapped_column(String(30))  # the question that is open
    asked: Mapped[dict] = mapped_column(MutableDict.as_mutable(JSON), default=dict)  # times each
    without: Mapped[list] = mapped_column(
        MutableList.as_mutable(JSON), default=list
    )  # they have no …
    handed_back_at: Mapped[datetime | None] = mapped_column(Moment)  # a person has judged it
    left_to_ask: Mapped[list] = mapped_column(  # what that person left to the assistant to ask
        MutableList.as_mutable(JSON), default=list
    )

    # Outcome and learning
    outcome: Mapped[str | None] = mapped_column(String(20))  # upheld, partly_upheld, not_upheld
    outcome_reason: Mapped[str | None] = mapped_column(Text)
    root_cause: Mapped[str | None] = mapped_column(String(60))

    offers: Mapped[list["Offer"]] = relationship(
        order_by="Offer.id", back_populates="case", lazy="immediate"
    )
    promises: Mapped[list["PromiseRow"]] = relationship(order_by="PromiseRow.id", lazy="immediate")
    corrections: Mapped[list["LogEntry"]] = relationship(  # by people, the oldest first
        primaryjoin="and_(Case.reference == foreign(LogEntry.case_reference),"
        " LogEntry.verb == 'correct_fact')",
        order_by="LogEntry.id", viewonly=True, lazy="selectin",
    )  # fmt: skip

    def become(self, status: CaseStatus) -> None:
        """Moves to a status that may follow the present one; raises ValueError otherwise."""
        if status != self.status and status not in _MAY_FOLLOW[CaseStatus(self.status)]:
            raise ValueError(f"case {self.reference} is {self.status}; it cannot become {status}")
        self.status = status

    @property
    def is_proved(self) -> bool:
        return self.proved_by is not None

    @property
    def claimed(self) -> Money | None:
        return Money(self.amount, self.currency) if self.amount and self.currency else None

    def pending_offers(self) -> list["Offer"]:
        """What is on the table, in the order it was shown."""
        return [offer for offer in self.offers if offer.status == OfferStatus.PENDING]

    def accepted_offer(self) -> "Offer | None":
        return next(
            (o for o in self.offers if o.status == OfferStatus.ACCEPTED and not o.is_goodwill), None
        )

    @property
    def is_settled(self) -> bool:
        """Whether what they chose is promised; before that, something for it may be missing."""
        chosen = self.accepted_offer()
        return chosen is not None and any(row.kind == chosen.kind for row in self.promises)

    def promise_of(self, offer: "Offer") -> "PromiseRow":
        """The promise that stands for an accepted offer: the last, should it have moved."""
        return next(row for row in reversed(self.promises) if row.kind == offer.kind)

    def know_customer_of(self, other: "Case") -> None:
        """Takes over who they are from their other case, so that it is not asked again."""
        for name in ("customer_id", "customer_name", "email", "phone", "postcode"):
            if getattr(self, name) is None and getattr(other, name) is not None:
                setattr(self, name, getattr(other, name))
                if name in other.from_shop:
                    self.from_shop.append(name)


class Offer(Base):
    """A way of putting it right that this customer was offered, and what they said to it."""

    __tablename__ = "offer"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_reference: Mapped[str] = mapped_column(ForeignKey("case_record.reference"), index=True)
    kind: Mapped[str] = mapped_column(String(30))  # a remedy, goodwill, or invitation
    amount: Mapped[str | None] = mapped_column(String(20))
    currency: Mapped[str | None] = mapped_column(String(3))
    sku: Mapped[str | None] = mapped_column(String(60))
    planned_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)  # the date that is told
    by_the_day: Mapped[bool] = mapped_column(default=True)
    clause: Mapped[str] = mapped_column(String(80))  # of policy.yml
    return_first: Mapped[bool] = mapped_column(default=False)
    in_hand: Mapped[bool] = mapped_column(default=True)  # whether the customer has the thing
    status: Mapped[str] = mapped_column(String(10), default=OfferStatus.PENDING)
    offered_at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    offered_by: Mapped[str | None] = mapped_column(String(40))  # the person, if it was one
    reason: Mapped[str | None] = mapped_column(Text)  # why a person went beyond policy

    case: Mapped[Case] = relationship(back_populates="offers")

    @property
    def is_goodwill(self) -> bool:
        return self.kind in ("goodwill", "invitation")

    @property
    def response(self) -> str:
        """How domain.yml calls it: what it asks of the customer changes the words."""
        if self.kind in ("replacement", "full_refund", "partial_refund") and not self.in_hand:
            return f"{self.kind}_not_arrived"
        if self.kind == "replacement" and self.return_first:
            return f"{self.kind}_return_first"
        return self.kind

    def due(self, now: datetime) -> Due:
        """When it would be there, chosen now."""
        return Due(self.planned_at or now, self.due_at or now, self.by_the_day)

    @property
    def money(self) -> Money | None:
        return Money(self.amount, self.currency) if self.amount and self.currency else None


class PromiseRow(Base):
    """Where a Promise is kept. Every date a customer reads is rendered from one of these."""

    __tablename__ = "promise"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_reference: Mapped[str] = mapped_column(ForeignKey("case_record.reference"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Moment)
    planned_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment, index=True)
    owner: Mapped[str] = mapped_column(String(100))
    by_the_day: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(10), default=PromiseState.PENDING, index=True)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    moved_because: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def of(cls, promise: Promise) -> "PromiseRow":
        row = cls()
        row.become(promise)
        return row

    def become(self, promise: Promise) -> None:
        """Takes over what `promise.meet()`, `.breach()` or `.move()` gave back."""
        for name in Promise.__dataclass_fields__:
            setattr(self, name, getattr(promise, name))

    def promise(self) -> Promise:
        fields = {name: getattr(self, name) for name in Promise.__dataclass_fields__}
        return Promise(**{**fields, "state": PromiseState(self.state)})

    @property
    def due(self) -> Due:
        return self.promise().due


class LogEntry(Base):
    """Who did what about a case, when: the contact log, and the memory against doing it twice."""

    __tablename__ = "log_entry"
    __table_args__ = (UniqueConstraint("conversation_id", "message_id", "verb"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    case_reference: Mapped[str | None] = mapped_column(String(12), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(100))  # assistant, customer, deliver, or a person
    verb: Mapped[str] = mapped_column(String(40))
    message_id: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[dict] = mapped_column(JSON, default=dict)
