"""The report: every number equals one counted by hand, and leads to its cases."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from complaints.case import PromiseRow
from complaints.casebook import Casebook
from complaints.clock import HeldClock
from complaints.errors import NotAllowed
from complaints.fulfilment import InstructionRow
from complaints.house_log import HouseEntry
from complaints.orders import InstructionReceipt
from complaints.people import Role
from complaints.promise import Due, Promise
from complaints.report import Period, Report
from complaints.report.__main__ import main
from complaints.report.figure import Figure, Unit, length_in_words
from complaints.report.in_words import in_words
from complaints.report.promises import Fate, judge
from complaints.report.rows import as_csv
from tests.books import COUNTED, london, write_books
from tests.core import (
    SHOP_POLICY,
    Core,
    Visitor,
    maya_with_offers,
    policy_of,
    words_of_domain,
)

POLICY = policy_of(SHOP_POLICY)
NOW = london(COUNTED["now"])


def read(first: str = "", last: str = "") -> Period:
    return Period.read(first, last, POLICY.calendar, NOW)


MARCH = read(*map(str, COUNTED["period"]))


def casebook(store) -> Casebook:
    return Casebook(store, POLICY, None, HeldClock(NOW), words_of_domain())


@pytest.fixture
def march(either_store) -> Report:
    write_books(either_store)
    return casebook(either_store).report(MARCH)


def test_every_number_equals_the_one_counted_by_hand(march):
    told = {
        table.key: {row.key: [figure.in_words() for figure in row.figures] for row in table.rows}
        for table in march.tables
    }

    assert told == COUNTED["expected"]


def test_every_number_leads_to_its_cases(march):
    for place, cases in COUNTED["behind"].items():
        _, figure = march.find(*place.split("/"))
        assert sorted(figure.cases) == cases, place


def test_what_is_largest_comes_first_and_what_is_not_known_last(march):
    tables = {table.key: [row.key for row in table.rows] for table in march.tables}

    assert tables["promises_by_owner"] == ["shop", "omar", "ines", "queue"]
    assert tables["categories"] == ["damaged_item", "late_delivery", "other", ""]


def test_a_month_with_nothing_in_it_says_nothing_and_never_0_percent(store):
    told = in_words(casebook(store).report(MARCH))

    assert "Kept rate" in told and "–" in told
    assert "0%" not in told


def test_what_the_shop_did_in_time_is_kept_however_late_we_heard_of_it():
    made_at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    due = Due(made_at + timedelta(days=2), datetime(2026, 11, 27, 17, 30, tzinfo=UTC), True)
    heard_at = datetime(2026, 11, 30, 9, tzinfo=UTC)  # after an outage
    promise = Promise.make("replacement", due, made_at, "shop").meet(heard_at)
    calendar = POLICY.calendar

    in_time = judge(promise, "KX-1", None, calendar, heard_at, date(2026, 11, 25))
    too_late = judge(promise, "KX-1", None, calendar, heard_at, date(2026, 11, 28))

    assert (in_time.fate, in_time.days_ahead) == (Fate.KEPT, 2)
    assert too_late.fate is Fate.BROKEN


def a_refund_since_monday(core: Core) -> tuple[Visitor, PromiseRow]:
    """Maya's money is promised by a told day; the shop has a label to send and money to pay."""
    visitor = maya_with_offers(core)
    visitor.presses("full_refund")
    the_shop_did(core, visitor, "voucher", date(2026, 11, 23))  # the kindness
    return visitor, visitor.promises["full_refund"]


def the_shop_did(core: Core, visitor: Visitor, kind: str, on: date) -> None:
    (row,) = core.rows(InstructionRow, case_reference=visitor.case.reference, kind=kind)
    accepted_on = date(2026, 11, 23)
    told = InstructionReceipt(row.key, kind, "W-10482", "done", "X-1", accepted_on, done_on=on)
    assert core.casebook.hear_from_shop(told)


def fate_of(core: Core, visitor: Visitor, fate: str) -> bool:
    days = Period.read("2026-11-01", "2026-11-30", POLICY.calendar, core.clock.now())
    _, figure = core.casebook.report(days).find("promises", fate, "promises")
    return visitor.case.reference in figure.cases


