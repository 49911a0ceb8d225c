"""What we owe a customer who complains, as policy.yml says it.

`python -m complaints.policy` checks the file and tells in plain words what each customer
would be offered. The file is read in `policy_file/`, and told in `policy_in_words.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from complaints.errors import NotFound, PolicyError
from complaints.money import Money
from complaints.promise import BusinessCalendar, Length, OpeningHours, Timing

KINDS = (
    "replacement",
    "full_refund",
    "partial_refund",
    "repair",
    "resend_part",
    "refund_shipping",
    "voucher",
    "call_back",
    "written_apology",
)


@dataclass(frozen=True)
class Remedy:
    """One way of putting it right.

    `otherwise` gives, for each condition that may fail, the reason a customer hears;
    `instead` names what they are told we can do.
    """

    kind: str
    label: str
    arrives: Timing
    needs: tuple[str, ...] = ()  # words of situation.NEEDS
    within_days: int | None = None  # of delivery
    otherwise: Mapping[str, str] = field(default_factory=dict)
    instead: tuple[str, ...] = ()
    return_first: bool = False
    asks_of_you: str | None = None
    always: bool = False  # granted in every category to whoever asks for it


@dataclass(frozen=True)
class Entitlement:
    """One remedy a category offers, and how much of it."""

    kind: str
    percent: Decimal | None = None  # of the price: a partial refund
    amount: Money | None = None  # a voucher
    as_claimed: bool = False  # a partial refund of the sum the customer says was taken
    if_named: bool = False  # a part, for whoever asks for one that they name and the shop has


@dataclass(frozen=True)
class HandOffRules:
    """When a person takes over although the assistant could go on."""

    always: bool = False
    repeat: bool = False
    order_cancelled: bool = False
    order_over: Money | None = None
    claim_over: Money | None = None


@dataclass(frozen=True)
class GoodwillLimits:
    per_case: Money
    per_customer_per_year: Money
    invitation: Money | None = None  # a voucher for whoever says that all is well again


@dataclass(frozen=True)
class Authority:
    """What a person of each role may give beyond what is written here, with a reason on record."""

    agent: Money
    lead: Money
    manager: Money

    def of(self, role: str) -> Money:
        return getattr(self, role)


@dataclass(frozen=True)
class Category:
    """A kind of complaint. `label` fits after "about": "a late delivery"."""

    name: str
    label: str
    ask_for: tuple[str, ...] = ()
    photo_above: Money | None = None
    offer: tuple[Entitlement, ...] = ()
    once_arrived: tuple[Entitlement, ...] = ()  # instead of `offer`, when it did come in the end
    goodwill: Money | None = None
    hand_off_if: HandOffRules = HandOffRules()
    not_for_this: str | None = None  # why not, of whatever is not on offer here

    @property
    def about_an_order(self) -> bool:
        """Whether it is about something bought, and not about how they were treated."""
        return "order_number" in self.ask_for

    @property
    def about_an_item(self) -> bool:
        """Whether it matters which thing of an order it is about."""
        return "item" in self.ask_for

    @property
    def about_money(self) -> bool:
        """Whether it gives back a sum that the customer says was taken wrongly."""
        return any(each.as_claimed for each in self.offer)


@dataclass(frozen=True)
class Policy:
    """What we owe: read once, asked often, never changed while it runs."""

    version: date
    opening_hours: OpeningHours
    promises: Mapping[str, Timing]  # first_reply_by_a_person, resolve
    follow_up_after: Length  # after the told date of a remedy
    goodwill: GoodwillLimits
    authority: Authority
    remedies: Mapping[str, Remedy]
    categories: Mapping[str, Category]

    @classmethod
    def load(cls, path: str | Path) -> Policy:
        """Read a policy file. Raises PolicyError with every fault, each with its line."""
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise PolicyError([f"{path} does not exist; say where policy.yml is."]) from None
        except (OSError, UnicodeDecodeError) as error:
            raise PolicyError([f"{path} cannot be read: {error}."]) from error
        return cls.from_text(text, path.name)

    @classmethod
    def from_text(cls, text: str, name: str = "policy.yml") -> Policy:
        # Imported here: the reader builds what is defined above.
        from complaints.policy_file import read_policy

        return read_policy(text, name)

    @property
    def zone(self) -> str:
        """The shop's time zone, a name of the IANA database."""
        return self.opening_hours.timezone

    @cached_property
    def calendar(self) -> BusinessCalendar:
        return BusinessCalendar(self.opening_hours)

    def category(self, name: str) -> Category:
        """Raises NotFound for a category that policy.yml does not have."""
        try:
            return self.categories[name]
        except KeyError:
            known = ", ".join(self.categories)
            raise NotFound(f"policy.yml has no category '{name}'; it has {known}.") from None

    def explain(self, at: datetime | None = None) -> str:
        """What each customer would be offered, as a complaints manager would tell it."""
        from complaints.policy_in_words import explain

        return explain(self, at or datetime.now(UTC))


def main(arguments: list[str]) -> int:
    """Print the policy in words, or its faults; 1 when it has any."""
    try:
        policy = Policy.load(arguments[0] if arguments else "policy.yml")
    except PolicyError as error:
        print(f"The policy has {_count(len(error.faults))} to mend first:\n", file=sys.stderr)
        print(error, file=sys.stderr)
        return 1
    print(policy.explain())
    return 0


def _count(faults: int) -> str:
    return "one thing" if faults == 1 else f"{faults} things"


if __name__ == "__main__":
    # Through the module's own name, so that its classes exist once and not twice.
    from complaints.policy import main as run

    sys.exit(run(sys.argv[1:]))
