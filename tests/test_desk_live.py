"""What happens is told to every open page, from the moment on at which its stream is open."""

import asyncio

from complaints.following import Following
from desk.live import Live
from tests.core import Core


async def test_what_happens_while_the_first_page_of_a_morning_opens_is_told(core: Core):
    live = Live(lambda: Following(core.store, core.clock), seconds=0.05)
    running = asyncio.create_task(live.run())

    await live.begin()  # its stream is open now, and the page looks for the last time
    ada = core.visitor("ada")
    ada.asks_for_a_person()
    events = live.events(ada.id)
    told = await asyncio.wait_for(anext(events), 5)

    assert told["event"] == "change"
    await events.aclose()
    running.cancel()


async def test_nobody_looks_while_no_page_is_open(core: Core):
    looked = []

    class Counted(Following):
        def news(self):
            looked.append(1)
            return super().news()

    live = Live(lambda: Counted(core.store, core.clock), seconds=0.02)
    running = asyncio.create_task(live.run())
    await live.begin()
    await asyncio.sleep(0.1)
    looked.clear()

    await asyncio.sleep(0.2)

    assert looked == []
    running.cancel()
