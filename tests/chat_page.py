"""A customer in front of the chat: what they can do, and what they can read."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.widget_server import FakeFrontDoor

WIDGET = Path(__file__).parent.parent / "widget"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 860}}

expect.set_options(timeout=20_000)  # patience for a busy machine; nothing takes that long


class ChatPage:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.foreign_requests: list[str] = []
        self.violations: list[str] = []
        page.on("request", self._note_request)
        page.on(
            "console",
            lambda m: "Content Security Policy" in m.text and self.violations.append(m.text),
        )
        page.on("pageerror", lambda error: self.violations.append(str(error)))

    # Doing

    def visit(self) -> ChatPage:
        self.page.goto(self.url)
        self.page.locator("amends-chat").wait_for(state="attached")
        return self

    def open(self) -> ChatPage:
        self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def write(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def choose_photo(self, name: str, content: bytes, kind: str = "image/png") -> None:
        with self.page.expect_file_chooser() as chosen:
            self.page.get_by_role("button", name="Add a photo").press("Enter")
        chosen.value.set_files({"name": name, "mimeType": kind, "buffer": content})

    def tab_to(self, target: Locator, backwards: bool = False) -> None:
        """Reach it as somebody without a mouse does; fails when it cannot be reached."""
        for _ in range(40):
            if target.evaluate("it => it.getRootNode().activeElement === it"):
                return
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        raise AssertionError(f"{target} cannot be reached with the Tab key")

    # Reading

    @property
    def launcher(self) -> Locator:
        return self.page.locator("amends-chat .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("dialog", name="Help with an order")

    @property
    def composer(self) -> Locator:
        return self.page.get_by_label("Your message")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    def option(self, words: str | re.Pattern[str]) -> Locator:
        return self.log.get_by_role("button", name=words)

    def hears(self, words: str) -> None:
        expect(self.log.locator("li").filter(has_text=words).last).to_be_visible()

    def told_reference(self) -> str:
        """Of the one case that the page speaks of."""
        (reference,) = set(re.findall(r"\b[A-Z]{2}-\d{4}-[A-Z]\b", self.log.inner_text()))
        return reference

    def said_by(self, author: str) -> list[str]:
        return [
            text.strip()
            for text in self.page.locator(f"amends-chat li.{author} .bubble").all_inner_texts()
        ]

    def _note_request(self, request: object) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.foreign_requests.append(request.url)


def customer_at(chromium: Browser, url: str, **how: object) -> tuple[BrowserContext, ChatPage]:
    """A browser nobody used before, on the shop's page."""
    context = chromium.new_context(**{**DESKTOP, **how})
    context.set_default_timeout(20_000)
    return context, ChatPage(context.new_page(), url).visit()


def widget_files() -> list[Path]:
    return [WIDGET / "amends.js", *sorted((WIDGET / "amends").glob("*.js"))]


def zipped_bytes() -> int:
    """What the chat weighs on its way to a browser, each file packed by itself."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in widget_files())


def picture() -> bytes:
    """A small photo."""
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "#9a4a1f").save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def door() -> Iterator[FakeFrontDoor]:
    with FakeFrontDoor() as door:
        yield door


@pytest.fixture
def maya(chromium: Browser, door: FakeFrontDoor) -> Iterator[ChatPage]:
    """Maya, with the chat open."""
    context, page = customer_at(chromium, door.url)
    yield page.open()
    context.close()
