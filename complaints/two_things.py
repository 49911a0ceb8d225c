"""Two things in one message: where it turns from one order to another, it is cut in two.

"The glasses from W-10679 came broken. And W-10684 still hasn't arrived." Read as one, the second
order's number would be put to the first one's complaint. A sentence that tells of both is cut, too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz

from complaints.case import Case
from complaints.heard import COMPLAIN, Heard
from complaints.orders import plain_number
from complaints.question import Question

_LATE = "late_delivery"
ANOTHER = re.compile(
    r"\b(also|another (?:thing|problem|issue|order|complaint)|second (?:thing|problem|issue|complaint)|"
    r"other (?:thing|problem|issue|complaint|order)|as well|on top of that|and then there|"
    r"separate(?:ly)?|besides|one more (?:thing|problem))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_GOES_ON = re.compile(r"[,;]?\s+(?=(?:and|plus|also|but|then)\b)", re.IGNORECASE)
_OF_THE_SAME = re.compile(
    r"\b(?:from|in|of|with) the same (?:parcel|package|order|box|delivery)\b", re.IGNORECASE
)
_TELLS = 4  # words; "and not W-10957" tells of nothing
_WAITS_FOR_IT = re.compile(
    r"\b(?:late|never|still|waiting|not (?:here|come|arrived)|(?:hasn|hadn|didn)['’]?t (?:come|arrive\w*))\b",
    re.I,
)
_OF_BOTH = frozenset(["remedy", "refused_remedy", "deadline", "person_name", "email", "phone"])


def cut(
    heard: Heard, category: str | None = None, number: str | None = None
) -> tuple[Heard, Heard | None]:
    """The message in two, if it complains of a second order; else all of it and None.

    `category` and `number` are those of the case that is open.
    """
    sentences, turns = _pieces(heard)
    complained = {f"{COMPLAIN}{category}"} if category else set()
    for place, sentence in enumerate(sentences):
        intent = _intent_of(sentence, heard)
        numbers = _numbers_in(sentence, heard)
        others = [each for each in numbers if number and each != plain_number(number)]
        is_other = intent not in complained or place in turns or ANOTHER.search(sentence)
        other_thing = place and _names_another_thing(sentences[:place], sentence, heard)
        if place and _complains(intent) and complained and (other_thing or (others and is_other)):
            first, second = _part(heard, sentences[:place]), _part(heard, sentences[place:])
            if other_thing and not others:  # of the same parcel, most likely
                same = {n: v for n, v in heard.details.items() if n in ("order_number", "postcode")}
                second = replace(second, details={**same, **second.details})
            if place not in turns:
                return first, second
            # In one sentence, where it went to stands at the end for both.
            went_to = {n: values for n, values in heard.details.items() if n == "postcode"}
            first = replace(first, details={**went_to, **first.details})
            return _told_apart(first, second, heard)
        if _complains(intent):
            complained.add(intent)
        number = numbers[-1] if numbers else number
    return heard, None


def is_about_something_else(case: Case, heard: Heard) -> bool:
    """Whether the message complains of a second thing rather than saying more of the first."""
    if not heard.categories or not case.category or not case.story:
        return False
    number = heard.detail("order_number")
    if number and case.order_number and plain_number(number) != plain_number(case.order_number):
        return case.is_proved or bool(ANOTHER.search(heard.words))
    new_category = heard.categories[0] != case.category
    return new_category and bool(ANOTHER.search(heard.words)) and case.pending != Question.STORY


def asked_after(case: Case, noted: Sequence[Case], heard: Heard) -> Case | None:
    """Which of the complaints noted for later the message comes back to, if it does.

    "And what about the double charge?" is no news of the first, nor a third complaint.
    """
    if case.category in heard.categories or heard.detail("order_number"):
        return None
    return next((each for each in noted if each.category in heard.categories), None)


def _told_apart(first: Heard, second: Heard, heard: Heard) -> tuple[Heard, Heard]:
    """The halves of one sentence, which was heard as two kinds of complaint without saying where."""
    others = [name for name in heard.categories if name != _LATE]
    late = [bool(_WAITS_FOR_IT.search(half.text)) for half in (first, second)]
    if _LATE not in heard.categories or not others or late[0] == late[1]:
        return first, second
    kinds = [_LATE if is_late else others[0] for is_late in late]
    return tuple(
        replace(
            half, intent=f"{COMPLAIN}{kind}", also=(), sentences=((half.text, f"{COMPLAIN}{kind}"),)
        )
        for half, kind in zip((first, second), kinds, strict=True)
    )  # type: ignore[return-value]  # two in, two out


def _names_another_thing(before: Sequence[str], sentence: str, heard: Heard) -> bool:
    """Whether it goes on to another thing: "also the toaster from the same parcel has a dent"."""
    if not ANOTHER.search(sentence):
        return False
    if _OF_THE_SAME.search(sentence):
        return True
    items = [str(each).lower() for each in heard.details.get("item", ())]
    told = " ".join(before).lower()
    here = [each for each in items if each in sentence.lower()]
    return bool(here) and any(each in told for each in items) and not any(i in told for i in here)


def _pieces(heard: Heard) -> tuple[list[str], set[int]]:
    """The sentences, and which of them are the second half of one that names two orders."""
    pieces: list[str] = []
    turns: set[int] = set()
    for sentence in filter(str.strip, _SENTENCE.split(heard.words)):
        if turn := _turn_in(sentence, heard):
            turns.add(len(pieces) + 1)
            pieces += [sentence[: turn.start()], sentence[turn.end() :]]
        else:
            pieces.append(sentence)
    return pieces, turns


def _turn_in(sentence: str, heard: Heard) -> re.Match[str] | None:
    """Where a sentence goes on from a thing of one order to a thing of another."""
    named = [str(each) for each in heard.details.get("order_number", ())]
    places = sorted({sentence.find(each) for each in named} - {-1})
    if len(places) < 2:
        return None
    turn = next(reversed(list(_GOES_ON.finditer(sentence, places[0], places[1]))), None)
    if turn is None:
        return None
    halves = (sentence[: turn.start()], sentence[turn.end() :])
    return turn if min(len(each.split()) for each in halves) > _TELLS else None


def _intent_of(sentence: str, heard: Heard) -> str:
    """Understanding cuts elsewhere, and takes the numbers out: the nearest of its sentences."""
    nearest = max(
        heard.sentences, key=lambda each: fuzz.partial_ratio(each[0], sentence), default=None
    )
    return nearest[1] if nearest else heard.intent


def _complains(intent: str) -> bool:
    """Of a category, or without saying which: "I also have another problem"."""
    return intent == "complain" or intent.startswith(COMPLAIN)


def _numbers_in(sentence: str, heard: Heard) -> list[str]:
    said = plain_number(sentence)
    numbers = [plain_number(str(each)) for each in heard.details.get("order_number", ())]
    return [number for number in numbers if number in said]


def _part(heard: Heard, sentences: Sequence[str]) -> Heard:
    text = " ".join(sentences)
    intents = list(dict.fromkeys(_intent_of(each, heard) for each in sentences))
    complaints = [intent for intent in intents if _complains(intent)]
    lead = (complaints or [heard.intent if heard.categories == () else "inform"])[0]
    return replace(
        heard,
        text=text,
        intent=lead,
        also=tuple(intent for intent in intents if intent != lead),
        sentences=tuple((each, _intent_of(each, heard)) for each in sentences),
        details=_details_in(text, heard.details),
        rest=text,
    )


def _details_in(text: str, details: Mapping[str, Iterable[Any]]) -> dict[str, tuple[Any, ...]]:
    """Those that stand in the text, and those that may be meant of both."""
    said = plain_number(text)
    found = {
        name: tuple(
            value for value in values if name in _OF_BOTH or plain_number(str(value)) in said
        )
        for name, values in details.items()
    }
    return {name: values for name, values in found.items() if values}
