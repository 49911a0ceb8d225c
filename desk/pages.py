"""Pages: the templates, and how times and deeds are written for people who answer."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from complaints.case import LogEntry
from complaints.casebook import Casebook
from complaints.clock import Clock
from complaints.people import Person, Role
from desk.sessions import HOME

HERE = Path(__file__).parent
DEEDS_IN_WORDS = {
    "accept_offer": "chose an offer",
    "answer_follow_up": "answered whether all is well",
    "ask_follow_up": "asked whether all is well",
    "close_unanswered": "closed it, two weeks after asking whether all is well",
    "score_follow_up": "said how it ended and how they were treated",
    "agree": "noted the customer's yes",
    "choose": "chose an offer",
    "close": "closed the case",
    "correct_fact": "corrected a fact",
    "decline_offers": "said no to what was offered",
    "enquire": "asked how it stands",
    "go_without": "said they do not have it",
    "hand_back": "handed it back to the assistant",
    "hand_off": "handed it to a person",
    "hear": "listened",
    "keep_promise": "kept a promise",
    "look_at": "looked at the case",
    "make_promise": "made a promise",
    "misunderstand": "did not understand",
    "move_promise": "moved a promise",
    "note": "wrote a note",
    "offer_more": "asked what else there is",
    "offer_remedy": "offered a remedy",
    "reopen": "reopened the case",
    "reply": "replied",
    "settle": "settled it",
    "take_over": "took it over",
    "transfer": "passed it on",
    "try_again": "had it delivered again",
    "vouch": "made sure the order is theirs",
    "withdraw_offer": "withdrew an offer",
}
_TOLD = ("fact", "was", "now", "kind", "amount", "reason", "to", "outcome", "root_cause", "because")


class Pages:
    """Renders a template for whoever looks. Whatever anybody wrote is text, never markup."""

    def __init__(self, casebook: Casebook, clock: Clock) -> None:
        self.casebook = casebook
        self.clock = clock
        self.suggestions = yaml.safe_load((HERE / "suggestions.yml").read_text("utf-8"))
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "when": self.when,
            "day": self.day,
            "left": self.left,
            "deed": deed_in_words,
            "detail": detail_in_words,
            # One letter finds it in a list: "replacement", not one "a …" of many.
            "bare": lambda label: label.removeprefix("an ").removeprefix("a "),
            "plain": lambda name: str(name).replace("_", " "),
        }

    def show(
        self, template: str, person: Person | None, token: str, status: int = 200, **shown: Any
    ) -> Response:
        """The page, for this person; `token` goes into its forms."""
        page = self._templates.get_template(template).render(
            person=person,
            token=token,
            now=self.clock.now(),
            today=self.clock.now().astimezone(self.zone).date().isoformat(),
            home=HOME,
            is_lead=bool(person and person.is_at_least(Role.LEAD)),
            **shown,
        )
        return HTMLResponse(page, status)

    @property
    def zone(self) -> ZoneInfo:
        """Where the shop is: people write and read its time."""
        return ZoneInfo(self.casebook.policy.zone)

    def when(self, at: datetime) -> str:
        """ "10:04" today, "Mon 23 Nov 10:04" on another day, where the shop is."""
        local = at.astimezone(self.zone)
        if local.date() == self.clock.now().astimezone(self.zone).date():
            return f"{local:%H:%M}"
        return f"{local:%a} {local.day} {local:%b %H:%M}"

    def day(self, at: datetime) -> str:
        """ "23 Nov 2026", where the shop is."""
        local = at.astimezone(self.zone)
        return f"{local.day} {local:%b %Y}"

    def left(self, at: datetime) -> str:
        """ "1 h 12 min left", or "25 min late"; desk.js writes the same."""
        seconds = (at - self.clock.now()).total_seconds()
        return f"{length_in_words(abs(seconds))} {'left' if seconds >= 0 else 'late'}"


def length_in_words(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def deed_in_words(entry: LogEntry) -> str:
    return DEEDS_IN_WORDS.get(entry.verb, entry.verb.replace("_", " "))


def detail_in_words(entry: LogEntry) -> str:
    """What is worth reading of a deed's detail: "email: ada@old → ada@new"."""
    told = {name: str(entry.detail[name]) for name in _TOLD if entry.detail.get(name)}
    if "fact" in told:
        fact = told["fact"].replace("_", " ")
        return f"{fact}: {told.get('was', 'nothing')} → {told.get('now', 'nothing')}"
    if entry.verb == "move_promise":
        return told.get("because", "")
    return " · ".join(value.replace("_", " ") for value in told.values())
