"""Letting go: a person gives a conversation back to the assistant, or closes its case."""

from collections.abc import Sequence

from complaints.case import Case, CaseStatus, OfferStatus, PromiseRow
from complaints.casebook.deed import Deed
from complaints.casebook.taking_over import TakenOver, TakingOver
from complaints.conversation import Author, Handler
from complaints.errors import Conflict, NotAllowed
from complaints.handoff import Handoff
from complaints.promise import PromiseState
from complaints.question import Question
from complaints.register import listening_case

OUTCOMES = ("upheld", "partly_upheld", "not_upheld")
NOT_A_PERSONS = ("shop",)  # who keeps a promise that no person has to see to


class LettingGo(TakingOver):
    """The verbs of ending it, for now or for good."""

    def hand_back(
        self, reference: str, by: str, note: str, key: str, ask: Sequence[Question] = ()
    ) -> None:
        """The assistant goes on, from where the person leaves it.

        What a person has looked at is judged: danger, proof and limits send it back to nobody.
        Nothing is asked but what stands in `ask`: they may have told the person (R6, R24).
        """
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
            offered = any(case.pending_offers() for case in cases)
            said = "utter_handed_back_with_offers" if offered else "utter_handed_back"
            self._tell(deed, said, Author.ASSISTANT, more=True)

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
                raise Conflict(
                    f"{owed[0].kind} is still owed in case {reference}; keep it or move it first"
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
