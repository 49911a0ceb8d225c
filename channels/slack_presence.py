"""Whether people who answer from Slack are there: they say so, and Slack shows them as active.

`/amends available` and `/amends away` say it, and so do the buttons of the app's Home. Whoever is
available stays there for as long as Slack shows them as active, as at the desk for as long as a
page of it is open. What they read here is for colleagues, so it stands here.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk import WebClient

from channels import slack_card
from channels.house import House
from channels.slack_send import ask
from channels.undelivered import Later, Undeliverable
from complaints.errors import AmendsError
from complaints.people import People, Person, open_conversations

COMMAND = "/amends"
SAYS = {"available": True, "away": False}
STRANGER = (
    "Nobody here is known as {user}, so nothing was done. Whoever runs Amends adds "
    "{user}=your-sign-in-name to AMENDS_SLACK_PEOPLE."
)
HOW = f"Write {COMMAND} available or {COMMAND} away; {COMMAND} alone says which you are."
LOOK_AFTER = timedelta(minutes=5)  # a third of the time for which somebody who was seen is there
LOOK_AGAIN_AFTER = timedelta(minutes=1)

log = structlog.get_logger()


class SlackPresence:
    """Who is who in Slack, and whether they are there. `who_is_who` names their sign-in."""

    def __init__(self, house: House, slack: WebClient, who_is_who: dict[str, str]) -> None:
        self.house = house
        self.staff = People(house.store, house.clock)
        self.slack = slack
        self.who_is_who = who_is_who
        self._looked_at: datetime | None = None

    def listen(self, bolt: App) -> None:
        bolt.command(COMMAND)(self._command)
        bolt.event("app_home_opened")(self._opened)
        bolt.action("be_available")(self._press)
        bolt.action("be_away")(self._press)

    def known(self, user: str) -> str | None:
        """Their sign-in name; whoever acts from Slack is there, whether at the desk or not."""
        by = self.who_is_who.get(user)
        if by and (person := self.staff.find(by)):
            self.staff.saw(person)
        return by

    def look(self) -> None:
        """Asks Slack for those who are there and did nothing for a while.

        Who was away too long is not brought back by it: they act, or say so once more.
        """
        now = self.house.clock.now()
        if self._looked_at and now - self._looked_at < LOOK_AGAIN_AFTER:
            return
        self._looked_at = now
        for user, by in self.who_is_who.items():
            person = self.staff.find(by)
            if not person or not person.is_there(now) or now - (person.seen_at or now) < LOOK_AFTER:
                continue
            try:
                if ask(self.slack, "users.getPresence", user=user).get("presence") == "active":
                    self.staff.saw(person)
            except Undeliverable as trouble:
                log.warning("presence not known", user=user, trouble=str(trouble))
            except Later as trouble:
                # Nobody is held to be there on a guess: a customer would wait for them.
                log.warning("presence not known", trouble=str(trouble))
                return

    # What they do

    def _command(self, ack: Callable, command: dict[str, Any]) -> None:
        said, user = command.get("text", "").strip().lower(), command["user_id"]
        if said and said not in SAYS:
            ack(HOW)
            return
        try:
            ack(self._in_words(self._person(user, SAYS.get(said))))
        except AmendsError:
            ack(STRANGER.format(user=user))

    def _opened(self, event: dict[str, Any]) -> None:
        if event.get("tab") == "home":
            self._show_home(event["user"], None)

    def _press(self, ack: Callable, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        self._show_home(body["user"]["id"], action["action_id"] == "be_available")

    def _person(self, user: str, available: bool | None) -> Person:
        """Them as they are now. Raises NotAllowed for a stranger, and for who has left."""
        by = self.known(user) or ""
        if available is not None:
            self.staff.set_available(by, available)
        return self.staff.get(by)

    def _show_home(self, user: str, available: bool | None) -> None:
        try:
            home = self._home(self._person(user, available))
        except AmendsError:
            home = slack_card.home(STRANGER.format(user=user), [])
        try:
            ask(self.slack, "views.publish", user_id=user, view=home)
        except (Later, Undeliverable) as trouble:
            # What they said holds; whoever opens the Home again sees it.
            log.warning("home not shown", user=user, trouble=str(trouble))

    def _home(self, person: Person) -> dict[str, Any]:
        away = slack_card.button("be_away", "I am away", "away")
        here = slack_card.button("be_available", "I am available", "available", "primary")
        return slack_card.home(self._in_words(person), [away if person.available else here])

    def _in_words(self, person: Person) -> str:
        with self.house.store.reading() as session:
            in_hand = open_conversations(session, person.sign_in)
        having = f"{in_hand} of {person.most_open} conversations in hand"
        if person.available:
            return (
                "You are available: new conversations may count on you while Slack shows you as "
                f"active, or a page of the desk is open. You have {having}."
            )
        stays = "; what you have stays yours" if in_hand else ""
        return f"You are away: new conversations do not count on you. You have {having}{stays}."
