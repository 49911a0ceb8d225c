"""What would put it right, and what would not: remedies wished for and remedies refused."""

import re

from room.details.reading import Reading

_PART = (
    r"(?:parts?|pieces?|bits?|lids?|seals?|screws?|bolts?|legs?|chargers?|cables?|leads?|plugs?|remotes?|"
    r"batter(?:y|ies)|jugs?|handles?|shel(?:f|ves)|brackets?|manuals?|instructions|adapters?|hinges?|knobs?|"
    r"blades?|filters?|straps?|buttons?|cover|glass|bulbs?|caps?|hoses?|wheels?|fittings?|stand|tray|cushions?|"
    r"accessor(?:y|ies)|attachments?|spares?|half|bag)"
)
_SEND = r"(?:send|sent|post|mail|ship|courier|get|deliver)"
_TO_ME = r"(?:\s+(?:me|us|out|over|on|just|through|only))*"
# The first kind that fits a stretch of text has it: "partial refund" is not a refund.
_KINDS = (
    ("refund_shipping", r"(?:refund|reimburse|return|give\s+\w+\s+back)\s+(?:me\s+)?(?:for\s+)?(?:the|my|our)?\s*(?:shipping|delivery|postage|p&p)(?:\s+(?:costs?|fees?|charges?))?"
                        r"|(?:shipping|delivery|postage)(?:\s+(?:costs?|fees?|charges?|money))?\s+(?:back|refunded|refund|reimbursed|returned)"),
    ("partial_refund", r"(?:part(?:ial)?(?:ly)?|half|some|small)[\s-]+(?:a\s+)?refund(?:ed)?|(?:some|half|part)(?:\s+of)?(?:\s+(?:the|my))?\s+money\s+back|(?:some\s+)?money\s+off|"
                       r"(?:a\s+)?discounts?|price\s+reduction|reduction\s+in\s+price|knock\s+\S+\s+off|(?:something|bit|\d+\s?%|percent)\s+off"),
    ("full_refund", r"(?:full\s+|complete\s+|total\s+)?refund(?:ed|ing|s)?(?!\s+polic)|every\s+(?:last\s+)?penny\s+back|(?:all\s+)?(?:of\s+)?(?:my\s+|the\s+|our\s+)?(?:money|cash|dosh)\s+(?:back|returned)|reimburse(?:d|ment)?|"
                    r"(?:pay|paid)\s+(?:me|us)\s+back|(?:credit|put\s+it\s+back\s+on)\s+my\s+card|give\s+(?:me\s+)?(?:back\s+)?my\s+money(?:\s+back)?|(?:the|my)\s+money(?=\s*,?\s+(?:then|please|pls|instead|thanks))|"
                    r"(?:get|have|want|return)\s+my\s+(?:money|£?\d+(?:\.\d\d)?)(?:\s+back)?"),
    ("resend_part", rf"(?:{_SEND}{_TO_ME}|want|need|like|have|get)\s+(?:the|my|a|an|some|just\s+the|only\s+the)\s+(?:(?:missing|new|spare|replacement|right|correct|other|lost)\s+)*(?:[a-z]+\s+)?{_PART}\b(?!\s+(?:back|of))"
                    rf"|{_SEND}{_TO_ME}\s+(?:the\s+|my\s+|what'?s\s+)?(?:missing|rest|other)(?:\s+(?:one|ones|items?|[a-z]+))?|(?:missing|replacement|spare)\s+(?:[a-z]+\s+)?{_PART}\s+(?:sent|posted|delivered)"),
    ("repair", r"repair(?:ed|ing|s)?|mend(?:ed|ing)?|(?:it|this|mine)\s+fixed|fix\s+(?:the|my)\s+(?!(?:log-?in|name|account|password|address|e-?mail|(?:web)?site|app|page|problem|issue|mistake|error|bill|profile|details?|order|number)\b)[a-z]+|someone\s+to\s+fix"),
    ("voucher", r"(?:e-?)?vouchers?|gift\s?cards?|store\s+credit|shop\s+credit|coupons?|credit\s+note|credit\s+(?:for|towards)\s+(?:my\s+)?next"),
    ("call_back", r"call[\s-]?backs?|(?:tele)?phone\s+calls?|(?:(?<=\ba )|(?<=\bno )|(?<=\bany ))calls?(?!\s+cent)|(?:call|ring|phone|telephone)\s+(?:me|us)(?:\s+back)?|(?:(?<=\bdon't )|(?<=\bdont )|(?<=\bdo not ))(?:call|ring|phone)(?=\s*(?:$|[,.!;]|(?:and|but|as|because|email|text)\b))|(?:give|gimme)\s+(?:me\s+|us\s+)?a\s+(?:call|ring|bell|buzz)|(?:be|being)\s+(?:called|rung|phoned)(?:\s+back)?(?!\s+(?:an?|the|names)\b)|(?:speak|talk)\s+(?:on|over)\s+the\s+phone"),
    ("written_apology", r"(?:written\s+|proper\s+|formal\s+|sincere\s+|real\s+)?apolog(?:y|ies)|(?:say|saying)\s+sorry|apologi[sz]e"),
    ("replacement", r"replac(?:ement|ements|e|ed|ing)|exchang(?:e|ed)|swap(?:ped)?|(?:a\s+)?(?:brand\s+)?new\s+(?:one|ones)|(?:another|different)\s+one|one\s+that(?:'s|\s+is|\s+actually|\s+really)?\s*(?:works?|working|not\s+broken|isn'?t\s+broken|fits|new)|"
                    r"(?:an?|another|fully|properly)\s+working\s+[a-z]+|working\s+ones?|(?:the\s+)?(?:right|correct|proper)\s+(?:one|ones|item|items|size|colou?r|order|thing|product)|what\s+i\s+(?:actually\s+)?(?:ordered|paid\s+for)|re-?(?:send|ship|deliver)|"
                    rf"{_SEND}{_TO_ME}\s+(?:it\s+again|another|a\s+new|a\s+fresh|the\s+(?:right|correct)|one\s+more|new\s+ones?)|(?:the\s+)?same\s+(?:one|thing)\s+again"),
)  # fmt: skip
_REMEDY = re.compile(
    r"\b(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS) + r")\b", re.I
)
_IMPERATIVE = re.compile(
    r"(?:refund|replace|reimburse|repair|swap|exchange|send|resend|re-send|post|mend|call|ring|phone|give|gimme|knock|fix|pay|credit|get|ship|apologi[sz]e|deliver)\b",
    re.I,
)
_ONLY_FILLER = re.compile(
    r"^(?:\W|\b(?:a|an|the|my|some|full|ok|okay|yes|yeah|hi|hello|so|then|well|right|just|maybe|perhaps|either|ideally)\b)*$"
)
_WISHED = re.compile(
    r"\b(?:want|wants|wanted|wanting|like|need|needed|require|prefer|rather|take|taking|accept|have|get|getting|give|gimme|send|issue|offer|provide|process|arrange|"
    r"deserve|still|never|had|received|seen|owe|owed|expect|expecting|demand|demanding|request|requesting|requested|ask|asking|asked|claim|after|please|pls|plz|just|only|can|could|may|how\s+about|what\s+about|either|or|and|"
    r"hoping|hope|wish|would\s+be|entitled|due|where'?s|where\s+is|waiting|chasing|go\s+for|go\s+with|choose|yes|settle|make\s+it|for|to)\b[^.!?]*$"
)
# Told of the past or of the shop, not wished for.
_OF_THE_PAST = re.compile(
    r"\b(?:the|your|this|that|my|second|first|sent|got|received)\s+(?:[a-z]+\s+)?$"
)
_BROKE_TOO = re.compile(
    r"^\s*(?:you\s+sent|i\s+(?:got|received|was\s+sent)|is\b|was\b|also|arrived|came|has\b|broke|that\s+(?:came|arrived|you)|stopped|doesn'?t|does\s+not|won'?t|itself|too\b|parts?\s+(?:is|was|are))"
)
_REFUSED = re.compile(
    r"(?:\b(?:do\s*n'?t|do\s+not|did\s*n'?t|did\s+not|would\s*n'?t|would\s+not|wo\s*n'?t|will\s+not|not|never|i\s+refuse\s+to|we\s+refuse\s+to)\s+(?:[a-z]+ly\s+|even\s+)?"
    r"(?:want|wanted|wanting|need|needed|like|accept|accepting|take|taking|interested\s+in|bothered\s+about|fussed\s+about|be\s+accepting|looking\s+for|asking\s+for|ask\s+for|asked\s+for|after|care\s+(?:about|for)|settle\s+for|bother\s+with|have|going\s+to\s+accept|try\s+to|be\s+fobbed\s+off\s+with)\b"
    r"(?:\s+(?:a|an|any|the|your|(?:you|them|any\s?one|any\s?body|some\s?one|people)\s+to|to|be|have|get|another|it|this|some|more|silly|stupid|bloody|poxy|measly|pathetic|just))*\s*"
    r"|\b(?:rather|sooner)\b[^.!?]{0,60}\bthan\s+(?:a|an|the|your|another)*\s*|\bprefer\s+(?:a|an|the|my)\s+(?:[a-z]+\s+){1,2}(?:over|to|than)\s+(?:a|an|the|your|another)\s+"
    r"|\b(?:instead\s+of|rather\s+than|in\s+place\s+of|no\s+use\s+for|no\s+interest\s+in|sick\s+of|keep|stuff|stick|shove|forget|cancel|call\s+off|scrap|anything\s+but|but\s+not|without|no\s+point\s+in)\s+(?:a|an|any|the|your|another|getting|having|being|about)*\s*(?:[a-z]+\s+)?"
    r"|\b(?:no|not|nor|neither)\s+(?:a\s+|an\s+|another\s+|any\s+|some\s+(?:[a-z]+\s+)?|the\s+|your\s+|more\s+|thanks\s+to\s+(?:the\s+)?)?)$"
)
# "don't send me a", "I asked you not to": said to the shop, so that no shop can have refused it.
_TOLD_NOT_TO = re.compile(
    r"(?:(?:^|\b(?:please|pls|plz|kindly|but|and|so))[\W]*(?:\b(?:hi|hello|ps|nb|ok|okay|no|also|just|then|again|please|pls|plz)\s+)*\b(?:do\s*n'?t(?:\s+you\s+dare)?|do\s+not|stop)"
    r"|\b(?:no\s+need\s+(?:to|for)|(?:do\s*n'?t|do\s+not)\s+(?:need|have)\s+to|need\s*n'?t|never\s?mind(?:\s+about)?)"
    r"|\b(?:i|we)\s+refuse"
    r"|\b(?:i|we)\b[^.!?]{0,20}\b(?:prefer|rather|asked|told|said|ask|beg)\b[^.!?]{0,30}\b(?:not(?:\s+to)?|did\s*n'?t|do\s*n'?t))"
    r"(?:\s+(?:dare|ever|even|bother|to|try|trying|go|have|let|get|make|any\s?one|any\s?body|some\s?one|somebody|people|your|staff|send|sending|give|giving|"
    r"offer|offering|issue|issuing|post|process|arrange|suggest|think|about|fob|off|with|me|us|out|over|a|an|any|another|the|it|be|been|receive|accept|take|more|silly|stupid|bloody))*\s+$"
)
_SHOP_DOES_NOT = re.compile(
    r"\b(?:you|they|he|she|it|who|that)\b[^.!?]{0,40}\b(?:and|but|so)\s+(?:do\s*n'?t|do\s+not|never)\b"
)
# "a voucher is no use to me", "voucher? no thanks".
_NO_GOOD = re.compile(
    r"^s?\s*(?:(?:is|are|would\s+be|'s|is\s*n'?t|are\s*n'?t|wo\s*n'?t\s+be)\s+(?:really\s+|absolutely\s+|just\s+)?(?:(?:of\s+)?(?:no|any|little)\s+(?:use|good|help|interest)\b|"
    r"useless|worthless|pointless|unacceptable|out\s+of\s+the\s+question|(?:not\s+)?(?:acceptable|necessary|needed|wanted)\b)"
    r"|\W*no\s+(?:thanks|thank\s+you|ta|way)\b)"
)
_IS_GOOD = re.compile(
    r"^s?\s*(?:is|are)\s+(?:really\s+|absolutely\s+|just\s+)?(?:acceptable|necessary|needed|wanted|any)\b"
)
# "I don't just want", "not leaving without", "nothing but": no less than this is wished for.
_NO_LESS = re.compile(
    r"\bnot?\s+(?:just|only|merely)|n'?t\s+(?:just|only|merely|simply)\b|(?:\bnot|n'?t|\bnever)\b.*\swithout\b"
    r"|(?:\bnot|\bnever|n'?t)\s+forget\b|\b(?:can|could|may)\s+(?:i|we)\s+not\b"
    r"|(?:\bnot|\bnever|n'?t|\bnothing)\b.*\bbut\s+(?:an?|the|my)?\s*(?:[a-z]+\s+)?$|\bnothing\s+but\b"
)
# "no refund yet", "refuses a refund": the refusal is the shop's, the wish still stands.
_SHOP_REFUSED = re.compile(
    r"\b(?:you|they|he|she|staff|store|shop|company|agent|nobody|no\s+one)\b[^.!?]{0,25}\b(?:won'?t|will\s+not|refus\w+|did\s*n'?t|do\s*n'?t|not|never|no)\b[^.!?]{0,15}$"
)
_NOT_HAD = re.compile(
    r"\b(?:still|had|i\s+have|i've|got|been|received|seen|why|there'?s|there\s+is|yet|gave|given|offered)\s+(?:been\s+)?no\s+(?:[a-z]+\s+)?$"
    # "I got the refund but not the apology".
    r"|\b(?:got|had|received|given)\b[^.!?]*\bnot\s+(?:the|my|an?|any)\s+$"
)
# "returned it 10 days ago, no refund": waited for, and not given.
_WAITED = re.compile(
    r"\b(?:ago|returned|sent\s+(?:it|them)\s+back|wait(?:ing|ed)|weeks|days|nothing|nobody|no\s+(?:reply|response|answer|e-?mail))\b[^.!?]*[,;]\s*(?:and\s+)?no\s+$"
)
_POLITELY = re.compile(r"^\s*(?:please|pls|plz|thanks|thank)\b")
_THEY_SAY = re.compile(
    r"\b(?:i|we)\s+(?:really\s+|just\s+|definitely\s+)?(?:do\s*n'?t|do\s+not|wo\s*n'?t|will\s+not)\b[^.!?]*$"
)
_NOT_HAD_YET = re.compile(
    r"^\s*(?:yet|so\s+far|received|has\s+(?:come|arrived|been)|came|arrived|was\s+(?:given|received|issued)|in\s+sight|to\s+date|showing|still)"
)
_LIST_OF_REFUSALS = re.compile(
    r"^[^.!?]{0,15}\b(?:or|nor|and)\s+(?:a|an|any|the|your)?\s*(?:[a-z]+\s+)?$"
)


