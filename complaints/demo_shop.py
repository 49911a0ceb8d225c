"""The demo shop: Hollis & Reed, home and kitchen, so that everything can be tried at once.

What it sells, who shops there and the orders with a story are written by hand in
`demo_shop.yml`; a seed adds everyday orders around them. The same seed and the same day give
the same shop. Dates are relative to today, so the story never grows old: W-10482 always
came yesterday.

    python -m complaints.demo_shop                prints the orders with a story, to try
    python -m complaints.demo_shop --serve 8090   answers docs/orders-api.md on that port
"""

from __future__ import annotations

import argparse
import random
import textwrap
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from complaints.demo_fulfilment import Fulfilment
from complaints.money import Money
from complaints.orders import (
    Customer,
    Instruction,
    InstructionReceipt,
    Order,
    OrderLine,
    OrderStatus,
    plain_email,
    plain_number,
    plain_postcode,
)

SEED = 2026
EVERYDAY_ORDERS = 150
FREE_DELIVERY_FROM = Money("50.00")
DELIVERY = Money("3.95")
TIME_ZONE = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Story:
    """An order to try, and what a customer would complain about."""

    order: Order
    category: str | None
    happened: str
    shows: str


class DemoShop:
    """An order book that needs no shop.

    `today` is a day, or a function that tells it, so that a shop left open overnight moves
    along. What it is instructed to do is kept in `file`, or in memory without one.
    """

    def __init__(
        self,
        today: date | Callable[[], date],
        file: Path | None = None,
        *,
        seed: int = SEED,
    ) -> None:
        self._today: Callable[[], date] = (lambda: today) if isinstance(today, date) else today
        self._seed = seed
        self._fulfilment = Fulfilment(file)

    def find(self, number: str) -> Order | None:
        return self._books.by_number.get(plain_number(number))

    def customer(self, customer_id: str) -> Customer | None:
        return self._books.customers.get(customer_id)

    def orders_of(self, customer_id: str) -> list[Order]:
        return [order for order in self._books.newest_first if order.customer_id == customer_id]

    def search(
        self, *, email: str | None = None, postcode: str | None = None, name: str | None = None
    ) -> list[Order]:
        email, postcode = plain_email(email), plain_postcode(postcode)
        if not (email and postcode):
            return []
        found = [
            order
            for order in self._books.newest_first
            if plain_email(order.email) == email and plain_postcode(order.postcode) == postcode
        ]
        named = [order for order in found if set(_ascii(name).split(".")) & _names(order)]
        # A name narrows and never hides: somebody may write for their mother.
        return named or found

    def instruct(self, instruction: Instruction) -> InstructionReceipt:
        order = self.find(instruction.order_number)
        return self._fulfilment.carry_out(instruction, order, self._today())

    def instruction(self, key: str) -> InstructionReceipt | None:
        return self._fulfilment.receipt(key, self._today())

    def postpone(self, key: str, until: date) -> InstructionReceipt | None:
        """Let the shop be late with an instruction, to see what the customer is told."""
        return self._fulfilment.postpone(key, until, self._today())

    @property
    def orders(self) -> Sequence[Order]:
        return self._books.newest_first

    @property
    def customers(self) -> Sequence[Customer]:
        return tuple(self._books.customers.values())

    @property
    def stories(self) -> Sequence[Story]:
        return self._books.stories

    @property
    def _books(self) -> _Books:
        return _open_books(self._seed, self._today())


@dataclass(frozen=True)
class _Books:
    """All that the shop has written down on one day."""

    customers: Mapping[str, Customer]
    newest_first: tuple[Order, ...]
    by_number: Mapping[str, Order]
    stories: tuple[Story, ...]


