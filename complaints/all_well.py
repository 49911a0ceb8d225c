"""Is all well? What a customer types when they were asked that, instead of pressing a button.

A senior person called for nothing is the lesser harm; a case closed over somebody who is
still waiting is the greater. So only what is plainly a yes is one.
"""

import re
from enum import StrEnum

from complaints.case import Case
from complaints.follow_up import FollowUpAnswer
from complaints.heard import Heard
from complaints.orders import plain_number
from complaints.two_things import ANOTHER

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


class Unclear(StrEnum):
    """A yes with a but: they are asked which it is."""

    UNCLEAR = "unclear"


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
    if other_order or (ANOTHER.search(heard.words) and not same_trouble):
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
