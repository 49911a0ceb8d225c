"""What is printed: the table, and the wrong ones under their causes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import isnan

from benchmarks.ruler.scores import Figure, Measured, Mistake

_HEAD = ("", "rows", "Amends", "Rasa's default", "to reach")


def table(chapters: dict[str, tuple[Measured, Measured | None]]) -> str:
    """A Markdown table that also reads well in a terminal; one chapter for each measure."""
    lines: list[tuple[str, ...]] = []
    for title, (ours, theirs) in chapters.items():
        beside = {figure.name: figure for figure in theirs.figures} if theirs else {}
        lines.append((f"**{title}**", "", "", "", ""))
        lines.extend(_line(figure, beside.get(figure.name)) for figure in ours.figures)
    widths = [max(len(line[column]) for line in [_HEAD, *lines]) for column in range(len(_HEAD))]
    rule = [f"{'-' * widths[0]}", *(f"{'-' * (width - 1)}:" for width in widths[1:])]
    return "\n".join(_joined(line, widths) for line in [_HEAD, tuple(rule), *lines])


def mistakes(chapters: dict[str, Measured], only: str) -> Iterator[str]:
    """Every wrong row under its cause, the most frequent cause first; `only` keeps some causes."""
    for title, measured in chapters.items():
        by_cause: dict[str, list[Mistake]] = defaultdict(list)
        for mistake in measured.mistakes:
            if only.lower() in f"{title} {mistake.cause}".lower():
                by_cause[mistake.cause].append(mistake)
        if by_cause:
            yield f"\n== {title}: {sum(map(len, by_cause.values()))} wrong"
        for cause, rows in sorted(by_cause.items(), key=lambda each: -len(each[1])):
            yield f"\n{len(rows)} × {cause}"
            yield from map(_mistake, sorted(rows, key=lambda row: row.heard))


def _mistake(mistake: Mistake) -> str:
    notes = " · ".join(filter(None, (mistake.heard, mistake.source)))
    return f"    {' '.join(mistake.text.split())}" + (f"  [{notes}]" if notes else "")


def _line(ours: Figure, theirs: Figure | None) -> tuple[str, ...]:
    return (
        ours.name,
        f"{ours.rows:,}" if ours.rows else "",
        _number(ours.value),
        _number(theirs.value) if theirs else "–",
        ours.reach,
    )


def _number(value: float) -> str:
    if isnan(value):
        return "–"
    return f"{value:.3f}" if value <= 1 else f"{value:,.1f}"


def _joined(cells: Iterable[str], widths: list[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(padded)} |"
