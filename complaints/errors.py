"""What can go wrong, in one tree.

    AmendsError
    ├── PolicyError         policy.yml cannot be followed as written; .faults says where and why
    ├── MoneyError          two currencies mixed, or words that are no amount
    ├── NotFound            no such case, order, customer or conversation
    ├── NotAllowed          not proven to be theirs, or not this person's to do
    ├── Conflict            somebody was first, or the case has moved on
    │   └── AlreadyTaken    a conversation is in somebody's hands; .name says whose
    └── OrdersUnavailable   the shop cannot be asked about its orders just now

A message says what is wrong, what was expected, and what to do. Customers never read one.
"""

from __future__ import annotations

from collections.abc import Sequence


class AmendsError(Exception):
    """Anything this project raises on purpose."""


class PolicyError(AmendsError):
    """The policy cannot be followed as written.

    `faults` holds one sentence for each mistake, in the order of the file's lines, so that
    a manager mends all of them at once instead of one a run.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class MoneyError(AmendsError, ValueError):
    """Two currencies were mixed, or something was not an amount of money."""


class NotFound(AmendsError, LookupError):
    """What was asked for is not there."""


class NotAllowed(AmendsError):
    """It is there, but not for whoever asks."""


class Conflict(AmendsError):
    """Somebody was first, or the case is no longer in a state that allows it."""


class AlreadyTaken(Conflict):
    """Somebody has the conversation; `name` is who."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has it; look at the case, or ask them for it")
        self.name = name


class OrdersUnavailable(AmendsError):
    """The shop's orders cannot be asked just now; the customer's message is kept all the same."""