def test_an_outage_between_us_and_the_shop_breaks_no_promise_it_kept(core):
    visitor, promise = a_refund_since_monday(core)
    core.clock.advance(promise.due_at + timedelta(days=3) - core.clock.now())
    for kind in ("return_label", "full_refund"):
        the_shop_did(core, visitor, kind, date(2026, 11, 25))

    assert fate_of(core, visitor, "kept")
    assert not fate_of(core, visitor, "broken")


def test_what_a_person_did_too_late_is_not_kept_by_the_half_the_shop_had_done(core):
    ines = core.person("Ines Duarte", "lead")
    visitor, promise = a_refund_since_monday(core)
    the_shop_did(core, visitor, "return_label", date(2026, 11, 24))
    core.clock.advance(promise.due_at + timedelta(days=3) - core.clock.now())

    core.casebook.keep_promise(visitor.case.reference, ines, promise.id, "paid by hand")

    assert fate_of(core, visitor, "broken")


# Days


def test_the_days_are_the_shops_days():
    day = Period(date(2026, 7, 1), date(2026, 7, 1), ZoneInfo("Asia/Kolkata"))

    assert day.since.isoformat() == "2026-06-30T18:30:00+00:00"
    assert day.until.isoformat() == "2026-07-01T18:30:00+00:00"


@pytest.mark.parametrize(
    "day, hours", [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25), ("2028-02-29", 24)]
)
def test_a_day_on_which_the_clocks_change_is_counted_whole(day, hours):
    one = read(day, day)

    assert one.until - one.since == timedelta(hours=hours)


@given(
    st.dates(date(2020, 1, 1), date(2032, 1, 1)),
    st.sampled_from(["Europe/London", "America/Santiago", "Asia/Beirut", "Pacific/Apia", "UTC"]),
)
def test_every_moment_belongs_to_exactly_one_day(day, zone):
    today = Period(day, day, ZoneInfo(zone))
    tomorrow = Period(day + timedelta(days=1), day + timedelta(days=1), ZoneInfo(zone))

    assert today.since < today.until == tomorrow.since


def test_the_usual_period_is_the_last_30_days_and_ends_today():
    usual = read()

    assert (usual.first, usual.last) == (date(2026, 3, 12), date(2026, 4, 10))
    assert usual.in_words() == "Thursday 12 March 2026 to Friday 10 April 2026"


@pytest.mark.parametrize(
    "first, last, because",
    [
        ("2026-04-02", "2026-04-01", "is later than"),
        ("March", "", "such as 2026-11-01"),
        ("2026-02-30", "2026-03-01", "such as 2026-11-01"),
        ("2025-01-01", "2026-03-01", "at most 366 days"),
        ("", "0001-01-05", "such as 2026-11-01"),
        ("9998-01-01", "9999-12-31", "at most|this century"),
    ],
)
def test_a_period_that_cannot_be_is_refused_with_what_to_write(first, last, because):
    with pytest.raises(NotAllowed, match=because):
        read(first, last)


# As rows


def test_the_rows_hold_every_figure_with_its_cases(store):
    write_books(store)

    rows = list(csv.DictReader(io.StringIO(as_csv(casebook(store).report(MARCH)))))

    kept = next(row for row in rows if (row["table"], row["row"]) == ("Promises", "Kept"))
    assert kept == {
        "from": "2026-03-01", "to": "2026-03-31", "table": "Promises", "row": "Kept",
        "column": "Promises", "value": "6", "unit": "count", "cases": "A D B",
    }  # fmt: skip
    rate = next(row for row in rows if row["row"] == "Kept rate")
    assert (rate["value"], rate["unit"]) == ("0.6667", "share")
    scores = [row for row in rows if row["unit"] == "score"]
    assert [(row["row"], row["value"], row["cases"]) for row in scores] == [
        ("How it ended", "4", "D A B"),
        ("How they were treated", "3.5", "D A G B"),
    ]
    given_4 = [row for row in rows if row["row"] == "4 of 5"]
    assert [(row["column"], row["value"], row["cases"]) for row in given_4] == [
        ("How it ended", "0", ""),
        ("How they were treated", "2", "A B"),
    ]
    nothing = next(
        row for row in rows if (row["row"], row["column"]) == ("nobody had it", "Kept rate")
    )
    assert (nothing["value"], nothing["cases"]) == ("", "")


