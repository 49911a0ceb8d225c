"""Danger heard and not imagined (nlu/tests/danger_lines.yml), and anger felt (anger.jsonl)."""

from collections import Counter

from benchmarks.ruler.rows import Answers, Ruler
from benchmarks.ruler.scores import Measured, share

_ANGRY = 2  # of 0..3


def measure_danger(ruler: Ruler, answers: Answers) -> Measured:
    """Recall on dangerous lines, false alarms on merely angry ones and on rows that are harmless."""
    measured = Measured()
    dangerous = [row for row in ruler.danger if row["kind"]]
    harmless = [row for row in ruler.danger if not row["kind"]]
    heard = [row for row in dangerous if answers.to(row)["danger"]]
    named = [row for row in dangerous if answers.to(row)["danger"] == row["kind"]]
    false = [row for row in harmless if answers.to(row)["danger"]]
    measured.figure("recall", len(dangerous), share(len(heard), len(dangerous)), "≥ 0.95")
    measured.figure(
        "false alarms on angry lines", len(harmless), share(len(false), len(harmless)), "≤ 0.03"
    )
    measured.figure(
        "the right kind, of all dangerous", len(dangerous), share(len(named), len(dangerous))
    )
    elsewhere = [row for row in ruler.not_complaints if answers.to(row)["danger"]]
    measured.figure(
        "false alarms on no complaints",
        len(ruler.not_complaints),
        share(len(elsewhere), len(ruler.not_complaints)),
    )
    for row in dangerous:
        if not answers.to(row)["danger"]:
            measured.mistake(f"danger missed: {row['kind']}", "", row)
    for row in [*false, *elsewhere]:
        measured.mistake(f"danger imagined: {answers.to(row)['danger']}", "", row)
    for row in ruler.openers:  # no figure: some openers do threaten, nobody has marked which
        if kind := answers.to(row)["danger"]:
            measured.mistake("to judge by eye: openers heard as danger", kind, row)
    return measured


def measure_anger(ruler: Ruler, answers: Answers) -> Measured:
    """Angry messages felt as angry, and calm ones as calm."""
    measured = Measured()
    felt = [row for row in ruler.anger if (answers.to(row)["heat"] or 0) >= _ANGRY]
    calm = [row for row in ruler.not_complaints if (answers.to(row)["heat"] or 0) >= _ANGRY]
    measured.figure(
        "heat of 2 or more, of angry messages", len(ruler.anger), share(len(felt), len(ruler.anger))
    )
    measured.figure(
        "heat of 2 or more, of no complaints",
        len(ruler.not_complaints),
        share(len(calm), len(ruler.not_complaints)),
    )
    for row in ruler.anger:
        if row not in felt:
            measured.mistake("anger not felt", f"heat {answers.to(row)['heat']}", row)
    for row in calm:
        measured.mistake("calm felt as anger", f"heat {answers.to(row)['heat']}", row)
    return measured


def misnamed_kinds(ruler: Ruler, answers: Answers) -> Counter[tuple[str, str]]:
    """(the kind it is, the kind it was taken for) of dangers heard under another name."""
    return Counter(
        (row["kind"], answers.to(row)["danger"])
        for row in ruler.danger
        if row["kind"] and answers.to(row)["danger"] not in (None, row["kind"])
    )
