"""Letting go: a person gives a conversation back to the assistant, or closes its case."""

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import select

from complaints import asking, enquiry, summary_words, telling
from complaints.case import Case, CaseStatus, OfferStatus, PromiseRow
from complaints.casebook.deed import Deed
from complaints.casebook.taking_over import TakenOver, TakingOver
from complaints.conversation import Author, Handler
from complaints.errors import Conflict, NotAllowed, OrdersUnavailable
from complaints.handoff import Handoff
from complaints.matter import proved_order
from complaints.orders import Order
from complaints.promise import PromiseState
from complaints.question import Question, missing
from complaints.register import listening_case
from complaints.words import MissingWords

OUTCOMES = ("upheld", "partly_upheld", "not_upheld")
NOT_A_PERSONS = ("shop",)  # who keeps a promise that no person has to see to


class LettingGo(TakingOver):
    """The verbs of ending it, for now or for good."""

    def hand_back(
        self, reference: str, by: str, note: str, key: str, ask: Sequence[Question] = ()
    ) -> None:
        """The assistant goes on, from where the person leaves it.

        What a person has looked at is judged: danger, proof and limits send it back to nobody.
        Nothing is asked but what stands in `ask`: they may have told the person (R6, R24). It
        says once that it is back, and where the case stands.
        """
        orders = self._orders_of_conversation(reference)
        with self._deed(reference, by, "hand_back", key) as deed:
            if deed.before:
                return
            deed.demand_in_hand()
            if not note.strip():
                raise NotAllowed("hand it back with a note of what was said; it is the record")
            self._demand_answered(deed)
            cases = [
                deed.session.get_one(Case, handoff.case_reference) for handoff in deed.handoffs()
            ]
            for case in cases:
                if case.accepted_offer() and case.pending_offers():
                    raise Conflict(
                        f"something is settled in {case.reference} and more is still on offer; "
                        "settle that too, or withdraw it"
                    )
                self._demand_something_to_go_on_with(case, ask)
            self._say(deed, Author.NOTE, note.strip())
            for case in cases:
                self._give_to_assistant(deed, case, ask)
            self._let_go(deed, deed.handoffs())
            deed.log(note=note.strip(), ask=list(ask))
            text, buttons = self._here_again(deed, cases, orders)
            self._say(deed, Author.ASSISTANT, text, buttons, more=True)

    def close(
        self, reference: str, by: str, outcome: str, reason: str, root_cause: str, key: str
    ) -> None:
        """Ends the case with what came of it and why it happened.

        Raises Conflict while a person still owes the customer something; what the shop was
        told to do goes on.
        """
        with self._deed(reference, by, "close", key) as deed:
            if deed.before:
                return
            if outcome not in OUTCOMES:
                raise NotAllowed(f"an outcome is {', '.join(OUTCOMES)}; not {outcome!r}")
            if not reason.strip() or not root_cause.strip():
                raise NotAllowed("a case is closed with a reason and a root cause")
            deed.demand_in_hand()
            self._demand_answered(deed)
            if owed := [row for row in deed.case.promises if is_a_persons(row)]:
                what = summary_words.label_of(owed[0].kind, self.policy)
                raise Conflict(
                    f"{what} is still owed in case {reference}; keep it or move it first"
                )
            case = deed.case
            case.become(CaseStatus.CLOSED)
            case.closed_at, case.pending = deed.now, None
            case.outcome, case.outcome_reason = outcome, reason.strip()
            case.root_cause = root_cause.strip()[:60]
            for offer in case.pending_offers():
                offer.status, offer.answered_at = OfferStatus.LAPSED, deed.now
            self._let_go(deed, [h for h in deed.handoffs() if h.case_reference == reference])
            deed.log(outcome=outcome, reason=case.outcome_reason, root_cause=case.root_cause)
            self._tell(deed, "utter_person_closed")

    def reopen(self, reference: str, by: str, key: str) -> TakenOver:
        """A closed case is open again, in the hands of whoever reopens it."""
        with self._deed(reference, by, "reopen", key) as deed:
            if deed.before:
                return self._taken(deed)
            if deed.case.status != CaseStatus.CLOSED:
                raise Conflict(f"case {reference} is {deed.case.status}, not closed")
            was, deed.case.closed_at, deed.case.outcome = deed.case.outcome, None, None
            if self._has_it(deed):
                self._give(deed, deed.case, deed.person)
            else:
                self._claim(deed, deed.person)
            deed.log(outcome=was)
            self._tell(deed, "utter_person_reopened")
            return self._taken(deed)

    def _demand_answered(self, deed: Deed) -> None:
        for handoff in deed.handoffs():
            row = deed.session.get_one(PromiseRow, handoff.promise_id)
            if row.kind == "first_reply_by_a_person" and row.state != PromiseState.MET:
                raise Conflict(
                    f"the customer of {handoff.case_reference} was promised a person's answer "
                    "and has had none; reply first, or keep that promise if you called them"
                )

    def _demand_something_to_go_on_with(self, case: Case, ask: Sequence[Question]) -> None:
        """Knowing nothing, the assistant could only ask again, or send them back to a person."""
        offered = case.is_settled or case.pending_offers()
        if not offered and not case.category and not {Question.STORY, Question.CATEGORY} & set(ask):
            raise Conflict(
                f"the assistant knows nothing of {case.reference} to go on with; note the "
                "category, offer something, or leave it to ask what happened"
            )

    def _give_to_assistant(self, deed: Deed, case: Case, ask: Sequence[Question]) -> None:
        case.handed_back_at = deed.now
        case.left_to_ask = [str(question) for question in ask]
        if case.status == CaseStatus.WITH_PERSON:
            busy = listening_case(deed.session, case.conversation_id)
            if case.is_settled:
                case.become(CaseStatus.RESOLVING)
            else:
                case.become(CaseStatus.NEXT if busy else CaseStatus.LISTENING)
            deed.session.flush()
        if not case.is_settled and case.pending_offers():
            case.pending = Question.CHOICE  # "the refund, please" is an answer, and taken as one

    def _here_again(
        self, deed: Deed, cases: Sequence[Case], orders: dict[str, Order | None]
    ) -> tuple[str, list[dict[str, str]]]:
        """What the customer hears of it: what is settled, promised, and still on offer."""
        said = [self.words.say("utter_handed_back", agent=deed.person.name)]
        buttons = []
        for case in cases:
            order = orders.get(case.reference)
            with suppress(MissingWords):  # while the shop cannot be asked, without its words
                said += self._where_it_stands(deed, case, order)
            for choice in telling.offers_on_the_table(case, order, self.policy, deed.now):
                title = self.words.say(choice.title, **choice.words)
                buttons.append({"title": title, "payload": choice.payload})
        if buttons:
            said.append(self.words.say("utter_handed_back_with_offers"))
            return " ".join(said), buttons
        said.append(self.words.say("utter_handed_back_known"))
        for case in cases:
            if question := self._left_to_ask(case):
                with suppress(MissingWords):
                    asked, buttons = self._ask_at_once(
                        deed, case, question, orders.get(case.reference)
                    )
                    said.append(asked)
                    break  # one at a time
        return " ".join(said), buttons

    def _left_to_ask(self, case: Case) -> Question | None:
        """What the person left to be asked first: nobody should have to write to be asked it."""
        if case.is_settled or case.status != CaseStatus.LISTENING:
            return None
        question = next(iter(missing(case, None, None, ())), None)
        return question if question in case.left_to_ask else None

    def _ask_at_once(
        self, deed: Deed, case: Case, question: Question, order: Order | None
    ) -> tuple[str, list[dict[str, str]]]:
        again = "_again" if question in case.asked else ""
        words = telling.words(case, order, self.policy, deed.now)
        said = self.words.say(f"utter_ask_{question}{again}", **words)
        choices = telling.choices(question, case, order, (), self.policy)
        case.pending = question
        case.asked[question] = case.asked.get(question, 0) + 1
        return said, asking.buttons(self.words, choices)

    def _where_it_stands(self, deed: Deed, case: Case, order: Order | None) -> list[str]:
        status = enquiry.status_of(deed.session, case, order, self.policy, deed.now)
        said = []
        if status.state == "resolving":
            remedy = self.words.say(f"utter_remedy_{status.remedy}", **status.words)
            said.append(
                self.words.say("utter_status_resolving", **{**status.words, "remedy": remedy})
            )
        if status.promised:
            said.append(self.words.say(f"utter_promised_{status.promised}", **status.words))
        return said

    def _orders_of_conversation(self, reference: str) -> dict[str, Order | None]:
        """Asked of the shop before any transaction; nothing is held up when it does not answer."""
        with self.store.reading() as session:
            case = session.get(Case, reference)
            there = Case.conversation_id == (case.conversation_id if case else None)
            cases = session.scalars(select(Case).where(there)).all()
        with suppress(OrdersUnavailable):
            return {case.reference: proved_order(case, self.orders) for case in cases}
        return {}

    def _let_go(self, deed: Deed, handoffs: Sequence[Handoff]) -> None:
        """These end; when none is left, the assistant answers again, in a session of its own."""
        for handoff in handoffs:
            handoff.ended_at = deed.now
        deed.session.flush()
        if not deed.handoffs():
            deed.conversation.handler, deed.conversation.agent = Handler.BOT, None
            deed.conversation.session += 1
            deed.conversation.turns = deed.conversation.misunderstood = 0


def is_a_persons(row: PromiseRow) -> bool:
    """Whether a person still has to see to it."""
    return row.state == PromiseState.PENDING and row.owner not in NOT_A_PERSONS
