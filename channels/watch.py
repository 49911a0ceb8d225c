"""Wakes whoever holds a customer's stream: at once for what this process says, soon for others."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from complaints.conversation import ConversationLog, Pulse

POLL_SECONDS = 0.5
log = structlog.get_logger()


class Watch:
    """One poll for all open streams of this process, however many there are."""

    def __init__(self, conversations: ConversationLog, seconds: float = POLL_SECONDS) -> None:
        self._conversations = conversations
        self._seconds = seconds
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._known: dict[str, Pulse] = {}

    @contextmanager
    def listen(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever there may be something new in the conversation."""
        changed = asyncio.Event()
        self._listeners[conversation_id].add(changed)
        try:
            yield changed
        finally:
            self._listeners[conversation_id].discard(changed)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]
                self._known.pop(conversation_id, None)

    def wake(self, conversation_id: str) -> None:
        for changed in self._listeners.get(conversation_id, ()):
            changed.set()

    async def run(self) -> None:
        """Looks again and again, until cancelled."""
        while True:
            await asyncio.sleep(self._seconds)
            if not self._listeners:
                continue
            try:
                await self._look()
            except Exception:
                log.exception("cannot look for new messages; looking again")

    async def _look(self) -> None:
        pulses = await asyncio.to_thread(self._conversations.pulses, list(self._listeners))
        for conversation_id, pulse in pulses.items():
            if conversation_id in self._listeners and self._known.get(conversation_id) != pulse:
                self._known[conversation_id] = pulse
                self.wake(conversation_id)
