"""Noting: the details of a message go where they belong in a case, whatever was being asked (R7)."""

from complaints import lacking, naming, speech_acts
from complaints.case import Case, OfferStatus
from complaints.heard import Heard
from complaints.question import Question


def note_details(case: Case, heard: Heard, learned: set[str]) -> None:
    """Writes every detail into the case; `learned` gets the fields that are new or changed."""
    values = {
        "order_number": None if _of_no_order(case, heard) else heard.detail("order_number"),
        "email": heard.detail("email"),
        "phone": heard.detail("phone"),
        "postcode": heard.detail("postcode"),
        "customer_name": None if case.is_proved else heard.detail("person_name"),
        "item": naming.item(case, heard),
        "sku": heard.detail("sku"),
        "happened_on": heard.date("date"),
        "deadline": heard.date("deadline"),
    }
    for name, value in values.items():
        if value and value != getattr(case, name):
            if name == "order_number":
                case.proved_by, case.sku = None, None
                clear_the_table(case)
            setattr(case, name, value)
            learned.add(name)
        if value and name in case.from_shop:
            case.from_shop.remove(name)  # they said it themselves
    if case.pending == Question.CHOICE:
        return  # a sum or a wish said now is about the offers, see resolution.py
    amount = None if case.claimed and heard.adds_a_sum else heard.money()
    if amount and amount != case.claimed:
        case.amount, case.currency = str(amount.amount), amount.currency
        learned.add("amount")
    _note_kinds(case, heard, learned)


def _of_no_order(case: Case, heard: Heard) -> bool:
    asked = case.pending in lacking.ABOUT_AN_ORDER
    return lacking.has_no_order(heard.words) or (asked and lacking.bought_nothing(heard.words))


def _note_kinds(case: Case, heard: Heard, learned: set[str]) -> None:
    refused = set(heard.details.get("refused_remedy", ()))
    wished = [kind for kind in heard.details.get("remedy", ()) if kind not in refused]
    asked = case.pending in (Question.WISH, Question.CONFIRMATION)
    if asked and wished and set(wished) != set(case.wish_kinds):
        case.wish_kinds = []  # asked again, they may have changed their mind
    for kind in refused - set(case.refused_kinds):
        case.refused_kinds.append(kind)
        learned.add("refused_kinds")
    for kind in wished:
        if kind not in case.wish_kinds:
            case.wish_kinds.append(kind)
            learned.add("wish_kinds")
        if kind in case.refused_kinds:
            case.refused_kinds.remove(kind)
    case.wish_kinds = [kind for kind in case.wish_kinds if kind not in refused]


def note_category(case: Case, heard: Heard, learned: set[str]) -> None:
    """What kind of complaint it is, and what else it complains of."""
    awaited = "order_number" in heard.details and speech_acts.asks_when(heard.words)
    for category in heard.categories or (("late_delivery",) if awaited else ()):
        if case.category is None:
            case.category = category
            learned.add("category")
        elif case.pending in (Question.WISH, Question.CHOICE) and "remedy" in heard.details:
            return  # "just refund me" is what they want, not a second thing that went wrong
        elif category != case.category and category not in case.other_categories:
            case.other_categories.append(category)


def clear_the_table(case: Case) -> None:
    """Offers for the wrong thing are no offers; others are made."""
    for offer in case.pending_offers():
        offer.status = OfferStatus.LAPSED
