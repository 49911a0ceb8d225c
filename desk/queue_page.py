"""The queue page, the call-backs and the team."""

from starlette.responses import RedirectResponse, Response

from complaints.casebook import Casebook
from complaints.errors import NotFound
from complaints.people import People, Role, open_conversations
from complaints.queue import QueueRow
from complaints.reference import read_reference
from desk.gate import Gate, Visit
from desk.sessions import HOME

FILTERS = {"all": "All", "waiting": "Waiting", "mine": "Mine"}


class QueuePage:
    """Who waits and who is seen to, the most pressing first."""

    def __init__(self, casebook: Casebook, people: People, gate: Gate) -> None:
        self.casebook = casebook
        self.people = people
        self.gate = gate

    def queue(self, visit: Visit) -> Response:
        rows = self.casebook.queue()
        chosen = visit.request.query_params.get("show", "all")
        chosen = chosen if chosen in FILTERS else "all"
        sorted_out = {name: _only(name, rows, visit.person.sign_in) for name in FILTERS}
        return self.gate.pages.show(
            "queue.html",
            visit.person,
            visit.token,
            rows=sorted_out[chosen],
            chosen=chosen,
            filters=FILTERS,
            counts={name: len(found) for name, found in sorted_out.items()},
            calls=len(self.casebook.call_backs()),
            in_hand=sum(not row.is_errand for row in sorted_out["mine"]),
            undelivered=self.casebook.count_undelivered()
            if visit.person.is_at_least(Role.LEAD)
            else 0,
        )

    def call_backs(self, visit: Visit) -> Response:
        rows = self.casebook.queue()
        return self.gate.pages.show(
            "call_backs.html",
            visit.person,
            visit.token,
            calls=self.casebook.call_backs(),
            names={person.sign_in: person.name for person in self.people.everybody()},
            filters=FILTERS,
            counts={name: len(_only(name, rows, visit.person.sign_in)) for name in FILTERS},
        )

    def team(self, visit: Visit) -> Response:
        """For leads: who is there, and how much each has in hand."""
        everybody = self.people.everybody()
        with self.people.store.reading() as session:
            in_hand = {one.sign_in: open_conversations(session, one.sign_in) for one in everybody}
        return self.gate.pages.show(
            "team.html", visit.person, visit.token, everybody=everybody, in_hand=in_hand,
            is_manager=visit.person.is_at_least(Role.MANAGER),
        )  # fmt: skip

    def sign_out(self, visit: Visit) -> Response:
        """A manager ends every session of somebody: a computer was lost, say."""
        self.people.end_sessions(visit.form["who"], visit.person.sign_in)
        return RedirectResponse(f"{HOME}/team", 303)

    def find(self, visit: Visit) -> Response:
        """The case of that reference, however it is spelled."""
        said = visit.request.query_params.get("reference", "")
        reference = read_reference(said)
        if reference is None:
            raise NotFound(f"'{said[:20]}' is no reference; they look like KX-4821-M")
        return RedirectResponse(f"{HOME}/cases/{reference}", 303)

    def set_available(self, visit: Visit) -> Response:
        self.people.set_available(visit.person.sign_in, visit.form["available"] == "yes")
        return RedirectResponse(f"{HOME}/", 303)


def _only(name: str, rows: list[QueueRow], sign_in: str) -> list[QueueRow]:
    if name == "waiting":
        return [row for row in rows if row.taken_by is None]
    return [row for row in rows if name == "all" or row.taken_by == sign_in]
