"""A small front door that speaks the widget's contract, so that the chat can be tried alone.

It is a real HTTP server with real streams, and it can be stopped, started again, made to cut
its lines, and made to answer twice. `python -m tests.widget_server` opens the demo page on it.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

WIDGET = Path(__file__).parent.parent / "widget"
STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
GREETING = (
    "Hello, I'm Amends, an automated assistant. If something went wrong, tell me the whole story "
    "in your own words, and we'll put it right together. If you'd rather have a person, just say "
    "so at any point."
)
OFFERS = [
    {
        "title": "New blender by Friday 27 November · keep or recycle the old one",
        "payload": '/choose{"offer": 1}',
    },
    {
        "title": "Full refund of £64.00, back on your card by Tuesday 1 December",
        "payload": '/choose{"offer": 2}',
    },
    {"title": "Talk to a person", "payload": "/ask_for_person"},
]


def blender_story(said: str) -> list[dict]:
    """The conversation of conversation.md, as far as a chat without understanding can have it."""
    if "W-10482" in said:
        return [
            {
                "text": "Thank you for telling us straight away. I'm sorry the jug arrived smashed, and with "
                "guests on Saturday there's no time to lose. I've opened case KX-4821-M and I'll stay "
                "with it until you have a blender that works."
            },
            {
                "text": "I've found W-10482. To be sure it's yours: what is the postcode it was sent to?"
            },
        ]
    if "SW9 8QF" in said:
        return [
            {
                "text": "Got it. You'd like one that works, in time for Saturday. We can do one of these:",
                "buttons": OFFERS,
            }
        ]
    if said == OFFERS[0]["title"]:
        return [
            {
                "text": "That's settled: a new Vortex blender, with you by Friday 27 November 2026. Your case is "
                "KX-4821-M. If the date moves, you'll hear it from us before it does."
            }
        ]
    return [{"text": f"I've kept that, word for word: {said}"}]


@dataclass
class Talk:
    """One browser's conversation."""

    messages: list[dict] = field(default_factory=list)
    handler: str = "bot"
    typing: bool = False

    def say(self, text: str, author: str = "assistant", **more: object) -> dict:
        message = {
            "id": len(self.messages) + 1,
            "author": author,
            "name": None,
            "text": text,
            "buttons": [],
            "photo": False,
            "at": datetime.now(UTC).isoformat(),
            "client_id": None,
            **more,
        }
        self.messages.append(message)
        return message


