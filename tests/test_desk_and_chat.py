"""A customer and an agent side by side: the chat and the desk behind the real front door.

Rasa is a stand-in that echoes; what it would have understood is told to the casebook by hand.
"""

import re
import time
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, expect

from channels.house import House
from complaints.conversation import Conversation, Handler
from complaints.people import People
from complaints.settings import Settings
from server import front_door
from tests.chat_page import customer_at
from tests.core import Visitor
from tests.office import DESKTOP, PASSWORD, AtTheDesk
from tests.stand_ins import ScriptedRasa, serving

CARD_SECONDS = 2


@pytest.fixture
def rasa():
    rasa = ScriptedRasa()
    yield rasa
    rasa.stop()


def test_a_person_takes_over_and_nothing_is_said_twice(tmp_path, rasa, chromium: Browser):
    house = House(Settings(var=tmp_path, database_url="", rasa_url=rasa.url))
    house.store.create()
    People(house.store, house.clock).add("ines", "Ines Duarte", PASSWORD)
    with serving(front_door(house)) as url:
        contexts = [chromium.new_context(**DESKTOP)]
        ines = AtTheDesk(contexts[0].new_page(), url).signs_in("ines")
        context, maya = customer_at(chromium, url)
        maya.open()
        maya.write("My blender W-10482 came with the jug smashed and I just want one that works")
        maya.hears("You said")
        visitor = told_to_the_casebook(house)
        ines.reads("Nobody waits")

        begun = time.monotonic()
        visitor.asks_for_a_person()
        card = ines.page.locator(".card a").filter(has_text="W-10482")
        card.wait_for()
        assert time.monotonic() - begun <= CARD_SECONDS

        card.press("Enter")
        ines.reads("Waits for a person")
        ines.presses("t")
        maya.hears("Ines Duarte")
        asked = len(rasa.messages)
        rasa.stop()  # from here on nobody needs it
        maya.write("are you a real person?")
        ines.reads("are you a real person?")
        ines.page.locator("#reply").fill("I am. Would you rather have your money back?")
        ines.presses("Control+Enter")
        maya.hears("Would you rather have your money back?")
        maya.page.reload()
        maya.hears("Would you rather have your money back?")

        ines.presses("Escape", "o")
        ines.page.locator("#offer-panel").get_by_label("Remedy").select_option("full_refund")
        ines.page.get_by_role("button", name="Offer it").click()
        maya.option(re.compile("All your money back: £64.00")).last.click()
        expect(ines.page.locator("#summary")).to_contain_text("a full refund (£64.00)")
        ines.reads("All your money back")  # what she pressed stands in the conversation
        ines.page.get_by_text("Hand back to the assistant").click()
        expect(ines.page.get_by_label("What was said and agreed")).to_be_focused()
        ines.types("refund agreed, goes out today")
        ines.page.get_by_role("button", name="Hand back").click()
        ines.reads("With the assistant")

        assert visitor_of(house).handler == Handler.BOT
        assert "full_refund" in visitor.promises
        assert len(rasa.messages) == asked  # the assistant was asked nothing meanwhile
        assert ines.troubles == []
        for each in (*contexts, context):
            each.close()


def told_to_the_casebook(house: House) -> Visitor:
    """What Rasa and the actions would have done with Maya's words, and her postcode."""
    maya = Visitor(a_core_over(house), visitor_of(house).id)
    maya.tells(
        "My blender W-10482 came with the jug smashed and I just want one that works",
        "complain_damaged_item",
        also=("express_wish",),
        order_number="W-10482",
        item="blender",
        remedy="replacement",
    )
    maya.next()
    maya.says("SW9 8QF", postcode="SW9 8QF")
    return maya


def visitor_of(house: House) -> Conversation:
    with house.store.reading() as session:
        return session.query(Conversation).one()


def a_core_over(house: House) -> SimpleNamespace:
    def rows(table, **where):
        with house.store.reading() as session:
            return session.query(table).filter_by(**where).all()

    return SimpleNamespace(casebook=house.casebook, conversations=house.conversations, rows=rows)
