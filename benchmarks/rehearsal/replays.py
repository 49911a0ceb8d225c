"""Replays: the customer's side of real conversations, said one message after another.

Their orders are not in our shop, so nothing can be settled; but whatever they say, they must be
answered, led on, and not asked for what they gave. Read where they lie, never copied.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rehearsal.judges import JUDGES
from benchmarks.rehearsal.record import Record, Turn
from benchmarks.rehearsal.standing import Rows
from tests.customer import Customer

# The house finds no order of theirs: what would prove one, and how it ends, cannot be judged.
JUDGED = frozenset(JUDGES) - {"thanks and sorry out of place"}
_GIVEN = {
    "order_number": re.compile(
        r"#W\d{7}\b|\border (?:id|number|no)\W{0,3}(?:is\W)?\W{0,2}\d{7,12}\b", re.I
    ),
    "email": re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"),
}


@dataclass(frozen=True)
class Replay:
    """One dialogue's customer."""

    name: str
    messages: tuple[str, ...]


class NoDialogues(Exception):
    """The dialogues are not where they were looked for; the message says where."""


def read_replays(file: Path) -> list[Replay]:
    """Raises NoDialogues when there is no such file."""
    if not file.exists():
        raise NoDialogues(f"{file} is not there; name it with --dialogues, or leave them out.")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [
        Replay(
            f"{row['id']} ({row['source']}, {row['domain']})",
            tuple(
                turn["text"]
                for turn in row["turns"]
                if turn["role"] == "customer" and (turn["text"] or "").strip()
            ),
        )
        for row in rows
    ]


def replay(replay: Replay, url: str, rows: Rows) -> Record:
    """Says it all, until a person has it: then the assistant is silent, and rightly so."""
    customer = Customer(url, rows.store)
    record = Record(replay.name, greeting=customer.seen[0]["text"])
    asked: dict[str, int] = {}
    try:
        for said in replay.messages:
            answer = customer.says(said)
            record.turns.append(
                Turn(
                    said=said,
                    answers=tuple(message["text"] for message in answer.messages),
                    buttons=tuple(answer.titles),
                    gives=frozenset(n for n, given in _GIVEN.items() if given.search(said)),
                    before=record.last.handler,
                    standing=rows.standing(customer.conversation.id, asked),
                )
            )
            if record.last.handler != "bot":
                break
    except Exception as trouble:
        # One conversation that breaks must not stop the others; it is shown first.
        record.trouble = f"{type(trouble).__name__}: {str(trouble)[:300]}"
    return record
