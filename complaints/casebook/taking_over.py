"""Taking over: a person has the conversation, and answers it."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import CursorResult, update

from complaints import handing_over, people
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.casebook.deed import Deed, Deeds
from complaints.conversation import Author, Conversation, Handler, Message
from complaints.errors import AlreadyTaken, Conflict, NotAllowed
from complaints.handoff import HandoffReason
from complaints.people import Person, Role
from complaints.promise import PromiseState
from complaints.register import listening_case, noted_cases


@dataclass(frozen=True)
class TakenOver:
    """A conversation somebody has in hand, and every case in it."""

    reference: str
    conversation_id: str
    by: str
    name: str
    references: tuple[str, ...]


class TakingOver(Deeds):
    """The verbs of having a conversation in hand."""

    def take_over(self, reference: str, by: str, key: str) -> TakenOver:
        """The conversation is theirs, and the assistant silent. Of two at once, one wins.

        Raises AlreadyTaken, with who has it; Conflict when their hands are full. Danger does
        not wait for a free hand.
        """
        with self._deed(reference, by, "take_over", key) as deed:
            if deed.before or self._has_it(deed):
                return self._taken(deed)
            self._claim(deed, deed.person)
            deed.log()
            self._tell(deed, "utter_person_takes_over")
            return self._taken(deed)

    def transfer(self, reference: str, by: str, to: str, key: str, note: str = "") -> TakenOver:
        """Gives it to somebody else with room; a lead may also give out what nobody has."""
        with self._deed(reference, by, "transfer", key) as deed:
            if deed.before:
                return self._taken(deed)
            if not deed.person.is_at_least(Role.LEAD):
                deed.demand_in_hand()
            taker = people.somebody(deed.session, to, to_change=True)
            giver = deed.conversation.agent
            if giver == taker.sign_in:
                return self._taken(deed)
            if deed.conversation.handler == Handler.AGENT:
                self._demand_room(deed, taker)
                deed.conversation.agent = taker.sign_in
                for handoff in deed.handoffs():
                    handoff.taken_by = taker.sign_in
                self._inherit(deed, giver, taker)
            else:
                self._claim(deed, taker)
            if note.strip():
                self._say(deed, Author.NOTE, note.strip())
            deed.log(to=to, note=note)
            self._tell(deed, "utter_person_takes_over", more=True, agent=taker.name)
            return self._taken(deed)

    def reply(self, reference: str, by: str, text: str, key: str) -> Message:
        """Says it to the customer in the person's own words; the first one keeps the promise."""
        with self._deed(reference, by, "reply", key) as deed:
            if deed.before:
                return self._said(deed)
            deed.demand_in_hand()
            if not text.strip():
                raise NotAllowed("there is nothing in that reply; write what the customer reads")
            said = self._say(deed, Author.AGENT, text.strip())
            self._answered(deed)
            deed.log(message=said.id)
            return said

    def note(self, reference: str, by: str, text: str, key: str) -> Message:
        """Writes something that only people read."""
        with self._deed(reference, by, "note", key) as deed:
            if deed.before:
                return self._said(deed)
            if not text.strip():
                raise NotAllowed("there is nothing in that note; write what a colleague reads")
            said = self._say(deed, Author.NOTE, text.strip())
            deed.log(message=said.id)
            return said

    # Having it

    def _has_it(self, deed: Deed) -> bool:
        return (
            deed.conversation.handler == Handler.AGENT
            and deed.conversation.agent == deed.person.sign_in
        )

    def _claim(self, deed: Deed, taker: Person) -> None:
        """The one statement by which of two people one wins."""
        conversation = deed.conversation
        if conversation.handler == Handler.AGENT:
            raise AlreadyTaken(people.names(deed.session).get(conversation.agent or "", "somebody"))
        if deed.case.status == CaseStatus.WITHDRAWN:
            raise Conflict(f"case {deed.case.reference} was withdrawn; the customer started over")
        taker = people.somebody(deed.session, taker.sign_in, to_change=True)
        self._demand_room(deed, taker)
        deed.session.flush()
        taken = deed.session.execute(
            update(Conversation)
            .where(Conversation.id == conversation.id, Conversation.handler != Handler.AGENT)
            .values(handler=Handler.AGENT, agent=taker.sign_in)
        )
        if cast(CursorResult, taken).rowcount != 1:
            raise AlreadyTaken("somebody")
        deed.session.refresh(conversation)
        handed = {handoff.case_reference for handoff in deed.handoffs()}
        open_now = [
            listening_case(deed.session, conversation.id),
            *noted_cases(deed.session, conversation.id),
            None if handed else deed.case,
        ]
        for case in dict.fromkeys(case for case in open_now if case):
            if case.reference not in handed:
                self._give(deed, case, taker)
        for handoff in deed.handoffs():
            handoff.taken_by, handoff.taken_at = taker.sign_in, deed.now
            promise = deed.session.get_one(PromiseRow, handoff.promise_id)
            if not promise.promise().is_breached(deed.now):  # what was broken before is not theirs
                promise.owner = taker.sign_in
        self._inherit(deed, "queue", taker)  # what nobody had in hand yet

    def _give(self, deed: Deed, case: Case, taker: Person) -> None:
        handoff = handing_over.give(
            deed.session, case, None, HandoffReason.STEPPED_IN, self.policy, deed.now, self.words
        )
        handoff.taken_by, handoff.taken_at = taker.sign_in, deed.now
        deed.conversation.handler, deed.conversation.agent = Handler.AGENT, taker.sign_in

    def _demand_room(self, deed: Deed, taker: Person) -> None:
        urgent = any(handoff.urgent for handoff in deed.handoffs())
        if not urgent and not people.has_room(deed.session, taker):
            raise Conflict(
                f"{taker.name} has {taker.most_open} conversations in hand, the most they may; "
                "close or hand back one first"
            )

    def _inherit(self, deed: Deed, giver: str | None, taker: Person) -> None:
        for handoff in deed.handoffs():
            case = deed.session.get_one(Case, handoff.case_reference)
            for row in case.promises:
                if row.state == PromiseState.PENDING and row.owner == giver:
                    row.owner = taker.sign_in

    def _answered(self, deed: Deed) -> None:
        """A person has answered: that promise is kept for every case of the conversation."""
        for handoff in deed.handoffs():
            row = deed.session.get_one(PromiseRow, handoff.promise_id)
            if row.state in (PromiseState.PENDING, PromiseState.BREACHED):
                row.become(row.promise().meet(deed.now))
                case = deed.session.get_one(Case, handoff.case_reference)
                handing_over.renew_summary(
                    deed.session, handoff, case, self.policy, self.words, deed.now
                )

    def _taken(self, deed: Deed) -> TakenOver:
        has_it = deed.conversation.agent or ""
        return TakenOver(
            reference=deed.case.reference,
            conversation_id=deed.conversation.id,
            by=has_it,
            name=people.names(deed.session).get(has_it, ""),
            references=tuple(handoff.case_reference for handoff in deed.handoffs()),
        )
