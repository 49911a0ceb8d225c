"""Orders as the JSON of `docs/orders-api.md`, both ways.

Reading is strict and says which field is wrong, what it should be and what it was: whoever
connects a shop reads these sentences. Fields we do not know are ignored, so that a shop may
say more than we need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar, get_args

from complaints.errors import MoneyError
from complaints.money import Money
from complaints.orders import (
    Customer,
    Instruction,
    InstructionKind,
    InstructionReceipt,
    InstructionState,
    Order,
    OrderLine,
    OrderStatus,
)

Read = TypeVar("Read")


class WrongAnswer(Exception):
    """An answer that is not what the contract says; the message names the field."""


def order_to_json(order: Order) -> dict[str, Any]:
    return {name: _plain(value) for name, value in vars(order).items()} | {
        "lines": [
            {name: _plain(value) for name, value in vars(line).items()} for line in order.lines
        ]
    }


def customer_to_json(customer: Customer) -> dict[str, Any]:
    return asdict(customer)


def instruction_to_json(instruction: Instruction) -> dict[str, Any]:
    currency = instruction.amount and instruction.amount.currency
    facts = {name: _plain(value) for name, value in vars(instruction).items()}
    return facts | {"currency": currency}


def receipt_to_json(receipt: InstructionReceipt) -> dict[str, Any]:
    return {name: _plain(value) for name, value in vars(receipt).items()}


def order_from_json(answer: Any) -> Order:
    fields = Fields(answer, "order")
    currency = fields.text("currency")
    lines = fields.list("lines")
    return Order(
        number=fields.text("number"),
        customer_id=fields.text("customer_id"),
        customer_name=fields.text("customer_name"),
        email=fields.text("email", empty=True),
        phone=fields.text("phone", empty=True),
        postcode=fields.text("postcode", empty=True),
        address=fields.text("address", empty=True),
        ordered_on=fields.day("ordered_on"),
        shipped_on=fields.maybe_day("shipped_on"),
        promised_on=fields.maybe_day("promised_on"),
        delivered_on=fields.maybe_day("delivered_on"),
        lines=tuple(
            _line_from_json(Fields(line, f"order.lines[{place}]"), currency)
            for place, line in enumerate(lines)
        ),
        shipping=fields.money("shipping", currency),
        total=fields.money("total", currency),
        status=fields.one_of("status", get_args(OrderStatus)),
        paid_with=fields.text("paid_with", empty=True),
        currency=currency,
    )


def orders_from_json(answer: Any) -> list[Order]:
    return [order_from_json(order) for order in Fields(answer, "answer").list("orders")]


def customer_from_json(answer: Any) -> Customer:
    fields = Fields(answer, "customer")
    return Customer(
        id=fields.text("id"),
        name=fields.text("name"),
        email=fields.text("email", empty=True),
        phone=fields.text("phone", empty=True),
        postcode=fields.text("postcode", empty=True),
        preferred_name=fields.text("preferred_name", empty=True),
    )


def instruction_from_json(answer: Any) -> Instruction:
    fields = Fields(answer, "instruction")
    amount = None
    if fields.known("amount"):
        amount = fields.money("amount", fields.text("currency"))
    return Instruction(
        key=fields.text("key"),
        kind=fields.one_of("kind", get_args(InstructionKind)),
        order_number=fields.text("order_number"),
        sku=fields.text("sku") if fields.known("sku") else None,
        amount=amount,
        part=fields.text("part") if fields.known("part") else None,
    )


def receipt_from_json(answer: Any) -> InstructionReceipt:
    fields = Fields(answer, "receipt")
    return InstructionReceipt(
        key=fields.text("key"),
        kind=fields.one_of("kind", get_args(InstructionKind)),
        order_number=fields.text("order_number"),
        state=fields.one_of("state", get_args(InstructionState)),
        shop_reference=fields.text("shop_reference", empty=True),
        accepted_on=fields.day("accepted_on"),
        expected_on=fields.maybe_day("expected_on"),
        done_on=fields.maybe_day("done_on"),
        why=fields.text("why") if fields.known("why") else None,
    )


def _line_from_json(fields: Fields, currency: str) -> OrderLine:
    return OrderLine(
        sku=fields.text("sku"),
        name=fields.text("name"),
        unit_price=fields.money("unit_price", currency),
        quantity=fields.count("quantity"),
        in_stock=fields.flag("in_stock"),
        can_be_repaired=fields.flag("can_be_repaired"),
        parts=tuple(str(part) for part in fields.list("parts")) if fields.known("parts") else (),
    )


class Fields:
    """The fields of one JSON object; each is taken with the kind it must have."""

    def __init__(self, answer: Any, name: str) -> None:
        self._name = name
        if not isinstance(answer, Mapping):
            raise self._wrong(name, "an object", answer)
        self._fields = answer

    def known(self, field: str) -> bool:
        return self._fields.get(field) is not None

    def text(self, field: str, *, empty: bool = False) -> str:
        if empty and not self.known(field):
            return ""
        return self._take(field, "a text", lambda v: isinstance(v, str) and (empty or v != ""))

    def count(self, field: str) -> int:
        return self._take(
            field, "a whole number from 1", lambda v: type(v) is int and v >= 1
        )  # True is an int too, and no quantity

    def flag(self, field: str) -> bool:
        return self._take(field, "true or false", lambda v: isinstance(v, bool))

    def list(self, field: str) -> list[Any]:
        return self._take(field, "a list", lambda v: isinstance(v, list))

    def one_of(self, field: str, choices: tuple[Any, ...]) -> Any:
        return self._take(field, "one of " + ", ".join(choices), lambda v: v in choices)

    def maybe_day(self, field: str) -> date | None:
        return self.day(field) if self.known(field) else None

    def day(self, field: str) -> date:
        expected = 'a day such as "2026-11-22"'
        text = self._take(field, expected, lambda v: isinstance(v, str))
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self._wrong(f"{self._name}.{field}", expected, text) from None

    def money(self, field: str, currency: str) -> Money:
        # Text only: 64.10 as a JSON number is a float in most of the world's readers.
        expected = 'money as text, such as "64.00"'
        text = self._take(field, expected, lambda v: isinstance(v, str))
        try:
            return Money(text, currency)
        except MoneyError:
            raise self._wrong(f"{self._name}.{field}", f"{expected}, in {currency}", text) from None

    def _take(self, field: str, expected: str, fits: Callable[[Any], bool]) -> Any:
        value = self._fields.get(field)
        if not fits(value):
            raise self._wrong(f"{self._name}.{field}", expected, value)
        return value

    @staticmethod
    def _wrong(name: str, expected: str, got: Any) -> WrongAnswer:
        # Only the kind of a list or an object, because these may hold somebody's address.
        seen = f"{got!r:.40}" if isinstance(got, str | int | float) else type(got).__name__
        return WrongAnswer(f"{name} wrongly: expected {expected}, got {seen}")


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return str(value.amount)
    return value.isoformat() if isinstance(value, date) else value
