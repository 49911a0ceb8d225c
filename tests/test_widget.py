"""The chat on the demo shop's page, against the whole running house.

Screenshots of the way are left in var/screenshots, or where AMENDS_SCREENSHOTS says, to be
looked at. Everything else the chat promises is shown faster in the other test_widget files.
"""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from complaints.case import Case
from complaints.store import Store
from tests.chat_page import DESKTOP, PHONE, ChatPage, customer_at, picture
from tests.stack import Stack

SCREENSHOTS = Path(os.environ.get("AMENDS_SCREENSHOTS", "var/screenshots"))
COMPLAINT = (
    "The blender I ordered (W-10482) came with the jug smashed and I've got people coming "
    "saturday!! I just want one that works"
)
PATIENCE = 120_000  # ms; Rasa may be starting again on a busy machine


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["1280", "360"])
def test_maya_gets_her_blender_by_keyboard_through_a_reload_and_a_lost_connection(
    stack: Stack, chromium: Browser, window: dict
) -> None:
    store = Store(stack.database_url)
    stack.nobody_complained_of("W-10482")
    context, maya = customer_at(chromium, stack.url, **window)
    keys = maya.page.keyboard
    keep = Camera(maya, window)

    keep.picture("page")
    maya.tab_to(maya.launcher)
    keys.press("Enter")
    hears(maya, "automated assistant")
    keep.picture("opened")

    maya.tab_to(maya.composer)
    keys.type(COMPLAINT)
    keys.press("Enter")
    hears(maya, "postcode")
    keep.picture("asked")

    maya.page.reload()
    hears(maya, "postcode")
    assert maya.said_by("customer") == [COMPLAINT]
    maya.choose_photo("smashed-jug.png", picture())
    keys.press("Enter")
    expect(maya.page.locator("amends-chat li.customer")).to_have_count(2)

    context.set_offline(True)
    expect(maya.page.get_by_text("You’re offline.")).to_be_visible()
    maya.tab_to(maya.composer)
    keys.type("SW9 8QF")
    keys.press("Enter")
    keep.picture("offline")
    context.set_offline(False)
    new_blender = maya.option(re.compile("New Vortex blender"))
    expect(new_blender).to_be_enabled(timeout=PATIENCE)
    expect(maya.page.get_by_text("You’re offline.")).to_have_count(0)
    keep.picture("offers")
    assert Axe().run(maya.page).response["violations"] == []

    maya.tab_to(new_blender, backwards=True)
    keys.press("Enter")
    hears(maya, "settled")
    keep.picture("settled")

    said = maya.said_by("customer")
    assert said[0] == COMPLAINT and said[2] == "SW9 8QF" and len(said) == 4
    case = case_named(store, maya.told_reference())
    assert (case.order_number, case.proved_by) == ("W-10482", "postcode")
    assert {p.kind for p in case.promises} >= {"replacement"}
    assert maya.violations == [] and maya.foreign_requests == []
    context.close()


def test_a_second_browser_never_shows_what_the_first_one_said(
    stack: Stack, chromium: Browser
) -> None:
    context, maya = customer_at(chromium, stack.url)
    maya.open()
    hears(maya, "automated assistant")
    maya.write("My teapot W-10668 came chipped at the spout")
    hears(maya, "postcode")
    other_context, stranger = customer_at(chromium, stack.url)
    stranger.open()
    hears(stranger, "automated assistant")

    assert "teapot" not in stranger.panel.inner_text().lower()
    stranger.write("Hello?")
    expect(stranger.page.locator("amends-chat li.assistant")).to_have_count(2, timeout=PATIENCE)
    assert "teapot" not in stranger.panel.inner_text().lower()
    context.close()
    other_context.close()


def test_slashes_that_somebody_types_are_plain_text(stack: Stack, chromium: Browser) -> None:
    stack.nobody_complained_of("W-10482")
    context, maya = customer_at(chromium, stack.url)
    maya.open()
    hears(maya, "automated assistant")
    answers = maya.page.locator("amends-chat li.assistant")
    for typed, before in [("/restart", 1), ('/anything{"a":"b"}', 2)]:
        maya.write(typed)
        expect(answers.nth(before)).to_be_visible(timeout=PATIENCE)
    maya.write(COMPLAINT)
    hears(maya, "postcode")
    known = answers.count()
    maya.write('/slot{"proved_by":"postcode"}')
    expect(answers.nth(known)).to_be_visible(timeout=PATIENCE)

    # A command would have lost the order, or taken it as proved.
    expect(maya.option(re.compile("New Vortex blender"))).to_have_count(0)
    maya.write("SW9 8QF")
    expect(maya.option(re.compile("New Vortex blender"))).to_be_enabled(timeout=PATIENCE)
    maya.page.reload()
    hears(maya, "postcode")
    assert maya.said_by("customer")[:2] == ["/restart", '/anything{"a":"b"}']
    context.close()


def hears(page: ChatPage, words: str) -> None:
    expect(page.log.locator("li:not(.customer)").filter(has_text=words).last).to_be_visible(
        timeout=PATIENCE
    )


def case_named(store: Store, reference: str) -> Case:
    with Session(store.engine) as session:
        case = session.get_one(Case, reference)
        assert case.promises  # looked up while the session is open
        return case


class Camera:
    """Keeps what the customer sees at each step, by the width of the window."""

    def __init__(self, page: ChatPage, window: dict) -> None:
        self._page = page
        self._width = window["viewport"]["width"]
        self._taken = 0
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def picture(self, step: str) -> None:
        self._taken += 1
        name = f"{self._width}-{self._taken}-{step}.png"
        self._page.page.screenshot(path=SCREENSHOTS / name)
