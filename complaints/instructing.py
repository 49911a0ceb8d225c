"""Instructing: what the shop must be told, so that a chosen remedy happens."""

from datetime import datetime

from complaints.case import Case, Offer
from complaints.mentioned import named_part
from complaints.money import Money
from complaints.outbox import OutboxMessage
from complaints.situation import Situation

SHOP_CARRIES_OUT = frozenset(
    [
        "replacement",
        "full_refund",
        "partial_refund",
        "repair",
        "resend_part",
        "refund_shipping",
        "voucher",
    ]
)


def instructions(
    case: Case, offer: Offer, situation: Situation, now: datetime
) -> list[OutboxMessage]:
    """What the shop is told to do; nothing when that takes a person."""
    kind = "voucher" if offer.is_goodwill else offer.kind
    if kind not in SHOP_CARRIES_OUT or situation.order is None:
        return []
    things = _things(case, offer, situation)
    key = f"{case.reference}:{offer.kind}"
    if offer.offered_by:
        key = f"{key}:{offer.id}"  # a person may give the same twice, and mean it
    keys = [key] if len(things) == 1 else [f"{key}:{sku}" for sku, _ in things]
    told = [
        instruction(case, each, kind, situation.order.number, sku, part, offer.money, now)
        for each, (sku, part) in zip(keys, things, strict=True)
    ]
    if offer.response == "full_refund":  # its confirmation promises the label
        label = f"{case.reference}:return_label" + (f":{offer.id}" if offer.offered_by else "")
        number = situation.order.number
        told.append(instruction(case, label, "return_label", number, offer.sku, None, None, now))
    return told


def instruction(
    case: Case, key: str, kind: str, order_number: str, sku: str | None, part: str | None,
    amount: Money | None, now: datetime,
) -> OutboxMessage:  # fmt: skip
    """One instruction, as `deliver` will bring it to the shop."""
    return OutboxMessage(
        key=key,
        transport="shop",
        payload={
            "key": key,
            "kind": kind,
            "order_number": order_number,
            "sku": sku,
            "amount": amount.as_json() if amount else None,
            "part": part,
        },
        case_reference=case.reference,
        due_at=now,
        created_at=now,
    )


def _things(case: Case, offer: Offer, situation: Situation) -> list[tuple[str | None, str | None]]:
    """Each thing, or part of it, that the shop must be told of apart."""
    if offer.kind == "resend_part":
        parts = [(line, named_part(line, case.story, case.wish)) for line in situation.lines]
        named = [(line.sku, part) for line, part in parts if part]
        return [*named] if len(named) == 1 else []  # which part it is, a person finds out
    if offer.kind in ("replacement", "repair"):
        return [(line.sku, None) for line in situation.lines]
    return [(offer.sku, None)]
