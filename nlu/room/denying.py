"""What a message says only to set it aside: "it isn't late, it's the wrong one".

A complaint that is named and denied pulls as hard as one that is meant, so what is denied is not read.
"""

import re

_WRONG = (
    r"broken|damaged|faulty|defective|cracked|scratched|dented|torn|smashed|dead|late|overdue|delayed|lost|missing"
    r"|rude|unfriendly|impolite|expensive|the price|the delivery|the courier|the driver|the staff|your staff"
    r"|wrong with|the money|the product|the quality"
)
_SUBJECT = r"(?:it|they|this|that|he|she|(?:the|my|your|our|their) (?:[\w-]+ ){0,2}?[\w-]+|everything|anything)"
_IS_NOT = (
    r"(?:['’]s not|['’]re not| (?:is|are|was|were) not"
    r"| (?:is|are|was|were)n['’]?t| ain['’]?t| did not come| didn['’]?t come)"
)
_DENIED = re.compile(
    r"(?:^|(?<=[,.;!?\n] )|(?<=\bbut )|(?<=\band ))"
    r"(?:"
    rf"(?:{_SUBJECT}{_IS_NOT}|(?:there(?:['’]s| is| was) )?(?:nothing|none of it)(?: is| was|['’]s)?)"
    rf"(?: (?:really|actually|even|so much|as such|exactly|about|at all))* (?:{_WRONG})\b[^,;.!?\n]*?"
    r"|(?:it|they|the \w+|everything) (?:did )?(?:arrived?|came?|was delivered|turned up) (?:all |bang )?(?:on time|early|fast|quickly)"
    r"(?: and (?:in one piece|well packed|undamaged))?"
    r"|(?:he|she|they|everyone|(?:the|your) \w+(?: \w+)?) (?:was|were) (?:lovely|very nice|nice|polite|friendly|kind|great|very kind)"
    r")"
    r"(?P<turn>\s*(?:,|;|-|–|—)?\s*\b(?:but|it['’]?s just|only|just|it['’]?s)\b|\s*(?:,|;|–|—| -)\s*|[.!]\s+(?=\w))",
    re.IGNORECASE,
)
_ENOUGH_TOLD = 2  # words


def without_what_is_denied(text: str) -> str:
    """The text without what it says is not so, when enough is told beside it."""
    left = _DENIED.sub(lambda denied: _kept(denied["turn"]), text)
    left = re.sub(r"\s{2,}", " ", left).strip(" ,;-–—")
    return left if len(left.split()) >= _ENOUGH_TOLD else text


def _kept(turn: str) -> str:
    """Of the words that turn to what is so, those which say something themselves."""
    word = turn.strip(" ,;.!-–—")
    return f"{word} " if word and word.lower() != "but" else ""
