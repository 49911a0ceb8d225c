"""Deliver's plug is pulled at any moment, by SIGKILL: nothing is lost, nothing is done twice.

Real workers tell a shop, a webhook, a mailbox and Slack on loopback of a few hundred things, while
half of all that is asked goes wrong. AMENDS_SEED repeats a run's luck, as far as processes can.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from complaints.case import PromiseRow
from complaints.clock import AheadClock
from complaints.conversation import Message
from complaints.handoff import Handoff
from complaints.outbox import OutboxMessage, put
from complaints.settings import Settings
from complaints.store import Store
from tests.core import Core, Visitor
from tests.fake_slack import SECRET, TOKEN
from tests.killable import Nursery
from tests.slack_house import AGENTS
from tests.stand_ins import free_port
from tests.unreliable import Receivers, is_doomed

KILLS = 201
SIDE_BY_SIDE = 6
LONGEST_LIFE_SECONDS = 0.15  # at work, one after the other
WAKING_SECONDS = 5  # at most
TOLD = ("slack", "webhook", "email")
NO_ORDER = "W-00000"


class Office:
    """Dozens wait for a person, nobody answers, and deliver has hundreds of things to tell."""

    def __init__(self, store: Store, directory: Path, seed: int) -> None:
        self.store, self.clock = store, AheadClock(directory / "clock")
        self.luck = random.Random(seed)
        self.receivers = Receivers(seed, self.clock.now, lambda: self.clock.now().date())
        self.core = Core(store, self.clock)  # type: ignore[arg-type]
        self.core.tell = TOLD
        self.core.restart()
        settings = Settings(
            var=directory, database_url=store.url, clock_file=directory / "clock",
            orders_url=self.receivers.shop_url, rasa_url=f"http://127.0.0.1:{free_port()}",
            told_of_handoffs=TOLD, slack_bot_token=TOKEN, slack_signing_secret=SECRET,
            slack_channel=AGENTS, slack_api_url=self.receivers.slack.url,
            webhook_url=self.receivers.webhook_url, webhook_secret="signs",
            smtp_url=self.receivers.smtp_url,
        )  # fmt: skip
        self.late = [self.hand_over(f"late {number}") for number in range(60)]
        self.clock.advance(timedelta(days=10))
        self.at_risk = [self.hand_over(f"at risk {number}") for number in range(15)]
        planned = max(visitor.case.promises[0].planned_at for visitor in self.at_risk)
        self.clock.advance(planned - self.clock.now() + timedelta(minutes=1))
        self.queue_what_else_is_due()
        self.workers = Nursery(settings, directory / "workers.log")

    def hand_over(self, name: str) -> Visitor:
        visitor = self.core.visitor(name)
        visitor.tells("my kettle leaks", "complain_damaged_item")
        visitor.asks_for_a_person()
        self.core.conversations.receive(visitor.id, "It is for Saturday", "word")
        return visitor

    def queue_what_else_is_due(self) -> None:
        now = self.clock.now()
        words = {"due": "tomorrow by noon", "was": "today by noon", "reference": "KX-4821-M"}
        orders = [order for order in self.core.shop.orders if len(order.lines) == 1]
        with self.store.transaction() as session:
            for number in range(80):
                label = {
                    "kind": "return_label",
                    "order_number": orders[number % len(orders)].number
                    if number % 10
                    else NO_ORDER,
                }
                put(session, f"label:{number}", "shop", label, now)
            for number, visitor in enumerate(self.late):
                told = {"conversation_id": visitor.id, "response": "utter_reply_is_late"}
                put(session, f"notice:{number}", "chat", {**told, "words": words}, now)
            put(session, "by pigeon", "pigeon", {}, now)

    # Pulling plugs

    def kill_some(self) -> tuple[int, int]:
        """Several work side by side until each dies; how many, and how many with a row in hand."""
        pids = self.workers_at_work()
        for pid in pids:
            time.sleep(self.luck.uniform(0, LONGEST_LIFE_SECONDS))
            assert self.workers.end(pid, signal.SIGKILL) == -signal.SIGKILL
        in_hand = sum(map(self.has_in_hand, pids))
        self.let_time_pass(self.luck.uniform(20, 90))
        return len(pids), in_hand

    def work_in_peace(self) -> None:
        """As many again, which are told to end; they give back whatever they have."""
        pids = self.workers_at_work()
        for _ in range(10):  # a receiver that was away is tried again only when time goes by
            time.sleep(0.4)
            self.clock.advance(timedelta(seconds=5))
        for pid in pids:
            os.kill(pid, signal.SIGTERM)
        for pid in pids:
            if self.workers.end(pid, signal.SIGTERM) == 0:
                assert not self.has_in_hand(pid)

    def work_until_nothing_is_due(self) -> datetime:
        """Works, and lets minutes pass, until all is told; when it was looked at for the last time.

        A look may find promises that are late by now, and then more is to be told.
        """
        self.work_in_peace()
        while self.open_rows():
            self.let_time_pass(300)
            self.work_in_peace()
            print(f"{self.open_rows()} rows left")
        return self.clock.now()

    def workers_at_work(self) -> list[int]:
        """Several side by side, one of which has begun to send, if there is anything."""
        pids = [self.workers.start() for _ in range(SIDE_BY_SIDE)]
        give_up_at = time.monotonic() + WAKING_SECONDS
        while not any(map(self.has_in_hand, pids)) and time.monotonic() < give_up_at:
            time.sleep(0.01)
        return pids

    def let_time_pass(self, seconds: float) -> None:
        self.receivers.settle()
        self.clock.advance(timedelta(seconds=seconds))

    def has_in_hand(self, pid: int) -> bool:
        with self.store.reading() as session:
            return bool(
                session.scalar(
                    select(func.count(OutboxMessage.id)).where(
                        OutboxMessage.claimed_by.like(f"%:{pid}:%")
                    )
                )
            )

    # What became of it

    def open_rows(self) -> int:
        with self.store.reading() as session:
            return session.scalar(
                select(func.count(OutboxMessage.id)).where(
                    OutboxMessage.sent_at.is_(None), OutboxMessage.gave_up_at.is_(None)
                )
            )

    def keys(self, transport: str, *events: str) -> set[str]:
        """The keys that had to arrive by that transport."""
        return {
            row.key
            for row in self.core.rows(OutboxMessage, transport=transport)
            if row.gave_up_at is None and (not events or row.payload["event"] in events)
        }

    def close(self) -> None:
        self.workers.close()
        self.receivers.stop()


@pytest.fixture
def office(either_store: Store, tmp_path: Path) -> Iterator[Office]:
    seed = int(os.environ.get("AMENDS_SEED") or random.randrange(1_000_000))
    print(f"AMENDS_SEED={seed}")  # shown when the test fails
    office = Office(either_store, tmp_path, seed)
    yield office
    office.close()


def test_killed_two_hundred_times_deliver_loses_nothing_and_doubles_nothing(office: Office):
    assert office.open_rows() >= 300

    killed = in_hand = 0
    while killed < KILLS:
        died, with_a_row = office.kill_some()
        killed, in_hand = killed + died, in_hand + with_a_row
    print(f"{killed} killed, {in_hand} of them with a row in hand, {office.open_rows()} rows left")
    assert in_hand > killed / 4, "else they died before or after work, and nothing is shown"

    looked_at = office.work_until_nothing_is_due()

    everything_arrived_once(office)
    no_promise_is_forgotten(office, looked_at)


def everything_arrived_once(office: Office) -> None:
    rows = office.core.rows(OutboxMessage)
    given_up = {row.key for row in rows if row.gave_up_at}
    assert given_up == {row.key for row in rows if is_refused(row)}

    there = office.receivers
    by_key = Counter(
        message.client_id.removeprefix("outbox:")
        for message in office.core.rows(Message)
        if (message.client_id or "").startswith("outbox:")
    )
    assert by_key == Counter(office.keys("chat"))
    assert there.slack.keys() == Counter(office.keys("slack", "handed_off", "at_risk", "said"))

    # These know by its key what they have already; so it must be the same thing each time.
    assert there.webhooked.times.keys() == office.keys("webhook")
    assert there.instructed.times.keys() >= office.keys("shop")
    assert there.mailed.times.keys() == {key.replace(":", ".") for key in office.keys("email")}
    for arrivals in (there.webhooked, there.instructed, there.mailed):
        assert {len(contents) for contents in arrivals.contents.values()} == {1}
        again = arrivals.times.total() - len(arrivals.times)
        print(f"{len(arrivals.times)} arrived, {again} times again under the same key")
        assert again > 0, "no answer was lost on its way"


def is_refused(row: OutboxMessage) -> bool:
    """What its receiver never takes, by the rules of tests/unreliable.py."""
    if row.transport in ("webhook", "email") or row.payload.get("event") == "said":
        return is_doomed(row.key)
    return row.transport == "pigeon" or row.payload.get("order_number") == NO_ORDER


def no_promise_is_forgotten(office: Office, looked_at) -> None:
    promises = office.core.rows(PromiseRow)
    assert not [p.id for p in promises if p.state == "pending" and p.due_at < looked_at]
    moved = {f"late:{p.id}" for p in promises if p.state == "moved"}
    late = [row for row in office.core.rows(OutboxMessage) if row.key.startswith("late:")]
    assert {row.key for row in late} == moved and len(late) == len(moved)
    assert len(moved) >= len(office.late)
    for visitor in office.late:
        *put_off, last = visitor.case.promises
        assert put_off and {each.state for each in put_off} == {"moved"}
        assert last.state == "pending", (
            "nobody answers, and the customer is never left without a time"
        )
        (handoff,) = office.core.rows(Handoff, conversation_id=visitor.id)
        assert handoff.promise_id == last.id
    for visitor in office.at_risk:
        first = visitor.case.promises[0].id
        warned = {row.key for row in office.core.rows(OutboxMessage)}
        assert {f"at_risk:{first}:{transport}" for transport in TOLD} <= warned
