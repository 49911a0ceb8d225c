"""Remedies: what a case may be offered, and why the rest may not.

Pure functions of the policy and a Situation: the same case gets the same offer, however
loud the customer is (R15). Nothing here asks the time, the shop or the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from complaints.entitlement import clause_of, entitlement, entitlements, is_with_them
from complaints.money import Money
from complaints.policy import KINDS, Entitlement
from complaints.promise import Due
from complaints.refunds import is_given_back
from complaints.situation import NEEDS, Situation

if TYPE_CHECKING:
    from complaints.policy import Policy

__all__ = [
    "Offers", "Option", "Refusal", "Situation",
    "counter", "fair_offers", "goodwill", "hand_off_reason", "needs_photo", "option_of",
]  # fmt: skip


@dataclass(frozen=True)
class Option:
    """Something the customer may have for the asking."""

    kind: str
    label: str
    due: Due
    clause: str  # of policy.yml: "damaged_item/replacement"
    amount: Money | None = None
    return_first: bool = False
    in_hand: bool = True  # whether it is about a thing they have, to keep or to send back
    asks_of_you: str | None = None
    asked_for: bool = False
    in_time: bool | None = None  # for their deadline; None when they named none

    @property
    def planned_at(self) -> datetime:
        return self.due.planned_at

    @property
    def told_at(self) -> datetime:
        return self.due.told_at


@dataclass(frozen=True)
class Refusal:
    """Something that cannot be done, why, and what can (R11)."""

    kind: str
    reason: str
    instead: tuple[str, ...]  # kinds that are among the options
    asked_for: bool = False


@dataclass(frozen=True)
class Offers:
    """All that policy allows in one situation, best first, and why the rest is not."""

    options: tuple[Option, ...]
    refused: tuple[Refusal, ...]

    def first(self, count: int = 3) -> tuple[Option, ...]:
        return self.options[:count]

    def option(self, kind: str) -> Option | None:
        return next((option for option in self.options if option.kind == kind), None)

    def refusal(self, kind: str) -> Refusal | None:
        return next((refusal for refusal in self.refused if refusal.kind == kind), None)


def fair_offers(policy: Policy, situation: Situation) -> Offers:
    """The remedies policy allows here, the customer's wishes first.

    1. Each wish, then each remedy of the category in its order, is allowed or refused.
    2. Every refusal names what can be done instead; should that be on no list of this
       category (a call, a written apology), it joins the options.
    3. A sum they ask for beyond the share we offer is refused; the share stays on offer.

    What the customer said no to is neither offered nor refused. No options at all means
    that nothing policy has suits them: then it is a person's turn (R12).
    """
    if not policy.category(situation.category).about_an_item:
        # A lost parcel is the whole order, its delivery charge too, however few things are in it.
        situation = replace(situation, line=None)
    options: dict[str, Option] = {}
    unmet: dict[str, str] = {}
    for kind in _in_order(policy, situation):
        failed = _unmet(policy, situation, kind)
        if failed is None:
            options[kind] = option_of(policy, situation, kind)
        else:
            unmet[kind] = failed

    refusals = []
    for kind in unmet:
        instead = _ways_out(policy, situation, kind)
        known = tuple(other for other in instead if other in options)
        if instead and not known:
            known = instead[:1]
            options[known[0]] = option_of(policy, situation, known[0])
        reason = _reason(policy, situation, unmet, kind)
        asked_for = kind in situation.wish and not _is_just_put_right(policy, situation, kind)
        refusals.append(Refusal(kind, reason, known, asked_for))
    if situation.wish_amount is not None and "partial_refund" in options:
        answer = counter(policy, situation, situation.wish_amount)
        if isinstance(answer, Refusal):
            refusals.append(answer)
    return Offers(tuple(options.values()), tuple(refusals))


def counter(policy: Policy, situation: Situation, amount: Money) -> Option | Refusal:
    """What becomes of "give me £20 back and I'll keep it".

    Up to the share policy offers they get that share, even if they asked for less: who asks
    modestly is not to be worse off than who was told (R15). The whole price is a full refund.
    Anything else is refused, with what can be done instead.
    """
    asked = {"partial_refund", "full_refund"}
    allowing = replace(situation, refused=situation.refused - asked, wish_amount=None)
    offers = fair_offers(policy, allowing)
    part, whole = offers.option("partial_refund"), offers.option("full_refund")
    if part is not None and _at_most(amount, part.amount):
        return replace(part, asked_for=True)
    if whole is not None and amount == whole.amount:
        return replace(whole, asked_for=True)
    if part is None and (refusal := offers.refusal("partial_refund")) is not None:
        return replace(refusal, asked_for=True)
    reason = "too_much" if part is not None else "not_for_this"
    why = policy.remedies["partial_refund"].otherwise[reason]
    declined = situation.refused - {"partial_refund"}
    possible = [option.kind for option in offers.options if option.kind not in declined]
    money = tuple(kind for kind in possible if kind in asked)
    return Refusal("partial_refund", why, money or tuple(possible[:1]), asked_for=True)


def goodwill(policy: Policy, situation: Situation) -> Money | None:
    """The unexpected kindness of this category, within what a customer may have in a year."""
    kindness = policy.category(situation.category).goodwill
    left = _goodwill_left(policy, situation)
    if kindness is None or left <= Money.zero(left.currency):
        return None
    return min(kindness, left, policy.goodwill.per_case)


def hand_off_reason(policy: Policy, situation: Situation) -> str | None:
    """Why policy wants a person on this case, in words for that person; None if it does not."""
    rules = policy.category(situation.category).hand_off_if
    order = situation.order
    if rules.always:
        return "complaints of this kind always go to a person"
    if rules.repeat and situation.repeat:
        return "it has gone wrong before, so a senior person takes it"
    if order is not None and rules.order_cancelled and order.status == "cancelled":
        return "the order was cancelled; its money has to be traced"
    if order is not None and order.total.currency != policy.goodwill.per_case.currency:
        return f"the order was paid in {order.total.currency}, in which policy names no limits"
    if order is not None and rules.order_over and not _at_most(order.total, rules.order_over):
        return f"the order is worth {order.total}, above {rules.order_over}"
    claimed = situation.claimed
    for name in (situation.category, *situation.also):
        limit = policy.category(name).hand_off_if.claim_over
        if claimed is not None and limit and not _at_most(claimed, limit):
            return f"they say {claimed} was taken wrongly, above {limit}"
    return None


def needs_photo(policy: Policy, situation: Situation) -> bool:
    """Whether so much is at stake that a photo may be asked for (R14: not for small amounts)."""
    above = policy.category(situation.category).photo_above
    price = situation.price
    return above is not None and price is not None and not _at_most(price, above)


def _is_just_put_right(policy: Policy, situation: Situation, kind: str) -> bool:
    """Whether "fix it" asks for no workshop, as where nothing that was bought is broken."""
    return kind == "repair" and not policy.category(situation.category).about_an_item


def _reason(policy: Policy, situation: Situation, unmet: Mapping[str, str], kind: str) -> str:
    """Why not, in a customer's words, and in those of their complaint where it has its own."""
    if kind == "full_refund" and unmet.get("partial_refund") == "claimed":
        kind = "partial_refund"  # "refund me", of a wrong charge, means what was taken
    of_this = policy.category(situation.category).not_for_this
    if unmet[kind] == "not_for_this" and of_this:
        return of_this
    return policy.remedies[kind].otherwise[unmet[kind]]


