"""Slack is told of each handoff and of each word exactly once in the end, whatever it does."""

from datetime import timedelta

import pytest

from channels.slack_card import LONGEST_BUTTON
from complaints.conversation import Author
from tests.fake_slack import FakeSlack
from tests.slack_house import AGENTS, SlackHouse
from tests.stand_ins import ScriptedRasa


@pytest.fixture
def slack():
    slack = FakeSlack()
    yield slack
    slack.stop()


@pytest.fixture
def house(core, slack):
    rasa = ScriptedRasa()
    yield SlackHouse(core, slack, rasa)
    rasa.stop()


# The card


def parts_of(card):
    """What is written on it, piece by piece."""
    return [
        part
        for block in card["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"][0]["elements"]
    ]


def test_a_card_says_in_one_look_who_wants_what_and_by_when(house):
    house.handed_over()
    house.look()

    (card,) = house.cards()
    shown = "\n".join(part["text"] for part in parts_of(card))
    (state,) = [b["elements"][0]["text"] for b in card["blocks"] if b["type"] == "context"]
    assert house.handoff().case_reference in shown and "blender" in shown
    for name in ("What happened", "They want", "Offered", "Promised", "Why you", "Do not ask"):
        assert f"{name}\n" in shown, name
    assert state == "Waiting for one of us · answer due today by 2:00 pm"
    assert [b["text"]["text"] for b in house.slack.buttons(card)] == ["Take over", "Open desk"]
    assert house.slack.buttons(card)[1]["url"].endswith(
        f"/desk/cases/{house.handoff().case_reference}"
    )


def test_nothing_a_customer_types_can_call_a_channel_or_look_like_a_button(house):
    visitor = house.core.visitor("eve")
    visitor.tells("<!channel> *free* <https://evil.example|click>", "complain_damaged_item")
    visitor.asks_for_a_person()
    house.look()

    (card,) = house.cards()
    assert "<!" not in card["text"]
    assert {part["type"] for part in parts_of(card)} == {"text"}  # no link, no mention
    assert "<!channel> *free*" in "".join(part["text"] for part in parts_of(card))


def test_a_card_follows_what_happens_to_its_handoff(house):
    ines = house.core.person("Ines Duarte")
    reference = house.handed_over().case.reference
    house.look()

    house.casebook.take_over(reference, ines, "k1")
    house.look()
    (card,) = house.cards()
    assert card["blocks"][1]["elements"][0]["text"].startswith("Ines Duarte has it")
    assert [b["action_id"] for b in house.slack.buttons(card)] == [
        "ask_offer", "ask_hand_back", "ask_close", "open_desk",
    ]  # fmt: skip

    house.casebook.reply(reference, ines, "A new one leaves today.", "k2")
    house.casebook.hand_back(reference, ines, "told her", "k3")
    house.look()
    (card,) = house.cards()
    assert card["blocks"][1]["elements"][0]["text"] == "Done, by Ines Duarte"
    assert [b["action_id"] for b in house.slack.buttons(card)] == ["open_desk"]

    asked = len(house.slack.asked)
    house.look(3)
    assert len(house.slack.asked) == asked, "a card that is right is left alone"


# The thread


def test_people_read_in_the_thread_what_was_said_elsewhere(house):
    ines = house.core.person("Ines Duarte")
    visitor = house.handed_over()
    house.look()
    house.casebook.take_over(visitor.case.reference, ines, "k1")
    house.conversations.receive(visitor.id, "It is for <Saturday> & I mean it", "c-1")
    house.casebook.reply(visitor.case.reference, ines, "It will be there.", "k2")
    house.casebook.note(visitor.case.reference, ines, "Handle with care.", "k3")
    house.look(2)

    (card,) = house.cards()
    said = house.slack.texts(AGENTS, card["ts"])
    assert said[-3:] == [
        "Customer: It is for &lt;Saturday&gt; &amp; I mean it",
        "Ines Duarte: It will be there.",
        "Ines Duarte, note: Handle with care.",
    ]


def test_a_promise_about_to_break_is_told_under_its_card_and_in_the_channel(house):
    house.handed_over()
    house.look()
    house.clock.advance(timedelta(hours=3))
    house.casebook.keep_promises(house.clock.now())
    house.look()

    (card,) = house.cards()
    (warning,) = [m for m in house.slack.thread(AGENTS, card["ts"]) if m.get("reply_broadcast")]
    assert house.handoff().case_reference in warning["text"]


def test_whoever_has_it_and_the_lead_are_called_by_name_in_slack(house):
    ines, _ = house.core.person("Ines Duarte"), house.core.person("Omar Haddad", role="lead")
    visitor = house.handed_over()
    house.look()
    house.casebook.take_over(visitor.case.reference, ines, "t")
    house.clock.advance(timedelta(hours=2))
    house.casebook.keep_promises(house.clock.now())
    house.look(2)

    (warning,) = [
        text for text in house.slack.texts(AGENTS, house.cards()[0]["ts"]) if "late" in text
    ]
    assert warning.startswith(f"<@UINES> <@UOMAR> {visitor.case.reference} is about to be late")
    assert warning.endswith("Ines Duarte has it.")


def test_a_handoff_after_a_handback_has_a_card_of_its_own(house):
    ines = house.core.person("Ines Duarte")
    visitor = house.handed_over()
    reference = visitor.case.reference
    house.look()
    house.casebook.take_over(reference, ines, "k1")
    house.casebook.reply(reference, ines, "Here.", "k2")
    house.casebook.hand_back(reference, ines, "told her", "k3")
    visitor.asks_for_a_person()
    house.look()
    house.conversations.receive(visitor.id, "Hello again", "c-9")
    house.look(2)

    first, second = house.cards()
    assert "Customer: Hello again" not in house.slack.texts(AGENTS, first["ts"])
    assert "Customer: Hello again" in house.slack.texts(AGENTS, second["ts"])


def test_a_title_too_long_for_a_button_is_read_in_full_above_it(house):
    thread_of = house.door.threads
    conversation = house.reception.welcome("slack", "T1:UADA:DADA")
    thread_of.begin_with_customer(conversation.id, "DADA", "", "UADA")
    title = "A new blender by Friday 27 November, " + "at no cost at all " * 4
    house.conversations.say(
        conversation.id, Author.ASSISTANT, "Which one?", [{"title": title, "payload": "/a"}]
    )
    house.look(2)

    said = house.slack.thread("DADA")[-1]
    (button,) = house.slack.buttons(said)
    assert len(button["text"]["text"]) <= LONGEST_BUTTON
    assert title in said["blocks"][0]["text"]["text"]
