"""Slack's door: who complains there is heard as on the website, who answers does it from a card."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from channels.house import House
from channels.photo import LARGEST_BYTES
from complaints.conversation import Author, Conversation, Handler
from complaints.photo import Photo
from complaints.settings import Settings
from server import front_door
from tests.chat_page import picture
from tests.fake_slack import HANG, SECRET, TOKEN, FakeSlack
from tests.slack_house import AGENTS, SlackHouse
from tests.stand_ins import ScriptedRasa, put_with, says

ADA = "DADA"


@pytest.fixture
def slack():
    slack = FakeSlack()
    yield slack
    slack.stop()


@pytest.fixture
def house(core, slack):
    rasa = ScriptedRasa()
    house = SlackHouse(core, slack, rasa)
    with house.open():
        yield house
    rasa.stop()


@pytest.fixture
def ines(core):
    return core.person("Ines Duarte")


@pytest.fixture
def omar(core):
    return core.person("Omar Haddad")


def answered(house, times=2):
    """The assistant has thought, and deliver has looked."""
    until = time.monotonic() + 5
    waiting = True
    while waiting and time.monotonic() < until:
        waiting = any(house.unanswered.next_in(c.id) for c in house.core.rows(Conversation))
        time.sleep(0.02)
    house.look(times)


def whispered(house):
    house.look()
    return [(w["user"], w["text"]) for w in house.slack.whispers]


def handed_over_card(house):
    visitor = house.handed_over()
    house.look()
    return visitor, house.cards()[-1]


# Who may knock


def test_what_slack_did_not_sign_is_refused(house):
    body = json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode()

    assert house.slack.knock(body, {"Content-Type": "application/json"}, "guess").status_code == 401


def test_a_signature_older_than_five_minutes_is_refused(house):
    event = house.slack.write("UADA", "My lamp is broken", ADA)
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event": event}).encode()

    refused = house.slack.knock(body, {"Content-Type": "application/json"}, age=301)

    assert refused.status_code == 401
    assert house.core.rows(Conversation) == []


def test_slack_can_make_sure_that_we_are_there(house):
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()

    answer = house.slack.knock(body, {"Content-Type": "application/json"})

    assert answer.status_code == 200 and "abc" in answer.text


# Customers


def test_who_complains_in_a_direct_message_is_answered_there(house):
    house.rasa.script = [says("Thank you for telling us.", "Which order is it?")]

    house.slack.says("UADA", "My lamp came broken", ADA)
    answered(house, 3)

    greeting, *said = house.slack.texts(ADA)[1:]
    assert "automated assistant" in greeting
    assert said == ["Thank you for telling us.", "Which order is it?"]
    (conversation,) = house.core.rows(Conversation)
    assert (conversation.channel, conversation.visitor) == ("slack", "T1:UADA:DADA")


def test_times_are_told_by_the_clock_that_slack_knows_them_by(house):
    house.slack.zones["UADA"] = "America/New_York"

    house.slack.says("UADA", "My lamp came broken", ADA)
    answered(house)

    (conversation,) = house.core.rows(Conversation)
    assert conversation.timezone == "America/New_York"
    assert house.slack.asked.count("users.info") == 1  # and not for each message


def test_while_slack_does_not_say_where_they_are_they_are_answered_all_the_same(house):
    house.rasa.script = [says("Thank you for telling us.")]

    house.slack.says("UADA", "My lamp came broken", ADA)
    answered(house, 3)

    assert "Thank you for telling us." in house.slack.texts(ADA)
    (conversation,) = house.core.rows(Conversation)
    assert conversation.timezone is None


def test_who_calls_us_in_a_channel_is_answered_in_a_thread(house):
    event = house.slack.write("UADA", "<@UBOT> My lamp came broken", "CTEST")
    house.slack.tell(event | {"type": "app_mention"})
    house.slack.tell(event)  # Slack tells of a mention as a message too
    answered(house, 3)
    house.slack.says("UADA", "It is W-10482", "CTEST", root=event["ts"])
    answered(house, 3)

    assert house.rasa.messages == ["My lamp came broken", "It is W-10482"]
    assert len(house.slack.texts("CTEST", event["ts"])) == 4  # greeting, answer, hers, answer


def test_people_who_talk_among_themselves_are_left_alone(house):
    event = house.slack.says("UADA", "lunch?", "CTEST")
    house.slack.says("UBEN", "yes", "CTEST", root=event["ts"])
    house.look()

    assert house.core.rows(Conversation) == [] and len(house.slack.messages) == 2


def test_a_stranger_in_a_customers_thread_does_not_speak_for_them(house):
    event = house.slack.write("UADA", "<@UBOT> My lamp came broken", "CTEST")
    house.slack.tell(event | {"type": "app_mention"})
    house.slack.says("UEVE", "I want my money back", "CTEST", root=event["ts"])
    answered(house)

    assert house.rasa.messages == ["My lamp came broken"]


def test_what_slack_tells_again_is_heard_once(house):
    event = house.slack.write("UADA", "My lamp came broken", ADA)

    with ThreadPoolExecutor(4) as at_once:
        told = list(at_once.map(lambda again: house.slack.tell(event, again), range(4)))
    answered(house, 4)

    assert [answer.status_code for answer in told] == [200] * 4
    assert house.rasa.messages == ["My lamp came broken"]
    assert len(house.slack.texts(ADA)) == 3  # hers, the greeting, the answer


def test_slack_is_told_at_once_that_it_arrived_however_long_the_answer_takes(house):
    house.rasa.script = ["hang"]
    event = house.slack.write("UADA", "My lamp came broken", ADA)

    began = time.monotonic()
    house.slack.tell(event)

    assert time.monotonic() - began < 1.5
    assert [m.text for m in messages_of(house)] == ["My lamp came broken"]


def test_a_button_of_an_offer_is_pressed_in_slack(house):
    payload = '/accept_offer{"offer": "1"}'
    house.rasa.script = [says("Which one?", buttons=[("A new lamp by Friday", payload)])]
    house.slack.says("UADA", "My lamp came broken", ADA)
    answered(house, 3)

    house.slack.press("UADA", house.slack.thread(ADA)[-1], "A new lamp by Friday")
    answered(house)

    assert house.rasa.messages[-1] == payload
    assert messages_of(house)[-1].text == "A new lamp by Friday"


def test_nobody_presses_anothers_button_or_one_that_was_never_offered(house):
    house.rasa.script = [says("Which one?", buttons=[("A new lamp", "/accept_offer")])]
    house.slack.says("UADA", "My lamp came broken", ADA)
    answered(house, 3)
    shown = house.slack.thread(ADA)[-1]

    house.slack.press("UEVE", shown, "A new lamp")
    forged = json.loads(json.dumps(shown).replace("/accept_offer", '/inform{\\"amount\\": 999}'))
    house.slack.press("UADA", forged, "A new lamp")
    answered(house)

    assert house.rasa.messages == ["My lamp came broken"]


def test_what_is_refused_is_told_to_them_alone_in_the_words_of_domain_yml(house):
    house.slack.says("UADA", "x" * 10_001, ADA)

    ((user, text),) = whispered(house)
    assert user == "UADA" and "10,000" in text


def test_an_address_is_read_as_it_was_typed(house):
    house.slack.says("UADA", "I'm <mailto:ada@x.example|ada@x.example> &amp; cross", ADA)
    answered(house)

    assert house.rasa.messages == ["I'm ada@x.example & cross"]


def test_a_photo_is_taken_in_beside_its_words(house):
    house.rasa.script = [says("Thank you."), says("Photo received.")]

    event = house.slack.shows("UADA", picture(), ADA, "My lamp came broken")
    house.slack.tell(event, again=1)  # Slack had waited too long for us
    answered(house, 3)

    assert house.rasa.messages == ["My lamp came broken", "/send_photo"]
    (photo,) = house.core.rows(Photo)
    assert photo.media_type == "image/jpeg"
    assert house.slack.whispers == []


@pytest.mark.parametrize(
    "content, url, told",
    [
        (b"%PDF-1.7", "", "couldn't open that as a picture"),
        (b"x" * (LARGEST_BYTES + 1), "", "larger than 10 MB"),
        (b"", "", "didn't reach us"),
        (picture(), "https://slack.com.evil.example/photo.png", "didn't reach us"),
    ],
)
def test_who_shows_what_cannot_be_taken_in_hears_what_to_do(house, content, url, told):
    house.slack.shows("UADA", content, ADA, url=url)

    ((user, text),) = whispered(house)
    assert user == "UADA" and told in text
    assert house.core.rows(Photo) == []


# People


def test_what_policy_gives_is_offered_from_a_form(house, ines):
    visitor, card = handed_over_card(house)
    house.slack.press("UINES", card, "Take over")
    house.look()
    house.slack.press("UINES", house.cards()[-1], "Offer")
    (form,) = house.slack.forms

    house.slack.fill("UINES", form, remedy="full_refund")

    said = house.conversations.since(visitor.id)[-1]
    assert (said.author, said.name) == ("agent", "Ines Duarte")
    assert said.buttons[0]["title"].startswith("All your money back: £64.00")


def test_who_sends_a_file_to_a_customer_hears_that_it_stays_here(house, ines):
    visitor, card = handed_over_card(house)
    house.slack.press("UINES", card, "Take over")
    event = house.slack.write(
        "UINES", "as you see here", AGENTS, card["ts"], subtype="file_share", files=[{"id": "F1"}]
    )
    house.slack.tell(event)

    ((user, text),) = whispered(house)
    assert user == "UINES" and text.startswith("Files are not passed on")
    assert house.conversations.since(visitor.id)[-1].text == "as you see here"


def test_who_takes_over_has_it_and_the_thread_is_the_conversation(house, ines):
    visitor, card = handed_over_card(house)

    house.slack.press("UINES", card, "Take over")
    house.slack.says("UINES", "A new blender leaves today.", AGENTS, root=card["ts"])
    house.conversations.receive(visitor.id, "Thank you!", "c-1")
    house.look(4)

    assert visitor.conversation.agent == ines
    said = house.conversations.since(visitor.id)[-2:]
    assert [(m.author, m.name, m.text) for m in said] == [
        (Author.AGENT, "Ines Duarte", "A new blender leaves today."),
        (Author.CUSTOMER, None, "Thank you!"),
    ]
    thread = house.slack.texts(AGENTS, card["ts"])
    assert thread[-1] == "Customer: Thank you!"
    assert sum("leaves today" in text for text in thread) == 1, "what she typed is there already"


def test_of_two_who_take_over_at_once_one_wins_and_the_other_hears_who(house, ines, omar):
    visitor, card = handed_over_card(house)

    with ThreadPoolExecutor(2) as at_once:
        list(at_once.map(lambda who: house.slack.press(who, card, "Take over"), ("UINES", "UOMAR")))

    winner = house.core.people.find(visitor.conversation.agent)
    loser = {"ines": "UOMAR", "omar": "UINES"}[winner.sign_in]
    assert whispered(house) == [(loser, f"{winner.name} has it already.")]


def test_a_button_pressed_twice_takes_over_once(house, ines):
    visitor, card = handed_over_card(house)

    house.slack.press("UINES", card, "Take over")
    house.slack.press("UINES", card, "Take over")

    assert whispered(house) == []
    assert sum(entry.verb == "take_over" for entry in visitor.log) == 1


@pytest.mark.parametrize("who", ["USTRANGER", "UGONE"])
def test_who_does_not_work_here_does_nothing(house, who):
    visitor, card = handed_over_card(house)

    house.slack.press(who, card, "Take over")
    house.slack.says(who, "Go away", AGENTS, root=card["ts"])

    assert visitor.conversation.handler == Handler.QUEUE
    assert [user for user, _ in whispered(house)] == [who, who]
    assert all(m.author != Author.AGENT for m in house.conversations.since(visitor.id))


def test_who_has_not_taken_over_does_not_speak_to_the_customer(house, ines, omar):
    visitor, card = handed_over_card(house)
    house.slack.press("UINES", card, "Take over")

    house.slack.says("UOMAR", "What is this one about?", AGENTS, root=card["ts"])

    ((user, text),) = whispered(house)
    assert user == "UOMAR" and "Ines Duarte has case" in text
    assert all(m.author != Author.AGENT for m in house.conversations.since(visitor.id))


def test_a_line_with_two_strokes_is_for_colleagues(house, ines, omar):
    visitor, card = handed_over_card(house)

    house.slack.says("UOMAR", "// I know her, be kind", AGENTS, root=card["ts"])

    assert all("be kind" not in m.text for m in house.conversations.since(visitor.id))
    note = house.casebook.look_at(visitor.case.reference, ines, "k").transcript[-1]
    assert (note.author, note.name, note.text) == (
        Author.NOTE,
        "Omar Haddad",
        "I know her, be kind",
    )


def test_a_reply_that_slack_tells_again_is_said_once(house, ines):
    visitor, card = handed_over_card(house)
    house.slack.press("UINES", card, "Take over")
    event = house.slack.write("UINES", "A new one leaves today.", AGENTS, root=card["ts"])

    for again in range(3):
        house.slack.tell(event, again)

    said = [m.text for m in house.conversations.since(visitor.id) if m.author == Author.AGENT]
    assert said == ["A new one leaves today."]


def test_it_is_handed_back_with_a_note(house, ines):
    visitor, card = handed_over_card(house)
    house.slack.press("UINES", card, "Take over")
    house.slack.says("UINES", "Here you are.", AGENTS, root=card["ts"])
    house.look()

    house.slack.press("UINES", house.cards()[-1], "Hand back")
    done = house.slack.fill("UINES", house.slack.forms[-1], note="She takes the new one.")

    assert done.status_code == 200 and not done.content
    assert visitor.conversation.handler == Handler.BOT


def test_it_is_closed_with_outcome_reason_and_root_cause(house, ines):
    visitor = house.core.visitor("ada")
    visitor.tells("your man laughed at me", "complain_poor_service")
    visitor.asks_for_a_person()
    house.look()
    house.slack.press("UINES", house.cards()[-1], "Take over")
    house.slack.says("UINES", "I am sorry he did.", AGENTS, root=house.cards()[-1]["ts"])
    house.look()

    house.slack.press("UINES", house.cards()[-1], "Close")
    form = house.slack.forms[-1]
    done = house.slack.fill(
        "UINES", form, outcome="upheld", reason="He admits it.", root_cause="tone"
    )

    assert done.status_code == 200 and not done.content
    case = visitor.case
    assert (case.status, case.outcome, case.root_cause) == ("closed", "upheld", "tone")


def test_what_cannot_be_closed_yet_is_said_in_the_form(house, ines):
    visitor, card = handed_over_card(house)
    house.slack.press("UINES", card, "Take over")
    house.look()

    house.slack.press("UINES", house.cards()[-1], "Close")
    answer = house.slack.fill(
        "UINES", house.slack.forms[-1], outcome="upheld", reason="done", root_cause="post"
    ).json()

    assert answer["response_action"] == "errors"
    assert "reply first" in answer["errors"]["reason"]
    assert visitor.case.status != "closed"


def test_a_form_that_slack_does_not_show_is_asked_for_again(house, ines):
    _, card = handed_over_card(house)
    house.slack.press("UINES", card, "Take over")
    house.look()
    house.slack.trouble = [HANG]

    house.slack.press("UINES", house.cards()[-1], "Close")

    ((_, text),) = whispered(house)
    assert "once more" in text


# Both in Slack


def test_a_customer_in_slack_and_a_person_in_slack_talk_to_each_other(house, ines):
    house.slack.says("UADA", "My lamp came broken", ADA)
    answered(house, 3)
    (conversation,) = house.core.rows(Conversation)
    house.casebook.hand_off_broken(conversation.id, "m-1")
    house.look(2)
    (card,) = house.cards()

    house.slack.press("UINES", card, "Take over")
    house.slack.says("UINES", "A lamp leaves today.", AGENTS, root=card["ts"])
    answered(house, 4)
    house.slack.says("UADA", "Lovely", ADA)
    answered(house, 4)

    assert house.slack.texts(ADA)[-2:] == ["A lamp leaves today.", "Lovely"]
    assert house.slack.texts(AGENTS, card["ts"])[-1] == "Customer: Lovely"
    assert house.rasa.messages == ["My lamp came broken"], "the assistant is silent"


def test_it_waits_in_the_thread_while_nobody_has_it(house):
    visitor, card = handed_over_card(house)
    put_with(house.store, visitor.id, Handler.QUEUE)
    house.conversations.receive(visitor.id, "Is anybody there?", "c-1")
    house.look(3)

    assert "Customer: Is anybody there?" in house.slack.texts(AGENTS, card["ts"])


def messages_of(house):
    (conversation,) = house.core.rows(Conversation)
    return [m for m in house.conversations.since(conversation.id) if m.author == Author.CUSTOMER]


# How it is set up


def test_slack_is_there_only_with_its_token_and_its_secret(tmp_path):
    def door(**settings):
        app = front_door(House(Settings(var=tmp_path, _env_file=None, **settings)))
        return TestClient(app, raise_server_exceptions=False).post("/slack/events", content=b"{}")

    assert door(slack_bot_token=TOKEN, slack_signing_secret=SECRET).status_code == 401
    assert door(slack_bot_token=TOKEN).status_code in (404, 405)


def test_who_is_who_is_read_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("AMENDS_SLACK_PEOPLE", "U1=ines, U2=omar")
    assert Settings(var=tmp_path).slack_people == {"U1": "ines", "U2": "omar"}

    monkeypatch.setenv("AMENDS_SLACK_PEOPLE", "ines")
    with pytest.raises(ValueError, match="write U012AB=ines"):
        Settings(var=tmp_path)
