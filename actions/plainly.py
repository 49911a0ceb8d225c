"""What is answered in the same way whatever it was heard as."""

from dataclasses import replace

from actions.base import Talk, words
from actions.intake import names_an_offer, take_choice, take_counter_offer
from actions.status import tell_status
from complaints import about_offers, naming, speech_acts
from complaints.about_offers import Asks
from complaints.handoff import HandoffReason
from complaints.question import Question

_WISHING = (Question.WISH, Question.CONFIRMATION)
_WANT_A_PERSON = ("ask_for_person", "ask_call_back", "report_danger")


def answers_plainly(talk: Talk) -> bool:
    """Answers what is plain: "yes, thank you", "no e-mail either", "and when does it come?"."""
    hearing, said = talk.hearing, talk.heard.words
    if hearing.asks_status:
        tell_status(talk)
        return True
    if hearing.pending == Question.CONFIRMATION and speech_acts.agrees(said):
        talk.casebook.confirm(talk.conversation_id)
        return talk.go_on()
    if hearing.pending == Question.CONFIRMATION and naming.says_yes_to_a_wish(talk.heard):
        talk.casebook.confirm(talk.conversation_id)
        alone = talk.casebook.offer_wished(talk.conversation_id, talk.heard)
        return talk.go_on(offer="utter_offer_as_wished" if alone else "")
    if hearing.pending in _WISHING and speech_acts.asks_what_is_offered(said):
        talk.casebook.confirm(talk.conversation_id)
        talk.casebook.go_without(talk.conversation_id, talk.heard.message_id)
        return talk.go_on()
    if hearing.pending == Question.CHOICE and naming.wants_a_new_one(talk.heard):
        talk.heard = replace(talk.heard, details={"remedy": ("replacement",)})
        take_choice(talk)
        return True
    if hearing.pending == Question.CHOICE and not hearing.asks and names_an_offer(talk):
        return True
    if hearing.pending == Question.CHOICE and speech_acts.wants_nothing(said):
        talk.casebook.decline_offers(talk.conversation_id, talk.heard.message_id)
        return talk.go_on()
    if hearing.pending == Question.CHOICE and (kind := about_offers.remedy_asked_about(talk.heard)):
        talk.heard = replace(talk.heard, details={"remedy": (kind,)})
        take_counter_offer(talk, otherwise="utter_offer_on_the_table")
        return True
    if hearing.asks:
        return _tell_about_offers(talk, Asks(hearing.asks))
    if not hearing.pending and talk.is_settled() and _asks_what_becomes_of_it(talk):
        return True
    if hearing.pending and speech_acts.calls_out(said):
        talk.lead("utter_here")
        return talk.go_on()
    if hearing.has_none:
        talk.casebook.go_without(talk.conversation_id, talk.heard.message_id)
        talk.lead("utter_never_mind")
        return talk.go_on()
    if talk.heard.intent in _WANT_A_PERSON or not speech_acts.will_wait(said):
        return False
    if hearing.pending and talk.casebook.let_it_come(talk.conversation_id, talk.heard.message_id):
        talk.say("utter_let_it_come")
        return True
    return False


def _asks_what_becomes_of_it(talk: Talk) -> bool:
    """Tells, once it is settled, what they have to do with the thing: "do I have to post it?"."""
    if about_offers.asked(talk.heard) is not Asks.SENDING_BACK:
        return False
    becomes = f"utter_becomes_{talk.case.get('chosen_as')}"
    if becomes in words():
        talk.say("utter_about_sending_back", each=talk.phrase(becomes))
    else:
        talk.say("utter_about_nothing_to_send")
    return True


def _tell_about_offers(talk: Talk, asks: Asks) -> bool:
    """Before anything is settled: the day is on each offer, and so is what becomes of the thing.

    What we cannot tell is said to be so; asked a second time, somebody comes who can (R10, R12).
    """
    too_many = asks is Asks.UNKNOWN and talk.casebook.misunderstand(
        talk.conversation_id, talk.heard.message_id
    )
    if too_many:
        talk.hand_off(HandoffReason.NOT_UNDERSTOOD)
        return True
    if talk.hearing.pending == Question.CONFIRMATION:
        talk.lead(f"utter_about_{asks}_later")
        return talk.go_on()
    if asks in (Asks.WHY_SO_LONG, Asks.SURE, Asks.UNKNOWN):
        talk.lead(f"utter_about_{asks}")
        return talk.go_on(offer="utter_offer_stands")
    if asks is Asks.WHEN:
        return talk.go_on(offer="utter_about_when")
    if asks is Asks.SENDING_BACK:
        step = talk.casebook.next_step(talk.conversation_id, talk.heard.message_id)
        kinds = [choice.title.removeprefix("utter_option_") for choice in step.choices]
        names = [f"utter_becomes_{kind}" for kind in kinds if f"utter_becomes_{kind}" in words()]
        if names:
            talk.lead("utter_about_sending_back", each="; ".join(map(talk.phrase, names)))
        else:
            talk.lead("utter_about_nothing_to_send")
    else:
        talk.lead("utter_about_slip")
    return talk.go_on()
