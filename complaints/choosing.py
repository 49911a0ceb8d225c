"""Choosing: which of the offers on the table a customer means, and a sum they name against them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from complaints import speech_acts
from complaints.case import Case, Offer
from complaints.heard import Heard
from complaints.mentioned import match_part
from complaints.money import Money
from complaints.orders import Order
from complaints.resolution import line_of

_DECLINES = re.compile(r"\b(?:no|not|never|without|instead|rather|\w+n['’]t|dont)\b", re.IGNORECASE)
# "I don't want my money back": a remedy named like this is declined, whatever it was heard as.
_REFUSES = re.compile(
    r"\b(?:do(?:es)?n['’]?t|do not|dont|never|won['’]?t|not going to) (?:\w+ ){0,2}?(?:want|need|take|accept|like|fancy|choose)\b"
    r"|\bnot (?:\w+ )?(?:after|interested in|asking for|the|a|my)\b|\brefuse\b|\bno (?:refund|replacement|voucher|money|repair)\b",
    re.IGNORECASE,
)
# Said with a sum that is on the table, it is a yes to that offer.
_TAKES = re.compile(
    r"\b(?:take|taking|have|accept|choose|prefer|go (?:for|with)|give me|ok(?:ay)?|fine|yes|please|thanks?|thank you)\b",
    re.IGNORECASE,
)
_FEW = 6  # words; a sum said in so few is a choice
_MONEY = ("full_refund", "partial_refund", "refund_shipping")
# What people put around their choice: "ok fine, the money then please".
_BEFORE = (
    r"(?:ok(?:ay)?|fine|alright|right|yes|yeah|yep|yup|well|then|just|so|and|hmm*|um+|i|i['’]?d|i['’]?ll|will|would|take|"
    r"like|have|want|choose|think|guess|maybe|probably|go|going|for|with|give|me|us|please|pls|the|a|an|my|let['’]?s|do|it['’]?s|that['’]?s)"
)
_AFTER = (
    r"(?:then|please|pls|plz|thanks|thank|you|cheers|ta|it|is|will|do|option|one|i|guess|suppose)"
)
_FRAME = re.compile(
    rf"\W*(?:{_BEFORE}[\s,.!…-]+)*(?P<what>.*?)(?:[\s,.!…-]+{_AFTER})*\W*",
    re.IGNORECASE | re.DOTALL,
)
_THE_MONEY = re.compile(r"(?:money|cash|refund)(?: back)?", re.IGNORECASE)
_KEEPING_IT = re.compile(r"keep(?:ing)?(?: (?:it|them|both))?", re.IGNORECASE)
_SOONEST = re.compile(
    r"(?:(?:what|which)ever(?: one)?(?: is|['’]s| comes)? )?(?:the )?(?:quick|fast|soon|earli)(?:er|est)(?: one| option)?",
    re.IGNORECASE,
)
_LONGEST = 8  # words; who writes more tells something as well
_BARE_SUM = re.compile(r"(?:^|\s)(?P<sum>\d{2,4}(?:\.\d\d)?)(?=$|[\s.,!?])")
_NO_SUM = frozenset(
    ["money", "choice", "offer", "order_number", "phone", "postcode", "date", "deadline"]
)


def meant(case: Case, heard: Heard, order: Order | None = None) -> Offer | None:
    """Which pending offer the customer means; None when it could be more than one, or none.

    1. The button they pressed.
    2. "The second one", in the order shown.
    3. The kind they name.
    4. What they name that it brings.
    5. A plain yes, when there is only one.
    A question settles nothing, unless it asks for it: "repair it, but is there a faster way?".
    """
    pending = case.pending_offers()
    if (number := heard.detail("offer")) is not None:
        return next((offer for offer in pending if str(offer.id) == str(number)), None)
    if asks_first(heard):
        return None
    if (place := heard.detail("choice")) is not None:
        place = int(place)
        if place == -1 or 1 <= place <= len(pending):
            return pending[place if place == -1 else place - 1]
        return None
    declined = refused(heard)
    kinds = set(heard.details.get("remedy", ())) - declined
    fitting = [offer for offer in pending if _fits(heard.money(), offer)]
    wanted = [offer for offer in fitting if offer.kind in kinds]
    if wanted:
        return wanted[0] if len(wanted) == 1 else None
    if not kinds and (offer := named(case, heard, order)):
        return offer
    says_yes = heard.intent in ("accept_offer", "affirm") or speech_acts.agrees(heard.words)
    only_one = len(pending) == len(fitting) == 1 and says_yes
    return fitting[0] if only_one and not (kinds or declined) else None


def refused(heard: Heard) -> set[str]:
    """The kinds of remedy that the message says no to."""
    said_no = set(heard.details.get("refused_remedy", ()))
    kinds = set(heard.details.get("remedy", ()))
    if not said_no and len(kinds) == 1 and not heard.pressed and _REFUSES.search(heard.words):
        return kinds
    return said_no


def asks_first(heard: Heard) -> bool:
    """Whether a choice is named only in a question: it is answered before anything is settled."""
    told = heard.words
    return "?" in told and not heard.pressed and not speech_acts.requests(told)


def named(case: Case, heard: Heard, order: Order | None) -> Offer | None:
    """The pending offer they name by what it brings: "ok the seal then", "the money please"."""
    words = heard.words
    if heard.pressed or heard.only_asks or _DECLINES.search(words):
        return None
    if offer := _of_that_sum(case, with_bare_sum(heard)):
        return offer
    pending = {offer.kind: offer for offer in case.pending_offers()}
    line = line_of(case, order)
    if "resend_part" in pending and line and match_part(line, words):
        return pending["resend_part"]
    if len(words.split()) <= _LONGEST and (what := _FRAME.fullmatch(words)):
        chosen = _in_a_word(what["what"].lower(), case, order, pending)
        if chosen:
            return chosen
    return pending.get("replacement") if speech_acts.names_a_new_one(words) else None


def with_bare_sum(heard: Heard) -> Heard:
    """The message with a sum that is written without its currency: "not good enough, 300"."""
    if _NO_SUM & set(heard.details) or len(heard.words.split()) > _LONGEST:
        return heard
    found = _BARE_SUM.search(heard.words)
    if found is None:
        return heard
    return replace(heard, details={**heard.details, "money": ({"amount": found["sum"]},)})


def _of_that_sum(case: Case, heard: Heard) -> Offer | None:
    """The one offer of just the sum they name and take: "ok, take the 47"."""
    few = len(heard.words.split()) <= _FEW
    if (asked := heard.money()) is None or not (few or _TAKES.search(heard.words)):
        return None
    same = [offer for offer in case.pending_offers() if offer.money == asked]
    return same[0] if len(same) == 1 else None


def _in_a_word(
    what: str, case: Case, order: Order | None, pending: Mapping[str, Offer]
) -> Offer | None:
    """The offer that one word or two stand for, when all else in the message is courtesy."""
    if _THE_MONEY.fullmatch(what):
        money = [pending[kind] for kind in _MONEY if kind in pending]
        return pending.get("full_refund") or (money[0] if len(money) == 1 else None)
    if _KEEPING_IT.fullmatch(what):
        return pending.get("partial_refund")
    if _SOONEST.fullmatch(what):
        dated = [(offer.due_at, offer) for offer in pending.values() if offer.due_at]
        return min(dated, key=lambda each: each[0])[1] if dated else None
    line = line_of(case, order)
    thing = set(re.findall("[a-z]{3,}", f"{case.item or ''} {line.name if line else ''}".lower()))
    said = re.findall("[a-z]+", what)
    return pending.get("replacement") if said and set(said) <= thing else None


def _fits(asked: Money | None, offer: Offer) -> bool:
    # "Give me £40 and I'll keep it" is no yes to the £19.20 on the table.
    if asked is None or offer.money is None:
        return True
    if asked.currency != offer.money.currency:
        return False
    return asked == offer.money or (offer.kind != "full_refund" and asked < offer.money)
