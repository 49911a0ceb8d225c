"""Putting it right: wishes, offers, and what is chosen."""

from actions.base import CaseAction, Talk
from actions.intake import note
from complaints.question import Question


class NoteWish(CaseAction):
    """What would put it right; with offers on the table, a choice or a counter-offer."""

    def name(self) -> str:
        return "action_note_wish"

    def answer(self, talk: Talk) -> None:
        if talk.hearing.pending != Question.CHOICE:
            note(talk)
        else:
            take_choice(talk)


class AcceptOffer(CaseAction):
    """They take one of the offers, by button, by number, or in their own words."""

    def name(self) -> str:
        return "action_accept_offer"

    def answer(self, talk: Talk) -> None:
        if talk.hearing.pending == Question.CONFIRMATION:
            talk.casebook.confirm(talk.conversation_id)
            talk.go_on()
        elif talk.hearing.pending != Question.CHOICE:
            note(talk)
        else:
            take_choice(talk)


class DeclineOffers(CaseAction):
    """None of those suits: there is more, or a person."""

    def name(self) -> str:
        return "action_decline_offers"

    def answer(self, talk: Talk) -> None:
        if talk.casebook.decline_offers(talk.conversation_id, talk.heard.message_id):
            talk.go_on()
        else:
            note(talk)


class OfferMore(CaseAction):
    """What else can you do?"""

    def name(self) -> str:
        return "action_offer_more"

    def answer(self, talk: Talk) -> None:
        if talk.hearing.pending != Question.CHOICE:
            talk.say_more_or_ask()
        elif talk.heard.detail("remedy"):
            take_counter_offer(talk, otherwise="utter_offer_on_the_table")
        elif talk.casebook.offer_more(talk.conversation_id, talk.heard.message_id):
            talk.go_on(offer="utter_offer_more")
        else:
            talk.go_on(offer="utter_offer_no_more")


def take_choice(talk: Talk) -> None:
    """Settles the offer they mean; else lays out what they wish for, or says why it cannot be."""
    if talk.casebook.accept_offer(talk.conversation_id, talk.heard):
        talk.go_on()
    else:
        take_counter_offer(talk, otherwise="utter_which_one")


def take_counter_offer(talk: Talk, otherwise: str) -> None:
    """A wish beside what was offered: granted, or refused with the reason and what can be done."""
    wish = talk.casebook.consider_wish(talk.conversation_id, talk.heard)
    if wish.reason:
        talk.say_choices("utter_offer_refused", reason=wish.reason)
    else:
        talk.go_on(offer="utter_offer_granted" if wish.granted else otherwise)
