"""The case page: the summary first, then what was said, and everything that can be done."""

import uuid
from typing import Any

from sqlalchemy import select
from starlette.responses import JSONResponse, RedirectResponse, Response

from complaints.case_file import CaseFile
from complaints.casebook import Casebook
from complaints.conversation import Handler
from complaints.errors import AmendsError, NotFound, OrdersUnavailable
from complaints.facts import FACTS
from complaints.fulfilment import RAN_LATE
from complaints.keeping import PROMISES_OF_PEOPLE
from complaints.people import People, Person
from complaints.photo import Photo
from complaints.promise import PromiseState
from complaints.question import Question
from complaints.remedy import Offers
from desk.deeds import DEEDS
from desk.gate import Gate, Visit, status_of
from desk.sessions import HOME

# What may be left to the assistant to ask, as people read it.
MAY_ASK = {
    Question.ORDER_NUMBER: "the order number",
    Question.PROOF: "proof that it is theirs",
    Question.ITEM: "which thing it is",
    Question.PHOTO: "a photo",
    Question.EMAIL: "an e-mail address",
    Question.PHONE: "a telephone number",
    Question.WISH: "what would put it right",
}
OUTCOMES = {
    "upheld": "Upheld: we were wrong",
    "partly_upheld": "Partly upheld",
    "not_upheld": "Not upheld: we were not wrong",
}
PROMISES = {
    "next_word": "to write again",
    "call_back": "to call",
    "written_apology": "a letter",
    "put_right": "to have it put right",
    "first_reply_by_a_person": "a person's answer",
    "resolve": "to have it settled",
}


class CasePage:
    """One case, and the deeds on it."""

    def __init__(self, casebook: Casebook, people: People, gate: Gate) -> None:
        self.casebook = casebook
        self.people = people
        self.gate = gate

    def show(self, visit: Visit) -> Response:
        """The page. It asks for itself again under the same `look`: one look, one log entry."""
        return self._page(visit, visit.request.query_params.get("look", "")[:40])

    def do(self, visit: Visit) -> Response:
        """One deed; what comes of it is said where it was asked for."""
        name = visit.request.path_params["deed"]
        if name not in DEEDS:
            raise NotFound(f"{name!r} is nothing that can be done with a case")
        try:
            said = DEEDS[name](self.casebook, visit.reference, visit.person.sign_in, visit.form)
        except AmendsError as refused:
            if visit.wants_json:
                raise
            with_trouble = self._page(visit, "", str(refused))
            with_trouble.status_code = status_of(refused)
            return with_trouble
        if visit.wants_json:
            return JSONResponse({"said": said, "key": str(uuid.uuid4())})
        return RedirectResponse(f"{HOME}/cases/{visit.reference}", 303)

    def keep_looking(self, visit: Visit) -> Response:
        """Their page is open still; gives the names of who else looks."""
        others = self.casebook.keep_looking(visit.reference, visit.person.sign_in)
        names = {person.sign_in: person.name for person in self.people.everybody()}
        return JSONResponse({"looking": [names.get(who, who) for who in others]})

    def photo(self, visit: Visit) -> Response:
        with self.casebook.store.reading() as session:
            photo = session.scalars(
                select(Photo).where(Photo.id == visit.request.path_params["number"])
            ).first()
        if photo is None:
            raise NotFound("there is no such photo")
        return Response(photo.content, media_type=photo.media_type)

    def _page(self, visit: Visit, look: str, trouble: str = "") -> Response:
        look = look or str(uuid.uuid4())
        file = self.casebook.look_at(visit.reference, visit.person.sign_in, look)
        return self.gate.pages.show(
            "case.html",
            visit.person,
            visit.token,
            **self._shown(file, visit.person),
            look=look,
            trouble=trouble,
            new_key=lambda: str(uuid.uuid4()),
        )

    def _shown(self, file: CaseFile, person: Person) -> dict[str, Any]:
        case, conversation = file.case, file.conversation
        is_mine = conversation.handler == Handler.AGENT and conversation.agent == person.sign_in
        unkept = (PromiseState.PENDING, PromiseState.BREACHED)
        owed = [row for row in case.promises if row.state in unkept]
        return {
            "file": file,
            "case": case,
            "summary": file.summary,
            "is_mine": is_mine,
            "has_it": file.names.get(conversation.agent or "")
            if conversation.handler == Handler.AGENT
            else None,
            "is_waiting": conversation.handler == Handler.QUEUE,
            "others_looking": [
                file.names.get(who, who) for who in file.looking if who != person.sign_in
            ],
            "owed": owed,
            "slipped": [row.id for row in owed if row.moved_because == RAN_LATE],
            "next_due": min((row for row in owed if row.owner != "shop"),
                            key=lambda row: row.due_at, default=None),
            "offers": self._may_offer(case.reference) if is_mine else None,
            "remedies": self.casebook.policy.remedies,
            "authority": self.casebook.policy.authority.of(person.role),
            "facts": {name: _value(case, name) for name in FACTS},
            "categories": self.casebook.policy.categories,
            "promises": PROMISES,
            "may_promise": PROMISES_OF_PEOPLE,
            "may_ask": MAY_ASK,
            "outcomes": OUTCOMES,
            "suggestions": self.gate.pages.suggestions,
            "colleagues": [p for p in self.people.everybody() if p.sign_in != conversation.agent],
        }  # fmt: skip

    def _may_offer(self, reference: str) -> Offers | None:
        """None while the shop cannot be asked."""
        try:
            return self.casebook.what_may_be_offered(reference)
        except OrdersUnavailable:
            return None


def _value(case: Any, name: str) -> str:
    if name == "story":
        return ""  # it is added to, never written over
    value = case.claimed if name == "amount" else getattr(case, name)
    return "" if value is None else str(value)
