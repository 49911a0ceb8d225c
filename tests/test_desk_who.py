"""Who may see and do what at the desk: every route, for a stranger and for each role."""
# ruff: noqa: F811  (fixtures are imported by name)

import re
import threading
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session
from starlette.routing import Mount

from complaints.case import LogEntry
from complaints.outbox import OutboxMessage
from complaints.people import Person, Role
from complaints.photo import Photo
from desk.deeds import DEEDS
from tests.core import Core, maya_with_offers
from tests.office import PASSWORD, Office, office, open_office  # noqa: F401

# What each may get: the page, what they asked for done, or why not.
PAGE, DONE, SIGN_IN, OVER, NOT_YOURS, REFUSED, CONFLICT = (
    "page", "done", "sign in first", "signed out", "not your role", "wrong password", "conflict",
)  # fmt: skip
ROLES = ("", "ines", "lena", "mira")  # a stranger, an agent, a lead, a manager
EVERYBODY = (PAGE, PAGE, PAGE, PAGE)
ALL_OF_US = (SIGN_IN, PAGE, PAGE, PAGE)
ANY_OF_US = (OVER, DONE, DONE, DONE)
A_LEAD = (SIGN_IN, NOT_YOURS, PAGE, PAGE)
WHO_HAS_IT = (OVER, CONFLICT, CONFLICT, CONFLICT)  # the case of the table is in Omar's hands
HIM_OR_A_LEAD = (OVER, CONFLICT, DONE, DONE)

