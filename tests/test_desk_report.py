"""The report and what was not delivered, at the desk: numbers lead to cases, failures to another try."""
# ruff: noqa: F811  (fixtures are imported by name)

import csv
import html
import io
import re
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import expect

from complaints.house_log import HouseEntry
from complaints.outbox import OutboxMessage
from complaints.report.figure import Figure, Unit
from desk.sessions import COOKIE
from tests.books import COUNTED, london, write_books
from tests.office import DESKTOP, PHONE, office, open_office  # noqa: F401
from tests.test_desk_page import troubles
from tests.test_desk_who import given_up

MARCH = "from=2026-03-01&to=2026-03-31"


@pytest.fixture
def lena(office):
    """The lead's browser, without a screen."""
    _, cookie = office.desk.gate.sessions.begin(office.core.people.find("lena"))
    with httpx.Client(base_url=office.url, trust_env=False, follow_redirects=True) as client:
        client.cookies.set(COOKIE, cookie)
        yield client


def test_every_number_of_the_page_opens_its_cases(office, lena):
    write_books(office.core.store)
    page = lena.get(f"/desk/report?{MARCH}").text

    links = re.findall(r'href="([^"]+/report/cases[^"]+)">([^<]+)<', page)

    assert len(links) > 40
    for address, number in links:
        shown = lena.get(address.replace("&amp;", "&"))
        assert shown.status_code == 200, address
        assert f"{number} ·" in shown.text
        assert re.search(r"/desk/cases/[A-H]\"", shown.text)


def test_the_page_shows_every_number_counted_by_hand(office, chromium):
    write_books(office.core.store)
    office.core.clock.advance(london(COUNTED["now"]) - office.core.clock.now())
    lena = office.sits_down(chromium, "lena").page
    lena.goto(f"{office.url}/desk/report?{MARCH}")

    told = {
        table: lena.locator(f"section[aria-labelledby=table-{table}] tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.querySelectorAll('td.number')]"
            ".map(cell => cell.innerText.trim()))"
        )
        for table in COUNTED["expected"]
    }

    for table, rows in COUNTED["expected"].items():
        assert sorted(told[table]) == sorted(rows.values()), table
    headlines = lena.locator(".headlines dd").all_inner_texts()
    assert [figure.strip() for figure in headlines] == [
        "67%", "1 day", "5 min", "1 h 45 min", "2 days", "4.0 of 5", "3.5 of 5",
    ]  # fmt: skip


def test_a_number_shows_exactly_the_cases_it_was_counted_from(office, lena):
    write_books(office.core.store)

    shown = lena.get(f"/desk/report/cases?{MARCH}&table=promises&row=kept&column=promises").text

    assert sorted(re.findall(r"/desk/cases/(\w)\"", shown)) == ["A", "B", "D"]


def test_a_number_that_is_not_there_is_said_so(office, lena):
    assert lena.get("/desk/report/cases?table=x&row=y&column=z").status_code == 404


def test_a_period_that_cannot_be_is_told_and_the_last_30_days_are_shown(office, lena):
    answer = lena.get("/desk/report?from=2026-04-01&to=2026-03-01")

    assert answer.status_code == 403
    assert "A period ends after it begins" in answer.text
    assert "25 October 2026 to Monday 23 November 2026" in answer.text


def test_the_rows_come_as_a_file_that_spreadsheets_read(office, lena):
    write_books(office.core.store)

    answer = lena.get(f"/desk/report.csv?{MARCH}")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="amends-2026-03-01-to-2026-03-31.csv"' in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {"A D B"} == {row["cases"] for row in rows if row["row"] == "Kept"}
    assert [entry.actor for entry in office.core.rows(HouseEntry)] == ["lena"]


