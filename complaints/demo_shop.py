"""The demo shop: Hollis & Reed, home and kitchen, so that everything can be tried at once.

What it sells, who shops there and the orders with a story are written by hand in
`demo_shop.yml`; a seed adds everyday orders around them. The same seed and the same day give
the same shop. Dates are relative to today, so the story never grows old: W-10482 always
came yesterday.

    python -m complaints.demo_shop                prints the orders with a story, to try
    python -m complaints.demo_shop --serve 8090   answers docs/orders-api.md on that port
    python -m complaints.demo_shop late KX-4821-M:replacement 5
                                                  is five days late with that, in this house
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from complaints.clock import open_clock
from complaints.demo_books import Books, Story, open_books
from complaints.demo_fulfilment import Fulfilment
from complaints.orders import (
    Customer,
    Instruction,
    InstructionReceipt,
    Order,
    plain_email,
    plain_number,
    plain_postcode,
)
from complaints.settings import Settings

SEED = 2026
TIME_ZONE = ZoneInfo("Europe/London")


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
        # The name is not looked at: here an e-mail address and a postcode are one customer,
        # and somebody may write for their mother.
        return [
            order
            for order in self._books.newest_first
            if (plain_email(order.email), plain_postcode(order.postcode)) == (email, postcode)
        ]

    def instruct(self, instruction: Instruction) -> InstructionReceipt:
        order = self.find(instruction.order_number)
        return self._fulfilment.carry_out(instruction, order, self._today())

    def instruction(self, key: str) -> InstructionReceipt | None:
        return self._fulfilment.receipt(key, self._today())

    def postpone(self, key: str, until: date) -> InstructionReceipt | None:
        """Let the shop be late with an instruction, to see what the customer is told."""
        return self._fulfilment.postpone(key, until, self._today())

    def delay(self, key: str, days: int) -> InstructionReceipt | None:
        """Be so many days later with it than planned; None when the shop has no such key."""
        return self._fulfilment.delay(key, days, self._today())

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
    def _books(self) -> Books:
        return open_books(self._seed, self._today())


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m complaints.demo_shop", description=__doc__.split("\n")[0]
    )
    parser.add_argument(
        "--today", type=date.fromisoformat, help="the day to be, such as 2026-11-22"
    )
    parser.add_argument("--serve", type=int, metavar="PORT", help="answer docs/orders-api.md here")
    late = parser.add_subparsers(dest="deed").add_parser("late", help="be late with something")
    late.add_argument("key", help="of the instruction, such as KX-4821-M:replacement")
    late.add_argument("days", type=int, help="how many days later than planned")
    asked = parser.parse_args(arguments)
    if asked.deed == "late":
        print(be_late(asked.key, asked.days, Settings()))
        return
    clock = open_clock(Settings().clock_file)
    shop = DemoShop(asked.today or (lambda: clock.now().astimezone(TIME_ZONE).date()))
    if asked.serve is None:
        print(story_table(shop.stories))
        return
    from complaints.demo_shop_server import DemoShopServer

    with DemoShopServer(shop, port=asked.serve) as server:
        print(f"The demo shop answers docs/orders-api.md at {server.url} until Ctrl-C.")
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def be_late(key: str, days: int, settings: Settings) -> str:
    """Delays it in the books of this house's demo shop; says what the shop says now."""
    clock = open_clock(settings.clock_file)
    shop = DemoShop(lambda: clock.now().astimezone(TIME_ZONE).date(), settings.demo_shop_file)
    receipt = shop.delay(key, days)
    if receipt is None:
        raise SystemExit(
            f"The demo shop has no instruction {key}; expected a key such as "
            "KX-4821-M:replacement, some seconds after the remedy was chosen."
        )
    return f"{key} is {receipt.state}, expected on {receipt.expected_on}."


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
