"""A small Slack on loopback: it checks who asks, keeps what it is told, and signs what it tells.

`trouble` is a script, one step for each request to a method of posting: an HTTP status, the
name of an error, or LOST (carried out, but the answer never comes), CUT (the same, and the
line breaks at once), SLOW (carried out after we gave up waiting), HANG (nothing is done and
nothing is said). Without a step all is well.
"""

import hashlib
import hmac
import json
import threading
import time
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx

LOST, CUT, SLOW, HANG = "lost", "cut", "slow", "hang"
TOKEN = "xoxb-fake"
SECRET = "what Slack signs with"
TEAM, BOT = "T1", "B1"
AGENTS = "CAGENTS"  # where people are told of handoffs
WAITS_SECONDS = 0.3  # what our client waits in the tests
CHOICES = ("outcome", "remedy")  # fields of forms that are chosen, not written
POSTS = (
    "chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "views.publish",
    "users.getPresence",
)  # fmt: skip


@dataclass
class FakeSlack:
    """One workspace. `messages` are what stands in its channels, oldest first."""

    channels: set[str] = field(default_factory=lambda: {"CAGENTS", "CTEST", "DADA", "DMAYA"})
    messages: list[dict[str, Any]] = field(default_factory=list)
    whispers: list[dict[str, Any]] = field(default_factory=list)
    forms: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)  # the app's Home, by who sees it
    active: set[str] = field(default_factory=set)  # who moves the mouse
    zones: dict[str, str] = field(default_factory=dict)  # where each of them is
    trouble: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    door: str = ""  # our address

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._in_hand = 0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        slack = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = slack._asked(
                    self.path.removeprefix("/api/"), body, dict(self.headers)
                )
                if status is None:
                    self.close_connection = True
                    return
                content = json.dumps(answer).encode()
                self.send_response(status)
                if status == 429:
                    self.send_header("Retry-After", "30")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_GET(self) -> None:
                """A file, to whoever has the token; to everybody else a page to sign in."""
                known = self.headers.get("Authorization") == f"Bearer {TOKEN}"
                content = slack.files.get(self.path) if known else b"<!doctype html>Sign in"
                self.send_response(200 if content else 404)
                self.send_header("Content-Length", str(len(content or b"")))
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api/"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def settle(self) -> None:
        """As time goes by: what it was slow about is done."""
        while self._in_hand:
            time.sleep(0.01)

    # What stands there

    def thread(self, channel: str, root: str = "") -> list[dict[str, Any]]:
        """What stands below a message, or in the channel itself."""
        return [
            message
            for message in self.messages
            if message["channel"] == channel and message.get("thread_ts", "") == root
        ]

    def texts(self, channel: str, root: str = "") -> list[str]:
        return [message["text"] for message in self.thread(channel, root)]

    def buttons(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            element
            for block in message.get("blocks") or []
            if block["type"] == "actions"
            for element in block["elements"]
        ]

    # What people do there; each is told to our door, and gives its answer

    def write(
        self, user: str, text: str, channel: str, root: str = "", **more: Any
    ) -> dict[str, Any]:
        """Somebody writes; gives the event, which is not told yet."""
        event = {"type": "message", "user": user, "text": text, "channel": channel} | more
        event["ts"] = self._ts()
        if root:
            event["thread_ts"] = root
        if channel.startswith("D"):
            event["channel_type"] = "im"
        self.messages.append(event)
        return event

    def tell(self, event: dict[str, Any], again: int = 0) -> httpx.Response:
        """Tells our door of an event; `again` is how often Slack has done so before."""
        number = next(self._numbers)
        told = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}"}
        headers = {"X-Slack-Retry-Num": str(again)} if again else {}
        body = json.dumps(told | {"event": event}).encode()
        return self.knock(body, headers | {"Content-Type": "application/json"})

    def says(self, user: str, text: str, channel: str, root: str = "") -> dict[str, Any]:
        """Somebody writes, and our door is told."""
        event = self.write(user, text, channel, root)
        assert self.tell(event).status_code == 200
        return event

    def shows(
        self, user: str, content: bytes, channel: str, text: str = "", url: str = ""
    ) -> dict[str, Any]:
        """Somebody sends a file, perhaps with words, and our door is told."""
        number = next(self._numbers)
        path = f"/files/{number}/photo.png"
        self.files[path] = content
        file = {"id": f"F{number}", "url_private": url or self.url.removesuffix("/api/") + path}
        event = self.write(user, text, channel, subtype="file_share", files=[file])
        assert self.tell(event).status_code == 200
        return event

    def press(self, user: str, message: dict[str, Any], name: str, ts: str = "") -> httpx.Response:
        """Somebody presses the button of that action, or of that title; `ts` is that press."""
        (pressed,) = [
            button
            for button in self.buttons(message)
            if name in (button["action_id"], button["text"]["text"])
        ]
        return self._interact(
            {
                "type": "block_actions",
                "user": {"id": user},
                "channel": {"id": message["channel"]},
                "message": message,
                "trigger_id": f"{next(self._numbers)}.1",
                "actions": [pressed | {"action_ts": ts or self._ts(), "block_id": "b"}],
            }
        )

    def command(self, user: str, text: str, **how: Any) -> httpx.Response:
        """Somebody writes /amends and what stands behind it."""
        told = {"command": "/amends", "text": text, "user_id": user, "team_id": TEAM}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.knock(urlencode(told).encode(), form, **how)

    def opens_home(self, user: str) -> dict[str, Any]:
        """Somebody opens the Home of our app; gives what they see."""
        self.tell({"type": "app_home_opened", "user": user, "tab": "home", "channel": "DHOME"})
        return self.homes[user]

    def press_home(self, user: str, name: str) -> dict[str, Any]:
        """Somebody presses a button of their Home; gives what they see then."""
        (pressed,) = [b for b in self.buttons(self.homes[user]) if b["text"]["text"] == name]
        told = {
            "type": "block_actions",
            "user": {"id": user},
            "view": self.homes[user] | {"id": "VHOME"},
            "actions": [pressed | {"action_ts": self._ts(), "block_id": "b"}],
        }
        assert self._interact(told).status_code == 200
        return self.homes[user]

    def fill(self, user: str, form: dict[str, Any], **values: str) -> httpx.Response:
        """Somebody fills the form and sends it."""
        state = {
            name: {name: {"selected_option": {"value": v}} if name in CHOICES else {"value": v}}
            for name, v in values.items()
        }
        view = form | {"id": f"V{next(self._numbers)}", "state": {"values": state}}
        return self._interact({"type": "view_submission", "user": {"id": user}, "view": view})

    def knock(
        self, body: bytes, headers: dict[str, str], secret: str = SECRET, age: int = 0
    ) -> httpx.Response:
        """A request to our door, signed as Slack does (v0=HMAC-SHA256 of time and body)."""
        signed = headers | self.signature(body, secret, age)
        return httpx.post(f"{self.door}/events", content=body, headers=signed)

    @staticmethod
    def signature(body: bytes, secret: str = SECRET, age: int = 0) -> dict[str, str]:
        stamp = str(int(time.time()) - age)
        signed = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
        return {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
        }

    def _interact(self, told: dict[str, Any]) -> httpx.Response:
        told = {"team": {"id": TEAM}} | told
        body = urlencode({"payload": json.dumps(told)}).encode()
        return self.knock(body, {"Content-Type": "application/x-www-form-urlencoded"})

    # Its API

    def _asked(self, method: str, body: bytes, headers: dict[str, str]) -> tuple[int | None, Any]:
        headers = {name.lower(): value for name, value in headers.items()}
        if headers.get("authorization") != f"Bearer {TOKEN}":
            return 200, {"ok": False, "error": "invalid_auth"}
        if "json" in headers["content-type"]:
            fields = json.loads(body)
        else:
            fields = dict(parse_qsl(body.decode()))
        with self._lock:
            self.asked.append(method)
            self._in_hand += 1
        try:
            return self._answer(method, fields)
        finally:
            with self._lock:
                self._in_hand -= 1

    def _answer(self, method: str, fields: dict[str, Any]) -> tuple[int | None, Any]:
        step = None
        with self._lock:
            if method in POSTS and self.trouble:
                step = self.trouble.pop(0)
        if step == HANG:
            self._stopped.wait(WAITS_SECONDS * 2)
            return None, None
        if isinstance(step, int):
            return step, {"ok": False}
        if step == SLOW:
            self._stopped.wait(WAITS_SECONDS * 2)
        elif step not in (None, LOST, CUT):
            return 200, {"ok": False, "error": step}
        with self._lock:
            answer = self._do(method, fields)
        if step == LOST:
            self._stopped.wait(WAITS_SECONDS * 2)
        return (None, None) if step in (LOST, CUT, SLOW) else (200, answer)

    def _do(self, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        channel = fields.get("channel")
        if channel is not None and channel not in self.channels:
            return {"ok": False, "error": "channel_not_found"}
        if method == "chat.postMessage":
            message = fields | {"ts": self._ts(), "bot_id": BOT}
            self.messages.append(message)
            return {"ok": True, "ts": message["ts"]}
        if method == "chat.update":
            (message,) = [m for m in self.messages if m["ts"] == fields["ts"]]
            message |= fields
            return {"ok": True, "ts": message["ts"]}
        if method == "chat.postEphemeral":
            self.whispers.append(fields)
            return {"ok": True}
        if method == "views.open":
            self.forms.append(fields["view"])
            return {"ok": True}
        if method == "views.publish":
            self.homes[fields["user_id"]] = fields["view"]
            return {"ok": True}
        if method == "users.info":
            return {
                "ok": True,
                "user": {"id": fields["user"], "tz": self.zones.get(fields["user"])},
            }
        if method == "users.getPresence":
            return {"ok": True, "presence": "active" if fields["user"] in self.active else "away"}
        if method == "conversations.history":
            found = self.thread(channel)
        elif method == "conversations.replies":
            found = self.thread(channel, fields["ts"])
        else:
            return {"ok": False, "error": "unknown_method"}
        return self._page(found, fields)

    def _page(self, found: list[dict[str, Any]], fields: dict[str, Any]) -> dict[str, Any]:
        """Two a page, the newest first, so that whoever stops after the first page is found out."""
        newest = [m for m in reversed(found) if float(m["ts"]) >= float(fields.get("oldest", 0))]
        begin = int(fields.get("cursor") or 0)
        page = deepcopy(newest[begin : begin + 2])
        if fields.get("include_all_metadata") not in (True, 1, "1", "true", "True"):
            for message in page:
                message.pop("metadata", None)
        more = str(begin + 2) if len(newest) > begin + 2 else ""
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": more}}

    def _ts(self) -> str:
        return f"{FIRST + next(self._numbers)}.000100"


FIRST = 1_795_428_000  # a Monday morning, as the clock in the hand


def settings_of(slack: FakeSlack) -> dict[str, Any]:
    """What a house is set to whose people are in this Slack."""
    return {
        "slack_api_url": slack.url,
        "slack_bot_token": TOKEN,
        "slack_signing_secret": SECRET,
        "slack_channel": AGENTS,
        "slack_people": {"UINES": "ines", "UOMAR": "omar"},
        "told_of_handoffs": ("slack",),
    }
