"""Reads what each kind of complaint may be offered, and when a person takes over."""

from __future__ import annotations

import re

from complaints.money import Money
from complaints.policy import KINDS, Category, Entitlement, GoodwillLimits, HandOffRules
from complaints.policy_file.text import Section, Value

ASK_FOR = ("order_number", "item", "email")


def read_categories(
    section: Section, everywhere: HandOffRules, limits: GoodwillLimits, limit_line: int
) -> dict[str, Category]:
    """Every category by its name; `everywhere` holds where a category says nothing else."""
    categories: dict[str, Category] = {}
    for name in section.entries:
        if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name):
            section.refuse(f"'{name}' cannot name a category; write it like late_delivery.", name)
        if entry := section.section(name, name):
            categories[name] = _category(name, entry, everywhere, limits.per_case.currency)
            _check_goodwill(entry, categories[name], limits.per_case, limit_line)
    if "other" not in categories or not categories["other"].hand_off_if.always:
        section.refuse(
            "a complaint on none of these lists must reach a person; "
            "write other: with hand_off_if: {always: yes}.",
            "other",
        )
    return categories


def read_hand_off_if(
    parent: Section, currency: str, otherwise: HandOffRules | None = None
) -> HandOffRules:
    """When a person takes over; what is not said here stays as in `otherwise`."""
    rules = otherwise or HandOffRules()
    section = parent.section("hand_off_if")
    if section is None:
        return rules
    section.allow("always", "repeat", "order_cancelled", "order_over", "claim_over")

    def yes(key: str, unsaid: bool) -> bool:
        value = section.value(key)
        return value.yes_no() if value else unsaid

    def money(key: str, unsaid: Money | None) -> Money | None:
        value = section.value(key)
        return value.money(currency) if value else unsaid

    return HandOffRules(
        always=yes("always", rules.always),
        repeat=yes("repeat", rules.repeat),
        order_cancelled=yes("order_cancelled", rules.order_cancelled),
        order_over=money("order_over", rules.order_over),
        claim_over=money("claim_over", rules.claim_over),
    )


def _category(name: str, section: Section, everywhere: HandOffRules, currency: str) -> Category:
    section.allow(
        "label", "ask_for", "photo_above", "offer", "once_arrived", "goodwill", "hand_off_if",
        "not_for_this",
    )  # fmt: skip
    section.demand("label", "what it is, to be read after the word about")
    label, photo, kindness, why_not = (
        section.value(key) for key in ("label", "photo_above", "goodwill", "not_for_this")
    )
    category = Category(
        name=name,
        label=(label.words(most=60) if label else None) or name,
        ask_for=_ask_for(name, section),
        photo_above=photo.money(currency) if photo else None,
        offer=_offer(name, section, "offer", currency),
        once_arrived=_offer(name, section, "once_arrived", currency),
        goodwill=kindness.money(currency) if kindness else None,
        hand_off_if=read_hand_off_if(section, currency, everywhere),
        not_for_this=why_not.words() if why_not else None,
    )
    has_offer = "offer" in section
    if not has_offer and not category.hand_off_if.always:
        section.refuse(
            f"{name} offers nothing and calls no person; write offer: [call_back], "
            "or hand_off_if: {always: yes}."
        )
    if has_offer and category.hand_off_if.always:
        section.refuse(
            f"{name} always goes to a person, so nobody would see what it offers; keep one of them.",
            "offer",
        )
    return category


def _ask_for(name: str, section: Section) -> tuple[str, ...]:
    words = [item.word(ASK_FOR) for item in section.each("ask_for") if isinstance(item, Value)]
    if "item" in words and "order_number" not in words:
        section.refuse(
            f"{name} asks for an item, which is found in an order; "
            "write ask_for: [order_number, item].",
            "ask_for",
        )
    return tuple(word for word in words if word)


def _offer(name: str, section: Section, key: str, currency: str) -> tuple[Entitlement, ...]:
    found: dict[str, Entitlement] = {}
    items = list(section.each(key))
    if key in section and not items and not section.is_one_value(key):
        section.refuse(f"{name} offers an empty list; write {key}: [call_back].", key)
    for item in items:
        entitlement = _entitlement(name, item, currency)
        if entitlement is not None and entitlement.kind in found:
            item.refuse(f"{name} offers {entitlement.kind} twice; keep one of them.")
        elif entitlement is not None:
            found[entitlement.kind] = entitlement
    return tuple(found.values())


def _entitlement(name: str, item: Value | Section, currency: str) -> Entitlement | None:
    """replacement, {partial_refund: 30%}, {partial_refund: claimed}, {voucher: 10.00} or
    {resend_part: named}."""
    if isinstance(item, Section):
        return _measured(name, item, currency)
    kind = item.word(KINDS)
    if kind == "partial_refund":
        item.refuse(f"{name} does not say how large a part; write {{partial_refund: 30%}}.")
    if kind == "voucher":
        item.refuse(f"{name} does not say what a voucher is worth; write {{voucher: 10.00}}.")
    return Entitlement(kind) if kind else None


def _measured(name: str, item: Section, currency: str) -> Entitlement | None:
    item.allow(*KINDS)
    if len(item.entries) > 1:
        item.refuse(f"{name} offers several remedies as one; give each its own {{...}}.")
    for kind in KINDS:
        value = item.value(kind)
        if value is None:
            continue
        if kind == "voucher":
            return Entitlement(kind, amount=value.money(currency))
        if kind == "partial_refund" and value.text == "claimed":
            return Entitlement(kind, as_claimed=True)
        if kind == "resend_part" and value.text == "named":
            return Entitlement(kind, if_named=True)
        if kind == "partial_refund":
            return Entitlement(kind, percent=value.percent())
        value.refuse(f"{name} gives {kind} a size, which it does not have; write just {kind}.")
    return None


def _check_goodwill(section: Section, category: Category, limit: Money, limit_line: int) -> None:
    """A voucher is a kindness too: with the goodwill after it, it must fit into one case."""
    nothing = Money.zero(limit.currency)
    offers = (*category.offer, *category.once_arrived)
    voucher = max((offer.amount for offer in offers if offer.amount), default=nothing)
    kindness = category.goodwill or nothing
    if kindness + voucher <= limit or not limit:  # a refused limit would be blamed again
        return
    if not kindness:
        offered = f"a voucher of {voucher.amount}"
    elif voucher:
        offered = f"{kindness.amount} goodwill beside a voucher of {voucher.amount}"
    else:
        offered = f"{kindness.amount} goodwill"
    section.refuse(
        f"{category.name} offers {offered}, "
        f"but a case may have at most {limit.amount} (line {limit_line}).",
        "goodwill" if kindness else "offer",
    )
