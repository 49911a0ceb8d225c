"""Who may knock where: every route of every app that can be reached, for whoever may come.

The desk's own routes are in the table of `test_desk_who.py`, role by role; here they are only
found again in the front door, and a desk that runs alone opens nothing besides.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from action_server import action_server
from channels.house import House
from channels.links import Links
from channels.tokens import SessionTokens
from channels.webhook import signature
from complaints.clock import HeldClock
from complaints.letter import Purpose
from complaints.outbox import OutboxMessage
from complaints.people import Person
from complaints.settings import Settings
from desk.alone import desk_alone
from desk.sessions import COOKIE, Sessions
from server import front_door
from tests.core import Core, maya_with_offers
from tests.fake_slack import AGENTS, SECRET, TOKEN, FakeSlack
from tests.stand_ins import serving

# Nobody at all; somebody whose papers are forged; a customer with theirs; whoever is signed in at
# the desk, which opens no other door; and who has the papers of that very door.
WHO = ("nobody", "forged", "customer", "agent", "theirs")
EVERYBODY = (200,) * 5
A_CUSTOMER = (401, 401, 200, 401, 200)
ONLY_THEIRS = (401, 401, 401, 401, 200)
A_LINK_THAT_WE_WROTE = (404, 404, 404, 404, 200)

TABLE = {
    "POST /chat/session": EVERYBODY,  # begins a conversation of one's own
    "GET /chat/messages": A_CUSTOMER,
    "POST /chat/messages": (401, 401, 202, 401, 202),
    "POST /chat/photos": (401, 401, 415, 401, 415),  # let in, and then it is no picture
    "GET /chat/stream": A_CUSTOMER,
    "GET /r/page.css": EVERYBODY,
    "GET /r/{token}": A_LINK_THAT_WE_WROTE,
    "POST /r/{token}": A_LINK_THAT_WE_WROTE,
    "POST /slack/events": ONLY_THEIRS,
    "POST /shop/instructions": (401, 401, 401, 401, 404),  # let in; of no instruction of ours
    "GET /health": EVERYBODY,
    "GET /": EVERYBODY,
    "GET /demo": EVERYBODY,
    "GET /amends.js": EVERYBODY,  # and every other file of widget/
}


class Doors:
    """A house with every door it can have, and papers for each."""

    def __init__(self, var: Path, slack: FakeSlack) -> None:
        self.slack = slack
        self.settings = Settings(
            var=var, _env_file=None, shop_secret="what the shop signs with", orders_url=None,
            slack_bot_token=TOKEN, slack_signing_secret=SECRET, slack_channel=AGENTS,
            slack_api_url=slack.url,
        )  # fmt: skip
        self.house = House(self.settings)
        self.house.store.create()
        self.app = front_door(self.house)
        self.core = Core(self.house.store, HeldClock(self.house.clock.now()))
        self.core.person("Ines Duarte")

    def knock(self, client: httpx.Client, route: str, who: str) -> int:
        method, path = route.split()
        path = path.replace("{token}", self.link() if who == "theirs" else "a-guess")
        headers, content = self.papers(path, who)
        more: dict[str, Any] = {"content": content} if method == "POST" else {}
        if path == "/chat/photos":
            more = {
                "files": {"photo": ("a.png", b"no picture")},
                "data": {"client_id": "c-12345678"},
            }
        with client.stream(method, path, headers=headers, **more) as answer:
            return answer.status_code

    def papers(self, path: str, who: str) -> tuple[dict[str, str], bytes]:
        """The headers somebody comes with, and what they say."""
        said = b'{"client_id": "c-12345678", "text": "Hello"}'
        if who == "agent":
            return {"Cookie": f"{COOKIE}={self.session_at_the_desk()}"}, said
        secrets = {"/slack/events": SECRET, "/shop/instructions": self.settings.shop_secret}
        door = path if path in secrets else ""
        if who in ("theirs", "forged") and door:
            secret = secrets[door] if who == "theirs" else "a guess"
            return self.signed(door, secret)
        if who in ("customer", "theirs"):
            return {"Authorization": f"Bearer {self.session_in_the_chat()}"}, said
        return ({"Authorization": "Bearer a.guess"} if who == "forged" else {}), said

    def signed(self, door: str, secret: str) -> tuple[dict[str, str], bytes]:
        stamp = str(int(time.time()))
        if door == "/shop/instructions":
            told = {
                "key": "KX-4821-M:replacement", "kind": "replacement", "order_number": "W-10482",
                "state": "accepted", "shop_reference": "SEND-1", "accepted_on": "2026-11-23",
            }  # fmt: skip
            body = json.dumps(told).encode()
            signed = f"v1={signature(secret.encode(), stamp, body)}"
            return {"Amends-Timestamp": stamp, "Amends-Signature": signed}, body
        body = b'{"type": "url_verification", "challenge": "abc"}'
        return {"Content-Type": "application/json", **FakeSlack.signature(body, secret)}, body

    def session_in_the_chat(self) -> str:
        conversation = self.house.reception.welcome("website", f"visitor {time.monotonic_ns()}")
        return SessionTokens(self.settings.session_secret).issue(conversation)

    def session_at_the_desk(self) -> str:
        people = self.core.people
        (ines,) = self.core.rows(Person, sign_in="ines")
        return Sessions(people, self.settings.session_secret).begin(ines)[1]

    def link(self) -> str:
        """One that we wrote to a customer, of how their case stands."""
        if not self.core.rows(OutboxMessage, transport="letter"):
            maya_with_offers(self.core).presses("replacement")
        letter = self.core.rows(OutboxMessage, transport="letter")[0]
        links = Links(self.settings.session_secret, "", self.house.clock)
        return links.path(Purpose.STATUS, letter.id).removeprefix("/r/")


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    slack = FakeSlack()
    doors = Doors(tmp_path_factory.mktemp("doors"), slack)
    yield doors
    doors.house.store.engine.dispose()
    slack.stop()


@pytest.fixture(scope="module")
def client(doors: Doors) -> Iterator[httpx.Client]:
    with serving(doors.app) as address, httpx.Client(base_url=address, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("route", TABLE)
def test_each_route_for_whoever_may_come(doors: Doors, client: httpx.Client, route: str):
    assert tuple(doors.knock(client, route, who) for who in WHO) == TABLE[route]


def test_no_route_of_the_front_door_is_missing_from_the_table(doors: Doors):
    assert routes_of(doors.app) == set(TABLE)


def test_a_desk_that_runs_alone_opens_nothing_else(monkeypatch, tmp_path):
    monkeypatch.setenv("AMENDS_VAR", str(tmp_path))

    assert routes_of(desk_alone()) == {"GET /"}  # it leads to the desk


def test_only_its_health_is_told_to_whoever_does_not_know_the_action_servers_secret():
    server = action_server("known to Rasa alone")
    paths = {f"/{route.path}" for route in server.router.routes}

    assert paths == {"/health", "/webhook", "/actions"}
    with serving(server) as address:
        for path in paths:
            for method in ("GET", "POST"):
                answer = httpx.request(method, f"{address}{path}", json={}, trust_env=False)
                open_to_all = path == "/health"
                assert (answer.status_code == 401) != open_to_all, path


def routes_of(app: Starlette) -> set[str]:
    """Every route that is not the desk's, as the table names it; files go by one of theirs."""
    found = set(_routes(app.routes))
    assert found, "an app without routes has changed beyond this test"
    return found


def _routes(routes: list[BaseRoute], before: str = "") -> Iterator[str]:
    for route in routes:
        path = before + getattr(route, "path", "")
        if isinstance(route, Route):
            yield from (f"{method} {path}" for method in (route.methods or set()) - {"HEAD"})
            continue
        assert isinstance(route, Mount), f"{route} is of a kind that this test does not know"
        if isinstance(route.app, StaticFiles):
            yield f"GET {path}/amends.js"
        elif path != "/desk":  # the table of test_desk_who.py
            yield from _routes(route.routes, path)
