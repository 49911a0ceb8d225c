"""What a message plainly does, by its words: agrees, corrects, waits, calls out (speech acts).

Where the words leave no doubt they decide; the understanding (nlu/) hears the rest.
"""

import re

_NEW_ONE = re.compile(
    r"\b(?:new|another|different|replacement|working|proper|correct|right) [a-z]+\b", re.IGNORECASE
)
_AGREES = re.compile(
    r"(?:(?:oh|ah|ok|okay|well)[\s,]+)*"
    r"(?:yes|yep|yeah|yup|aye|correct|exactly|right|sure|that['’]?s (?:right|it|correct|fine))"
    r"(?:[\s,.!]+(?:please|thanks|thank you|thank|you|cheers|yes|that|that['’]?s|it|is|quite|all|exactly"
    r"|right|correct|perfect|fine|good|love|mate|very much|so much))*[\s.!]*",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"\b(?:i|we|happy to|glad to|rather|then)(?:['’]?ll| will| can| could)?"
    r"(?: (?:just|then|still|happily|gladly|also))* wait\b(?! since| so long| already| \w+ (?:days|weeks))"
    r"|\blet it come\b|\bleave it (?:as it is|on its way)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:got that wrong|got it wrong|my mistake|i meant|i mean|no,? wait|not the|wrong one|correction)\b",
    re.IGNORECASE,
)
_SETS_RIGHT = re.compile(
    r"\s*(?:(?:oh|ah|wait|hang on)[\s,]+)*"
    r"(?:actually|correction|(?:sorry|no|nope)[\s,]+(?:no|not|wait|actually|it|its|it['’]s|that|they)\b)",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:not (?:really )?sure|no idea|no clue|dunno|don['’]?t know|can['’]?t (?:find|remember|recall)"
    r"|what(?:['’]?s|ever)?(?: is|['’]s)?(?: the)? (?:quickest|fastest|easiest|simplest)"
    r"|how (?:should|would|could|am|do) i (?:supposed to )?know"
    r"|(?:it['’]?s )?up to you|you (?:decide|choose))\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?:don['’]?t|do not) (?:want|need) anything\b|\bjust want(?:ed)? (?:you|somebody|someone) to know\b",
    re.IGNORECASE,
)
_CALLS_OUT = re.compile(
    r"(?:(?:hello+|hi|hey|helo|oi|ok|so|and|but)[\s,.!?…]*)*(?:(?:is |are )?(?:any ?(?:one|body)|some ?(?:one|body)|you)"
    r"(?: still| even)? (?:there|here|home|listening|around|alive)(?: at all| please)?|still there)[\s.!?…]*",
    re.IGNORECASE,
)
_ASKS_WHEN = re.compile(
    r"\bwhen (?:exactly |about )?(?:will|does|is|are|can|should|do)\b|\bwhen it (?:comes?|arrives?)\W*$|\bhow (?:long|soon)\b|\bwhat (?:day|date)\b|\bany news\b|"
    r"\bwhere(?:'s|’s| is| are)\b|\bon (?:its|the|their) way\b|\bwhat happens (?:now|next)\b",
    re.IGNORECASE,
)
# Neither says what would put it right.
_VENTS = re.compile(
    r"\W*(?:this|that|it|you|what)(?:['’]s| is| are)?(?: \w+){0,3}? (?:ridiculous|disgusting|a joke|joke|shambles|disgrace\w*|"
    r"unacceptable|unbelievable|rubbish|pathetic|appalling|outrageous|shocking|terrible|awful)\b[^?]{0,20}"
    r"|\W*(?:that['’]?s|that is|it['’]?s|this is) not (?:what|how)\b.*"
    r"|.*\b(?:just |only )?(?:want|need|would like|['’]d like) to know (?:if|whether|why|what|how)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_TRIED = re.compile(
    r"\W*(?:and |but |well |yes |no )*(?:i|we)(?:['’]ve| have)? (?:already |even |also )?"
    r"(?:looked|checked|asked|searched|tried|called|rang|phoned|waited|knocked|e-?mailed|wrote|written|spoke|spoken)\b"
    r"(?! for (?:a|my|the|an) (?:refund|replacement|new|money))[^?]*",
    re.IGNORECASE,
)
_NOTHING_WRONG = re.compile(
    r"\bnothing(?:['’]s| is| was) wrong\b|\byou(?:['’]re| are) not listening\b|\bi (?:just )?(?:asked|said|told you)\b[^.!?]*$",
    re.IGNORECASE,
)
_WHAT_IS_OFFERED = re.compile(
    r"\bwhat (?:can|could|would|will|do|are) (?:you|u|my) (?:guys |people )?(?:offer|do for me|do about|suggest|recommend|options|give me|propose)\b"
    r"|\bwhat(?:['’]s| is) (?:on offer|possible|the best you can do)\b",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"\W*(?:please |and |so )*(?:can|could|would|will) (?:you|i|we)\b", re.IGNORECASE
)
_CAME_LATE = re.compile(
    r"\b(?:(?:arrived|came|turned up|got here|delivered|did arrive|did come|did turn up)\b[^.!?\n]{0,40}"
    r"\b(?:late|too late|in the end|after)\b|(?:finally|eventually) (?:arrived|came|turned up|got here))",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:never|still|not yet|(?:has|have|did)(?:n['’]?t| not)) (?:\w+ )?(?:arriv|c[ao]me|turn|got|been deliv|deliv|here|wait)",
    re.IGNORECASE,
)


def agrees(text: str) -> bool:
    """Whether it is a yes and nothing else, however politely."""
    return bool(_AGREES.fullmatch(text.strip()))


def asks_what_is_offered(text: str) -> bool:
    """Whether they would rather hear what can be done than name it: "what can you offer?"."""
    return bool(_WHAT_IS_OFFERED.search(text))


def asks_when(text: str) -> bool:
    """Whether they ask where something is, or by when it comes."""
    return bool(_ASKS_WHEN.search(text))


def calls_out(text: str) -> bool:
    """Whether all it asks is whether anybody is there: "hello? anyone there?"."""
    return bool(_CALLS_OUT.fullmatch(text.strip()))


def came_late(text: str) -> bool:
    """Whether they say that it has come, only too late."""
    return bool(_CAME_LATE.search(text)) and not _NOT_YET.search(text)


def corrects(text: str) -> bool:
    """Whether they take back something they said."""
    return bool(_CORRECTS.search(text))


def is_unsure(text: str) -> bool:
    """Whether they say that they do not know."""
    return bool(_UNSURE.search(text))


def names_a_new_one(text: str) -> bool:
    """Whether they name another of it, as an answer to what they want: "a new toaster"."""
    return bool(_NEW_ONE.search(text))


def requests(text: str) -> bool:
    """Whether a question asks us to do something rather than to tell something."""
    return bool(_REQUESTS.match(text))


def sets_right(text: str) -> bool:
    """Whether it begins as what puts right something said before: "sorry no, it's a blender"."""
    return bool(_SETS_RIGHT.match(text))


def names_no_wish(text: str) -> bool:
    """Whether it only gives vent to how bad it is, wants to know something, or tells what they tried."""
    asks = asks_what_is_offered(text) or _NOTHING_WRONG.search(text)
    return bool(_VENTS.fullmatch(text) or asks or tells_what_they_tried(text))


def tells_what_they_tried(text: str) -> bool:
    """Whether it only tells what they did about it themselves: "I asked next door"."""
    return bool(_TRIED.fullmatch(text))


def wants_nothing(text: str) -> bool:
    """Whether they only want it to be known."""
    return bool(_NOTHING.search(text))


def will_wait(text: str) -> bool:
    """Whether they are content to wait."""
    return bool(_WAITS.search(text))
