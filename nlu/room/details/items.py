"""What the message is about: the thing that was ordered, as the customer calls it."""

import re

from room.details.reading import Reading

_WORD = r"[a-z0-9][a-z0-9'&/-]*"
_NOT_IN_A_NAME = (
    r"(?:i|i'm|i've|we|you|he|she|they|it|its|it's|that|which|who|and|but|or|so|because|cos|from|with|without|in|on|at|"
    r"of|for|to|by|was|were|is|are|has|have|had|hasn't|hasnt|haven't|isn't|isnt|wasn't|doesn't|doesnt|didn't|didnt|don't|won't|wont|"
    r"can't|cannot|came|come|arrived|arrive|broke|broken|stopped|never|not|just|still|already|ordered|bought|received|purchased|got|"
    r"get|turned|fell|leaks|leaking|showed|looks|looked|works|keeps|kept|went|snapped|cracked|smashed|exploded|the|a|an|my|this|these|"
    r"when|where|what|while|last|yesterday|today|online|instead|then|there|here|than|after|before|since|now|only|would|will|should|"
    r"could|did|does|do|be|been|being|off|up|out|back|into|as|if|also|too|even|please|again|about|over|ago|via|using|through|sent|arriving|supposed|meant|all|very|really|completely|totally|because)"
)
_THING = rf"(?P<item>(?!{_NOT_IN_A_NAME}\b){_WORD}(?:\s+(?!{_NOT_IN_A_NAME}\b){_WORD}){{0,4}})"
_PATTERNS = (
    re.compile(rf"\b(?:my|the|a|an|this|that|these|those|some|your)\s+{_THING}\s+(?:that\s+|which\s+)?(?:i|we)(?:'ve|'d|\s+have|\s+had|\s+just|\s+recently)?\s+(?:just\s+)?(?:ordered|bought|received|purchased|got|paid)", re.I),
    re.compile(rf"\b(?:ordered|bought|purchased|received|got|order(?:ing)?|sent\s+(?:me|us)|delivered)\s+(?:a|an|the|my|this|some|two|three|four|\d+|one)\s+(?:pairs?\s+of\s+|sets?\s+of\s+|box\s+of\s+|pack\s+of\s+|of\s+your\s+)?{_THING}", re.I),
    re.compile(rf"\b(?:my|the|this|your)\s+{_THING}\s+(?:has|had|have|was|were|is|are|isn'?t|arrived|came|broke|stopped|won'?t|doesn'?t|does\s+not|never|hasn'?t|still|didn'?t|turned|fell|leaks?|snapped|cracked|exploded|keeps|kept|looks|works|will\s+not|cannot|can'?t|just|don'?t|started|smells?|makes|made|died|went|shrank|ripped|tore)\b", re.I),
    re.compile(rf"\b(?:wrong|faulty|broken|damaged|missing|defective|cracked|smashed)\s+{_THING}", re.I),
    re.compile(rf"\b(?:about|with|for|of|where'?s|where\s+is)\s+(?:my|the)\s+{_THING}", re.I),
    re.compile(rf"^\W*(?:it'?s|it\s+is|its|it\s+was|just)?\s*(?:the|my|a|an)\s+{_THING}\W*$", re.I),
)  # fmt: skip
_NOT_AN_ITEM = frozenset(
    """
    order orders parcel package packages item items delivery refund money account name
    number email e-mail problem complaint case card driver courier thing things one ones day
    week month year time times reply answer response customer service staff person someone
    manager agent company shop store website site app phone call address postcode box
    packaging replacement apology voucher email confirmation invoice receipt tracking
    reference product products stuff purchase bank payment charge subscription password
    login issue question help morning afternoon evening night house door neighbour husband
    wife mum dad mother father son daughter friend first second third last next same other
    another whole new way lot bit few couple right wrong missing chance message chat
    conversation news idea mistake matter fault deadline party wedding birthday christmas
    weekend id ids code codes reservation booking sun weather colour color size price total
    amount bill guy man woman lady girl boy team rep representative monday tuesday wednesday
    thursday friday saturday sunday people discount policy cost costs
    """.split()
)
_LEADING = re.compile(
    r"^(?:(?:brand\s+new|new|faulty|broken|damaged|wrong|missing|defective|whole|entire|lovely|stupid|bloody|damn|so-called|replacement|same|expensive)\s+)+",
    re.I,
)
_TRAILING = re.compile(
    r"(?:\s+(?:order|online|yesterday|today|recently|right|properly|yet|correctly|anymore|anyway|twice|once|delivery|parcel|package|purchase|please|thanks|too))+$",
    re.I,
)


def find_items(reading: Reading) -> None:
    """Nouns the customer ordered, bought or received; more is better than less.

    What is not in the order in question falls away later, when the names are held against it.
    """
    seen: set[str] = set()
    for pattern in _PATTERNS:
        for match in reading.free_matches(pattern, "item"):
            said = match.group("item")
            start = match.start("item")
            if leading := _LEADING.match(said):
                said, start = said[leading.end() :], start + leading.end()
            said = _TRAILING.sub("", said).strip(" '-")
            words = said.lower().split()
            if not words or words[-1] in _NOT_AN_ITEM or not re.search("[a-z]{2}", said, re.I):
                continue
            if said.lower() not in seen:
                seen.add(said.lower())
                reading.note("item", said, start, start + len(said))
