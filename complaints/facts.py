"""The facts of a case that a person may put right, each to what it can be."""

from collections.abc import Callable
from datetime import date
from typing import Any

from complaints.case import Case, OfferStatus
from complaints.errors import MoneyError, NotAllowed
from complaints.money import Money
from complaints.policy import Policy

# What a remedy, or a promise, cannot be kept without.
_MEANS = {
    "call_back": ("phone", "telephone number"),
    "written_apology": ("email", "e-mail address"),
    "voucher": ("email", "e-mail address"),
}


def correct(case: Case, name: str, value: str, policy: Policy) -> str | None:
    """Writes the fact down, and gives what stood there before. An empty value takes it out.

    Raises NotAllowed for a name that is no fact, or a value it cannot have.
    """
    if name not in FACTS:
        raise NotAllowed(f"{name!r} is no fact of a case; there are {', '.join(FACTS)}")
    value = value.strip()
    if name == "story":
        _tell_more(case, value, policy)
        return None
    if name == "amount":
        return _correct_amount(case, value, policy)
    was = getattr(case, name)
    setattr(case, name, _read(name, value, policy) if value else None)
    if name in case.from_shop:
        case.from_shop.remove(name)
    if name == "order_number" and was != case.order_number:
        # Another order has not been shown to be theirs, nor is what was offered for the old one.
        case.proved_by, case.sku, case.proof_failures = None, None, 0
        clear_the_table(case)
    if name in ("sku", "category") and was != getattr(case, name):
        clear_the_table(case)
    return None if was is None else str(was)


def lacks_means(case: Case, kind: str) -> str | None:
    """What is missing to keep it: where to call, or where to write."""
    field, called = _MEANS.get(kind, (None, None))
    return called if field and not getattr(case, field) else None


def clear_the_table(case: Case) -> None:
    """Offers for the wrong thing are no offers."""
    for offer in case.pending_offers():
        offer.status = OfferStatus.LAPSED


def _text(most: int) -> Callable[[str, Policy], str]:
    def read(value: str, _: Policy) -> str:
        if len(value) > most:
            raise NotAllowed(f"that has {len(value)} characters; {most} is the most")
        return value

    return read


def _day(value: str, _: Policy) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise NotAllowed(f"'{value}' is no day; write it like 2026-11-28") from None


def _category(value: str, policy: Policy) -> str:
    return policy.category(value).name


FACTS: dict[str, Callable[[str, Policy], Any]] = {
    "story": _text(2000),
    "customer_name": _text(200),
    "email": _text(320),
    "phone": _text(40),
    "postcode": _text(20),
    "order_number": _text(40),
    "sku": _text(60),
    "item": _text(200),
    "category": _category,
    "wish": _text(2000),
    "impact": _text(2000),
    "happened_on": _day,
    "deadline": _day,
    "amount": _text(20),
    "needs": _text(2000),
}


def _read(name: str, value: str, policy: Policy) -> Any:
    return FACTS[name](value, policy)


def _tell_more(case: Case, value: str, policy: Policy) -> None:
    """Adds to what happened; what the customer wrote themself stays word for word."""
    if not value:
        raise NotAllowed("write what happened; what the customer wrote is not taken out")
    value = _read("story", value, policy)
    if value not in case.story:
        case.story.append(value)


def _correct_amount(case: Case, value: str, policy: Policy) -> str | None:
    was = case.claimed
    try:
        money = Money.parse(value, policy.goodwill.per_case.currency) if value else None
    except MoneyError as unclear:
        raise NotAllowed(str(unclear)) from None
    case.amount = str(money.amount) if money else None
    case.currency = money.currency if money else None
    return str(was) if was else None