def _in_order(policy: Policy, situation: Situation) -> list[str]:
    """Wishes first, each kind once, without those they said no to."""
    listed = [each.kind for each in entitlements(policy, situation)]
    wished = [kind for kind in (*listed, *KINDS) if kind in situation.wish]
    known = dict.fromkeys(kind for kind in (*wished, *listed) if kind in policy.remedies)
    return [kind for kind in known if kind not in situation.refused]


def _unmet(policy: Policy, situation: Situation, kind: str) -> str | None:
    """The first condition of a remedy that does not hold: a key of its `otherwise`."""
    remedy = policy.remedies[kind]
    owed = entitlement(policy, situation, kind)
    if owed is None:
        return "not_for_this"
    for need in remedy.needs:
        if not NEEDS[need](situation):
            return need
    if _is_too_late(policy, situation, remedy.within_days) and not owed.as_claimed:
        return "within"  # money taken wrongly is owed however long ago it was
    if owed.amount is not None:
        left = _goodwill_left(policy, situation)
        if not _at_most(owed.amount, left):
            return "goodwill_left"
    if owed.as_claimed:
        return None if situation.claim_is_believable else "claimed"
    if is_given_back(situation, kind, _amount(situation, owed)):
        return "given_back"
    return None


def _is_too_late(policy: Policy, situation: Situation, days: int | None) -> bool:
    # What has not arrived yet is never too late: the waiting is the complaint.
    arrived_on = situation.order.delivered_on if situation.order is not None else None
    return (arrived_on is not None and days is not None) and (
        policy.calendar.today(situation.at) > arrived_on + timedelta(days)
    )


def option_of(policy: Policy, situation: Situation, kind: str) -> Option:
    """The remedy as it would be given here, whether policy allows it or not."""
    remedy = policy.remedies[kind]
    owed = entitlement(policy, situation, kind) or Entitlement(kind)
    due = remedy.arrives.due(policy.calendar, situation.at)
    deadline = situation.deadline
    # Nothing can be kept or sent back before it has arrived, nor for money taken by mistake.
    here = situation.order is None or is_with_them(policy, situation)
    in_hand = here and not owed.as_claimed
    return Option(
        kind=kind,
        label=remedy.label,
        due=due,
        clause=clause_of(policy, situation, kind),
        amount=_amount(situation, owed),
        return_first=remedy.return_first and in_hand,
        in_hand=in_hand,
        asks_of_you=remedy.asks_of_you if in_hand else None,
        asked_for=kind in situation.wish,
        in_time=situation.day_of(due.told_at, policy.zone) <= deadline if deadline else None,
    )


def _amount(situation: Situation, owed: Entitlement) -> Money | None:
    order, price = situation.order, situation.price
    if order is None or price is None:
        return owed.amount
    if owed.as_claimed:
        return situation.claimed
    if owed.percent is not None:
        return price.percent(owed.percent)
    if owed.kind == "full_refund":
        return price
    return order.shipping if owed.kind == "refund_shipping" else owed.amount


def _ways_out(policy: Policy, situation: Situation, kind: str) -> tuple[str, ...]:
    """What can be done instead of `kind`: its alternatives, else theirs, that hold here."""
    seen, waiting = {kind}, list(policy.remedies[kind].instead)
    possible = []
    while waiting:
        other = waiting.pop(0)
        if other in seen:
            continue
        seen.add(other)
        if other not in situation.refused and _unmet(policy, situation, other) is None:
            possible.append(other)
        else:
            waiting += policy.remedies[other].instead
    return tuple(possible)


def _goodwill_left(policy: Policy, situation: Situation) -> Money:
    limit = policy.goodwill.per_customer_per_year
    return limit - (situation.goodwill_given_this_year or Money.zero(limit.currency))


def _at_most(amount: Money, limit: Money | None) -> bool:
    """Whether an amount is surely within a limit; in another currency nobody can be sure."""
    return limit is not None and amount.currency == limit.currency and amount <= limit
