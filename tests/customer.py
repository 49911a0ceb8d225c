"""A customer at the website's door: writes, presses buttons, reads the answers.

Everything goes through the front door as a browser would do it; the database is only read,
to wait until a message is answered and to look at what was recorded.
"""

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from complaints.case import Case, CaseStatus
from complaints.conversation import Conversation, Message
from complaints.handoff import Handoff
from complaints.outbox import OutboxMessage
from complaints.store import Store

PATIENCE_SECONDS = 150.0  # generous: Rasa may be starting again on a busy machine
LOOK_EVERY_SECONDS = 0.05
Found = TypeVar("Found")


@dataclass(frozen=True)
class Answer:
    """What the customer reads after one message: everything that is not their own."""

    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages)

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for message in self.messages for button in message["buttons"]]

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.buttons]

    @property
    def questions(self) -> int:
        """How many things are asked; what is quoted in “…” is the customer's own."""
        asked = 0
        quoted = False
        for sign in self.text:
            quoted = sign == "“" or (quoted and sign != "”")
            asked += sign == "?" and not quoted
        return asked

    def has(self, pattern: str) -> bool:
        """Whether this can be read in it, in a message or on a button; case does not matter."""
        return bool(re.search(pattern, "\n".join([self.text, *self.titles]), re.IGNORECASE))


@dataclass
class Customer:
    """One browser. `session` is what it remembers between visits; none on the first."""

    url: str
    store: Store
    session: str | None = None
    customer_token: str | None = None
    seen: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._http = httpx.Client(base_url=self.url, timeout=30, trust_env=False)
        self.comes_in()

    def comes_in(self) -> Answer:
        """Opens the chat, or opens it again after a reload: reads what stands there."""
        said = {"customer_token": self.customer_token} if self.customer_token else {}
        opened = self._http.post("/chat/session", json=said, headers=self._headers)
        opened.raise_for_status()
        self.session = opened.json()["session"]
        self.seen = opened.json()["messages"]
        return Answer(self._not_mine(self.seen))

    def says(self, text: str) -> Answer:
        """Writes a message and waits until it is answered."""
        return self.reads_after(self.sends(text))

    def presses(self, title: str) -> Answer:
        """Presses the button whose title has these words in it, the last one shown."""
        button = next(
            (b for b in reversed(self.buttons) if title.casefold() in b["title"].casefold()), None
        )
        assert button, f"no button says {title!r}\n{self.transcript}"
        return self.reads_after(self._post({"button": button["payload"]}))

    def shows_photo(self, jpeg: bytes) -> Answer:
        posted = self._http.post(
            "/chat/photos",
            files={"photo": ("photo.jpg", jpeg, "image/jpeg")},
            data={"client_id": str(uuid.uuid4())},
            headers=self._headers,
        )
        assert posted.status_code == 202, posted.text
        return self.reads_after(posted.json()["message"]["id"])

    def sends(self, text: str) -> int:
        """Writes a message and does not wait; gives its number."""
        return self._post({"text": text})

    def is_refused(self, text: str) -> str:
        """Writes something that the door does not take; gives the sentence that says so."""
        refused = self._http.post(
            "/chat/messages",
            json={"client_id": str(uuid.uuid4()), "text": text},
            headers=self._headers,
        )
        assert 400 <= refused.status_code < 500, (refused.status_code, refused.text)
        return refused.json()["error"]

    def reads_after(self, message_id: int) -> Answer:
        """Waits until that message is answered, and reads on."""
        wait_for(
            lambda: self._is_answered(message_id),
            lambda: f"message {message_id} was never answered\n{self.transcript}",
        )
        return self.reads_on()

    def reads_on(self) -> Answer:
        """Whatever is new."""
        after = self.seen[-1]["id"] if self.seen else 0
        got = self._http.get("/chat/messages", params={"after": after}, headers=self._headers)
        got.raise_for_status()
        fresh = got.json()["messages"]
        self.seen += fresh
        return Answer(self._not_mine(fresh))

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for message in self.seen for button in message["buttons"]]

    @property
    def transcript(self) -> str:
        """The whole conversation, to be read aloud when a test fails."""
        lines = []
        for said in self.seen:
            lines.append(f"{said['author']:>9}: {said['text']}")
            lines += [f"{'':>9}  [{button['title']}]" for button in said["buttons"]]
        return "\n".join(lines)

    # What was recorded

    def rows(self, look: Callable[[Session], Found]) -> Found:
        with self.store.reading() as session:
            return look(session)

    @property
    def conversation(self) -> Conversation:
        def look(session: Session) -> Conversation:
            message = session.get_one(Message, self.seen[0]["id"])
            return session.get_one(Conversation, message.conversation_id)

        return self.rows(look)

    @property
    def cases(self) -> list[Case]:
        """Every case of this conversation that still counts, oldest first."""
        return self._all(
            select(Case)
            .where(
                Case.conversation_id == self.conversation.id, Case.status != CaseStatus.WITHDRAWN
            )
            .order_by(Case.received_at)
        )

    @property
    def case(self) -> Case:
        assert self.cases, f"there is no case\n{self.transcript}"
        return self.cases[-1]

    @property
    def handoffs(self) -> list[Handoff]:
        here = Handoff.conversation_id == self.conversation.id
        return self._all(select(Handoff).where(here).order_by(Handoff.id))

    def told_shop(self, case: Case) -> list[OutboxMessage]:
        """What the shop was told to do for this case."""
        ours = OutboxMessage.case_reference == case.reference
        shop = OutboxMessage.transport == "shop"
        return self._all(select(OutboxMessage).where(ours, shop).order_by(OutboxMessage.id))

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def _all(self, query: Any) -> list[Any]:
        return self.rows(lambda session: list(session.scalars(query).all()))

    # The line

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.session}"} if self.session else {}

    def _post(self, said: dict[str, str]) -> int:
        said = {"client_id": str(uuid.uuid4()), **said}
        taken: list[int] = []

        def post() -> bool:
            posted = self._http.post("/chat/messages", json=said, headers=self._headers)
            if posted.status_code == 429:  # the widget waits and sends it again, so do we
                time.sleep(1)
                return False
            assert posted.status_code == 202, f"{posted.status_code} {posted.text}"
            taken.append(posted.json()["message"]["id"])
            return True

        wait_for(post, lambda: f"never taken in: {said}\n{self.transcript}")
        return taken[0]

    def _is_answered(self, message_id: int) -> bool:
        return self.rows(
            lambda session: session.get_one(Message, message_id).answered_at is not None
        )

    def _not_mine(self, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [message for message in messages if message["author"] != "customer"]


def wait_for(
    is_so: Callable[[], bool], complaint: Callable[[], str], seconds: float = PATIENCE_SECONDS
) -> None:
    """Looks until it is so; fails with the complaint when it never is."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, complaint()
        time.sleep(LOOK_EVERY_SECONDS)
