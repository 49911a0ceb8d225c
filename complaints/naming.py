"""Naming: what the customer calls the thing, and their wish when they say yes to it by its name."""

import re

from complaints.case import Case
from complaints.heard import Heard
from complaints.question import Question

_SHORT = 7  # words; a longer yes says more than yes
_YES = re.compile(r"\s*(?:yes|yep|yeah|yup|aye|correct|exactly|right|sure)\b", re.IGNORECASE)
_WHAT_ABOUT = re.compile(
    r"\s*(?:(?:and|but|so|ok|okay|right)[\s,]+)*(?:what|how) (?:about|of)\b", re.I
)
_NEW_ONE = re.compile(
    r"\W*(?:ok |then |just )*(?:a |the |my )?(?:new|replacement) [a-z]+(?: please| then)?\W*",
    re.IGNORECASE,
)
_INSTEAD = r"\b(?:instead of|rather than|in place of|ordered|bought|paid for)\s+(?:the |a |an |my |our |one )?"


def item(case: Case, heard: Heard) -> str | None:
    """The name they give the thing they bought; None when they named it before."""
    named = [str(each) for each in heard.details.get("item", ())]
    if not named or (case.item and heard.intent != "correct" and case.pending != Question.ITEM):
        return None  # the first name they gave it is the one to use
    # "A toaster instead of the kettle": what came is named before what they bought.
    bought = (each for each in named if re.search(_INSTEAD + re.escape(each), heard.words, re.I))
    first = next(bought, named[0])
    return first.lower() if first.isupper() else first


def says_yes_to_a_wish(heard: Heard) -> bool:
    """Whether it is a yes that names what they want: "yes, the refund"."""
    says_yes = bool(_YES.match(heard.words)) and len(heard.words.split()) <= _SHORT
    return says_yes and "remedy" in heard.details


def says_wish_again(case: Case, heard: Heard) -> bool:
    """Whether it is a yes that names the wish which was read back: "yes, the refund"."""
    return says_yes_to_a_wish(heard) and set(heard.details["remedy"]) == set(case.wish_kinds)


def wants_a_new_one(heard: Heard) -> bool:
    """Whether all it says is that they want another of it: "new kettle", "a new one please"."""
    return bool(_NEW_ONE.fullmatch(heard.words))


def comes_back_to_it(case: Case, heard: Heard) -> bool:
    """Whether it only names again what went wrong: "and what about the double charge?"."""
    about = bool(_WHAT_ABOUT.match(heard.words)) and case.category in heard.categories
    return about and "remedy" not in heard.details
