"""What the demo shop does when it is told to put something right.

A real shop would have its own tables for this; the demo shop has one, in SQLite, so that two
processes can ask and a restart forgets nothing. It refuses what a real shop refuses: what is
not in stock, what cannot be repaired, more money back than was paid.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from complaints.errors import Conflict
from complaints.money import Money
from complaints.orders import Instruction, InstructionReceipt, Order, OrderLine

# The shop's own plan, in days. What the customer is told comes from policy.yml, and is later.
DAYS_NEEDED = {
    "replacement": 2,
    "resend_part": 2,
    "repair": 7,
    "full_refund": 3,
    "partial_refund": 3,
    "refund_shipping": 3,
    "voucher": 0,
    "return_label": 0,
}
REFUNDS = ("full_refund", "partial_refund", "refund_shipping")
LARGEST_VOUCHER = Money("100.00")

TABLE = """
    CREATE TABLE IF NOT EXISTS instruction (
        key TEXT PRIMARY KEY, kind TEXT NOT NULL, order_number TEXT NOT NULL, asked TEXT NOT NULL,
        paid TEXT, state TEXT NOT NULL, shop_reference TEXT NOT NULL,
        accepted_on TEXT NOT NULL, expected_on TEXT, why TEXT)
"""


class Refused(Exception):
    """The shop will not do it; the message says why."""


class Fulfilment:
    """The shop's list of instructions: each carried out once, done when its day has come."""

    def __init__(self, file: Path | None) -> None:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        # Autocommit: transactions begin where they are written. Waits 5 s for another process.
        self._books = sqlite3.connect(
            file or ":memory:", timeout=5, isolation_level=None, check_same_thread=False
        )
        self._books.row_factory = sqlite3.Row
        self._one_at_a_time = threading.Lock()
        with self._transaction() as books:
            books.execute(TABLE)

    def carry_out(
        self, instruction: Instruction, order: Order | None, today: date
    ) -> InstructionReceipt:
        """Accept the instruction, or refuse it and say why; the same key gets the same answer."""
        asked = repr((instruction.kind, order and order.number, instruction.sku,
                      instruction.amount, instruction.part))  # fmt: skip
        with self._transaction() as books:
            known = books.execute(
                "SELECT * FROM instruction WHERE key = ?", (instruction.key,)
            ).fetchone()
            if known is not None:
                if known["asked"] != asked:
                    raise Conflict(
                        f"Key {instruction.key} was used for a {known['kind']} of"
                        f" {known['order_number']}; a new instruction needs a new key."
                    )
                return _receipt(known, today)
            try:
                paid = self._judge(instruction, order)
                state, why = "accepted", None
                expected = today + timedelta(days=DAYS_NEEDED[instruction.kind])
            except Refused as refusal:
                paid, state, why, expected = None, "refused", str(refusal), None
            books.execute(
                "INSERT INTO instruction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    instruction.key,
                    instruction.kind,
                    order.number if order else instruction.order_number,
                    asked,
                    None if paid is None else str(paid.amount),
                    state,
                    _shop_reference(instruction) if state == "accepted" else "",
                    today.isoformat(),
                    expected and expected.isoformat(),
                    why,
                ),
            )
        receipt = self.receipt(instruction.key, today)
        assert receipt is not None
        return receipt

    def receipt(self, key: str, today: date) -> InstructionReceipt | None:
        with self._one_at_a_time:
            row = self._books.execute("SELECT * FROM instruction WHERE key = ?", (key,)).fetchone()
        return None if row is None else _receipt(row, today)

    def postpone(self, key: str, until: date, today: date) -> InstructionReceipt | None:
        with self._transaction() as books:
            books.execute(
                "UPDATE instruction SET expected_on = ? WHERE key = ? AND state = 'accepted'",
                (until.isoformat(), key),
            )
        return self.receipt(key, today)

    def delay(self, key: str, days: int, today: date) -> InstructionReceipt | None:
        """Makes it so many days later than planned; what is done stays done. None: no such key."""
        known = self.receipt(key, today)
        if known is None or known.state != "accepted" or known.expected_on is None:
            return known
        return self.postpone(key, max(known.expected_on, today) + timedelta(days=days), today)

    def _judge(self, instruction: Instruction, order: Order | None) -> Money | None:
        """What it costs in money, None for goods. Raises Refused."""
        if order is None:
            raise Refused(f"there is no order {instruction.order_number}")
        kind, amount = instruction.kind, instruction.amount
        if amount is not None and (amount.currency != order.currency or amount.amount <= 0):
            raise Refused(f"{amount} is not an amount that {order.currency} can pay")
        if kind == "voucher":
            if amount is None or amount > LARGEST_VOUCHER:
                raise Refused(f"a voucher is worth up to {LARGEST_VOUCHER}")
            return amount
        if kind in REFUNDS:
            return self._refund(instruction, order)
        if kind == "return_label":
            return None
        line = _meant(instruction, order)
        if kind == "replacement" and not line.in_stock:
            raise Refused(f"{line.name} is not in stock")
        if kind == "repair" and not line.can_be_repaired:
            raise Refused(f"{line.name} cannot be repaired")
        if kind == "resend_part" and instruction.part not in line.parts:
            raise Refused(f"{line.name} has no part '{instruction.part}': {', '.join(line.parts)}")
        return None

    def _refund(self, instruction: Instruction, order: Order) -> Money:
        zero = Money.zero(order.currency)
        before = self._books.execute(
            "SELECT paid FROM instruction WHERE order_number = ? AND state = 'accepted'"
            " AND kind IN (?, ?, ?)",
            (order.number, *REFUNDS),
        ).fetchall()
        left = order.total - sum((Money(row["paid"], order.currency) for row in before), zero)
        amount = instruction.amount
        if amount is None and instruction.kind == "full_refund":
            if instruction.sku:
                line = _meant(instruction, order)
                amount = line.unit_price * line.quantity
            else:
                amount = order.total
        elif amount is None and instruction.kind == "refund_shipping":
            amount = order.shipping
        if not amount:
            raise Refused("there is nothing to pay back")
        if amount > left:
            raise Refused(f"{amount} is more than the {left} that is left of order {order.number}")
        return amount

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._one_at_a_time:
            # Immediate: of two processes with the same key, the second must see the first.
            self._books.execute("BEGIN IMMEDIATE")
            try:
                yield self._books
            except BaseException:
                self._books.execute("ROLLBACK")
                raise
            self._books.execute("COMMIT")


