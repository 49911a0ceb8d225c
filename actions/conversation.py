"""Everything people say around a complaint: hello, thanks, anger, are you a robot."""

from actions.base import CaseAction, Talk
from actions.intake import CERTAIN, note
from actions.status import asks_when_it_comes, tell_status
from complaints import speech_acts
from complaints.question import Question


class Greet(CaseAction):
    """Hello."""

    def name(self) -> str:
        return "action_greet"

    def answer(self, talk: Talk) -> None:
        if talk.case:
            here = speech_acts.calls_out(talk.heard.words)
            talk.lead("utter_here" if here else "utter_greet_again")
        if talk.is_settled() and not talk.hearing.enquiring:
            tell_status(talk)  # what else would they come back for
        else:
            talk.say_more_or_ask()


class AnswerThanks(CaseAction):
    """Thank you."""

    def name(self) -> str:
        return "action_answer_thanks"

    def answer(self, talk: Talk) -> None:
        talk.lead("utter_youre_welcome")
        talk.go_on()


class SayGoodbye(CaseAction):
    """They leave; they know what is kept and how to come back (R26)."""

    def name(self) -> str:
        return "action_say_goodbye"

    def answer(self, talk: Talk) -> None:
        if not talk.case:
            talk.say("utter_goodbye")
        elif talk.casebook.is_open(talk.conversation_id):
            talk.say("utter_goodbye_open")
        else:
            talk.say("utter_goodbye_settled")


class SayRobot(CaseAction):
    """Are you a robot?"""

    def name(self) -> str:
        return "action_say_robot"

    def answer(self, talk: Talk) -> None:
        talk.say("utter_robot")
        talk.go_on()


class SayWhatIDo(CaseAction):
    """What can you do?"""

    def name(self) -> str:
        return "action_say_what_i_do"

    def answer(self, talk: Talk) -> None:
        if talk.is_settled():  # what is done about theirs
            tell_status(talk)
            return
        if talk.hearing.pending == Question.WISH:  # then it asks what there is
            talk.casebook.go_without(talk.conversation_id, talk.heard.message_id)
        else:
            talk.say("utter_what_i_do")
        talk.go_on()


class HearAnger(CaseAction):
    """Swearing, and nothing else in it: anger is allowed to run (R4)."""

    def name(self) -> str:
        return "action_hear_anger"

    def answer(self, talk: Talk) -> None:
        if not talk.case:
            talk.say("utter_anger_heard_no_case")
            return
        talk.lead("utter_anger_heard")
        talk.go_on()


class LiftBlame(CaseAction):
    """I'm such an idiot: never agreed with (R3)."""

    def name(self) -> str:
        return "action_lift_blame"

    def answer(self, talk: Talk) -> None:
        talk.lead("utter_not_your_fault")
        talk.say_more_or_ask()


class AnswerPraise(CaseAction):
    """Something kind."""

    def name(self) -> str:
        return "action_answer_praise"

    def answer(self, talk: Talk) -> None:
        if talk.hearing.pending and talk.heard.certainty < CERTAIN:
            note(talk)  # thanks for kind words that nobody said would mock whoever complains
            return
        if not talk.case:
            talk.say("utter_praise_no_case")  # should it have been no praise, they hear what helps
            return
        talk.lead("utter_praise")
        talk.go_on()


class AnswerOutOfScope(CaseAction):
    """A question that is not ours to answer, unless it was the answer to ours."""

    def name(self) -> str:
        return "action_answer_out_of_scope"

    def answer(self, talk: Talk) -> None:
        if asks_when_it_comes(talk):
            tell_status(talk)
            return
        hearing = talk.hearing
        if hearing.understood or hearing.enquiring or hearing.changed_mind:
            note(talk)
            return
        talk.say("utter_out_of_scope")
        talk.go_on()
