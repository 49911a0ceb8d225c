"""Is it a complaint, which one, and is a person wanted: by what the assistant would do.

A message counts as a complaint when the assistant would open a case for it, and the rule for
that is the core's own: `Heard.opens_a_case` in complaints/heard.py. It opens one for what was
heard as a complaint of any kind, a wish, a broken promise or danger; and, as a safety net, for
a long message that was not understood and for details sent without a word. The nets are a
choice of the core, not understanding, so a second pair of figures leaves them out.

A person counts as wanted when the leading intent asks for one or for a call: only these lead to
a person by themselves (data/handoff.yml).
"""

from collections.abc import Sequence

from benchmarks.ruler.rows import Answers, Row, Ruler
from benchmarks.ruler.scores import Measured, macro_f1, share, tallies
from complaints.heard import COMPLAIN, Heard

# The labels of categories.jsonl that each of our categories stands for (its README). Two of the
# five labels are one category with us, so they are scored as one: "cannot cancel or use the
# account". Our other categories answer to no label: there they are wrong.
LABEL_OF = {
    "wrong_charge": "billing_or_refund",
    "late_delivery": "late_or_missing_delivery",
    "damaged_item": "damaged_or_faulty",
    "account_problem": "cancellation or account",
}
_MERGED = {
    "cancellation": "cancellation or account",
    "account_or_technical": "cancellation or account",
}
_NETS = ("nlu_fallback", "inform", "correct")
_PERSON = ("ask_for_person", "ask_call_back")


def measure_complaints(ruler: Ruler, answers: Answers) -> Measured:
    """Recall on messages that complain, false alarms on those that do not."""
    measured = Measured()
    for title, is_complaint, recall, alarms in (
        ("opens a case", _opens_a_case, "≥ 0.93", "≤ 0.08"),
        ("heard as one, nets apart", _heard_as_complaint, "", ""),
    ):
        heard = [row for row in ruler.openers if is_complaint(row, answers)]
        false = [row for row in ruler.not_complaints if is_complaint(row, answers)]
        measured.figure(
            f"{title}: recall", len(ruler.openers), share(len(heard), len(ruler.openers)), recall
        )
        measured.figure(
            f"{title}: false alarms",
            len(ruler.not_complaints),
            share(len(false), len(ruler.not_complaints)),
            alarms,
        )
    measured.figure(
        "heard by sum, at 0.08 false alarms: recall", len(ruler.openers), _at_best(ruler, answers)
    )
    for row in ruler.openers:
        if not _opens_a_case(row, answers):
            measured.mistake(f"complaint missed, taken for {_lead(row, answers)}", "", row)
    for row in ruler.not_complaints:
        if _opens_a_case(row, answers):
            measured.mistake(f"false alarm on {row['label']}", _lead(row, answers), row)
    return measured


def measure_categories(ruler: Ruler, answers: Answers) -> Measured:
    """The first category the case would get, against the label; per class, macro, and by mapping."""
    measured = Measured()
    rows = ruler.categories
    gold = [_merged(row["label"]) for row in rows]
    guessed = [_first_category(row, answers) for row in rows]
    labels = [_label(guess) for guess in guessed]
    for name, tally in tallies(gold, labels).items():
        count = gold.count(name)
        measured.figure(f"{name}: precision", count, tally.precision)
        measured.figure(f"{name}: recall", count, tally.recall)
        measured.figure(f"{name}: F1", count, tally.f1)
    measured.figure("macro F1, all rows", len(rows), _macro(gold, labels), "≥ 0.80")
    for mapping in ("direct", "analogous"):
        places = [place for place, row in enumerate(rows) if row["mapping"] == mapping]
        score = _macro([gold[place] for place in places], [labels[place] for place in places])
        measured.figure(f"macro F1, {mapping} rows", len(places), score)
    measured.figure(
        "a category was heard at all", len(rows), share(sum(map(bool, guessed)), len(rows))
    )
    surest = [_label(_surest_category(row, answers)) for row in rows]
    measured.figure("macro F1, were each taken for a complaint", len(rows), _macro(gold, surest))
    for row, right, label in zip(rows, gold, labels, strict=True):
        if label != right:
            measured.mistake(
                f"{right} ({row['source_label'] or '-'})",
                label or f"no complaint but {_lead(row, answers)}",
                row,
            )
    return measured


