"""The report: how promises were kept and what went wrong, each number a way to its cases."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from starlette.responses import Response

from complaints.case import Case
from complaints.casebook import Casebook
from complaints.errors import AmendsError, NotFound
from complaints.report import Figure, Period, Report
from desk.gate import Gate, Visit, status_of
from desk.sessions import HOME

MOST_CASES = 500  # on one page, the newest
# What a manager reads first: a word for it, and where it stands in the report.
HEADLINES = (
    ("Promises kept", ("kept", "rate", "figure")),
    ("Early, by the day", ("kept", "days_early", "figure")),
    ("To a first word", ("times", "first_word", "median")),
    ("To a person", ("times", "person", "median")),
    ("To the end", ("times", "resolution", "median")),
    ("How it ended", ("satisfaction", "outcome", "mean")),
    ("How they were treated", ("satisfaction", "treatment", "mean")),
)


@dataclass(frozen=True)
class Headline:
    label: str
    figure: Figure
    link: str


class ReportPage:
    """For leads and managers."""

    def __init__(self, casebook: Casebook, gate: Gate) -> None:
        self.casebook = casebook
        self.gate = gate

    def show(self, visit: Visit) -> Response:
        """The figures of the period that was chosen; of the last 30 days, if it cannot be."""
        trouble, status = "", 200
        try:
            period = self._period(visit)
        except AmendsError as refused:
            period, trouble, status = self._usual(), str(refused), status_of(refused)
        report = self.casebook.report(period)
        return self._page(
            "report.html",
            visit,
            status,
            report=report,
            headlines=_headlines(report),
            link=lambda *place: _link(period, *place),
            csv=f"{HOME}/report.csv?{urlencode(_days(period))}",
            choices=self._choices(),
            trouble=trouble[:1].upper() + trouble[1:],
        )

    def cases(self, visit: Visit) -> Response:
        """The cases behind one number."""
        asked, period = visit.request.query_params, self._period(visit)
        place = (asked.get("table", ""), asked.get("row", ""), asked.get("column", ""))
        found = self.casebook.report(period).find(*place)
        if found is None:
            raise NotFound("the report has no such number; load it again")
        title, figure = found
        with self.casebook.store.reading() as session:
            cases = session.scalars(
                select(Case)
                .where(Case.reference.in_(figure.cases[-MOST_CASES:]))
                .order_by(Case.received_at.desc())
            ).all()
        categories = self.casebook.policy.categories
        return self._page(
            "report_cases.html",
            visit,
            title=title,
            figure=figure,
            period=period,
            cases=cases,
            labels={name: category.label for name, category in categories.items()},
            back=f"{HOME}/report?{urlencode(_days(period))}",
        )

    def csv(self, visit: Visit) -> Response:
        """The whole report for a spreadsheet; the byte order mark tells it that it is UTF-8."""
        period = self._period(visit)
        told = self.casebook.export_report(period, visit.person.sign_in)
        name = f"amends-{period.first}-to-{period.last}.csv"
        return Response(
            told.encode("utf-8-sig"),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _page(self, template: str, visit: Visit, status: int = 200, **shown: Any) -> Response:
        return self.gate.pages.show(template, visit.person, visit.token, status, **shown)

    def _period(self, visit: Visit) -> Period:
        asked = visit.request.query_params
        now = self.casebook.clock.now()
        calendar = self.casebook.policy.calendar
        return Period.read(asked.get("from", ""), asked.get("to", ""), calendar, now)

    def _usual(self) -> Period:
        return Period.read("", "", self.casebook.policy.calendar, self.casebook.clock.now())

    def _choices(self) -> dict[str, str]:
        """Periods people ask for, as links."""
        today = self.casebook.policy.calendar.today(self.casebook.clock.now())
        month = today.replace(day=1)
        last_month = month - timedelta(days=1)
        choices = {
            "Last 7 days": (today - timedelta(days=6), today),
            "Last 30 days": (today - timedelta(days=29), today),
            "This month": (month, today),
            "Last month": (last_month.replace(day=1), last_month),
        }
        return {label: f"{HOME}/report?{urlencode(_from_to(*days))}"
                for label, days in choices.items()}  # fmt: skip


def _headlines(report: Report) -> list[Headline]:
    told = []
    for label, place in HEADLINES:
        if found := report.find(*place):
            told.append(Headline(label, found[1], _link(report.period, *place)))
    return told


def _link(period: Period, table: str, row: str, column: str) -> str:
    asked = _days(period) | {"table": table, "row": row, "column": column}
    return f"{HOME}/report/cases?{urlencode(asked)}"


def _days(period: Period) -> dict[str, str]:
    return _from_to(period.first, period.last)


def _from_to(first: date, last: date) -> dict[str, str]:
    return {"from": first.isoformat(), "to": last.isoformat()}
