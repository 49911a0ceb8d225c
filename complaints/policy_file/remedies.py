"""Reads the remedies, and sees to it that no "no" stands alone (R11)."""

from __future__ import annotations

from complaints.policy import KINDS, Remedy
from complaints.policy_file.hours import read_timing
from complaints.policy_file.text import Section, Value
from complaints.promise import OpeningHours
from complaints.situation import NEEDS

# Worth nothing without knowing what was bought.
_ABOUT_AN_ORDER = (
    "replacement", "full_refund", "partial_refund", "repair", "resend_part", "refund_shipping",
)  # fmt: skip

# Why a remedy may be refused although its needs are met: see remedy.py.
_ALSO_REFUSED = {
    "full_refund": ("given_back", "not_for_this"),
    "partial_refund": ("claimed", "too_much", "given_back", "not_for_this"),
    "refund_shipping": ("given_back", "not_for_this"),
    "voucher": ("goodwill_left", "not_for_this"),
}


def read_remedies(section: Section, hours: OpeningHours) -> dict[str, Remedy]:
    section.allow(*KINDS)
    remedies: dict[str, Remedy] = {}
    entries: dict[str, Section] = {}
    for kind in KINDS:
        if kind not in section:
            section.refuse(
                f"remedies say nothing of {kind}, and customers will ask for it; "
                "describe it, even if no category offers it."
            )
        elif entry := section.section(kind, kind):
            entries[kind] = entry
            remedies[kind] = _remedy(kind, entry, hours)
    for kind, entry in entries.items():
        if remedies[kind].instead and not _has_way_out(kind, remedies):
            entry.refuse(
                f"whoever is refused {kind} may be refused everything named instead; "
                "add one that is always possible, such as call_back.",
                "instead",
            )
    return remedies


def _remedy(kind: str, section: Section, hours: OpeningHours) -> Remedy:
    section.allow(
        "label", "arrives", "asks_of_you", "return_first", "needs", "within", "otherwise",
        "instead", "always",
    )  # fmt: skip
    section.demand("label", "what the customer gets, in their words")
    label, asks, within = (section.value(key) for key in ("label", "asks_of_you", "within"))
    needs = _needs(kind, section)
    always = _yes(section, "always")
    conditions = [*needs, *(["within"] if within else [])]
    if always and (conditions or kind in _ALSO_REFUSED):
        section.refuse(
            f"{kind} is for whoever asks, so nothing may stand in its way; "
            "take out always, or what it needs.",
            "always",
        )
    elif not always:
        conditions += _ALSO_REFUSED.get(kind, ("not_for_this",))
    return Remedy(
        kind=kind,
        label=(label.words(most=60) if label else None) or kind,
        arrives=read_timing(section, "arrives", hours),
        needs=needs,
        within_days=within.days_of_delivery() if within else None,
        otherwise=_reasons(kind, section, conditions),
        instead=_instead(kind, section, conditions),
        return_first=_yes(section, "return_first"),
        asks_of_you=asks.words(most=100) if asks else None,
        always=always,
    )


def _needs(kind: str, section: Section) -> tuple[str, ...]:
    words = [item.word(NEEDS) for item in section.each("needs") if isinstance(item, Value)]
    if kind in _ABOUT_AN_ORDER and "order" not in words:
        section.refuse(
            f"{kind} cannot be worked out without an order; write needs: [order].", "needs"
        )
    return tuple(dict.fromkeys(word for word in words if word))


def _reasons(kind: str, section: Section, conditions: list[str]) -> dict[str, str]:
    """For each condition why it stands in the way: one reason for all, or one for each."""
    if not conditions:
        if "otherwise" in section:
            section.refuse(f"{kind} is never refused; take out otherwise.", "otherwise")
        return {}
    if not section.demand("otherwise", "why it is not possible, as you would tell a customer"):
        return {}
    if section.is_one_value("otherwise"):
        value = section.value("otherwise")
        reason = value.words() if value else None
        return dict.fromkeys(conditions, reason or "")
    reasons = section.section("otherwise")
    if reasons is None:
        return {}
    reasons.allow(*conditions)
    found = {}
    for condition in conditions:
        if condition not in reasons:
            reasons.refuse(
                f"{kind} can be refused because of {condition}, and the customer would not hear "
                f"why; write {condition}: and the reason."
            )
        elif value := reasons.value(condition):
            found[condition] = value.words() or ""
    return found


def _instead(kind: str, section: Section, conditions: list[str]) -> tuple[str, ...]:
    if conditions and "instead" not in section:
        section.refuse(
            f"{kind} can be refused, and nothing is offered in its place; "
            "write instead: [call_back]."
        )
    kinds = [item.word(KINDS) for item in section.each("instead") if isinstance(item, Value)]
    if kind in kinds:
        section.refuse(f"{kind} is its own alternative; name another remedy.", "instead")
    return tuple(other for other in kinds if other and other != kind)


def _has_way_out(kind: str, remedies: dict[str, Remedy]) -> bool:
    """Whether following the alternatives leads to one that is possible whatever happened."""
    seen, waiting = set(), [kind]
    while waiting:
        remedy = remedies.get(waiting.pop())
        if remedy is None or remedy.kind in seen:
            continue
        if remedy.always:
            return True
        seen.add(remedy.kind)
        waiting += remedy.instead
    return False


def _yes(section: Section, key: str) -> bool:
    value = section.value(key)
    return value.yes_no() if value else False
