"""Handing over to a person, and keeping the promise that one answers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints import enquiry, handing_over, keeping, notices
from complaints.case import Case
from complaints.casebook.book import Book
from complaints.conversation import Handler, Message
from complaints.errors import OrdersUnavailable
from complaints.handoff import Handoff, HandoffReason
from complaints.matter import proved_order
from complaints.orders import Order
from complaints.register import latest_case, listening_case, log, noted_cases, open_handoff
from complaints.turn import HandedOver

# With these the customer hears neither thanks nor an apology; a person says it.
_SAYS_NO_SORRY = (HandoffReason.DANGER, HandoffReason.BROKEN)


class HandingOver(Book):
    """The verbs of bringing in a person."""

    def hand_off(
        self, conversation_id: str, reason: HandoffReason, message_id: str, about: str | None = None
    ) -> HandedOver:
        """Give the conversation to a person, and say by when one will answer.

        `about` is the reference of the case that is the reason, wherever it was told.

        1. The assistant falls silent.
        2. A summary of every open case is frozen as the agent will see it.
        3. The promise of an answer is made.

        All happen or none does. Given already, the promise that stands is told again.
        """
        orders = self._orders_of_open_cases(conversation_id, about)
        with self._turn(conversation_id) as (session, conversation, now):
            if given := open_handoff(session, conversation_id):
                return handing_over.told(session, given, self.policy, now, already=True)
            cases = _cases_to_give(session, conversation_id, about) or [
                self._open(session, conversation, message_id, now)
            ]
            for case in cases:
                enquiry.move_here(session, case, conversation)
                case.know_customer_of(cases[0])  # one person told all of them
                if case.story and reason not in _SAYS_NO_SORRY:
                    case.acknowledged_at = case.acknowledged_at or now
            session.flush()
            handed = [
                handing_over.give(
                    session, case, orders.get(case.reference), reason, self.policy, now,
                    self.words, self.tell,
                )
                for case in cases
            ]  # fmt: skip
            conversation.enquiry = None  # the summary names the case they asked about
            log(session, conversation_id, cases[0], now, "hand_off", message_id, {"reason": reason})
            return handing_over.told(session, handed[0], self.policy, now)

    def hand_off_broken(self, conversation_id: str, message_id: str) -> HandedOver:
        """Something of ours failed: what they wrote is kept, and a person gets it (R28)."""
        told = self.hand_off(conversation_id, HandoffReason.BROKEN, message_id)
        with self._turn(conversation_id) as (session, _, _now):
            case = session.get_one(Case, told.reference)
            message = session.get(Message, int(message_id)) if message_id.isdigit() else None
            given = open_handoff(session, conversation_id)
            # Nobody understood it, so it stands as written where the person reads first.
            if message and message.text and message.text not in case.story and given:
                case.story.append(message.text)
                handing_over.renew_summary(
                    session, given, case, self.policy, self.words, self.clock.now()
                )
        return told

    def take_back(self, conversation_id: str, message_id: str, words: str) -> bool:
        """Whoever asked for a person would rather go on here; False when that is not for them to say.

        What had to go to a person stays with one, and so does what somebody has in hand.
        """
        if not handing_over.would_rather_go_on_here(words):
            return False
        with self._turn(conversation_id) as (session, conversation, now):
            waiting = list(
                session.scalars(
                    select(Handoff).where(
                        Handoff.conversation_id == conversation_id,
                        Handoff.ended_at.is_(None),
                        Handoff.silences.is_(True),
                    )
                )
            )
            asked = (each.reason == HandoffReason.ASKED and not each.taken_at for each in waiting)
            if conversation.handler != Handler.QUEUE or not waiting or not all(asked):
                return False
            handing_over.take_back(session, waiting, now)
            conversation.handler = Handler.BOT
            log(session, conversation_id, None, now, "take_back", message_id, actor="customer")
            return True

    def standing(self, conversation_id: str) -> HandedOver | None:
        """What a customer who waits for a person was promised; None when nobody waits."""
        with self.store.reading() as session:
            given = open_handoff(session, conversation_id)
            now = self.clock.now()
            return (
                handing_over.told(session, given, self.policy, now, already=True) if given else None
            )

    def keep_promises(self, now: datetime) -> int:
        """Tells owner and lead of what is about to break, and customers of what is put off.

        Gives how many promises are.
        """
        with self.store.transaction() as session:
            for handoff, promise in keeping.at_risk(session, self.policy, now) if self.tell else ():
                key = f"at_risk:{promise.id}"
                notices.tell_of(session, notices.AT_RISK, key, handoff, promise, self.tell, now)
            slipped = keeping.slipping(session, self.policy, now)
            session.add_all(keeping.notice(each, self.policy, now) for each in slipped)
        return len(slipped)

    def _orders_of_open_cases(
        self, conversation_id: str, about: str | None
    ) -> dict[str, Order | None]:
        """A handoff is never stopped by a shop that cannot be asked."""
        with self.store.reading() as session:
            cases = _cases_to_give(session, conversation_id, about)
        try:
            return {case.reference: proved_order(case, self.orders) for case in cases}
        except OrdersUnavailable:
            return {}


def _cases_to_give(session: Session, conversation_id: str, about: str | None) -> list[Case]:
    """The one that is the reason, and every open one; else the last, which they come back for."""
    named = session.get(Case, about) if about else None
    open_now = [listening_case(session, conversation_id), *noted_cases(session, conversation_id)]
    given = [case for case in (named, *open_now) if case] or [
        case for case in [latest_case(session, conversation_id)] if case
    ]
    return list(dict.fromkeys(given))
