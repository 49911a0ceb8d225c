"""What is printed, and the page of transcripts to read aloud, failures first."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median

from jinja2 import Environment, FileSystemLoader

from benchmarks.rehearsal.judges import JUDGES
from benchmarks.rehearsal.verdict import ANSWERED, HANDED_OVER, OPEN, RESOLVED, Verdict

_HEAD = ("", "personas", "by chance", "replays", "to reach")
MUST_BE_NONE = "0"


def table(groups: Sequence[Sequence[Verdict]]) -> str:
    """A Markdown table that also reads well in a terminal; one column for each group."""
    lines = [_HEAD, *_lines(groups)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    rule = ("-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:]))
    return "\n".join(_joined(line, widths) for line in (_HEAD, rule, *lines[1:]))


def write_page(file: Path, groups: Sequence[Sequence[Verdict]], printed: str) -> None:
    """Every transcript, those with something wrong first, with what is wrong above each."""
    verdicts = sorted(
        (each for group in groups for each in group), key=lambda each: not each.failed
    )
    page = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
    ).get_template("page.html")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        page.render(verdicts=verdicts, table=printed, at=datetime.now().astimezone()), "utf-8"
    )


def shortcomings(groups: Sequence[Sequence[Verdict]]) -> Iterator[str]:
    """Each conversation with something wrong, and what, in a line or two."""
    for verdict in (each for group in groups for each in group if each.failed):
        yield f"{verdict.record.name}"
        for wrong in verdict.wrong_ends:
            yield f"    end: {wrong}"
        for name, found in verdict.breaches.items():
            for each in found:
                yield f"    {name}: {' '.join(each.split())[:220]}"


def _lines(groups: Sequence[Sequence[Verdict]]) -> Iterator[tuple[str, ...]]:
    yield _line("conversations", groups, len)
    yield _line("ended as the script says, %", groups, _as_scripted, "≥ 95")
    yield _line("resolved", groups, lambda group: _ended(group, RESOLVED))
    yield _line(
        "handed over rightly",
        groups,
        lambda group: sum(
            each.end == HANDED_OVER and each.persona is not None and not each.is_needless
            for each in group
        ),
    )
    yield _line("handed over needlessly", groups, lambda g: sum(each.is_needless for each in g))
    yield _line(
        "handed over, nobody said whether rightly",
        groups,
        lambda group: sum(each.end == HANDED_OVER and each.persona is None for each in group),
    )
    yield _line("left open", groups, lambda group: _ended(group, OPEN))
    yield _line("answered, nothing had gone wrong", groups, lambda group: _ended(group, ANSWERED))
    for name in JUDGES:
        yield _line(
            name,
            groups,
            lambda group, name=name: sum(len(each.breaches.get(name, ())) for each in group),
            MUST_BE_NONE,
        )
    yield _line("questions asked, median", groups, _median_questions, "≤ 3")
    yield _line("… who opens with all but proof, most", groups, _most_questions, "≤ 1")
    yield _line("messages to the first useful offer, median", groups, lambda g: _to_offer(g, 0))
    yield _line("seconds of ours until then, median", groups, lambda g: _to_offer(g, 1))
    yield _line("seconds for an answer, median", groups, _seconds)


def _line(title, groups, figure, reach: str = "") -> tuple[str, ...]:
    return (title, *(_number(figure(group)) if group else "–" for group in groups), reach)


def _as_scripted(group: Sequence[Verdict]) -> float | None:
    scripted = [each for each in group if each.persona]
    if not scripted:
        return None
    return 100 * sum(not each.wrong_ends for each in scripted) / len(scripted)


def _ended(group: Sequence[Verdict], how: str) -> int:
    return sum(each.end == how for each in group)


def _median_questions(group: Sequence[Verdict]) -> float | None:
    asked = [each.questions for each in group if each.record.last.statuses]
    return median(asked) if asked else None


def _most_questions(group: Sequence[Verdict]) -> float | None:
    asked = [each.questions for each in group if each.persona and each.persona.everything]
    return max(asked) if asked else None


def _to_offer(group: Sequence[Verdict], place: int) -> float | None:
    found = [each.to_offer[place] for each in group if each.to_offer]
    return median(found) if any(found) else None  # replays are not timed


def _seconds(group: Sequence[Verdict]) -> float | None:
    found = [turn.seconds for each in group for turn in each.record.turns if turn.seconds]
    return median(found) if found else None


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def _joined(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = line
    cells = [first.ljust(widths[0])]
    cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
    return f"| {' | '.join(cells)} |"
