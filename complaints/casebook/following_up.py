"""Following up: what the customer says when asked whether all is well, and what it calls for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import asking, follow_up, handing_over, letter, telling
from complaints.case import Case, CaseStatus
from complaints.casebook.asking_after import AskingAfter
from complaints.conversation import Conversation, Handler
from complaints.errors import NotAllowed
from complaints.follow_up import SCORES, FollowUp, FollowUpAnswer
from complaints.handoff import HandoffReason
from complaints.invitation import invite, invited
from complaints.matter import known_order
from complaints.orders import Order
from complaints.register import (
    done,
    last_handoff,
    listening_case,
    log,
    noted_cases,
    open_handoff,
)
from complaints.turn import HandedOver

CHAT, LETTER = "chat", "letter"  # by which they answered
_ENDS = {
    FollowUpAnswer.NOT_RIGHT: HandoffReason.STILL_WRONG,
    FollowUpAnswer.PERSON: HandoffReason.ASKED,
}


@dataclass(frozen=True)
class Answered:
    """What became of an answer. `is_new` is False when they had answered before."""

    answer: FollowUpAnswer
    is_new: bool
    said: tuple[str, ...] = ()  # thanks and an invitation, ready to read
    handed: HandedOver | None = None


class FollowingUp(AskingAfter):
    """The verbs of the answers. Each counts once, however often it is called."""

    def answer_follow_up(
        self, number: int, answer: FollowUpAnswer, key: str, words: str = "", by: str = CHAT
    ) -> Answered:
        """Takes the first answer, and does what it calls for.

        All good closes the case with thanks; not right gives it to a senior person with all
        that is known (R16); a person is a person. Raises NotFound for what was never asked.
        """
        order = self._order(number)
        with self.store.transaction() as session:
            asked, case, conversation, now = self._held(session, number)
            before = done(session, conversation.id, key, "answer_follow_up")
            if asked.answer and not before:
                return Answered(FollowUpAnswer(asked.answer), is_new=False)
            if not before:
                asked.answer, asked.answered_at, asked.answered_by = answer, now, by
                if answer is FollowUpAnswer.ALL_GOOD:
                    self._end_well(session, case, asked, now)
                else:
                    self._give_to_person(session, case, order, _ENDS[answer], words, now)
                detail = {"answer": answer, "outcome": case.outcome}
                log(session, conversation.id, case, now, "answer_follow_up", key, detail,
                    actor="customer")  # fmt: skip
            answered = self._became(session, asked, case, order, now)
            if by == LETTER:
                self._say_in_chat(session, asked, case, answered)
            return answered

    def score_follow_up(
        self, number: int, outcome: int | None = None, treatment: int | None = None, words: str = ""
    ) -> FollowUp:
        """How it ended and how they were treated, 1 to 5, each noted once; and their own words."""
        if any(score is not None and score not in SCORES for score in (outcome, treatment)):
            raise NotAllowed(f"a score is 1 to 5; not {outcome!r} or {treatment!r}")
        with self.store.transaction() as session:
            asked, case, conversation, now = self._held(session, number)
            was, before = asked.is_scored, (asked.outcome_score, asked.treatment_score)
            if asked.outcome_score is None:
                asked.outcome_score = outcome
            if asked.treatment_score is None:
                asked.treatment_score = treatment
            if words.strip() and words.strip() not in (asked.words or ""):
                asked.words = "\n".join(filter(None, (asked.words, words.strip())))
            if (asked.outcome_score, asked.treatment_score) != before:
                asked.scored_at = now  # of one score too: who leaves the other out still counts
            if asked.is_scored and not was:
                detail = {"outcome": asked.outcome_score, "treatment": asked.treatment_score}
                log(session, conversation.id, case, now, "score_follow_up", None, detail,
                    actor="customer")  # fmt: skip
            return asked

    def asked(self, number: int) -> FollowUp | None:
        """One question of ours, by its number."""
        with self.store.reading() as session:
            return session.get(FollowUp, number)

    def asked_of(self, reference: str) -> FollowUp | None:
        """What was asked last about this case."""
        with self.store.reading() as session:
            return follow_up.asked_of(session, reference)

    def asked_by(self, number: int) -> FollowUp | None:
        """What a letter asked, by the number in its links; a later question has its own letter."""
        with self.store.reading() as session:
            row = letter.letter_row(session, number)
            _, _, asked = (row.key if row else "").partition(":")
            return session.get(FollowUp, int(asked)) if asked.isdecimal() else None

    def thanks(self, reference: str) -> str:
        """The thank-you for this case, as it was said."""
        with self.store.reading() as session:
            case = session.get_one(Case, reference)
        known = asking.spoken(case, known_order(case, self.orders), self.policy, self.clock.now())
        return asking.thanks(self.words, case, known)

    def _end_well(self, session: Session, case: Case, asked: FollowUp, now: datetime) -> None:
        if follow_up.is_still_owed(case):
            return  # it is about what came before; what is to come is asked about in its turn
        if not follow_up.were_asked_for_scores(session, case):
            asked.scores_asked_at = now  # the two questions follow at once
        if case.status == CaseStatus.RESOLVING:
            follow_up.close(case, now)
        if case.status == CaseStatus.CLOSED:
            invite(session, case, self.policy, now)

    def _give_to_person(
        self, session: Session, case: Case, order: Order | None, reason: HandoffReason,
        words: str, now: datetime,
    ) -> None:  # fmt: skip
        """Open again, with everything known, and whatever else is open here goes with it."""
        if words and words not in case.story:
            case.story.append(words)
        if case.status not in (CaseStatus.RESOLVING, CaseStatus.CLOSED):
            return  # a person has it already
        case.closed_at = case.outcome = None
        conversation = session.get_one(Conversation, case.conversation_id)
        agent = conversation.agent if conversation.handler == Handler.AGENT else None
        beside = [
            listening_case(session, conversation.id),
            *noted_cases(session, conversation.id),
        ]
        for each in (case, *(other for other in beside if other)):
            handoff = handing_over.give(
                session, each, order if each is case else None, reason, self.policy, now,
                self.words, self.tell,
            )  # fmt: skip
            if agent:  # whoever is talking with them has this too
                handoff.taken_by, handoff.taken_at = agent, now
        if agent:
            conversation.handler, conversation.agent = Handler.AGENT, agent

    def _became(
        self, session: Session, asked: FollowUp, case: Case, order: Order | None, now: datetime
    ) -> Answered:
        answer = FollowUpAnswer(asked.answer or "")
        if answer is not FollowUpAnswer.ALL_GOOD:
            given = open_handoff(session, case.conversation_id) or last_handoff(
                session, case.reference
            )
            told = handing_over.told(session, given, self.policy, now) if given else None
            return Answered(answer, True, handed=told)
        known = asking.spoken(case, order, self.policy, now)
        said = [asking.thanks(self.words, case, known)]
        if offer := invited(case):
            told_by = telling.promised(case, offer, known, self.policy, now)
            said.append(self.words.say("utter_follow_up_invitation", **told_by))
        return Answered(answer, True, tuple(said))

    def _say_in_chat(
        self, session: Session, asked: FollowUp, case: Case, answered: Answered
    ) -> None:
        """What they answered by letter stands in the talk too, for them and for whoever reads it."""
        if answered.handed:
            told = answered.handed
            opening = f"utter_hand_off_{told.reason}"
            spoken = {"reference": told.reference, "due": told.due}
            said = (
                f"{self.words.say(opening)} "
                f"{self.words.say(f'utter_person_answers_by{told.unless_now}', **spoken)}"
            )
        else:
            said = " ".join(answered.said)
        self._notice(session, case, said, f"follow-up-answer:{asked.id}")

    def _order(self, number: int) -> Order | None:
        with self.store.reading() as session:
            asked = session.get(FollowUp, number)
            case = session.get(Case, asked.case_reference) if asked else None
        return known_order(case, self.orders) if case else None
