"""Whole conversations through the running house, one file of tests/conversations/ each.

A file says who complains, of which order, what they write or press, what they must read after
it, and which rows must stand in the database at the end. What holds for every conversation is
checked for each without being written down (tests/reading_aloud.py).
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from complaints.case import Case
from complaints.promise import date_in_words
from complaints.store import Store
from tests.customer import Answer, Customer, wait_for
from tests.reading_aloud import POLICY, Listener
from tests.stack import Stack

TALKS = sorted(Path(__file__).with_name("conversations").glob("*.yml"))
ROWS = {"case", "offers", "promises", "shop"}
KEYS = {"who", "orders", "talk", "then", "handoff"} | ROWS
TURN_KEYS = {"says", "presses", "reads", "never", "asks", "buttons"}


@pytest.mark.parametrize("file", TALKS, ids=lambda file: file.stem)
def test_a_whole_conversation_puts_it_right(file: Path, stack: Stack) -> None:
    script = yaml.safe_load(file.read_text("utf-8"))
    assert set(script) <= KEYS, f"{file.name} has {set(script) - KEYS}, which nobody reads"
    store = Store(stack.database_url)
    stack.nobody_complained_of(*script.get("orders", []))
    customer = Customer(stack.url, store)
    listener = Listener(customer)

    for turn in script["talk"]:
        assert set(turn) <= TURN_KEYS, f"{turn} has a word that nobody reads"
        answer = _speak(customer, turn)
        listener.hears(answer)
        _expect(turn, answer, customer)

    listener.looks_back()
    _expect_rows(script, customer)


def test_every_category_of_the_policy_has_a_conversation() -> None:
    policy = yaml.safe_load(Path("policy.yml").read_text("utf-8"))

    assert set(policy["categories"]) <= {file.stem for file in TALKS}


def _speak(customer: Customer, turn: dict[str, Any]) -> Answer:
    if "presses" in turn:
        return customer.presses(turn["presses"])
    return customer.says(turn["says"].replace("{saturday}", _saturday()))


def _saturday() -> str:
    """The first Saturday that a replacement can reach, as a customer says it."""
    now = datetime.now(UTC)
    arrives = POLICY.remedies["replacement"].arrives.due(POLICY.calendar, now).told_at.date()
    day = arrives + timedelta((5 - arrives.weekday()) % 7 or 7)
    this_week = day - now.date() < timedelta(7)
    return "saturday" if this_week else date_in_words(day, "UTC").lower()


def _expect(turn: dict[str, Any], answer: Answer, customer: Customer) -> None:
    said = turn.get("says") or f"[{turn['presses']}]"
    for pattern in turn.get("reads", []):
        assert answer.has(pattern), (
            f"after {said!r} nobody reads {pattern!r}\n{customer.transcript}"
        )
    for pattern in turn.get("never", []):
        assert not answer.has(pattern), (
            f"after {said!r} they read {pattern!r}\n{customer.transcript}"
        )
    if "asks" in turn:
        assert answer.questions == turn["asks"], f"after {said!r}\n{customer.transcript}"
    if "buttons" in turn:
        assert len(answer.buttons) == turn["buttons"], f"after {said!r}\n{customer.transcript}"


def _expect_rows(script: dict[str, Any], customer: Customer) -> None:
    """The rows of the case; `then` holds those of a second complaint."""
    wanted = [script, script["then"]] if "then" in script else [script]
    assert len(customer.cases) == len(wanted), customer.transcript
    for rows, case in zip(wanted, customer.cases, strict=True):
        found = {name: _plain(getattr(case, name)) for name in rows.get("case", {})}
        assert found == rows.get("case", {}), customer.transcript
        assert {offer.kind: offer.status for offer in case.offers} == rows.get("offers", {})
        _expect_promises(rows.get("promises", {}), case.reference, customer)
        assert [_told_shop(row) for row in customer.told_shop(case)] == rows.get("shop", [])
    _expect_handoff(script.get("handoff"), customer.cases[0], customer)


def _expect_promises(wanted: dict[str, str], reference: str, customer: Customer) -> None:
    """Waits for them: a voucher is there when `deliver` has told the shop of it."""

    def found() -> dict[str, str]:
        case = next(each for each in customer.cases if each.reference == reference)
        return {promise.kind: promise.state for promise in case.promises}

    wait_for(lambda: found() == wanted, lambda: f"{found()}, not {wanted}\n{customer.transcript}")


def _expect_handoff(wanted: dict[str, Any] | None, case: Case, customer: Customer) -> None:
    given = customer.handoffs
    if wanted is None:
        assert not given, f"handed over: {[each.reason for each in given]}\n{customer.transcript}"
        return
    assert [(each.reason, each.urgent) for each in given] == [
        (wanted["reason"], wanted.get("urgent", False))
    ], customer.transcript
    summary = given[0].summary
    assert summary["story"] == case.story
    for fact in wanted.get("not_asked_again", []):
        assert fact in summary["do_not_ask"], summary["do_not_ask"]
    if "wants" in wanted:
        assert summary["wants"] == wanted["wants"]
    assert customer.conversation.handler == ("queue" if given[0].silences else "bot")


def _told_shop(row: Any) -> dict[str, Any]:
    told = row.payload
    said = {"kind": told["kind"], "order": told["order_number"]}
    if told.get("amount"):
        said["amount"] = told["amount"]["amount"]
    if told.get("part"):
        said["part"] = told["part"]
    return said


def _plain(value: Any) -> Any:
    """A date by its weekday: "saturday" is another date each week."""
    return value.strftime("%A").lower() if isinstance(value, date) else value
