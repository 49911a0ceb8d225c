"""Asking after: once for each remedy whether all is well, and once for a case how it was."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import asking, follow_up, letter, local_time
from complaints.case import Case, CaseStatus
from complaints.casebook.book import Book
from complaints.conversation import Author, Conversation, ConversationLog, hold
from complaints.errors import NotFound
from complaints.follow_up import FollowUp
from complaints.matter import known_order
from complaints.register import log
from complaints.turn import Choice


class AskingAfter(Book):
    """The verb that `deliver` calls again and again. Whoever was asked is not asked again."""

    def follow_up(self, now: datetime) -> int:
        """Asks everybody who is to be asked now, and lets go of who does not answer.

        Gives how many were asked.
        """
        with self.store.reading() as session:
            due = [case.reference for case, _ in follow_up.due(session, self.policy, now)]
            unscored = [asked.id for asked in follow_up.scores_due(session, self.policy, now)]
            left = [asked.id for asked in follow_up.left_unanswered(session, now)]
        asked = [reference for reference in due if self._ask(reference)]
        for number in unscored:
            self._ask_for_scores(number)
        for number in left:
            self._let_go_of(number)
        return len(asked)

    def _ask(self, reference: str) -> bool:
        """One transaction: the question in the chat, the letter, and that they were asked."""
        with self.store.reading() as session:
            order = known_order(session.get_one(Case, reference), self.orders)
        with self.store.transaction() as session:
            case = session.get_one(Case, reference)
            conversation = hold(session, case.conversation_id)
            session.expire_all()  # another worker may have asked while we waited for it
            now = self.clock.now()
            due = follow_up.due(session, self.policy, now, reference)
            if not due or conversation.id != case.conversation_id:
                return False
            known = asking.spoken(case, order, self.policy, now)
            promise, zone = due[0][1], local_time.zone_of(case, self.policy)
            late = asking.came_late(session, promise, self.policy, zone)
            text = asking.question(self.words, case, promise, known, self.policy, now, late)
            to = letter.address_of(session, case)
            before = follow_up.asked_of(session, reference)
            if before is not None and before.is_open:
                before.closed_at = now  # this question takes its place
            asked = FollowUp(
                case_reference=reference,
                promise_id=promise.id,
                asked_at=now,
                channels=[conversation.channel, *([letter.TRANSPORT] if to else [])],
            )
            session.add(asked)
            session.flush()
            self._notice(session, case, text, f"follow-up:{asked.id}", asking.answers(asked))
            if to:
                written = asking.asking_letter(self.words, to, text, case)
                letter.post(session, f"follow_up:{asked.id}", written, case, now)
            log(session, conversation.id, case, now, "ask_follow_up", None, actor="deliver")
            return True

    def _ask_for_scores(self, number: int) -> None:
        """It was not right, and has been ended since: how was it?"""
        with self.store.transaction() as session:
            asked, case, _, now = self._held(session, number)
            if case.status != CaseStatus.CLOSED or follow_up.were_asked_for_scores(session, case):
                return
            asked.scores_asked_at = now
            lead = self.words.say("utter_follow_up_scores_later", reference=case.reference)
            text = f"{lead} {self.words.say('utter_follow_up_ask_outcome')}"
            choices = asking.scores(asked, asking.OUTCOME)
            self._notice(session, case, text, f"scores:{asked.id}", choices)
            if to := letter.address_of(session, case):
                written = asking.scores_letter(self.words, to, case)
                letter.post(session, f"scores:{asked.id}", written, case, now)

    def _let_go_of(self, number: int) -> None:
        """They chose to say nothing: the case closes, without another word."""
        with self.store.transaction() as session:
            asked, case, conversation, now = self._held(session, number)
            if not asked.is_open:
                return
            if case.status == CaseStatus.RESOLVING:
                if follow_up.is_still_owed(case):
                    return  # promised since they were asked: it closes when that is kept
                follow_up.close(case, now)
            asked.closed_at = now
            log(session, conversation.id, case, now, "close_unanswered", None, actor="deliver")

    def _notice(
        self, session: Session, case: Case, text: str, key: str, choices: Sequence[Choice] = ()
    ) -> None:
        ConversationLog(self.store, self.clock).say(
            case.conversation_id,
            Author.NOTICE,
            text,
            asking.buttons(self.words, choices),
            key=key,
            session=session,
        )

    def _held(self, session: Session, number: int) -> tuple[FollowUp, Case, Conversation, datetime]:
        asked = session.get(FollowUp, number)
        if asked is None:
            raise NotFound(f"there is no follow-up {number}")
        case = session.get_one(Case, asked.case_reference)
        conversation = hold(session, case.conversation_id)
        session.refresh(asked)  # both may have changed while we waited for the conversation
        session.refresh(case)
        return asked, case, conversation, self.clock.now()
