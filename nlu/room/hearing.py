"""A message heard whole and sentence by sentence, and which of its intents leads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from room.categories import categories_told, is_category
from room.denying import without_what_is_denied
from room.details import Detail, details_of
from room.fault import says_it_is_faulty
from room.heat import without_name_calling
from room.intents import NONE_OF_THESE, Guess, IntentReader
from room.message import LONGEST_READ, sentences_of, signs_in_words, without_greeting
from room.person import wants_person
from room.quoting import is_only_details, only_dates_it, without_numbers

NOT_UNDERSTOOD = "nlu_fallback"
ANOTHER_LANGUAGE = "write_in_another_language"
ASK_FOR_PERSON, REFUSE_PERSON = "ask_for_person", "refuse_person"
_RANKED = 10
# Said about the conversation itself: a complaint heard in passing must be clearly surer to lead.
_ABOUT_THE_CONVERSATION = frozenset(
    """
    report_still_wrong correct start_over accept_offer decline_offers ask_other_offers
    refuse_person praise ask_call_back ask_if_robot dont_have_it wait
    """.split()
)
_CLEARLY_SURER = 0.1
_HALF_SURE, _FAR_AHEAD = 0.5, 4
_PLAINLY_FAULTY = 0.35  # sure enough, where a fault is named in plain words
# No complaints by their words, but nobody says them who has nothing to complain of.
_ASKS_FOR_REDRESS = frozenset(["express_wish", "report_still_wrong"])


@dataclass
class Heard:
    """What a message says: its leading intent, the others, and each sentence with its own."""

    lead: Guess
    ranking: list[Guess]
    sentences: list[dict[str, Any]] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    # What was read, whole and in parts, and the encoder's rows for it: Heat need not encode again.
    read: list[str] = field(default_factory=list)
    vectors: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    language: str | None = None  # its code, when it is one we cannot read


class Listener:
    """Decides what a message is about.

    1. A sentence that asks for a person leads, wherever it stands.
    2. Then the surest complaint, in the whole or in a sentence; if the whole is about the
       conversation itself ("actually it is order …"), only when it is clearly surer.
    3. Then what the message says as a whole.
    That it *is* a complaint may be plain while its category is not: the complaints' confidences
    are added up first, and the likeliest category speaks for them.
    A message of nothing but details is `inform`; below its threshold it is `nlu_fallback`.
    """

    def __init__(
        self,
        reader: IntentReader,
        threshold: float,
        complaint_threshold: float,
        person_threshold: float,
    ) -> None:
        self._reader = reader
        self._threshold = threshold
        self._complaint_threshold = complaint_threshold
        self._person_threshold = person_threshold

    def hear(self, text: str, details: Sequence[Detail] | None = None) -> Heard:
        """Everything the message says; `details` are found here unless they are given."""
        text = text[:LONGEST_READ].replace("\x00", " ")
        details = details_of(text) if details is None else details
        only_details = is_only_details(text, details)
        told = text if only_details else without_what_is_denied(without_numbers(text, details))
        if not sentences_of(told):
            told = signs_in_words(text)
        sentences = sentences_of(told)
        if not sentences:
            return _nothing()
        read = [told, *sentences] if len(sentences) > 1 else [told]
        readable = self._reader.readable(without_name_calling(without_greeting(t)) for t in read)
        if self._reader.is_gibberish(readable[0]) and not details:
            # It is like whatever else was gibberish, and that is no understanding.
            return self._in_its_language(readable[0], _nothing())
        vectors = self._reader.vectors_of(readable)
        ranked = self._reader.guesses(readable, vectors)
        ranked[1:] = [
            [Guess("inform", 0.99)] if only_dates_it(words) else guesses
            for words, guesses in zip(sentences, ranked[1:])
        ]
        categories = categories_told(read, ranked)
        ranked = [self._weighed(words, guesses) for words, guesses in zip(read, ranked)]
        if only_details:  # a name may sound like anything, and is no danger
            ranked = [_with_lead("inform", 0.99, ranked[0])] * len(ranked)
            return self._composed(sentences, ranked, categories)
        heard = self._composed(sentences, ranked, categories)
        heard.read, heard.vectors = read, vectors
        return self._in_its_language(readable[0], heard)

    def _weighed(self, words: str, guesses: list[Guess]) -> list[Guess]:
        """The guesses for some words, after what these say plainly."""
        pooled = _pooled(guesses, self._complaint_threshold, says_it_is_faulty(words))
        return _corrected(words, pooled)

    def _composed(
        self, sentences: Sequence[str], ranked: Sequence[list[Guess]], categories: Sequence[str]
    ) -> Heard:
        """What the message says, from the guesses for the whole and for each sentence.

        `categories` are those of the complaint in it, the one that leads first.
        """
        whole, parts = ranked[0], ranked[1:] or ranked[:1]
        heard = [
            {
                "text": words,
                "intent": self._name(guesses[0]),
                "confidence": round(guesses[0].confidence, 4),
            }
            for words, guesses in zip(sentences, parts)
        ]
        lead = self._lead(whole[0], [guesses[0] for guesses in parts])
        others = [sentence["intent"] for sentence in heard] + [self._name(whole[0])]
        if is_category(lead.intent):
            lead = Guess(categories[0], lead.confidence)
            others = [each for each in others if not is_category(each)] + list(categories[1:])
        also = [
            name
            for name in dict.fromkeys(others)
            if name not in (lead.intent, NOT_UNDERSTOOD, NONE_OF_THESE)
        ]
        return Heard(lead, _with_lead(lead.intent, lead.confidence, whole)[:_RANKED], heard, also)

    def _in_its_language(self, readable: str, heard: Heard) -> Heard:
        """What was not understood, unless it is plain why: it is written in another language."""
        if heard.lead.intent in (NOT_UNDERSTOOD, NONE_OF_THESE):
            heard.language = self._reader.language_of(readable)
        if heard.language:
            heard.lead = Guess(ANOTHER_LANGUAGE, 1.0)
            heard.ranking = [heard.lead, *heard.ranking]
            heard.also = []
        return heard

    def _lead(self, whole: Guess, parts: Sequence[Guess]) -> Guess:
        asked = [guess for guess in (whole, *parts) if guess.intent == ASK_FOR_PERSON]
        if surest := max(asked, key=lambda guess: guess.confidence, default=None):
            refused = any(guess.intent == REFUSE_PERSON for guess in parts)
            if surest.confidence >= self._person_threshold and not (refused and surest is whole):
                return surest
        about_us = whole.intent in _ABOUT_THE_CONVERSATION
        enough = max(
            self._complaint_threshold, whole.confidence + _CLEARLY_SURER if about_us else 0.0
        )
        wrong = [guess for guess in (whole, *parts) if _is_dissatisfied(guess)]
        sure = [guess for guess in wrong if guess.confidence >= enough]
        # What went wrong leads over what is wanted for it, though that may be said more plainly.
        named = [guess for guess in sure if is_category(guess.intent)]
        if sure:
            return max(named or sure, key=lambda guess: guess.confidence)
        return Guess(self._name(whole), whole.confidence)

    def _name(self, guess: Guess) -> str:
        """The guess's intent, or that it was not understood."""
        enough = self._complaint_threshold if _is_dissatisfied(guess) else self._threshold
        return guess.intent if guess.confidence >= enough else NOT_UNDERSTOOD


