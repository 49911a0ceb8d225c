"""What every door needs, made once from the settings."""

from pathlib import Path

from channels.answering import Answering
from channels.assistant import Assistant
from channels.reception import Reception
from complaints.answering import Unanswered
from complaints.casebook import open_casebook
from complaints.clock import Clock, open_clock
from complaints.conversation import ConversationLog
from complaints.outbox import Outbox
from complaints.settings import Settings
from complaints.words import Words

DOMAIN = Path(__file__).parent.parent / "domain.yml"


class House:
    """One store, one casebook, one reception; a process makes one and closes it at the end."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or open_clock(settings.clock_file)
        self.words = Words.load(DOMAIN)
        self.casebook = open_casebook(settings, self.clock)
        self.store = self.casebook.store
        self.orders = self.casebook.orders
        self.conversations = ConversationLog(self.store, self.clock)
        self.outbox = Outbox(self.store, self.clock)
        self.unanswered = Unanswered(self.store, self.clock)
        self.assistant = Assistant(settings.rasa_url, settings.rasa_token)
        self.answering = Answering(
            self.conversations, self.unanswered, self.assistant, self.casebook, self.words
        )
        self.reception = Reception(self.conversations, self.answering, self.words)

    async def close(self) -> None:
        await self.assistant.close()
        self.store.engine.dispose()
