"""Following: what has changed anywhere, for whoever shows it live; across processes, by a poll.

On PostgreSQL a number is given before its row can be seen: 13 may show before 12. So the last
seconds are looked at again and again, and each change is told once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from complaints.case import LogEntry
from complaints.clock import Clock
from complaints.conversation import Message
from complaints.store import Store

SETTLED_AFTER = timedelta(seconds=30)  # no transaction of ours takes as long
MOST = 1000  # changes a look; whoever was away longer reads the page afresh


@dataclass(frozen=True)
class Change:
    """Something that was said (`what` is its author) or done (`what` is the verb)."""

    kind: str  # message or deed
    id: int
    conversation_id: str
    reference: str | None
    what: str
    by: str | None  # the actor of a deed
    at: datetime


class Following:
    """One follower: what happened since it was made, each change once, none left out.

    A process keeps one and shares what it tells: two cheap queries a look.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._settled = {"message": 0, "deed": 0}
        self._seen: dict[tuple[str, int], datetime] = {}
        self._begin()

    def news(self) -> list[Change]:
        """What was not told yet, in order of time."""
        with self.store.reading() as session:
            said = session.execute(
                select(Message.id, Message.conversation_id, Message.author, Message.created_at)
                .where(Message.id > self._settled["message"])
                .order_by(Message.id)
                .limit(MOST)
            ).all()
            done = session.scalars(
                select(LogEntry)
                .where(LogEntry.id > self._settled["deed"])
                .order_by(LogEntry.id)
                .limit(MOST)
            ).all()
        found = [
            *(Change("message", row[0], row[1], None, row[2], None, row[3]) for row in said),
            *(
                Change("deed", e.id, e.conversation_id, e.case_reference, e.verb, e.actor, e.at)
                for e in done
            ),
        ]
        fresh = [change for change in found if (change.kind, change.id) not in self._seen]
        now = self.clock.now()
        self._seen |= {(change.kind, change.id): now for change in fresh}
        self._settle(now)
        return sorted(fresh, key=lambda change: change.at)

    def _begin(self) -> None:
        """What is there already is no news; what is being written just now may be."""
        with self.store.reading() as session:
            self._settled = {
                "message": session.scalar(select(func.max(Message.id))) or 0,
                "deed": session.scalar(select(func.max(LogEntry.id))) or 0,
            }
        self._settled = {kind: max(0, last - 50) for kind, last in self._settled.items()}
        self.news()

    def _settle(self, now: datetime) -> None:
        """Forgets what is so old that nothing can appear before it any more."""
        old = {seen for seen, at in self._seen.items() if at <= now - SETTLED_AFTER}
        for kind, number in sorted(old, key=lambda seen: seen[1]):
            self._settled[kind] = max(self._settled[kind], number)
        self._seen = {
            seen: at for seen, at in self._seen.items() if seen[1] > self._settled[seen[0]]
        }