def _nothing() -> Heard:
    nothing = Guess(NOT_UNDERSTOOD, 0.0)
    return Heard(nothing, [nothing])


def _is_dissatisfied(guess: Guess) -> bool:
    return guess.intent.startswith("complain") or guess.intent in _ASKS_FOR_REDRESS


def _pooled(guesses: list[Guess], enough: float, is_faulty: bool) -> list[Guess]:
    """The guesses, with the likeliest kind of dissatisfaction speaking for all kinds of it.

    That something is wrong may be plain while what it is, or whether a complaint or a wish for
    redress, is not: then the likeliest category, or the wish, leads with the sum of all. Where
    nothing else comes near, or a fault is named in plain words, half sure is sure `enough`.
    """
    complaints = [guess for guess in guesses if guess.intent.startswith("complain")]
    wishes = [guess for guess in guesses if guess.intent in _ASKS_FOR_REDRESS]
    if not complaints:
        return guesses
    sure = sum(guess.confidence for guess in complaints)
    together = min(1.0, sure + sum(guess.confidence for guess in wishes))
    rival = max((g.confidence for g in guesses if not _is_dissatisfied(g)), default=0.0)
    if rival > together:
        return guesses
    far_ahead = together >= _HALF_SURE and together >= _FAR_AHEAD * rival
    if far_ahead or (is_faulty and together >= _PLAINLY_FAULTY):
        together = max(together, enough)
    speaks = wishes[0] if wishes and wishes[0].confidence > sure else complaints[0]
    return _with_lead(speaks.intent, together, guesses)


def _corrected(sentence: str, guesses: list[Guess]) -> list[Guess]:
    """The guesses, after what the sentence plainly says about wanting a person."""
    plainly = wants_person(sentence) if len(sentence) <= 300 else None
    if plainly is True:
        return _with_lead(ASK_FOR_PERSON, max(0.9, guesses[0].confidence), guesses)
    if plainly is False and guesses[0].intent in (ASK_FOR_PERSON, REFUSE_PERSON):
        return _with_lead(REFUSE_PERSON, max(0.8, guesses[0].confidence), guesses)
    return guesses


def _with_lead(intent: str, confidence: float, guesses: list[Guess]) -> list[Guess]:
    return [Guess(intent, confidence), *(guess for guess in guesses if guess.intent != intent)]
