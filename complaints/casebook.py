"""The casebook: the one door to cases. Every verb is one transaction, and can be repeated.

A verb is called with the customer's message that caused it; called again with the same one,
it changes nothing and gives the same answer. The shop is asked between transactions, never
inside one: a slow shop must not hold the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import (
    enquiry,
    handing_over,
    listening,
    proving,
    resolution,
    stepping,
    telling,
)
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.clock import Clock
from complaints.conversation import Conversation, hold
from complaints.enquiry import Status
from complaints.errors import OrdersUnavailable
from complaints.handoff import HandoffReason
from complaints.heard import Heard
from complaints.matter import Matter, matter_of, named_orders, proved_order
from complaints.orders import Order, OrderBook, open_order_book
from complaints.outbox import OutboxMessage
from complaints.policy import Policy
from complaints.question import Question
from complaints.register import (
    done,
    earlier_case,
    goodwill_given,
    latest_case,
    listening_case,
    log,
    noted_cases,
    open_case,
    open_handoff,
)
from complaints.remedy import fair_offers
from complaints.settings import Settings
from complaints.store import Store
from complaints.turn import HandedOver, Hearing, Step, Wish

MISUNDERSTANDINGS_ALLOWED = 1  # after one it asks differently, after two a person comes (R10)


class Casebook:
    """All that can be done with a case. Raises OrdersUnavailable when the shop cannot be asked."""

    def __init__(self, store: Store, policy: Policy, orders: OrderBook, clock: Clock) -> None:
        self.store = store
        self.policy = policy
        self.orders = orders
        self.clock = clock

    # Listening

    def hear(self, conversation_id: str, heard: Heard) -> Hearing:
        """Takes in everything a message says, opening a case when it is a complaint."""
        with self.store.reading() as session:
            if entry := done(session, conversation_id, heard.message_id, "hear"):
                return Hearing.from_json(entry.detail)
            before = listening_case(session, conversation_id)
            conversation = session.get_one(Conversation, conversation_id)
        named, candidates = named_orders(before, conversation, heard, self.orders)
        with self._turn(conversation_id) as (session, conversation, now):
            case = listening_case(session, conversation_id)
            hearing = Hearing(
                pending=case.pending if case else None,
                enquiring=case is None
                and conversation.enquiry is not None
                and not heard.categories,
            )
            latest = latest_case(session, conversation_id)
            if case is None and latest and listening.is_still_wrong(latest, heard):
                latest.story.append(heard.words)
                hearing = replace(hearing, still_wrong=True, reference=latest.reference)
            elif case is None and latest and listening.changes_mind(latest, heard):
                hearing = replace(hearing, changed_mind=True, reference=latest.reference)
            elif case is None and heard.opens_a_case and not hearing.enquiring:
                case = self._open(session, conversation, heard.message_id, now)
                if latest:
                    case.know_customer_of(latest)
                hearing = replace(hearing, opened=True)
            elif case and listening.is_about_something_else(case, heard):
                second = self._open(session, conversation, heard.message_id, now)
                second.status = CaseStatus.NEXT
                listening.take_in(second, heard, None, ())
                hearing = replace(hearing, second=second.reference, reference=case.reference)
            if case and not hearing.second:
                told_before = bool(case.story)
                taken = listening.take_in(case, heard, named, candidates)
                if case.repeat_of is None and (earlier := earlier_case(session, case, now)):
                    case.repeat_of = earlier.reference
                hearing = replace(
                    hearing,
                    reference=case.reference,
                    learned=tuple(sorted(taken.learned)),
                    answered=taken.answered,
                    proof=taken.proof,
                    failures=case.proof_failures,
                    familiar=taken.familiar,
                    first_told=bool(case.story) and not told_before,
                )
            log(session, conversation_id, case, now, "hear", heard.message_id, hearing.as_json())
        return hearing

    def misunderstand(self, conversation_id: str, message_id: str) -> bool:
        """Counts a message nobody understood; True when it is one too many."""
        with self._turn(conversation_id) as (session, conversation, now):
            if not done(session, conversation_id, message_id, "misunderstand"):
                conversation.misunderstood += 1
                log(session, conversation_id, None, now, "misunderstand", message_id)
            return conversation.misunderstood > MISUNDERSTANDINGS_ALLOWED

    def understand(self, conversation_id: str) -> None:
        """Forgets an earlier misunderstanding: only two in a row need a person."""
        with self._turn(conversation_id) as (_, conversation, _now):
            conversation.misunderstood = 0

    def confirm(self, conversation_id: str) -> bool:
        """The customer says it was read back rightly; False when nothing had been."""
        with self._turn(conversation_id) as (session, _, now):
            case = listening_case(session, conversation_id)
            if case is None or case.pending != Question.CONFIRMATION:
                return False
            case.agreed_at = now
            return True

    def go_without(self, conversation_id: str, message_id: str) -> str | None:
        """They do not have what was asked for: it is not asked again. Gives the question."""
        with self._turn(conversation_id) as (session, _, now):
            # Asked again after a crash, another question may be open that they know very well.
            if entry := done(session, conversation_id, message_id, "go_without"):
                return entry.detail["question"]
            case = listening_case(session, conversation_id)
            needed = (Question.STORY, Question.CATEGORY, Question.CHOICE, Question.CONFIRMATION)
            if case is None or case.pending is None or case.pending in needed:
                return None
            question = case.pending
            if question not in case.without:
                case.without.append(question)
            detail = {"question": question}
            log(session, conversation_id, case, now, "go_without", message_id, detail)
            return question

    def start_over(self, conversation_id: str, message_id: str) -> bool:
        """Sets the open case aside and begins a fresh one; False when none was open."""
        with self._turn(conversation_id) as (session, conversation, now):
            case = listening_case(session, conversation_id)
            if case is None or case.opened_by == message_id:
                return case is not None
            case.become(CaseStatus.WITHDRAWN)
            case.closed_at = now
            self._open(session, conversation, message_id, now).know_customer_of(case)
            return True

    def note_photo(self, conversation_id: str, photo_id: int) -> bool:
        """A photo of it has come: it belongs to the case that is open, else to the last one."""
        with self._turn(conversation_id) as (session, _, _now):
            case = latest_case(session, conversation_id)
            if case and photo_id not in case.photos:
                case.photos.append(photo_id)
            return case is not None

    # What comes next

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
            case = session.get_one(Case, matter.case.reference)
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

    def case_words(self, conversation_id: str) -> dict[str, str]:
        """What may be said of the case this conversation is about."""
        with self.store.reading() as session:
            case = latest_case(session, conversation_id)
        if case is None:
            return {}
        return telling.words(case, proved_order(case, self.orders), self.policy, self.clock.now())

    def is_open(self, conversation_id: str) -> bool:
        """Whether the assistant is still busy with a case here."""
        with self.store.reading() as session:
            return listening_case(session, conversation_id) is not None

    def opening_hours(self) -> dict[str, str]:
        """When a person is there, in words."""
        return telling.hours(self.policy, self.clock.now())

    def turn_to_next(self, conversation_id: str) -> dict[str, str] | None:
        """Turns to a further complaint that was noted, once the first is settled; its words."""
        with self.store.reading() as session:
            noted = noted_cases(session, conversation_id)
        number = noted[0].order_number if noted else None
        named = self.orders.find(number) if number else None
        with self._turn(conversation_id) as (session, _, now):
            noted = noted_cases(session, conversation_id)
            if listening_case(session, conversation_id) or not noted:
                return None
            first = latest_case(session, conversation_id)
            if first and first.is_proved:
                noted[0].know_customer_of(first)
                proving.prove_again(noted[0], named)
            noted[0].become(CaseStatus.LISTENING)
            return telling.words(noted[0], named, self.policy, now)

    # Offers

    def accept_offer(self, conversation_id: str, heard: Heard) -> bool:
        """Takes the offer they mean. False when it is unclear which; nothing changes then."""
        with self._turn(conversation_id) as (session, _, now):
            case = listening_case(session, conversation_id)
            if case is None or case.accepted_offer():
                return bool(done(session, conversation_id, heard.message_id, "accept_offer"))
            offer = resolution.meant(case, heard)
            if offer is None:
                return False
            resolution.accept(case, offer, now)
            detail = {"offer": offer.id}
            log(session, conversation_id, case, now, "accept_offer", heard.message_id, detail)
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
            resolution.decline_all(case, now)
            log(session, conversation_id, case, now, "decline_offers", message_id)
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
            case = session.get_one(Case, matter.case.reference)
            more = bool(resolution.lay_out(case, options, matter.situation, now))
            log(session, conversation_id, case, now, "offer_more", message_id, {"more": more})
            return more

    def consider_wish(self, conversation_id: str, heard: Heard) -> Wish:
        """Another wish while offers are on the table: laid out too if policy allows it."""
        matter = self._matter(conversation_id)
        if matter is None or not matter.case.pending_offers():
            return Wish()
        with self._turn(conversation_id) as (session, _, now):
            case = session.get_one(Case, matter.case.reference)
            fresh, refusal = resolution.consider(self.policy, case, matter.situation, heard, now)
            return Wish(granted=bool(fresh), reason=refusal.reason if refusal else None)

    # A person

    def hand_off(self, conversation_id: str, reason: HandoffReason, message_id: str) -> HandedOver:
        """Give the conversation to a person, and say by when one will answer.

        1. The assistant falls silent.
        2. A summary of every open case is frozen as the agent will see it.
        3. The promise of an answer is made.

        All happen or none does. Given already, the promise that stands is told again.
        """
        orders = self._orders_of_open_cases(conversation_id)
        with self._turn(conversation_id) as (session, conversation, now):
            if given := open_handoff(session, conversation_id):
                return handing_over.told(session, given, self.policy, now, already=True)
            open_now = [
                listening_case(session, conversation_id),
                *noted_cases(session, conversation_id),
            ]
            cases = [case for case in open_now if case] or [
                latest_case(session, conversation_id)
                or self._open(session, conversation, message_id, now)
            ]
            session.flush()
            given = [
                handing_over.give(
                    session, case, orders.get(case.reference), reason, self.policy, now
                )
                for case in cases
            ]
            log(session, conversation_id, cases[0], now, "hand_off", message_id, {"reason": reason})
            return handing_over.told(session, given[0], self.policy, now)

    def hand_off_broken(self, conversation_id: str, message_id: str) -> HandedOver:
        """Something of ours failed: what they wrote is kept, and a person gets it (R28)."""
        return self.hand_off(conversation_id, HandoffReason.BROKEN, message_id)

    def standing(self, conversation_id: str) -> HandedOver | None:
        """What a customer who waits for a person was promised; None when nobody waits."""
        with self.store.reading() as session:
            given = open_handoff(session, conversation_id)
            now = self.clock.now()
            return (
                handing_over.told(session, given, self.policy, now, already=True) if given else None
            )

    def keep_promises(self, now: datetime) -> int:
        """Tells each customer once that a person's answer is late, and the new time."""
        with self.store.transaction() as session:
            late = handing_over.late_replies(session, self.policy, now)
            for handoff, old, new in late:
                if new:
                    told = handing_over.told(session, handoff, self.policy, now)
                    session.add(_late_notice(handoff.conversation_id, old, told, now))
        return len(late)

    # Coming back

    def enquire(self, conversation_id: str, heard: Heard) -> Status:
        """Where is my case? A question that is still needed, or its true state in words."""
        with self._turn(conversation_id) as (session, conversation, now):
            if entry := done(session, conversation_id, heard.message_id, "enquire"):
                finding, times = enquiry.Finding(entry.detail["finding"]), entry.detail["times"]
                case = session.get(Case, entry.case_reference or "")
            else:
                finding, case, times = enquiry.enquire(session, conversation, heard)
                detail = {"finding": finding, "times": times}
                log(session, conversation_id, case, now, "enquire", heard.message_id, detail)
            if case is None:
                reference = (conversation.enquiry or {}).get("reference")
                words = {"reference": reference} if reference else {}
                return Status(finding, times=times, words=words, reference=reference)
        order = proved_order(case, self.orders)
        with self.store.reading() as session:
            return enquiry.status_of(session, session.merge(case), order, self.policy, now)

    # Between the verbs

    @contextmanager
    def _turn(self, conversation_id: str) -> Iterator[tuple[Session, Conversation, datetime]]:
        with self.store.transaction() as session:
            yield session, hold(session, conversation_id), self.clock.now()

    def _open(
        self, session: Session, conversation: Conversation, message_id: str, now: datetime
    ) -> Case:
        return open_case(session, conversation, message_id, str(self.policy.version), now)

    def _matter(self, conversation_id: str) -> Matter | None:
        now = self.clock.now()
        with self.store.reading() as session:
            case = listening_case(session, conversation_id)
            if case is None:
                return None
            currency = self.policy.goodwill.per_case.currency
            given = goodwill_given(session, case, currency, now)
        return matter_of(case, self.orders, self.policy, given, now)

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
        promise, outbox = resolution.settle(self.policy, case, offer, matter.situation, now)
        session.add_all(outbox)
        if promise.owner == "person":
            reason = HandoffReason.PROMISED
            handing_over.queue(session, case, matter.order, reason, promise, self.policy, now)
        log(session, case.conversation_id, case, now, "settle", message_id, {"offer": offer.id})
        return stepping.confirmation(case, matter.order, self.policy, now)

    def _confirmation(self, case: Case) -> Step:
        return stepping.confirmation(
            case, proved_order(case, self.orders), self.policy, self.clock.now()
        )

    def _orders_of_open_cases(self, conversation_id: str) -> dict[str, Order | None]:
        """A handoff is never stopped by a shop that cannot be asked."""
        with self.store.reading() as session:
            case = listening_case(session, conversation_id)
        if case is None:
            return {}
        try:
            return {case.reference: proved_order(case, self.orders)}
        except OrdersUnavailable:
            return {}


def open_casebook(settings: Settings, clock: Clock) -> Casebook:
    """The casebook of this installation. Raises PolicyError when policy.yml cannot be followed."""
    policy = Policy.load(settings.policy_file)
    orders = open_order_book(
        settings.orders_url,
        settings.orders_token,
        lambda: policy.calendar.today(clock.now()),
        settings.demo_shop_file,
    )
    return Casebook(Store(settings.database_url), policy, orders, clock)


def _late_notice(
    conversation_id: str, old: PromiseRow, told: HandedOver, now: datetime
) -> OutboxMessage:
    return OutboxMessage(
        key=f"late:{old.id}",
        transport="chat",
        payload={
            "conversation_id": conversation_id,
            "response": "utter_reply_is_late",
            "words": {"due": told.due, "reference": told.reference},
        },
        case_reference=told.reference,
        due_at=now,
        created_at=now,
    )