def test_every_row_and_column_of_the_file_says_what_the_page_says(office, lena):
    """Whoever reckons on from the file must not arrive at other numbers than who reads the page."""
    write_books(office.core.store)
    page = lena.get(f"/desk/report?{MARCH}").text
    answer = lena.get(f"/desk/report.csv?{MARCH}")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    shown = []
    for section in re.findall(r"<section class=\"figures.*?</section>", page, re.DOTALL):
        title = _text(re.search(r"<h2[^>]*>(.*?)</h2>", section)[1])
        head = re.search(r"<thead>.*?</thead>", section, re.DOTALL)
        columns = [
            _text(each)
            for each in re.findall(
                r'<th scope="col" class="number">(.*?)</th>', head[0] if head else ""
            )
        ]
        for row in re.findall(r"<tbody>(.*?)</tbody>", section, re.DOTALL):
            for line in re.findall(r"<tr.*?</tr>", row, re.DOTALL):
                label = _text(re.search(r'<th scope="row">(.*?)</th>', line)[1])
                numbers = re.findall(r'<td class="number">(.*?)</td>', line, re.DOTALL)
                for column, number in zip(columns, numbers, strict=True):
                    shown.append((title, label, column, _text(number)))

    assert len(shown) > 100
    assert [(row["table"], row["row"], row["column"], _in_words(row)) for row in rows] == shown


def _text(markup):
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def _in_words(row):
    """The value of the file as the page would write it."""
    value = float(row["value"]) if row["value"] else None
    return Figure(value, Unit(row["unit"]), ()).in_words()


def test_a_bar_is_as_long_as_its_number_from_zero(office, chromium):
    write_books(office.core.store)
    mira = office.sits_down(chromium, "mira")
    mira.page.goto(f"{office.url}/desk/report?{MARCH}")

    section = mira.page.locator("section", has=mira.page.locator("#table-promises"))
    widths = section.locator("rect.part").evaluate_all(
        "bars => bars.map(bar => bar.getBoundingClientRect().width)"
    )

    # In November the two that were open in April are broken too.
    numbers = [0, 0, 6, 4, 5, 1, 1, 1]
    assert widths[1:] == pytest.approx([widths[0] * n / 13 for n in numbers], rel=0.02)


def test_a_lead_sees_what_was_given_up_and_tries_it_again(office, chromium):
    maya = office.maya_waits()
    with office.core.store.transaction() as session:
        row = given_up(session, maya.case.reference, office.core.clock.now())
        number = row.id
    lena = office.sits_down(chromium, "lena")
    lena.reads("1 message could not be delivered")
    lena.page.get_by_role("link", name="See why, and try again").click()
    lena.reads("Full refund for order W-10482")
    lena.reads("the card is closed")
    lena.page.get_by_role("button", name="Try again").click()

    lena.reads("Everything has arrived, or is on its way.")
    (tried,) = office.core.rows(OutboxMessage, id=number)
    assert (tried.gave_up_at, tried.attempts) == (None, 0)
    assert [entry.actor for entry in maya.log if entry.verb == "try_again"] == ["lena"]


def test_an_agent_is_not_bothered_with_what_was_given_up(office, chromium):
    maya = office.maya_waits()
    with office.core.store.transaction() as session:
        given_up(session, maya.case.reference, office.core.clock.now())
    ines = office.sits_down(chromium)

    ines.reads("Maya Okonkwo")
    expect(ines.page.get_by_text("could not be delivered")).to_have_count(0)


@pytest.mark.parametrize("how", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_the_report_and_nothing_hangs_over_the_edge(office, chromium, how):
    write_books(office.core.store)
    with office.core.store.transaction() as session:
        given_up(session, "A", office.core.clock.now() - timedelta(hours=2))
        given_up(session, "B", office.core.clock.now())
    mira = office.sits_down(chromium, "mira", **how)
    for path in (
        "", f"report?{MARCH}", "report", "report?from=x", "undelivered", "team", "me",
        f"report/cases?{MARCH}&table=promises&row=kept&column=promises",
    ):  # fmt: skip
        mira.page.goto(f"{office.url}/desk/{path}")
        assert troubles(mira.page) == [], path
    assert mira.troubles == [] == mira.foreign_requests
