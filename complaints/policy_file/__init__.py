"""Reads policy.yml into a Policy, or says everything that is wrong with it at once.

Each fault is one sentence: its line, what is wrong, what to write instead. What is refused
here would otherwise meet a customer: a no without a why, a promise without a buffer, a
kindness we cannot afford.
"""

from __future__ import annotations

from complaints.policy import Policy
from complaints.policy_file.categories import read_categories, read_hand_off_if
from complaints.policy_file.goodwill import read_authority, read_goodwill
from complaints.policy_file.hours import read_hours, read_length, read_promises
from complaints.policy_file.remedies import read_remedies
from complaints.policy_file.text import PolicyFile

_PARTS = ("opening_hours", "promises", "goodwill", "authority", "remedies", "categories")


def read_policy(text: str, name: str) -> Policy:
    """The policy in `text`. Raises PolicyError with every fault, in the order of the lines."""
    file = PolicyFile(text, name)
    root = file.root
    root.allow("version", "hand_off_if", *_PARTS)
    sections = [root.section(part, part) for part in _PARTS if root.demand(part, "{…}")]
    found = [section for section in sections if section is not None]
    if len(found) < len(_PARTS):
        file.raise_faults()  # without a whole part the others cannot be judged
    opening_hours, promises, goodwill, authority, remedies, categories = found

    version = root.value("version") if root.demand("version", "2026-11-01") else None
    written_on = version.date() if version else None
    hours = read_hours(opening_hours)
    limits = read_goodwill(goodwill)
    beyond = read_authority(authority, limits.per_case.currency)
    timings = read_promises(promises, hours)
    follow_up_after = read_length(promises, "follow_up_after", "1 day")
    known = read_remedies(remedies, hours)
    if limits.invitation and "voucher" not in known:
        goodwill.refuse(
            "an invitation back is a voucher, and remedies has none; write voucher: there.",
            "invitation",
        )
    everywhere = read_hand_off_if(root, limits.per_case.currency)
    kinds_of_complaint = read_categories(
        categories, everywhere, limits, goodwill.line_of("per_case")
    )
    file.raise_faults()
    assert written_on and follow_up_after  # otherwise refused above
    return Policy(
        written_on, hours, timings, follow_up_after, limits, beyond, known, kinds_of_complaint
    )