def find_wishes(reading: Reading) -> None:
    """Remedies the customer wishes for (`remedy`) and those they turn down (`refused_remedy`).

    Each kind is said once. A remedy that is only told of ("the replacement broke too", "what is
    your refund policy") is neither.
    """
    said: dict[str, str] = {}
    refused_until = -1
    for match in _REMEDY.finditer(reading.text):
        kind = str(match.lastgroup)
        before = reading.clause_before(match.start(), longest=80)
        refused = _is_refused(reading, match, before) or (
            # "no voucher or discount": the refusal reaches over the "or".
            refused_until >= 0
            and bool(_LIST_OF_REFUSALS.match(reading.text[refused_until : match.start()].lower()))
        )
        if refused:
            entity, refused_until = "refused_remedy", match.end()
        elif _is_wished(reading, match, before):
            entity, refused_until = "remedy", -1
        else:
            continue
        # Wished for once is wished for: "no, not a voucher … all right, the voucher then".
        if said.get(kind) in (entity, "remedy"):
            continue
        said[kind] = entity
        reading.details[:] = [
            detail for detail in reading.details
            if not (detail.entity == "refused_remedy" and detail.value == kind)
        ]  # fmt: skip
        reading.note(entity, kind, *match.span())


def _is_refused(reading: Reading, match: re.Match[str], before: str) -> bool:
    after = reading.after(match.end())
    if _NO_LESS.search(before):
        return False
    if re.match(r"\s*without\b", before) and not _POLITELY.match(after):
        return False  # "without a refund I will not rest"
    if _TOLD_NOT_TO.search(before) and not _SHOP_DOES_NOT.search(before):
        return True
    # "the replacement is useless" tells of the one that came.
    if _NO_GOOD.match(after) and not _IS_GOOD.match(after):
        return match.lastgroup != "replacement" or not _OF_THE_PAST.search(before)
    if not _REFUSED.search(before) or _NOT_HAD.search(before):
        return False
    if _WAITED.search(reading.sentence_before(match.start())) and not _POLITELY.match(after):
        return False
    if _THEY_SAY.search(before):
        return True
    if _SHOP_REFUSED.search(before) or _NOT_HAD_YET.match(after):
        return False
    # "why don't you just refund me" asks for it.
    return not re.search(r"\b(?:why|can'?t|could\s*n'?t)\b", before)


def _is_wished(reading: Reading, match: re.Match[str], before: str) -> bool:
    if _BROKE_TOO.match(reading.after(match.end())) and _OF_THE_PAST.search(before):
        return False
    if re.search(
        r"\b(?:policy|policies|do you (?:sell|do|offer|give|have)|sell)\b", before
    ) or re.match(r"\s*polic", reading.after(match.end())):
        return False
    if re.match(r"(?:want|get|have|like|need|return)\b", match.group(), re.I):
        return True
    if _ONLY_FILLER.match(before) and re.match(
        r"\s*(?:or\b|and\b|please|pls|would|will|then|thanks|if\b|$|[.,!?])",
        reading.after(match.end()),
    ):
        return True
    if not before.strip() and (_IMPERATIVE.match(match.group()) or len(reading.text.split()) <= 6):
        return True
    if _IMPERATIVE.match(match.group()) and re.search(
        r"\b(?:please|pls|plz|just|now|and|or|so|then|to|you)\s*$", before
    ):
        return True
    return bool(_WISHED.search(before)) or len(reading.text.split()) <= 4
