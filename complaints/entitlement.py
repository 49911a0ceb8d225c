"""Entitlements: which remedies the categories of a complaint offer, and in which order.

Most people complain of one thing. Who complains of two in one breath is offered something for
each, whichever was understood as the main one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaints.policy import Entitlement
from complaints.situation import Situation

if TYPE_CHECKING:
    from complaints.policy import Category, Policy


def entitlements(policy: Policy, situation: Situation) -> list[Entitlement]:
    """The best two for the main thing, the best one for each other, then the rest.

    Each kind comes once, with the share or sum of the category named first. What is about no
    order comes last: an apology for the tone is no reason to be offered less for the thing, and
    a complaint is not worth less for being a loud one (R15).
    """
    main, *besides = _categories(policy, situation)
    first = _offered(main, situation)
    others = [_offered(each, situation) for each in besides if each.about_an_order]
    last = [_offered(each, situation) for each in besides if not each.about_an_order]
    ranked = [*first[:2], *(each[0] for each in others if each), *first[2:]]
    ranked += [entitlement for each in others for entitlement in each[1:]]
    ranked += [entitlement for each in last for entitlement in each]
    known = {each.kind: each for each in reversed([*first, *ranked])}
    return [known[kind] for kind in dict.fromkeys(each.kind for each in ranked)]


def entitlement(policy: Policy, situation: Situation, kind: str) -> Entitlement | None:
    """What they may have of this kind; None when nothing they complain of offers it."""
    for each in entitlements(policy, situation):
        if each.kind == kind:
            return each
    return Entitlement(kind) if policy.remedies[kind].always else None


def clause_of(policy: Policy, situation: Situation, kind: str) -> str:
    """Where policy.yml says so: "damaged_item/replacement"."""
    for name in _names(policy, situation):
        if any(each.kind == kind for each in _offered(policy.category(name), situation)):
            return f"{name}/{kind}"
    return f"{situation.category}/{kind}"


def _categories(policy: Policy, situation: Situation) -> list[Category]:
    return [policy.category(name) for name in _names(policy, situation)]


def _names(policy: Policy, situation: Situation) -> list[str]:
    """The main category and the others; what has not come yet cannot be faulty as well."""
    here = situation.order is None or is_with_them(policy, situation)
    others = (name for name in situation.also if here or not policy.category(name).about_an_item)
    return [situation.category, *others]


def is_with_them(policy: Policy, situation: Situation) -> bool:
    """Whether they have it. Who complains of a delivery is believed rather than the books."""
    return _has_come(policy.category(situation.category), situation)


def _has_come(category: Category, situation: Situation) -> bool:
    # A lid that "never arrived" is missing from a box that did.
    return situation.has_arrived and not (category.once_arrived and situation.not_received)


def _offered(category: Category, situation: Situation) -> tuple[Entitlement, ...]:
    listed = (_has_come(category, situation) and category.once_arrived) or category.offer
    part_wished = situation.part and "resend_part" in situation.wish
    return tuple(each for each in listed if part_wished or not each.if_named)
