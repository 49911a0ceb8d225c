"""Who may see and do what at the desk: every route, for a stranger and for each role."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from starlette.routing import Mount

from complaints.case import LogEntry
from complaints.clock import HeldClock
from complaints.photo import Photo
from complaints.store import Base, Store
from desk.deeds import DEEDS
from tests.core import Core, maya_with_offers
from tests.office import PASSWORD, Office

# What each may get: the page, what they asked for done, or why not.
PAGE, DONE, SIGN_IN, OVER, NOT_YOURS, REFUSED, CONFLICT = (
    "page", "done", "sign in first", "signed out", "not your role", "wrong password", "conflict",
)  # fmt: skip
ROLES = ("", "ines", "lena", "mira")  # a stranger, an agent, a lead, a manager
EVERYBODY = (PAGE, PAGE, PAGE, PAGE)
ALL_OF_US = (SIGN_IN, PAGE, PAGE, PAGE)
ANY_OF_US = (OVER, DONE, DONE, DONE)
WHO_HAS_IT = (OVER, CONFLICT, CONFLICT, CONFLICT)  # the case of the table is in Omar's hands
HIM_OR_A_LEAD = (OVER, CONFLICT, DONE, DONE)

TABLE = {
    "GET /sign-in": (PAGE, DONE, DONE, DONE),  # whoever is in already is shown the queue
    "POST /sign-in": (REFUSED, REFUSED, REFUSED, REFUSED),
    "GET /static/desk.css": EVERYBODY,
    "POST /sign-out": ANY_OF_US,
    "GET /": ALL_OF_US,
    "GET /call-backs": ALL_OF_US,
    "GET /team": (SIGN_IN, NOT_YOURS, PAGE, PAGE),
    "POST /available": ANY_OF_US,
    "GET /live": (OVER, PAGE, PAGE, PAGE),
    "GET /photos/{number}": ALL_OF_US,
    "GET /cases": (SIGN_IN, DONE, DONE, DONE),
    "GET /cases/{reference}": ALL_OF_US,
    "POST /cases/{reference}/looking": (OVER, PAGE, PAGE, PAGE),
    "POST /cases/{reference}/take_over": WHO_HAS_IT,
    "POST /cases/{reference}/reply": WHO_HAS_IT,
    "POST /cases/{reference}/note": ANY_OF_US,
    "POST /cases/{reference}/offer_remedy": WHO_HAS_IT,
    "POST /cases/{reference}/withdraw_offer": WHO_HAS_IT,
    "POST /cases/{reference}/agree": WHO_HAS_IT,
    "POST /cases/{reference}/make_promise": WHO_HAS_IT,
    "POST /cases/{reference}/move_promise": HIM_OR_A_LEAD,
    "POST /cases/{reference}/keep_promise": ANY_OF_US,
    "POST /cases/{reference}/correct_fact": ANY_OF_US,
    "POST /cases/{reference}/vouch": ANY_OF_US,
    "POST /cases/{reference}/hand_back": WHO_HAS_IT,
    "POST /cases/{reference}/transfer": HIM_OR_A_LEAD,
    "POST /cases/{reference}/close": WHO_HAS_IT,
    "POST /cases/{reference}/reopen": WHO_HAS_IT,
}
POSTED = [route for route in TABLE if route.startswith("POST")]


@pytest.fixture(scope="module")
def office(core_store: Store) -> Iterator[Office]:
    """Opened once for the whole table: passwords take their time on purpose."""
    core = Core(core_store, HeldClock(datetime(2026, 11, 23, 10, 0, tzinfo=UTC)))
    with Office(core).is_open() as office:
        yield office
    forget_everything(core)


@pytest.fixture(scope="module")
def cookies(office: Office) -> dict[str, dict[str, str]]:
    """Of everybody's browser, once they have signed in."""
    return {who: signed_in(office, who) for who in (*ROLES, "omar")}


@pytest.mark.parametrize("route", TABLE)
def test_each_route_for_a_stranger_and_each_role(office, cookies, monkeypatch, route):
    monkeypatch.setattr("desk.live.STREAM_SECONDS", 0.05)

    got = []
    for sign_in in ROLES:
        forget_everything(office.core, but=("person",))
        place = OmarsCase(office.core)
        with browser(office, cookies[sign_in]) as client:
            got.append(place.asks(client, route, token_for(client)))

    assert tuple(got) == TABLE[route]


