"""A house with a Slack beside it: the real casebook, a scripted Rasa, a fake Slack on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

from channels import slack_send
from channels.answering import Answering
from channels.assistant import Assistant
from channels.deliver import Deliver
from channels.reception import Reception
from channels.slack import Slack
from channels.slack_post import SlackPost
from channels.slack_presence import SlackPresence
from complaints.answering import Unanswered
from complaints.handoff import Handoff
from complaints.outbox import Outbox, OutboxMessage
from tests.core import Core, Visitor, maya_with_offers, words_of_domain
from tests.fake_slack import AGENTS, SECRET, TOKEN, WAITS_SECONDS, FakeSlack
from tests.stand_ins import ScriptedRasa, serving

PEOPLE = {"UINES": "ines", "UOMAR": "omar", "UGONE": "gone"}


class SlackHouse:
    """Everything that stands between a customer, an agent and Slack."""

    def __init__(self, core: Core, slack: FakeSlack, rasa: ScriptedRasa) -> None:
        core.tell = ("slack",)
        core.restart()
        self.core, self.slack, self.rasa = core, slack, rasa
        self.store, self.clock, self.casebook = core.store, core.clock, core.casebook
        self.words, self.orders, self.conversations = (
            words_of_domain(),
            core.shop,
            core.conversations,
        )
        self.outbox = Outbox(core.store, core.clock)
        self.unanswered = Unanswered(core.store, core.clock)
        self.assistant = Assistant(rasa.url, "t0ken")
        self.answering = Answering(
            self.conversations, self.unanswered, self.assistant, self.casebook, self.words
        )
        self.reception = Reception(self.conversations, self.answering, self.words)
        self.settings = SimpleNamespace(has_slack=True, shop_look_minutes=2)
        self.client = slack_send.client(TOKEN, slack.url, WAITS_SECONDS)
        self.door = Slack(self, self.client, SECRET, AGENTS, PEOPLE)
        self.deliver = self.deliverer()

    def deliverer(self) -> Deliver:
        """Another process that delivers; it knows only what was saved."""
        deliver = Deliver(self)
        post = SlackPost(self, self.client, AGENTS, "https://desk.example/desk", PEOPLE)
        deliver.sends_by("slack", post.send, post.look)
        deliver.elsewhere.append(SlackPresence(self, self.client, PEOPLE).look)
        return deliver

    @contextmanager
    def open(self) -> Iterator[None]:
        """Our door is open to Slack."""
        with serving(self.door.app) as address:
            self.slack.door = address
            yield

    def look(self, times: int = 1, deliver: Deliver | None = None) -> None:
        """As a second or more goes by, often enough that every pause is over."""
        for _ in range(times):
            for part in (deliver or self.deliver).parts:
                part()
            self.slack.settle()
            self.clock.advance(timedelta(seconds=40))

    def handed_over(self) -> Visitor:
        """Maya has offers on the table, and asks for a person all the same."""
        visitor = maya_with_offers(self.core)
        visitor.asks_for_a_person()
        return visitor

    def cards(self) -> list[dict]:
        return [m for m in self.slack.thread(AGENTS) if m.get("blocks")]

    def rows(self, **where: object) -> list[OutboxMessage]:
        return self.core.rows(OutboxMessage, transport="slack", **where)

    def handoff(self) -> Handoff:
        return self.core.rows(Handoff)[-1]


@contextmanager
def slack_house(core: Core) -> Iterator[SlackHouse]:
    """Such a house with its door open, and the Slack and the Rasa beside it, until it ends."""
    slack, rasa = FakeSlack(), ScriptedRasa()
    house = SlackHouse(core, slack, rasa)
    with house.open():
        yield house
    slack.stop()
    rasa.stop()
