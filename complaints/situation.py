"""The situation a customer is in: everything a fair offer depends on, at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from complaints.money import Money

if TYPE_CHECKING:
    from complaints.orders import Order, OrderLine
    from complaints.refunds import Refund


@dataclass(frozen=True)
class Situation:
    """Everything an offer depends on, at one moment."""

    category: str
    order: Order | None
    line: OrderLine | None  # the thing it is about; None means the whole order
    at: datetime
    also: tuple[str, ...] = ()  # other categories they complain of in the same breath
    wish: frozenset[str] = frozenset()  # kinds asked for
    wish_amount: Money | None = None
    refused: frozenset[str] = frozenset()  # kinds they said no to
    goodwill_given_this_year: Money | None = None  # vouchers count
    given_back: tuple[Refund, ...] = ()  # for this order, in other cases
    repeat: bool = False  # the same thing went wrong before, or how we dealt with it
    deadline: date | None = None  # when they need it by
    zone: str | None = None  # whose days those are; the shop's where nobody says
    claimed: Money | None = None  # the sum they say was taken wrongly
    not_received: bool = False  # they say they do not have it, whatever the books say
    lost: bool = False  # they say it will not come any more
    part: str | None = None  # the one part of the thing that their words are about

    def day_of(self, at: datetime, shops_zone: str) -> date:
        """What day it is then for whoever complains."""
        return at.astimezone(ZoneInfo(self.zone or shops_zone)).date()

    @property
    def lines(self) -> tuple[OrderLine, ...]:
        if self.line is not None:
            return (self.line,)
        return self.order.lines if self.order is not None else ()

    @property
    def price(self) -> Money | None:
        """What was paid for the thing it is about, or for the whole order."""
        if self.line is not None:
            return self.line.unit_price * self.line.quantity
        return self.order.total if self.order is not None else None

    @property
    def is_due_later(self) -> bool:
        """Whether it is still on its way, in time. By UTC's day: in summer an hour's grace."""
        promised = self.order.promised_on if self.order is not None else None
        in_time = promised is not None and promised >= self.at.date()
        return in_time and not self.has_arrived and not self.lost

    @property
    def has_arrived(self) -> bool:
        """By the books; whether they have it, see `entitlement.is_with_them`."""
        return self.order is not None and self.order.delivered_on is not None

    @property
    def claim_is_believable(self) -> bool:
        """Whether the sum they name can have been taken for this order."""
        claimed, order = self.claimed, self.order
        if claimed is None or order is None or claimed.currency != order.total.currency:
            return False
        return claimed.amount > 0 and claimed <= order.total


# What `needs:` may say of a remedy, and when it holds.
NEEDS = {
    "order": lambda s: s.order is not None,
    "not_in_time": lambda s: not s.is_due_later,
    "in_stock": lambda s: bool(s.lines) and all(line.in_stock for line in s.lines),
    "repairable": lambda s: bool(s.lines) and all(line.can_be_repaired for line in s.lines),
    "parts": lambda s: any(line.parts or line.quantity > 1 for line in s.lines),
    "shipping_paid": lambda s: s.order is not None and bool(s.order.shipping),
}