def measure_person(ruler: Ruler, answers: Answers) -> Measured:
    """A person is wanted, is not wanted, and is refused."""
    measured = Measured()
    wanted = [row for row in ruler.human_requests if row["wants_human"]]
    explicit = [row for row in wanted if row["explicit"]]
    implied = [row for row in wanted if not row["explicit"]]
    refused = [row for row in ruler.human_requests if not row["wants_human"]]
    for title, rows, reach in (
        ("asked for in so many words: recall", explicit, "≥ 0.97"),
        ("only hinted at: recall", implied, ""),
        ("refused: still sent for one", refused, ""),
        ("openers: false alarms", ruler.openers, "≤ 0.01"),
        ("no complaints: false alarms", ruler.not_complaints, ""),
    ):
        sent = [row for row in rows if _wants_person(row, answers)]
        measured.figure(title, len(rows), share(len(sent), len(rows)), reach)
    for row in explicit:
        if not _wants_person(row, answers):
            measured.mistake("person asked for", _lead(row, answers), row)
    for row in [*refused, *ruler.openers, *ruler.not_complaints]:
        if _wants_person(row, answers):
            measured.mistake("person not asked for", _lead(row, answers), row)
    return measured


def _heard(row: Row, answers: Answers) -> Heard:
    return Heard.from_rasa({**answers.to(row), "metadata": {"message_id": "1"}})


def _opens_a_case(row: Row, answers: Answers) -> bool:
    return _heard(row, answers).opens_a_case


def _heard_as_complaint(row: Row, answers: Answers) -> bool:
    heard = _heard(row, answers)
    return heard.opens_a_case and (heard.intent not in _NETS or bool(heard.categories))


def _at_best(ruler: Ruler, answers: Answers, alarms: float = 0.08) -> float:
    """Recall were the threshold free: the confidence of all intents that open a case, added up.

    It tells sentences from thresholds: while it is low, no threshold will do.
    """
    calm = sorted((_likelihood(row, answers) for row in ruler.not_complaints), reverse=True)
    if not calm:
        return share(0, 0)
    threshold = calm[int(alarms * len(calm))]
    heard = [row for row in ruler.openers if _likelihood(row, answers) > threshold]
    return share(len(heard), len(ruler.openers))


def _likelihood(row: Row, answers: Answers) -> float:
    ranking = answers.to(row).get("intent_ranking") or []
    return sum(
        guess["confidence"] for guess in ranking if Heard("1", "", guess["name"]).opens_a_case
    )


def _first_category(row: Row, answers: Answers) -> str | None:
    return next(iter(_heard(row, answers).categories), None)


def _surest_category(row: Row, answers: Answers) -> str | None:
    """The first complaint in the ranking, however unsure: which one, were it known to be one."""
    if heard := _first_category(row, answers):
        return heard
    ranking = answers.to(row)["intent_ranking"] or []
    names = (guess["name"] for guess in ranking)
    return next((name.removeprefix(COMPLAIN) for name in names if name.startswith(COMPLAIN)), None)


def _merged(label: str) -> str:
    return _MERGED.get(label, label)


def _label(category: str | None) -> str | None:
    return LABEL_OF.get(category, category) if category else None


def _wants_person(row: Row, answers: Answers) -> bool:
    return _lead(row, answers) in _PERSON


def _lead(row: Row, answers: Answers) -> str:
    return (answers.to(row)["intent"] or {}).get("name") or "nothing"


def _macro(gold: Sequence[str], guessed: Sequence[str | None]) -> float:
    return macro_f1(tallies(gold, guessed).values())
