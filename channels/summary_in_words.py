"""A handoff's summary as rows that a colleague reads, wherever they are told of it."""

from collections.abc import Sequence
from typing import Any


def rows(summary: dict[str, Any]) -> list[tuple[str, str]]:
    """What is known, in the order it is needed; each row by its name."""
    named = [
        ("What happened", summary["happened"]),
        ("Put right since", _list(summary["put_right"])),
        ("What it cost them", _whose(summary, "cost")),
        ("They want", _whose(summary, "wants")),
        ("Offered", _list(summary["offered"])),
        ("Promised", _list(summary["promised"])),
        ("Why you", summary["why"]),
        ("Still open", _list(summary["still_open"])),
        ("Do not ask", _list(summary["do_not_ask"])),
        ("Proof", summary["proof"]),
        ("Needs", _whose(summary, "needs")),
        ("Other complaints", _list([*summary["also"], *summary["earlier"]])),
        ("Ready to send", summary["first_reply"]),
    ]
    return [(name, said) for name, said in named if said]


def _whose(summary: dict[str, Any], part: str) -> str | None:
    """Nobody shall take for the customer's words what a colleague wrote for them."""
    by = summary.get("written_by", {}).get(part)
    return f"{summary[part]} (as {by} wrote it)" if by else summary[part]


def _list(said: Sequence[str]) -> str:
    return "; ".join(said)
