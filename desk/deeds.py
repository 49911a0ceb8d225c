"""What a form of the case page does: one verb of the casebook each, and what is said after it."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from complaints.casebook import Casebook
from complaints.errors import NotAllowed
from complaints.money import Money
from complaints.question import Question
from desk.gate import Form

Deed = Callable[[Casebook, str, str, Form], str]


def take_over(book: Casebook, reference: str, by: str, form: Form) -> str:
    book.take_over(reference, by, form["key"])
    return "It is yours; the assistant is silent."


def reply(book: Casebook, reference: str, by: str, form: Form) -> str:
    book.reply(reference, by, form["text"], form["key"])
    return "Sent."


def note(book: Casebook, reference: str, by: str, form: Form) -> str:
    book.note(reference, by, form["text"], form["key"])
    return "Noted, for colleagues only."


def offer_remedy(book: Casebook, reference: str, by: str, form: Form) -> str:
    amount = form["amount"].strip()
    currency = book.policy.goodwill.per_case.currency
    book.offer_remedy(
        reference, by, form["kind"], form["key"],
        Money.parse(amount, currency) if amount else None, form["reason"].strip() or None,
    )  # fmt: skip
    return "Offered, with a button to accept it."


def withdraw_offer(book: Casebook, reference: str, by: str, form: Form) -> str:
    book.withdraw_offer(reference, by, form.number("offer"), form["key"])
    return "Withdrawn. Tell the customer why."


def agree(book: Casebook, reference: str, by: str, form: Form) -> str:
    book.agree(reference, by, form.number("offer"), form["key"])
    return "Settled, promised and confirmed to the customer."


def make_promise(book: Casebook, reference: str, by: str, form: Form) -> str:
    book.make_promise(reference, by, form["kind"], _due(book, form), form["key"])
    return "Promised; the customer was told."


def move_promise(book: Casebook, reference: str, by: str, form: Form) -> str:
    number = form.number("promise")
    book.move_promise(reference, by, number, _due(book, form), form["because"], form["key"])
    return "Moved; the customer was told the new time and why."


def keep_promise(book: Casebook, reference: str, by: str, form: Form) -> str:
    book.keep_promise(reference, by, form.number("promise"), form["key"])
    return "Kept."


def correct_fact(book: Casebook, reference: str, by: str, form: Form) -> str:
    book.correct_fact(reference, by, form["name"], form["value"], form["key"])
    return "Put right."


def vouch(book: Casebook, reference: str, by: str, form: Form) -> str:
    if not form["how"].strip():
        raise NotAllowed("say how you made sure, for the record")
    order = book.vouch(reference, by, form["how"].strip(), form["key"])
    return f"Order {order.number} is theirs, on your word."


def hand_back(book: Casebook, reference: str, by: str, form: Form) -> str:
    known = set(Question)
    ask = [Question(name) for name in form.all("ask") if name in known]
    book.hand_back(reference, by, form["note"], form["key"], ask)
    return "Handed back; the assistant goes on."


def transfer(book: Casebook, reference: str, by: str, form: Form) -> str:
    taken = book.transfer(reference, by, form["to"], form["key"], form["note"])
    return f"{taken.name} has it now."


def close(book: Casebook, reference: str, by: str, form: Form) -> str:
    outcome, cause = form["outcome"], form["root_cause"]
    book.close(reference, by, outcome, form["reason"], cause, form["key"])
    return "Closed; the customer was told how to come back."


def reopen(book: Casebook, reference: str, by: str, form: Form) -> str:
    book.reopen(reference, by, form["key"])
    return "Open again, and yours."


DEEDS: dict[str, Deed] = {
    deed.__name__: deed
    for deed in (
        take_over, reply, note, offer_remedy, withdraw_offer, agree, make_promise, move_promise,
        keep_promise, correct_fact, vouch, hand_back, transfer, close, reopen,
    )
}  # fmt: skip


def _due(book: Casebook, form: Form) -> date | datetime:
    """A day, or with a time an hour of it, as clocks go where the shop is."""
    zone = ZoneInfo(book.policy.zone)
    try:
        day = date.fromisoformat(form["day"])
        if not form["time"]:
            return day
        return datetime.combine(day, time.fromisoformat(form["time"]), zone)
    except ValueError:
        raise NotAllowed("choose a day, such as 2026-11-28, and if need be a time") from None
