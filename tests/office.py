"""The desk, opened over the casebook alone: no Rasa, and people who work there."""

from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.applications import Starlette
from starlette.routing import Mount

from complaints.clock import HeldClock
from complaints.people import Person, Role
from complaints.store import Base, Store
from desk.desk import Desk
from desk.sessions import COOKIE, HOME
from tests.core import Core, Visitor, leroy, maya_with_offers
from tests.stand_ins import serving

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PASSWORD = "a long walk home"
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def open_office(core_store: Store) -> Iterator["Office"]:
    """Opened once for a module: passwords take their time on purpose."""
    with Office(Core(core_store, HeldClock(MONDAY))).is_open() as office:
        yield office
        office.next_morning()
    with core_store.transaction() as session:
        session.execute(Person.__table__.delete())


@pytest.fixture
def office(open_office: "Office") -> Iterator["Office"]:
    """The desk of a morning on which nothing has happened yet."""
    open_office.next_morning()
    yield open_office
    open_office.next_morning()


class Office:
    """Ines is an agent, Omar another, Lena their lead, Mira the manager."""

    def __init__(self, core: Core) -> None:
        self.core = core
        for sign_in, name, role in (
            ("ines", "Ines Duarte", Role.AGENT),
            ("omar", "Omar Haddad", Role.AGENT),
            ("lena", "Lena Fischer", Role.LEAD),
            ("mira", "Mira Okafor", Role.MANAGER),
        ):
            core.people.add(sign_in, name, PASSWORD, role)
        self.desk = Desk(core.casebook, core.people, "s" * 32, poll_seconds=0.1)
        self.app = Starlette(routes=[Mount("/desk", app=self.desk.app)], lifespan=self._lifespan)
        self.url = ""
        self.contexts: list[BrowserContext] = []

    @asynccontextmanager
    async def _lifespan(self, _):
        async with self.desk.running():
            yield

    @contextmanager
    def is_open(self) -> Iterator["Office"]:
        with serving(self.app) as self.url:
            yield self

    def next_morning(self) -> None:
        """Everybody has gone home, nothing is on the books, and it is Monday at ten again."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        self.core.clock.advance(MONDAY - self.core.clock.now())
        with self.core.store.transaction() as session:
            for table in reversed(Base.metadata.sorted_tables):
                if table.name != Person.__tablename__:
                    session.execute(table.delete())

    # Customers, each where their story needs a person

    def maya_waits(self) -> Visitor:
        visitor = maya_with_offers(self.core)
        visitor.asks_for_a_person()
        return visitor

    def leroy_waits_for_a_call(self) -> Visitor:
        visitor = leroy(self.core, "just ring me after six", "call_back", phone="07700 900321")
        visitor.presses("call_back")
        return visitor

    def somebody_is_in_danger(self) -> Visitor:
        visitor = self.core.visitor("ada")
        visitor.tells(
            "the cooker gave my son a shock and I am FURIOUS",
            "complain_damaged_item",
            danger="electric_shock",
            heat=3,
        )
        visitor.asks_for_a_person()
        return visitor

    # People

    def sits_down(self, chromium: Browser, sign_in: str = "ines", **how: object) -> "AtTheDesk":
        """Somebody who has signed in opens the queue, in a browser of their own."""
        at_the_desk = AtTheDesk(self.stranger(chromium, **how), self.url)
        _, cookie = self.desk.gate.sessions.begin(self.core.people.find(sign_in))
        self.contexts[-1].add_cookies(
            [{"name": COOKIE, "value": cookie, "domain": "127.0.0.1", "path": HOME}]
        )
        at_the_desk.page.goto(f"{self.url}/desk/")
        return at_the_desk

    def stranger(self, chromium: Browser, **how: object) -> Page:
        """A browser nobody has signed in with."""
        self.contexts.append(chromium.new_context(**{**DESKTOP, **how}))
        self.contexts[-1].set_default_timeout(20_000)
        return self.contexts[-1].new_page()


class AtTheDesk:
    """A person in front of the desk: what they can do, and what they can read."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.troubles: list[str] = []
        self.foreign_requests: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._note)
        page.on("request", self._note_request)

    def signs_in(self, sign_in: str, password: str = PASSWORD) -> "AtTheDesk":
        self.page.goto(f"{self.url}/desk/")
        self.page.get_by_label("Sign-in name").fill(sign_in)
        self.page.get_by_label("Password").fill(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{self.url}/desk/")
        return self

    def opens(self, reference: str) -> None:
        self.page.goto(f"{self.url}/desk/cases/{reference}")

    def presses(self, *keys: str) -> None:
        self.page.wait_for_load_state()  # keys work once the script is there
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, words: str) -> None:
        self.page.keyboard.type(words)

    def reads(self, words: str) -> None:
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def cards(self) -> list[str]:
        return self.page.locator(".card a").all_inner_texts()

    def _note(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.troubles.append(message.text)

    def _note_request(self, request) -> None:
        if not request.url.startswith(self.url):
            self.foreign_requests.append(request.url)
