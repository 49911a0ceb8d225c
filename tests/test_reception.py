"""What every customer message passes, whatever the channel: kept, answered once, never lost."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from channels.answering import LONGEST_UNDERSTOOD, MOST_QUESTIONS_AT_ONCE, Patience
from channels.house import House
from channels.reception import LONGEST_MESSAGE, Reception, Refused, Why
from complaints.answering import LEASE_SECONDS
from complaints.case import PromiseRow
from complaints.conversation import Author, ConversationLog, Handler
from complaints.settings import Settings
from complaints.words import MissingWords, Words
from tests.stand_ins import (
    DIE_AFTER,
    DIE_BEFORE,
    HANG,
    ScriptedRasa,
    SmallHouse,
    free_port,
    put_with,
    says,
)

# Taking in


def test_a_new_conversation_says_it_is_automated_and_how_to_reach_a_person(house):
    greeting = house.conversations.since(house.ada)[0]

    assert greeting.author == "assistant"
    assert "automated" in greeting.text
    assert "person" in greeting.text


async def test_what_a_customer_says_is_answered_in_order_and_once(house, rasa):
    rasa.script = [says("I'm sorry it leaks.", "Which order was it?"), says("Got it.")]

    await house.tell("My kettle leaks")
    assert await house.tell("W-10482") == ["I'm sorry it leaks.", "Which order was it?", "Got it."]

    assert rasa.messages == ["My kettle leaks", "W-10482"]
    said = rasa.asked[0]
    assert said["sender"] == f"{house.ada}.1"
    assert said["metadata"]["conversation_id"] == house.ada
    assert said["metadata"]["channel"] == "website"
    assert said["metadata"]["today"] == house.clock.now().date().isoformat()
    assert house.conversations.since(house.ada)[1].id == int(said["metadata"]["message_id"])


async def test_the_same_message_again_is_kept_and_asked_once(house, rasa):
    for _ in range(3):
        house.send("My kettle leaks", client_id="id-of-the-kettle")
        await house.reception.answer(house.ada)

    assert rasa.messages == ["My kettle leaks"]
    assert len(house.heard()) == 1


async def test_two_tabs_at_once_are_answered_one_after_the_other(house, rasa):
    house.send("One")
    house.send("Two")

    await asyncio.gather(*(house.reception.answer(house.ada) for _ in range(5)))

    assert rasa.messages == ["One", "Two"]
    assert house.heard() == ["You said: One", "You said: Two"]


@pytest.mark.parametrize("text", ["", "   \n ", "\x00\x07", "\u200b\u2060", "\u202e", "\ud800"])
def test_a_message_with_nothing_to_read_is_refused_in_words(house, text):
    with pytest.raises(Refused) as refused:
        house.send(text)

    assert refused.value.why == Why.EMPTY
    assert refused.value.sentence == "There was nothing in that message yet."


def test_a_message_too_long_is_refused_with_how_long_it_may_be(house):
    with pytest.raises(Refused) as refused:
        house.send("x" * (LONGEST_MESSAGE + 1))

    assert refused.value.why == Why.TOO_LONG
    assert "10,000" in refused.value.sentence


async def test_a_long_story_is_kept_whole_and_its_beginning_understood(house, rasa):
    story = "My kettle leaks. " * 300

    await house.tell(story)

    assert house.conversations.since(house.ada)[1].text == story.strip()
    assert rasa.messages == [story[:LONGEST_UNDERSTOOD]]


def test_nobody_can_flood_us_but_a_pause_helps(house, clock):
    for n in range(10):
        house.send(f"hm {n}")
    with pytest.raises(Refused) as refused:
        house.send("hm again")
    assert refused.value.why == Why.TOO_FAST

    clock.advance(timedelta(seconds=11))
    assert house.send("It leaks").text == "It leaks"


def test_a_repeated_id_gets_its_answer_even_while_others_must_wait(house):
    for n in range(10):
        house.send(f"hm {n}", client_id=f"id-{n:08}")

    assert house.send("hm 9", client_id="id-00000009").text == "hm 9"


@pytest.mark.parametrize("text", ["😡", "👨‍👩‍👧 🇬🇧", "❤️"])
async def test_emoji_alone_are_a_message(house, rasa, text):
    await house.tell(text)

    assert rasa.messages == [text]


@pytest.mark.parametrize(
    ("typed", "kept", "understood"),
    [
        ("It\x00 leaks\x07", "It leaks", "It leaks"),
        ("one\r\ntwo\ttabs", "one\ntwo\ttabs", "one\ntwo\ttabs"),
        ("half \ud83d a sign", "half  a sign", "half  a sign"),
        ("\u202eevil\u202c text", "evil text", "evil text"),
        ("/restart", "/restart", "restart"),
        (" \u00a0/ / restart", "/ / restart", "restart"),
        ("\u200b/restart", "/restart", "restart"),
        ('/anything{"a":"b"}', '/anything{"a":"b"}', 'anything{"a":"b"}'),
        ("////", "////", "…"),
        ("and/or maybe", "and/or maybe", "and/or maybe"),
    ],
)
async def test_what_is_typed_is_text_and_nothing_else(house, rasa, typed, kept, understood):
    await house.tell(typed)

    assert house.conversations.since(house.ada)[1].text == kept
    assert rasa.messages == [understood]


async def test_a_button_that_was_shown_can_be_pressed_now_and_later(house, rasa):
    payload = '/accept_offer{"choice": 2}'
    rasa.script = [says("One of these?", buttons=[("Full refund", payload)]), says("Settled.")]
    await house.tell("It leaks")

    await house.tell(button=payload)
    assert rasa.messages[-1] == payload
    assert [m.text for m in house.conversations.since(house.ada)][-2:] == [
        "Full refund",
        "Settled.",
    ]

    await house.tell(button=payload)
    assert rasa.messages[-1] == payload


@pytest.mark.parametrize("payload", ['/accept_offer{"choice": 1}', "/restart", "", "Full refund"])
def test_a_button_that_was_never_shown_cannot_be_pressed(house, payload):
    with pytest.raises(Refused):
        house.send(button=payload)


async def test_a_shown_buttons_payload_is_plain_text_when_it_is_typed(house, rasa):
    rasa.script = [says("One of these?", buttons=[("Full refund", "/accept_offer")])]
    await house.tell("It leaks")

    await house.tell("/accept_offer")

    assert rasa.messages[-1] == "accept_offer"


def test_a_button_shown_to_somebody_else_cannot_be_pressed(house):
    ben = house.conversations.open("website", "ben").id
    house.conversations.say(
        ben, Author.ASSISTANT, "?", buttons=[{"title": "Refund", "payload": "/refund"}]
    )

    with pytest.raises(Refused):
        house.send(button="/refund")


def test_reception_does_not_open_without_the_words_it_needs(store, clock):
    with pytest.raises(MissingWords, match="utter_greet"):
        Reception(ConversationLog(store, clock), None, Words({}))


# Something breaks


@pytest.mark.parametrize(
    "trouble",
    [[], 500, 404, HANG, [{"recipient_id": "x"}], {"no": "list"}, [{"custom": {}}], "text"],
)
async def test_whatever_breaks_the_customer_hears_by_when_a_person_answers(house, rasa, trouble):
    rasa.script = [trouble]

    heard = await house.tell("My kettle leaks")

    assert heard == ["It is kept. A person answers today by 3:30 pm; your case is KX-4821-M."]
    assert len(house.casebook.broken) == 1
    assert house.conversations.find(house.ada).handler == Handler.QUEUE


async def test_the_time_that_is_told_is_the_promise_that_was_saved(tmp_path, clock, rasa):
    """With the real casebook, policy and words: nothing is promised that no record backs."""
    house = House(Settings(var=tmp_path, rasa_url=rasa.url), clock)
    house.store.upgrade()
    ada = house.reception.welcome("website", "ada").id
    rasa.script = [500]

    house.reception.receive(ada, "id-00000001", "My kettle leaks")
    await house.reception.answer(ada)
    await house.close()

    with house.store.reading() as session:
        promise = session.scalars(select(PromiseRow)).one()
    said = house.conversations.since(ada)[-1].text
    assert promise.due_at > clock.now()
    assert promise.due.in_words("Europe/London", clock.now()) in said
    assert promise.case_reference in said


async def test_many_customers_at_once_wait_their_turn_rather_than_time_out(store, clock, rasa):
    house = SmallHouse(store, clock, rasa.url)
    asked_at_once, most = 0, 0
    ask = house.assistant.ask

    async def counting(*question):
        nonlocal asked_at_once, most
        asked_at_once += 1
        most = max(most, asked_at_once)
        try:
            return await ask(*question)
        finally:
            asked_at_once -= 1

    house.assistant.ask = counting
    customers = [house.conversations.open("website", f"customer {n}").id for n in range(20)]
    for customer in customers:
        house.reception.receive(customer, "id-00000001", "It leaks")
    await asyncio.gather(*(house.reception.answer(customer) for customer in customers))

    assert most == MOST_QUESTIONS_AT_ONCE
    assert all(len(house.conversations.since(customer)) == 2 for customer in customers)


async def test_after_something_broke_the_next_message_is_answered_by_the_queue(house, rasa):
    rasa.script = [500]
    house.send("My kettle leaks")
    house.send("Hello?")
    house.send("Anybody?")

    await house.reception.answer(house.ada)

    assert rasa.messages == ["My kettle leaks"]
    assert len(house.casebook.broken) == 1
    assert house.heard()[1:] == [
        "I've put that with your case. You'll hear today by 3:30 pm.",
        "That's with it too.",
    ]


async def test_when_even_the_handing_over_breaks_the_customer_hears_it_is_kept(house, rasa, clock):
    rasa.script = [500]
    house.casebook.fails = True

    assert await house.tell("My kettle leaks") == ["Your message is safe with us. One moment."]

    house.casebook.fails = False
    await house.reception.answer(house.ada)
    assert len(rasa.asked) == 1, "it waits for its lease to end, or it would fail without a pause"
    clock.advance(timedelta(seconds=LEASE_SECONDS))
    await house.reception.answer(house.ada)
    assert house.heard()[-1] == "You said: My kettle leaks"


async def test_while_rasa_starts_the_message_waits_and_is_then_answered(store, clock):
    port = free_port()
    house = SmallHouse(store, clock, f"http://127.0.0.1:{port}", Patience(0.1, 20, 0.05, 5))
    waiting = asyncio.create_task(house.tell("My kettle leaks"))
    while not house.heard():
        await asyncio.sleep(0.02)

    rasa = ScriptedRasa(port)
    assert await waiting == [
        "Your message is safe with us. One moment.",
        "You said: My kettle leaks",
    ]
    rasa.stop()
    assert rasa.messages == ["My kettle leaks"]
    assert house.casebook.broken == []


async def test_when_rasa_does_not_come_back_a_person_answers(store, clock):
    house = SmallHouse(store, clock, f"http://127.0.0.1:{free_port()}")

    heard = await house.tell("My kettle leaks")

    assert heard == [
        "Your message is safe with us. One moment.",
        "It is kept. A person answers today by 3:30 pm; your case is KX-4821-M.",
    ]


async def test_rasa_killed_before_it_remembered_is_asked_again(house, rasa):
    rasa.script = [DIE_BEFORE]

    assert await house.tell("My kettle leaks") == ["You said: My kettle leaks"]
    assert rasa.messages == ["My kettle leaks", "My kettle leaks"]


async def test_rasa_killed_after_it_answered_is_not_asked_again(house, rasa):
    rasa.script = [DIE_AFTER]

    assert await house.tell("My kettle leaks") == ["Said, but never heard."]
    assert rasa.messages == ["My kettle leaks"]


async def test_a_door_killed_while_rasa_answered_finds_the_answer_later(house, rasa, clock):
    """The first process dies after asking; the next one finds in the tracker what was said."""
    message = house.send("My kettle leaks")
    unanswered = house.unanswered
    unanswered.lease(house.ada, "the door that dies")
    turn = unanswered.begin_turn(message.id)
    await house.assistant.ask(turn.tracker_id, message.text, {"message_id": str(message.id)})

    await house.reception.answer(house.ada)
    assert house.heard() == [], "somebody may still be at it"

    clock.advance(timedelta(seconds=LEASE_SECONDS))
    await house.reception.answer(house.ada)
    assert house.heard() == ["You said: My kettle leaks"]
    assert len(rasa.asked) == 1


async def test_a_door_shut_in_the_middle_gives_the_conversation_back(house, rasa):
    rasa.script = [HANG]
    house.send("My kettle leaks")
    answering = asyncio.create_task(house.reception.answer(house.ada))
    while not rasa.asked:
        await asyncio.sleep(0.01)

    answering.cancel()
    await asyncio.gather(answering, return_exceptions=True)

    assert house.heard() == []
    assert house.unanswered.lease(house.ada, "the next door")


# A person has it


@pytest.mark.parametrize(
    "asked", ["Anybody there?", "how long will that take", "when will I hear?"]
)
async def test_who_waits_and_asks_how_long_is_told_each_time(house, asked):
    put_with(house.store, house.ada, Handler.QUEUE)

    await house.tell("it was a present")
    heard = await house.tell(asked)

    assert heard[-1] == "A person answers you here today by 3:30 pm."


async def test_while_the_queue_has_it_nobody_hears_silence(house, rasa):
    put_with(house.store, house.ada, Handler.QUEUE)

    await house.tell("Hello?")
    await house.tell("it was a present")
    heard = await house.tell("thank you")

    assert heard == [
        "I've put that with your case. You'll hear today by 3:30 pm.",
        "That's with it too.",
        "You're welcome. You'll hear today by 3:30 pm.",
    ]
    assert rasa.asked == []


async def test_danger_is_looked_for_while_they_wait(house, rasa):
    put_with(house.store, house.ada, Handler.QUEUE)
    rasa.dangers["I can't go on living"] = "self_harm"

    assert (await house.tell("I can't go on living"))[-1].startswith("Please call Samaritans.")
    assert (await house.tell("her lips are blue"))[-1] == "Please call 999 now."
    assert house.casebook.dangers == ["self_harm", "illness"]


async def test_help_is_named_while_they_wait_though_rasa_is_away(house, rasa):
    put_with(house.store, house.ada, Handler.QUEUE)
    rasa.stop()

    assert await house.tell("she can't breathe") == ["Please call 999 now."]


async def test_a_second_wait_is_no_silence_either(house, rasa):
    put_with(house.store, house.ada, Handler.QUEUE)
    await house.tell("Hello?")
    house.conversations.say(house.ada, Author.AGENT, "Hello, I'm Ines.", name="Ines")
    put_with(house.store, house.ada, Handler.QUEUE)

    heard = await house.tell("Ines?")

    assert heard[-1] == "That's with it too."


async def test_while_an_agent_has_it_the_assistant_is_silent(house, rasa, clock):
    put_with(house.store, house.ada, Handler.AGENT)

    assert await house.tell("Thank you, Ines") == []
    assert rasa.asked == []
    clock.advance(timedelta(days=1))
    assert house.unanswered.left_since(clock.now()) == []


async def test_a_button_pressed_while_an_agent_has_it_goes_to_the_case_and_not_to_rasa(house, rasa):
    press = '/accept_offer{"offer": "7"}'
    house.conversations.say(
        house.ada, Author.AGENT, "Here is what I can do.", [{"title": "Take it", "payload": press}]
    )
    put_with(house.store, house.ada, Handler.AGENT)

    house.reception.receive(house.ada, "c-press", button=press)
    await house.reception.answer(house.ada)

    assert house.casebook.pressed == [(house.ada, press)]
    assert rasa.asked == []


async def test_an_agent_who_takes_over_while_the_assistant_thinks_is_not_talked_over(house, rasa):
    house.send("My kettle leaks")
    ask = house.assistant.ask

    async def ask_while_ines_takes_over(*question):
        put_with(house.store, house.ada, Handler.AGENT)
        return await ask(*question)

    house.assistant.ask = ask_while_ines_takes_over
    await house.reception.answer(house.ada)

    assert house.heard() == []


async def test_nothing_is_handed_over_that_an_agent_has_already(house, rasa):
    house.send("My kettle leaks")

    async def broken(*question):
        put_with(house.store, house.ada, Handler.AGENT)
        raise RuntimeError("in the middle of it")

    house.assistant.ask = broken
    await house.reception.answer(house.ada)

    assert house.heard() == []
    assert house.casebook.broken == []


# Photos


@pytest.mark.parametrize("handler", [Handler.QUEUE, Handler.AGENT])
async def test_a_photo_reaches_the_case_whoever_has_it(house, rasa, handler):
    put_with(house.store, house.ada, handler)
    house.reception.receive_photo(house.ada, "photo-0001", b"jpeg")

    await house.reception.answer(house.ada)

    assert [conversation for conversation, _ in house.casebook.photos] == [house.ada]
    assert rasa.asked == []


async def test_a_photo_sent_twice_is_kept_once(house):
    first = house.reception.receive_photo(house.ada, "photo-0001", b"jpeg")
    again = house.reception.receive_photo(house.ada, "photo-0001", b"jpeg")
    await house.reception.answer(house.ada)

    assert first.photo_id == again.photo_id
    assert len(house.casebook.photos) == 1


async def test_after_a_photo_the_conversation_goes_on(house, rasa):
    rasa.script = [says("Photo received, thank you. What would put it right?")]
    house.reception.receive_photo(house.ada, "photo-0001", b"jpeg")
    await house.reception.answer(house.ada)

    assert rasa.messages == ["/send_photo"]
    assert house.heard() == ["Photo received, thank you. What would put it right?"]


async def test_a_photo_cannot_be_claimed_by_typing_it(house, rasa):
    await house.tell("/send_photo")

    assert rasa.messages == ["send_photo"]
