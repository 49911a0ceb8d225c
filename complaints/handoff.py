"""Handing over: everything a person must know so that the customer never repeats themself."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

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
    LANGUAGE = "language"  # they write in one that the assistant cannot read
    BROKEN = "broken"  # something of ours failed
    STEPPED_IN = "stepped_in"  # a person took it over by themselves
    RUNS_LATE = "runs_late"  # a remedy takes longer, and the customer was told the new date
    LATE_AGAIN = "late_again"
    OVERDUE = "overdue"
    SHOP_REFUSED = "shop_refused"  # the shop will not do what was promised
    SHOP_SILENT = "shop_silent"  # nobody knows whether what was promised will be in time

    @property
    def is_urgent(self) -> bool:
        """Whether a senior person takes it ahead of the queue (R16, R25)."""
        return self in (
            HandoffReason.DANGER,
            HandoffReason.STILL_WRONG,
            HandoffReason.LATE_AGAIN,
            HandoffReason.OVERDUE,
            HandoffReason.SHOP_REFUSED,
            HandoffReason.SHOP_SILENT,
        )

    @property
    def is_errand(self) -> bool:
        """Whether somebody has to see to it while the assistant goes on with the customer."""
        return self in (HandoffReason.PROMISED, HandoffReason.RUNS_LATE)

    @property
    def needs_no_thanks(self) -> bool:
        """Whether something else comes before thanks: safety, or that we could not read it."""
        return self in (HandoffReason.DANGER, HandoffReason.LANGUAGE)


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
    """What the person reads first (R23), made from the record; its JSON is docs/handoff.md.

    The head is read in ten seconds: at most 150 words, all else is lists.
    """

    reference: str
    # The head
    one_line: str
    happened: str | None  # verbatim, shortened
    cost: str | None  # what it cost them, verbatim
    wants: str | None  # verbatim
    why: str  # they are handed over
    # Who, and how urgent
    name: str | None
    reach: dict[str, str]
    proof: str  # of identity, in words
    proved_by: str | None
    needs: str | None
    heat: int
    mood: str  # the heat in a word
    danger: str | None
    urgency: str  # danger, ahead, in turn
    # The lists
    story: list[str]  # every word of it
    offered: list[str]
    promised: list[str]
    still_open: list[str]
    do_not_ask: list[str]
    written_by: dict[str, str]  # of happened, cost, wants and needs: whose words, if not their own
    put_right: list[str]  # of the facts in their story, those that were wrong
    since: list[str]  # what they wrote while they waited
    also: list[str]  # their other open complaints
    earlier: list[str]  # cases before this one
    details: dict[str, str] = field(default_factory=dict)
    first_reply: str = ""  # ready to send
    transcript: dict[str, Any] = field(default_factory=dict)  # conversation_id, until (message id)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
