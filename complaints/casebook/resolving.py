"""Resolving: the one thing to say next, the offers, and what was chosen."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import (
    asking,
    choosing,
    handing_over,
    owed_besides,
    proving,
    resolution,
    stepping,
    telling,
)
from complaints.case import Case, CaseStatus, OfferStatus
from complaints.casebook.book import Book
from complaints.handoff import HandoffReason
from complaints.heard import Heard
from complaints.matter import Matter, proved_order
from complaints.question import Question
from complaints.register import (
    done,
    latest_case,
    listening_case,
    log,
    noted_cases,
    whole_case,
)
from complaints.remedy import fair_offers
from complaints.turn import Step, Wish


class Resolving(Book):
    """The verbs of putting it right."""

    def next_step(self, conversation_id: str, message_id: str) -> Step:
        """The one thing to say next: a question, offers, a confirmation, or a person.

        What is asked is counted, so that it is never asked in the same words again.
        """
        with self.store.reading() as session:
            settled = done(session, conversation_id, message_id, "settle")
            case = session.get(Case, settled.case_reference) if settled else None
        if case:
            return self._confirmation(case)
        matter = self._matter(conversation_id)
        if matter is None:
            return Step("nothing")
        if reason := stepping.needs_person(self.policy, matter):
            return Step("hand_off", reason)
        with self._turn(conversation_id) as (session, _, now):
            case = whole_case(session, matter.case.reference)
            if not matter.questions:
                return self._settle(session, case, matter, message_id, now)
            question = matter.questions[0]
            if question is Question.CHOICE:
                step = stepping.offer(case, matter, self.policy, now)
            else:
                step = stepping.ask(question, case, matter, self.policy, now)
            if step.kind != "hand_off":
                step = self._ask_once(session, case, question, step, message_id, now)
            return replace(step, times=case.asked.get(question, 1))

    def turn_to_next(self, conversation_id: str) -> dict[str, str] | None:
        """Turns to a further complaint that was noted, once the first is settled; its words.

        `after` says what it is: "another" thing, or the "money" that was told with the first.
        """
        with self.store.reading() as session:
            noted = noted_cases(session, conversation_id)
            first = latest_case(session, conversation_id)
        in_one_breath = bool(noted and first and owed_besides.told_in_one_breath(first, noted[0]))
        number = (first if in_one_breath and first else noted[0]).order_number if noted else None
        named = self.orders.find(number) if number else None
        with self._turn(conversation_id) as (session, _, now):
            noted = noted_cases(session, conversation_id)
            if listening_case(session, conversation_id) or not noted:
                return None
            first = latest_case(session, conversation_id)
            if first and first.is_proved:
                noted[0].know_customer_of(first)
                if in_one_breath:
                    owed_besides.share(first, noted[0])
                proving.prove_again(noted[0], named)
            noted[0].become(CaseStatus.LISTENING)
            spoken = telling.words(noted[0], named, self.policy, now)
            money = in_one_breath and "amount" in spoken
            return spoken | {"after": "money" if money else "another"}

    def accept_offer(self, conversation_id: str, heard: Heard, only_if_named: bool = False) -> bool:
        """Takes the offer they mean. False when it is unclear which; nothing changes then.

        `only_if_named`: a plain yes to the only one there is does not count.
        """
        matter = self._matter(conversation_id)
        order = matter.order if matter else None
        with self._turn(conversation_id) as (session, _, now):
            case = listening_case(session, conversation_id)
            if case is None or case.accepted_offer():
                return bool(done(session, conversation_id, heard.message_id, "accept_offer"))
            find = choosing.named if only_if_named else choosing.meant
            offer = find(case, heard, order)
            if offer is None:
                return False
            resolution.accept(case, offer, now)
            detail = {"offer": offer.id}
            log(session, conversation_id, case, now, "accept_offer", heard.message_id, detail)
            return True

    def offer_wished(self, conversation_id: str, heard: Heard) -> bool:
        """Puts the one thing they wished for on the table alone, with its sum and its day.

        They said it, heard it read back, and said it again: three more ways would be talking
        past them. False when it is not one thing that policy grants.
        """
        matter = self._matter(conversation_id)
        if matter is None or stepping.needs_person(self.policy, matter):
            return False
        if not matter.questions or matter.questions[0] is not Question.CHOICE:
            return False
        kinds = set(heard.details.get("remedy", ()))
        options = fair_offers(self.policy, matter.situation).options
        granted = [option for option in options if option.kind in kinds]
        if len(granted) != 1:
            return False
        with self._turn(conversation_id) as (session, _, now):
            case = whole_case(session, matter.case.reference)
            if not case.pending_offers():
                resolution.lay_out(case, granted, matter.situation, now)
            return True

    def decline_offers(self, conversation_id: str, message_id: str) -> bool:
        """None of those suits; what else there is comes next, and then a person."""
        with self._turn(conversation_id) as (session, _, now):
            # Asked again after a crash, other offers may lie there that they never saw.
            if done(session, conversation_id, message_id, "decline_offers"):
                return True
            case = listening_case(session, conversation_id)
            if case is None or not case.pending_offers():
                return False
            resolution.decline(case, case.pending_offers(), now)
            log(session, conversation_id, case, now, "decline_offers", message_id)
            return True

    def decline_some(self, conversation_id: str, heard: Heard) -> bool:
        """They say no to some of what is offered; False when to none, or to all of it."""
        with self._turn(conversation_id) as (session, _, now):
            if done(session, conversation_id, heard.message_id, "decline_some"):
                return True
            case = listening_case(session, conversation_id)
            no = choosing.refused(heard)
            offers = [each for each in case.pending_offers() if each.kind in no] if case else []
            if case is None or not offers or len(offers) == len(case.pending_offers()):
                return False
            resolution.decline(case, offers, now)
            kinds = [each.kind for each in offers]
            log(session, conversation_id, case, now, "decline_some", heard.message_id,
                {"declined": kinds})  # fmt: skip
            return True

    def let_it_come(self, conversation_id: str, message_id: str) -> bool:
        """They wait for what is still in time: nothing is asked until they come back.

        False when it is late, or not about a delivery; nothing changes then.
        """
        matter = self._matter(conversation_id)
        if matter is None or matter.case.category != "late_delivery":
            return False
        if not matter.situation.is_due_later:
            return False
        with self._turn(conversation_id) as (session, _, now):
            case = whole_case(session, matter.case.reference)
            case.wish, case.wish_kinds, case.pending = None, [], None
            for each in case.pending_offers():
                each.status = OfferStatus.LAPSED
            if not done(session, conversation_id, message_id, "let_it_come"):
                log(session, conversation_id, case, now, "let_it_come", message_id)
            return True

    def offer_more(self, conversation_id: str, message_id: str) -> bool:
        """Puts what else there is beside what was offered; False when there is nothing else."""
        matter = self._matter(conversation_id)
        if matter is None or not matter.case.pending_offers():
            return False
        options = fair_offers(self.policy, matter.situation).options
        with self._turn(conversation_id) as (session, _, now):
            if entry := done(session, conversation_id, message_id, "offer_more"):
                return entry.detail["more"]
            case = whole_case(session, matter.case.reference)
            more = bool(resolution.lay_out(case, options, matter.situation, now))
            log(session, conversation_id, case, now, "offer_more", message_id, {"more": more})
            return more

    def consider_wish(self, conversation_id: str, heard: Heard) -> Wish:
        """Another wish while offers are on the table: laid out too if policy allows it."""
        matter = self._matter(conversation_id)
        if matter is None or not matter.case.pending_offers():
            return Wish()
        with self._turn(conversation_id) as (session, _, now):
            case = whole_case(session, matter.case.reference)
            fresh, refusal = resolution.consider(self.policy, case, matter.situation, heard, now)
            return Wish(granted=bool(fresh), reason=refusal.reason if refusal else None)

    def _ask_once(
        self, session: Session, case: Case, question: Question, step: Step,
        message_id: str, now: datetime,
    ) -> Step:  # fmt: skip
        """Counts the question; asked for the same message before, in the words it had then."""
        verb = f"ask_{question}"
        if entry := done(session, case.conversation_id, message_id, verb):
            return replace(step, name=entry.detail["name"], words=entry.detail["words"])
        case.pending = question
        case.asked[question] = case.asked.get(question, 0) + 1
        case.acknowledged_at = case.acknowledged_at or now
        said = {"name": step.name, "words": step.words}
        log(session, case.conversation_id, case, now, verb, message_id, said)
        return step

    def _settle(
        self, session: Session, case: Case, matter: Matter, message_id: str, now: datetime
    ) -> Step:
        offer = case.accepted_offer()
        assert offer is not None, f"case {case.reference} has nothing to settle"
        promise, kept = resolution.settle(self.policy, case, offer, matter.situation, now)
        session.add_all(kept)
        if promise.owner == "person":
            reason = HandoffReason.PROMISED
            handing_over.queue(
                session, case, matter.order, reason, promise, self.policy, now,
                self.words, self.tell,
            )  # fmt: skip
        log(session, case.conversation_id, case, now, "settle", message_id, {"offer": offer.id})
        step = stepping.confirmation(case, matter.order, self.policy, now)
        asking.write_down(session, self.words, case, offer, step.words, now)
        return step

    def _confirmation(self, case: Case) -> Step:
        return stepping.confirmation(
            case, proved_order(case, self.orders), self.policy, self.clock.now()
        )
