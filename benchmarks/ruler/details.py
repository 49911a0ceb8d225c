"""Details found: each kind's precision, recall and F1, where only the exact value is a find.

Measured kinds are those the assistant promises to find; the rows know others (account, policy
and card numbers, addresses), which must not be taken for one of ours.

1. Precision is counted only on sources whose annotation names the kind at all (and on the rows
   that hold no detail): elsewhere a right find would count as wrong.
2. What is found inside a booking reference or an invoice number is no wrong order number: in
   their trade it is one. Such finds are left out.
3. A date is right when it says what the customer said: the day and month of "15 june", whatever
   year; the day of "the 29th"; the very day of "9 days ago", told from the day of the rows.
4. Money is right in amount, and in currency where one was said.
5. For items only recall is measured: not every item in the rows is annotated.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.ruler.rows import Answers, Row, Ruler
from benchmarks.ruler.scores import Measured, Tally

# Their kind → the kinds of ours that answer it.
OURS = {
    "order_number": ("order_number",),
    "email": ("email",),
    "phone": ("phone",),
    "zip": ("postcode",),
    "amount": ("money",),
    "date": ("date", "deadline"),
    "person_name": ("person_name",),
}
REACH = {
    "order_number": "≥ 0.95",
    "email": "≥ 0.97",
    "phone": "≥ 0.97",
    "zip": "≥ 0.97",
    "amount": "≥ 0.95",
    "date": "≥ 0.85",
}
_ALSO_A_DATE = ("date_from", "date_to")
_ORDERS_OF_OTHER_TRADES = ("booking_ref", "invoice_number")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

Found = dict[str, Any]  # one entity of Rasa's
Gold = dict[str, Any]  # one detail of a row


def measure_details(ruler: Ruler, answers: Answers) -> Measured:
    """Precision, recall and F1 of every kind, by exact value."""
    measured = Measured()
    annotated = _sources_by_kind(ruler.details)
    for kind in OURS:
        tally = Tally()
        for row in ruler.details:
            counts_wrong = row["source"] in annotated[kind] or not row["gold"]
            _score(kind, row, answers.to(row)["entities"] or [], counts_wrong, tally, measured)
        rows = tally.right + tally.missed
        name = {"zip": "postcode", "amount": "money"}.get(kind, kind.replace("_", " "))
        measured.figure(f"{name}: precision", rows, tally.precision)
        measured.figure(f"{name}: recall", rows, tally.recall)
        measured.figure(f"{name}: F1", rows, tally.f1, REACH.get(kind, ""))
    _score_items(ruler.details, answers, measured)
    return measured


def _score(
    kind: str, row: Row, entities: list[Found], counts_wrong: bool, tally: Tally, measured: Measured
) -> None:
    wanted = [gold for gold in row["gold"] if _kind(gold) == kind]
    found = [entity for entity in entities if entity["entity"] in OURS[kind]]
    for gold in wanted:
        match = next((entity for entity in found if _is_right(kind, gold, entity)), None)
        if match:
            tally.right += 1
            found.remove(match)
            continue
        tally.missed += 1
        near = [entity for entity in entities if _overlap(gold["span"], entity)]
        as_what = ", ".join(f"{entity['entity']} {entity['value']}" for entity in near) or "nothing"
        measured.mistake(f"{kind} missed", f"“{gold['value']}” as {as_what}", row)
    if not counts_wrong:
        return
    elsewhere = [gold["span"] for gold in row["gold"] if gold["type"] in _ORDERS_OF_OTHER_TRADES]
    for entity in found:
        if kind == "order_number" and any(_overlap(span, entity) for span in elsewhere):
            continue
        # The right place with a wrong value is both: the true one missed, a wrong one found.
        tally.wrong += 1
        if not any(_overlap(gold["span"], entity) for gold in wanted):
            measured.mistake(f"{kind} found where none is marked", str(entity["value"]), row)


def _score_items(rows: list[Row], answers: Answers, measured: Measured) -> None:
    tally = Tally()
    for row in rows:
        items = [found for found in answers.to(row)["entities"] or [] if found["entity"] == "item"]
        for gold in (gold for gold in row["gold"] if gold["type"] == "product"):
            if any(_overlap(gold["span"], item) for item in items):
                tally.right += 1
            else:
                tally.missed += 1
                measured.mistake("item missed", f"“{gold['value']}”", row)
    measured.figure("item: recall", tally.right + tally.missed, tally.recall)


def _sources_by_kind(rows: list[Row]) -> dict[str, set[str]]:
    sources: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for gold in row["gold"]:
            sources[_kind(gold)].add(row["source"])
    return sources


def _kind(gold: Gold) -> str:
    return "date" if gold["type"] in _ALSO_A_DATE else gold["type"]


def _overlap(span: list[int], entity: Found) -> bool:
    return entity["start"] < span[1] and entity["end"] > span[0]


def _is_right(kind: str, gold: Gold, entity: Found) -> bool:
    return _RIGHT[kind](gold, entity["value"]) if _overlap(gold["span"], entity) else False


def _same_letters(gold: Gold, value: Any) -> bool:
    return _letters(gold["value"]) == _letters(value)


def _letters(text: Any) -> str:
    return re.sub(r"[^a-z0-9@._+]", "", str(text).lower().rstrip("."))


def _same_number(gold: Gold, value: Any) -> bool:
    """ "(892) 544-5855" is +18925445855 and "07700 900123" is +447700900123."""
    said, dialled = re.sub(r"\D", "", gold["value"]).lstrip("0"), re.sub(r"\D", "", str(value))
    return bool(said) and dialled.endswith(said)


def _same_money(gold: Gold, value: Any) -> bool:
    told = gold.get("normalized") or {}
    amount = told.get("amount") or float(re.sub(r"[^\d.]", "", gold["value"].replace(",", "")))
    currency = told.get("currency") or ("USD" if "dollar" in gold["value"] else None)
    if abs(float(value["amount"]) - amount) > 0.004:
        return False
    return currency in (None, "ambiguous", value["currency"])


def _same_day(gold: Gold, value: Any) -> bool:
    found = date.fromisoformat(value)
    said = gold["value"].lower()
    month = re.search("|".join(_MONTHS), said)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", said)
    year = re.search(r"\b(?:19|20)\d\d\b", said)
    if month and day:
        same_year = not year or found.year == int(year.group())
        return (found.day, found.month) == (
            int(day.group()),
            _MONTHS.index(month.group()) + 1,
        ) and same_year
    if re.fullmatch(r"(?:the )?\d{1,2}\s?(?:st|nd|rd|th)", said):
        return found.day == int(day.group()) if day else False
    told = gold["normalized"]
    return found == date(told["year"], told["month"], told["day"])


def _same_name(gold: Gold, value: Any) -> bool:
    titles = ("mr", "mrs", "ms", "miss", "dr")
    words = [
        [word for word in re.findall(r"[^\W\d]+", text.lower()) if word not in titles]
        for text in (gold["value"], value)
    ]
    return words[0] == words[1]


_RIGHT: dict[str, Callable[[Gold, Any], bool]] = {
    "order_number": _same_letters,
    "email": _same_letters,
    "phone": _same_number,
    "zip": _same_letters,
    "amount": _same_money,
    "date": _same_day,
    "person_name": _same_name,
}
