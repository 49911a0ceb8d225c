"""The desk: its pages and deeds, and who may reach each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from complaints.case import Case
from complaints.casebook import Casebook
from complaints.errors import NotAllowed
from complaints.following import Following
from complaints.people import People, Role
from desk.case_page import CasePage
from desk.gate import Gate
from desk.headers import DeskHeaders
from desk.live import POLL_SECONDS, Live
from desk.pages import Pages
from desk.queue_page import QueuePage
from desk.report_page import ReportPage
from desk.sessions import Sessions
from desk.signing_in import SigningIn
from desk.undelivered_page import UndeliveredPage

STATIC = Path(__file__).parent / "static"
log = structlog.get_logger()


class Desk:
    """`app` is mounted at /desk; `running()` spans its life."""

    def __init__(
        self, casebook: Casebook, people: People, secret: str, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self.casebook = casebook
        pages = Pages(casebook, people.clock)
        self.gate = gate = Gate(Sessions(people, secret), pages)
        self.live = Live(lambda: Following(people.store, people.clock), poll_seconds)
        signing_in = SigningIn(people, gate)
        queue = QueuePage(casebook, people, gate)
        case = CasePage(casebook, people, gate)
        report = ReportPage(casebook, gate)
        undelivered = UndeliveredPage(casebook, gate)
        self.app = Starlette(
            routes=[
                Route("/sign-in", signing_in.show, methods=["GET"]),
                Route("/sign-in", signing_in.sign_in, methods=["POST"]),
                Route("/sign-out", gate.deed(signing_in.sign_out), methods=["POST"]),
                Route("/me", gate.page(signing_in.me)),
                Route(
                    "/sign-out-everywhere",
                    gate.deed(signing_in.sign_out_everywhere),
                    methods=["POST"],
                ),
                Route("/", gate.page(queue.queue)),
                Route("/call-backs", gate.page(queue.call_backs)),
                Route("/team", gate.page(queue.team, Role.LEAD)),
                Route("/team/sign-out", gate.deed(queue.sign_out, Role.MANAGER), methods=["POST"]),
                Route("/report", gate.page(report.show, Role.LEAD)),
                Route("/report/cases", gate.page(report.cases, Role.LEAD)),
                Route("/report.csv", gate.page(report.csv, Role.LEAD)),
                Route("/undelivered", gate.page(undelivered.show, Role.LEAD)),
                Route(
                    "/undelivered/try-again",
                    gate.deed(undelivered.try_again, Role.LEAD),
                    methods=["POST"],
                ),
                Route("/available", gate.deed(queue.set_available), methods=["POST"]),
                Route("/live", self.stream),
                Route("/photos/{number:int}", gate.page(case.photo)),
                Route("/cases", gate.page(queue.find)),
                Route("/cases/{reference}", gate.page(case.show)),
                Route("/cases/{reference}/looking", gate.deed(case.keep_looking), methods=["POST"]),
                Route("/cases/{reference}/{deed}", gate.deed(case.do), methods=["POST"]),
                Mount("/static", app=StaticFiles(directory=STATIC)),
            ],
            middleware=[Middleware(DeskHeaders)],
            exception_handlers={
                HTTPException: self._not_here,
                NotAllowed: self._refused,
                SQLAlchemyError: self._broken,
                Exception: self._broken,
            },
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Looks for what has changed, for all open pages."""
        looking = asyncio.create_task(self.live.run())
        try:
            yield
        finally:
            looking.cancel()

    async def stream(self, request: Request) -> Response:
        """Tells an open page that something has changed: anywhere, or about one case."""
        session = await self.gate.session(request)
        if session is None or session.person is None:
            return self.gate.says(request, None, "your session is over; sign in again", 401)
        conversation_id = None
        if reference := request.query_params.get("case"):
            conversation_id = await asyncio.to_thread(self._conversation_of, reference)
        await self.live.begin()
        events = self._while_signed_in(request, conversation_id)
        return EventSourceResponse(events, sep="\n", send_timeout=30)

    async def _while_signed_in(
        self, request: Request, conversation_id: str | None
    ) -> AsyncIterator[dict[str, str]]:
        """Whoever is signed out elsewhere hears nothing more, even on a page still open."""
        async for event in self.live.events(conversation_id):
            session = await self.gate.session(request)
            if session is None or session.person is None:
                return
            yield event

    def _conversation_of(self, reference: str) -> str:
        with self.casebook.store.reading() as session:
            case = session.get(Case, reference)
        return case.conversation_id if case else ""

    # What is said when it cannot be done

    async def _not_here(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        said = "there is nothing at this address" if error.status_code == 404 else error.detail
        return self.gate.says(request, None, said, error.status_code)

    async def _refused(self, request: Request, refused: Exception) -> Response:
        return self.gate.says(request, None, str(refused), 403)

    async def _broken(self, request: Request, trouble: Exception) -> Response:
        if not isinstance(trouble, ClientDisconnect):
            log.error("request failed", path=request.url.path, trouble=repr(trouble))
        said = "something of ours failed just now; what you wrote is still here, so try it again"
        return self.gate.says(request, None, said, 503)
