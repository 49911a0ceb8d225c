"""What the room's tests share: one encoder, one small trained listener, and a held clock."""

from pathlib import Path

import pytest
import yaml

from room.danger import DangerReader
from room.details import details_of
from room.encoder import SentenceEncoder
from room.hearing import Listener
from room.intents import IntentReader

PROJECT = Path(__file__).with_name("project")


@pytest.fixture(autouse=True)
def sunday(monkeypatch):
    """It is Sunday, 22 November 2026."""
    monkeypatch.setenv("AMENDS_TODAY", "2026-11-22")


@pytest.fixture(scope="session")
def encoder():
    return SentenceEncoder.shared()


@pytest.fixture(scope="session")
def examples():
    """The small project's sentences and their intents."""
    intents = yaml.safe_load((PROJECT / "nlu.yml").read_text())["nlu"]
    pairs = [
        (line.removeprefix("- "), intent["intent"])
        for intent in intents
        for line in intent["examples"].splitlines()
    ]
    return [text for text, _ in pairs], [name for _, name in pairs]


@pytest.fixture(scope="session")
def listener(encoder, examples):
    reader = IntentReader.trained_on(encoder, *examples)
    return Listener(reader, threshold=0.3, complaint_threshold=0.68, person_threshold=0.4)


@pytest.fixture(scope="session")
def danger_in(encoder, examples):
    """Tells the kind of danger in a message, as the pipeline does: whole and in sentences."""
    from room.message import sentences_of

    reader = DangerReader.trained_with(encoder.encode_both, examples[0])

    def kind_of(text):
        read = [text, *sentences_of(text)]
        return reader.kind_of(read, encoder.encode_both(read))

    return kind_of


@pytest.fixture
def found():
    """The details of a message as {entity: [values]}."""

    def values(text):
        found: dict[str, list] = {}
        for detail in details_of(text):
            found.setdefault(detail.entity, []).append(detail.value)
        return found

    return values
