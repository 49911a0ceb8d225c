"""The report for a terminal: the same figures as at the desk, in plain columns."""

import textwrap
from collections.abc import Iterator

from complaints.promise import date_in_words, time_in_words
from complaints.report.figure import Report, Table

WIDTH = 96
LABEL = 56  # of a row's label, longer ones are shortened


def in_words(report: Report) -> str:
    zone = report.period.timezone
    day, clock = date_in_words(report.at, zone.key), report.at.astimezone(zone).time()
    lines = [
        "HOW COMPLAINTS WENT",
        f"{report.period.in_words()}, as the books stand on {day} at {time_in_words(clock)}.",
    ]
    for table in report.tables:
        lines += ["", table.title.upper(), *textwrap.wrap(table.note, WIDTH), *_table(table)]
    return "\n".join(lines)


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield "  none"
        return
    heads = [column.label for column in table.columns]
    widths = [
        max(len(head), *(len(row.figures[place].in_words()) for row in table.rows))
        for place, head in enumerate(heads)
    ]
    if len(heads) > 1:
        yield _line("", heads, widths)
    for row in table.rows:
        label = f"  {row.label}" if row.is_part else row.label
        yield _line(label, [figure.in_words() for figure in row.figures], widths)


def _line(label: str, cells: list[str], widths: list[int]) -> str:
    label = label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
    told = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return f"  {label:<{LABEL}}  {told}"
