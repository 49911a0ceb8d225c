"""Telling: where a case stands, and what may be said of it."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from complaints import enquiry, local_time, which_case
from complaints.case import Case
from complaints.casebook.book import Book
from complaints.conversation import Conversation
from complaints.enquiry import Status
from complaints.errors import NotFound
from complaints.heard import Heard
from complaints.matter import known_order, proved_order
from complaints.register import done, latest_case, listening_case, log
from complaints.turn import Choice


class Telling(Book):
    """The verbs of coming back and asking."""

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
                return Status(
                    finding, times=times, words=words, reference=reference,
                    choices=self._which(session, conversation, finding),
                )  # fmt: skip
        order = proved_order(case, self.orders)
        with self.store.reading() as session:
            return enquiry.status_of(session, session.merge(case), order, self.policy, now)

    def status(self, reference: str) -> Status:
        """The true state of a case, for somebody who has shown that it is theirs."""
        with self.store.reading() as session:
            case = session.get(Case, reference)
        if case is None:
            raise NotFound(f"there is no case {reference}")
        order = known_order(case, self.orders)
        with self.store.reading() as session:
            return enquiry.status_of(
                session, session.merge(case), order, self.policy, self.clock.now()
            )

    def case_words(self, conversation_id: str) -> dict[str, str]:
        """What may be said of the case this conversation is about."""
        with self.store.reading() as session:
            case = latest_case(session, conversation_id)
        return self._words_of(case)

    def _which(
        self, session: Session, conversation: Conversation, finding: enquiry.Finding
    ) -> tuple[Choice, ...]:
        if finding is not enquiry.Finding.ASK_WHICH:
            return ()
        own = latest_case(session, conversation.id)
        return which_case.choices(which_case.open_cases(session, conversation, own), self.policy)

    def is_open(self, conversation_id: str) -> bool:
        """Whether the assistant is still busy with a case here."""
        with self.store.reading() as session:
            return listening_case(session, conversation_id) is not None

    def today(self, conversation: Conversation, at: datetime) -> date:
        """What day it was at that time for whoever complains here."""
        return local_time.today(conversation, self.policy, at)

    def opening_hours(self, conversation_id: str) -> dict[str, str]:
        """When a person is there, in words for whoever asks here."""
        with self.store.reading() as session:
            asking = session.get_one(Conversation, conversation_id)
        return local_time.opening_hours(asking, self.policy, self.clock.now())
