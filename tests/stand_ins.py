"""Small real servers and stand-ins for the parts on the other side of a door."""

import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from sqlalchemy import update
from starlette.types import ASGIApp

from channels.answering import Answering, Patience
from channels.assistant import Assistant
from channels.reception import Reception
from complaints.answering import Unanswered
from complaints.clock import Clock
from complaints.conversation import Author, Conversation, ConversationLog, Handler, Message
from complaints.outbox import Outbox
from complaints.store import Store
from complaints.words import Words

HANG = "hang"  # takes the message and says nothing until the server stops
DIE_BEFORE = "die before it is remembered"
DIE_AFTER = "die when it is remembered"  # as if killed while the answer was on its way

WORDS = Words(
    {
        name: [{"text": text}]
        for name, text in {
            "utter_greet": "Hello, I'm an automated assistant. Ask for a person at any point.",
            "utter_kept_for_person": "It is kept. A person answers {due}; your case is {reference}.",
            "utter_kept_while_waiting": "I've put that with your case. You'll hear {due}.",
            "utter_kept_too": "That's with it too.",
            "utter_waiting_thanks": "You're welcome. You'll hear {due}.",
            "utter_danger_waiting": "If it gets worse, 999. You'll hear {due}.",
            "utter_danger_misread": "I misread you. You'll hear {due}.",
            "utter_danger_emergency": "Please call 999 now.",
            "utter_danger_self_harm": "Please call Samaritans.",
            "utter_waiting_until": "A person answers you here {due}.",
            "utter_call_back_noted": "One of us calls {phone} {due}.",
            "utter_call_back_noted_when": "Noted with when, {phone}. You hear from us {due}.",
            "utter_one_moment": "Your message is safe with us. One moment.",
            "utter_too_long": "Longer than {limit} characters. Please send it in parts.",
            "utter_too_fast": "Give us a few seconds, then send it again.",
            "utter_empty_message": "There was nothing in that message yet.",
            "utter_photo_too_large": "That photo is larger than {limit}.",
            "utter_photo_not_a_picture": "We couldn't open that as a picture.",
            "utter_reply_is_late": "The new time is {due}.",
        }.items()
    }
)


def says(*texts: str, buttons: Sequence[tuple[str, str]] = ()) -> list[dict[str, Any]]:
    """Replies as Rasa's rest channel sends them; the buttons hang on the last."""
    replies: list[dict[str, Any]] = [{"recipient_id": "x", "text": text} for text in texts]
    if buttons:
        replies[-1]["buttons"] = [
            {"title": title, "payload": payload} for title, payload in buttons
        ]
    return replies


class ScriptedRasa:
    """Answers on loopback as Rasa would, by a script: one step for each message.

    A step is a list of replies, an HTTP status, or one of HANG, DIE_BEFORE and DIE_AFTER.
    Without a step it echoes.
    """

    def __init__(self, port: int = 0) -> None:
        self.script: list[Any] = []
        self.asked: list[dict[str, Any]] = []
        self.trackers: dict[str, list[dict[str, Any]]] = {}
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        rasa = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def parse_request(self) -> bool:
                if rasa._stopped.is_set():  # a line kept open dies with the server
                    self.close_connection = True
                    return False
                return super().parse_request()

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if self.path.startswith("/model/parse"):
                    return self._send(200, {"danger": rasa.dangers.get(asked["text"])})
                with rasa._lock:
                    rasa.asked.append(asked)
                    step = (
                        rasa.script.pop(0) if rasa.script else says(f"You said: {asked['message']}")
                    )
                if step == HANG:
                    rasa._stopped.wait(10)
                    return self._hang_up()
                if step == DIE_BEFORE:
                    return self._hang_up()
                if isinstance(step, int):
                    return self._send(step, {"status": "failure"})
                rasa._remember(asked, step if step != DIE_AFTER else says("Said, but never heard."))
                if step == DIE_AFTER:
                    return self._hang_up()
                return self._send(200, step)

            def do_GET(self) -> None:
                address = urlsplit(self.path)
                rasa.tokens.append(parse_qs(address.query).get("token"))
                tracker_id = address.path.split("/")[2] if address.path != "/" else ""
                self._send(200, {"events": rasa.trackers.get(tracker_id, [])})

            def _send(self, status: int, answer: Any) -> None:
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _hang_up(self) -> None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

            def log_message(self, *_: Any) -> None:
                pass

        self.tokens: list[list[str] | None] = []
        self.dangers: dict[str, str] = {}  # what is heard in words that are not to be answered
        self._server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def messages(self) -> list[str]:
        return [asked["message"] for asked in self.asked]

    def stop(self) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def _remember(self, asked: dict[str, Any], said: list[dict[str, Any]]) -> None:
        events = self.trackers.setdefault(asked["sender"], [])
        events.append({"event": "user", "text": asked["message"], "metadata": asked["metadata"]})
        for reply in said if isinstance(said, list) else []:
            extras = {"buttons": reply.get("buttons"), "custom": None}
            events.append({"event": "bot", "text": reply.get("text"), "data": extras})


