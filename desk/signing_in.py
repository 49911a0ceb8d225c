"""Signing in and out."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from complaints.errors import NotAllowed
from complaints.people import People, SignInRefused
from desk.gate import Gate, Visit, form_of
from desk.sessions import COOKIE, HOME, LASTS

LATE = "this page was open for too long; please sign in once more"


class SigningIn:
    """The only page that a stranger sees."""

    def __init__(self, people: People, gate: Gate) -> None:
        self.people = people
        self.gate = gate
        self.sessions = gate.sessions
        self._hashing = asyncio.Semaphore(2)  # argon2 takes memory on purpose

    async def show(self, request: Request) -> Response:
        return await self._page(request)

    async def sign_in(self, request: Request) -> Response:
        """Whoever knows name and password gets a session of their own."""
        session = await self.gate.session(request)
        try:
            form = await form_of(request)
        except NotAllowed as refused:
            return await self._page(request, str(refused), status=403)
        if session is None or not self.sessions.sent_it(session, form["token"]):
            return await self._page(request, LATE, form["sign_in"], 403)
        try:
            async with self._hashing:
                person = await asyncio.to_thread(
                    self.people.sign_in, form["sign_in"][:100], form["password"][:1000]
                )
        except SignInRefused as refused:
            return await self._page(request, self._in_words(refused), form["sign_in"], 403)
        _, cookie = self.sessions.begin(person)
        response = RedirectResponse(self._next(request), 303)
        _keep(request, response, cookie)
        return response

    def sign_out(self, visit: Visit) -> Response:
        """They are gone for new conversations too; what they have in hand stays theirs."""
        self.people.set_available(visit.person.sign_in, False)
        return _out()

    def me(self, visit: Visit) -> Response:
        """Their own account."""
        return self.gate.pages.show("me.html", visit.person, visit.token)

    def sign_out_everywhere(self, visit: Visit) -> Response:
        """Every session they have ends, on whatever computer it is."""
        self.people.end_sessions(visit.person.sign_in, visit.person.sign_in)
        return _out()

    async def _page(
        self, request: Request, trouble: str = "", sign_in: str = "", status: int = 200
    ) -> Response:
        session, cookie = self.sessions.begin()
        known = await self.gate.session(request)
        if known and known.person and not trouble:
            return RedirectResponse(self._next(request), 303)
        if known and known.person is None:
            session, cookie = known, ""
        response = self.gate.pages.show(
            "sign_in.html",
            None,
            self.sessions.form_token(session),
            status,
            trouble=trouble[:1].upper() + trouble[1:],
            sign_in=sign_in,
        )
        if cookie:
            _keep(request, response, cookie)
        return response

    def _in_words(self, refused: SignInRefused) -> str:
        if refused.until is None:
            return str(refused)
        return f"too many wrong passwords; try again at {self.gate.pages.when(refused.until)}"

    def _next(self, request: Request) -> str:
        """Where they wanted to go, if it is a page of the desk."""
        wanted = request.query_params.get("next", "")
        inside = wanted.startswith(f"{HOME}/") and "//" not in wanted and "\\" not in wanted
        return wanted if inside else f"{HOME}/"


def _out() -> Response:
    response = RedirectResponse(f"{HOME}/sign-in", 303)
    response.delete_cookie(COOKIE, path=HOME, httponly=True)
    return response


def _keep(request: Request, response: Response, cookie: str) -> None:
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(LASTS.total_seconds()),
        path=HOME,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
