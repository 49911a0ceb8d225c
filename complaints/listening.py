"""Listening: everything a message says goes into the case, whatever was being asked (R7)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from complaints import own_words
from complaints.case import Case, CaseStatus
from complaints.heard import Heard
from complaints.mentioned import match_line
from complaints.orders import Order, plain_number, proves
from complaints.question import Question

_SHORT = 3  # words; shorter is no story and no wish by itself
_ANOTHER = re.compile(
    r"\b(also|another (?:thing|problem|issue|order|complaint)|second (?:thing|problem|issue|complaint)|"
    r"other (?:thing|problem|issue|complaint)|as well|on top of that|and then there|separate(?:ly)?|besides|"
    r"one more (?:thing|problem))\b",
    re.IGNORECASE,
)


@dataclass
class TakenIn:
    """What one message added to a case."""

    learned: set[str] = field(default_factory=set)  # fields that are new or changed
    answered: Question | None = None
    proof: str | None = None  # proved, failed, failed_again


def is_about_something_else(case: Case, heard: Heard) -> bool:
    """Whether the message complains of a second thing rather than saying more of the first."""
    if not heard.categories or not case.category or not case.story:
        return False
    number = heard.detail("order_number")
    if number and case.order_number and plain_number(number) != plain_number(case.order_number):
        return case.is_proved
    new_category = heard.categories[0] != case.category
    return new_category and bool(_ANOTHER.search(heard.words)) and case.pending != Question.STORY


def is_still_wrong(settled: Case, heard: Heard) -> bool:
    """Whether the message complains once more of what we had already settled (R16)."""
    if settled.status not in (CaseStatus.RESOLVING, CaseStatus.CLOSED):
        return False
    if heard.intent == "report_still_wrong":
        return True
    number = heard.detail("order_number")
    another = bool(_ANOTHER.search(heard.words)) or (
        number and plain_number(number) != plain_number(settled.order_number)
    )
    return settled.category in heard.categories and not another


def take_in(
    case: Case, heard: Heard, named: Order | None, candidates: Sequence[Order], now: datetime
) -> TakenIn:
    """Writes into the case what the message says.

    1. Every detail, in any order, whatever was asked.
    2. If it answers the open question, its words are the answer.
    3. If it shows that the order is theirs, that is noted.

    `named` is the shop's order of the number they gave, if there is one.
    """
    taken = TakenIn()
    case.heat = max(case.heat, heard.heat)
    case.danger = heard.danger or case.danger
    _note_details(case, heard, taken)
    _note_category(case, heard, taken)
    _note_words(case, heard, taken)
    question = Question(case.pending) if case.pending else None
    if question and not heard.is_aside:
        _take_answer(question, case, heard, taken, now)
    _check_proof(case, heard, named, question, taken)
    _choose_candidate(case, candidates, taken)
    order = named or next((o for o in candidates if o.number == case.order_number), None)
    _recognise_line(case, order, taken)
    if question and taken.answered is None and _answered_by_details(question, taken):
        taken.answered = question
    return taken


def _note_details(case: Case, heard: Heard, taken: TakenIn) -> None:
    values = {
        "order_number": heard.detail("order_number"),
        "email": heard.detail("email"),
        "phone": heard.detail("phone"),
        "postcode": heard.detail("postcode"),
        "customer_name": heard.detail("person_name"),
        "item": _item(heard),
        "sku": heard.detail("sku"),
        "happened_on": heard.date("date"),
        "deadline": heard.date("deadline"),
    }
    if case.item and heard.intent != "correct" and case.pending != Question.ITEM:
        values["item"] = None  # the first name they gave it is the one to use
    if case.is_proved and case.customer_name:
        values["customer_name"] = None
    for name, value in values.items():
        if value and value != getattr(case, name):
            if name == "order_number":
                case.proved_by, case.sku = None, None
            setattr(case, name, value)
            taken.learned.add(name)
    if (amount := heard.money()) and amount != case.claimed:
        case.amount, case.currency = str(amount.amount), amount.currency
        taken.learned.add("amount")
    if case.pending != Question.CHOICE:
        _note_kinds(case, heard, taken)


def _item(heard: Heard) -> str | None:
    named = heard.details.get("item", ())
    if not named:
        return None
    first = str(named[0])  # what they bought is named before what came instead
    return first.lower() if first.isupper() else first


def _note_kinds(case: Case, heard: Heard, taken: TakenIn) -> None:
    refused = set(heard.details.get("refused_remedy", ()))
    wished = [kind for kind in heard.details.get("remedy", ()) if kind not in refused]
    for kind in refused - set(case.refused_kinds):
        case.refused_kinds.append(kind)
        taken.learned.add("refused_kinds")
    if case.pending in (Question.WISH, Question.CONFIRMATION) and wished:
        case.wish_kinds = []  # asked again, they may have changed their mind
    for kind in wished:
        if kind not in case.wish_kinds:
            case.wish_kinds.append(kind)
            taken.learned.add("wish_kinds")
        if kind in case.refused_kinds:
            case.refused_kinds.remove(kind)
    case.wish_kinds = [kind for kind in case.wish_kinds if kind not in refused]


def _note_category(case: Case, heard: Heard, taken: TakenIn) -> None:
    for category in heard.categories:
        if case.category is None:
            case.category = category
            taken.learned.add("category")
        elif category != case.category and category not in case.other_categories:
            case.other_categories.append(category)


def _note_words(case: Case, heard: Heard, taken: TakenIn) -> None:
    words = heard.words
    if not words:
        return
    tells = heard.categories or heard.intent in ("report_danger", "report_still_wrong")
    if tells and words not in case.story:
        case.add_to_story(words)
        case.gist = case.gist or own_words.gist(words, heard.sentences)
        taken.learned.add("story")
    if (found := own_words.impact(words)) and not case.impact:
        case.impact = found
        taken.learned.add("impact")
    if (damage := own_words.damage(words)) and not case.damage:
        case.damage = {"thing": damage.thing, "state": damage.state}
    if not case.wish and case.pending not in (Question.WISH, Question.CHOICE):
        wished = own_words.wish(words, heard.sentences)
        if wished and (
            case.wish_kinds or heard.intent == "express_wish" or "express_wish" in heard.also
        ):
            case.wish = wished
            taken.learned.add("wish")


def _take_answer(
    question: Question, case: Case, heard: Heard, taken: TakenIn, now: datetime
) -> None:
    words = heard.words
    enough = len(words.split()) >= _SHORT
    venting = heard.heat >= 2 and bool(heard.categories) and not own_words.wish(words)
    if (
        question is Question.STORY
        and (enough or heard.categories)
        and heard.intent not in ("affirm", "deny")
    ):
        case.add_to_story(words)
        taken.answered = question
    elif question is Question.WISH and _can_be_a_wish(heard) and not venting:
        case.wish = own_words.trimmed(words, most=400)
        taken.answered = question
        taken.learned.add("wish")
    elif question is Question.CATEGORY and heard.categories:
        taken.answered = question
    elif question is Question.CONFIRMATION and words and heard.intent not in ("affirm", "deny"):
        case.add_to_story(words)
        taken.answered = question
    elif question is Question.ORDER_NUMBER and not case.order_number:
        digits = re.search(r"\b[A-Za-z]{0,3}[-\s#]?\d{4,}\b", words)
        if digits:
            case.order_number = digits.group().upper()
            taken.learned.add("order_number")
            taken.answered = question
    elif question is Question.ITEM and not heard.pressed and words and not case.sku:
        case.item = own_words.trimmed(words, most=80)
        taken.learned.add("item")
    elif question is Question.PHONE and not case.phone:
        digits = re.sub(r"[^\d+]", "", words)
        if len(digits) >= 7:
            case.phone = digits
            taken.answered = question


def _can_be_a_wish(heard: Heard) -> bool:
    if heard.intent in ("affirm", "deny") or not any(sign.isalpha() for sign in heard.words):
        return False
    return not (heard.intent == "out_of_scope" and heard.words.endswith("?"))


_DETAILS_OF = {
    Question.CATEGORY: {"category"},
    Question.ORDER_NUMBER: {"order_number"},
    Question.EMAIL_AND_POSTCODE: {"email", "postcode", "order_number"},
    Question.WHICH_ORDER: {"order_number"},
    Question.ITEM: {"sku"},
    Question.WISH: {"wish", "wish_kinds"},
    Question.PHONE: {"phone"},
    Question.EMAIL: {"email"},
    Question.STORY: {"story"},
}


def _answered_by_details(question: Question, taken: TakenIn) -> bool:
    if question is Question.PROOF:
        return taken.proof is not None
    return bool(_DETAILS_OF.get(question, set()) & taken.learned)


def _check_proof(
    case: Case, heard: Heard, named: Order | None, question: Question | None, taken: TakenIn
) -> None:
    if case.is_proved or not case.order_number:
        return
    tried = {"order_number", "postcode", "email"} & taken.learned
    postcode, email = case.postcode, case.email
    if (
        question is Question.PROOF
        and not tried
        and not heard.is_aside
        and _looks_like_a_code(heard.words)
    ):
        postcode, tried = heard.words, {"postcode"}
    if not tried or not (postcode or email):
        return
    if named is not None and proves(named, postcode=postcode, email=email):
        case.proved_by = "postcode" if proves(named, postcode=postcode) else "email"
        _adopt(case, named)
        taken.proof = "proved"
    elif question in (Question.PROOF, Question.EMAIL_AND_POSTCODE):
        # Only counted when we had asked: an e-mail address in the first message may simply
        # be another one than they ordered with.
        case.proof_failures += 1
        taken.proof = "failed" if case.proof_failures == 1 else "failed_again"


def _looks_like_a_code(words: str) -> bool:
    return bool(words) and len(words) <= 12 and any(sign.isdigit() for sign in words)


def _choose_candidate(case: Case, candidates: Sequence[Order], taken: TakenIn) -> None:
    """Takes the customer's own order when it can only be the one, or they named it."""
    if case.is_proved or not candidates:
        return
    chosen = None
    if case.order_number:
        chosen = next(
            (o for o in candidates if plain_number(o.number) == plain_number(case.order_number)),
            None,
        )
    elif len(candidates) == 1:
        chosen = candidates[0]
    else:
        told = " ".join(filter(None, [case.item, *case.story]))
        matching = [order for order in candidates if match_line(order, told)]
        chosen = matching[0] if len(matching) == 1 else None
    if chosen:
        case.order_number = chosen.number
        case.proved_by = "email" if case.customer_id is None else "signed_in"
        _adopt(case, chosen)
        taken.learned.add("order_number")
        taken.proof = "proved"


def _adopt(case: Case, order: Order) -> None:
    """What the shop knows of a proved customer need not be asked."""
    case.order_number = order.number
    case.customer_id = case.customer_id or order.customer_id
    case.customer_name = order.customer_name
    case.email = case.email or order.email
    case.phone = case.phone or order.phone
    case.postcode = case.postcode or order.postcode


def _recognise_line(case: Case, order: Order | None, taken: TakenIn) -> None:
    if not case.is_proved or order is None or case.sku:
        return
    if len(order.lines) == 1:
        line = order.lines[0]
    else:
        line = (case.item and match_line(order, case.item)) or match_line(
            order, " ".join(case.story)
        )
    if line:
        case.sku = line.sku
        taken.learned.add("sku")
