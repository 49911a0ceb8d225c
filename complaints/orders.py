"""Orders: what the customer bought, proof that it is theirs, and what the shop is told to do.

The shop keeps its own books. Amends reads them through an `OrderBook` and writes one thing
only: an `Instruction` that puts something right. Two order books come with the house: the
demo shop (`demo_shop.py`) and any real shop that speaks the contract in
`docs/orders-api.md` (`http_orders.py`).
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

from complaints.mentioned import match_line, match_part, mentioned
from complaints.money import Money

__all__ = [
    "Customer",
    "Instruction",
    "InstructionKind",
    "InstructionReceipt",
    "InstructionState",
    "Order",
    "OrderBook",
    "OrderLine",
    "OrderStatus",
    "match_line",
    "match_part",
    "mentioned",
    "open_order_book",
    "plain_email",
    "plain_number",
    "plain_postcode",
    "proves",
]

OrderStatus = Literal["placed", "shipped", "delivered", "cancelled"]
InstructionKind = Literal[
    "replacement",
    "resend_part",
    "repair",
    "full_refund",
    "partial_refund",
    "refund_shipping",
    "voucher",
    "return_label",
]
InstructionState = Literal["accepted", "done", "refused"]


@dataclass(frozen=True)
class OrderLine:
    """One kind of thing in an order, and what can be done if it goes wrong."""

    sku: str
    name: str
    unit_price: Money
    quantity: int
    in_stock: bool
    can_be_repaired: bool
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """An order as the shop knows it today. Dates are days in the shop's time zone."""

    number: str
    customer_id: str
    customer_name: str
    email: str
    phone: str
    postcode: str
    address: str
    ordered_on: date
    shipped_on: date | None
    promised_on: date | None
    delivered_on: date | None
    lines: tuple[OrderLine, ...]
    shipping: Money
    total: Money
    status: OrderStatus
    paid_with: str
    currency: str

    def line(self, sku: str) -> OrderLine | None:
        return next((line for line in self.lines if line.sku == sku), None)


@dataclass(frozen=True)
class Customer:
    """A customer of the shop, and what they like to be called."""

    id: str
    name: str
    email: str
    phone: str
    postcode: str
    preferred_name: str


@dataclass(frozen=True)
class Instruction:
    """What the shop is asked to do. The key is ours: the same key is carried out once.

    `amount` is needed for `partial_refund` and `voucher`; without it a full refund is all that
    was paid, and a refund of shipping all that was paid for shipping. `sku` says which thing
    when the order has several; `part` which part of it to send again.
    """

    key: str
    kind: InstructionKind
    order_number: str
    sku: str | None = None
    amount: Money | None = None
    part: str | None = None


@dataclass(frozen=True)
class InstructionReceipt:
    """What the shop says about an instruction: that it took it, did it, or will not.

    `shop_reference` is the shop's own number for it (a voucher's code, a label's number).
    `expected_on` is the shop's plan, not a promise to anybody; `why` says why it is refused.
    """

    key: str
    kind: InstructionKind
    order_number: str
    state: InstructionState
    shop_reference: str
    accepted_on: date
    expected_on: date | None = None
    done_on: date | None = None
    why: str | None = None


class OrderBook(Protocol):
    """The shop's books, as far as a complaint needs them.

    Every method raises `OrdersUnavailable` when the shop cannot be asked: "not found" and
    "could not look" are never the same answer.
    """

    def find(self, number: str) -> Order | None:
        """The order of that number, however it is spelled: "w10482", "W 10482", "#10482"."""

    def customer(self, customer_id: str) -> Customer | None: ...

    def orders_of(self, customer_id: str) -> list[Order]:
        """Every order of the customer, newest first."""

    def search(
        self, *, email: str | None = None, postcode: str | None = None, name: str | None = None
    ) -> list[Order]:
        """The orders of somebody who has no number, newest first.

        Both the e-mail address and the postcode must be given and be right, otherwise
        nothing is found: one of them alone is known to too many. A name only narrows.
        """

    def instruct(self, instruction: Instruction) -> InstructionReceipt:
        """Tell the shop to do something; told again with the same key, it does nothing more.

        Raises Conflict when the key was used before for something else.
        """

    def instruction(self, key: str) -> InstructionReceipt | None:
        """What has become of an instruction; None when the shop never got it."""


def proves(
    order: Order,
    *,
    postcode: str | None = None,
    email: str | None = None,
    customer_id: str | None = None,
) -> bool | None:
    """Whether what somebody knows shows that the order is theirs; None when nothing is given.

    One right fact is enough. A second one that differs is no disproof: people write from
    another address than they ordered with. Never tells which fact was wrong, not even by the
    time it takes. `customer_id` must come from a signed token, never from what was typed.
    """
    given = [
        (plain_postcode(postcode), plain_postcode(order.postcode)),
        (plain_email(email), plain_email(order.email)),
        ((customer_id or "").strip(), order.customer_id),
    ]
    given = [(said, known) for said, known in given if said]
    if not given:
        return None
    # A list, not any(): every fact is compared, so that the time tells nothing.
    # An order without a postcode or an e-mail address is proved by neither.
    right = [hmac.compare_digest(_bytes(said), _bytes(known)) for said, known in given if known]
    return True in right


def plain_postcode(postcode: str | None) -> str:
    """The postcode without what people vary: "sw98qf." and "SW9 8QF" are one."""
    return _letters_and_digits(postcode)


def plain_email(email: str | None) -> str:
    return unicodedata.normalize("NFKC", email or "").strip().strip("<>.,;").casefold()


def plain_number(number: str | None) -> str:
    """The order number without what people vary: spaces, dashes, "#", "order no.", O for 0."""
    text = unicodedata.normalize("NFKC", number or "").upper()
    text = re.sub(r"^[\W_]*(?:(?:ORDER|NUMBER|NO|NR|REF)\b[\W_]*)+", "", text)
    return _letters_and_digits(text).translate(str.maketrans("OIL", "011"))


def _letters_and_digits(text: str | None) -> str:
    folded = unicodedata.normalize("NFKC", text or "").upper()
    return "".join(letter for letter in folded if letter.isalnum())


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half an emoji proves nothing, and breaks nothing


def open_order_book(
    url: str | None,
    token: str | None,
    today: Callable[[], date],
    shop_file: Path | None,
) -> OrderBook:
    """The shop at `url`, or the demo shop when there is none.

    `today` moves the demo shop's dates along; `shop_file` keeps what it was instructed to do.
    """
    # Imported here: both are order books and import this module.
    if url:
        from complaints.http_orders import HttpOrders

        return HttpOrders(url, token=token)
    from complaints.demo_shop import DemoShop

    return DemoShop(today, shop_file)
