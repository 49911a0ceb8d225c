"""Keeps promises, empties the outbox, and answers what was left unanswered.

`python -m channels.deliver` looks every second; `--once` ends when nothing is due, for cron. Any number may
run side by side: each row and each conversation is taken by one of them.
"""

import argparse
import asyncio
import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

import structlog

from channels import slack_send
from channels.email import Email
from channels.house import House
from channels.letter import Letters
from channels.links import Links
from channels.mail_server import MailServer
from channels.shop import Shop
from channels.slack_post import SlackPost
from channels.slack_presence import SlackPresence
from channels.undelivered import Away, Later, Undeliverable
from channels.webhook import Webhook
from complaints.conversation import Author
from complaints.errors import Conflict, NotFound
from complaints.outbox import OutboxMessage
from complaints.settings import Settings
from complaints.words import MissingWords

LOOK_EVERY_SECONDS = 1
AFTER_TROUBLE_SECONDS = 5  # a database that is down fills no disk with what we say of it
LEFT_AFTER_SECONDS = 30  # a turn takes at most 25; whoever had the message is gone by then
MOST_ANSWERS_AT_ONCE = 4
MOST_ROWS_A_LOOK = 20  # a shop that takes seconds for each must not keep a customer waiting
LONGEST_REST = timedelta(seconds=5)  # of a transport that is away; then one row tries it again

Part = Callable[[], list[str] | None]  # what it gives are conversations left unanswered

log = structlog.get_logger()


