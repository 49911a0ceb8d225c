"""News of a remedy: what the customer hears of it, said once, when somebody is there.

Dates and amounts come from the saved rows; the sentences are in domain.yml.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from complaints import local_time, outbox, telling
from complaints.case import Case, Offer, OfferStatus, PromiseRow
from complaints.fulfilment import InstructionRow, InstructionStage
from complaints.handoff import HandoffReason
from complaints.orders import Order
from complaints.policy import Policy
from complaints.promise import PromiseState
from complaints.resolution import GOODS
from complaints.words import Words


class News:
    """What is to be said of one case; `order` is None when the shop could not be asked."""

    def __init__(
        self, session: Session, case: Case, order: Order | None, policy: Policy, words: Words,
        now: datetime,
    ) -> None:  # fmt: skip
        self.session = session
        self.case = case
        self.policy = policy
        self.words = words
        self.now = now
        self.spoken = telling.words(case, order, policy, now)

    def done(self, promise: PromiseRow, instructions: list[InstructionRow]) -> None:
        """It has been done: what they have now, or should have."""
        codes = [row.shop_reference for row in instructions if row.kind == "voucher"]
        self._say(
            f"done:{promise.id}",
            f"utter_done_{promise.kind}",
            **self._known(promise),
            code=codes[0] if codes else None,
        )

    def moved(self, old: PromiseRow, new: PromiseRow, late: list[InstructionRow]) -> None:
        """It takes longer: the new date instead of the one they were told, and why."""
        self._say(
            f"moved:{old.id}",
            "utter_moved",
            thing=self._thing(old, late),
            because=self.words.say(f"utter_moved_because_{_manner(late)}"),
            was=self._by(old),
            by=self._by(new),
        )

    def person_sees_to_it(
        self, promise: PromiseRow, reason: HandoffReason, answer: PromiseRow,
        late: list[InstructionRow],
    ) -> None:  # fmt: skip
        """Why it will not be as they were told, and by when a person tells them more."""
        if answer.state == PromiseState.PENDING:
            due = local_time.moment(answer.due_at, self.case, self.policy, self.now)
            person = self.words.say("utter_seen_to_by", due=due)
        else:
            person = self.words.say("utter_seen_to_in_hand")
        self._say(
            f"person:{promise.id}:{reason}",
            f"utter_needs_person_{reason}",
            thing=self._thing(promise, late),
            was=self._by(promise),
            person=person,
        )

    def _by(self, promise: PromiseRow) -> str:
        return local_time.by(promise.due, self.case, self.policy, self.now)

    def _thing(self, promise: PromiseRow, late: list[InstructionRow]) -> str:
        """What is meant, in a few words: a refund has its label besides the money."""
        labels_only = bool(late) and all(row.kind == "return_label" for row in late)
        kind = "return_label" if labels_only else promise.kind
        return self.words.say(f"utter_thing_{kind}", **self._known(promise))

    def _known(self, promise: PromiseRow) -> dict[str, Any]:
        offer = _offer_of(self.case, promise)
        return {
            **self.spoken,
            "item": self.spoken.get("item") or self.words.say("utter_thing_unnamed"),
            "amount": str(offer.money or "") if offer else "",
            "paid_with": self.spoken.get("paid_with") or "the way you paid",
        }

    def _say(self, key: str, response: str, **words: Any) -> None:
        outbox.put(
            self.session,
            key,
            "chat",
            {
                "conversation_id": self.case.conversation_id,
                "response": response,
                "words": {"reference": self.case.reference, **words},
            },
            self.now,
            case_reference=self.case.reference,
            due_at=self.policy.calendar.next_opening(self.now),
        )


def still_awaited(instructions: list[InstructionRow]) -> list[InstructionRow]:
    return [row for row in instructions if row.state != InstructionStage.DONE]


def _manner(late: list[InstructionRow]) -> str:
    """Things have to come, money has to be paid; the rest is made."""
    kinds = {row.kind for row in late}
    if kinds & GOODS:
        return "goods"
    return "refund" if kinds & {"full_refund", "partial_refund", "refund_shipping"} else "paper"


def _offer_of(case: Case, promise: PromiseRow) -> Offer | None:
    """What was accepted and promised so; the last, should it have been given twice."""
    taken = [offer for offer in case.offers if offer.kind == promise.kind]
    standing = [offer for offer in taken if offer.status == OfferStatus.ACCEPTED]
    return next(reversed(standing or taken), None)
