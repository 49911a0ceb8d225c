"""What the intent reader weighs: meaning, manner and writing; and how even it weighs intents."""

import numpy as np
import pytest

from room.graph import WIDTH
from room.intents import IntentReader
from room.pipeline import Intents

ASKED = ["how do I return it", "how do I send it back", "can I swap it", "where do I post it to"]
WANTED = ["I want to return it", "I will send it back", "please swap it", "I want to post it back"]


@pytest.fixture(scope="module")
def reader(encoder):
    return IntentReader.trained_on(
        encoder, ASKED + WANTED, ["ask"] * len(ASKED) + ["wish"] * len(WANTED)
    )


def sure_of(intent, reader, text, vectors):
    (guesses,) = reader.guesses([text], vectors)
    return next(guess.confidence for guess in guesses if guess.intent == intent)


def test_how_it_is_put_weighs_beside_what_it_means(encoder, reader):
    meaning, manner = encoder.encode_both(["I want to return it", "how do I return it"])
    as_told = np.concatenate([meaning[:WIDTH], meaning[WIDTH:]])[None]
    as_asked = np.concatenate([meaning[:WIDTH], manner[WIDTH:]])[None]

    told, asked = (
        sure_of("wish", reader, "I want to return it", row) for row in (as_told, as_asked)
    )

    assert told > asked + 0.05


def test_how_it_is_written_weighs_beside_what_it_means(encoder, reader):
    row = encoder.encode_both(["how do I return it"])

    as_shown = sure_of("ask", reader, "how do i return it", row)
    otherwise = sure_of("ask", reader, "zzz qqq xxx", row)

    assert as_shown > otherwise + 0.05


LATE = ["my parcel is late", "it never came", "still no delivery", "where is my parcel",
        "it has not arrived", "the delivery is overdue", "nothing was delivered",
        "my order has not turned up", "no sign of the parcel", "the courier never came"]  # fmt: skip
LOST = ["the parcel is lost"]


@pytest.mark.parametrize("said", ["my parcel is lost", "the delivery got lost"])
def test_an_intent_of_few_sentences_is_heard_as_well_where_all_weigh_the_same(encoder, said):
    texts, intents = LATE + LOST, ["late"] * len(LATE) + ["lost"] * len(LOST)
    even = IntentReader.trained_on(encoder, texts, intents, evenness=1.0)
    by_number = IntentReader.trained_on(encoder, texts, intents, evenness=0.0)
    row = encoder.encode_both([said])

    assert sure_of("lost", even, said, row) > sure_of("lost", by_number, said, row) + 0.02


def test_evenness_of_the_config_reaches_the_reader(encoder, monkeypatch, tmp_path):
    from contextlib import contextmanager

    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    class Storage:
        @contextmanager
        def write_to(self, resource):
            yield tmp_path

    sentences = [Message.build(text, "late") for text in LATE]
    sentences += [Message.build(text, "lost") for text in LOST]
    row = encoder.encode_both(["my parcel is lost"])
    sure = []
    for evenness in (1.0, 0.0):
        config = {**Intents.get_default_config(), "evenness": evenness}
        Intents(config, Storage(), None).train(TrainingData(sentences))
        reader = IntentReader.load(encoder, tmp_path)
        sure.append(sure_of("lost", reader, "my parcel is lost", row))

    assert sure[0] > sure[1] + 0.02
