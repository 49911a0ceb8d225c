"""A message heard whole and sentence by sentence, and which of its intents leads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

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
_TOLD_PLAINLY, _TOLD_BY_ITSELF, _TOLD_BY_THE_WHOLE = 0.5, 0.4, 0.25
_TREATED_BADLY, _FAULTY = "complain_poor_service", "complain_damaged_item"
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
        sentences = sentences_of(told)
        if not sentences:
            told = signs_in_words(text)
            sentences = sentences_of(told)
        if not sentences:
            nothing = Guess(NOT_UNDERSTOOD, 0.0)
            return Heard(nothing, [nothing])
        read = [told, *sentences] if len(sentences) > 1 else [told]
        readable = self._reader.readable(without_name_calling(without_greeting(t)) for t in read)
        if self._reader.is_gibberish(readable[0]) and not details:
            # It is like whatever else was gibberish, and that is no understanding.
            nothing = Guess(NOT_UNDERSTOOD, 0.0)
            return self._in_its_language(readable[0], Heard(nothing, [nothing]))
        vectors = self._reader.vectors_of(readable)
        ranked = self._reader.guesses(readable, vectors)
        ranked[1:] = [
            [Guess("inform", 0.99)] if only_dates_it(words) else guesses
            for words, guesses in zip(sentences, ranked[1:])
        ]
        likeliest, seconds = _likeliest_category(ranked), _second_categories(ranked)
        if likeliest == _TREATED_BADLY and (besides := _gone_wrong_too(read, ranked, seconds)):
            # What can be put right leads; how they were treated comes second.
            likeliest, seconds = besides, [_TREATED_BADLY, *seconds]
        ranked = [
            _pooled(guesses, self._complaint_threshold, says_it_is_faulty(words))
            for words, guesses in zip(read, ranked)
        ]
        ranked = [_corrected(words, guesses) for words, guesses in zip(read, ranked)]
        whole, parts = ranked[0], ranked[1:] or ranked[:1]
        if only_details:
            whole = [Guess("inform", 0.99), *(guess for guess in whole if guess.intent != "inform")]
            parts = [whole] * len(parts)

        heard = [
            {
                "text": words,
                "intent": self._name(guesses[0]),
                "confidence": round(guesses[0].confidence, 4),
            }
            for words, guesses in zip(sentences, parts)
        ]
        lead = self._lead(whole[0], [guesses[0] for guesses in parts])
        if _is_category(lead.intent) and likeliest:
            lead = Guess(likeliest, lead.confidence)
        others = [sentence["intent"] for sentence in heard] + [self._name(whole[0])]
        if _is_category(lead.intent):
            others = [each for each in others if not _is_category(each)] + seconds
        also = [
            name
            for name in dict.fromkeys(others)
            if name not in (lead.intent, NOT_UNDERSTOOD, NONE_OF_THESE)
        ]
        ranking = [lead, *(guess for guess in whole if guess.intent != lead.intent)][:_RANKED]
        if only_details:  # a name may sound like anything, and is no danger
            return Heard(lead, ranking, heard, also)
        return self._in_its_language(readable[0], Heard(lead, ranking, heard, also, read, vectors))

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
        named = [guess for guess in sure if _is_category(guess.intent)]
        if sure:
            return max(named or sure, key=lambda guess: guess.confidence)
        return Guess(self._name(whole), whole.confidence)

    def _name(self, guess: Guess) -> str:
        """The guess's intent, or that it was not understood."""
        enough = self._complaint_threshold if _is_dissatisfied(guess) else self._threshold
        return guess.intent if guess.confidence >= enough else NOT_UNDERSTOOD


def _likeliest_category(ranked: Sequence[list[Guess]]) -> str | None:
    """The category that the whole and its sentences speak for together: one of them alone may
    be sure that it complains without being sure of what."""
    votes: Counter[str] = Counter()
    for guesses in ranked:
        for guess in guesses:
            if _is_category(guess.intent):
                votes[guess.intent] += guess.confidence
    return votes.most_common(1)[0][0] if votes else None


def _second_categories(ranked: Sequence[list[Guess]]) -> list[str]:
    """The categories that may stand beside the one that leads.

    Those the whole or a sentence plainly tells of, and those that a sentence tells of less plainly
    and the whole a little: "my dad bought it for me" complains of nothing that "it does not work"
    does not say.
    """
    whole, *parts = ranked
    surest = {guesses[0].intent: guesses[0].confidence for guesses in reversed(parts)}
    found = []
    for guess in whole:
        of_whole, of_part = guess.confidence, surest.get(guess.intent, 0.0)
        hinted = of_part >= _TOLD_BY_ITSELF and of_whole >= _TOLD_BY_THE_WHOLE
        plainly = of_whole >= _TOLD_BY_ITSELF or of_part >= _TOLD_PLAINLY
        if _is_category(guess.intent) and (plainly or hinted):
            found.append(guess.intent)
    return found


def _gone_wrong_too(
    read: Sequence[str], ranked: Sequence[list[Guess]], seconds: Sequence[str]
) -> str | None:
    """What else went wrong besides how they were treated, if that is plain: broken, above all."""
    hinted = any(
        guess.intent == _FAULTY and guess.confidence >= _TOLD_BY_THE_WHOLE for guess in ranked[0]
    )
    if hinted and any(map(says_it_is_faulty, read)):
        return _FAULTY
    return next((name for name in seconds if name != _TREATED_BADLY), None)


def _is_category(intent: str) -> bool:
    return intent.startswith("complain_")


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
