"""The demo shop's books: every customer and order there is on a given day.

Read from `demo_shop.yml`; everyday orders are drawn around the story orders with a seed.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from complaints.money import Money
from complaints.orders import Customer, Order, OrderLine, OrderStatus, plain_number

WRITTEN = Path(__file__).with_name("demo_shop.yml")
EVERYDAY_ORDERS = 150
FREE_DELIVERY_FROM = Money("50.00")
DELIVERY = Money("3.95")


@dataclass(frozen=True)
class Story:
    """An order to try, and what a customer would complain about."""

    order: Order
    category: str | None
    happened: str
    shows: str


@dataclass(frozen=True)
class Books:
    """All that the shop has written down on one day."""

    customers: Mapping[str, Customer]
    newest_first: tuple[Order, ...]
    by_number: Mapping[str, Order]
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class _Buyer:
    customer: Customer
    address: str


@lru_cache(maxsize=4)
def open_books(seed: int, today: date) -> Books:
    """The books of that day. Opening them again costs nothing, and changes nothing."""
    written, chance = yaml.safe_load(WRITTEN.read_text("utf-8")), random.Random(seed)
    catalogue = written["catalogue"]
    known = {
        person["id"]: _buyer_in_a_story(person)
        for person in (story["customer"] for story in written["stories"])
        if isinstance(person, dict)  # otherwise the id of somebody in an earlier story
    }
    everybody_else = [
        _everyday_buyer(position, entry, chance)
        for position, entry in enumerate(written["people"], start=1)
    ]

    stories = []
    for facts in written["stories"]:
        person = facts["customer"]
        buyer = known[person if isinstance(person, str) else person["id"]]
        order = _order(facts["number"], buyer, facts, catalogue, today)
        stories.append(Story(order, facts["category"], facts["happened"], facts["shows"]))
    orders = [story.order for story in stories]
    taken = {order.number for order in orders}
    for number, buyer, facts in _everyday(chance, everybody_else, list(catalogue), taken):
        orders.append(_order(number, buyer, facts, catalogue, today))

    orders.sort(key=lambda order: (order.ordered_on, order.number), reverse=True)
    by_number = {plain_number(order.number): order for order in orders}
    by_number |= {plain_number(order.number.removeprefix("W-")): order for order in orders}
    customers = [buyer.customer for buyer in (*known.values(), *everybody_else)]
    return Books({each.id: each for each in customers}, tuple(orders), by_number, tuple(stories))


def _buyer_in_a_story(person: Mapping[str, str]) -> _Buyer:
    customer = Customer(
        id=person["id"],
        name=person["name"],
        email=person["email"],
        phone=person["phone"],
        postcode=person["postcode"],
        preferred_name=person.get("called", person["name"].split()[0]),
    )
    return _Buyer(customer, person["address"])


def _everyday_buyer(position: int, entry: Sequence[str], chance: random.Random) -> _Buyer:
    name, address, postcode, *called = entry
    customer = Customer(
        id=f"C-{2000 + position}",
        name=name,
        email=f"{_ascii(name)}@example.{chance.choice(['com', 'org', 'net'])}",
        phone=f"+447700900{300 + position}",
        postcode=postcode,
        preferred_name=called[0] if called else name.split()[0],
    )
    return _Buyer(customer, address)


def _order(
    number: str, buyer: _Buyer, facts: Mapping[str, Any], catalogue: Mapping[str, Any], today: date
) -> Order:
    def day(moment: str) -> date | None:
        return None if facts[moment] is None else today + timedelta(days=facts[moment])

    customer = buyer.customer
    lines = tuple(_line(catalogue, entry) for entry in facts["lines"])
    goods = sum((line.unit_price * line.quantity for line in lines), Money.zero())
    usual = Money.zero() if goods >= FREE_DELIVERY_FROM else DELIVERY
    shipping = Money(facts["shipping"]) if "shipping" in facts else usual
    return Order(
        number=number,
        customer_id=customer.id,
        customer_name=customer.name,
        email=customer.email,
        phone=customer.phone,
        postcode=customer.postcode,
        address=f"{buyer.address} {customer.postcode}",
        ordered_on=today + timedelta(days=facts["ordered"]),
        shipped_on=day("shipped"),
        promised_on=day("promised"),
        delivered_on=day("delivered"),
        lines=lines,
        shipping=shipping,
        total=goods + shipping,
        status=facts.get("status") or _status(facts),
        paid_with=facts["paid"],
        currency="GBP",
    )


def _everyday(
    chance: random.Random, buyers: Sequence[_Buyer], skus: Sequence[str], taken: set[str]
) -> list[tuple[str, _Buyer, dict[str, Any]]]:
    """Orders where mostly nothing went wrong; the older the order, the lower its number."""
    free = [n for n in range(10204, 10900) if f"W-{n}" not in taken]
    numbers = sorted(chance.sample(free, EVERYDAY_ORDERS))
    ages = sorted((chance.randint(1, 200) for _ in numbers), reverse=True)
    # Everybody has at least one order, some are regulars.
    by = [*buyers, *chance.choices(buyers, k=EVERYDAY_ORDERS - len(buyers))]
    chance.shuffle(by)
    everyday = []
    for number, age, buyer in zip(numbers, ages, by, strict=True):
        shipped = -age + chance.randint(0, 2)
        delivered = shipped + chance.choice([1, 1, 2, 2, 2, 3, 5])
        cancelled = chance.random() < 0.03
        wanted = chance.sample(skus, chance.choice([1, 1, 1, 2, 2, 3]))
        facts = {
            "lines": [[sku, chance.choice([1, 1, 1, 1, 2])] for sku in wanted],
            "ordered": -age,
            "shipped": shipped if shipped <= 0 and not cancelled else None,
            "promised": -age + 4,
            "delivered": delivered if delivered <= 0 and not cancelled else None,
            "status": "cancelled" if cancelled else None,
            "paid": f"card ending {chance.randint(0, 9999):04d}",
        }
        everyday.append((f"W-{number}", buyer, facts))
    return everyday


def _line(catalogue: Mapping[str, Any], entry: str | list[Any]) -> OrderLine:
    sku, quantity = (entry, 1) if isinstance(entry, str) else entry
    product = catalogue[sku]
    return OrderLine(
        sku=sku,
        name=product["name"],
        unit_price=Money(product["price"]),
        quantity=quantity,
        in_stock=product["stock"],
        can_be_repaired=product["repair"],
        parts=tuple(product["parts"]),
    )


def _status(facts: Mapping[str, Any]) -> OrderStatus:
    if facts["delivered"] is not None:
        return "delivered"
    return "placed" if facts["shipped"] is None else "shipped"


def _ascii(name: str) -> str:
    """The name as it stands in an e-mail address: nguyen.thi.mai for "Nguyễn Thị Mai"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return ".".join(
        "".join(c for c in word if c.isascii() and c.isalpha()) for word in plain.split()
    )
