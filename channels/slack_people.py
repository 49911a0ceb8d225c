"""People who answer from Slack: the buttons of a card, its forms, and the thread below it.

Who is who is a setting: Slack's member id and the sign-in name (`slack_presence.py`). Whoever is
not in it can read the channel and do nothing. What they read here is for colleagues, so it stands here.
"""

from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk import WebClient

from channels import slack_card
from channels.house import House
from channels.slack_presence import STRANGER, SlackPresence
from channels.slack_send import ask
from channels.undelivered import Later, Undeliverable
from complaints.errors import AlreadyTaken, AmendsError, Conflict
from complaints.handoff import Handoff
from complaints.thread import Threads, typed_in_thread

NOTE = "//"  # a line in the thread that begins so is for colleagues
NO_FILES = "Files are not passed on to customers; your words are, if there were any."

log = structlog.get_logger()
Whisper = Callable[[str, str, str, str, str], None]  # channel, user, root, text, ts


class SlackPeople:
    """What people do in the channel of handoffs, each a verb of the casebook."""

    def __init__(
        self, house: House, slack: WebClient, threads: Threads, presence: SlackPresence,
        whisper: Whisper,
    ) -> None:  # fmt: skip
        self.house = house
        self.casebook = house.casebook
        self.slack = slack
        self.threads = threads
        self.presence = presence
        self.whisper = whisper

    def listen(self, bolt: App) -> None:
        bolt.action("take_over")(self._take_over)
        bolt.action("keep_promise")(self._keep_promise)
        bolt.action("ask_hand_back")(self._ask_hand_back)
        bolt.action("ask_offer")(self._ask_offer)
        bolt.action("ask_close")(self._ask_close)
        bolt.action("open_desk")(lambda ack: ack())
        bolt.view("hand_back")(self._hand_back)
        bolt.view("offer")(self._offer)
        bolt.view("close")(self._close)

    def wrote(self, event: dict[str, Any]) -> None:
        """A line under a card goes to the customer, or is a note; elsewhere it is just talk."""
        thread = self.threads.at(event["channel"], event.get("thread_ts", ""))
        if thread is None or thread.handoff_id is None:
            return
        if event.get("files"):
            self.whisper(event["channel"], event["user"], thread.root, NO_FILES, f"{event['ts']}:f")
        reference = self._reference(thread.handoff_id)
        text, key = slack_card.typed(event.get("text", "")), typed_in_thread(event["ts"])

        def say(by: str) -> None:
            if text.startswith(NOTE):
                self.casebook.note(reference, by, text.removeprefix(NOTE), key)
            else:
                self.casebook.reply(reference, by, text, key)

        self._do(event["user"], event["channel"], thread.root, event["ts"], say)

    # Buttons

    def _take_over(self, ack: Callable, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        self._press(body, action, self.casebook.take_over)

    def _keep_promise(self, ack: Callable, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        reference, _, promise_id = action["value"].partition(" ")

        def keep(_: str, by: str, key: str) -> None:
            self.casebook.keep_promise(reference, by, int(promise_id), key)

        self._press(body, action, keep)

    def _press(
        self, body: dict[str, Any], action: dict[str, Any], verb: Callable[[str, str, str], object]
    ) -> None:
        ts = action["action_ts"]
        channel, root = body["channel"]["id"], body["message"]["ts"]
        self._do(
            body["user"]["id"], channel, root, ts,
            lambda by: verb(action["value"], by, f"slack:{ts}"),
        )  # fmt: skip

    # Forms

    def _ask_hand_back(self, ack: Callable, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        self._show(slack_card.hand_back_form(action["value"]), body, action)

    def _ask_close(self, ack: Callable, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        self._show(slack_card.close_form(action["value"]), body, action)

    def _ask_offer(self, ack: Callable, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        reference = action["value"]

        def show(_: str) -> None:
            options = self.casebook.what_may_be_offered(reference).options
            if not options:
                raise Conflict("policy gives nothing here; what goes beyond it is for the desk")
            self._show(slack_card.offer_form(reference, options), body, action)

        channel, root = body["channel"]["id"], body["message"]["ts"]
        self._do(body["user"]["id"], channel, root, action["action_ts"], show)

    def _show(self, form: dict[str, Any], body: dict[str, Any], action: dict[str, Any]) -> None:
        try:
            ask(self.slack, "views.open", trigger_id=body["trigger_id"], view=form)
        except (Later, Undeliverable) as trouble:
            log.warning("form not shown", trouble=str(trouble))
            channel, root = body["channel"]["id"], body["message"]["ts"]
            text = "Slack did not show the form; press the button once more."
            self.whisper(channel, body["user"]["id"], root, text, action["action_ts"])

    def _hand_back(self, ack: Callable, body: dict[str, Any], view: dict[str, Any]) -> None:
        note, reference = _filled(view, "note"), view["private_metadata"]
        key = f"slack:{view['id']}"
        self._submit(
            ack, body, "note", lambda by: self.casebook.hand_back(reference, by, note, key)
        )

    def _offer(self, ack: Callable, body: dict[str, Any], view: dict[str, Any]) -> None:
        kind, reference, key = (
            _chosen(view, "remedy"),
            view["private_metadata"],
            f"slack:{view['id']}",
        )
        self._submit(
            ack, body, "remedy", lambda by: self.casebook.offer_remedy(reference, by, kind, key)
        )

    def _close(self, ack: Callable, body: dict[str, Any], view: dict[str, Any]) -> None:
        outcome = _chosen(view, "outcome")
        reason, cause = _filled(view, "reason"), _filled(view, "root_cause")
        reference, key = view["private_metadata"], f"slack:{view['id']}"
        self._submit(
            ack, body, "reason",
            lambda by: self.casebook.close(reference, by, outcome, reason, cause, key),
        )  # fmt: skip

    def _submit(
        self, ack: Callable, body: dict[str, Any], field: str, verb: Callable[[str], object]
    ) -> None:
        """Does it, and closes the form; or says below `field` why it cannot be done."""
        user = body["user"]["id"]
        try:
            by = self.presence.known(user)
            if by is None:
                ack(response_action="errors", errors={field: STRANGER.format(user=user)})
                return
            verb(by)
        except AmendsError as refused:
            ack(response_action="errors", errors={field: _sentence(refused)})
        else:
            ack()

    # Who

    def _do(
        self, user: str, channel: str, root: str, ts: str, verb: Callable[[str], object]
    ) -> None:
        """Does it as the person of that name, or tells them alone why it was not done."""
        by = self.presence.known(user)
        if by is None:
            self.whisper(channel, user, root, STRANGER.format(user=user), ts)
            return
        try:
            verb(by)
        except AmendsError as refused:
            self.whisper(channel, user, root, _sentence(refused), ts)

    def _reference(self, handoff_id: int) -> str:
        with self.house.store.reading() as session:
            return session.get_one(Handoff, handoff_id).case_reference


def _sentence(refused: AmendsError) -> str:
    if isinstance(refused, AlreadyTaken):
        return f"{refused.name} has it already."
    return f"That was not done: {refused}."


def _filled(view: dict[str, Any], name: str) -> str:
    return view["state"]["values"][name][name].get("value") or ""


def _chosen(view: dict[str, Any], name: str) -> str:
    chosen = view["state"]["values"][name][name]["selected_option"]
    return (chosen or {}).get("value", "")