TABLE = {
    "GET /sign-in": (PAGE, DONE, DONE, DONE),  # whoever is in already is shown the queue
    "POST /sign-in": (REFUSED, REFUSED, REFUSED, REFUSED),
    "GET /static/desk.css": EVERYBODY,
    "POST /sign-out": ANY_OF_US,
    "GET /": ALL_OF_US,
    "GET /call-backs": ALL_OF_US,
    "GET /team": A_LEAD,
    "POST /team/sign-out": (OVER, NOT_YOURS, NOT_YOURS, DONE),
    "GET /me": ALL_OF_US,
    "POST /sign-out-everywhere": ANY_OF_US,
    "GET /report": A_LEAD,
    "GET /report/cases": A_LEAD,
    "GET /report.csv": A_LEAD,
    "GET /undelivered": A_LEAD,
    "POST /undelivered/try-again": (OVER, NOT_YOURS, DONE, DONE),
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
def browsers(open_office: Office) -> Iterator[dict[str, httpx.Client]]:
    """Everybody's, each signed in; a stranger's is not."""
    opened = {who: browser(open_office) for who in (*ROLES, "omar")}
    for who, client in opened.items():
        if who:
            said = {"sign_in": who, "password": PASSWORD, "token": token_for(client)}
            assert client.post("/desk/sign-in", data=said).status_code == 200
    yield opened
    for client in opened.values():
        client.close()


@pytest.fixture(autouse=True)
def afresh(open_office: Office, browsers: dict[str, httpx.Client]) -> Iterator[None]:
    """Whoever signed out in one row, here or everywhere, has their session again in the next."""
    kept = {who: dict(client.cookies) for who, client in browsers.items()}
    yield
    with open_office.core.store.transaction() as session:
        session.execute(update(Person).values(session_epoch=0))
    for who, client in browsers.items():
        client.cookies = httpx.Cookies(kept[who] if who else None)


@pytest.mark.parametrize("route", TABLE)
def test_each_route_for_a_stranger_and_each_role(office, browsers, monkeypatch, route):
    monkeypatch.setattr("desk.live.STREAM_SECONDS", 0.05)

    got = []
    for who in ROLES:
        office.next_morning()
        place = OmarsCase(office.core)
        got.append(place.asks(browsers[who], route, token_for(browsers[who])))

    assert tuple(got) == TABLE[route]


@pytest.mark.parametrize("route", POSTED)
def test_a_form_of_another_site_does_nothing(office, browsers, route):
    place = OmarsCase(office.core)
    before = len(office.core.rows(LogEntry))

    for token in ("", "0" * 64, token_for(browsers["omar"])):
        assert place.asks(browsers["ines"], route, token) in (NOT_YOURS, REFUSED)

    assert len(office.core.rows(LogEntry)) == before
    assert browsers["ines"].get("/desk/").url.path == "/desk/"  # still signed in


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


def test_the_cookie_is_for_the_desk_alone_and_no_script_reads_it(office):
    with browser(office) as client:
        plain = client.get("/desk/sign-in").headers["set-cookie"]
    with browser(office) as client:
        behind_tls = client.get("/desk/sign-in", headers={"X-Forwarded-Proto": "https"})

    for wanted in ("HttpOnly", "Path=/desk", "SameSite=strict", "Max-Age=36000"):
        assert wanted in plain
    assert "Secure" in behind_tls.headers["set-cookie"]


def test_a_link_in_slack_arrives_although_its_cookie_stays_behind(office, browsers):
    """A strict cookie does not come with a link from elsewhere; a page of ours asks once more."""
    page = f"/desk/cases/{OmarsCase(office.core).case.reference}"

    first = browsers[""].get(page, headers={"Sec-Fetch-Site": "cross-site"})
    again = f"{page}?from=outside"

    assert f"url={again}" in first.text
    assert browsers["ines"].get(again).url.path == page
    assert browsers[""].get(again).url.path == "/desk/sign-in"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/static/desk.js", "/nothing", "/cases/XX"])
def test_every_answer_forbids_what_the_desk_does_not_need(office, browsers, path):
    headers = browsers["ines"].get(f"/desk{path}").headers

    assert headers["cache-control"] == "no-store"
    for said in ("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert said in headers["content-security-policy"]


@pytest.mark.parametrize(
    "end",
    [
        lambda office, browsers: browsers["pia"].post(
            "/desk/sign-out-everywhere", data={"token": token_for(browsers["pia"])}
        ),
        lambda office, browsers: browsers["mira"].post(
            "/desk/team/sign-out", data={"who": "pia", "token": token_for(browsers["mira"])}
        ),
        lambda office, browsers: office.core.people.change("pia", role=Role.LEAD),
        lambda office, browsers: office.core.people.change("pia", password="five horses on a roof"),
        lambda office, browsers: office.core.people.leave("pia"),
    ],
    ids=["everywhere", "by a manager", "another role", "another password", "has left"],
)
def test_what_ends_sessions_ends_those_on_other_computers_too(office, browsers, end):
    office.core.people.add("pia", "Pia Lang", PASSWORD)
    computers = [browser(office), browser(office)]
    for pia in computers:
        said = {"sign_in": "pia", "password": PASSWORD, "token": token_for(pia)}
        assert pia.post("/desk/sign-in", data=said).url.path == "/desk/"

    end(office, browsers | {"pia": computers[0]})

    for pia in computers:
        assert pia.get("/desk/").url.path == "/desk/sign-in"
        pia.close()
    with office.core.store.transaction() as session:
        session.execute(delete(Person).where(Person.sign_in == "pia"))


def test_a_change_of_name_signs_nobody_out(office, browsers):
    office.core.people.change("ines", name="Ines Duarte", role=Role.AGENT, most_open=5)

    assert browsers["ines"].get("/desk/").url.path == "/desk/"


def test_an_open_page_of_somebody_signed_out_hears_nothing_more(office, browsers):
    over = threading.Event()

    def things_happen() -> None:
        while not over.wait(0.2):
            office.maya_waits()  # whoever is signed in would be told

    happening = threading.Thread(target=things_happen)
    with browsers["omar"].stream("GET", "/desk/live", timeout=60) as stream:
        office.core.people.end_sessions("omar", "mira")
        happening.start()
        try:
            told = "".join(stream.iter_text())  # until the stream ends
        finally:
            over.set()
            happening.join()

    assert stream.status_code == 200
    assert "event: change" not in told


def test_what_is_too_long_for_a_form_is_refused(office, browsers):
    answer = browsers["ines"].post("/desk/available", content=b"x" * 70_000)

    assert answer.status_code == 403
    assert "too long" in answer.text


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
            self.given_up = given_up(session, self.case.reference, core.clock.now()).id

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
            params=self.asked(path),
            data=said if method == "POST" else None,
            follow_redirects=False,
        )
        if answer.status_code == 303:
            to_sign_in = answer.headers["location"].startswith("/desk/sign-in?")
            return SIGN_IN if to_sign_in else DONE
        if answer.status_code == 403 and path == "/sign-in":
            return REFUSED
        return {200: PAGE, 401: OVER, 403: NOT_YOURS, 409: CONFLICT}[answer.status_code]

    def asked(self, path: str) -> dict[str, str] | None:
        if path == "/report/cases":
            return {"table": "cases", "row": "received", "column": "cases"}
        return {"reference": self.case.reference} if path == "/cases" else None

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
            "who": "omar",
            "row": str(self.given_up),
        }


def given_up(session: Session, reference: str, at: datetime) -> OutboxMessage:
    """An instruction that the shop refused for good."""
    row = OutboxMessage(
        key=f"{reference}:full_refund", transport="shop", case_reference=reference, due_at=at,
        payload={"kind": "full_refund", "order_number": "W-10482"}, attempts=1, gave_up_at=at,
        last_error="the shop will not: the card is closed", created_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def browser(office: Office) -> httpx.Client:
    return httpx.Client(base_url=office.url, follow_redirects=True, trust_env=False, verify=False)


def token_for(client: httpx.Client) -> str:
    return token_in(client.get("/desk/sign-in").text)


def token_in(page: str) -> str:
    return re.search(r'name="token" value="(\w+)"', page)[1]
