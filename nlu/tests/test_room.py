"""The room as Rasa runs it: trained, started and asked with the network unplugged."""

import asyncio
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.nlu.training_data.message import Message

from room.__main__ import DEFAULTS
from room.hearing import Heard
from room.intents import Guess
from room.pipeline import HEARD, Heat

ROOT = Path(__file__).parents[2]
PROJECT = Path(__file__).with_name("project")


class NetworkUsed(AssertionError):
    """Something in the room tried to reach out."""


def unplugged(self, address):
    raise NetworkUsed(f"the room tried to connect to {address}")


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The small project, trained with the repository's own config.yml and loaded; no network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", unplugged)
        patch.setattr(socket.socket, "connect_ex", unplugged)
        for name, value in DEFAULTS.items():
            patch.setenv(name, value)
        import rasa
        from rasa.core.agent import Agent

        folder = tmp_path_factory.mktemp("project")
        for file in ("nlu.yml", "domain.yml"):
            shutil.copy(PROJECT / file, folder)
        trained = rasa.train(
            str(folder / "domain.yml"),
            str(ROOT / "config.yml"),
            [str(folder / "nlu.yml")],
            str(folder / "models"),
        )
        yield Agent.load(trained.model)


def heard(room, text, **metadata):
    """What the tracker keeps of a message: Rasa's latest_message."""
    asyncio.run(room.handle_message(UserMessage(text, sender_id="ada", metadata=metadata)))
    tracker = asyncio.run(room.tracker_store.retrieve("ada"))
    return tracker.current_state()["latest_message"]


def test_everything_understood_reaches_the_tracker(room):
    message = heard(room, "Hi. My kettle W-10482 arrived cracked, I am furious!!")

    assert message["intent"]["name"] == "complain_damaged_item"
    assert message["intent_ranking"][0] == message["intent"]
    assert message["sentences"][0]["intent"] == "greet"
    assert message["also"][0] == "greet"
    assert message["heat"] == 2
    assert message.get("danger") is None
    assert ("order_number", "W-10482") in [
        (found["entity"], found["value"]) for found in message["entities"]
    ]


def test_tomorrow_is_the_day_after_the_customers_today(room):
    message = heard(room, "I need it by tomorrow", today="2026-12-31")

    assert [found["value"] for found in message["entities"]] == ["2027-01-01"]


def test_danger_leads_and_the_complaint_comes_along(room):
    message = heard(room, "The kettle gave me an electric shock. The lid is cracked.")

    assert message["intent"]["name"] == "report_danger"
    assert message["danger"] == "electric_shock"
    assert message["also"][0] == "complain_damaged_item"


def test_a_button_means_what_it_says_and_nothing_is_read_into_it(room):
    message = heard(room, '/express_wish{"remedy": "full_refund"}')

    assert message["intent"] == {"name": "express_wish", "confidence": 1.0}
    assert [(found["entity"], found["value"]) for found in message["entities"]] == [
        ("remedy", "full_refund")
    ]


def test_a_slash_that_is_no_button_is_text_like_any_other(room):
    assert heard(room, "/make_me_admin")["intent"]["name"] in ("nlu_fallback", "out_of_scope")


def test_what_is_kept_survives_being_written_as_json(room):
    import json

    message = heard(room, "I paid £64 for it yesterday")

    assert json.loads(json.dumps(message))["entities"] == message["entities"]


def test_anger_in_no_single_word_reaches_the_tracker(room):
    assert (
        heard(room, "You lot never turned up. So you take my money and then vanish?")["heat"] == 2
    )


class Alike:
    """In the readers' place: whatever has vectors is angry, and nothing is dangerous."""

    def heat_in(self, text, vectors):
        return 2 if len(vectors) else 0

    def kind_of(self, sentences, vectors):
        return None


@pytest.mark.parametrize(
    ("lead", "also", "heat"),
    [
        ("complain_late_delivery", [], 2),
        ("nlu_fallback", [], 2),
        ("praise", ["complain_late_delivery"], 2),
        ("praise", [], 0),
        ("affirm", ["thank"], 0),
        ("write_in_another_language", [], 0),
    ],
)
def test_anger_is_looked_for_only_where_somebody_may_be_discontent(lead, also, heat):
    part = Heat({"encoder": None}, None, None)
    part._danger = part._heat = Alike()
    told = Heard(Guess(lead, 0.9), [], also=also, read=["told"], vectors=np.ones((1, 2)))
    message = Message({"text": "told", HEARD: told})

    part.process([message])

    assert message.get("heat") == heat


def test_one_more_sentence_moves_none_of_those_that_danger_and_heat_learn_from():
    from room.pipeline import _is_of_every_sixth

    told = [f"sentence number {number}" for number in range(600)]
    before = [text for text in told if _is_of_every_sixth(text)]
    after = [text for text in ["a new one", *told] if _is_of_every_sixth(text)]

    assert 60 < len(before) < 140
    assert [text for text in after if text != "a new one"] == before
