"""Deciding: what a person offers and settles, from the same policy, and the facts they put right."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints import asking, authority, facts, handing_over, proving, resolution, telling
from complaints.calling_off import call_off
from complaints.case import Case, Offer, OfferStatus, PromiseRow
from complaints.casebook.deed import Deed, Deeds
from complaints.conversation import Author, ConversationLog, Handler, hold
from complaints.errors import Conflict, NotFound
from complaints.handoff import Handoff
from complaints.matter import Matter, matter_of
from complaints.money import Money
from complaints.orders import Order
from complaints.refunds import refunds_for
from complaints.register import done, goodwill_given, log
from complaints.remedy import Offers, fair_offers


class Deciding(Deeds):
    """The verbs of putting it right in person."""

    def what_may_be_offered(self, reference: str) -> Offers:
        """What policy offers this customer, and why not the rest; what a person may go beyond."""
        return fair_offers(self.policy, self._looked_up(reference).situation)

    def offer_remedy(
        self, reference: str, by: str, kind: str, key: str,
        amount: Money | None = None, reason: str | None = None,
    ) -> Offer:  # fmt: skip
        """Offers the customer a remedy in the person's name.

        What policy grants needs nothing else. Beyond it a reason is needed, and the authority
        of their role: NotAllowed says what is missing. Raises Conflict for what nobody could
        carry out.
        """
        matter = self._looked_up(reference)
        with self._deed(reference, by, "offer_remedy", key) as deed:
            if deed.before:
                return deed.session.get_one(Offer, deed.before.detail["offer"])
            deed.demand_in_hand()
            option = authority.granted(
                self.policy, deed.person, deed.case, matter, kind, amount, reason
            )
            for other in deed.case.pending_offers():
                if other.kind == kind:
                    other.status, other.answered_at = OfferStatus.LAPSED, deed.now
            offer = Offer(
                kind=kind,
                amount=str(option.amount.amount) if option.amount else None,
                currency=option.amount.currency if option.amount else None,
                sku=deed.case.sku,
                planned_at=option.due.planned_at,
                due_at=option.due.told_at,
                by_the_day=option.due.by_the_day,
                clause=option.clause,
                return_first=option.return_first,
                in_hand=matter.situation.order is None or matter.situation.has_arrived,
                status=OfferStatus.PENDING,
                offered_at=deed.now,
                offered_by=by,
                reason=reason.strip() if reason and reason.strip() else None,
            )
            deed.case.offers.append(offer)
            deed.session.flush()
            deed.log(
                offer=offer.id, kind=kind, amount=str(offer.money or ""), reason=offer.reason,
                clause=offer.clause,
            )  # fmt: skip
            spoken = telling.words(deed.case, matter.order, self.policy, deed.now)
            choice = telling.offer_choice(deed.case, offer, spoken, self.policy, deed.now)
            button = {
                "title": self.words.say(choice.title, **choice.words),
                "payload": choice.payload,
            }
            self._tell(deed, "utter_person_offers", Author.AGENT, [button])
            return offer

    def withdraw_offer(self, reference: str, by: str, offer_id: int, key: str) -> None:
        """Takes an offer off the table; the person tells the customer why in their own words."""
        with self._deed(reference, by, "withdraw_offer", key) as deed:
            if deed.before:
                return
            deed.demand_in_hand()
            offer = self._pending(deed, offer_id)
            offer.status, offer.answered_at = OfferStatus.LAPSED, deed.now
            deed.log(offer=offer.id, kind=offer.kind)

    def agree(self, reference: str, by: str, offer_id: int, key: str) -> PromiseRow:
        """Notes the yes a customer gave in words: settled, promised, confirmed, and instructed."""
        matter = self._looked_up(reference)
        with self._deed(reference, by, "agree", key) as deed:
            if deed.before:
                return self._promise(deed, deed.before.detail["promise"])
            deed.demand_in_hand()
            offer = self._pending(deed, offer_id)
            promise = self._settle_with_person(deed, offer, matter)
            deed.log(offer=offer.id, promise=promise.id)
            self._say(deed, Author.AGENT, self._confirmed(deed.case, offer, matter, deed.now))
            return promise

    def choose(self, conversation_id: str, payload: str, message_id: str) -> bool:
        """The customer presses an offer's button while a person has the conversation.

        The house confirms it, from the saved promise; the assistant stays silent. False when
        it is no button of an offer that stands.
        """
        number = telling.offer_chosen(payload)
        with self.store.reading() as session:
            offer = session.get(Offer, number) if number is not None else None
            case = session.get(Case, offer.case_reference) if offer else None
        if offer is None or case is None or case.conversation_id != conversation_id:
            return False
        matter = self._looked_up(case.reference)
        with self.store.transaction() as session:
            conversation = hold(session, conversation_id)
            if done(session, conversation_id, message_id, "choose"):
                return True
            offer = session.get_one(Offer, offer.id)
            if conversation.handler != Handler.AGENT or offer.status != OfferStatus.PENDING:
                return False
            case, now = offer.case, self.clock.now()
            if facts.lacks_means(case, offer.kind):
                return False  # the person sees the press, and asks where to call or write
            promise = self._carry_out(session, case, offer, matter, now)
            log(session, conversation_id, case, now, "choose", message_id,
                {"offer": offer.id, "promise": promise.id}, actor="customer")  # fmt: skip
            ConversationLog(self.store, self.clock).say(
                conversation_id,
                Author.NOTICE,
                self._confirmed(case, offer, matter, now),
                key=f"choose:{message_id}",
                session=session,
            )
            return True

    def correct_fact(self, reference: str, by: str, name: str, value: str, key: str) -> None:
        """Puts one fact right, and nothing else; the summary says it as it is now.

        Raises NotAllowed for what is no fact of a case, or no such value: a date is written
        2026-11-28, money 64.00.
        """
        with self._deed(reference, by, "correct_fact", key) as deed:
            if deed.before:
                return
            was = facts.correct(deed.case, name, value, self.policy)
            deed.log(fact=name, was=was, now=value)
            deed.session.flush()
            deed.session.expire(deed.case, ["corrections"])  # the summary says whose words it is
            self._renew(deed)

    def vouch(self, reference: str, by: str, how: str, key: str) -> Order:
        """A person has made sure that the order is theirs. Raises NotFound for no such order."""
        with self.store.reading() as session:
            case = session.get(Case, reference)
            number = case.order_number if case else None
        order = self.orders.find(number) if number else None
        with self._deed(reference, by, "vouch", key) as deed:
            if order is None:
                raise NotFound(
                    f"the shop has no order {number or 'of no number'}; correct it first"
                )
            if not deed.before:
                proving.adopt(deed.case, order, "person")
                proving.recognise_line(deed.case, order)
                deed.log(how=how, order=order.number)
                self._renew(deed, order)
            return order

    def _looked_up(self, reference: str) -> Matter:
        """The case with its order, asked of the shop before any transaction."""
        now = self.clock.now()
        with self.store.reading() as session:
            case = session.get(Case, reference)
            if case is None:
                raise NotFound(f"there is no case {reference}")
            currency = self.policy.goodwill.per_case.currency
            given = goodwill_given(session, case, currency, now)
            refunds = refunds_for(session, case)
        matter = matter_of(case, self.orders, self.policy, given, refunds, now)
        # What they once declined may be offered again by a person who has talked with them.
        return replace(matter, situation=replace(matter.situation, refused=frozenset()))

    def _pending(self, deed: Deed, offer_id: int) -> Offer:
        offer = deed.session.get(Offer, offer_id)
        if offer is None or offer.case_reference != deed.case.reference:
            raise NotFound(f"case {deed.case.reference} has no offer {offer_id}")
        if offer.status != OfferStatus.PENDING:
            raise Conflict(f"that offer is {offer.status}; make it again")
        return offer

    def _settle_with_person(self, deed: Deed, offer: Offer, matter: Matter) -> PromiseRow:
        if lacking := facts.lacks_means(deed.case, offer.kind):
            raise Conflict(f"there is no {lacking} for that yet; note it first")
        return self._carry_out(deed.session, deed.case, offer, matter, deed.now)

    def _carry_out(
        self, session: Session, case: Case, offer: Offer, matter: Matter, now: datetime
    ) -> PromiseRow:
        too_late = call_off(session, case, offer, now)
        resolution.accept(case, offer, now)
        promise, kept = resolution.settle(self.policy, case, offer, matter.situation, now)
        if promise.owner == "person" and offer.offered_by:
            promise.owner = offer.offered_by
        session.add_all(kept)
        session.flush()
        spoken = telling.words(case, matter.order, self.policy, now)
        told = telling.promised(case, offer, spoken, self.policy, now)
        asking.write_down(session, self.words, case, offer, told, now)
        for was in too_late:
            label = self.policy.remedies[was.kind].label
            ConversationLog(self.store, self.clock).say(
                case.conversation_id,
                Author.NOTE,
                f"The shop had been told already of {label}. Stop it there, or let it be.",
                key=f"called-off:{was.id}",
                session=session,
            )
        return promise

    def _confirmed(self, case: Case, offer: Offer, matter: Matter, now: datetime) -> str:
        """The confirmation, from the saved rows alone."""
        spoken = telling.words(case, matter.order, self.policy, now)
        told = telling.promised(case, offer, spoken, self.policy, now)
        return self.words.say(f"utter_confirm_{offer.response}", **told)

    def _renew(self, deed: Deed, order: Order | None = None) -> None:
        for handoff in deed.session.scalars(
            select(Handoff).where(
                Handoff.case_reference == deed.case.reference, Handoff.ended_at.is_(None)
            )
        ):
            handing_over.renew_summary(
                deed.session, handoff, deed.case, self.policy, self.words, deed.now, order
            )
