"""What every door needs, made once from the settings."""

from pathlib import Path

from complaints.settings import Settings

from channels.assistant import Assistant
from channels.reception import Reception
from complaints.answering import Unanswered
from complaints.casebook import Casebook
from complaints.clock import Clock, SystemClock
from complaints.conversation import ConversationLog
from complaints.demo_shop import TIME_ZONE, DemoShop
from complaints.http_orders import HttpOrders
from complaints.orders import OrderBook
from complaints.outbox import Outbox
from complaints.policy import Policy
from complaints.store import Store
from complaints.words import Words

ROOT = Path(__file__).parent.parent
DOMAIN = ROOT / "domain.yml"


class House:
    """One store, one casebook, one reception; a process makes one and closes it at the end."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.store = Store(settings.database_url)
        self.words = Words.load(DOMAIN)
        self.orders = open_orders(settings, self.clock)
        self.casebook = Casebook(
            self.store, Policy.load(settings.policy_file), self.orders, self.clock
        )
        self.conversations = ConversationLog(self.store, self.clock)
        self.outbox = Outbox(self.store, self.clock)
        self.unanswered = Unanswered(self.store, self.clock)
        self.assistant = Assistant(settings.rasa_url, settings.rasa_token)
        self.reception = Reception(
            self.conversations, self.unanswered, self.assistant, self.casebook, self.words
        )

    async def close(self) -> None:
        await self.assistant.close()
        self.store.engine.dispose()


def open_orders(settings: Settings, clock: Clock) -> OrderBook:
    """The shop's own books where there is a shop, else the demo shop's."""
    if settings.orders_url:
        return HttpOrders(settings.orders_url, token=settings.orders_token)
    return DemoShop(lambda: clock.now().astimezone(TIME_ZONE).date(), settings.demo_shop_file)
