"""Telling it: the complaint, its details, corrections, and everything said in between."""

from actions.base import CaseAction, Talk
from actions.status import asks_when_it_comes, tell_status
from complaints import choosing, proving
from complaints.handoff import HandoffReason
from complaints.question import Question

CERTAIN = 0.6  # enough to set a case aside
_CHOOSES = frozenset(["money", "remedy", "refused_remedy"])  # with offers on the table


class ListenToComplaint(CaseAction):
    """Somebody says what went wrong, for the first time or once more."""

    def name(self) -> str:
        return "action_listen_to_complaint"

    def answer(self, talk: Talk) -> None:
        if talk.hearing.still_wrong:
            talk.hand_off(HandoffReason.STILL_WRONG)
            return
        if not talk.hearing.reference and talk.hearing.opened is False:
            talk.say_more_or_ask()
            return
        note(talk)


class NoteDetails(CaseAction):
    """Only details: an order number, a postcode, a name."""

    def name(self) -> str:
        return "action_note_details"

    def answer(self, talk: Talk) -> None:
        note(talk)


class CorrectDetails(CaseAction):
    """They put something right that we had noted wrongly."""

    def name(self) -> str:
        return "action_correct_details"

    def answer(self, talk: Talk) -> None:
        plain = talk.hearing.proof is None and not talk.hearing.first_told
        if talk.hearing.learned and plain and not talk.hearing.opened:
            talk.lead("utter_corrected")
            talk.say_more_or_ask()
            return
        note(talk)


class AskDifferently(CaseAction):
    """Nobody knows what was meant; unless it answered the open question, or told something."""

    def name(self) -> str:
        return "action_ask_differently"

    def answer(self, talk: Talk) -> None:
        note(talk)


class GoWithout(CaseAction):
    """They do not have what was asked for."""

    def name(self) -> str:
        return "action_go_without"

    def answer(self, talk: Talk) -> None:
        if talk.hearing.enquiring:
            tell_status(talk)
            return
        if talk.casebook.go_without(talk.conversation_id, talk.heard.message_id):
            talk.lead("utter_never_mind")
        talk.say_more_or_ask()


class ExplainQuestion(CaseAction):
    """Why do you need that?"""

    def name(self) -> str:
        return "action_explain_question"

    def answer(self, talk: Talk) -> None:
        if talk.hearing.enquiring:
            tell_status(talk, why=True)
        elif talk.hearing.pending:
            talk.lead(f"utter_why_{talk.hearing.pending}")
            talk.go_on()
        else:
            talk.say("utter_what_i_do")


class StartOver(CaseAction):
    """They want to begin afresh."""

    def name(self) -> str:
        return "action_start_over"

    def answer(self, talk: Talk) -> None:
        if talk.heard.certainty < CERTAIN:
            note(talk)  # nothing is thrown away on a guess
            return
        talk.casebook.start_over(talk.conversation_id, talk.heard.message_id)
        talk.casebook.next_step(
            talk.conversation_id, talk.heard.message_id
        )  # the story is open now
        talk.say("utter_started_over")


class TakeYes(CaseAction):
    """A plain yes: to what was read back, or to the one thing on offer."""

    def name(self) -> str:
        return "action_take_yes"

    def answer(self, talk: Talk) -> None:
        pending = talk.hearing.pending
        if pending == Question.CHOICE:
            if not talk.casebook.accept_offer(talk.conversation_id, talk.heard):
                talk.go_on(offer="utter_which_one")
                return
        elif pending == Question.CONFIRMATION:
            talk.casebook.confirm(talk.conversation_id)
        elif pending in (Question.PHOTO, Question.ORDER_NUMBER, Question.PHONE, Question.EMAIL):
            talk.say("utter_take_your_time")  # "yes, I have it": it comes next
            return
        talk.say_more_or_ask()


class TakeNo(CaseAction):
    """A plain no: to what was read back, to the offers, or to having what was asked for."""

    def name(self) -> str:
        return "action_take_no"

    def answer(self, talk: Talk) -> None:
        pending = talk.hearing.pending
        if pending == Question.CHOICE:
            talk.casebook.decline_offers(talk.conversation_id, talk.heard.message_id)
        elif pending == Question.CONFIRMATION and talk.hearing.learned:
            talk.lead("utter_corrected")
        elif pending == Question.CONFIRMATION:
            talk.say("utter_what_to_correct")
            return
        elif pending and talk.casebook.go_without(talk.conversation_id, talk.heard.message_id):
            talk.lead("utter_never_mind")
        elif not pending:
            talk.say("utter_goodbye")
            return
        talk.say_more_or_ask()