@pytest.mark.parametrize("route", POSTED)
def test_a_form_of_another_site_does_nothing(office, cookies, route):
    forget_everything(office.core, but=("person",))
    place = OmarsCase(office.core)
    before = len(office.core.rows(LogEntry))

    with browser(office, cookies["ines"]) as ines, browser(office, cookies["omar"]) as omar:
        for token in ("", "0" * 64, token_for(omar)):
            assert place.asks(ines, route, token) in (NOT_YOURS, REFUSED)

        assert len(office.core.rows(LogEntry)) == before
        assert ines.get("/desk/").url.path == "/desk/"  # still signed in


def test_no_route_is_missing_from_the_table(office):
    routes = set()
    for route in office.desk.app.routes:
        if isinstance(route, Mount):
            routes.add(f"GET {route.path}/desk.css")
            continue
        path = re.sub(r":\w+}", "}", route.path)
        for method in (route.methods or set()) - {"HEAD"}:
            if path.endswith("/{deed}"):
                routes |= {f"{method} {path.replace('{deed}', deed)}" for deed in DEEDS}
            else:
                routes.add(f"{method} {path}")

    assert routes == set(TABLE)


class OmarsCase:
    """A case that Omar has in hand, with everything a form may name."""

    def __init__(self, core: Core) -> None:
        self.visitor = maya_with_offers(core)
        self.visitor.asks_for_a_person()
        self.case = self.visitor.case
        core.casebook.take_over(self.case.reference, "omar", f"take-{self.case.reference}")
        with core.store.transaction() as session:
            photo = Photo(
                conversation_id=self.visitor.id, media_type="image/jpeg", content=b"jpeg",
                created_at=core.clock.now(),
            )  # fmt: skip
            session.add(photo)
            session.flush()
            self.photo = photo.id

    def asks(self, client: httpx.Client, route: str, token: str) -> str:
        method, path = route.split()
        path = path.replace("{reference}", self.case.reference)
        path = path.replace("{number}", str(self.photo))
        said = self.form() | {"token": token}
        if path == "/sign-in":
            said |= {"sign_in": "nobody", "password": "does not matter"}
        answer = client.request(
            method,
            f"/desk{path}",
            params={"reference": self.case.reference} if path == "/cases" else None,
            data=said if method == "POST" else None,
            follow_redirects=False,
        )
        if answer.status_code == 303:
            to_sign_in = answer.headers["location"].startswith("/desk/sign-in?")
            return SIGN_IN if to_sign_in else DONE
        if answer.status_code == 403 and path == "/sign-in":
            return REFUSED
        return {200: PAGE, 401: OVER, 403: NOT_YOURS, 409: CONFLICT}[answer.status_code]

    def form(self) -> dict[str, str]:
        """A field for every deed; each takes its own."""
        return {
            "key": f"key-{self.case.reference}",
            "text": "I am on it",
            "note": "spoke to her",
            "kind": "next_word",
            "name": "phone",
            "value": "07700 900111",
            "how": "called her back",
            "offer": str(self.case.pending_offers()[0].id),
            "promise": str(self.case.promises[-1].id),
            "day": "2026-11-27",
            "because": "the van broke down",
            "to": "mira",
            "outcome": "upheld",
            "reason": "it was broken",
            "root_cause": "packed badly",
            "available": "yes",
        }


def browser(office: Office, cookies: dict[str, str] | None = None) -> httpx.Client:
    return httpx.Client(
        base_url=office.url, cookies=cookies, follow_redirects=True, trust_env=False
    )


def signed_in(office: Office, sign_in: str) -> dict[str, str]:
    """The cookies of somebody who has signed in; of a stranger, none."""
    if not sign_in:
        return {}
    with browser(office) as client:
        said = {"sign_in": sign_in, "password": PASSWORD, "token": token_for(client)}
        assert client.post("/desk/sign-in", data=said).status_code == 200
        return dict(client.cookies)


def forget_everything(core: Core, but: tuple[str, ...] = ()) -> None:
    with core.store.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in but:
                session.execute(table.delete())


def token_for(client: httpx.Client) -> str:
    return token_in(client.get("/desk/sign-in").text)


def token_in(page: str) -> str:
    return re.search(r'name="token" value="(\w+)"', page)[1]
