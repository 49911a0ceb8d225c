"""A person takes over in the running house, gives it back, and nobody repeats themself (R21–R24).

Each journey is the same one, by another door: complain, ask for a person, talk, an offer, back to
the assistant. Slack is the small one of `fake_slack.py`; all else is what runs at a customer's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from channels.house import House
from complaints.case import Case
from complaints.conversation import Author, Conversation, Message
from complaints.people import People
from complaints.promise import moment_in_words
from complaints.thread import Thread
from tests.chat_page import customer_at
from tests.customer import Customer, wait_for
from tests.fake_slack import AGENTS, FakeSlack
from tests.office import DESKTOP, PASSWORD, AtTheDesk
from tests.stack import Stack

SMASHED = "My blender W-10482 came with the jug smashed and I just want one that works"
CRACKED = "My reading light W-10957 came with the shade cracked and I just want one that works"
ADA = "DADA"  # her direct messages


@pytest.fixture(scope="module")
def house(stack: Stack) -> Iterator[House]:
    """The same casebook as the running house has. Ines works there, until we are done."""
    house = House(stack.settings)
    people = People(house.store, house.clock)
    people.add("ines", "Ines Duarte", PASSWORD)
    people.set_available("ines", True)
    yield house
    people.leave("ines")


@pytest.fixture
def maya(stack: Stack, house: House) -> Customer:
    """Maya, who has complained, shown that it is her order, and asked for a person."""
    stack.nobody_complained_of("W-10482")
    maya = Customer(stack.url, house.store)
    maya.says(SMASHED)
    maya.says("SW9 8QF")
    assert maya.says("can I talk to a person please").has("a person answers you here")
    return maya


# At the desk


def test_the_assistant_goes_on_from_what_a_person_offered(
    stack: Stack, house: House, chromium: Browser
) -> None:
    stack.nobody_complained_of("W-10482")
    at_work = chromium.new_context(**DESKTOP)
    at_work.set_default_timeout(20_000)
    ines = AtTheDesk(at_work.new_page(), stack.url).signs_in("ines")
    at_home, maya = customer_at(chromium, stack.url)
    maya.open()
    maya.write(SMASHED)
    maya.hears("postcode")
    maya.write("SW9 8QF")
    maya.hears("Which would you like?")
    maya.write("can I talk to a person please")
    maya.hears("A person answers you here")

    card = ines.page.locator(f'.card a[href*="{maya.told_reference()}"]').first
    expect(card).to_be_visible(timeout=2_000)  # she asked, and two seconds later it is there
    card.press("Enter")
    ines.reads("Waits for a person")
    ines.presses("t")
    maya.hears("Ines Duarte is with you now")
    maya.write("are you a real person?")
    ines.reads("are you a real person?")
    ines.page.locator("#reply").fill("I am. Would you rather have your money back?")
    ines.presses("Control+Enter")
    maya.hears("Would you rather have your money back?")
    maya.page.reload()
    maya.hears("Would you rather have your money back?")
    ines.presses("Escape", "o")
    ines.page.locator("#offer-panel").get_by_label("Remedy").select_option("full_refund")
    ines.page.get_by_role("button", name="Offer it").click()
    maya.hears("Here is what I can do for you")
    ines.page.get_by_text("Hand back to the assistant").click()
    ines.types("She may have her money back; she thinks it over.")
    ines.page.get_by_role("button", name="Hand back").click()

    maya.hears("What you were offered still stands")
    maya.write("yes the refund please")
    maya.hears("That's settled: £64.00 goes back to you")
    maya.write("where is my refund")
    maya.hears("is settled and under way: £64.00 goes back to you by")
    said = maya.said_by("assistant")
    back = next(i for i, text in enumerate(said) if text.startswith("This is the automated"))
    assert not [text for text in said[back:] if "?" in text], said
    assert ines.troubles == []
    for context in (at_work, at_home):
        context.close()


def test_each_reads_the_clock_on_their_own_wall(
    stack: Stack, house: House, chromium: Browser
) -> None:
    stack.nobody_complained_of("W-10482")
    at_work = chromium.new_context(**DESKTOP)
    ines = AtTheDesk(at_work.new_page(), stack.url).signs_in("ines")
    abroad, maya = customer_at(chromium, stack.url, timezone_id="America/New_York")
    maya.open()
    maya.write(f"{SMASHED}. Can I talk to a person please")
    maya.hears("A person answers you here")
    reference = maya.told_reference()

    with house.store.reading() as session:
        case = session.get_one(Case, reference)
    due_at, now = case.promises[0].due_at, house.clock.now()
    maya.hears(f"{moment_in_words(due_at, 'America/New_York', now)} your time")
    ines.page.goto(f"{stack.url}/desk/cases/{reference}")
    ines.reads(moment_in_words(due_at, house.casebook.policy.zone, now))
    for context in (at_work, abroad):
        context.close()


def test_what_a_person_settled_and_promised_is_known_to_the_assistant(
    house: House, maya: Customer
) -> None:
    reference = maya.case.reference
    house.casebook.take_over(reference, "ines", "t1")
    house.casebook.reply(reference, "ines", "Hello Maya, I'm seeing to it.", "r1")
    offer = house.casebook.offer_remedy(reference, "ines", "full_refund", "o1")
    house.casebook.agree(reference, "ines", offer.id, "a1")
    in_two_days = house.casebook.policy.calendar.today(house.clock.now()) + timedelta(days=2)
    house.casebook.make_promise(reference, "ines", "next_word", in_two_days, "p1")
    house.casebook.hand_back(reference, "ines", "Settled; I write to her again.", "h1")

    back = maya.reads_on().messages[-1]["text"]
    assert "£64.00 goes back to you by" in back and "you hear from one of us here by" in back
    for said in ("ok", "hello again", "when will I get my money?", "what happens now?"):
        answer = maya.says(said)
        assert answer.has(f"£64.00 goes back to you by|kept under {reference}"), maya.transcript
        assert answer.questions == 0, maya.transcript
    assert [case.reference for case in maya.cases] == [reference]


# Silence


def test_nothing_makes_the_assistant_speak_while_a_person_has_it(
    stack: Stack, house: House, maya: Customer
) -> None:
    house.casebook.take_over(maya.case.reference, "ines", "t2")
    house.casebook.reply(maya.case.reference, "ines", "Hello Maya, one moment.", "r2")
    maya.reads_on()
    heard_by_rasa = events_of(stack, maya.conversation)

    def is_silent_to(text: str) -> bool:
        return maya.says(text).messages == []

    assert all(is_silent_to(typed) for typed in ("/restart", "/session_start", "/greet", "hello?"))
    stack.restart("rasa")
    assert is_silent_to("are you still there?")
    with a_day_later(stack):
        # Ours never expire by themselves (domain.yml), so that Rasa is told to begin anew.
        events_of(stack, maya.conversation, add={"event": "restart"})
        events_of(stack, maya.conversation, add={"event": "session_started"})
        assert is_silent_to("good morning, any news of my blender W-10482?")

    assert maya.conversation.handler == "agent"
    later = events_of(stack, maya.conversation)[len(heard_by_rasa) :]
    assert [event["event"] for event in later] == ["restart", "session_started"]  # it heard nothing


# In Slack


def test_a_person_in_slack_answers_a_customer_on_the_website(
    stack: Stack, house: House, maya: Customer
) -> None:
    slack, reference = stack.slack, maya.case.reference

    assert "You are available" in slack.command("UINES", "available").text
    slack.press("UINES", card_of(slack, reference, "Take over"), "Take over")
    hears(maya, "Ines Duarte is with you now")
    card = card_of(slack, reference, "Hand back")
    slack.says("UINES", "Would you rather have your money back?", AGENTS, root=card["ts"])
    hears(maya, "Would you rather have your money back?")
    maya.says("what would that be?")
    stands(slack, "what would that be?", root=card["ts"])
    slack.press("UINES", card, "Offer")
    slack.fill("UINES", slack.forms[-1], remedy="full_refund")
    hears(maya, "Here is what I can do for you")
    slack.press("UINES", card, "Hand back")
    slack.fill("UINES", slack.forms[-1], note="She may have her money back.")
    hears(maya, "What you were offered still stands")

    assert maya.says("I'll take the refund").has("That's settled: £64.00 goes back to you")
    assert maya.says("where is my refund").has("settled and under way: £64.00")
    assert len(maya.cases) == 1
    assert slack.whispers == []


def test_a_customer_in_slack_is_served_as_on_the_website(stack: Stack, house: House) -> None:
    # An order of his own: the shop gives nobody the same money back twice, and says so.
    stack.nobody_complained_of("W-10957")
    slack = stack.slack

    slack.says("UADA", CRACKED, ADA)
    stands(slack, "what is the postcode it was sent to?", ADA)
    slack.says("UADA", "KA7 2BW", ADA)
    stands(slack, "Which would you like?", ADA)
    slack.says("UADA", "can I talk to a person please", ADA)
    stands(slack, "A person answers you here", ADA)
    reference = the_case_of(house, slack)
    house.casebook.take_over(reference, "ines", "t3")
    stands(slack, "Ines Duarte is with you now", ADA)
    house.casebook.reply(reference, "ines", "Would you rather have your money back?", "r3")
    stands(slack, "Would you rather have your money back?", ADA)
    slack.says("UADA", "are you a person?", ADA)
    wait_for(lambda: "are you a person?" in last_said(house, reference), slack_texts(slack))
    house.casebook.offer_remedy(reference, "ines", "full_refund", "o3")
    stands(slack, "Here is what I can do for you", ADA)
    house.casebook.hand_back(reference, "ines", "She may have her money back.", "h3")
    offered = stands(slack, "What you were offered still stands", ADA)

    (refund,) = [b["text"]["text"] for b in slack.buttons(offered) if "money" in b["text"]["text"]]
    slack.press("UADA", offered, refund)
    stands(slack, "That's settled: £36.00 goes back to you", ADA)
    slack.says("UADA", "where is my refund", ADA)
    stands(slack, "is settled and under way: £36.00", ADA)


# Looking


def events_of(
    stack: Stack, conversation: Conversation, add: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """What Rasa has on record of the conversation; `add` is one thing more that happens there."""
    tracker = f"{stack.settings.rasa_url}/conversations/{conversation.tracker_id}/tracker"
    token = {"token": stack.settings.rasa_token}
    if add:
        httpx.post(f"{tracker}/events", params=token, json=add, timeout=60).raise_for_status()
    whole = {**token, "include_events": "ALL"}
    answer = httpx.get(tracker, params=whole, timeout=60)
    answer.raise_for_status()
    return answer.json()["events"]


@contextmanager
def a_day_later(stack: Stack) -> Iterator[None]:
    """The clock of the whole house stands a day ahead; the tests after this have it as it was."""
    stack.clock.advance(timedelta(days=1))
    try:
        yield
    finally:
        stack.clock.advance(timedelta(days=-1))


def hears(customer: Customer, words: str) -> None:
    """Waits until the customer reads it: what a person does comes without being asked."""

    def is_there() -> bool:
        customer.reads_on()
        return any(words in said["text"] for said in customer.seen)

    wait_for(is_there, lambda: f"never heard: {words}\n{customer.transcript}")


def stands(slack: FakeSlack, words: str, channel: str = AGENTS, root: str = "") -> dict[str, Any]:
    """Waits until it can be read there; gives the message."""
    found: list[dict[str, Any]] = []

    def is_there() -> bool:
        found[:] = [m for m in slack.thread(channel, root) if words in m["text"]]
        return bool(found)

    wait_for(is_there, slack_texts(slack))
    return found[-1]


def card_of(slack: FakeSlack, reference: str, button: str) -> dict[str, Any]:
    """Waits for the card of that case, with that button on it."""
    found: list[dict[str, Any]] = []

    def is_there() -> bool:
        found[:] = [
            message
            for message in slack.thread(AGENTS)
            if message["text"].startswith(reference)
            and button in [each["text"]["text"] for each in slack.buttons(message)]
        ]
        return bool(found)

    wait_for(is_there, slack_texts(slack))
    return found[-1]


def slack_texts(slack: FakeSlack) -> Any:
    return lambda: "\n".join(f"{m['channel']}: {m['text']}" for m in slack.messages)


def the_case_of(house: House, slack: FakeSlack) -> str:
    """The reference of the case of whoever writes in Ada's direct messages."""
    with house.store.reading() as session:
        thread = session.query(Thread).filter_by(channel=ADA).one()
        return session.query(Case).filter_by(conversation_id=thread.conversation_id).one().reference


def last_said(house: House, reference: str) -> list[str]:
    """What the customer of that case wrote."""
    with house.store.reading() as session:
        case = session.get_one(Case, reference)
        mine = session.query(Message).filter_by(
            conversation_id=case.conversation_id, author=Author.CUSTOMER
        )
        return [message.text for message in mine]
