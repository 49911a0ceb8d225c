"""A message is heard whole and sentence by sentence; the right thing leads."""

import pytest

from room.categories import told_besides
from room.intents import Guess
from room.message import sentences_of
from room.person import wants_person


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("the blender came broken", "complain_damaged_item"),
        ("my kettel arived smashd", "complain_damaged_item"),
        ("PARCEL STILL NOT HERE", "complain_late_delivery"),
        ("you billed me two times", "complain_wrong_charge"),
        ("I want my money back", "express_wish"),
        ("are you open on saturdays?", "ask_opening_hours"),
        ("actually it is W-10490", "correct"),
        ("hello!", "greet"),
    ],
)
def test_plain_messages_are_understood(listener, text, intent):
    assert listener.hear(text).lead.intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "asdkjh qweoiu zzxcv",
        "flurb grompf",
        "quantum chromodynamics lecture",
        "🙂",
        "?!",
    ],
)
def test_what_it_has_never_seen_comes_out_low_or_out_of_scope(listener, text):
    heard = listener.hear(text)

    assert heard.lead.intent in ("nlu_fallback", "out_of_scope")
    assert heard.also == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mi pedido nunca llegó y quiero que me devuelvan el dinero", "es"),
        ("Pedido W-10517: el hervidor llegó con el asa rota", "es"),
        ("quiero hablar con una persona", "es"),
        ("Meine Bestellung ist kaputt angekommen", "de"),
        ("wie komme ich zum bahnhof", "de"),
        ("le colis est cassé et personne ne repond", "fr"),
        ("il mio ordine non è arrivato", "it"),
        ("zamówienie nie dotarło", "pl"),
        ("我的包裹没有到", "zh"),
        ("мой заказ не пришел", "ru"),
    ],
)
def test_another_language_is_named_and_not_guessed_at(listener, text, language):
    heard = listener.hear(text)

    assert (heard.lead.intent, heard.language) == ("write_in_another_language", language)
    assert heard.also == []


def test_a_request_for_a_person_leads_wherever_it_stands(listener):
    heard = listener.hear(
        "My kettle arrived cracked. I already wrote twice. Let me speak to a manager. Thank you"
    )

    assert heard.lead.intent == "ask_for_person"
    assert "complain_damaged_item" in heard.also


def test_a_refused_person_does_not_lead_over_the_complaint(listener):
    heard = listener.hear("My kettle arrived cracked. No need for a human.")

    assert heard.lead.intent == "complain_damaged_item"
    assert "refuse_person" in heard.also


def test_a_complaint_leads_over_greeting_thanks_and_wish(listener):
    heard = listener.hear("Hi there. The lamp is broken. I want my money back. Thanks a lot.")

    assert heard.lead.intent == "complain_damaged_item"
    assert {"greet", "express_wish", "thank"} <= set(heard.also)


def test_two_complaints_in_one_message_are_both_heard(listener):
    heard = listener.hear("You charged me twice. And your driver was rude to me.")

    assert {heard.lead.intent, *heard.also} >= {"complain_wrong_charge", "complain_poor_service"}


def test_every_sentence_is_given_with_its_own_intent_and_confidence(listener):
    heard = listener.hear("My parcel never came. When are you open?")

    assert [(part["text"], part["intent"]) for part in heard.sentences] == [
        ("My parcel never came.", "complain_late_delivery"),
        ("When are you open?", "ask_opening_hours"),
    ]
    assert all(0 < part["confidence"] <= 1 for part in heard.sentences)


@pytest.mark.parametrize(
    "text",
    [
        "W-10482",
        "it's order no. 10482",
        "sw9 8qf",
        "my name is Sarah Hughes",
        "yesterday",
        "sarah@hughes.org, 07700 900123",
    ],
)
def test_nothing_but_details_is_inform(listener, text):
    assert listener.hear(text).lead.intent == "inform"


@pytest.mark.parametrize(
    ("signs", "intent"), [("🙏", "thank"), ("👋👋", "greet"), ("🦆", "nlu_fallback")]
)
def test_a_sign_is_read_as_the_word_it_stands_for(listener, signs, intent):
    assert listener.hear(signs).lead.intent == intent


def test_an_empty_message_is_not_understood(listener):
    heard = listener.hear("  \n ")

    assert (heard.lead.intent, heard.sentences, heard.also) == ("nlu_fallback", [], [])


