"""The chat as a guest on somebody's page: safe, small, readable by everybody."""
# ruff: noqa: F811  (fixtures are imported by name)

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.chat_page import (  # noqa: F401
    PHONE,
    ChatPage,
    customer_at,
    door,
    maya,
    picture,
    zipped_bytes,
)
from tests.widget_server import OFFERS

NEW_BLENDER = OFFERS[0]["title"]


# Nobody's words are markup


@pytest.mark.parametrize(
    "nasty",
    [
        "<img src=x onerror=\"document.title='broken'\">",
        "<script>document.title='broken'</script>",
        "[click](javascript:document.title='broken') javascript:alert(1)",
        "data:text/html,<b>x</b> &lt;b&gt;",
    ],
)
def test_text_is_shown_as_text_whoever_wrote_it(maya, door, nasty):
    maya.hears("tell me the whole story")
    door.talk.say("please read", buttons=[{"title": nasty, "payload": "/x"}])
    door.talk.say(nasty, "agent", name=nasty)
    maya.write(nasty)
    maya.hears(f"word for word: {nasty}")

    assert maya.said_by("customer") == [nasty] == maya.said_by("agent")
    assert maya.log.get_by_role("link").count() == 0
    assert maya.log.locator("img, script").count() == 0
    assert maya.page.title() == "Help with an order · Hollis & Reed"


def test_web_addresses_become_links_that_open_apart(maya, door):
    maya.hears("tell me the whole story")
    door.talk.say("Track it (https://example.com/a?b=1&c=2). Or ask http://example.org!")

    links = maya.log.get_by_role("link")
    expect(links).to_have_count(2)
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://example.com/a?b=1&c=2",
        "http://example.org",
    ]
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer"}


# The page it lives on


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(chromium, door, scheme, width):
    how = {"color_scheme": scheme, "reduced_motion": "reduce", **(PHONE if width == 360 else {})}
    context, maya = customer_at(chromium, door.url, **how)

    assert troubles(maya) == []
    maya.open()
    maya.hears("tell me the whole story")
    maya.write("SW9 8QF")
    maya.hears("We can do one of these")
    assert troubles(maya) == []
    maya.option(NEW_BLENDER).click()
    maya.hears("That's settled")
    maya.choose_photo("jug.png", picture())
    door.talk.say("I've packed it myself: https://example.com/1", "agent", name="Ines")
    door.talk.say("Ines joined", "notice")
    door.talk.handler, door.talk.typing = "agent", True
    maya.hears("Ines joined")
    maya.page.get_by_text("Ines is writing").wait_for()
    door.stop()
    maya.write("Thank you")
    expect(maya.page.get_by_text("The connection is interrupted")).to_be_visible()
    assert troubles(maya) == []
    context.close()


@pytest.mark.parametrize("width", [320, 360, 640])
def test_nothing_hangs_over_the_edge_of_a_small_window(chromium, door, width):
    """320 px is also what is left of 1280 px at 400 % zoom, 640 px at 200 %."""
    context, maya = customer_at(chromium, door.url, viewport={"width": width, "height": 400})
    assert maya.page.evaluate("document.documentElement.scrollWidth") == width
    maya.open()
    maya.hears("tell me the whole story")
    door.talk.say("x" * 300, buttons=[{"title": "y" * 200, "payload": "/y"}])
    maya.hears("x" * 300)

    assert maya.log.evaluate("log => log.scrollWidth <= log.clientWidth")
    for target in maya.panel.get_by_role("button").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    expect(maya.composer).to_be_in_viewport()
    context.close()


def test_a_strict_policy_is_never_violated_and_nobody_else_is_asked(maya):
    maya.write("SW9 8QF")
    maya.option(NEW_BLENDER).click()
    maya.choose_photo("jug.png", picture())
    maya.page.keyboard.press("Enter")
    maya.hears("word for word: photo")
    maya.page.reload()
    maya.hears("word for word: photo")

    assert maya.violations == []
    assert maya.foreign_requests == []


HOST_PAGE = """<!doctype html><html lang="de"><head><title>Host</title>
<style nonce="ours">html { font-size: 50%; direction: rtl } button { background: red !important }</style>
<script src="/amends.js" data-words='{"label": "Hilfe zur Bestellung", "send": "Senden"}'></script>
</head><body><p>Host</p></body></html>"""
HOST_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'nonce-ours'; "
    "require-trusted-types-for 'script'"
)


def test_a_page_keeps_its_styles_and_its_policy_and_may_translate_the_chat(chromium, door):
    context, maya = customer_at(chromium, door.url)
    context.route(
        f"{door.url}/host",
        lambda route: route.fulfill(
            body=HOST_PAGE,
            content_type="text/html",
            headers={"Content-Security-Policy": HOST_POLICY},
        ),
    )
    maya.page.goto(f"{door.url}/host")
    maya.page.get_by_role("button", name="Hilfe zur Bestellung").click()
    maya.hears("tell me the whole story")

    send = maya.page.get_by_role("button", name="Senden")
    assert send.evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(11, 92, 85)"
    assert maya.log.evaluate("it => getComputedStyle(it).fontSize") == "16px"
    assert send.bounding_box()["x"] < maya.composer.bounding_box()["x"]  # right to left
    assert maya.violations == []
    context.close()


def test_the_chat_weighs_at_most_15_kilobytes():
    assert zipped_bytes() <= 15 * 1024


def troubles(page: ChatPage) -> list[str]:
    """What axe has to say about the page, and where."""
    found = Axe().run(page.page).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"]
    ]