class FakeFrontDoor:
    def __init__(
        self, answer: Callable[[str], list[dict]] = blender_story, thinks_for: float = 0.05
    ) -> None:
        self.answer = answer
        self.thinks_for = thinks_for  # seconds before an answer, with the typing sign on
        self.talks: dict[str, Talk] = {}
        self.requests: list[tuple[str, str]] = []
        self.says_everything_twice = False  # each streamed message, as after a clumsy reconnect
        self.talks_over: str | None = None  # said just before the next message, and the line cut
        self.is_busy = False  # nothing can be stored
        self.loses_answers = 0  # so many posts are stored, and their answers never arrive
        self._lines = 0  # streams opened before this number of cuts are ended
        self._answering: set[asyncio.Task[None]] = set()
        self._port = free_port()
        self._server: uvicorn.Server | None = None

    # How a test holds it

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def talk(self) -> Talk:
        """The conversation begun last."""
        return list(self.talks.values())[-1]

    def start(self) -> None:
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._app(), host="127.0.0.1", port=self._port, log_level="critical", lifespan="off"
            )
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        """Refuse every connection and drop the open ones; what was said is kept."""
        if self._server:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join()
            self._server = None

    def cut_lines(self) -> None:
        """End every open stream, as proxies do now and then."""
        self._lines += 1

    def __enter__(self) -> FakeFrontDoor:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # What the browser reaches

    def _app(self) -> ASGIApp:
        app = Starlette(
            routes=[
                Route("/chat/session", self._session, methods=["POST"]),
                Route("/chat/messages", self._post, methods=["POST"]),
                Route("/chat/photos", self._photo, methods=["POST"]),
                Route("/chat/messages", self._since),
                Route("/chat/stream", self._stream),
                Route("/", lambda _: FileResponse(WIDGET / "demo.html")),
                Mount("/", StaticFiles(directory=WIDGET)),
            ]
        )

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            async def send_with_policy(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message["headers"].append((b"content-security-policy", STRICT_POLICY.encode()))
                await send(message)

            if scope["type"] == "http":
                self.requests.append((scope["method"], scope["path"]))
            await app(scope, receive, send_with_policy)

        return guarded

    def _known(self, request: Request) -> Talk | None:
        return self.talks.get(request.headers.get("Authorization", "").removeprefix("Bearer "))

    async def _session(self, request: Request) -> Response:
        talk, token = (
            self._known(request),
            request.headers.get("Authorization", "").removeprefix("Bearer "),
        )
        if talk is None:
            token, talk = secrets.token_urlsafe(16), Talk()
            self.talks[token] = talk
            talk.say(GREETING)
        return JSONResponse({"session": token, "messages": talk.messages, "handler": talk.handler})

    async def _post(self, request: Request) -> Response:
        talk, sent = self._known(request), await request.json()
        if talk is None:
            return JSONResponse({"error": "Who is it?"}, 401)
        if self.is_busy:
            return JSONResponse({"error": "Give us a few seconds, then send it again."}, 503)
        if "spam" in sent.get("text", ""):
            return JSONResponse({"error": "That doesn't look like something we can read."}, 422)
        message = next((m for m in talk.messages if m["client_id"] == sent["client_id"]), None)
        if message is None:
            titles = {b["payload"]: b["title"] for m in talk.messages for b in m["buttons"]}
            if self.talks_over:
                talk.say(self.talks_over, "agent", name="Ines")
                self.talks_over = None
                self.cut_lines()
            text = titles[sent["button"]] if "button" in sent else sent["text"]
            message = talk.say(text, "customer", client_id=sent["client_id"])
            self._have_answered(talk, text)
        if self.loses_answers:
            self.loses_answers -= 1
            return Response("<h1>Bad Gateway</h1>", 502)
        return JSONResponse({"message": message}, 202)

    async def _photo(self, request: Request) -> Response:
        talk = self._known(request)
        form = await request.form()
        content = await form["photo"].read()
        if not content.startswith((b"\x89PNG", b"\xff\xd8")):
            return JSONResponse(
                {"error": "That file is not a photo we can open. JPEG and PNG work."}, 415
            )
        message = talk.say("", "customer", photo=True, client_id=form["client_id"])
        self._have_answered(talk, "photo")
        return JSONResponse({"message": message}, 202)

    async def _since(self, request: Request) -> Response:
        talk = self._known(request)
        if talk is None:
            return JSONResponse({"error": "Who is it?"}, 401)
        after = int(request.query_params["after"])
        return JSONResponse({"messages": talk.messages[after:], "handler": talk.handler})

    async def _stream(self, request: Request) -> Response:
        talk = self._known(request)
        if talk is None:
            return JSONResponse({"error": "Who is it?"}, 401)
        return StreamingResponse(
            self._events(talk, int(request.query_params["after"])), media_type="text/event-stream"
        )

    async def _events(self, talk: Talk, after: int) -> AsyncIterator[str]:
        line, typing, handler = self._lines, False, talk.handler
        yield ": ping\r\n\r\n"
        while line == self._lines:
            if talk.typing != typing:
                typing = talk.typing
                yield event("typing", {"on": typing})
            if talk.handler != handler:
                handler = talk.handler
                yield event("handler", {"handler": handler})
            for message in talk.messages[after:]:
                after = message["id"]
                for _ in range(2 if self.says_everything_twice else 1):
                    yield event("message", message, after)
            await asyncio.sleep(0.03)

    def _have_answered(self, talk: Talk, said: str) -> None:
        task = asyncio.create_task(self._reply(talk, said))
        self._answering.add(task)  # or it could be collected before it is done
        task.add_done_callback(self._answering.discard)

    async def _reply(self, talk: Talk, said: str) -> None:
        if talk.handler != "bot":
            return
        talk.typing = True
        await asyncio.sleep(self.thinks_for)
        talk.typing = False
        for reply in self.answer(said):
            talk.say(**reply)


def event(name: str, content: dict, number: int | None = None) -> str:
    lines = [f"id: {number}"] if number else []
    return "\r\n".join([*lines, f"event: {name}", f"data: {json.dumps(content)}", "", ""])


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


if __name__ == "__main__":
    with FakeFrontDoor(thinks_for=1.2) as door:
        print(f"The demo page, with a pretended assistant: {door.url} (Ctrl-C ends it)")
        threading.Event().wait()
