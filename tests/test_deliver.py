"""Deliver: what is due is sent once, what was left is answered, and a crash loses nothing."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from channels.deliver import LEFT_AFTER_SECONDS, Deliver
from channels.house import House
from complaints.answering import LEASE_SECONDS
from complaints.conversation import Author
from complaints.errors import OrdersUnavailable
from complaints.money import Money
from complaints.orders import InstructionReceipt
from complaints.outbox import CLAIM_SECONDS, MOST_ATTEMPTS, Outbox, OutboxMessage, put
from complaints.settings import ROOT, Settings
from complaints.store import Store
from tests.stand_ins import HANG, SmallHouse, free_port
from tests.test_conversation import at_once

LATE = {"response": "utter_reply_is_late", "words": {"due": "tomorrow by noon"}}
REFUND = {
    "kind": "full_refund",
    "order_number": "W-10482",
    "sku": "BLEND-2",
    "amount": {"amount": "64.00", "currency": "GBP"},
    "part": None,
}


class Shop:
    """A shop that takes, refuses or cannot be asked."""

    def __init__(self):
        self.told = []
        self.trouble = []

    def instruct(self, instruction):
        if self.trouble and (trouble := self.trouble.pop(0)):
            raise trouble
        self.told.append(instruction)
        return self.receipt(instruction, "accepted")

    def receipt(self, instruction, state, why=None):
        return InstructionReceipt(
            key=instruction.key,
            kind=instruction.kind,
            order_number=instruction.order_number,
            state=state,
            shop_reference="R-1",
            accepted_on=date(2026, 11, 23),
            why=why,
        )


@pytest.fixture
def house(store, clock, rasa):
    house = SmallHouse(store, clock, rasa.url)
    house.orders = Shop()
    return house


@pytest.fixture
def deliver(house):
    return Deliver(house)


def queue(house, key, transport, payload, **more):
    with house.store.transaction() as session:
        put(session, key, transport, payload, house.clock.now(), **more)


def row(house, key):
    with house.store.reading() as session:
        return session.scalars(select(OutboxMessage).where(OutboxMessage.key == key)).one()


# The outbox


async def test_what_is_due_is_told_to_the_shop_once(house, deliver):
    queue(house, "KX-4821-M:full_refund", "shop", REFUND)

    await deliver.look()
    await deliver.look()

    (told,) = house.orders.told
    assert (told.key, told.kind, told.order_number) == (
        "KX-4821-M:full_refund",
        "full_refund",
        "W-10482",
    )
    assert told.amount == Money("64.00")
    assert row(house, "KX-4821-M:full_refund").sent_at == house.clock.now()


async def test_a_notice_is_said_in_the_chat_in_the_words_of_domain_yml(house, deliver):
    queue(house, "late:1", "chat", {"conversation_id": house.ada, **LATE})

    await deliver.look()

    notice = house.conversations.since(house.ada)[-1]
    assert (notice.author, notice.text) == (Author.NOTICE, "The new time is tomorrow by noon.")


async def test_what_is_not_due_yet_waits(house, deliver, clock):
    queue(house, "a", "shop", REFUND, due_at=clock.now() + timedelta(minutes=5))
    await deliver.look()
    assert house.orders.told == []

    clock.advance(timedelta(minutes=5))
    await deliver.look()
    assert len(house.orders.told) == 1


async def test_a_crash_after_sending_and_before_marking_says_it_once(house, deliver, clock):
    queue(house, "late:1", "chat", {"conversation_id": house.ada, **LATE})
    claimed = house.outbox.claim("the one that dies")
    deliver._say(claimed)

    await deliver.look()
    assert len(house.heard()) == 1, "somebody has it in hand"
    clock.advance(timedelta(seconds=CLAIM_SECONDS))
    await deliver.look()

    assert len(house.heard()) == 1
    assert row(house, "late:1").sent_at is not None


async def test_a_shop_that_cannot_be_asked_is_asked_again_after_longer_and_longer(
    house, deliver, clock
):
    house.orders.trouble = [OrdersUnavailable("closed for lunch")] * 3
    queue(house, "a", "shop", REFUND)

    waits = []
    for _ in range(3):
        await deliver.look()
        assert house.orders.told == []
        waits.append((row(house, "a").due_at - clock.now()).total_seconds())
        clock.advance(timedelta(seconds=waits[-1]))
    await deliver.look()

    assert 1 <= waits[0] <= 2 <= waits[1] <= 4 <= waits[2] <= 8
    assert len(house.orders.told) == 1
    assert row(house, "a").attempts == 4
    assert row(house, "a").last_error is None


async def test_what_never_works_is_given_up_where_it_can_be_seen(house, deliver, clock):
    house.orders.trouble = [OrdersUnavailable("closed for good")] * (MOST_ATTEMPTS + 5)
    queue(house, "a", "shop", REFUND)

    for _ in range(MOST_ATTEMPTS + 3):
        await deliver.look()
        clock.advance(timedelta(hours=2))

    given_up = row(house, "a")
    assert given_up.gave_up_at is not None
    assert given_up.attempts == MOST_ATTEMPTS
    assert "closed for good" in given_up.last_error


async def test_what_the_shop_refuses_is_not_asked_twice(house, deliver):
    house.orders.instruct = lambda instruction: house.orders.receipt(
        instruction, "refused", "refunded already"
    )
    queue(house, "a", "shop", REFUND)
    await deliver.look()

    assert row(house, "a").gave_up_at is not None
    assert "refunded already" in row(house, "a").last_error


@pytest.mark.parametrize(
    ("transport", "payload"),
    [
        ("pigeon", {}),
        ("chat", {"conversation_id": "nobody", **LATE}),
        ("chat", {"response": "utter_nothing_of_the_kind"}),
    ],
)
async def test_what_cannot_be_sent_as_it_stands_holds_up_nothing_else(
    house, deliver, transport, payload
):
    queue(house, "a", transport, {"conversation_id": house.ada, **payload})
    queue(house, "b", "shop", REFUND)
    await deliver.look()

    assert row(house, "a").gave_up_at is not None
    assert len(house.orders.told) == 1


def test_a_key_queued_twice_is_one_row(either_store, clock):
    for words in ("one", "two"):
        with either_store.transaction() as session:
            put(session, "a", "chat", {"words": words}, clock.now())

    with either_store.reading() as session:
        assert [r.payload for r in session.scalars(select(OutboxMessage))] == [{"words": "one"}]


def test_many_senders_never_take_the_same_row(either_store, clock):
    outbox = Outbox(either_store, clock)
    with either_store.transaction() as session:
        for number in range(20):
            put(session, f"row-{number}", "chat", {}, clock.now())

    def take(worker):
        taken = []
        while claimed := outbox.claim(f"worker-{worker}"):
            taken.append(claimed.key)
        return taken

    taken = [key for keys in at_once(4, take) for key in keys]
    assert sorted(taken) == sorted(f"row-{number}" for number in range(20))


def test_a_sender_that_lost_its_claim_changes_nothing(either_store, clock):
    outbox = Outbox(either_store, clock)
    with either_store.transaction() as session:
        put(session, "a", "chat", {}, clock.now())
    slow = outbox.claim("slow")
    clock.advance(timedelta(seconds=CLAIM_SECONDS))
    quick = outbox.claim("quick")

    outbox.mark_failed(slow, "slow", "too late", for_good=True)
    outbox.mark_sent(quick.id, "quick")

    with either_store.reading() as session:
        left = session.scalars(select(OutboxMessage)).one()
    assert (left.gave_up_at, left.sent_at) == (None, clock.now())


async def test_a_row_that_kills_whoever_sends_it_is_given_up_where_it_can_be_seen(
    house, deliver, clock
):
    queue(house, "a", "shop", REFUND)
    queue(house, "b", "shop", REFUND, due_at=clock.now() + timedelta(days=1))
    for _ in range(MOST_ATTEMPTS):
        assert house.outbox.claim("the next one that dies").key == "a"
        clock.advance(timedelta(seconds=CLAIM_SECONDS))

    await deliver.look()
    clock.advance(timedelta(days=1))
    await deliver.look()

    assert row(house, "a").gave_up_at is not None and "died" in row(house, "a").last_error
    assert [told.key for told in house.orders.told] == ["b"]


async def test_a_row_stays_with_a_living_sender_however_long_it_takes(house, deliver, clock):
    house.outbox = Outbox(house.store, clock, claim_seconds=0.3)
    queue(house, "a", "shop", REFUND)
    taken_by_another = []
    instruct = house.orders.instruct

    def instruct_slowly(instruction):
        for _ in range(5):
            before = row(house, "a").claimed_until
            clock.advance(timedelta(seconds=0.2))
            while row(house, "a").claimed_until == before:
                time.sleep(0.01)
            taken_by_another.append(house.outbox.claim("another"))
        return instruct(instruction)

    house.orders.instruct = instruct_slowly
    await deliver.look()

    assert taken_by_another == [None] * 5
    assert row(house, "a").sent_at is not None


async def test_a_shop_that_is_away_is_found_out_by_one_row_and_keeps_no_customer_waiting(
    house, deliver
):
    house.orders.trouble = [OrdersUnavailable("did not answer within 5 s")] * 9
    for number in range(5):
        queue(house, f"refund-{number}", "shop", REFUND)
    queue(house, "late:1", "chat", {"conversation_id": house.ada, **LATE})

    await deliver.look()

    assert len(house.orders.trouble) == 8
    assert house.heard() == ["The new time is tomorrow by noon."]


def test_a_row_that_another_sender_has_in_hand_is_passed_over(postgres, clock):
    store = Store(postgres.new_database())
    store.create()
    with store.transaction() as session:
        for key in ("a", "b"):
            put(session, key, "chat", {}, clock.now())

    with store.transaction() as session:
        session.scalars(select(OutboxMessage).where(OutboxMessage.key == "a").with_for_update())
        assert Outbox(store, clock).claim("another").key == "b"
    store.engine.dispose()


def test_two_workers_of_one_name_and_number_are_told_apart(house):
    assert Deliver(house).name != Deliver(house).name


# What was left unanswered


async def left_by_a_dead_door(house):
    """Ada's message is stored and asked, and the process that had it is killed."""
    message = house.send("My kettle leaks")
    house.unanswered.lease(house.ada, "the door that dies")
    return message


