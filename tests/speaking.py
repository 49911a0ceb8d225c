"""The actions without Rasa: what was understood is given, and the rules of data/ choose the action.

Says every word the assistant would say, in milliseconds. Nothing is caught here: a response
that lacks a word raises, where in the running house a person would be called.
"""

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import CollectingDispatcher

import actions.base
import actions.conversation
import actions.follow_up
import actions.handoff
import actions.intake
import actions.remedy
import actions.status
from actions.base import CaseAction
from complaints.words import Words
from tests.core import ROOT, Core, Visitor, heard

DANGERS = (
    "injury", "fire", "electric_shock", "self_harm", "legal_threat", "press_threat",
    "discrimination", "child", "bereavement", "illness",
)  # fmt: skip


class ListeningWords(Words):
    """The words, and which of them were used."""

    def __init__(self, responses: dict[str, Any]) -> None:
        super().__init__(responses)
        self.used: set[str] = set()

    def say(self, name: str, **said: Any) -> str:
        self.used.add(name)
        return super().say(name, **said)


class Speaker:
    """The assistant at one core; `tell` gives what a visitor reads, and the buttons below it."""

    def __init__(
        self, core: Core, monkeypatch: pytest.MonkeyPatch, words: Words | None = None
    ) -> None:
        self.words = words or ListeningWords(responses())
        monkeypatch.setattr(actions.base, "casebook", lambda: core.casebook)
        monkeypatch.setattr(actions.base, "words", lambda: self.words)
        self._said: dict[str, list[str]] = {}

    def tell(self, visitor: Visitor, text: str, intent: str = "inform", **found: Any) -> list[str]:
        """Everything the assistant answers to one message."""
        message = heard(text, intent, **found)
        visitor.said = message
        said = self._said.setdefault(visitor.id, [])
        tracker = SimpleNamespace(
            latest_message={
                "text": text,
                "intent": {"name": intent, "confidence": message.certainty},
                "also": message.also,
                "entities": [
                    {"entity": name, "value": value}
                    for name, values in message.details.items()
                    for value in values
                ],
                "sentences": [{"text": t, "intent": i} for t, i in message.sentences],
                "heat": message.heat,
                "danger": message.danger,
                "metadata": {
                    "message_id": message.message_id,
                    "conversation_id": visitor.id,
                },
            },
            events=[{"event": "bot", "text": each} for each in said],
        )
        spoken = CollectingDispatcher()
        _action_for(intent)._answer(spoken, tracker)
        answers = [message["text"] for message in spoken.messages]
        said += answers
        self.buttons = {
            button["title"]: button["payload"]
            for message in spoken.messages
            for button in message.get("buttons") or ()
        }
        return answers

    def press(self, visitor: Visitor, payload: str) -> list[str]:
        """Presses a button, as Rasa reads its payload."""
        intent, _, details = payload.removeprefix("/").partition("{")
        found = yaml.safe_load("{" + details) if details else {}
        return self.tell(visitor, payload, intent, **found)


@lru_cache
def responses() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["responses"]


@lru_cache
def rules() -> dict[str, str]:
    """The action of each intent, as data/ says it."""
    found = {}
    for path in (ROOT / "data").rglob("*.yml"):
        for rule in yaml.safe_load(path.read_text("utf-8")).get("rules") or ():
            steps = rule["steps"]
            found[steps[0]["intent"]] = steps[1]["action"]
    return found


@lru_cache
def _actions() -> dict[str, CaseAction]:
    kinds = CaseAction.__subclasses__()
    return {action.name(): action for action in (kind() for kind in kinds)}


def _action_for(intent: str) -> CaseAction:
    by_rule = rules().get(intent)
    if by_rule is None and intent.startswith("complain_"):
        by_rule = rules()["complain_other"]  # a category that is being added has no rules yet
    return _actions()[by_rule or f"no rule for {intent}"]
