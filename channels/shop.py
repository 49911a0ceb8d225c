"""Tells the shop what to do, and asks after it until it is done.

What follows of the shop's answers is decided by the casebook; here is only how it is asked.
"""

from datetime import timedelta
from time import monotonic

from channels.house import House
from channels.undelivered import Away, Undeliverable
from complaints.errors import OrdersUnavailable
from complaints.money import Money
from complaints.orders import Instruction
from complaints.outbox import OutboxMessage

LOOK_SECONDS = 2  # one look's share; whoever waits for a word waits no longer than that
SLOW_SECONDS = 0.5
REST = 10  # a slow or silent shop gets a tenth of our time, so that it never holds up the rest


class Shop:
    """The transport "shop", and the part of `deliver` that looks how it stands."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._left_in_peace_until = 0.0

    def send(self, row: OutboxMessage) -> None:
        """Instructs the shop once by key, and keeps its receipt.

        Raises Undeliverable at a no, Away when the shop cannot be asked.
        """
        told = row.payload
        asked_at = self.house.clock.now()
        instruction = Instruction(
            key=row.key,
            kind=told["kind"],
            order_number=told["order_number"],
            sku=told.get("sku"),
            amount=Money.from_json(told["amount"]) if told.get("amount") else None,
            part=told.get("part"),
        )
        try:
            receipt = self.house.orders.instruct(instruction)
        except OrdersUnavailable as trouble:
            raise Away(str(trouble)) from trouble
        # Kept before the row is marked as sent: after a crash in between it is told once more,
        # and the key gets the same receipt; the other way round its answer would be lost.
        self.house.casebook.hear_from_shop(receipt, asked_at)
        if receipt.state == "refused":
            raise Undeliverable(f"the shop will not: {receipt.why}")

    def look(self) -> None:
        """Asks after the instructions whose turn it is, one at a time."""
        every = timedelta(minutes=self.house.settings.shop_look_minutes)
        began = monotonic()
        while (at := monotonic()) - began < LOOK_SECONDS:
            if not self.house.casebook.ask_after_one(every, at >= self._left_in_peace_until):
                break
            took = monotonic() - at
            if took > SLOW_SECONDS:
                self._left_in_peace_until = monotonic() + REST * took
        self.house.casebook.judge_overdue()