@pytest.mark.parametrize("typed", ["=1+1", "+44", "-1", "@SUM(A1)", " =cmd|'x'!A1"])
def test_no_cell_is_a_formula_whatever_somebody_typed(store, typed):
    books = {"cases": {"A": {**COUNTED["cases"]["A"], "root_cause": typed}}}
    write_books(store, books)

    rows = list(csv.reader(io.StringIO(as_csv(casebook(store).report(MARCH)))))

    assert [row for row in rows if typed.strip() in row[3]]
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_whoever_takes_the_rows_away_is_written_down(core: Core):
    core.person("Lena Fischer", Role.LEAD)
    core.person("Ines Duarte")

    assert core.casebook.export_report(MARCH, "lena").startswith("from,to,table")
    with pytest.raises(NotAllowed, match="that is for a lead"):
        core.casebook.export_report(MARCH, "ines")

    (entry,) = core.rows(HouseEntry)
    assert (entry.actor, entry.verb) == ("lena", "export_report")
    assert entry.detail == {"from": "2026-03-01", "to": "2026-03-31"}


# In words


def test_the_words_tell_every_number_counted_by_hand(march):
    told = in_words(march)

    for table in march.tables:
        _, _, section = told.partition(f"\n{table.title.upper()}\n")
        lines = [" ".join(line.split()) for line in section.partition("\n\n")[0].splitlines()]
        for row in table.rows:
            counted = COUNTED["expected"][table.key][row.key]
            assert " ".join([row.label, *counted]) in lines, table.key


def test_the_terminal_tells_the_same_numbers(store, monkeypatch, capsys):
    write_books(store)
    monkeypatch.setenv("AMENDS_DATABASE_URL", store.url)

    assert main(["--from", "2026-03-01", "--to", "2026-03-31"]) == 0

    told = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in (
        "Kept 6",
        "Received 5",
        "packed badly 2",
        "To a person, from the handover 1 h 45 min 2",
        "How they were treated 3.5 of 5 4",
    ):
        assert line in told
    assert main(["--from", "yesterday"]) == 1
    assert "such as 2026-11-01" in capsys.readouterr().err


def test_a_house_that_never_ran_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("AMENDS_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")

    assert main([]) == 1
    assert "`make run` makes them" in capsys.readouterr().err


@pytest.mark.parametrize(
    "seconds, words",
    [(0, "0 s"), (59, "59 s"), (61, "1 min"), (3599, "1 h"), (3600 * 5 + 60, "5 h 1 min"),
     (86_400 * 2.5, "2.5 days")],
)  # fmt: skip
def test_a_length_is_said_as_people_say_it(seconds, words):
    assert length_in_words(seconds) == words


@pytest.mark.parametrize(
    "share, words", [(0.999, "99%"), (0.001, "1%"), (1, "100%"), (0, "0%"), (2 / 3, "67%")]
)
def test_almost_all_is_not_all(share, words):
    assert Figure(share, Unit.SHARE, ()).in_words() == words


def test_a_report_reads_no_more_than_its_period(store):
    """A report of one day must not slow down as the years go by."""
    write_books(store)
    read_rows = []

    @event.listens_for(store.engine, "after_cursor_execute")
    def note(_connection, cursor, statement, parameters, _context, _many):
        if "case_record" in statement and statement.startswith("SELECT"):
            read_rows.append((statement, parameters))

    casebook(store).report(read("2026-03-10", "2026-03-10"))

    assert read_rows
    assert all("WHERE" in statement and "_at >= " in statement for statement, _ in read_rows)


def test_midnight_is_at_the_shop(store):
    write_books(store)

    april = casebook(store).report(read("2026-04-01", "2026-04-01"))

    assert april.find("cases", "received", "cases")[1].cases == ("E",)
    assert datetime.fromisoformat("2026-03-31 23:00+00:00") == read("2026-04-01", "").since
