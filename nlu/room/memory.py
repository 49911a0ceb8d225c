"""What Rasa remembers of a conversation: the last turn, and what we said in those before it.

The case is the memory; of the talk itself nobody needs more (rules look at one turn, the words at
what was said lately, a front door that comes back at the message it had asked). Rasa's own store
keeps every event in a row of its own, reads all of them for each message and sends all of them to
the action server: a third of what a turn cost, and more with each turn.
"""

import json
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.pool import QueuePool

_SAID_LATELY = 8  # of our own messages, as far back as actions/base.py looks

_tables = sa.MetaData()
_remembered = sa.Table(
    "remembered",
    _tables,
    sa.Column("conversation", sa.String(255), primary_key=True),
    sa.Column("events", sa.Text, nullable=False),
)
_read = sa.select(_remembered.c.events).where(_remembered.c.conversation == sa.bindparam("of"))
_rewrite = (
    sa.update(_remembered)
    .where(_remembered.c.conversation == sa.bindparam("of"))
    .values(events=sa.bindparam("now"))
)
_write = sa.insert(_remembered).values(conversation=sa.bindparam("of"), events=sa.bindparam("now"))


class Memory(TrackerStore):
    """Reads and writes one row for each turn, in the database at `host` (SQLAlchemy's form).

    Rasa makes it, from `tracker_store` in endpoints.yml, and calls its URL `host`.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str = "sqlite:///var/tracker.db",
        event_broker: EventBroker | None = None,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        # Kept open: SQLAlchemy 1.4 would open and close a SQLite file for each turn.
        self.engine = sa.create_engine(host, poolclass=QueuePool)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _write_ahead)
        _tables.create_all(self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        with self.engine.connect() as connection:
            events = connection.execute(_read, {"of": sender_id}).scalar()
        if events is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, json.loads(events), self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        row = {
            "of": tracker.sender_id,
            "now": json.dumps(worth_remembering([event.as_dict() for event in tracker.events])),
        }
        with self.engine.begin() as connection:
            if connection.execute(_rewrite, row).rowcount == 0:
                connection.execute(_write, row)


def worth_remembering(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last turn whole, from the wait for its message on; of earlier turns what we said lately."""
    asked = max((n for n, event in enumerate(events) if event["event"] == "user"), default=0)
    waited = max((n for n, event in enumerate(events[:asked]) if _waits(event)), default=0)
    said = [event for event in events[:waited] if event["event"] == "bot"]
    return said[-_SAID_LATELY:] + events[waited:]


def _waits(event: dict[str, Any]) -> bool:
    return event["event"] == "action" and event["name"] == "action_listen"


def _write_ahead(connection: Any, _record: Any) -> None:
    # Otherwise SQLite waits for the disk three times for each turn. A power cut could take the
    # last turns of what is a memory aid; the cases are elsewhere.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
