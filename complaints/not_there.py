"""Not there: whether the customer says that a delivery never reached them, or is lost for good.

The books may say "delivered", or "due tomorrow". Whoever stands before an empty doorstep knows
better. What came late did come.
"""

import re
from collections.abc import Iterable

_THINGS = r"(?:it|this|they|parcel|package|order|box|delivery|everything)"
_IT = rf"(?:(?:the |my |our |your )?{_THINGS})"
_SAYS_DELIVERED = re.compile(
    r"\b(?:say(?:s|ing)?|said|show(?:s|ed|ing)?|claim(?:s|ed|ing)?|mark(?:s|ed)|insist\w*|according to|tells? me|told me|apparently|supposedly|allegedly)\b"
    r"[^.!?]{0,40}\b(?:delivered|arrived|left|handed|come|came)\b",
    re.IGNORECASE,
)
_LOST = re.compile(
    rf"\b(?:stolen|pinched|nicked|swiped)\b"
    rf"|\b{_IT}(?:['’]s| is| has| was|s)? (?:(?:just|now|all) )?(?:been )?(?:gone|lost|destroyed|binned|crushed by|run over)\b"
    r"(?! (?:wrong|off|quiet|cold|dead|back|to|on|past|up|down|silent|mouldy|in the post for))"
    rf"|\b(?:(?:courier|driver|postman|delivery (?:man|guy|driver)|you|they|he|she|somebody|someone)\b[^.!?]{{0,30}} )"
    r"(?:lost|destroyed|binned|stole|took|dumped|chucked|threw|left|put|stuffed|hid)\b[^.!?]{0,40}"
    r"(?<!\bin )(?:\b(?:in|into|inside) (?:the |my |our |a |your )?(?:\w+ )?bin\b)"
    rf"|\b(?:courier|driver|postman|you|they) (?:has |have |had )?(?:lost|destroyed|binned) {_IT}\b"
    rf"|(?<!put )(?<!threw )(?<!chucked )\b{_IT}(?:['’]s| is| was| ended up| went| got thrown)? (?:in|into) the (?:\w+ )?bin\b",
    re.IGNORECASE,
)
_NOT_THERE = re.compile(
    r"\b(?:nothing|no parcel|no package|no box|no sign of (?:it|them|anything|(?:the|my) \w+))\b"
    r"[^.!?]{0,25}\b(?:here|there|at (?:the|my|our) (?:front |back )?door|on (?:the|my|our) (?:door)?step|outside|on the porch|in the (?:hall|porch|lobby)|arrived|came|come)\b"
    r"|\bstill (?:nothing|no (?:sign|parcel|package|order|delivery))\b|\bno sign of (?:it|them|(?:the|my) \w+)\b"
    r"|\bthere(?:['’]?s| is| was) (?:no (?:parcel|package|delivery|sign|trace)(?! (?:label|slip|note|fee|charge))|nothing (?:here|there|outside|at|on|in)\b)"
    r"|\bnever (?:even )?(?:arrived|came|turned up|showed up|got (?:here|it|them|my|the|any)|received|had (?:it|them)|saw (?:it|them)|reached (?:me|us))\b"
    r"|\b(?:has|have|did|was|is|are|were)(?:n['’]?t| not) (?:\w+ )?(?:arrive|arrived|come|came|turn(?:ed)? up|show(?:ed)? up|here|there|got (?:here|it|them)|reach(?:ed)?|receive|received|delivered|at (?:the|my|our) door)\b"
    r"(?! (?:on time|in time|till|until|when|by|before|for|on|as|after|early))"
    rf"|\b{_IT}(?:['’]s|s| is|['’]re| are) (?:just |still |simply )?(?:not|nowhere) (?:\w+ )?(?:here|there|arrived|come|delivered|to be (?:found|seen))\b"
    r"|\b(?:neighbou?rs?|next door|concierge|reception|nobody|no one|none of (?:us|them|the neighbou?rs))\b[^.!?]{0,30}"
    r"\b(?:do(?:es)?n['’]?t have|has ?n['’]?t got|have ?n['’]?t got|have ?n['’]?t seen|has ?n['’]?t seen|did ?n['’]?t take|has|have|took|got|seen) (?:it|them|anything|the parcel|my parcel|a parcel)\b"
    r"|\b(?:i|we) (?:do ?n['’]?t|do not|never|have ?n['’]?t|have not|did ?n['’]?t|did not) (?:actually |ever )?(?:have|had|got|get|receive|received) (?:it|them|my (?:order|parcel|package)|the (?:order|parcel|package)|anything)\b",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\b(?:arrived|came|turned up|showed up|got here|did (?:arrive|come|turn up)|was delivered|has (?:come|arrived))\b"
    r"[^.!?\n,]{0,40}\b(?:late|in the end|after|yesterday|today|eventually|days?|weeks?|mon\w*day|tues\w*|wednes\w*|thurs\w*|fri\w*day|satur\w*|sun\w*day)\b"
    r"|\b(?:finally|eventually|only) (?:arrived|came|turned up|got here|showed up)\b"
    r"|\b(?:it|they)(?:['’]s| has| have)? (?:now |just )?(?:come|came|arrived) (?:now|too late|late|broken|damaged)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:never|not|nothing|\w+n['’]t)\b[^.!?]{0,12}$", re.IGNORECASE)


def is_not_there(told: Iterable[str]) -> bool:
    """Whether, by the last thing they said of it, they do not have it."""
    for words in reversed([*told]):
        if _LOST.search(words):
            return True
        plain = _SAYS_DELIVERED.sub(" ", words)
        if any(not _NEVER.search(plain[: came.start()]) for came in _CAME.finditer(plain)):
            return False
        if _NOT_THERE.search(plain):
            return True
    return False


def is_lost(told: Iterable[str]) -> bool:
    """Whether it will not come any more: stolen, destroyed, or said to be there and is not."""
    told = [*told]
    if not is_not_there(told):
        return False
    return any(_LOST.search(words) or _SAYS_DELIVERED.search(words) for words in told)
