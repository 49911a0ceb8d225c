"""Slack's door: customers who complain there, and people who answer from the thread of a card.

Slack sends what happened to /slack/events, signed; Bolt refuses what is not, or is older than
five minutes. Everything is kept before Slack is told that it arrived, within its 3 seconds, and
under a key made of Slack's own time stamp: what Slack repeats, or tells twice in different
words, changes nothing. Nothing is said from here: `deliver` brings it there (`slack_post.py`).
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from channels import slack_card
from channels.house import House
from channels.incoming import TooLarge, whole_body
from channels.reception import Refused
from channels.slack_people import SlackPeople
from channels.slack_photo import SlackPhotos
from channels.slack_presence import SlackPresence
from channels.slack_send import ask
from channels.undelivered import Later, Undeliverable
from complaints import outbox
from complaints.thread import Thread, Threads

CHANNEL = "slack"
# An edit, a pin, a bot: no words of somebody's own.
WORDS_OF_SOMEBODY = (None, "file_share", "thread_broadcast")
_CALLED = re.compile(r"^\s*<@[^>]+>\s*")

log = structlog.get_logger()


class Slack:
    """The app at /slack. `channel` is where people are told of handoffs."""

    def __init__(
        self, house: House, slack: WebClient, signing_secret: str, channel: str,
        who_is_who: dict[str, str],
    ) -> None:  # fmt: skip
        self.house = house
        self.channel = channel
        self.threads = Threads(house.store, house.clock, CHANNEL)
        self.slack = slack
        self.photos = SlackPhotos(house.reception, slack)
        self._answering: set[asyncio.Task[None]] = set()
        bolt = App(
            client=slack,
            signing_secret=signing_secret,
            # Bolt would ask Slack who we are, and refuse everybody while Slack does not answer.
            authorize=lambda enterprise_id, team_id: AuthorizeResult(
                enterprise_id=enterprise_id, team_id=team_id, bot_token=slack.token
            ),
            # Kept first, acknowledged then; the other way round a crash would lose a message.
            process_before_response=True,
        )
        bolt.event("message")(self._message)
        bolt.event("app_mention")(self._message)
        bolt.action(re.compile(r"^choose:\d+$"))(self._choose)
        presence = SlackPresence(house, slack, who_is_who)
        presence.listen(bolt)
        self.people = SlackPeople(house, slack, self.threads, presence, self._whisper)
        self.people.listen(bolt)
        self._bolt = bolt
        self.app = Starlette(routes=[Route("/events", self.receive, methods=["POST"])])

    async def receive(self, request: Request) -> Response:
        """One request of Slack's, whatever it tells."""
        try:
            body = await whole_body(request)
        except TooLarge:
            return Response(status_code=413)
        told = BoltRequest(
            body=body.decode("utf-8", "replace"), headers=dict(request.headers), mode="http"
        )
        told.context["answer"] = (answer := set[str]())
        response = await asyncio.to_thread(self._bolt.dispatch, told)
        for conversation_id in answer:
            task = asyncio.create_task(self._answer(conversation_id, told.context.get("newcomer")))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)
        return to_starlette_response(response)

    async def _answer(self, conversation_id: str, newcomer: str | None) -> None:
        if newcomer:
            await asyncio.to_thread(self._note_timezone, conversation_id, newcomer)
        await self.house.reception.answer(conversation_id)

    # Customers

    def _message(self, event: dict[str, Any], body: dict[str, Any], context: Any) -> None:
        user = event.get("user")
        if not user or event.get("bot_id") or event.get("subtype") not in WORDS_OF_SOMEBODY:
            return
        if event["channel"] == self.channel:
            self.people.wrote(event)
            return
        thread = self._thread_of(event, body.get("team_id", ""), user, context)
        if thread is None or thread.who != user:
            return  # people talk among themselves
        text = slack_card.typed(_CALLED.sub("", event.get("text", "")))
        files = event.get("files") or []
        if text or not files:
            self._receive(thread, event["ts"], context, text=text)
        if files:
            if trouble := self.photos.receive(thread.conversation_id, files):
                self._whisper(thread.channel, user, thread.root, trouble, f"{event['ts']}:f")
            context["answer"].add(thread.conversation_id)

    def _choose(
        self, ack: Callable, body: dict[str, Any], action: dict[str, Any], context: Any
    ) -> None:
        ack()
        channel, message = body["channel"]["id"], body["message"]
        thread = self.threads.at(channel, message.get("thread_ts", ""))
        if thread and thread.who == body["user"]["id"]:
            self._receive(thread, action["action_ts"], context, button=action["value"])

    def _receive(self, thread: Thread, ts: str, context: Any, text: str = "", **said: Any) -> None:
        client_id = f"slack-{ts}"
        try:
            self.house.reception.receive(thread.conversation_id, client_id, text, **said)
        except Refused as refused:
            self._whisper(thread.channel, thread.who or "", thread.root, refused.sentence, ts)
            return
        context["answer"].add(thread.conversation_id)

    def _thread_of(
        self, event: dict[str, Any], team: str, user: str, context: Any
    ) -> Thread | None:
        """The thread this was said in; a new one for whoever turns to us."""
        channel = event["channel"]
        is_direct = event.get("channel_type") == "im"
        root = event.get("thread_ts") or ("" if is_direct else event["ts"])
        if thread := self.threads.at(channel, root):
            return thread
        if not is_direct and event["type"] != "app_mention":
            return None
        visitor = f"{team}:{user}:{root or channel}"
        conversation = self.house.reception.welcome(CHANNEL, visitor)
        context["newcomer"] = user
        begun = self.threads.begin_with_customer(conversation.id, channel, root, user)
        return begun or self.threads.at(channel, root)

    def _note_timezone(self, conversation_id: str, user: str) -> None:
        """By whose clock times are told; while Slack does not say, the shop's will do."""
        try:
            known = ask(self.slack, "users.info", user=user)["user"].get("tz")
        except (Later, Undeliverable) as trouble:
            log.warning("time zone not known", user=user, trouble=str(trouble))
            return
        if conversation := self.house.conversations.find(conversation_id):
            self.house.reception.note_timezone(conversation, known)

    # Both

    def _whisper(self, channel: str, user: str, root: str, text: str, ts: str) -> None:
        """Tells one person alone, in Slack; `ts` names what it answers."""
        told = {"event": "whisper", "channel": channel, "user": user, "root": root, "text": text}
        with self.house.store.transaction() as session:
            key = f"whisper:{channel}:{user}:{ts}"
            outbox.put(session, key, CHANNEL, told, self.house.clock.now())