async def test_a_message_left_by_a_killed_door_is_answered(house, deliver, clock, rasa):
    await left_by_a_dead_door(house)
    await deliver.look()
    await deliver.all_answered()
    assert house.heard() == []

    clock.advance(timedelta(seconds=LEASE_SECONDS + 1))
    await deliver.look()
    await deliver.all_answered()

    assert house.heard() == ["You said: My kettle leaks"]


async def test_an_answer_rasa_gave_to_a_killed_door_is_used_not_asked_again(
    house, deliver, clock, rasa
):
    message = await left_by_a_dead_door(house)
    turn = house.unanswered.begin_turn(message.id)
    await house.assistant.ask(turn.tracker_id, message.text, {"message_id": str(message.id)})

    clock.advance(timedelta(seconds=LEFT_AFTER_SECONDS + 1))
    await deliver.look()
    await deliver.all_answered()

    assert house.heard() == ["You said: My kettle leaks"]
    assert len(rasa.asked) == 1


async def test_several_workers_answer_it_once(house, deliver, clock, rasa):
    house.send("My kettle leaks")
    clock.advance(timedelta(seconds=LEFT_AFTER_SECONDS + 1))
    workers = [deliver, Deliver(house), Deliver(house)]

    for worker in workers:
        await worker.look()
    for worker in workers:
        await worker.all_answered()

    assert house.heard() == ["You said: My kettle leaks"]
    assert len(rasa.asked) == 1


