"""What was said, once each and in order; and who answers. On SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaints.answering import LEASE_SECONDS, TURNS_IN_A_SESSION, Unanswered
from complaints.conversation import Author, ConversationLog, Handler, Reply
from complaints.errors import NotFound
from tests.stand_ins import put_with


@pytest.fixture
def log(either_store, clock):
    return ConversationLog(either_store, clock)


@pytest.fixture
def unanswered(either_store, clock):
    return Unanswered(either_store, clock)


@pytest.fixture
def ada(log):
    return log.open("website", "ada").id


def at_once(count: int, deed: Callable[[int], Any]) -> list[Any]:
    """What `count` threads get that do the same thing at the same moment."""
    start = threading.Barrier(count)
    got: list[Any] = [None] * count

    def run(number: int) -> None:
        start.wait()
        try:
            got[number] = deed(number)
        except Exception as trouble:
            got[number] = trouble

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_the_same_message_sent_twice_is_kept_once(log, ada):
    first, is_new = log.receive(ada, "My kettle leaks", "id-00000001")
    again, is_new_again = log.receive(ada, "My kettle leaks", "id-00000001")

    assert (is_new, is_new_again) == (True, False)
    assert again.id == first.id
    assert [m.text for m in log.since(ada)] == ["My kettle leaks"]


def test_the_same_message_from_eight_tabs_at_once_is_kept_once(log, ada):
    got = at_once(8, lambda _: log.receive(ada, "My kettle leaks", "id-00000001"))

    assert len({message.id for message, _ in got}) == 1
    assert sum(is_new for _, is_new in got) == 1
    assert len(log.since(ada)) == 1


def test_two_customers_may_use_the_same_id(log, ada):
    ben = log.open("website", "ben").id
    log.receive(ada, "It leaks", "id-00000001")

    assert log.receive(ben, "It is late", "id-00000001")[1]
    assert [m.text for m in log.since(ada)] == ["It leaks"]


def test_nobody_is_written_to_who_is_not_there(log):
    with pytest.raises(NotFound):
        log.receive("nobody", "hello", "id-00000001")
    with pytest.raises(NotFound):
        log.say("nobody", Author.ASSISTANT, "hello")


def test_a_customer_never_sees_a_note(log, ada):
    log.say(ada, Author.ASSISTANT, "How can we put it right?")
    log.say(ada, Author.NOTE, "Third complaint this month; be generous.")
    log.say(ada, Author.AGENT, "Hello, I'm Ines.", name="Ines")

    assert [m.author for m in log.since(ada)] == ["assistant", "agent"]
    assert log.offered(ada) == {}


def test_only_what_comes_after_the_last_seen_is_given(log, ada):
    seen = log.say(ada, Author.ASSISTANT, "One")
    log.say(ada, Author.ASSISTANT, "Two")

    assert [m.text for m in log.since(ada, seen.id)] == ["Two"]


def test_a_reader_never_misses_a_message_committed_late(log, either_store, ada):
    """Ben's message gets its number first and is committed last; a reader must not skip it."""
    seen: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.wait(0.001):  # one that never paused would keep the writers from Python
            seen.extend(m.id for m in log.since(ada, seen[-1] if seen else 0))

    reader = threading.Thread(target=read)
    reader.start()
    said = at_once(6, lambda n: [log.say(ada, Author.ASSISTANT, f"{n}.{i}") for i in range(5)])
    stop.set()
    reader.join()
    seen.extend(m.id for m in log.since(ada, seen[-1] if seen else 0))

    assert not [each for each in said if isinstance(each, Exception)]
    assert len(seen) == 30
    assert seen == sorted(seen)


def test_a_notice_with_a_key_is_said_once_even_by_many_at_once(log, ada):
    got = at_once(6, lambda _: log.say(ada, Author.NOTICE, "A new time", key="outbox:late:1").id)

    assert len(set(got)) == 1
    assert len(log.since(ada)) == 1


def test_what_was_offered_is_known_by_its_payload(log, ada):
    refund = {"title": "Full refund", "payload": '/accept_offer{"choice": 2}'}
    log.say(ada, Author.ASSISTANT, "We can do one of these", buttons=[refund])
    ben = log.open("website", "ben").id

    assert log.offered(ada) == {'/accept_offer{"choice": 2}': "Full refund"}
    assert log.offered(ben) == {}


def test_words_meant_for_a_note_offer_no_buttons(log, ada):
    button = {"title": "Refund", "payload": "/refund"}
    log.say(ada, Author.NOTE, "It would have offered", buttons=[button])

    assert log.offered(ada) == {}


def test_the_first_to_vouch_for_a_customer_stays_right(log, ada):
    log.vouch(ada, "C-1042")
    log.vouch(ada, "C-9999")

    assert log.find(ada).customer_id == "C-1042"


# Who answers


def test_only_one_of_many_processes_may_answer_a_conversation(unanswered, ada):
    got = at_once(8, lambda n: unanswered.lease(ada, f"process-{n}"))

    assert sum(got) == 1


