"""What Rasa remembers of a conversation from turn to turn, and what it may forget."""

import asyncio

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from room.memory import Memory


def turn(text, *said):
    """One turn as Rasa writes it down; the message's id is its text."""
    return [
        UserUttered(text, metadata={"message_id": text}),
        ActionExecuted("action_note_details"),
        *(BotUttered(words) for words in said),
        ActionExecuted("action_listen"),
    ]


BEGINNING = [
    ActionExecuted("action_session_start"),
    SessionStarted(),
    ActionExecuted("action_listen"),
]


def remembered(memory, *turns):
    """What is there at the next message, when each turn was read, added to and written."""

    async def story():
        await memory.save(DialogueStateTracker.from_events("ada", BEGINNING))
        for events in turns:
            tracker = await memory.retrieve("ada")
            for event in events:
                tracker.update(event)
            await memory.save(tracker)
        return list((await memory.retrieve("ada")).events)

    return asyncio.run(story())


def memory_in(folder):
    return Memory(Domain.empty(), host=f"sqlite:///{folder}/tracker.db")


def test_nobody_is_remembered_who_never_wrote(tmp_path):
    assert asyncio.run(memory_in(tmp_path).retrieve("ada")) is None


def test_the_last_turn_is_remembered_whole(tmp_path):
    events = remembered(memory_in(tmp_path), turn("it broke", "I am sorry."))

    assert events == [ActionExecuted("action_listen"), *turn("it broke", "I am sorry.")]


def test_of_earlier_turns_only_what_we_said_is_remembered(tmp_path):
    events = remembered(
        memory_in(tmp_path),
        turn("hello", "Hello."),
        turn("it broke", "I am sorry."),
        turn("W-1", "Thanks."),
    )

    assert events == [
        BotUttered("Hello."),
        BotUttered("I am sorry."),
        ActionExecuted("action_listen"),
        *turn("W-1", "Thanks."),
    ]


def test_the_last_eight_things_said_are_known_however_long_it_goes_on(tmp_path):
    turns = [turn(f"message {n}", f"answer {n}") for n in range(40)]

    events = remembered(memory_in(tmp_path), *turns)

    said = [event.text for event in events if isinstance(event, BotUttered)]
    assert said[-8:] == [f"answer {n}" for n in range(32, 40)]
    assert len(events) == 8 + 5


def test_a_message_that_was_asked_is_found_with_its_answers_after_a_restart(tmp_path):
    remembered(
        memory_in(tmp_path), turn("hello", "Hello."), turn("it broke", "I am sorry.", "What order?")
    )

    tracker = asyncio.run(memory_in(tmp_path).retrieve("ada"))

    asked = next(event for event in tracker.events if isinstance(event, UserUttered))
    assert asked.metadata["message_id"] == "it broke"
    after = list(tracker.events)[list(tracker.events).index(asked) :]
    assert [e.text for e in after if isinstance(e, BotUttered)] == ["I am sorry.", "What order?"]


def test_a_turn_without_an_answer_forgets_nothing_that_was_said(tmp_path):
    events = remembered(memory_in(tmp_path), turn("hello", "Hello."), turn("it broke"))

    assert BotUttered("Hello.") in events


def test_it_is_kept_in_a_file_with_a_log_written_ahead(tmp_path):
    memory = memory_in(tmp_path)

    with memory.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