@lru_cache(maxsize=4)
def _open_books(seed: int, today: date) -> _Books:
    written = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    catalogue, chance = written["catalogue"], random.Random(seed)

    customers: dict[str, Customer] = {}
    addresses: dict[str, str] = {}
    for story in written["stories"]:
        if isinstance(story["customer"], dict):
            person = story["customer"]
            addresses[person["id"]] = person["address"]
            customers[person["id"]] = Customer(
                id=person["id"],
                name=person["name"],
                email=person["email"],
                phone=person["phone"],
                postcode=person["postcode"],
                preferred_name=person.get("called", person["name"].split()[0]),
            )
    everyday_customers = []
    for position, (name, address, postcode, *called) in enumerate(written["people"], start=1):
        customer = Customer(
            id=f"C-{2000 + position}",
            name=name,
            email=f"{_ascii(name)}@example.{chance.choice(['com', 'org', 'net'])}",
            phone=f"+447700900{300 + position}",
            postcode=postcode,
            preferred_name=called[0] if called else name.split()[0],
        )
        customers[customer.id] = customer
        addresses[customer.id] = address
        everyday_customers.append(customer)

    def order(number: str, customer: Customer, facts: Mapping[str, Any]) -> Order:
        lines = tuple(_line(catalogue, entry) for entry in facts["lines"])
        goods = sum((line.unit_price * line.quantity for line in lines), Money("0.00"))
        usual = Money("0.00") if goods >= FREE_DELIVERY_FROM else DELIVERY
        shipping = Money(facts["shipping"]) if "shipping" in facts else usual
        days = {
            moment: None if facts[moment] is None else today + timedelta(days=facts[moment])
            for moment in ("ordered", "shipped", "promised", "delivered")
        }
        ordered_on = days["ordered"]
        assert ordered_on is not None
        return Order(
            number=number,
            customer_id=customer.id,
            customer_name=customer.name,
            email=customer.email,
            phone=customer.phone,
            postcode=customer.postcode,
            address=f"{addresses[customer.id]} {customer.postcode}",
            ordered_on=ordered_on,
            shipped_on=days["shipped"],
            promised_on=days["promised"],
            delivered_on=days["delivered"],
            lines=lines,
            shipping=shipping,
            total=goods + shipping,
            status=facts.get("status") or _status(facts),
            paid_with=facts["paid"],
            currency="GBP",
        )

    stories = []
    for facts in written["stories"]:
        of = facts["customer"]
        customer = customers[of if isinstance(of, str) else of["id"]]
        told = order(facts["number"], customer, facts)
        stories.append(Story(told, facts["category"], facts["happened"], facts["shows"]))

    taken = {plain_number(story.order.number) for story in stories}
    everyday = _everyday(chance, everyday_customers, list(catalogue), taken)
    orders = [story.order for story in stories]
    orders += [order(number, customer, facts) for number, customer, facts in everyday]
    orders.sort(key=lambda each: (each.ordered_on, each.number), reverse=True)
    by_number = {plain_number(each.number): each for each in orders}
    by_number |= {plain_number(each.number.removeprefix("W-")): each for each in orders}
    return _Books(customers, tuple(orders), by_number, tuple(stories))


def _everyday(
    chance: random.Random, customers: Sequence[Customer], skus: Sequence[str], taken: set[str]
) -> list[tuple[str, Customer, dict[str, Any]]]:
    """Orders where mostly nothing went wrong; the older the order, the lower its number."""
    free = [n for n in range(10204, 10900) if plain_number(f"W-{n}") not in taken]
    numbers = sorted(chance.sample(free, EVERYDAY_ORDERS))
    ages = sorted((chance.randint(1, 200) for _ in numbers), reverse=True)
    # Everybody has at least one order, some are regulars.
    buyers = [*customers, *chance.choices(customers, k=EVERYDAY_ORDERS - len(customers))]
    chance.shuffle(buyers)
    everyday = []
    for number, age, buyer in zip(numbers, ages, buyers, strict=True):
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


def _names(order: Order) -> set[str]:
    return set(_ascii(order.customer_name).split("."))


def _ascii(name: str | None) -> str:
    """ "Nguyễn Thị Mai" as it stands in an address: nguyen.thi.mai"""
    plain = unicodedata.normalize("NFKD", (name or "").casefold().replace("ł", "l"))
    return ".".join(
        "".join(c for c in word if c.isascii() and c.isalpha()) for word in plain.split()
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m complaints.demo_shop", description=__doc__.split("\n")[0]
    )
    parser.add_argument(
        "--today", type=date.fromisoformat, help="the day to be, such as 2026-11-22"
    )
    parser.add_argument("--serve", type=int, metavar="PORT", help="answer docs/orders-api.md here")
    asked = parser.parse_args(arguments)
    shop = DemoShop(asked.today or (lambda: datetime.now(TIME_ZONE).date()))
    if asked.serve is None:
        print(story_table(shop.stories))
        return
    from complaints.demo_shop_server import DemoShopServer

    with DemoShopServer(shop, port=asked.serve) as server:
        print(f"The demo shop answers docs/orders-api.md at {server.url} until Ctrl-C.")
        server.serve_forever()


def story_table(stories: Sequence[Story]) -> str:
    """The orders to try: what a newcomer needs to complain about one, and prove it is theirs."""
    rows = [("number", "postcode", "e-mail", "what is in it", "what happened")]
    for story in stories:
        goods = "; ".join(
            (f"{line.quantity} × " if line.quantity > 1 else "") + line.name
            for line in story.order.lines
        )
        happened = f"{story.happened} [{story.category or 'no complaint'}; {story.shows}]"
        rows.append((story.order.number, story.order.postcode, story.order.email, goods, happened))
    widths = [max(len(row[column]) for row in rows) for column in range(3)] + [36, 52]
    printed = []
    for row in rows:
        cells = [textwrap.wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        for height in range(max(map(len, cells))):
            line = (cell[height] if height < len(cell) else "" for cell in cells)
            printed.append("  ".join(f"{words:{w}}" for words, w in zip(line, widths, strict=True)))
    return "\n".join(words.rstrip() for words in printed)


if __name__ == "__main__":
    main()
