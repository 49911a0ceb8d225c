"""The report as rows for a spreadsheet: one a figure, with the cases behind it."""

import csv
import io
from collections.abc import Iterator

from complaints.report.figure import Figure, Report, Unit

COLUMNS = ("from", "to", "table", "row", "column", "value", "unit", "cases")
# A spreadsheet takes a cell that begins like this for a formula, and carries it out.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(report: Report) -> str:
    """UTF-8 text of one line a figure; what each column holds stands in docs/desk.md."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in _rows(report):
        writer.writerow([_as_text(cell) for cell in row])
    return text.getvalue()


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    first, last = report.period.first.isoformat(), report.period.last.isoformat()
    for table in report.tables:
        for row in table.rows:
            for column, figure in zip(table.columns, row.figures, strict=True):
                yield (
                    first, last, table.title, row.label, column.label, _value(figure),
                    figure.unit, " ".join(figure.cases),
                )  # fmt: skip


def _value(figure: Figure) -> str:
    """A number with a point; empty when there was nothing to count from."""
    if figure.value is None:
        return ""
    if figure.unit in (Unit.COUNT, Unit.SECONDS):
        return f"{figure.value:.0f}"
    return f"{figure.value:.4f}".rstrip("0").rstrip(".")


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
