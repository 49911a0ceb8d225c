"""A person's deed: who, on which case, once, and written down with their name."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints import people
from complaints.case import Case, LogEntry, PromiseRow
from complaints.casebook.book import Book
from complaints.conversation import Author, Conversation, ConversationLog, Handler, Message, hold
from complaints.errors import Conflict, NotAllowed, NotFound
from complaints.handoff import Handoff
from complaints.people import Person
from complaints.register import done, log

LONGEST_KEY = 40


@dataclass
class Deed:
    """One verb of one person, inside its transaction; `before` is the same deed done already."""

    session: Session
    conversation: Conversation
    case: Case
    person: Person
    now: datetime
    verb: str
    key: str
    before: LogEntry | None

    def log(self, **detail: Any) -> None:
        log(
            self.session, self.conversation.id, self.case, self.now, self.verb, self.key, detail,
            actor=self.person.sign_in,
        )  # fmt: skip

    def demand_in_hand(self) -> None:
        """Raises Conflict unless this person has the conversation."""
        if self.conversation.handler != Handler.AGENT:
            raise Conflict(f"nobody has case {self.case.reference} in hand; take it over first")
        if self.conversation.agent != self.person.sign_in:
            name = people.names(self.session).get(self.conversation.agent or "")
            raise Conflict(f"{name} has case {self.case.reference}; ask them, or a lead")

    def handoffs(self) -> list[Handoff]:
        """What is open of this conversation, in the order it was handed over."""
        return list(
            self.session.scalars(
                select(Handoff)
                .where(
                    Handoff.conversation_id == self.conversation.id,
                    Handoff.silences.is_(True),
                    Handoff.ended_at.is_(None),
                )
                .order_by(Handoff.id)
            )
        )


class Deeds(Book):
    """How a verb of a person begins, and how it speaks."""

    @contextmanager
    def _deed(self, reference: str, by: str, verb: str, key: str) -> Iterator[Deed]:
        """One transaction on a case, with its conversation held.

        Raises NotFound for a case that is not there, NotAllowed for somebody who does not
        work here.
        """
        if not 0 < len(key) <= LONGEST_KEY:
            raise NotAllowed(f"a deed's key has 1 to {LONGEST_KEY} characters; {key!r} has not")
        with self.store.transaction() as session:
            person = people.somebody(session, by)
            found = session.get(Case, reference)
            if found is None:
                raise NotFound(f"there is no case {reference}")
            conversation = hold(session, found.conversation_id)
            session.refresh(found)  # it may have changed while we waited for the conversation
            if found.conversation_id != conversation.id:
                conversation = hold(session, found.conversation_id)
            before = done(session, conversation.id, key, verb)
            yield Deed(session, conversation, found, person, self.clock.now(), verb, key, before)

    def _tell(
        self, deed: Deed, response: str, author: Author = Author.NOTICE,
        buttons: Sequence[dict[str, str]] = (), more: bool = False, **variables: Any,
    ) -> Message:  # fmt: skip
        """Says a response of domain.yml to the customer, once for the deed."""
        variables = {"agent": deed.person.name, "reference": deed.case.reference, **variables}
        return self._say(deed, author, self.words.say(response, **variables), buttons, more)

    def _say(
        self, deed: Deed, author: Author, text: str, buttons: Sequence[dict[str, str]] = (),
        more: bool = False,
    ) -> Message:  # fmt: skip
        """Says it, once; `more` is what a deed says besides its first words."""
        by_person = author in (Author.AGENT, Author.NOTE)
        return ConversationLog(self.store, self.clock).say(
            deed.conversation.id,
            author,
            text,
            buttons,
            name=deed.person.name if by_person else None,
            key=f"{deed.verb}:{deed.key}{'+' if more else ''}",
            session=deed.session,
        )

    def _said(self, deed: Deed) -> Message:
        """What this deed said the first time."""
        return deed.session.scalars(
            select(Message).where(
                Message.conversation_id == deed.conversation.id,
                Message.client_id == f"{deed.verb}:{deed.key}",
            )
        ).one()

    def _promise(self, deed: Deed, promise_id: int) -> PromiseRow:
        row = deed.session.get(PromiseRow, promise_id)
        if row is None or row.case_reference != deed.case.reference:
            raise NotFound(f"case {deed.case.reference} has no promise {promise_id}")
        return row
