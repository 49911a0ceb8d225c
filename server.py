"""The front door: `uvicorn server:app`.

/chat is what a website embeds, /amends.js the widget, / and /demo a shop page that shows it,
/desk is where people answer, /r what links in our letters open, /slack and /shop where Slack and
the shop come in when they are set up, /health says how we are.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from channels import slack_send
from channels.headers import SecurityHeaders
from channels.house import House
from channels.letter_pages import LetterPages
from channels.links import Links
from channels.shop_door import ShopDoor
from channels.slack import Slack
from channels.tokens import HostTokens, SessionTokens
from channels.website import Website
from complaints.people import People
from complaints.settings import Settings
from desk.desk import Desk

WIDGET = Path(__file__).parent / "widget"


class Widget(StaticFiles):
    """The widget's files, for any page of any site."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Access-Control-Allow-Origin"] = (
            "*"  # they are public, and modules need it
        )
        response.headers["Cache-Control"] = "no-cache"  # asked again each time, so never stale
        return response


def front_door(house: House) -> Starlette:
    """Everything a browser can reach."""
    settings = house.settings
    website = Website(
        house.reception,
        SessionTokens(settings.session_secret),
        HostTokens(settings.host_secret),
        settings.allowed_origins,
    )
    desk = Desk(house.casebook, People(house.store, house.clock), settings.session_secret)
    chat_url = settings.allowed_origins[0] if settings.allowed_origins else "/"
    links = Links(settings.session_secret, settings.public_url, house.clock)
    letters = LetterPages(house.casebook, house.words, links, chat_url)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # As many as the database lets in; the usual six would stand still behind a slow photo.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(15))
        async with website.running(), desk.running():
            yield
        await house.close()

    async def demo(_: Request) -> Response:
        return FileResponse(WIDGET / "demo.html")

    async def health(_: Request) -> Response:
        database = await asyncio.to_thread(_database_state, house)
        assistant = "ok" if await house.assistant.is_up() else "down"
        return JSONResponse(
            {"front_door": "ok", "assistant": assistant, "database": database},
            200 if database == "ok" else 503,
        )

    return Starlette(
        routes=[
            Mount("/chat", app=website.app),
            Mount("/desk", app=desk.app),
            Mount("/r", app=letters.app),
            *([Mount("/slack", app=slack_door(house).app)] if settings.has_slack else []),
            *([Mount("/shop", app=ShopDoor(house).app)] if settings.shop_secret else []),
            Route("/health", health),
            Route("/", demo),
            Route("/demo", demo),
            Mount("/", app=Widget(directory=WIDGET)),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware)],
        lifespan=lifespan,
    )


def slack_door(house: House) -> Slack:
    settings = house.settings
    return Slack(
        house,
        slack_send.client(settings.slack_bot_token, settings.slack_api_url),
        settings.slack_signing_secret,
        settings.slack_channel,
        settings.slack_people,
    )


def _database_state(house: House) -> str:
    try:
        with house.store.reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return "down"
    return "ok"


def __getattr__(name: str) -> Starlette:
    # Made when uvicorn asks for it, so that importing this file opens no database.
    if name != "app":
        raise AttributeError(f"server has no {name}")
    return front_door(House(Settings()))
