"""The desk, opened over the casebook alone: no Rasa, and people who work there."""

from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager

from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.routing import Mount

from complaints.people import Role
from desk.desk import Desk
from tests.core import Core, Visitor, leroy, maya, maya_with_offers
from tests.stand_ins import serving

PASSWORD = "a long walk home"
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


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

    @asynccontextmanager
    async def _lifespan(self, _):
        async with self.desk.running():
            yield

    @contextmanager
    def is_open(self) -> Iterator["Office"]:
        with serving(self.app) as self.url:
            yield self

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
        """Somebody signs in with a browser of their own."""
        context = chromium.new_context(**{**DESKTOP, **how})
        context.set_default_timeout(20_000)
        return AtTheDesk(context.new_page(), self.url).signs_in(sign_in)


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


__all__ = ["DESKTOP", "PASSWORD", "PHONE", "AtTheDesk", "Office", "maya"]
