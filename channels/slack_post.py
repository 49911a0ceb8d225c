"""Brings to Slack what people are told and what is said, each exactly once in the end.

1. `look` queues what is new: the next message of each thread, cards that no longer are right.
2. `send` brings one row of the outbox there. A row that was tried before may have arrived all
   the same: its key is looked for in Slack before it is sent again.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from channels import slack_card
from channels.house import House
from channels.slack_send import ask
from channels.undelivered import Later
from complaints import people
from complaints.case import PromiseRow
from complaints.handoff import Handoff
from complaints.outbox import OutboxMessage
from complaints.promise import PromiseState, moment_in_words
from complaints.thread import ENDED, Threads

KEY = "amends_key"  # the type of a message's metadata
CLOCKS_APART_SECONDS = 300  # Slack's clock and ours
MOST_PAGES = 20

Block = dict[str, Any]


class SlackPost:
    """The transport "slack"; `channel` is where people are told of handoffs."""

    def __init__(
        self, house: House, slack: WebClient, channel: str, desk_url: str,
        who_is_who: dict[str, str],
    ) -> None:  # fmt: skip
        self.house = house
        self.who_is_who = who_is_who
        self.slack = slack
        self.channel = channel
        self.desk_url = desk_url
        self.threads = Threads(house.store, house.clock, "slack")
        self._ways = {
            "handed_off": self._post_card,
            "at_risk": self._warn,
            "card": self._put_card_right,
            "said": self._say,
            "whisper": self._whisper,
        }

    def look(self) -> None:
        """Queues what Slack does not show yet."""
        self.threads.queue_news()
        for thread, handoff in self.threads.cards():
            if thread.shows != self._shows(handoff):
                self.threads.queue_change(thread)

    def send(self, row: OutboxMessage) -> None:
        """Brings one row there. Raises Later, or Undeliverable."""
        self._ways[row.payload["event"]](row)

    # What people are told

    def _post_card(self, row: OutboxMessage) -> None:
        handoff = self._handoff(row.payload["handoff"])
        if self.threads.of_handoff(handoff.id):
            return
        shows, blocks = self._card(handoff)
        line = f"{handoff.case_reference} · {handoff.summary['one_line']}"
        root = self._post(row, self.channel, text=slack_card.escaped(line), blocks=blocks)
        self.threads.begin_with_people(handoff.id, self.channel, root, shows)

    def _warn(self, row: OutboxMessage) -> None:
        """Under the card, and in the channel too, to those who can still keep it."""
        thread = self.threads.of_handoff(row.payload["handoff"])
        if thread is None:
            raise Later("its card is not there yet")
        due = self._in_words(datetime.fromisoformat(row.payload["due_at"]))
        concerned = row.payload.get("for", [])
        called = [f"<@{user}>" for user, by in self.who_is_who.items() if by in concerned]
        has_it = slack_card.escaped(row.payload.get("in_hand_of") or "Nobody")
        told = f"{row.payload['reference']} is about to be late: promised {due}. {has_it} has it."
        text = " ".join([*called, told])
        self._post(row, thread.channel, thread.root, text=text, reply_broadcast=True)

    def _put_card_right(self, row: OutboxMessage) -> None:
        thread = self.threads.get(row.payload["thread"])
        handoff = self._handoff(thread.handoff_id)
        shows, blocks = self._card(handoff)
        line = slack_card.escaped(f"{handoff.case_reference} · {handoff.summary['one_line']}")
        ask(
            self.slack, "chat.update", channel=thread.channel, ts=thread.root, text=line,
            blocks=blocks,
        )  # fmt: skip
        self.threads.shown(thread.id, shows)

    # What is said

    def _say(self, row: OutboxMessage) -> None:
        thread = self.threads.get(row.payload["thread"])
        message = self.threads.message(row.payload["message"])
        words = slack_card.words(message, to_people=thread.handoff_id is not None)
        self._post(row, thread.channel, thread.root, **words)
        self.threads.said(thread.id, message.id)

    def _whisper(self, row: OutboxMessage) -> None:
        """To one person alone, for a moment; a second time does no harm."""
        told = row.payload
        root = {"thread_ts": told["root"]} if told.get("root") else {}
        ask(
            self.slack, "chat.postEphemeral", channel=told["channel"], user=told["user"],
            text=slack_card.escaped(told["text"]), **root,
        )  # fmt: skip

    # Once each

    def _post(self, row: OutboxMessage, channel: str, root: str = "", **fields: Any) -> str:
        """Posts it, unless it is there already; gives what Slack calls it."""
        if row.attempts > 1 and (there := self._posted_before(row, channel, root)):
            return there
        if root:
            fields["thread_ts"] = root
        metadata = {"event_type": KEY, "event_payload": {"key": row.key}}
        answer = ask(
            self.slack, "chat.postMessage", channel=channel, metadata=metadata,
            unfurl_links=False, unfurl_media=False, **fields,
        )  # fmt: skip
        return str(answer["ts"])

    def _posted_before(self, row: OutboxMessage, channel: str, root: str) -> str | None:
        method = "conversations.replies" if root else "conversations.history"
        where: dict[str, Any] = {"ts": root} if root else {}
        where["oldest"] = f"{row.created_at.timestamp() - CLOCKS_APART_SECONDS:.6f}"
        cursor = ""
        for _ in range(MOST_PAGES):
            found = ask(
                self.slack, method, channel=channel, include_all_metadata=True, limit=200,
                **where, **({"cursor": cursor} if cursor else {}),
            )  # fmt: skip
            for message in found.get("messages", []):
                metadata = message.get("metadata") or {}
                if metadata.get("event_payload", {}).get("key") == row.key:
                    return str(message["ts"])
            cursor = (found.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None
        raise Later(f"{channel} has more messages than could be looked through")

    # What a card shows

    def _handoff(self, handoff_id: int | None) -> Handoff:
        with self.house.store.reading() as session:
            return session.get_one(Handoff, handoff_id)

    def _shows(self, handoff: Handoff) -> str:
        return self._card(handoff)[0]

    def _card(self, handoff: Handoff) -> tuple[str, list[Block]]:
        """The card as things stand, and a short name for how they stand."""
        with self.house.store.reading() as session:
            promise = session.get_one(PromiseRow, handoff.promise_id)
            names = people.names(session)
        owed = promise.state in (PromiseState.PENDING, PromiseState.BREACHED)
        due = self._in_words(promise.due_at) if owed and not handoff.ended_at else None
        taker = names.get(handoff.taken_by or "")
        state = "Waiting for one of us" if not taker else f"{taker} has it"
        if handoff.ended_at:
            state = f"Done, by {taker}" if taker else "Done"
        blocks = slack_card.card(handoff.summary, state, due, self._buttons(handoff))
        drawn = hashlib.sha256(json.dumps(blocks, sort_keys=True).encode()).hexdigest()[:16]
        return (ENDED if handoff.ended_at else drawn), blocks

    def _buttons(self, handoff: Handoff) -> list[Block]:
        reference = handoff.case_reference
        buttons = []
        if handoff.ended_at is None and not handoff.silences:
            value = f"{reference} {handoff.promise_id}"
            buttons.append(slack_card.button("keep_promise", "It is done", value, "primary"))
        elif handoff.ended_at is None and handoff.taken_by is None:
            buttons.append(slack_card.button("take_over", "Take over", reference, "primary"))
        elif handoff.ended_at is None:
            buttons.append(slack_card.button("ask_offer", "Offer", reference))
            buttons.append(slack_card.button("ask_hand_back", "Hand back", reference))
            buttons.append(slack_card.button("ask_close", "Close", reference))
        return [*buttons, slack_card.link("Open desk", f"{self.desk_url}/cases/{reference}")]

    def _in_words(self, due_at: datetime) -> str:
        zone = self.house.casebook.policy.zone
        return moment_in_words(due_at, zone, self.house.clock.now())
