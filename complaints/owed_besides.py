"""Owed besides: money that we took wrongly is no alternative to a thing that works.

Who complains of both in one breath has a case for each: the thing first, then the money.
"""

import re

from complaints.case import Case
from complaints.policy import Policy
from complaints.question import Question
from complaints.resolution import GOODS

_TAKEN_WRONGLY = re.compile(
    r"\b(?:charg|took|tak|bill|debit)\w*\b[^.!?]{0,50}\b(?:twice|double|two times|too much|extra|more than|again)\b"
    r"|\b(?:paid|pay|paying)\b[^.!?]{0,50}\b(?:twice|double|two times)\b"
    r"|\b(?:over|double)[- ]?charg\w+|\b(?:double|two|second|duplicate|extra) (?:payment|charge|debit)s?\b",
    re.IGNORECASE,
)
_OF_BOTH = (
    "acknowledged_at", "proved_by", "order_number", "sku", "item", "damage", "impact", "amount",
    "currency", "happened_on", "needs", "heat",
)  # fmt: skip


def money_told_with(case: Case, policy: Policy) -> str | None:
    """The category of the money, when a case is about a thing as well; None when it is not both."""
    if case.category is None or case.accepted_offer() or case.handed_back_at:
        return None
    if not any(map(_TAKEN_WRONGLY.search, case.story)):
        return None  # "it cost me £20" takes nothing
    told = [policy.category(name) for name in (case.category, *case.other_categories)]
    things = [each for each in told if any(owed.kind in GOODS for owed in each.offer)]
    money = [each for each in told if each.about_money and each not in things]
    return money[0].name if things and money else None


def tell_apart(case: Case, besides: Case, policy: Policy, money: str) -> None:
    """Leaves the thing in `case`, and writes the money into `besides`."""
    if case.category == money:
        thing = next(
            name
            for name in case.other_categories
            if any(owed.kind in GOODS for owed in policy.category(name).offer)
        )
        case.category = thing
    case.other_categories = [n for n in case.other_categories if n not in (money, case.category)]
    owed = {each.kind for each in policy.category(money).offer if each.as_claimed}
    besides.category, besides.story = money, list(case.story)
    besides.wish_kinds = [kind for kind in case.wish_kinds if kind in owed]
    case.wish_kinds = [kind for kind in case.wish_kinds if kind not in owed]
    besides.without = [Question.WISH]  # what was taken wrongly is to come back
    share(case, besides)


def share(case: Case, besides: Case) -> None:
    """Takes over what was learned since, so that nothing is asked for the second half again."""
    besides.know_customer_of(case)
    for name in _OF_BOTH:
        if getattr(besides, name) in (None, 0):
            setattr(besides, name, getattr(case, name))


def told_in_one_breath(case: Case, besides: Case) -> bool:
    return bool(set(case.story) & set(besides.story))
