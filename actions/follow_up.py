"""Afterwards: the answers to "is all well?" and to how it was, pressed or typed."""

from typing import Any

from actions.base import CaseAction, Talk
from complaints import asking, how_it_was
from complaints.all_well import WORDS, Unclear
from complaints.casebook.following_up import Answered
from complaints.follow_up import FollowUp, FollowUpAnswer
from complaints.handoff import HandoffReason


class AnswerFollowUp(CaseAction):
    """A button below a follow-up that asks for nothing any more."""

    def name(self) -> str:
        return "action_answer_follow_up"

    def answer(self, talk: Talk) -> None:
        talk.say_more_or_ask()


def answers_follow_up(talk: Talk) -> bool:
    """Takes what they pressed or typed for an answer to what was asked afterwards, if it is one."""
    if talk.heard.intent == asking.INTENT:
        return _pressed(talk)
    said = talk.hearing.follow_up
    asked = talk.casebook.asked_of(talk.hearing.reference or "") if said else None
    if said is None or asked is None:
        return False
    if said == WORDS:
        talk.casebook.score_follow_up(asked.id, words=talk.heard.words)
        talk.say("utter_follow_up_words_kept")
    elif ":" in said:
        _ask_how_it_was(talk, _scored(talk, asked, said))
    elif said == Unclear.UNCLEAR:
        talk.say("utter_follow_up_unclear", asking.answers(asked))
    else:
        _answer(talk, asked.id, FollowUpAnswer(said))
    return True


def _scored(talk: Talk, asked: FollowUp, said: str) -> FollowUp:
    """Notes the scores that were typed, and what they wrote beside them."""
    scores = {of: int(score) for of, score in (each.split(":") for each in said.split())}
    typed = how_it_was.typed(talk.heard.words)
    return talk.casebook.score_follow_up(asked.id, **scores, words=typed.rest if typed else "")


def _pressed(talk: Talk) -> bool:
    number, answer = talk.heard.detail("follow_up"), talk.heard.detail("answer")
    if number is None:
        return False
    if answer:
        _answer(talk, int(number), FollowUpAnswer(answer))
        return True
    scores: dict[str, Any] = {
        of: int(score)
        for of in (asking.OUTCOME, asking.TREATMENT)
        if (score := talk.heard.detail(of))
    }
    _ask_how_it_was(talk, talk.casebook.score_follow_up(int(number), **scores))
    return True


def _answer(talk: Talk, number: int, answer: FollowUpAnswer) -> None:
    answered = talk.casebook.answer_follow_up(number, answer, talk.heard.message_id)
    if not answered.is_new:
        _answered_before(talk, answer)
    elif answered.handed:
        _say_by_when(talk, answered)
    else:
        for said in answered.said:
            talk.say_text(said)
        asked = talk.casebook.asked(number)
        if asked and asked.scores_asked_at:
            _ask_how_it_was(talk, asked)


def _answered_before(talk: Talk, answer: FollowUpAnswer) -> None:
    """All was well, and is no longer: a button pressed later opens it again all the same."""
    if answer is FollowUpAnswer.NOT_RIGHT:
        talk.hand_off(HandoffReason.STILL_WRONG)
    elif answer is FollowUpAnswer.PERSON:
        talk.hand_off(HandoffReason.ASKED)
    else:
        talk.say("utter_follow_up_already")


def _ask_how_it_was(talk: Talk, asked: FollowUp) -> None:
    if asked.outcome_score is None:
        talk.say("utter_follow_up_ask_outcome", asking.scores(asked, asking.OUTCOME))
    elif asked.treatment_score is None:
        talk.say("utter_follow_up_ask_treatment", asking.scores(asked, asking.TREATMENT))
    elif asked.words is None:
        talk.say("utter_follow_up_scored")
    else:
        talk.say("utter_follow_up_words_kept")


def _say_by_when(talk: Talk, answered: Answered) -> None:
    told = answered.handed
    assert told is not None, "somebody was handed over without a promise"
    talk.lead(f"utter_hand_off_{told.reason}")
    talk.say(f"utter_person_answers_by{told.unless_now}", reference=told.reference, due=told.due)
    if told.unless_now:
        talk.say("utter_call_back_offer")
    if talk.heard.pressed:  # what is wrong, they have not said
        talk.say("utter_tell_while_waiting")