async def test_promises_are_looked_after_at_each_look(house, deliver, clock):
    await deliver.look()
    clock.advance(timedelta(minutes=1))
    await deliver.look()

    looks = [clock.now() - timedelta(minutes=1), clock.now()]
    assert house.casebook.kept_promises_at == house.casebook.followed_up_at == looks


# Stopping


async def test_told_to_stop_it_finishes_the_row_in_hand_and_takes_no_other(house, deliver):
    queue(house, "a", "shop", REFUND)
    queue(house, "b", "shop", REFUND)
    instruct = house.orders.instruct

    def instruct_while_told_to_stop(instruction):
        deliver.stop()
        return instruct(instruction)

    house.orders.instruct = instruct_while_told_to_stop
    await asyncio.wait_for(deliver.run(), 10)

    assert row(house, "a").sent_at is not None
    assert row(house, "b").sent_at is None
    assert row(house, "b").claimed_by is None


async def test_a_shop_that_takes_its_time_keeps_nobody_in_the_chat_waiting(house, deliver):
    queue(house, "refund", "shop", REFUND)
    queue(house, "late:1", "chat", {"conversation_id": house.ada, **LATE})
    instruct, is_asked, may_answer = house.orders.instruct, threading.Event(), threading.Event()

    def instruct_at_last(instruction):
        is_asked.set()
        may_answer.wait(60)
        return instruct(instruction)

    house.orders.instruct = instruct_at_last
    running = asyncio.create_task(deliver.run())
    while not (is_asked.is_set() and house.heard()):
        await asyncio.sleep(0.01)

    assert house.heard() == ["The new time is tomorrow by noon."]
    assert row(house, "refund").sent_at is None
    deliver.stop()
    may_answer.set()
    await asyncio.wait_for(running, 60)
    assert row(house, "refund").sent_at is not None