class Wait(CaseAction):
    """Hang on: nothing is asked meanwhile."""

    def name(self) -> str:
        return "action_wait"

    def answer(self, talk: Talk) -> None:
        talk.say("utter_take_your_time")


class NotePhoto(CaseAction):
    """A photo has come; reception has put it with the case."""

    def name(self) -> str:
        return "action_note_photo"

    def answer(self, talk: Talk) -> None:
        talk.lead("utter_photo_received")
        talk.go_on()


def note(talk: Talk) -> None:
    """Says what became of the message, and goes on."""
    hearing = talk.hearing
    if hearing.pending == Question.CHOICE:
        talk.heard = choosing.with_bare_sum(talk.heard)
    if hearing.enquiring:
        tell_status(talk)
        return
    if hearing.changed_mind:
        talk.hand_off(HandoffReason.CHANGED_MIND)
        return
    if asks_when_it_comes(talk):
        tell_status(talk)
        return
    if hearing.understood:
        talk.casebook.understand(talk.conversation_id)
    if hearing.first_told:
        talk.acknowledge()
        if hearing.second:
            talk.lead("utter_second_noted_too", second=hearing.second)
        if hearing.proof in (proving.NOT_PROVED, proving.NOT_FOUND):
            talk.go_on(question=f"utter_proof_{hearing.proof}")
            return
        talk.lead_with_delivery()
    elif hearing.pending == Question.CHOICE and _CHOOSES & set(talk.heard.details):
        take_choice(talk)  # "£15 and I'll keep it", "can I have a voucher too", "no, 300"
        return
    elif hearing.pending == Question.CHOICE and names_an_offer(talk):
        return
    elif hearing.second and hearing.proof != proving.PROVED:
        told = talk.said_lately(hearing.second)
        talk.say("utter_second_next" if told else "utter_second_noted", second=hearing.second)
    elif hearing.proof in (proving.NOT_PROVED, proving.NOT_FOUND):
        again = "" if hearing.failures == 1 else "_again"
        talk.go_on(question=f"utter_proof_{hearing.proof}{again}")
        return
    elif hearing.proof == proving.PROVED:
        talk.lead("utter_proved")
        if hearing.second:
            talk.lead("utter_second_noted_too", second=hearing.second)
        talk.lead_with_delivery()
    elif hearing.opened:
        announced = talk.heard.intent in ("complain", "express_wish")
        talk.say("utter_ready_to_listen" if announced else "utter_noted_before_story")
    elif not hearing.understood:
        if talk.heard.categories and hearing.reference:
            talk.lead("utter_added")
        else:
            talk.not_understood()
            return
    elif hearing.pending == Question.CONFIRMATION and "wish" in hearing.learned:
        pass  # the offers say that they have it
    elif hearing.answered:
        talk.lead("utter_noted")
    else:
        talk.lead("utter_added")
    talk.say_more_or_ask()


def names_an_offer(talk: Talk) -> bool:
    """Settles the offer their words are about, whatever they were heard as: "ok the seal then"."""
    if talk.casebook.accept_offer(talk.conversation_id, talk.heard, only_if_named=True):
        return talk.go_on()
    return False


def take_choice(talk: Talk) -> None:
    """Settles the offer they mean; else lays out what they wish for, or says why it cannot be."""
    if talk.casebook.accept_offer(talk.conversation_id, talk.heard):
        talk.go_on()
    elif talk.casebook.decline_some(talk.conversation_id, talk.heard):
        talk.go_on(offer="utter_offer_rest")
    elif choosing.refused(talk.heard):
        talk.casebook.decline_offers(talk.conversation_id, talk.heard.message_id)
        talk.go_on()
    else:
        asks = choosing.asks_first(talk.heard)
        take_counter_offer(talk, "utter_offer_on_the_table" if asks else "utter_which_one")


def take_counter_offer(talk: Talk, otherwise: str) -> None:
    """A wish beside what was offered: granted, or refused with the reason and what can be done."""
    wish = talk.casebook.consider_wish(talk.conversation_id, talk.heard)
    if wish.reason and talk.said_lately(wish.reason):
        talk.say_choices("utter_offer_refused_again")
    elif wish.reason:
        talk.say_choices("utter_offer_refused", reason=wish.reason)
    else:
        talk.go_on(offer="utter_offer_granted" if wish.granted else otherwise)
