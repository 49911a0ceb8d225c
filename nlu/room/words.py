"""How the assistant words an answer: as domain.yml has it, but never twice the same in a row."""

from __future__ import annotations

import random
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

_REMEMBERED = 6  # utterances back; rule R10 asks for one, people notice for longer


class Words(TemplatedNaturalLanguageGenerator):
    """Prefers a variation the customer has not just read; `nlg: type: room.words.Words`.

    1. Variations are chosen by channel and condition as Rasa does.
    2. Those not among the last utterances come first, at random.
    3. If all were said, the one said longest ago.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        if utter_action not in self.responses:
            return None
        slots = tracker.current_slot_values()
        suitable = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, slots
        )
        # Compared as the customer reads them: two variations may be told apart by a date alone.
        worded = [self._fill_response(dict(variation), slots, **kwargs) for variation in suitable]
        said = _last_said(tracker)
        fresh = [response for response in worded if response.get("text") not in said]
        if fresh:
            return random.choice(fresh)
        return min(worded, key=lambda response: said.index(response.get("text")), default=None)


def _last_said(tracker: DialogueStateTracker) -> list[str]:
    """What was said last, oldest first; a sentence said twice counts from its later time."""
    spoken = [
        event.text for event in tracker.events if isinstance(event, BotUttered) and event.text
    ]
    return list(reversed(list(dict.fromkeys(reversed(spoken[-_REMEMBERED:])))))
