"""Whose words: the customer's own, or what a person wrote down for them.

A person who corrects a fact, or adds to what happened, writes in the customer's place: on the
telephone, say. Whoever reads it later, the customer too, must not take it for what they wrote.
The log knows who wrote what; what was written over since is whoever's who wrote over it.
"""

from collections.abc import Mapping

from complaints.case import Case


def written_by(case: Case, fact: str, text: str | None) -> str | None:
    """The sign-in name of the person whose words these are; None for the customer's own."""
    for entry in reversed(case.corrections):
        if entry.detail.get("fact") == fact and (entry.detail.get("now") or "").strip() == text:
            return entry.actor
    return None


def own_story(case: Case) -> list[str]:
    """What happened, as the customer wrote it."""
    return [words for words in case.story if written_by(case, "story", words) is None]


def noted_story(case: Case) -> list[str]:
    """What happened, as people wrote it down for them."""
    return [words for words in case.story if written_by(case, "story", words)]


def story_with_names(case: Case, names: Mapping[str, str]) -> list[str]:
    """Every word of it; before what a person wrote stands who did."""
    return [with_name(case, "story", words, names) for words in case.story]


def with_name(case: Case, fact: str, text: str, names: Mapping[str, str]) -> str:
    """ "Ines Duarte wrote: the lid is cracked too"; the customer's own words as they are."""
    by = written_by(case, fact, text)
    return f"{names.get(by, by)} wrote: {text}" if by else text


def not_their_own(case: Case, names: Mapping[str, str]) -> dict[str, str]:
    """Of the summary's parts those that hold no word of the customer's own, by whose they are."""
    parts = {"cost": ("impact", case.impact), "wants": ("wish", case.wish),
             "needs": ("needs", case.needs)}  # fmt: skip
    if case.story and not own_story(case):
        parts["happened"] = ("story", case.story[-1])
    found = {part: written_by(case, fact, text) for part, (fact, text) in parts.items() if text}
    return {part: names.get(by, by) for part, by in found.items() if by}
