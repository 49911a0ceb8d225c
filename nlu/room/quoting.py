"""What in a message is only quoted: facts, and the words that stand round them."""

import re
from collections.abc import Sequence

from room.details import Detail

_NUMBERS = frozenset(
    ["order_number", "email", "phone", "postcode", "case_reference", "person_name"]
)
_ENOUGH_TOLD = 2  # words that do more than stand round a quote
# What names an address before it is given; it tells nothing without it.
_LABEL = re.compile(
    r"[,(]?\s*(?:\b(?:and|with|at|under)\s+)?(?:\b(?:my|the)\s+)?"
    r"\b(?:post\s?code|e-?mail(?:\s+address)?|(?:tele)?phone(?:\s+number)?)\s*(?:is|was|:|=)?\s*$",
    re.IGNORECASE,
)
_QUOTED = frozenset(
    [
        "order_number",
        "email",
        "phone",
        "postcode",
        "money",
        "date",
        "deadline",
        "case_reference",
        "person_name",
    ]
)
_DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat
    sun january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec yesterday last
    """.split()
)
_ROUND_A_QUOTE = frozenset(
    """
    a an and at are by e-mail email for from here here's hi hello i i'm im in is it it's its
    mail me mine mobile my name no number of ok okay on order ordered phone post postcode
    please ref reference so sorry sure thanks that that's the this to under was with yeah
    yep yes you zip code address id account tel delivered delivery bought paid
    """.split()
)


def is_only_details(text: str, details: Sequence[Detail]) -> bool:
    """Whether nothing is left of a message but "my order number is" round the facts in it."""
    quoted = [detail for detail in details if detail.entity in _QUOTED]
    if not quoted:
        return False
    left = list(text)
    for detail in quoted:
        left[detail.start : detail.end] = " " * (detail.end - detail.start)
    return all(word in _ROUND_A_QUOTE for word in _words_in("".join(left)))


def only_dates_it(sentence: str) -> bool:
    """Whether a sentence says no more than when it was ordered or delivered, and where to."""
    words = _words_in(sentence)
    return any(word in _DAYS for word in words) and all(
        word in _ROUND_A_QUOTE or word in _DAYS for word in words
    )


def without_numbers(text: str, details: Sequence[Detail]) -> str:
    """The message without its order numbers, addresses and names, when enough is told beside them.

    They say nothing of what went wrong, and pull a short complaint towards `inform`; a name may
    sound like anything.
    """
    left = text
    for detail in sorted(details, key=lambda detail: detail.start, reverse=True):
        if detail.entity in _NUMBERS:
            left = _LABEL.sub("", left[: detail.start]) + left[detail.end :]
    left = re.sub(r"\s+([,.;!?])", r"\1", re.sub(r"\(\s*\)", "", left))
    left = re.sub(r"[\s,;:#-]+$|^[\s,;:#-]+", "", re.sub(r"\s{2,}", " ", left))
    told = [word for word in _words_in(left) if word not in _ROUND_A_QUOTE]
    return left if len(told) >= _ENOUGH_TOLD else text


def _words_in(text: str) -> list[str]:
    return re.findall(r"[a-z][a-z'-]*", text.lower().replace("’", "'"))