def _meant(instruction: Instruction, order: Order) -> OrderLine:
    if instruction.sku is None and len(order.lines) == 1:
        return order.lines[0]
    line = order.line(instruction.sku or "")
    if line is None:
        raise Refused(f"order {order.number} has no item {instruction.sku or '(none named)'}")
    return line


def _shop_reference(instruction: Instruction) -> str:
    # From the key, so that the same instruction has the same number wherever it is retold.
    number = int.from_bytes(hashlib.sha256(instruction.key.encode()).digest()[:4]) % 900_000
    prefix = {"voucher": "THANKS", "return_label": "LABEL"}.get(
        instruction.kind, "REFUND" if instruction.kind in REFUNDS else "SEND"
    )
    return f"{prefix}-{100_000 + number}"


def _receipt(row: sqlite3.Row, today: date) -> InstructionReceipt:
    expected = row["expected_on"] and date.fromisoformat(row["expected_on"])
    done = row["state"] == "accepted" and expected is not None and expected <= today
    return InstructionReceipt(
        key=row["key"],
        kind=row["kind"],
        order_number=row["order_number"],
        state="done" if done else row["state"],
        shop_reference=row["shop_reference"],
        accepted_on=date.fromisoformat(row["accepted_on"]),
        expected_on=expected,
        done_on=expected if done else None,
        why=row["why"],
    )
