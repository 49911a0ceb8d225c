"""Is all well? What a customer types when they were asked that, instead of pressing a button.

A senior person called for nothing is the lesser harm; a case closed over somebody who is
still waiting is the greater. So only what is plainly a yes is one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from complaints import asking, how_it_was, which_case
from complaints.case import Case
from complaints.follow_up import WORDS_WITHIN, FollowUp, FollowUpAnswer
from complaints.heard import Heard
from complaints.orders import plain_number
from complaints.two_things import ANOTHER

WORDS = "words"  # to the scores of a follow-up

_NO_TROUBLE = re.compile(
    r"\b(?:no|without(?: any)?|not any|any more|nothing)\s+(?:more |further )?"
    r"(?:problems?|issues?|complaints?|trouble|faults?|wrong)\b|\bcouldn['’]?t be (?:happier|better)\b"
    r"|\bcan['’]?t complain\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:yes|yep|yeah|yup|aye|all (?:good|well|fine|sorted|ok|okay)|(?:is|was|it['’]?s) (?:now |back )?(?:here|there)"
    r"|came|come|arrived|got it|received|works?|working|perfect(?:ly)?|great|lovely|brilliant|happy|pleased"
    r"|sorted|fine|good|excellent|spot on|thumbs up)\b|👍|😀|😊|🙂",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:no|not|never|nothing|isn|wasn|hasn|haven|don|doesn|didn|won|can|couldn)['’]?t?\b"
    r"|\b(?:still|again|but|yet|only|except|although|though|however|broken?|cracked|damaged|faulty|wrong"
    r"|missing|late|another|different|unhappy|disappointed|worse)\b",
    re.IGNORECASE,
)
_ANOTHER_MATTER = re.compile(
    r"\b(?:another|other|second|one more|different) (?:thing|problem|issue|order|complaint)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\s*(?:yes|yep|yeah|yup|aye)\b|\b(?:that|this|the other) one\b|\b(?:as well|too|also)\b",
    re.IGNORECASE,
)
_AS_WELL = re.compile(r"\bas well\b", re.IGNORECASE)
_STILL_TROUBLE = re.compile(
    r"\b(?:still|again|broken?|broke|cracked|damaged|faulty|leak\w*|wrong|missing|works?|working)\b",
    re.IGNORECASE,
)
# Intents that a score may sound like; whatever else is an aside asks for something.
_SOUNDS_LIKE = ("thank", "goodbye", "greet", "insult", "report_still_wrong", "dont_have_it")
_HOW_THEY_WERE_TREATED = {"poor_service", "other"}


class Unclear(StrEnum):
    """A yes with a but: they are asked which it is."""

    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Said:
    """What a message says, and to which question: an answer, "unclear", "words", or scores."""

    asked: FollowUp
    case: Case
    what: str


def said_to(were: Sequence[tuple[FollowUp, Case]], heard: Heard, now: datetime) -> Said | None:
    """The newest question of ours that a message fits, of those that `were` asked; else None.

    1. "Is all well?", of the thing they name where they name one.
    2. A score that was asked for, if they plainly give one.
    3. Only what answers no open question is kept as words: of a score, or added to one.
    """
    if heard.pressed or heard.danger or not heard.words:
        return None
    named = _named([case for _, case in were], heard)
    waiting = sorted(were, key=lambda each: _asked_last(each[0]), reverse=True)
    may_be_open = [each for each, case in waiting if each.is_open and named in (None, case)]
    of_another = bool(may_be_open and _OF_ANOTHER.search(heard.words))
    for asked, case in waiting:
        what: str | None = None
        if asked in may_be_open:
            what = answer_in(heard, case)
        elif asked.waits_for_score(now) and not of_another:
            what = _scores_in(heard, asked)
        if what:
            return Said(asked, case, what)
    says_more = not heard.opens_a_case and not heard.is_aside
    for asked, case in waiting:
        fresh = asked.words is None or now < _asked_last(asked) + WORDS_WITHIN
        if asked.waits_for_score(now) and says_more and fresh and not heard.only_asks:
            return Said(asked, case, WORDS)
        thanks_too = not heard.opens_a_case and heard.intent == "thank"
        if asked.waits_for_words(now) and (says_more or thanks_too):
            return Said(asked, case, WORDS)
    return None


def answer_in(heard: Heard, case: Case) -> FollowUpAnswer | Unclear | None:
    """What the message says to the question; None when it speaks of something else."""
    if heard.pressed or heard.danger or not heard.words:
        return None
    if heard.intent == "ask_for_person":
        return FollowUpAnswer.PERSON
    number = heard.detail("order_number")
    other_order = number and plain_number(number) != plain_number(case.order_number)
    # "Cracked as well" says it of the new one; of another kind of trouble it is a second matter.
    same_trouble = case.category in heard.categories and not _ANOTHER_MATTER.search(heard.words)
    # "That one is fine as well" is a yes to this question after one to another.
    beside = heard.words if heard.categories else _AS_WELL.sub(" ", heard.words)
    if other_order or (ANOTHER.search(beside) and not same_trouble):
        return None
    plainly = _NO_TROUBLE.sub(" ", heard.words)
    no_trouble = plainly != heard.words
    hedged = bool(_BUT.search(plainly))
    if no_trouble and not hedged:
        return FollowUpAnswer.ALL_GOOD
    if heard.intent in ("report_still_wrong", "deny") or heard.categories:
        return FollowUpAnswer.NOT_RIGHT
    if heard.is_aside and heard.intent not in ("thank", "goodbye"):
        return None
    says_yes = heard.intent in ("affirm", "praise") or bool(_YES.search(plainly))
    is_half_heard = heard.intent == "nlu_fallback" and hedged  # "not really, the lid is loose"
    if (says_yes or is_half_heard) and not heard.only_asks:
        return Unclear.UNCLEAR if hedged else FollowUpAnswer.ALL_GOOD
    return None


def _asked_last(asked: FollowUp) -> datetime:
    return max(at for at in (asked.asked_at, asked.scores_asked_at, asked.scored_at) if at)


def _named(cases: Sequence[Case], heard: Heard) -> Case | None:
    """The case whose thing they name, where several were asked about."""
    plainly = {name: values for name, values in heard.details.items() if name != "choice"}
    return which_case.meant(cases, replace(heard, details=plainly)) if len(cases) > 1 else None


def _scores_in(heard: Heard, asked: FollowUp) -> str | None:
    """The score, or both, that the message begins with; not where it complains of the thing."""
    said = how_it_was.typed(heard.words)
    if said is None or (said.rest and _is_about_more(heard, said.rest)):
        return None
    open_now = [
        of
        for of, score in (
            (asking.OUTCOME, asked.outcome_score), (asking.TREATMENT, asked.treatment_score),
        )
        if score is None
    ]  # fmt: skip
    return " ".join(f"{of}:{score}" for of, score in zip(open_now, said.scores, strict=False))


def _is_about_more(heard: Heard, rest: str) -> bool:
    if set(heard.categories) - _HOW_THEY_WERE_TREATED or rest.endswith("?"):
        return True
    if heard.intent == "report_still_wrong":
        return bool(_STILL_TROUBLE.search(rest))
    return heard.is_aside and heard.intent not in _SOUNDS_LIKE
