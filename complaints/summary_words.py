"""How the summary says what the record holds in codes. Agents read it, not customers."""

from complaints.case import CaseStatus, OfferStatus
from complaints.handoff import HandoffReason
from complaints.policy import Policy
from complaints.promise import PromiseState
from complaints.question import Question

MOODS = ("calm", "annoyed", "angry", "furious")
WHY = {
    HandoffReason.ASKED: "they asked for a person",
    HandoffReason.CALL_BACK: "they asked to be called",
    HandoffReason.POLICY: "policy wants a person on it",
    HandoffReason.NOTHING_SUITS: "nothing that was offered suits them",
    HandoffReason.NOT_UNDERSTOOD: "the assistant did not understand them twice in a row",
    HandoffReason.NOT_PROVED: "they could not show that the order is theirs",
    HandoffReason.CASE_NOT_PROVED: "they came back for a case and could not show it is theirs",
    HandoffReason.NO_ORDER: "their order was not found",
    HandoffReason.PROMISED: "they chose something that only a person can do",
    HandoffReason.STILL_WRONG: "it is still not right: a second failure",
    HandoffReason.DANGER: "safety and care before all else",
    HandoffReason.CHANGED_MIND: "they want something else than what was settled",
    HandoffReason.LANGUAGE: "they write in a language that the assistant cannot read",
    HandoffReason.BROKEN: "something of ours failed while they wrote",
    HandoffReason.STEPPED_IN: "a person stepped in",
    HandoffReason.RUNS_LATE: "what was promised runs late; they were told the new date",
    HandoffReason.LATE_AGAIN: "what was promised is late for the second time",
    HandoffReason.OVERDUE: "what was promised is overdue",
    HandoffReason.SHOP_REFUSED: "the shop will not do what was promised",
    HandoffReason.SHOP_SILENT: "nobody could find out whether what was promised is in time",
}
ANSWERS = {
    OfferStatus.PENDING: "no answer yet",
    OfferStatus.ACCEPTED: "yes",
    OfferStatus.DECLINED: "no",
}
PROMISES = {
    "first_reply_by_a_person": "a person's answer",
    "goodwill": "a voucher as a kindness",
    "invitation": "a voucher as an invitation back",
    "next_word": "to hear from us",
    "put_right": "to have it put right",
    "resolve": "to have it settled",
}
STATES = {
    PromiseState.PENDING: "open",
    PromiseState.MET: "kept",
    PromiseState.BREACHED: "broken",
}
PROOFS = {
    "postcode": "the postcode matched the order",
    "email": "the e-mail address matched the order",
    "signed_in": "signed in to the shop",
    "person": "one of us made sure",
}
OPEN = {
    Question.STORY: "what happened",
    Question.CATEGORY: "what kind of complaint it is",
    Question.ORDER_NUMBER: "which order it is about",
    Question.EMAIL_AND_POSTCODE: "which order it is about; they have no number",
    Question.WHICH_ORDER: "which of their orders it is",
    Question.PROOF: "proof that the order is theirs",
    Question.ITEM: "which thing of the order",
    Question.PHOTO: "a photo of it",
    Question.EMAIL: "their e-mail address",
    Question.WISH: "what would put it right",
    Question.CHOICE: "how it is put right",
    Question.PHONE: "a number to call",
}
STANDS = {
    CaseStatus.LISTENING: "open",
    CaseStatus.NEXT: "noted, not begun",
    CaseStatus.RESOLVING: "settled, under way",
    CaseStatus.WITH_PERSON: "with a person",
    CaseStatus.WITHDRAWN: "withdrawn",
}
LACKS = {
    Question.ORDER_NUMBER: "order number",
    Question.EMAIL_AND_POSTCODE: "e-mail address and postcode",
    Question.WHICH_ORDER: "which of their orders",
    Question.PROOF: "proof",
    Question.ITEM: "which thing",
    Question.PHOTO: "photo",
    Question.EMAIL: "e-mail address",
    Question.WISH: "what would put it right",
    Question.PHONE: "telephone number",
}
FACTS = {
    "customer_name": "name",
    "wish": "what would put it right",
    "order_number": "order number",
    "happened_on": "since when",
    "deadline": "needed by",
    "email": "e-mail",
}


def label_of(kind: str, policy: Policy) -> str:
    """What was offered or promised, as it is called: "a replacement", "to hear from us"."""
    remedy = policy.remedies.get(kind)
    return PROMISES.get(kind) or (remedy.label if remedy else kind.replace("_", " "))
