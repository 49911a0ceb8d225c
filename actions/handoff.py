"""A person: asked for, needed, or not wanted after all."""

from actions.base import CaseAction, Talk, words
from complaints import emergency
from complaints.handoff import HandoffReason


class HandOff(CaseAction):
    """A person, please: at any point, in any wording, at once (R21)."""

    def name(self) -> str:
        return "action_hand_off"

    def answer(self, talk: Talk) -> None:
        talk.hand_off(HandoffReason.ASKED)


class HandOffDanger(CaseAction):
    """Danger and distress: safety first, no script, a person ahead of everything (R25)."""

    def name(self) -> str:
        return "action_hand_off_danger"

    def answer(self, talk: Talk) -> None:
        kind = talk.heard.danger
        if kind != "self_harm" and emergency.is_now(talk.heard.words):
            kind = "emergency"
        talk.say(f"utter_danger_{kind}")
        talk.hand_off(HandoffReason.DANGER)


class AnswerAnotherLanguage(CaseAction):
    """They write in a language we cannot read: told so in theirs, and a person reads it (R28)."""

    def name(self) -> str:
        return "action_answer_another_language"

    def answer(self, talk: Talk) -> None:
        in_theirs = f"utter_another_language_{talk.heard.detail('language')}"
        if in_theirs in words():
            talk.say(in_theirs)
        talk.hand_off(HandoffReason.LANGUAGE)


class StayWithAssistant(CaseAction):
    """No need for a person."""

    def name(self) -> str:
        return "action_stay_with_assistant"

    def answer(self, talk: Talk) -> None:
        talk.lead("utter_staying")
        talk.say_more_or_ask()


class RequestCallBack(CaseAction):
    """Can somebody call me?"""

    def name(self) -> str:
        return "action_request_call_back"

    def answer(self, talk: Talk) -> None:
        talk.hand_off(HandoffReason.CALL_BACK)
