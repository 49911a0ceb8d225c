"""Live: one look at the database for every open page of this process, told to each by its stream."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import structlog

from complaints.following import Change, Following

POLL_SECONDS = 0.5
STREAM_SECONDS = 600  # then the browser comes again, and is asked again who it is
log = structlog.get_logger()


class Live:
    """Tells open pages that something has changed; what it is, they fetch for themselves."""

    def __init__(self, follow: Callable[[], Following], seconds: float = POLL_SECONDS) -> None:
        self._follow = follow
        self._seconds = seconds
        self._following: Following | None = None
        self._expected = False  # somebody is about to listen
        self._listeners: set[asyncio.Queue[Change]] = set()

    async def run(self) -> None:
        """Looks again and again, until cancelled; not while no page is open."""
        while True:
            await asyncio.sleep(self._seconds)
            if not self._listeners:
                if not self._expected:
                    self._following = None
                self._expected = False
                continue
            try:
                await asyncio.to_thread(self._look, asyncio.get_running_loop())
            except Exception:
                log.exception("cannot look for what has changed; looking again")

    async def begin(self) -> None:
        """From here on whatever happens is told; for whoever opens a stream, before it is open.

        The first page of a morning looks when its stream is open. Did we begin to look only at
        our next round, what happens in between would be no news to us, and old to the page.
        """
        self._expected = True
        if self._following is None:
            self._following = await asyncio.to_thread(self._follow)

    async def events(self, conversation_id: str | None = None) -> AsyncIterator[dict[str, str]]:
        """What happens from now on, anywhere or in one conversation.

        The page looks once when its stream opens, so nothing is lost in between.
        """
        changes: asyncio.Queue[Change] = asyncio.Queue()
        self._listeners.add(changes)
        over_at = asyncio.get_running_loop().time() + STREAM_SECONDS
        try:
            while (left := over_at - asyncio.get_running_loop().time()) > 0:
                try:
                    change = await asyncio.wait_for(changes.get(), left)
                except TimeoutError:
                    return
                if conversation_id in (None, change.conversation_id):
                    said = {"what": change.what, "reference": change.reference}
                    yield {"event": "change", "data": json.dumps(said)}
        finally:
            self._listeners.discard(changes)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._following is None:
            self._following = self._follow()
        for change in self._following.news():
            loop.call_soon_threadsafe(self._tell, change)

    def _tell(self, change: Change) -> None:
        for changes in self._listeners:
            changes.put_nowait(change)
