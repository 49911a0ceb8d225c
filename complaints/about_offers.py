"""What customers ask about the offers before they choose: it is answered, and nothing is noted.

"What happens to the cooker if I take the refund?" tells of no second complaint, whatever it
sounds like.
"""

import re
from enum import StrEnum

from complaints.heard import Heard


class Asks(StrEnum):
    """What they want to know. In domain.yml: utter_about_<this>."""

    WHEN = "when"
    SENDING_BACK = "sending_back"
    SLIP = "slip"  # what if it does not come
    WHY_SO_LONG = "why_so_long"
    SURE = "sure"  # whether it is true, and whether it really costs nothing
    UNKNOWN = "unknown"  # something else, which we cannot answer


_SHORT_ASKING = 8  # words; what is longer tells something too
_ASKING = 16  # words; of the other questions, which name the thing
_BEFORE = r"(?:(?:and|so|ok|okay|but|well|great|yes|right|thanks|hm+|wait)[\s,]+)*"
_WHEN = re.compile(
    rf"{_BEFORE}(?:by )?(?:"
    r"(?:when|wen|how (?:long|soon|quickly|fast)|what (?:day|date))(?: (?:day|date|time))?"
    r" (?:will|would|wd|does|do|is|can|could|should)\b(?!.*\b(?:speak|talk|call|ring|some(?:one|body)|person)\b)"
    r".*\b(?:get|have|com(?:e|es|ing)|arriv(?:e|es|ing)|receive|takes?|here|back|sent|see|be)\b"
    r"|(?:when|wen|how (?:long|soon|quickly|fast)|what (?:day|date)|by when)(?: then| though)?\W*$)",
    re.IGNORECASE,
)
_QUICKEST = re.compile(
    r"\b(?:what|which)(?: one)?(?:['’]s| is| comes| would be)? (?:the )?(?:quick|fast|soon)(?:est|er)\b(?!.*\bplease\b)",
    re.IGNORECASE,
)
_WHAT_BECOMES_OF_IT = re.compile(
    r"\bwhat (?:happens?|becomes|do i do|should i do|am i to do)\b.*\b(?:to|with|of) (?:the|my|this|that|it|what)\b"
    r"|\bwho (?:pays?|covers?|picks? up|collects?)\b.*\b(?:return|postage|shipping|back|it|label)\b"
    r"|\b(?:do|must|should|would|will|have|need)\b.*\b(?:send|sending|post|posting|bring|carry|collect|give|ship|return|bin|throw|keep|dispose)\b"
    r".*\b(?:back|away|it|them|these|those|this|that|the|my)\b",
    re.IGNORECASE,
)
_WHAT_IF_IT_SLIPS = re.compile(
    rf"{_BEFORE}(?:what (?:happens |do i do |then )?)?if (?:it|that|they|this|you|nothing|the|my)\b"
    r".*\b(?:\w+n['’]?t|not|never|nothing|late|fails?|breaks?|wrong|again|comes)\b",
    re.IGNORECASE,
)
_WHY_SO_LONG = re.compile(
    rf"{_BEFORE}why\b.{{0,40}}\b(?:tak(?:e|es|ing)|long|slow|wait|till|until|weeks?|days?)\b",
    re.IGNORECASE,
)
_SURE = re.compile(
    rf"{_BEFORE}(?:really|seriously|are you sure|is (?:that|this|it) (?:true|right|real|certain|a joke|for real)|you sure|sure|promise)(?: about (?:that|it|this))?(?: then| now)?\W*"
    r"|.*\b(?:is|are|be) (?:it|that|this|they|any of (?:it|this|them)) (?:all |really |completely |actually )?free\b.*"
    r"|.*\b(?:do|will|would|must|should|have) (?:i|we)\b.*\bpay\b.*|.*\b(?:what|how much) (?:does|do|will|would) (?:it|that|this|they) cost\b.*|.*\bthe catch\b.*",
    re.IGNORECASE,
)
_IF_KEPT = re.compile(r"\bif i (?:just )?(?:keep|kept|hold on to)\b|\bfor keeping\b", re.IGNORECASE)
_SOLD_OUT = re.compile(
    r"\b(?:is|are) (?:it|they|that|those|this|these|the same one) (?:all )?(?:gone|sold out|out of stock|finished|discontinued|"
    r"not available|unavailable)\b|\b(?:have|got) (?:you|any|none)[^.!?]{0,20}\b(?:left|in stock)\b",
    re.IGNORECASE,
)
_NOBODY_KNEW = frozenset(["nlu_fallback", "out_of_scope", "inform", "complain"])
_WISHES = frozenset(["remedy", "refused_remedy", "money", "choice", "offer"])


def asked(heard: Heard) -> Asks | None:
    """What the message asks about the offers, when it does nothing else."""
    words = heard.words
    length = len(words.split())
    if _WHY_SO_LONG.match(words) and not (_WISHES - {"money"}) & set(heard.details):
        return Asks.WHY_SO_LONG
    if length <= _SHORT_ASKING and (_WHEN.match(words) or _QUICKEST.search(words)):
        return Asks.WHEN
    if not words or length > _ASKING or not heard.only_asks:
        return None
    if _SURE.fullmatch(words) and not _WISHES & set(heard.details):
        return Asks.SURE
    if _WHAT_IF_IT_SLIPS.match(words):
        return Asks.SLIP
    hypothetical = " if " in words.lower()
    if _WHAT_BECOMES_OF_IT.search(words) and (hypothetical or not _WISHES & set(heard.details)):
        return Asks.SENDING_BACK
    return None


def asks_something_else(heard: Heard) -> bool:
    """Whether it only asks, and asks what neither an offer nor another answer of ours tells."""
    if not heard.words.rstrip().endswith("?") or not heard.only_asks or heard.danger:
        return False
    nobody_knew = heard.intent in _NOBODY_KNEW or heard.categories
    return bool(nobody_knew) and not _WISHES & set(heard.details)


def remedy_asked_about(heard: Heard) -> str | None:
    """The remedy that a question is about without naming it: "what would I get if I keep it?"."""
    if not heard.words.rstrip().endswith("?"):
        return None
    if _IF_KEPT.search(heard.words):
        return "partial_refund"
    return "replacement" if _SOLD_OUT.search(heard.words) else None
