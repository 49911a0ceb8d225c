"""Proving that an order is theirs, before anything about it is said.

One right fact is enough: the postcode it went to, the e-mail address on it, or the host site's
word for a signed-in customer. What was wrong is never told.
"""

import re
from collections.abc import Sequence

from complaints import speech_acts
from complaints.case import Case
from complaints.heard import Heard
from complaints.mentioned import complained_of, match_line, mentioned
from complaints.orders import Order, plain_number, plain_postcode, proves
from complaints.question import Question

PROVED, NOT_PROVED, NOT_FOUND = "proved", "failed", "not_found"
_LONGEST_CODE = 12  # characters of an answer that is meant as a postcode
_NOT_THE = re.compile(r"\b(?:not|instead of|rather than) (?:the|my|a|an) [^.,;!?]*", re.IGNORECASE)
_FEW = 6  # words round it


def try_proof(
    case: Case, heard: Heard, named: Order | None, question: Question | None, learned: set[str]
) -> str | None:
    """Compares what they gave with the order; says proved, failed, or None when nothing was tried.

    Only counted as failed when we had asked: an e-mail address in the first message may
    simply be another one than they ordered with.
    """
    if case.is_proved or not case.order_number:
        return None
    if named and heard.words and plain_postcode(named.postcode) in plain_postcode(heard.words):
        case.postcode = named.postcode  # "L4 0TH" may look like anything, but it is theirs
        learned.add("postcode")
    given = learned | set(heard.details) if question is Question.PROOF else learned
    tried = {"order_number", "postcode", "email"} & given
    postcode = case.postcode
    if question is Question.PROOF and not tried and not heard.is_aside and _is_a_code(heard.words):
        postcode, tried = heard.words, {"postcode"}
    if not tried or not (postcode or case.email):
        return None
    if named is not None and proves(named, postcode=postcode, email=case.email):
        by_postcode = proves(named, postcode=postcode)
        adopt(case, named, "postcode" if by_postcode else "email")
        return PROVED
    if question not in (Question.PROOF, Question.EMAIL_AND_POSTCODE, Question.WHICH_ORDER):
        # Said, and not counted: nobody had asked.
        return NOT_PROVED if {"order_number", "postcode"} <= learned else None
    case.proof_failures += 1
    return NOT_PROVED


def try_candidates(
    case: Case, candidates: Sequence[Order], question: Question | None, learned: set[str]
) -> str | None:
    """Takes the customer's own order when it can only be one, or they named it or what is in it."""
    if case.is_proved:
        return None
    if not candidates:
        looked = question is Question.EMAIL_AND_POSTCODE and bool({"email", "postcode"} & learned)
        if looked and case.email and case.postcode and not case.order_number:
            case.proof_failures += 1
            return NOT_FOUND
        return None
    if case.order_number:
        number = plain_number(case.order_number)
        fitting = [order for order in candidates if plain_number(order.number) == number]
    elif len(candidates) == 1:
        fitting = list(candidates)
    else:
        told = " ".join(filter(None, [case.item, *case.story]))
        fitting = [order for order in candidates if mentioned(order, told)]
    if len(fitting) != 1:
        return None
    adopt(case, fitting[0], "signed_in" if case.customer_id else "email")
    learned.add("order_number")
    return PROVED


def prove_again(case: Case, named: Order | None) -> None:
    """Tries what is known of the customer on the order of a further complaint."""
    if named and proves(
        named, postcode=case.postcode, email=case.email, customer_id=case.customer_id
    ):
        adopt(case, named, "postcode" if proves(named, postcode=case.postcode) else "email")
        recognise_line(case, named)


def adopt(case: Case, order: Order, proved_by: str) -> None:
    """What the shop knows of a proved customer need not be asked."""
    case.proved_by = proved_by
    case.order_number = order.number
    case.customer_id = case.customer_id or order.customer_id
    case.customer_name = order.customer_name
    for name in ("email", "phone", "postcode"):
        if getattr(case, name) is None and getattr(order, name):
            setattr(case, name, getattr(order, name))
            case.from_shop.append(name)


def recognise_line(case: Case, order: Order | None) -> bool:
    """Which thing of a proved order it is about, if their words say so; True when newly known.

    Where they complain of everything in it, it is about the whole order.
    """
    if not case.is_proved or order is None or case.sku or Question.ITEM in case.without:
        return False
    told = " ".join(case.story)
    lines = order.lines if len(order.lines) == 1 else complained_of(order, told)
    if len(lines) == len(order.lines) > 1:
        case.item = None
        case.without.append(Question.ITEM)
        return True
    line = lines[0] if len(lines) == 1 else None
    if not lines:  # they name it by the way, or in words of their own
        line = (match_line(order, case.item) if case.item else None) or match_line(order, told)
    if line:
        case.sku = line.sku
    return line is not None


def is_a_code_of_another_land(case: Case, heard: Heard, named: Order | None) -> bool:
    """Whether "560034", asked for a postcode, was taken for another order number."""
    number = heard.detail("order_number")
    if case.pending != Question.PROOF or number is None or named is not None:
        return False
    return plain_number(str(number)).isdigit() and len(heard.words.split()) <= _FEW


def correct_line(case: Case, heard: Heard, order: Order | None) -> bool:
    """ "No, I said the kettle": another thing of the same order is meant; True when changed."""
    if not case.is_proved or order is None or not case.sku or not heard.words:
        return False
    correcting = (
        heard.intent == "correct"
        or case.pending == Question.CONFIRMATION
        or speech_acts.corrects(heard.words)
    )
    if not correcting:
        return False
    # "It's a mug, not the towels": what it is not is named too, and so may be what we had.
    named = _NOT_THE.sub("", heard.words)
    meant = complained_of(order, named) or mentioned(order, named)
    others = [line for line in meant if line.sku != case.sku]
    if len(others) != 1:
        return False
    case.sku, case.item = others[0].sku, None
    return True


def _is_a_code(words: str) -> bool:
    return 0 < len(words) <= _LONGEST_CODE and any(sign.isdigit() for sign in words)