@dataclass(frozen=True)
class Told:
    reference: str = "KX-4821-M"
    due: str = "today by 3:30 pm"
    phone: str | None = None
    danger: str | None = None


@dataclass
class PlainCasebook:
    """A casebook that only hands over and notes photos, and remembers that it did."""

    store: Store
    broken: list[tuple[str, str]] = field(default_factory=list)
    photos: list[tuple[str, int]] = field(default_factory=list)
    pressed: list[tuple[str, str]] = field(default_factory=list)
    dangers: list[str] = field(default_factory=list)
    fails: bool = False
    kept_promises_at: list[datetime] = field(default_factory=list)
    followed_up_at: list[datetime] = field(default_factory=list)

    def keep_promises(self, now: datetime) -> int:
        self.kept_promises_at.append(now)
        return 0

    def hear_from_shop(self, receipt: Any, said_at: datetime | None = None) -> bool:
        return False

    def ask_after_one(self, every: Any, ask: bool = True) -> bool:
        return False

    def judge_overdue(self) -> None:
        pass

    def follow_up(self, now: datetime) -> int:
        self.followed_up_at.append(now)
        return 0

    def hand_off_broken(self, conversation_id: str, message_id: str) -> Told:
        if self.fails:
            raise RuntimeError("the casebook is broken too")
        self.broken.append((conversation_id, message_id))
        put_with(self.store, conversation_id, Handler.QUEUE)
        return Told()

    def standing(self, conversation_id: str) -> Told | None:
        return Told()

    def note_while_waiting(self, conversation_id: str, words: str) -> bool:
        return False

    def note_danger(self, conversation_id: str, message_id: str, kind: str) -> None:
        self.dangers.append(kind)

    def choose(self, conversation_id: str, payload: str, message_id: str) -> bool:
        self.pressed.append((conversation_id, payload))
        return True

    def take_back(self, conversation_id: str, message_id: str, words: str) -> bool:
        return False

    def today(self, conversation: Conversation, at: datetime) -> date:
        return at.date()

    def note_photo(self, conversation_id: str, photo_id: int) -> bool:
        self.photos.append((conversation_id, photo_id))
        return True


class SmallHouse:
    """A house over a scripted Rasa and a plain casebook, with Ada's conversation begun."""

    QUICK = Patience(tell_after=0.15, give_up_after=0.4, between_tries=0.05, turn=1)

    def __init__(
        self, store: Store, clock: Clock, rasa_url: str, patience: Patience = QUICK
    ) -> None:
        self.store, self.clock, self.words = store, clock, WORDS
        self.settings = SimpleNamespace(
            session_secret="s" * 32,
            host_secret="h" * 32,
            allowed_origins=("https://shop.example",),
            has_slack=False,
            shop_secret="",
            shop_look_minutes=2,
            public_url="http://127.0.0.1",
        )
        self.casebook = PlainCasebook(store)
        self.conversations = ConversationLog(store, clock)
        self.unanswered = Unanswered(store, clock)
        self.outbox = Outbox(store, clock)
        self.orders: Any = None
        self.assistant = Assistant(rasa_url, "t0ken", turn_seconds=patience.turn)
        self.answering = Answering(
            self.conversations, self.unanswered, self.assistant, self.casebook, WORDS, patience
        )
        self.reception = Reception(self.conversations, self.answering, WORDS)
        self.ada = self.reception.welcome("website", "ada").id
        self.sent = 0

    def send(
        self, text: str = "", button: str | None = None, client_id: str | None = None
    ) -> Message:
        self.sent += 1
        client_id = client_id or f"id-{self.sent:08}"
        return self.reception.receive(self.ada, client_id, text, button)

    async def tell(self, text: str = "", button: str | None = None) -> list[str]:
        self.send(text, button)
        await self.reception.answer(self.ada)
        return self.heard()

    def heard(self) -> list[str]:
        """What Ada reads, apart from the greeting and her own words."""
        said = self.conversations.since(self.ada)
        return [m.text for m in said if m.author != Author.CUSTOMER][1:]

    async def close(self) -> None:
        await self.assistant.close()


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The app behind a real server on loopback; gives its address."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="critical", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def put_with(store: Store, conversation_id: str, handler: Handler) -> None:
    """Gives the conversation to somebody, as the desk would."""
    with store.transaction() as session:
        session.execute(
            update(Conversation).where(Conversation.id == conversation_id).values(handler=handler)
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