def test_a_lease_is_kept_by_its_owner_and_given_back(unanswered, ada):
    assert unanswered.lease(ada, "one")
    assert unanswered.keep(ada, "one")
    assert not unanswered.keep(ada, "two")
    assert not unanswered.lease(ada, "two")

    unanswered.release(ada, "two")  # not theirs to give
    assert not unanswered.lease(ada, "two")

    unanswered.release(ada, "one")
    assert not unanswered.keep(ada, "one"), "a heartbeat on its way must not take it back"
    assert unanswered.lease(ada, "two")


def test_a_lease_that_is_kept_does_not_run_out(unanswered, clock, ada):
    unanswered.lease(ada, "one")
    clock.advance(timedelta(seconds=LEASE_SECONDS - 1))
    unanswered.keep(ada, "one")
    clock.advance(timedelta(seconds=LEASE_SECONDS - 1))

    assert not unanswered.lease(ada, "two")


def test_a_dead_owners_lease_runs_out(unanswered, clock, ada):
    unanswered.lease(ada, "dead")
    clock.advance(timedelta(seconds=LEASE_SECONDS - 1))
    assert not unanswered.lease(ada, "next")

    clock.advance(timedelta(seconds=1))
    assert unanswered.lease(ada, "next")


def test_messages_are_answered_in_the_order_they_came(log, unanswered, ada):
    first, _ = log.receive(ada, "It leaks", "id-00000001")
    second, _ = log.receive(ada, "And it smells", "id-00000002")

    assert unanswered.next_in(ada).id == first.id
    unanswered.answer(first.id, [Reply("I'm sorry it leaks.")])
    assert unanswered.next_in(ada).id == second.id
    unanswered.answer(second.id, [])
    assert unanswered.next_in(ada) is None


def test_an_answer_is_said_once_however_many_bring_one(log, unanswered, ada):
    message, _ = log.receive(ada, "It leaks", "id-00000001")

    got = at_once(6, lambda n: unanswered.answer(message.id, [Reply(f"Answer {n}"), Reply("More")]))

    assert sum(got) == 1
    assert len([m for m in log.since(ada) if m.author == "assistant"]) == 2


def test_what_the_assistant_says_after_a_person_took_over_is_only_a_note(
    log, unanswered, either_store, ada
):
    message, _ = log.receive(ada, "It leaks", "id-00000001")
    put_with(either_store, ada, Handler.AGENT)

    assert unanswered.answer(message.id, [Reply("Would you like a refund?")])
    assert [m.author for m in log.since(ada)] == ["customer"]


def test_the_promise_of_a_person_is_said_although_the_queue_has_it_now(
    log, unanswered, either_store, ada
):
    message, _ = log.receive(ada, "A person please", "id-00000001")
    put_with(either_store, ada, Handler.QUEUE)
    unanswered.answer(message.id, [Reply("A person answers you by noon.")])

    assert log.since(ada)[-1].text == "A person answers you by noon."


def test_a_message_left_unanswered_is_found_when_nobody_holds_it(log, unanswered, clock, ada):
    log.receive(ada, "It leaks", "id-00000001")
    assert unanswered.left_since(clock.now() - timedelta(seconds=40)) == []

    clock.advance(timedelta(seconds=41))
    unanswered.lease(ada, "somebody")
    assert unanswered.left_since(clock.now() - timedelta(seconds=40)) == []

    unanswered.release(ada, "somebody")
    assert unanswered.left_since(clock.now() - timedelta(seconds=40)) == [ada]


def test_an_answered_message_is_not_left_unanswered(log, unanswered, clock, ada):
    message, _ = log.receive(ada, "It leaks", "id-00000001")
    unanswered.answer(message.id, [])
    clock.advance(timedelta(hours=1))

    assert unanswered.left_since(clock.now()) == []


def test_a_message_remembers_which_of_rasas_sessions_was_asked(log, unanswered, ada):
    message, _ = log.receive(ada, "It leaks", "id-00000001")

    first = unanswered.begin_turn(message.id)
    again = unanswered.begin_turn(message.id)

    assert (first.tracker_id, first.asked_before) == (f"{ada}.1", False)
    assert (again.tracker_id, again.asked_before) == (f"{ada}.1", True)


def test_rasa_gets_a_fresh_session_before_its_memory_grows_long(log, unanswered, ada):
    trackers = [
        unanswered.begin_turn(log.receive(ada, "hm", f"id-{n:08}")[0].id).tracker_id
        for n in range(TURNS_IN_A_SESSION + 1)
    ]

    assert trackers[TURNS_IN_A_SESSION - 1] == f"{ada}.1"
    assert trackers[TURNS_IN_A_SESSION] == f"{ada}.2"


def test_a_pulse_tells_who_answers_and_whether_somebody_is_thinking(
    log, unanswered, either_store, clock, ada
):
    last = log.say(ada, Author.ASSISTANT, "Hello")
    unanswered.lease(ada, "one")
    put_with(either_store, ada, Handler.QUEUE)

    pulse = log.pulses([ada, "nobody"])
    assert list(pulse) == [ada]
    assert pulse[ada].handler == Handler.QUEUE
    assert pulse[ada].is_answering
    assert pulse[ada].last_id == last.id

    clock.advance(timedelta(seconds=LEASE_SECONDS))
    assert not log.pulses([ada])[ada].is_answering
