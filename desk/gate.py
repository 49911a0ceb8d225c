"""The gate: who asks, whether they may, and whether it was their own page that asked."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from complaints.errors import (
    AmendsError,
    Conflict,
    NotAllowed,
    NotFound,
    OrdersUnavailable,
    PolicyError,
)
from complaints.people import Person, Role
from desk.pages import Pages
from desk.sessions import COOKIE, HOME, Session, Sessions

LARGEST_FORM = 64 * 1024
STATUS = {NotFound: 404, NotAllowed: 403, Conflict: 409, OrdersUnavailable: 503, PolicyError: 422}
TOO_OLD = "this page was open for too long or is not yours; load it again and repeat that"
# A cookie that is SameSite=Strict does not come along from a link in Slack or an e-mail. Asked
# again by a page of ours it does.
FROM_OUTSIDE = '<!doctype html><title>Amends</title><meta http-equiv="refresh" content="0;url={}">'


class Form:
    """What a form sent; a field that is absent is empty."""

    def __init__(self, fields: dict[str, list[str]] | None = None) -> None:
        self._fields = fields or {}

    def __getitem__(self, name: str) -> str:
        return self._fields.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        return self._fields.get(name, [])

    def number(self, name: str) -> int:
        if not self[name].isdigit():
            raise NotFound(f"'{self[name]}' is no number of anything here; load the page again")
        return int(self[name])


@dataclass(frozen=True)
class Visit:
    """One request of somebody who is signed in."""

    request: Request
    person: Person
    token: str
    form: Form = field(default_factory=Form)

    @property
    def reference(self) -> str:
        return self.request.path_params["reference"]

    @property
    def wants_json(self) -> bool:
        return wants_json(self.request)


class Show(Protocol):
    def __call__(self, visit: Visit) -> Response: ...


class Gate:
    """Wraps what the desk shows and does into endpoints that only the right people reach."""

    def __init__(self, sessions: Sessions, pages: Pages) -> None:
        self.sessions = sessions
        self.pages = pages

    def page(self, show: Show, role: Role = Role.AGENT) -> Callable[[Request], Awaitable[Response]]:
        """For GET: whoever is not signed in is sent to the sign-in page and back again."""

        async def endpoint(request: Request) -> Response:
            session = await self.session(request)
            if session is None or session.person is None:
                return self._sign_in_first(request)
            visit = Visit(request, session.person, self.sessions.form_token(session))
            return await self._within(show, visit, role)

        return endpoint

    def deed(self, do: Show, role: Role = Role.AGENT) -> Callable[[Request], Awaitable[Response]]:
        """For POST: only with the token of a form of this very session."""

        async def endpoint(request: Request) -> Response:
            session = await self.session(request)
            form = await form_of(request)
            if session is None or session.person is None:
                return self.says(request, None, "your session is over; sign in again", 401)
            token = self.sessions.form_token(session)
            if not self.sessions.sent_it(session, form["token"]):
                return self.says(request, session.person, TOO_OLD, 403, token)
            return await self._within(do, Visit(request, session.person, token, form), role)

        return endpoint

    async def session(self, request: Request) -> Session | None:
        return await asyncio.to_thread(self.sessions.read, request.cookies.get(COOKIE))

    def says(
        self, request: Request, person: Person | None, trouble: str, status: int, token: str = ""
    ) -> Response:
        """What went wrong, in words: as JSON for our script, else as a page."""
        trouble = trouble[:1].upper() + trouble[1:].rstrip(".") + "."
        if wants_json(request):
            return JSONResponse({"error": trouble}, status)
        return self.pages.show("trouble.html", person, token, status, trouble=trouble)

    async def _within(self, show: Show, visit: Visit, role: Role) -> Response:
        try:
            if not visit.person.is_at_least(role):
                raise NotAllowed(f"that is for a {role}; ask one of them")
            return await asyncio.to_thread(show, visit)
        except AmendsError as refused:
            return self.says(
                visit.request, visit.person, str(refused), status_of(refused), visit.token
            )

    def _sign_in_first(self, request: Request) -> Response:
        path = request.url.path
        if wants_json(request):
            return JSONResponse({"error": "Your session is over; sign in again."}, 401)
        if request.headers.get("sec-fetch-site") == "cross-site" and not request.url.query:
            return HTMLResponse(FROM_OUTSIDE.format(quote(f"{path}?from=outside", "/?=-")))
        return RedirectResponse(f"{HOME}/sign-in?next={quote(path)}", 303)


def status_of(refused: AmendsError) -> int:
    return next((code for kind, code in STATUS.items() if isinstance(refused, kind)), 422)


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


async def form_of(request: Request) -> Form:
    """The fields of a form. Raises NotAllowed for what no form of ours sends."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST_FORM:
            raise NotAllowed("that is too long to be sent at once; send it in parts")
    try:
        return Form(parse_qs(content.decode(), keep_blank_values=True, max_num_fields=200))
    except ValueError:
        raise NotAllowed("that is no form of ours") from None
