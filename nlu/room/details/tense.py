"""Whether a day that is spoken of is past, to come, or the one the customer needs it by."""

import re

from room.details.reading import Reading

PROMISED = re.compile(
    r"\b(?:suppose?d?\s+to|promised?|said|told|says|meant\s+to|should(?:'ve|\s+have)|was\s+due|were\s+due|guaranteed?|"
    r"estimated?|scheduled|expected|would(?:\s+be|\s+have|\s+arrive)|was\s+to|assured|quoted|tracking)\b"
)
WAS_TO_COME = re.compile(
    r"\b(?:suppose?d?\s+to|promised|meant\s+to|(?:was|were)\s+(?:due|to)|guaranteed|estimated|scheduled|expected|would)\b"
)
_NEED_BEFORE = re.compile(
    r"(?:\bby|\bbefore|\buntil|\btill|\bno\s+later\s+than|\bin\s+time\s+for|\bahead\s+of|"
    r"\bneed(?:ed|s)?\s+(?:it|this|them|one|these|that|mine)?\s*(?:here\s+)?(?:on|for|is)?)\s+(?:(?:the|on|this|next|(?:mon|tues?|wed(?:nes)?s?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,?)\s+)*$"
)
_OCCASION = re.compile(
    r"\b(?:party|wedding|birthday|bday|guests?|people|friends|family|visitors|dinner|christening|funeral|holiday|"
    r"interview|event|anniversary|trip|flight|exam|ceremony|barbecue|bbq|baby\s+shower)\b(?P<gap>[^.!?]{0,40})$"
)
HAPPENED = re.compile(
    r"\b(?:was|were|had|ordered|bought|came|arrived|received|got|missed|did|didn't|ruined|held|happened|placed|made|paid|"
    r"signed|called|spoke|told|took|opened|started|stopped|broke|went|gave|turned|fell|died|lasted|charged|once)\b"
)
# "rusted in a month", "not heard from you in 10 days": counted from another day than today.
_IN_THE_PAST = re.compile(
    r"\b(?!(?:need|wed)\b)[a-z]{2,}(?<!ne|br|sp|bl)ed\b|\b(?:(?:has|have|having)(?!\s+(?:an?|to|my|our|got|the|people|guests|some)\b)|not|no|never|nobody|nothing|[a-z]+n'?t|blew|wore|tore|bent|burnt|"
    r"leaks?|breaks?|rusty|cut|back\s+from|failed|gone|split|lost|used|shrank|froze|sank|rang|wrote|sent|said|says|best|worst|first)\b"
)
_MEETS = re.compile(r"\b(?:planned|booked|married|invited)\b")
_LEAVING = re.compile(
    r"\b(?:i|we|i'm|im|we're)\s+(?:(?:am|are|is|will|'ll|all|have\s+to|need\s+to|go|going\s+to)\s+)*"
    r"(?:fly(?:ing)?|leav(?:e|ing)|travel(?:l?ing)?|mov(?:e|ing)|going|getting\s+married|away|emigrat\w+)"
    r"(?:\s+(?:house|home|away|out|abroad|off|to\s+[a-z]+|on\s+holiday|for\s+[a-z]+|the\s+country))*\s+(?:on\s+)?$"
)
_NOTHING_SAID = re.compile(
    r"^(?:\W|\b(?:hi|ok|okay|yes|yeah|it'?s|is|maybe|about|probably|just|only|hopefully|um)\b)*$"
)
_HOW_OFTEN = re.compile(r"\b(?:times?|twice|faults?|stop(?:s|ped)?|calls?|e-?mails?)\b")
_WAS_SO_UNTIL = re.compile(
    r"\b(?:work(?:ed|ing)|leaking|lasted|broke|broken|dead|died|gone|paid|fine|ok|okay|perfect(?:ly)?|well|good|great)\s+"
    r"(?:right\s+up\s+)?(?:(?:by|before|until|till)\s+)?$"
)
_AHEAD = re.compile(
    r"\b(?:need|will|'ll|going\s+to|gonna|want|by|before|until|till|next|coming|visiting|runs?\s+out|expires?|arriving|arrives|due|for|in\s+time|can\s+you|leave|leaving|fly|flying|"
    r"(?:i'm|im|i\s+am|we're|we\s+are)\s+(?:only\s+)?(?:in|home|free|available|around|off|away)|deadline|is\s+on|must|can'?t|cannot|won'?t|begins?|starts?|travel(?:ling)?|(?:get|getting)\s+married|(?:have|'ve|'ve\s+got)\s+(?:an?|my|our|to|people|guests)|"
    r"(?:change|move|switch|reschedule|postpone|rebook|deliver|book|remind)\b[^.!?]*)\b"
)


def is_deadline(reading: Reading, match: re.Match[str], start: int) -> bool:
    """Whether it is needed by that day, or something waits for it on that day."""
    before = reading.sentence_before(start)[-90:]
    if PROMISED.search(before[-60:]) or _WAS_SO_UNTIL.search(before):
        return False
    if (match.group("which_short") or "").lower() in ("by", "before", "until", "till"):
        return True
    if _NEED_BEFORE.search(before) or _LEAVING.search(before):
        return True
    if re.search(r"\bneed(?:ed|s)?\b[^.!?]{0,30}\b(?:for|on|by)\s+$", before):
        return True
    # "I've got people coming saturday", but not "the party was on saturday".
    occasion = _OCCASION.search(before)
    return bool(occasion) and not HAPPENED.search(occasion.group("gap"))


def points_ahead(reading: Reading, match: re.Match[str], start: int) -> bool:
    """Whether the words before a day speak of what is to come."""
    which = (match.group("which") or match.group("turn") or "").lower()
    if (match.group("which_short") or "").lower() in ("last", "next", "this"):
        which = match.group("which_short").lower()
    before = reading.clause_before(start)
    if which.startswith(("last", "past")):
        return False
    if which:  # "this saturday", unless it is told of as past
        return not HAPPENED.search(before)
    return bool(_AHEAD.search(before[-35:])) and not (
        HAPPENED.search(before) or PROMISED.search(before)
    )


def is_to_come(reading: Reading, match: re.Match[str], ahead: bool) -> bool:
    """Whether "in 3 weeks" is counted from today, and not how long something took."""
    before = reading.clause_before(match.start())
    if (
        _LEAVING.search(before)
        or re.search(r"(?:\bis|\bare|'s)\s+$", before)
        or _NEED_BEFORE.search(before)
    ):
        return True
    occasion = _OCCASION.search(before)
    told = occasion.group("gap") if occasion else before
    told = re.split(r"\b(?:and|but|so|because|cos|as|while|when)\s", told)[-1]
    if _HOW_OFTEN.search(told) or HAPPENED.search(told):
        return False
    if _IN_THE_PAST.search(told) and not _MEETS.search(told):
        return False
    if PROMISED.search(before):
        return False
    # "How often a day", "twice in a month": one of them is more often a measure than a wait.
    measure = match.group("in_count").lower() in ("a", "an", "one")
    return bool(not measure or ahead or match.group("in_time") or _NOTHING_SAID.match(before))
