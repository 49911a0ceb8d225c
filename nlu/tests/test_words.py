"""Nobody reads the same sentence twice in a row where there is another way to say it."""

import asyncio

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from room.words import Words

DOMAIN = """
version: "3.1"
slots:
  item: {type: text, influence_conversation: false, mappings: [{type: custom}]}
responses:
  utter_ask_differently:
  - text: I did not follow.
  - text: Could you say that another way?
  - text: I am not sure about {item}.
  utter_reference:
  - text: Your reference is KX-4821-M.
"""


def said_in_turn(action, times):
    """What a customer reads when one response is due `times` in a row."""
    domain = Domain.from_yaml(DOMAIN)
    words = Words(endpoint_config=None, domain=domain)
    tracker = DialogueStateTracker.from_events("ada", [], slots=domain.slots)
    said = []
    for _ in range(times):
        tracker.update(UserUttered("?"))
        response = asyncio.run(words.generate(action, tracker, "rest", item="the kettle"))
        said.append(response["text"])
        tracker.update(BotUttered(response["text"]))
    return said


def test_the_same_sentence_is_never_said_twice_in_a_row():
    said = said_in_turn("utter_ask_differently", times=30)

    assert all(earlier != later for earlier, later in zip(said, said[1:]))


def test_every_variation_comes_before_one_is_repeated():
    assert len(set(said_in_turn("utter_ask_differently", times=3))) == 3


def test_variables_are_filled_in_before_sentences_are_compared():
    assert "I am not sure about the kettle." in said_in_turn("utter_ask_differently", times=3)


def test_what_has_one_wording_keeps_it():
    assert said_in_turn("utter_reference", times=2) == ["Your reference is KX-4821-M."] * 2


def test_an_unknown_response_says_nothing():
    domain = Domain.from_yaml(DOMAIN)
    tracker = DialogueStateTracker.from_events("ada", [])

    assert asyncio.run(Words(None, domain).generate("utter_nothing", tracker, "rest")) is None
