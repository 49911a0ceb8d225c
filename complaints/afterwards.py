"""Afterwards: what a customer says of a complaint that was settled, for whoever takes it up.

What was offered, answered and promised stays as it was until a person changes it.
"""

import re
from datetime import datetime

from complaints import own_words, speech_acts
from complaints.case import Case, CaseStatus
from complaints.heard import Heard
from complaints.listening import WANTS
from complaints.orders import plain_number
from complaints.promise import PromiseState
from complaints.refunds import REFUNDS
from complaints.two_things import ANOTHER

_MONEY = r"(?:money|refund|payment|it|that|anything|nothing|the \w+)"
_MISSES_MONEY = re.compile(
    rf"\b{_MONEY}\b[^.!?]*\b(?:\w*n['’]?t|not|never|still|yet)\b[^.!?]*\b(?:account|bank|card|statement|balance|paypal|back|here|through|received|come|arrived|shown?)\b"
    r"|\b(?:still|yet|no|not|never|\w*n['’]?t)\b[^.!?]*\b(?:money|refund)\b"
    r"|\b(?:no|nothing|not)\b[^.!?]*\b(?:in|on) my (?:bank |paypal )?(?:account|bank|card|statement|balance)\b",
    re.IGNORECASE,
)


_UNDOES = re.compile(
    r"\b(?:cancel|stop|undo|take back|reverse) (?:the|that|my|this) (?:refund|replacement|repair|voucher|choice)\b"
    r"|\b(?:i )?(?:did ?n['’]?t|did not|never) (?:want|choose|chose|pick|picked|ask for|asked for|say|said|agree|agreed)\b"
    r"(?: to)? (?:yes|that|the|a|my|any|it|this)\b|\b(?:cancel|undo|stop) (?:that|it|this)\b(?! (?:order|subscription|contract))"
    r"|\bnot what i (?:chose|picked|wanted|asked for|said)\b",
    re.IGNORECASE,
)


def asks_where_it_is(settled: Case, heard: Heard) -> bool:
    """Whether they ask for what was settled, however it sounds: "where is my refund" is no
    second complaint, and opens no second case (R6).
    """
    return bool(
        settled.status == CaseStatus.RESOLVING
        and "remedy" in heard.details
        and speech_acts.asks_when(heard.words)
        and heard.intent != "report_still_wrong"
        and not (_is_of_another(settled, heard) or heard.danger)
    )


def misses_money(heard: Heard) -> bool:
    """Whether they say that money is not there yet: "it's still not in my account"."""
    return bool(_MISSES_MONEY.search(heard.words)) and not heard.danger


def waits_for_money(settled: Case, heard: Heard, now: datetime) -> bool:
    """Whether they miss money that was promised them, and whose day has not passed after it left.

    It is told where it is. Once it left and its day has passed, something is still wrong.
    """
    offer = settled.accepted_offer()
    if settled.status != CaseStatus.RESOLVING or offer is None or offer.kind not in REFUNDS:
        return False
    promise = settled.promise_of(offer)
    lost = promise.state == PromiseState.MET and now > promise.due_at
    return misses_money(heard) and not lost and not _is_of_another(settled, heard)


def is_still_wrong(settled: Case, heard: Heard) -> bool:
    """Whether the message complains once more of what we had already settled (R16)."""
    if settled.status not in (CaseStatus.RESOLVING, CaseStatus.CLOSED):
        return False
    offer = settled.accepted_offer()
    if heard.intent == "report_still_wrong" or (
        offer and offer.kind in REFUNDS and misses_money(heard)
    ):
        return True
    return settled.category in heard.categories and not _is_of_another(settled, heard)


def changes_mind(settled: Case, heard: Heard) -> bool:
    """Whether they want something else than what was settled; that is a person's to change."""
    if _UNDOES.search(heard.words):
        return settled.status == CaseStatus.RESOLVING
    wants = heard.intent in WANTS
    wants |= heard.intent in ("nlu_fallback", "out_of_scope") and "remedy" in heard.details
    return settled.status == CaseStatus.RESOLVING and wants and not heard.categories


def complain_again(settled: Case, heard: Heard) -> None:
    """It is still not right: their words join the story, and how they feel now is known."""
    _feel(settled, heard)
    if heard.words and heard.words not in settled.story:
        settled.story.append(heard.words)
    if wished := own_words.wish(heard.words, heard.sentences):
        settled.wish = wished


def wish_again(settled: Case, heard: Heard) -> None:
    """They would rather have something else: that is what they want, from now on."""
    _feel(settled, heard)
    if kinds := heard.details.get("remedy"):
        settled.wish_kinds = list(kinds)
    if heard.words and (kinds or heard.intent == "express_wish"):
        said = own_words.wish(heard.words, heard.sentences)
        settled.wish = said or own_words.trimmed(heard.words, most=400)


def _is_of_another(settled: Case, heard: Heard) -> bool:
    number = heard.detail("order_number")
    return bool(ANOTHER.search(heard.words)) or bool(
        number and plain_number(number) != plain_number(settled.order_number)
    )


def _feel(settled: Case, heard: Heard) -> None:
    settled.heat = max(settled.heat, heard.heat)
    settled.danger = heard.danger or settled.danger
    settled.impact = settled.impact or own_words.impact(heard.words)
