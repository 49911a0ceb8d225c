"""The desk as a process of its own: people can work while everything else is down."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from complaints.casebook import open_casebook
from complaints.clock import open_clock
from complaints.people import People
from complaints.settings import Settings
from desk.desk import Desk


def desk_alone() -> Starlette:
    """The desk over this installation's database; the tables must be there already."""
    settings = Settings()
    clock = open_clock(settings.clock_file)
    casebook = open_casebook(settings, clock)
    desk = Desk(casebook, People(casebook.store, clock), settings.session_secret)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with desk.running():
            yield
        casebook.store.engine.dispose()

    async def home(_: Request) -> Response:
        return RedirectResponse("/desk/")

    return Starlette(routes=[Route("/", home), Mount("/desk", app=desk.app)], lifespan=lifespan)
