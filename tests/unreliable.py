"""What deliver tells things to, on a bad day: each fails by chance and remembers keys.

Half of what is asked goes wrong: it is busy, breaks off before or after it has done what was
asked, or takes its time. What is `doomed` is refused for good, whoever asks.
"""

import email
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

from complaints.demo_shop import DemoShop
from complaints.demo_shop_server import DemoShopDoor, DemoShopServer
from tests.fake_slack import CUT, HANG, LOST, SLOW, FakeSlack
from tests.stand_ins import free_port

BUSY, CUT_BEFORE, CUT_AFTER, LATE = "busy", "cut before", "cut after", "late"
SLOW_SECONDS = 0.3


class Luck:
    """What goes wrong next; also a script of trouble for the fake Slack."""

    def __init__(self, seed: int, *troubles: Any) -> None:
        self._random = random.Random(seed)
        self._troubles = troubles
        self._lock = threading.Lock()

    def next(self) -> Any:
        with self._lock:
            return self._random.choice([*self._troubles, *[None] * len(self._troubles)])

    def pop(self, _: int) -> Any:
        return self.next()

    def __bool__(self) -> bool:
        return True


@dataclass
class Arrivals:
    """How often each key was accepted, and what came with it."""

    times: Counter[str] = field(default_factory=Counter)
    contents: dict[str, set[bytes]] = field(default_factory=dict)
    in_hand: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, key: str, content: bytes = b"") -> None:
        with self.lock:
            self.times[key] += 1
            self.contents.setdefault(key, set()).add(content)

    @contextmanager
    def taking(self) -> Iterator[None]:
        with self.lock:
            self.in_hand += 1
        try:
            yield
        finally:
            with self.lock:
                self.in_hand -= 1


def is_doomed(key: str) -> bool:
    """One in ten, by its last digit and for all receivers alike."""
    return key.split(":slack")[0].split(":webhook")[0].split(":email")[0].endswith("7")


class Receivers:
    """A shop, a help desk's webhook, its mailbox, and Slack, all on loopback."""

    def __init__(self, seed: int, now: Callable[[], datetime], today: Callable[[], date]) -> None:
        self.webhooked, self.mailed, self.instructed = Arrivals(), Arrivals(), Arrivals()
        self.slack = SlackOfToday(seed, now)
        luck = [Luck(seed + n, BUSY, CUT_BEFORE, CUT_AFTER, LATE) for n in range(3)]
        self._shop = DemoShopServer(DemoShop(today), door=_shop_door(luck[0], self.instructed))
        self._desk = ThreadingHTTPServer(("127.0.0.1", 0), _webhook_door(luck[1], self.webhooked))
        for server in (self._shop, self._desk):
            server.daemon_threads = True
            server.handle_error = lambda *_: None  # whoever asked was killed
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self._mailbox = Controller(
            _Mailbox(luck[2], self.mailed), hostname="127.0.0.1", port=free_port()
        )
        self._mailbox.start()
        self.shop_url = self._shop.url
        self.webhook_url = f"http://127.0.0.1:{self._desk.server_address[1]}/hook"
        self.smtp_url = f"smtp://127.0.0.1:{self._mailbox.port}"

    def settle(self) -> None:
        """As the minutes of a claim go by: what a dead worker has asked for is done or lost."""
        time.sleep(0.03)
        everything = (self.webhooked, self.instructed, self.mailed)
        while any(arrivals.in_hand for arrivals in everything):
            time.sleep(0.005)
        self.slack.settle()

    def stop(self) -> None:
        self.slack.stop()
        self._mailbox.stop()
        for server in (self._shop, self._desk):
            server.shutdown()
            server.server_close()


class SlackOfToday(FakeSlack):
    """The fake Slack with the house's clock and pages as large as Slack's."""

    def __init__(self, seed: int, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._server.handle_error = lambda *_: None
        self.trouble = Luck(seed, 429, 500, "internal_error", LOST, CUT, SLOW, HANG)  # type: ignore[assignment]

    def keys(self) -> Counter[str]:
        """How often each key stands in its channels."""
        return Counter(m["metadata"]["event_payload"]["key"] for m in self.messages)

    def _answer(self, method: str, fields: dict[str, Any]) -> tuple[int | None, Any]:
        key = (fields.get("metadata") or {}).get("event_payload", {}).get("key", "")
        if key.startswith("said:") and is_doomed(key):
            return 200, {"ok": False, "error": "msg_too_long"}
        return super()._answer(method, fields)

    def _page(self, found: list[dict[str, Any]], fields: dict[str, Any]) -> dict[str, Any]:
        since = float(fields.get("oldest", 0))
        found = [message for message in found if float(message["ts"]) >= since]
        begin = int(fields.get("cursor") or 0)
        newest = list(reversed(found))
        more = str(begin + 200) if len(newest) > begin + 200 else ""
        return {
            "ok": True, "messages": newest[begin : begin + 200],
            "response_metadata": {"next_cursor": more},
        }  # fmt: skip

    def _ts(self) -> str:
        return f"{int(self._now().timestamp())}.{next(self._numbers):06d}"


def _hang_up(door: BaseHTTPRequestHandler) -> None:
    door.close_connection = True
    door.connection.shutdown(socket.SHUT_RDWR)


def _shop_door(luck: Luck, arrivals: Arrivals) -> type[DemoShopDoor]:
    class Door(DemoShopDoor):
        def do_POST(self) -> None:
            with arrivals.taking():
                self._step = luck.next()
                if self._step == BUSY:
                    self._answer(500, {"error": "busy"})
                elif self._step == CUT_BEFORE:
                    _hang_up(self)
                else:
                    super().do_POST()

        def _answer(self, status: int, answer: Any) -> None:
            if status == 200:
                arrivals.note(answer["key"], answer["shop_reference"].encode())
                if self._step == LATE:
                    time.sleep(SLOW_SECONDS)
                if self._step in (LATE, CUT_AFTER):
                    return _hang_up(self)
            return super()._answer(status, answer)

    return Door


def _webhook_door(luck: Luck, arrivals: Arrivals) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with arrivals.taking():
                length = int(self.headers["Content-Length"])
                body = self.rfile.read(length)
                if len(body) < length:  # its sender was killed in the middle of it
                    return _hang_up(self)
                self._take(self.headers["Idempotency-Key"], body, luck.next())

        def _take(self, key: str, body: bytes, step: Any) -> None:
            status = 410 if is_doomed(key) else 503 if step == BUSY else 204
            if step == CUT_BEFORE:
                return _hang_up(self)
            if status == 204:
                arrivals.note(key, body)
            if step == LATE:
                time.sleep(SLOW_SECONDS)
            if step in (LATE, CUT_AFTER):
                return _hang_up(self)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    return Door


class _Mailbox:
    """Takes mail and keeps it by Message-ID, as a mailbox that knows duplicates does."""

    def __init__(self, luck: Luck, arrivals: Arrivals) -> None:
        self._luck, self._arrivals = luck, arrivals

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        key = email.message_from_bytes(envelope.content)["Message-ID"].strip("<>").split("@")[0]
        step = self._luck.next()
        if is_doomed(key.replace(".", ":")):
            return "550 no such mailbox"
        if step == BUSY:
            return "451 busy"
        if step == CUT_BEFORE:
            server.transport.abort()
            return "451 cut"
        self._arrivals.note(key)
        if step in (LATE, CUT_AFTER):
            server.transport.abort()
        return "250 kept"
