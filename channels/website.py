"""The chat a website embeds: post a message, stream the answers, send a photo, fetch history.

The contract is in `docs/website.md`. A message is acknowledged as soon as it is stored; the
asking goes on by itself, and whoever holds the customer's stream shows what was said.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.incoming import (
    TooLarge,
    Unreadable,
    bearer_of,
    client_id_of,
    form_with_file,
    json_object,
    seen_up_to,
    text_of,
)
from channels.photo import LARGEST_BYTES, NotAPicture, safe_jpeg
from channels.reception import Reception, Refused, Why
from channels.tokens import HostTokens, SessionTokens
from channels.watch import POLL_SECONDS, Watch
from complaints.conversation import Author, Conversation, Handler, Message

BETWEEN_BUBBLES_SECONDS = 0.5  # nobody types two answers in one moment
GRACE_SECONDS = 3  # at shutdown, for answers that are nearly there; `deliver` finds the others
STATUS = {Why.TOO_LONG: 413, Why.TOO_FAST: 429, Why.EMPTY: 422}
# "Give us a few seconds, then send it again; nothing is lost": true of everything the widget
# repeats by itself, an expired session and a busy database too.
SEND_AGAIN = "utter_too_fast"
SENTENCES = (
    SEND_AGAIN,
    "utter_empty_message",
    "utter_photo_too_large",
    "utter_photo_not_a_picture",
)

log = structlog.get_logger()


class Website:
    """The website's door. `app` is mounted at /chat; `running()` spans its life."""

    def __init__(
        self,
        reception: Reception,
        sessions: SessionTokens,
        hosts: HostTokens,
        allowed_origins: Sequence[str] = (),
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        reception.words.require(SENTENCES)
        self.reception = reception
        self.conversations = reception.conversations
        self.words = reception.words
        self.sessions = sessions
        self.hosts = hosts
        self.watch = Watch(self.conversations, poll_seconds)
        self._answering: set[asyncio.Task[None]] = set()
        self._unpacking = asyncio.Semaphore(2)  # photos at a time: one may fill 250 MB
        reception.answering.when_changed = self.watch.wake
        self.app = Starlette(
            routes=[
                Route("/session", self.open, methods=["POST"]),
                Route("/messages", self.send, methods=["POST"]),
                Route("/messages", self.history, methods=["GET"]),
                Route("/photos", self.send_photo, methods=["POST"]),
                Route("/stream", self.stream, methods=["GET"]),
            ],
            middleware=[
                Middleware(
                    CORSMiddleware,
                    allow_origins=allowed_origins,
                    allow_methods=["GET", "POST"],
                    allow_headers=["authorization", "content-type", "last-event-id"],
                )
            ],
            exception_handlers={
                Refused: self._refused,
                TooLarge: self._too_large,
                Unreadable: self._unreadable,
                NotAPicture: self._not_a_picture,
                HTTPException: self._http_error,
                SQLAlchemyError: self._broken,
                Exception: self._broken,
            },
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watches for new messages; at the end, lets answers that are nearly there arrive."""
        watching = asyncio.create_task(self.watch.run())
        try:
            yield
        finally:
            watching.cancel()
            if self._answering:
                _, late = await asyncio.wait(self._answering, timeout=GRACE_SECONDS)
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)

    async def open(self, request: Request) -> Response:
        """Goes on with the conversation of this browser, or begins one."""
        said = await json_object(request)
        vouched = self.hosts.read(text_of(said, "customer_token"))
        conversation = await self._known(request)
        if conversation and conversation.customer_id:
            # On a shared computer the next person is not shown what the last one said.
            if vouched is None or vouched.customer_id != conversation.customer_id:
                conversation = None
        elif conversation and vouched and vouched.is_fresh:
            await asyncio.to_thread(self.conversations.vouch, conversation.id, vouched.customer_id)
        if conversation is None:
            conversation = await asyncio.to_thread(
                self.reception.welcome,
                "website",
                secrets.token_urlsafe(16),
                vouched.customer_id if vouched and vouched.is_fresh else None,
            )
        timezone = text_of(said, "timezone")
        await asyncio.to_thread(self.reception.note_timezone, conversation, timezone)
        seen = await self._seen(conversation, 0)
        return JSONResponse({"session": self.sessions.issue(conversation), **seen})

    async def send(self, request: Request) -> Response:
        """Keeps words or a pressed button, and has them answered."""
        conversation = await self._own(request)
        said = await json_object(request)
        message = await asyncio.to_thread(
            self.reception.receive,
            conversation.id,
            client_id_of(said),
            text_of(said, "text") or "",
            text_of(said, "button"),
        )
        return self._accepted(message)

    async def send_photo(self, request: Request) -> Response:
        conversation = await self._own(request)
        content, fields = await form_with_file(request, "photo", LARGEST_BYTES)
        client_id = client_id_of(fields)
        async with self._unpacking:
            jpeg = await asyncio.to_thread(safe_jpeg, content)
        message = await asyncio.to_thread(
            self.reception.receive_photo, conversation.id, client_id, jpeg
        )
        return self._accepted(message)

    async def history(self, request: Request) -> Response:
        return JSONResponse(await self._seen(await self._own(request), seen_up_to(request)))

    async def stream(self, request: Request) -> Response:
        conversation = await self._own(request)
        events = self._events(conversation.id, seen_up_to(request))
        return EventSourceResponse(events, sep="\n", send_timeout=30)

    async def _events(self, conversation_id: str, last_id: int) -> AsyncIterator[dict[str, str]]:
        handler: Handler | None = None
        typing = False
        with self.watch.listen(conversation_id) as changed:
            while True:
                changed.clear()
                pulses = await asyncio.to_thread(self.conversations.pulses, [conversation_id])
                if (pulse := pulses.get(conversation_id)) is None:
                    return  # erased
                messages = await asyncio.to_thread(
                    self.conversations.since, conversation_id, last_id
                )
                for before, message in zip([None, *messages], messages, strict=False):
                    if self._is_next_bubble(before, message):
                        yield _event("typing", {"on": True})
                        typing = True
                        await asyncio.sleep(BETWEEN_BUBBLES_SECONDS)
                    yield _event("message", as_seen(message), message.id)
                    last_id = message.id
                if handler != pulse.handler:
                    handler = pulse.handler
                    yield _event("handler", {"handler": handler})
                if typing != (pulse.is_answering and handler == Handler.BOT):
                    typing = not typing
                    yield _event("typing", {"on": typing})
                await changed.wait()

    def _is_next_bubble(self, before: Message | None, message: Message) -> bool:
        """Whether it was said in the same breath as the one before, and just now."""
        if before is None or before.answers is None or before.answers != message.answers:
            return False
        return (self.conversations.clock.now() - message.created_at).total_seconds() < 3

    def _accepted(self, message: Message) -> Response:
        task = asyncio.create_task(self.reception.answer(message.conversation_id))
        self._answering.add(task)  # or it could be collected before it is done
        task.add_done_callback(self._answering.discard)
        self.watch.wake(message.conversation_id)
        return JSONResponse({"message": as_seen(message)}, 202)

    async def _seen(self, conversation: Conversation, last_id: int) -> dict[str, Any]:
        messages = await asyncio.to_thread(self.conversations.since, conversation.id, last_id)
        return {"messages": [as_seen(m) for m in messages], "handler": conversation.handler}

    async def _own(self, request: Request) -> Conversation:
        """The conversation this browser may see, and no other."""
        conversation = await self._known(request)
        if conversation is None:
            raise HTTPException(401)
        return conversation

    async def _known(self, request: Request) -> Conversation | None:
        token = self.sessions.read(bearer_of(request) or "")
        if token is None:
            return None
        conversation_id, visitor = token
        conversation = await asyncio.to_thread(self.conversations.find, conversation_id)
        return conversation if conversation and conversation.visitor == visitor else None

    # What is said when it cannot be done

    def _says(self, status: int, name: str, **variables: str) -> Response:
        return JSONResponse({"error": self.words.say(name, **variables)}, status)

    async def _refused(self, request: Request, refused: Exception) -> Response:
        assert isinstance(refused, Refused)
        return JSONResponse({"error": refused.sentence}, STATUS[refused.why])

    async def _too_large(self, request: Request, trouble: Exception) -> Response:
        if request.url.path.endswith("/photos"):
            return self._says(413, "utter_photo_too_large", limit="10 MB")
        return self._says(413, "utter_too_long", limit="10,000")

    async def _not_a_picture(self, request: Request, trouble: Exception) -> Response:
        return self._says(415, "utter_photo_not_a_picture")

    async def _unreadable(self, request: Request, trouble: Exception) -> Response:
        log.info("unreadable request", path=request.url.path, trouble=str(trouble))
        return self._says(422, "utter_empty_message")

    async def _http_error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return self._says(error.status_code, SEND_AGAIN)

    async def _broken(self, request: Request, trouble: Exception) -> Response:
        if not isinstance(trouble, ClientDisconnect):
            log.error("request failed", path=request.url.path, trouble=repr(trouble))
        return self._says(503, SEND_AGAIN)


def as_seen(message: Message) -> dict[str, Any]:
    """The message as the customer's browser gets it."""
    return {
        "id": message.id,
        "author": message.author,
        "name": message.name,
        "text": message.text,
        "buttons": message.buttons,
        "photo": message.photo_id is not None,
        "at": message.created_at.isoformat(),
        "client_id": message.client_id if message.author == Author.CUSTOMER else None,
    }


def _event(name: str, content: dict[str, Any], message_id: int | None = None) -> dict[str, str]:
    event = {"event": name, "data": json.dumps(content, ensure_ascii=False)}
    return event if message_id is None else {**event, "id": str(message_id)}