async def test_told_to_stop_in_the_middle_of_a_turn_it_gives_the_message_back(
    house, deliver, clock, rasa
):
    rasa.script = [HANG]
    house.send("My kettle leaks")
    clock.advance(timedelta(seconds=LEFT_AFTER_SECONDS + 1))
    running = asyncio.create_task(deliver.run())
    while not rasa.asked:
        await asyncio.sleep(0.01)

    deliver.stop()
    await asyncio.wait_for(running, 10)

    assert house.heard() == []
    assert house.unanswered.left_since(clock.now()) == [house.ada]


async def test_promises_nobody_can_keep_hold_up_nothing_else(house, deliver, clock):
    def broken(now):
        raise RuntimeError("a promise without a case")

    house.casebook.keep_promises = broken
    queue(house, "a", "shop", REFUND)
    house.send("My kettle leaks")
    clock.advance(timedelta(seconds=LEFT_AFTER_SECONDS + 1))

    await deliver.look()
    await deliver.all_answered()

    assert len(house.orders.told) == 1
    assert house.heard() == ["You said: My kettle leaks"]


# The real process


def test_from_cron_a_database_that_is_down_is_not_taken_for_a_good_end(tmp_path):
    nobody = f"postgresql+psycopg://amends@127.0.0.1:{free_port()}/amends"
    environment = {**os.environ, "AMENDS_VAR": str(tmp_path), "AMENDS_DATABASE_URL": nobody}

    assert run_deliver(environment, "--once").wait(60) == 1


def test_a_worker_that_starts_before_its_database_goes_to_work_when_that_comes(tmp_path):
    environment = {**os.environ, "AMENDS_VAR": str(tmp_path)}
    log = tmp_path / "log"
    with log.open("w") as said:
        worker = run_deliver(environment, stdout=said)
    while "looking again" not in log.read_text():
        assert worker.poll() is None
        time.sleep(0.05)

    house = House(Settings(var=tmp_path))
    house.store.upgrade()
    queue(house, "KX-4821-M:full_refund", "shop", {**REFUND, "sku": None})
    while row(house, "KX-4821-M:full_refund").sent_at is None:
        assert worker.poll() is None
        time.sleep(0.05)

    worker.terminate()
    assert worker.wait(30) == 0


@pytest.fixture
def installation(tmp_path):
    """A whole installation of its own, with the demo shop; gives its environment and its house."""
    settings = Settings(var=tmp_path, rasa_url=f"http://127.0.0.1:{free_port()}")
    Store(settings.database_url).upgrade()
    environment = {**os.environ, "AMENDS_VAR": str(tmp_path), "AMENDS_RASA_URL": settings.rasa_url}
    return environment, House(settings)


def run_deliver(environment, *arguments, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "channels.deliver", *arguments], cwd=ROOT, env=environment, **more
    )


def test_run_from_cron_it_does_what_is_due_and_ends(installation):
    environment, house = installation
    queue(house, "KX-4821-M:full_refund", "shop", {**REFUND, "sku": None})

    assert run_deliver(environment, "--once").wait(60) == 0

    assert row(house, "KX-4821-M:full_refund").sent_at is not None
    assert house.orders.instruction("KX-4821-M:full_refund").state in ("accepted", "done")


def test_a_running_worker_ends_well_when_it_is_told_to(installation):
    environment, house = installation
    queue(house, "KX-4821-M:full_refund", "shop", {**REFUND, "sku": None})
    worker = run_deliver(environment)
    while row(house, "KX-4821-M:full_refund").sent_at is None:
        assert worker.poll() is None
        time.sleep(0.05)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(30) == 0
