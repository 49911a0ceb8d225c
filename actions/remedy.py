"""Putting it right: wishes, offers, and what is chosen."""

from actions.base import CaseAction, Talk
from actions.intake import note, take_choice, take_counter_offer
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
        if talk.hearing.pending == Question.WISH:  # they would rather choose than name it
            talk.casebook.go_without(talk.conversation_id, talk.heard.message_id)
            talk.go_on()
        elif talk.hearing.pending != Question.CHOICE:
            talk.say_more_or_ask()
        elif talk.heard.detail("remedy"):
            take_counter_offer(talk, otherwise="utter_offer_on_the_table")
        elif talk.casebook.offer_more(talk.conversation_id, talk.heard.message_id):
            talk.go_on(offer="utter_offer_more")
        else:
            talk.go_on(offer="utter_offer_no_more")
