"""Watching: the queue, a case's file, and who looks at it."""

from datetime import datetime

from complaints import handing_over, looking, people
from complaints.case import Case
from complaints.case_file import CaseFile, case_file
from complaints.casebook.deed import Deeds
from complaints.errors import NotFound
from complaints.handoff import HandoffReason
from complaints.queue import QueueRow, queue
from complaints.register import last_handoff


class Watching(Deeds):
    """The verbs of looking. Every look is on the record."""

    def queue(self, now: datetime | None = None) -> list[QueueRow]:
        """Who waits and who is being seen to: danger first, then by when it is due."""
        with self.store.reading() as session:
            return queue(session, self.policy, now or self.clock.now())

    def look_at(self, reference: str, by: str, key: str) -> CaseFile:
        """Everything about a case, as it is now. That they looked is written down."""
        order = self._order_of(reference)
        with self._deed(reference, by, "look_at", key) as deed:
            looking.note_look(deed.session, reference, by, deed.now)
            if not deed.before:
                deed.log()
            given = last_handoff(deed.session, reference)
            reason = HandoffReason(given.reason) if given else HandoffReason.STEPPED_IN
            summary = handing_over.summary_of(
                deed.session, deed.case, reason, order, self.policy, self.words, deed.now
            )
            deed.session.flush()
            return case_file(
                deed.session, deed.case, summary, people.names(deed.session),
                looking.who_looks(deed.session, reference, deed.now),
            )  # fmt: skip

    def keep_looking(self, reference: str, by: str) -> list[str]:
        """Their page is still open; who looks besides them, by sign-in name."""
        now = self.clock.now()
        with self.store.transaction() as session:
            people.somebody(session, by)
            if session.get(Case, reference) is None:
                raise NotFound(f"there is no case {reference}")
            looking.note_look(session, reference, by, now)
            session.flush()
            return [who for who in looking.who_looks(session, reference, now) if who != by]

    def ready_reply(self, reference: str) -> str:
        """The first reply, from the facts as they are now."""
        order = self._order_of(reference)
        with self.store.reading() as session:
            case = session.get(Case, reference)
            if case is None:
                raise NotFound(f"there is no case {reference}")
            given = last_handoff(session, reference)
            reason = HandoffReason(given.reason) if given else HandoffReason.STEPPED_IN
            return handing_over.summary_of(
                session, case, reason, order, self.policy, self.words, self.clock.now()
            )["first_reply"]
