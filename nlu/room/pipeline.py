"""The three parts of `pipeline:` in config.yml, as Rasa wants to see them.

Everything they know is in the modules beside this one, which know nothing of Rasa.
Order: Details, Intents, Heat. A button's payload (`/accept_offer{"choice": 2}`) needs no care here:
Rasa's RegexMessageHandler comes after them (3.6.21) and puts a fresh message in place of theirs,
with intent and entities only. What is no intent of the domain stays what they made of it: text.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from room.clock import today
from room.danger import DangerReader
from room.details import details_of
from room.encoder import SentenceEncoder
from room.hearing import Heard, Listener
from room.heat import HeatReader
from room.intents import Guess, IntentReader, plain

_EVERYTHING_HERE = sorted(
    path for path in Path(__file__).parent.rglob("*") if path.suffix in (".py", ".yml", ".txt")
)
# Pass from Details to Intents and from Intents to Heat; they never leave the pipeline.
DETAILS, HEARD = "details", "heard"
_Kind = DefaultV1Recipe.ComponentType


def _fingerprint() -> str:
    """Changes with every file of this package.

    Rasa reuses a trained part while data and config stand still, and looks only at the part's own
    class: a better danger.yml would never have been learned.
    """
    digest = hashlib.sha256()
    for path in _EVERYTHING_HERE:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_of_every_sixth(text: str) -> bool:
    """A sixth of the sentences, and always the same: by their place, one more in data/ would move
    all behind it, and what is danger or anger with it."""
    return zlib.crc32(text.encode()) % 6 == 0


@DefaultV1Recipe.register(_Kind.ENTITY_EXTRACTOR, is_trainable=False)
class Details(GraphComponent):
    """Needs the text; gives `entities`. Nothing is trained."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Details:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            details = details_of(message.get(TEXT) or "", today(message.get("metadata")))
            message.set(DETAILS, details)
            entities = [detail.as_entity() for detail in details]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages


@DefaultV1Recipe.register(_Kind.INTENT_CLASSIFIER, is_trainable=True)
class Intents(GraphComponent):
    """Needs the text and Details; gives `intent`, `intent_ranking`, `sentences` and `also`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "encoder": None,  # a folder with another copy of all-MiniLM-L6-v2; else the wheel's
            "threshold": 0.3,  # from here on a message is understood
            "complaint_threshold": 0.68,  # … as a complaint, all kinds of complaint together
            "evenness": 1.0,  # 1 weighs every intent the same, 0 every sentence
            "person_threshold": 0.4,  # … as asking for a person, whatever else is said
        }

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._encoder = SentenceEncoder.shared(config["encoder"])
        self._listener: Listener | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Intents:
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        return _fingerprint()

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Intents:
        intents = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            intents._listen_with(IntentReader.load(intents._encoder, folder))
        return intents

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        reader = IntentReader.trained_on(
            self._encoder,
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            self._config["evenness"],
        )
        with self._model_storage.write_to(self._resource) as folder:
            reader.save(folder)
        self._listen_with(reader)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            heard = self._listener.hear(message.get(TEXT) or "", message.get(DETAILS))
            message.set(HEARD, heard)
            message.set(INTENT, heard.lead.as_dict(), add_to_output=True)
            message.set(
                INTENT_RANKING_KEY, [guess.as_dict() for guess in heard.ranking], add_to_output=True
            )
            if heard.language:
                found = {"entity": "language", "value": heard.language, "extractor": "Intents"}
                message.set(ENTITIES, [*message.get(ENTITIES, []), found], add_to_output=True)
            message.set("sentences", heard.sentences, add_to_output=True)
            message.set("also", heard.also, add_to_output=True)
        return messages

    def _listen_with(self, reader: IntentReader) -> None:
        self._listener = Listener(
            reader,
            self._config["threshold"],
            self._config["complaint_threshold"],
            self._config["person_threshold"],
        )


@DefaultV1Recipe.register(_Kind.INTENT_CLASSIFIER, is_trainable=True)
class Heat(GraphComponent):
    """Needs Intents; gives `heat` and `danger`, and makes danger the leading intent.

    It learns from sentences that stand beside it, not from data/: danger and anger belong to no
    topic.
    """

    REPORT_DANGER = "report_danger"
    TREATED_BADLY = "complain_poor_service"
    NOT_CONTENT = frozenset(
        """
        express_wish report_still_wrong ask_for_person decline_offers insult nlu_fallback
        out_of_scope
        """.split()
    )

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"encoder": None}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._danger: DangerReader | None = None
        self._heat: HeatReader | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Heat:
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        return _fingerprint()

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Heat:
        heat = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            heat._danger = DangerReader.load(folder)
            heat._heat = HeatReader.load(folder)
        return heat

    def train(self, training_data: TrainingData) -> Resource:
        encoder = SentenceEncoder.shared(self._config["encoder"])
        ordinary = [
            (plain(example.get(TEXT)), example.get(INTENT))  # as Intents has just encoded it
            for example in training_data.intent_examples
            if example.get(TEXT) and _is_of_every_sixth(example.get(TEXT))
        ]
        self._danger = DangerReader.trained_with(
            encoder.encode_both, [text for text, _ in ordinary]
        )
        # How they were treated is seldom told evenly.
        even = [text for text, intent in ordinary if intent != self.TREATED_BADLY]
        self._heat = HeatReader.trained_with(encoder.encode_both, even)
        with self._model_storage.write_to(self._resource) as folder:
            self._danger.save(folder)
            self._heat.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            heard: Heard = message.get(HEARD)
            # What we cannot read we cannot judge; a person does, straight away.
            danger = None if heard.language else self._danger.kind_of(heard.read, heard.vectors)
            felt = heard.vectors if self._may_be_heated(heard) else ()
            heat = self._heat.heat_in(message.get(TEXT) or "", felt)
            message.set("heat", heat, add_to_output=True)
            message.set("danger", danger, add_to_output=True)
            if danger:
                self._lead_with_danger(message, heard)
        return messages

    def _may_be_heated(self, heard: Heard) -> bool:
        """Whether anger without its words may be looked for: praise and a yes sound as warm."""
        told = (heard.lead.intent, *heard.also)
        return any(name.startswith("complain") or name in self.NOT_CONTENT for name in told)

    def _lead_with_danger(self, message: Message, heard: Heard) -> None:
        danger = Guess(self.REPORT_DANGER, 1.0)
        former = (
            [heard.lead.intent] if heard.lead.intent not in ("nlu_fallback", "out_of_scope") else []
        )
        message.set(INTENT, danger.as_dict(), add_to_output=True)
        message.set(
            INTENT_RANKING_KEY,
            [guess.as_dict() for guess in (danger, *heard.ranking)],
            add_to_output=True,
        )
        message.set("also", former + heard.also, add_to_output=True)
