"""What customers say that they do not have, or will not give: it is not asked for again."""

import re

from complaints.case import Case
from complaints.question import Question

ABOUT_AN_ORDER = (Question.ORDER_NUMBER, Question.PROOF, Question.EMAIL_AND_POSTCODE)
_NO_NUMBER = re.compile(
    r"\b(?:don['’]?t|do not|haven['’]?t|have no|no|lost|without)\b[\w\s'’]{0,20}\border (?:number|no|id|ref)"
    r"|\b(?:don['’]?t|do not|haven['’]?t) (?:have|got|know|remember) (?:the|my|any|an) (?:order )?number\b",
    re.IGNORECASE,
)
_KEEPS_BACK = re.compile(
    r"\b(?:don['’]?t want to|won['’]?t|not (?:going to|gonna|willing to)|rather not|refuse to|not comfortable)"
    r"\b[^.!?]{0,25}\b(?:giv\w+|shar\w+|tell\w*|send\w*)\b[^.!?]{0,20}\b(?:e-?mail|address|postcode|details|data)",
    re.IGNORECASE,
)
# A flight, a line, a membership: where nothing was ordered there is nothing to look up.
_NO_ORDER = re.compile(
    r"\b(?:there(?:['’]s| is| was| isn['’]?t| wasn['’]?t)|i(?:['’]ve)?(?: have| had| got)?|(?:it|this|that)(?:['’]s| is| was)?)"
    r" (?:no|not an?|not any|n['’]?t an?|never an?|no such) order\b(?! (?:number|no|id|ref|confirmation|e-?mail))"
    r"|\bnot an? order\b(?! (?:number|no|id|ref))|\b(?:isn|wasn)['’]?t (?:really |actually )?an? order\b|^\W*no order\W*$"
    r"|\b(?:don['’]?t|do not|haven['’]?t|never) (?:have|had|got|placed?|made) (?:an?|any) orders?\b(?! (?:number|no|id|ref|confirmation|e-?mail))",
    re.IGNORECASE,
)
_SOMETHING_ELSE = (
    r"(?:flights?|trains?|bus|tickets?|bank card|debit card|credit card|bank|current account|broadband|internet|wi-?fi|phone line"
    r"|landline|mobile contract|sim|gym|membership|hotel|room|electricity|gas|energy|water|insurance|loan|mortgage|tv licence)"
)
_NOTHING_BOUGHT = re.compile(
    rf"\b(?:it|this|that)(?:['’]s| is| was) (?:about |all about |for )?(?:a |an |my |the |our )?(?:\w+ )?{_SOMETHING_ELSE}\b"
    rf"|\b(?:complain\w*|talking|writing|asking) about (?:a |an |my |the |our )?(?:\w+ )?{_SOMETHING_ELSE}\b"
    r"|\b(?:did ?n['’]?t|did not|haven['’]?t|have not|never) (?:\w+ )?(?:buy|bought|order|ordered|purchase|purchased) anything\b"
    r"|\bnothing was (?:sent|ordered|delivered|bought|posted)\b|\bthere(?:['’]s| is| was) no (?:delivery|parcel|postcode)(?: for (?:it|that|this))?\W*$",
    re.IGNORECASE,
)
_HAS_NONE = re.compile(
    r"\b(?:no|nor|without|neither)\s+(?:an?\s+|my\s+|any\s+|the\s+|got\s+)?(?:order\s+)?"
    r"(?:e-?mails?|address|number|post\s?code|zip|receipt|one)\b"
    r"|\b(?:don['’]?t|do not|doesn['’]?t|haven['’]?t|never|hasn['’]?t)\s+(?:(?:actually|really|even|ever)\s+)?"
    r"(?:have|has|got|had|know|remember|use|do|keep|kept)\b"
    r"|\bcan['’]?t (?:find|remember|recall|see) (?:it|them|that|one|any|the|my)\b|\b(?:lost|threw|binned) (?:it|them|that|the)\b"
    r"|\bpaid (?:in |by |with )?cash\b|\bneither\b",
    re.IGNORECASE,
)
_SHORT_ANSWER = 10  # words


def lacks_order_number(text: str) -> bool:
    """Whether they say by themselves that they have no order number."""
    return bool(_NO_NUMBER.search(text))


def has_no_order(text: str) -> bool:
    """Whether they say that there is no order at all: "it's not an order, it's my internet"."""
    return bool(_NO_ORDER.search(text))


def bought_nothing(text: str) -> bool:
    """Whether they say, asked about an order, that it is about none: "it was a flight"."""
    return bool(_NOTHING_BOUGHT.search(text)) or has_no_order(text)


def has_none(text: str) -> bool:
    """Whether a short answer says that they do not have what was asked for: "no email either"."""
    is_short = len(text.split()) <= _SHORT_ANSWER
    return is_short and bool(_HAS_NONE.search(text) or has_no_order(text))


def keeps_contact_back(text: str) -> bool:
    """Whether they say that they will not give their e-mail address or postcode."""
    return bool(_KEEPS_BACK.search(text))


def note(case: Case, words: str) -> None:
    """Notes what they say by themselves that they do not have of an order."""
    asked = case.pending in ABOUT_AN_ORDER
    if has_no_order(words) or (asked and bought_nothing(words)):
        case.order_number = None if not case.is_proved else case.order_number
        case.without += [Question.ORDER_NUMBER, Question.EMAIL_AND_POSTCODE, Question.PROOF]
    elif lacks_order_number(words) and Question.ORDER_NUMBER not in case.without:
        case.without.append(Question.ORDER_NUMBER)