def test_a_story_of_ten_thousand_characters_is_read_to_its_two_thousandth(listener):
    heard = listener.hear("My kettle arrived cracked. " + "It is a sad story. " * 500)

    assert heard.lead.intent == "complain_damaged_item"
    assert len(heard.sentences) <= 16


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It broke. I want a refund!", ["It broke.", "I want a refund!"]),
        ("order no. 10482 is late", ["order no. 10482 is late"]),
        ("it cost £3.50 at Mr. Hill's", ["it cost £3.50 at Mr. Hill's"]),
        ("one\ntwo", ["one", "two"]),
        ("It leaks.I want a new one", ["It leaks.", "I want a new one"]),
        ("write to sarah@hughes.org", ["write to sarah@hughes.org"]),
        (
            "the blender came with a broken jug and i want my money back",
            ["the blender came with a broken jug", "i want my money back"],
        ),
        ("...", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, sentences):
    assert sentences_of(text) == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "can I talk to a human",
        "human please",
        "AGENT",
        "I want to speak to a manager",
        "get me a real person",
        "how do i get hold of a human",
        "no idea how to contact one of your agents",
        "put me through to someone",
        "I don't want to talk to a bot",
        "I don't want a bot, I want a human",
        "no, I want to talk to a human",
        "is there anyone I can talk to",
        "let me talk to your supervisor now",
        "transfer me now",
    ],
)
def test_asking_for_a_person_is_plain_in_any_wording(sentence):
    assert wants_person(sentence) is True


@pytest.mark.parametrize(
    "sentence",
    [
        "no need for a human",
        "I don't want to talk to a person",
        "I don't need to contact an agent",
        "please don't transfer me to an agent",
        "no I don't need to speak to anyone",
        "I'd rather keep talking to you",
    ],
)
def test_declining_a_person_is_plain_too(sentence):
    assert wants_person(sentence) is False


@pytest.mark.parametrize(
    "sentence",
    [
        "I spoke to an agent yesterday who was rude",
        "I've been trying to speak to someone for weeks",
        "I asked to speak to a manager and was refused",
        "no person has replied",
        "how do I get to your store",
        "I tried to contact customer service",
        "the delivery person was rude",
        "are you a real person",
        "someone stole my parcel",
    ],
)
def test_telling_of_people_is_neither(sentence):
    assert wants_person(sentence) is None


@pytest.mark.parametrize("text", ["blorp fnord", "wibble zork", "qwrt zxcvb", "Ghfjdk!!"])
def test_what_holds_no_word_is_not_understood_whatever_it_is_like(listener, text):
    assert listener.hear(text).lead.intent == "nlu_fallback"


def guesses(**sure):
    return [Guess(f"complain_{name}", confidence) for name, confidence in sure.items()]


@pytest.mark.parametrize(
    "whole, parts, seconds",
    [
        (guesses(poor_service=0.71, late_delivery=0.41), [], {"poor_service", "late_delivery"}),
        (guesses(wrong_charge=0.58, wrong_item=0.32),
         [guesses(wrong_item=0.46), guesses(wrong_charge=1.0)], {"wrong_charge", "wrong_item"}),
        # "My dad bought it for me. It does not work."
        (guesses(damaged_item=0.49, wrong_item=0.2),
         [guesses(wrong_item=0.48), guesses(damaged_item=0.71)], {"damaged_item"}),
        (guesses(wrong_charge=0.33, late_delivery=0.19), [guesses(late_delivery=0.54)],
         {"late_delivery"}),
    ],
)  # fmt: skip
def test_a_second_kind_of_wrong_is_told_by_the_whole_too(whole, parts, seconds):
    found = told_besides([whole, *parts])

    assert set(found) == {f"complain_{name}" for name in seconds}


def test_how_they_came_by_it_is_no_second_complaint(listener):
    heard = listener.hear("My dad bought it for me. It arrived broken.")

    assert heard.lead.intent == "complain_damaged_item"
    assert not [name for name in heard.also if name.startswith("complain_")]


def test_how_somebody_begins_says_nothing_of_what_follows(listener):
    plain = listener.hear("the blender came broken")
    greeted = listener.hear("Good morning all, the blender came broken")

    assert greeted.lead == plain.lead
    assert listener.hear("Hello there!").lead.intent == "greet"


@pytest.mark.parametrize("name", ["My name is Bethan Rhydderch", "my name is Olufunke Adebayo"])
def test_a_message_of_nothing_but_a_name_is_read_for_no_danger(listener, name):
    heard = listener.hear(name)

    assert heard.lead.intent == "inform"
    assert heard.read == []


def test_what_is_broken_comes_before_how_they_were_treated(listener):
    said = "Your agent was rude to me on the phone and my kettle arrived cracked"

    heard = listener.hear(said)

    assert heard.lead.intent == "complain_damaged_item"
    assert "complain_poor_service" in heard.also


def test_money_comes_before_how_they_were_treated(listener):
    heard = listener.hear("Your agent was rude to me on the phone. And you charged me twice.")

    assert heard.lead.intent == "complain_wrong_charge"
    assert "complain_poor_service" in heard.also


def test_a_question_at_the_end_of_a_complaint_without_full_stops_is_heard():
    said = "the glasses came smashed and the post was charged twice and can someone tell me when you open"

    assert sentences_of(said)[-1] == "can someone tell me when you open"
