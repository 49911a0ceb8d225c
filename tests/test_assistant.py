"""Asking Rasa: what it says becomes replies, and every way it can fail has a name."""

import pytest

from channels.assistant import Assistant, AssistantAway, AssistantFailed
from complaints.conversation import Reply
from tests.stand_ins import DIE_BEFORE, HANG, ScriptedRasa, free_port, says

ABOUT = {"message_id": "7", "conversation_id": "c", "channel": "website"}


@pytest.fixture
def rasa():
    rasa = ScriptedRasa()
    yield rasa
    rasa.stop()


@pytest.fixture
async def assistant(rasa):
    assistant = Assistant(rasa.url, "t0ken", turn_seconds=0.3)
    yield assistant
    await assistant.close()


async def test_what_rasa_says_becomes_replies_with_their_buttons(assistant, rasa):
    rasa.script = [says("I'm sorry.", "One of these?", buttons=[("Refund", "/accept_offer")])]

    replies = await assistant.ask("c.1", "It leaks", ABOUT)

    refund = {"title": "Refund", "payload": "/accept_offer"}
    assert replies == [Reply("I'm sorry."), Reply("One of these?", (refund,))]
    assert rasa.asked == [{"sender": "c.1", "message": "It leaks", "metadata": ABOUT}]


@pytest.mark.parametrize(
    "trouble", [[], 500, 409, HANG, {"not": "a list"}, "words", [{"recipient_id": "c"}]]
)
async def test_no_answer_is_a_failure_whatever_it_looks_like(assistant, rasa, trouble):
    rasa.script = [trouble]

    with pytest.raises(AssistantFailed):
        await assistant.ask("c.1", "It leaks", ABOUT)


async def test_nobody_listening_means_rasa_is_away(rasa):
    assistant = Assistant(f"http://127.0.0.1:{free_port()}")

    with pytest.raises(AssistantAway):
        await assistant.ask("c.1", "It leaks", ABOUT)
    assert not await assistant.is_up()


async def test_a_line_cut_in_the_middle_means_rasa_is_away(assistant, rasa):
    rasa.script = [DIE_BEFORE]

    with pytest.raises(AssistantAway):
        await assistant.ask("c.1", "It leaks", ABOUT)


async def test_a_message_rasa_never_got_is_known_as_such(assistant, rasa):
    await assistant.ask("c.1", "Another one", {**ABOUT, "message_id": "6"})

    assert await assistant.answered("c.1", "7") is None
    assert await assistant.answered("c.2", "6") is None


async def test_an_answer_already_given_is_found_with_its_buttons(assistant, rasa):
    rasa.script = [
        says("Before"),
        says("One of these?", buttons=[("Refund", "/accept_offer")]),
        says("After"),
    ]
    for number in ("6", "7", "8"):
        await assistant.ask("c.1", "hm", {**ABOUT, "message_id": number})

    found = await assistant.answered("c.1", "7")

    assert found == [Reply("One of these?", ({"title": "Refund", "payload": "/accept_offer"},))]
    assert rasa.tokens == [["t0ken"]]


async def test_a_message_rasa_got_and_said_nothing_to_has_failed(assistant, rasa):
    rasa.script = [[]]
    with pytest.raises(AssistantFailed):
        await assistant.ask("c.1", "It leaks", ABOUT)

    with pytest.raises(AssistantFailed):
        await assistant.answered("c.1", "7")


async def test_rasa_that_answers_is_up(assistant):
    assert await assistant.is_up()
