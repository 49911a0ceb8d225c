"""What every action does around its one verb: hear the message, speak, go on, never fail."""

import asyncio
from abc import ABC, abstractmethod
from functools import lru_cache
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from complaints import speech_acts
from complaints.casebook import Casebook, open_casebook
from complaints.clock import open_clock
from complaints.handoff import HandoffReason
from complaints.heard import Heard
from complaints.settings import Settings
from complaints.turn import Choice, Step
from complaints.words import Words

SAID_LATELY = 8  # of our own messages: what is not repeated word for word
IN_ONE_BREATH = 30  # words
THANKS = ("calm", "annoyed", "angry", "furious")

log = structlog.get_logger()


@lru_cache
def casebook() -> Casebook:
    """The one casebook of this process."""
    settings = Settings()
    return open_casebook(settings, open_clock(settings.clock_file))


@lru_cache
def words() -> Words:
    return Words.load("domain.yml")


class Talk:
    """One customer message being answered: what was heard, and a voice to answer with."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self.casebook = casebook()
        self.heard = Heard.from_rasa(tracker.latest_message)
        self.conversation_id = tracker.latest_message["metadata"]["conversation_id"]
        self.hearing, self.case = self.casebook.listen(self.conversation_id, self.heard)
        self._dispatcher = dispatcher
        spoken = [
            event.get("text") or "" for event in tracker.events if event.get("event") == "bot"
        ]
        self._lately = spoken[-SAID_LATELY:]
        self._lead = ""
        self._acknowledged = False

    def phrase(self, name: str, **variables: str) -> str:
        """A response as text, in other words than lately."""
        return words().say(name, avoid=self._lately, **{**self.case, **variables})

    def say(self, name: str, choices: tuple[Choice, ...] = (), /, **variables: str) -> None:
        """Says a response, with buttons if it has any, after whatever `lead` put before it."""
        self.say_text(self.phrase(name, **variables), choices)

    def say_text(self, text: str, choices: tuple[Choice, ...] = ()) -> None:
        text = f"{self._lead} {text}".strip()
        self._lead = ""
        buttons = [
            {"title": self.phrase(choice.title, **choice.words), "payload": choice.payload}
            for choice in choices
        ]
        self._lately.append(text)
        self._dispatcher.utter_message(text=text, buttons=buttons or None)

    def lead(self, name: str, **variables: str) -> None:
        """Puts a short sentence in front of the next thing said."""
        self._lead = f"{self._lead} {self.phrase(name, **variables)}".strip()

    def is_settled(self) -> bool:
        """Whether there is a case, and nothing left to say or ask in it."""
        return bool(self.case) and not self.casebook.is_open(self.conversation_id)

    def said_lately(self, words: str) -> bool:
        """Whether they have just read these words."""
        return any(words in text for text in self._lately)

    def acknowledge(self) -> None:
        """Thanks, sorry, what was read, and the case: the first reply to a complaint (R1)."""
        if self._acknowledged:
            return
        self._acknowledged = True
        self.case = self.casebook.case_words(self.conversation_id)
        parts = [self.phrase(f"utter_thanks_{THANKS[self.heard.heat]}")]
        if self.heard.blames_self:
            parts.append(self.phrase("utter_not_your_fault"))
        else:
            parts += [self._sorry_for_both(), self._read()]
        if self.hearing.opened or not self.hearing.pending:
            parts.append(self.phrase("utter_case_opened"))
        self.say_text(" ".join(part for part in parts if part))

    def _sorry_for_both(self) -> str:
        """Sorry, and in the same breath for the second thing that went wrong with it (R7)."""
        sorry = self._sorry()
        own = self.case.get("category")
        if self._is_in_time() or len(self.heard.words.split()) > IN_ONE_BREATH:
            return sorry  # in a long story a sentence may sound like a second thing and be none
        for category in self.heard.categories:
            also = f"utter_sorry_too_{category}"
            if category != own and also in words():
                return f"{sorry.removesuffix('.')}, {self.phrase(also)}."
        return sorry

    def _sorry(self) -> str:
        if self._is_in_time():
            return self.phrase("utter_looked_for_it")  # nothing has gone wrong yet
        if self.case.get("category") == "late_delivery" and speech_acts.came_late(self.heard.words):
            return self.phrase("utter_sorry_came_late")
        if "thing" in self.case and self.case.get("category") == "damaged_item":
            return self.phrase("utter_sorry_with_damage")
        name = f"utter_sorry_{self.case.get('category', 'other')}"
        return self.phrase(f"{name}_with_item" if "one_item" in self.case else name)

    def _read(self) -> str:
        known = self.case
        if "impact" in known and "deadline" in known:
            return self.phrase("utter_read_impact_and_deadline")
        for name in ("deadline", "impact", "amount", "gist"):
            # To quote a furious sentence back would only fan it.
            if name in known and not (name == "gist" and self.heard.heat >= 2):
                return self.phrase(f"utter_read_{name}")
        return self.phrase("utter_read_story")

    def go_on(self, offer: str = "", question: str = "") -> bool:
        """Says the next step; False when nothing is open.

        `offer` and `question` are responses that lead in offers, or ask, in other words.
        """
        step = self.casebook.next_step(self.conversation_id, self.heard.message_id)
        return self._take_step(step, offer, question)

    def _take_step(self, step: Step, offer: str = "", question: str = "") -> bool:
        if step.kind == "hand_off":
            self.hand_off(HandoffReason(step.name))
        elif step.kind == "confirm":
            self._confirm(step)
        elif step.kind == "offer":
            self.say(offer or _offer_response(step), step.choices, **step.words)
        elif step.kind == "ask":
            self.say(question or _ask_response(step), step.choices, **step.words)
        elif self._lead:
            self.say_text("")
        return step.kind != "nothing"

    def _is_in_time(self) -> bool:
        return self.case.get("category") == "late_delivery" and "due_later" in self.case

    def lead_with_delivery(self) -> None:
        """Somebody who waits hears first what we know of where it is."""
        known = self.casebook.case_words(self.conversation_id)
        if known.get("category") != "late_delivery" or "delivered" in known:
            return
        if "promised" in known:
            self.case = known
            if "shipped" in known:
                self.lead("utter_sent_in_time" if "due_later" in known else "utter_sent")
            else:
                self.lead("utter_not_sent_in_time" if "due_later" in known else "utter_not_sent")

    def say_choices(self, name: str, **variables: str) -> None:
        """Says a response with the offers that stand."""
        step = self.casebook.next_step(self.conversation_id, self.heard.message_id)
        self.say(name, step.choices, **{**step.words, **variables})

    def say_more_or_ask(self) -> None:
        """Goes on; where nothing is open, asks what happened, unless that is settled."""
        if not self.go_on():
            self.say("utter_goodbye_settled" if self.case else "utter_greet_back")

    def not_understood(self) -> None:
        """Asks in other words, with examples; the second time in a row a person comes (R10)."""
        if self.casebook.misunderstand(self.conversation_id, self.heard.message_id):
            self.hand_off(HandoffReason.NOT_UNDERSTOOD)
            return
        if not self.hearing.reference:
            settled, none = "utter_not_understood_settled", "utter_not_understood_no_case"
            self.say(settled if self.case else none)
            return
        self.lead("utter_not_understood")
        if not self.go_on():
            self.say("utter_not_understood_no_case")

    def hand_off(self, reason: HandoffReason, about: str | None = None) -> None:
        """A person takes over the case `about`, or what is open here; they hear by when."""
        told = self.casebook.hand_off(self.conversation_id, reason, self.heard.message_id, about)
        spoken = {"reference": told.reference, "due": told.due}
        if told.already:
            self.say("utter_already_with_person", **spoken)
            return
        if self.hearing.first_told and not reason.needs_no_thanks:
            self.acknowledge()
        # Thanked and apologised to already: a second time would ring hollow (R1).
        said_before = self._acknowledged or not (self.hearing.still_wrong or self.hearing.opened)
        said_sorry = reason is HandoffReason.STILL_WRONG and said_before
        self.lead(f"utter_hand_off_{HandoffReason.DANGER if said_sorry else reason}")
        if told.phone and reason is HandoffReason.CALL_BACK:
            self.say("utter_call_back_noted", **spoken, phone=told.phone)
            return
        if reason is HandoffReason.CALL_BACK:
            self.say("utter_call_back_number", **spoken)
            return
        self.say(f"utter_person_answers_by{told.unless_now}", **spoken)
        if told.unless_now or reason is HandoffReason.CALL_BACK:
            self.say("utter_call_back_offer")
        if not told.knows_story:
            self.say("utter_tell_while_waiting")

    def _confirm(self, step: Step) -> None:
        self.say_text(
            f"{self.phrase(f'utter_confirm_{step.name}', **step.words)} "
            f"{self.phrase('utter_if_it_slips', **step.words)}"
        )
        if "goodwill" in step.words:
            kindness = {"amount": step.words["goodwill"], "by": step.words["goodwill_by"]}
            self.say("utter_goodwill", **{**step.words, **kindness})
        if after := self.casebook.turn_to_next(self.conversation_id):
            self.case = after
            self.say(f"utter_turn_to_{after['after']}")
            self.lead_with_delivery()
            after_this = f"{self.heard.message_id}+"  # its own step, not the settling once more
            self._take_step(self.casebook.next_step(self.conversation_id, after_this))
            return
        last = next(
            (f"utter_close_{name}" for name in ("deadline", "item") if name in step.words),
            "utter_close",
        )
        self.say(last, **step.words)


def _ask_response(step: Step) -> str:
    name = f"utter_ask_{step.name}"
    if step.name == "wish" and step.words.get("category") == "late_delivery":
        # Whoever still gets it in time is not asked what would put it right.
        name = f"{name}_in_time" if "due_later" in step.words else name
    if step.name == "confirmation" and "wish" not in step.words:
        return f"{name}_no_wish"
    if step.name == "email_and_postcode":
        # Only what is missing; both may be known and lead nowhere.
        if {"email", "postcode"} <= set(step.words):
            return f"utter_proof_not_found{'' if step.times <= 2 else '_again'}"
        for known, asked in (("email", "postcode"), ("postcode", "email")):
            if known in step.words and asked not in step.words:
                return f"utter_ask_{asked}_too"
    if step.name == "email" and "chosen" in step.words:
        name = "utter_ask_email_to_send"
    return name if step.times == 1 else f"{name}_again"


def _offer_response(step: Step) -> str:
    return {
        "first": "utter_offer",
        "read_back": "utter_offer_read_back",
        "read_back_deadline": "utter_offer_read_back_deadline",
        "instead": "utter_offer_instead",
        "too_late": "utter_offer_too_late",
        "more": "utter_offer_more",
        "again": "utter_ask_choice_again",
    }[step.name]


class CaseAction(Action, ABC):
    """An action on a case. Whatever breaks in it ends in a person, and in words (R28)."""

    @abstractmethod
    def name(self) -> str: ...

    @abstractmethod
    def answer(self, talk: Talk) -> None:
        """What this action says to what was heard."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        spoken = CollectingDispatcher()
        try:
            await asyncio.to_thread(self._answer, spoken, tracker)
        except Exception:
            # Never a 5xx: Rasa would log the whole tracker and say nothing. The front door
            # hands over when nothing is said, and tells the customer that all is kept.
            log.exception("action broke", action=self.name())
            return []
        dispatcher.messages.extend(spoken.messages)
        return []

    def _answer(self, spoken: CollectingDispatcher, tracker: Tracker) -> None:
        from actions.follow_up import answers_follow_up  # here: they stand on this file
        from actions.plainly import answers_plainly

        talk = Talk(spoken, tracker)
        if not answers_follow_up(talk) and not answers_plainly(talk):
            self.answer(talk)
