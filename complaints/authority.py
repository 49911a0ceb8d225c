"""Authority: what a person may offer. Policy first; beyond it, a reason and their role's limit."""

from dataclasses import replace

from complaints.case import Case, OfferStatus
from complaints.errors import Conflict, NotAllowed
from complaints.instructing import SHOP_CARRIES_OUT
from complaints.matter import Matter
from complaints.money import Money
from complaints.people import Person, Role
from complaints.policy import Policy
from complaints.remedy import Option, fair_offers, option_of
from complaints.situation import Situation

_IN_MONEY = ("partial_refund", "full_refund", "refund_shipping", "voucher")
_FREE = ("call_back", "written_apology")


def granted(
    policy: Policy, person: Person, case: Case, matter: Matter, kind: str,
    amount: Money | None, reason: str | None,
) -> Option:  # fmt: skip
    """What may be offered, in the amount it may have.

    Raises NotAllowed when a reason is missing or a lead has to offer it, Conflict when it
    cannot be carried out at all.
    """
    if kind not in policy.remedies:
        raise NotAllowed(f"{kind!r} is no remedy; there are {', '.join(policy.remedies)}")
    if amount is not None and kind not in _IN_MONEY:
        raise NotAllowed(f"{kind} has no amount; leave it out")
    asked = _asked(matter, kind)
    owed = fair_offers(policy, asked).option(kind)
    if owed and (amount is None or amount == owed.amount):
        return owed
    if owed and owed.amount and amount and amount < owed.amount:
        raise NotAllowed(f"policy gives {owed.amount}; nobody is offered less than that")
    if kind in SHOP_CARRIES_OUT and matter.order is None:
        raise Conflict(f"{kind} needs their order: note its number and make sure it is theirs")
    worth = _worth(matter, kind, amount)
    _demand_reason(kind, reason)
    _demand_authority(policy, person, case, worth)
    option = option_of(policy, asked, kind)
    clause = f"{case.category or 'other'}/{kind} beyond"
    return Option(
        kind=kind,
        label=option.label,
        due=option.due,
        clause=clause,
        amount=amount or (option.amount if kind in _IN_MONEY else None),
        return_first=option.return_first,
        asks_of_you=option.asks_of_you,
    )


def _asked(matter: Matter, kind: str) -> Situation:
    """As if the customer had asked for just that: policy says whether it is theirs."""
    return replace(matter.situation, wish=frozenset([kind]), refused=frozenset())


def _worth(matter: Matter, kind: str, amount: Money | None) -> Money | None:
    """What it costs us; None when nothing says so."""
    order = matter.order
    if kind in _FREE:
        return Money.zero((amount or _zero(matter)).currency)
    if kind == "full_refund":
        amount = amount or matter.situation.price
    elif kind == "refund_shipping" and order is not None:
        amount = amount or order.shipping
    elif kind in _IN_MONEY:
        if amount is None:
            raise NotAllowed(f"say how much: {kind} is given in money")
    else:
        return matter.situation.price
    if amount and order and kind != "voucher" and amount > order.total:
        raise Conflict(
            f"{amount} is more than the {order.total} that was paid; give the rest as a voucher"
        )
    return amount


def _zero(matter: Matter) -> Money:
    return Money.zero(matter.order.currency if matter.order else "GBP")


def _demand_reason(kind: str, reason: str | None) -> None:
    if not reason or not reason.strip():
        raise NotAllowed(f"{kind} goes beyond policy here; say why, for the record")


def _demand_authority(policy: Policy, person: Person, case: Case, worth: Money | None) -> None:
    limit = policy.authority.of(person.role)
    before = [
        offer.money
        for offer in case.offers
        if offer.reason
        and offer.money
        and offer.money.currency == limit.currency
        and offer.status in (OfferStatus.PENDING, OfferStatus.ACCEPTED)
    ]
    given = sum(before, Money.zero(limit.currency))
    if worth is None or worth.currency != limit.currency:
        # No limit can be held against it; somebody has to be able to decide all the same.
        enough = [Role.MANAGER]
    else:
        enough = [role for role in Role if worth + given <= policy.authority.of(role)]
    if person.role in enough:
        return
    so_far = f" and {given} was given beyond policy already" if given else ""
    mine = f"that is worth {worth or 'an unknown sum'}{so_far}; {_a(person.role)} may give {limit}"
    if not enough:
        raise NotAllowed(
            f"{mine}, and nobody may give that much; offer less (policy.yml, authority)"
        )
    raise NotAllowed(f"{mine}, so {_a(enough[0])} has to offer it")


def _a(role: str) -> str:
    return f"an {role}" if role == Role.AGENT else f"a {role}"