class Deliver:
    """One worker. `look()` does everything that is due now, `run()` goes on doing so.

    Three rounds go on side by side, so that a shop or a mail server that takes its seconds for each
    row keeps only its own round waiting, and no customer in the chat.
    """

    def __init__(self, house: House) -> None:
        self.house = house
        # Two containers may well have one name and one process id; whoever lost a row must not
        # settle it in the name of whoever has it now.
        self.name = f"{socket.gethostname()[:20]}:{os.getpid()}:{secrets.token_hex(4)}"
        shop = Shop(house)
        self.transports: dict[str, Callable[[OutboxMessage], None]] = {
            "chat": self._say,
            "shop": shop.send,
        }
        # What the shop has done comes before what we judge of it: after an outage a voucher would
        # be told as broken a moment before it arrives.
        self.promises: list[Part] = [
            self._tell_shop, shop.look, self._keep_promises, self._follow_up,
        ]  # fmt: skip
        self.elsewhere: list[Part] = [self._tell_elsewhere]
        self.chat: list[Part] = [self._find_what_was_left, self._tell_in_chat]
        self._behind: set[str] = set()  # the parts that had more to send than one look may
        self._resting: dict[str, datetime] = {}
        self._stopping = threading.Event()
        self._answering: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(MOST_ANSWERS_AT_ONCE)

    def sends_by(
        self, transport: str, send: Callable[[OutboxMessage], None],
        look: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """Adds a way out; `look` queues what is new for it, before the outbox is emptied."""
        self.transports[transport] = send
        if look is not None:
            self.elsewhere.insert(-1, look)

    @property
    def parts(self) -> list[Part]:
        """All that one look does, in the order in which one thing may bring about the next."""
        return [*self.promises, *self.elsewhere, *self.chat]

    @property
    def is_behind(self) -> bool:
        """Whether more is due than one look may send."""
        return bool(self._behind)

    async def run(self) -> None:
        """Looks again and again until `stop()`; then finishes the rows in hand."""
        await asyncio.gather(*map(self._go_round, (self.promises, self.elsewhere, self.chat)))
        for task in self._answering.values():
            task.cancel()  # its lease is given back, and another worker goes on
        await self.all_answered()

    def stop(self) -> None:
        self._stopping.set()

    async def run_once(self) -> bool:
        """Looks until nothing is due any more; says whether all could be looked after."""
        went_well = await self.look()
        while went_well and self.is_behind and not self._stopping.is_set():
            went_well = await self.look()
        await self.all_answered()
        return went_well

    async def look(self) -> bool:
        """Everything that is due now, one part after the other; whether all of them went well."""
        return await self._look(self.parts)

    async def _go_round(self, parts: Sequence[Part]) -> None:
        while not self._stopping.is_set():
            went_well = await self._look(parts)
            await asyncio.sleep(LOOK_EVERY_SECONDS if went_well else AFTER_TROUBLE_SECONDS)

    async def _look(self, parts: Sequence[Part]) -> bool:
        """Each part by itself: a promise nobody can keep must not hold up the refunds."""
        went_well = True
        for part in parts:
            try:
                left = await asyncio.to_thread(part)
            except Exception:
                log.exception("looking again", part=part.__name__)
                went_well = False
                continue
            for conversation_id in left or ():
                self._start_answering(conversation_id)
        return went_well

    async def all_answered(self) -> None:
        await asyncio.gather(*self._answering.values(), return_exceptions=True)

    def _start_answering(self, conversation_id: str) -> None:
        if conversation_id in self._answering:
            return

        async def answer() -> None:
            async with self._places:
                log.info("answering what was left", conversation=conversation_id)
                await self.house.reception.answer(conversation_id)

        task = asyncio.create_task(answer())
        self._answering[conversation_id] = task
        task.add_done_callback(lambda _: self._answering.pop(conversation_id, None))

    def _find_what_was_left(self) -> list[str]:
        since = self.house.clock.now() - timedelta(seconds=LEFT_AFTER_SECONDS)
        return self.house.unanswered.left_since(since)

    def _keep_promises(self) -> None:
        self.house.casebook.keep_promises(self.house.clock.now())

    def _follow_up(self) -> None:
        self.house.casebook.follow_up(self.house.clock.now())

    def _tell_shop(self) -> None:
        self._send_what_is_due("shop", but_not_by=[n for n in self.transports if n != "shop"])

    def _tell_in_chat(self) -> None:
        self._send_what_is_due("chat", but_not_by=[n for n in self.transports if n != "chat"])

    def _tell_elsewhere(self) -> None:
        self._send_what_is_due("elsewhere", but_not_by=["shop", "chat"])

    def _send_what_is_due(self, whom: str, but_not_by: Sequence[str]) -> None:
        self._behind.discard(whom)
        for _ in range(MOST_ROWS_A_LOOK):
            if self._stopping.is_set():
                return
            now = self.house.clock.now()
            resting = [transport for transport, until in self._resting.items() if now < until]
            row = self.house.outbox.claim(self.name, but_not_by=[*but_not_by, *resting])
            if row is None:
                return
            with self._holding_on(row):
                self._send(row)
        self._behind.add(whom)

    @contextmanager
    def _holding_on(self, row: OutboxMessage) -> Iterator[None]:
        """A transport may take longer than a claim lasts: two would send the row at once then."""
        done = threading.Event()

        def hold_on() -> None:
            while not done.wait(self.house.outbox.claim_seconds / 3):
                with suppress(Exception):  # the next try, or the claim's end, puts it right
                    self.house.outbox.hold_on(row.id, self.name)

        holding = threading.Thread(target=hold_on, daemon=True)
        holding.start()
        try:
            yield
        finally:
            done.set()
            holding.join()

    def _send(self, row: OutboxMessage) -> None:
        try:
            transport = self.transports.get(row.transport)
            if transport is None:
                raise Undeliverable(f"nothing sends by {row.transport!r} yet")
            transport(row)
        except (Undeliverable, Conflict, NotFound, MissingWords) as trouble:
            self.house.outbox.mark_failed(row, self.name, str(trouble), for_good=True)
            log.error("given up", key=row.key, trouble=str(trouble))
        except Later as trouble:
            why, after = str(trouble), trouble.after
            gave_up = self.house.outbox.mark_failed(row, self.name, why, after=after)
            log.warning("not sent", key=row.key, trouble=why, gave_up=gave_up)
            if isinstance(trouble, Away):
                self._rest(row.transport, after)
        except Exception as trouble:
            gave_up = self.house.outbox.mark_failed(row, self.name, repr(trouble))
            log.warning("not sent", key=row.key, trouble=repr(trouble), gave_up=gave_up)
        else:
            # Marked after it was sent, not before: a crash in between sends it again, and the
            # key makes that harmless; the other way round somebody would wait for nothing.
            self.house.outbox.mark_sent(row.id, self.name)

    def _rest(self, transport: str, after: timedelta) -> None:
        """One row found it away: the others need not find it one by one, each for its seconds,
        while a customer waits behind them."""
        rest = min(max(after, timedelta(seconds=LOOK_EVERY_SECONDS)), LONGEST_REST)
        self._resting[transport] = self.house.clock.now() + rest

    def _say(self, row: OutboxMessage) -> None:
        said = row.payload
        self.house.conversations.say(
            said["conversation_id"],
            Author.NOTICE,
            self.house.words.say(said["response"], **said.get("words", {})),
            key=f"outbox:{row.key}",
        )


def add_ways_out(deliver: Deliver, house: House) -> None:
    """Those to people outside the desk, as far as they are set up."""
    settings = house.settings
    if settings.has_slack:
        slack = slack_send.client(settings.slack_bot_token, settings.slack_api_url)
        post = SlackPost(
            house, slack, settings.slack_channel, settings.desk_url, settings.slack_people
        )
        deliver.sends_by("slack", post.send, post.look)
        deliver.elsewhere.append(SlackPresence(house, slack, settings.slack_people).look)
    if settings.webhook_url:
        webhook = Webhook(
            settings.webhook_url, settings.webhook_secret, settings.desk_url, house.clock
        )
        deliver.sends_by("webhook", webhook.send)
    server = MailServer(settings.smtp_url, settings.var / "mail")
    email = Email(
        server, settings.mail_from, settings.mail_to, settings.desk_url,
        house.casebook.policy.zone, house.clock,
    )  # fmt: skip
    deliver.sends_by("email", email.send)
    links = Links(settings.session_secret, settings.public_url, house.clock)
    letters = Letters(server, settings.mail_from, links, house.casebook)
    deliver.sends_by("letter", letters.send)


async def work(house: House, once: bool = False) -> bool:
    """Works until it is told to stop, or `once`, and closes the house.

    Says whether all went well, so that cron can tell somebody when it did not.
    """
    deliver = Deliver(house)
    add_ways_out(deliver, house)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, deliver.stop)
    try:
        if once:
            return await deliver.run_once()
        await deliver.run()
        return True
    finally:
        await house.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m channels.deliver", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end when nothing is due, for cron")
    sys.exit(0 if asyncio.run(work(House(Settings()), parser.parse_args().once)) else 1)
