"""What is plain is answered whatever it was heard as: "yes, thank you", "then I'll wait"."""

from actions.base import Talk
from complaints import own_words
from complaints.question import Question

_WANT_A_PERSON = ("ask_for_person", "ask_call_back", "report_danger")


def answers_plainly(talk: Talk) -> bool:
    """Answers what can only be meant in one way; False when nothing of the kind was said."""
    pending, words = talk.hearing.pending, talk.heard.words
    if pending == Question.CONFIRMATION and own_words.agrees(words):
        talk.casebook.confirm(talk.conversation_id)
        return talk.go_on()
    if talk.heard.intent in _WANT_A_PERSON or not own_words.will_wait(words):
        return False
    if pending and talk.casebook.let_it_come(talk.conversation_id, talk.heard.message_id):
        talk.say("utter_let_it_come")
        return True
    return False
