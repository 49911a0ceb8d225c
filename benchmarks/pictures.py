"""Takes the pictures of docs/: `python -m benchmarks.pictures` writes docs/pictures/*.png.

The desk is the real one over an office of the tests. The Slack card is our JSON as it is sent,
drawn by the few lines below: Slack's own drawing differs in type and colour, not in words,
order or buttons.
"""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from complaints.clock import HeldClock
from complaints.conversation import Author
from complaints.store import Store
from tests.core import Core
from tests.fake_slack import AGENTS, FakeSlack
from tests.office import DESKTOP, MONDAY, PHONE, Office
from tests.slack_house import SlackHouse
from tests.stack import CHROMIUM_FLAGS
from tests.stand_ins import ScriptedRasa

PICTURES = Path(__file__).parent.parent / "docs/pictures"
WIDTHS = {"desktop": DESKTOP, "phone": PHONE}
COLOURS = 64  # enough for a page of words, and a third of the bytes

SLACK_STYLE = """
body { margin: 0; padding: 16px; background: #fff; color: #1d1c1d;
       font: 15px/1.46 Lato, "Liberation Sans", Arial, sans-serif }
.message { max-width: 640px; margin-bottom: 12px }
.message > b { display: block }
.section { margin: 8px 0; white-space: pre-wrap; overflow-wrap: anywhere }
.context { color: #616061; font-size: 12px }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 }
button { font: inherit; font-size: 13px; font-weight: 700; padding: 4px 12px; color: inherit;
         background: #fff; border: 1px solid #bbb; border-radius: 8px }
button.primary { background: #007a5a; border-color: #007a5a; color: #fff }
.thread { border-left: 3px solid #ddd; padding-left: 12px }
"""


def slack_page(messages: list[dict[str, Any]]) -> str:
    """A page that shows these messages; the first is a card, the others its thread."""
    card, *thread = [
        f"<div class=message><b>{'Amends' if 'bot_id' in m else 'Ines Duarte'}</b>{drawn(m)}</div>"
        for m in messages
    ]
    meta = '<meta name="viewport" content="width=device-width">'
    return f"{meta}<style>{SLACK_STYLE}</style>{card}<div class=thread>{''.join(thread)}</div>"


def drawn(message: dict[str, Any]) -> str:
    """The blocks of one message; its text when it has none."""
    if not message.get("blocks"):
        return f"<div class=section>{escape(message['text'], quote=False)}</div>"
    return "".join(_block(block) for block in message["blocks"])


def _block(block: dict[str, Any]) -> str:
    if block["type"] == "rich_text":
        parts = block["elements"][0]["elements"]
        return f"<div class=section>{''.join(_part(part) for part in parts)}</div>"
    if block["type"] == "section":
        return f"<div class=section>{escape(block['text']['text'])}</div>"
    if block["type"] == "context":
        said = " ".join(escape(element["text"]) for element in block["elements"])
        return f"<div class=context>{said}</div>"
    if block["type"] == "actions":
        return f"<div class=actions>{''.join(_button(each) for each in block['elements'])}</div>"
    raise ValueError(f"expected rich_text, section, context or actions, not {block['type']!r}")


def _part(part: dict[str, Any]) -> str:
    is_bold = part.get("style", {}).get("bold")
    return f"<b>{escape(part['text'])}</b>" if is_bold else escape(part["text"])


def _button(element: dict[str, Any]) -> str:
    return f"<button class='{element.get('style', '')}'>{escape(element['text']['text'])}</button>"


@contextmanager
def an_empty_core() -> Iterator[Core]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/amends.db")
        store.create()
        yield Core(store, HeldClock(MONDAY))
        store.engine.dispose()


def of_the_desk(browser: Browser) -> None:
    with an_empty_core() as core, Office(core).is_open() as office:
        office.somebody_is_in_danger()
        maya = office.maya_waits()
        talked(core, maya.id)
        office.leroy_waits_for_a_call()
        for width, how in WIDTHS.items():
            ines = office.sits_down(browser, **how)
            ines.reads("Maya Okonkwo")
            keep(ines.page, f"queue-{width}")
            ines.opens(maya.case.reference)
            ines.reads("What happened")
            keep(ines.page, f"case-{width}", full=width == "phone")


def talked(core: Core, conversation_id: str) -> None:
    """What was said before she waited; the core alone writes no conversation down."""
    talk = [
        (
            Author.CUSTOMER,
            "My blender W-10482 came with the jug smashed, I just want one that works",
        ),
        (
            Author.ASSISTANT,
            "To be sure order W-10482 is yours: what is the postcode it was sent to?",
        ),
        (Author.CUSTOMER, "SW9 8QF"),
        (Author.ASSISTANT, "Thank you, I have your order here. Which would you like?"),
        (Author.CUSTOMER, "can I talk to a person please"),
    ]
    for number, (author, text) in enumerate(talk):
        core.conversations.say(conversation_id, author, text, key=f"picture:{number}")


def of_slack(browser: Browser) -> None:
    slack, rasa = FakeSlack(), ScriptedRasa()
    try:
        with an_empty_core() as core:
            core.person("Ines Duarte")
            house = SlackHouse(core, slack, rasa)
            with house.open():
                visitor = house.handed_over()
                house.look()
                slack.press("UINES", house.cards()[-1], "Take over")
                house.look()
                root = house.cards()[-1]["ts"]
                slack.says("UINES", "Hello Maya, a new one leaves today.", AGENTS, root=root)
                house.conversations.receive(visitor.id, "Thank you!", "c-1")
                house.look(4)
                page = slack_page([house.cards()[-1], *slack.thread(AGENTS, root)])
    finally:
        rasa.stop()
        slack.stop()
    for width, how in WIDTHS.items():
        context = browser.new_context(**how)
        shown = context.new_page()
        shown.set_content(page)
        keep(shown, f"slack-card-{width}", full=True)
        context.close()


def keep(page: Page, name: str, full: bool = False) -> None:
    """Writes the picture, in few colours."""
    drawn_page = Image.open(io.BytesIO(page.screenshot(full_page=full)))
    few = drawn_page.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS
        )
        of_the_desk(browser)
        of_slack(browser)
        browser.close()
    for picture in sorted(PICTURES.glob("*.png")):
        print(f"{picture.relative_to(PICTURES.parent.parent)}  {picture.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
