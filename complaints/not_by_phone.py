"""Not by telephone: for whom a call would be no help, by what they need or have asked for."""

import re
from collections.abc import Iterable

_NEEDS = re.compile(
    r"\b(?:deaf|hard of hearing|hearing|(?:can['’]?t|cannot|can not|unable to) hear|mute|non-?verbal"
    r"|(?:can['’]?t|cannot|can not|unable to|hard to|find it \w+ to) (?:speak|talk|use|hear)[^.!?]{0,20}phone)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:no|not|without) (?:any |more |by )?(?:(?:tele)?phone(?: ?calls?)?|calls)\b(?! (?:number|back|since|yet))"
    r"|(?<!\byou )(?<!\bthey )\b(?:do ?n['’]?t|do not|never) (?:call|ring|phone|telephone) me\b(?! back)"
    r"|\bi(?:['’]?m| am) (?:\w+ )?deaf\b(?! to)",
    re.IGNORECASE,
)


def is_meant(needs: str | None, told: Iterable[str]) -> bool:
    """Whether nobody should telephone them."""
    return bool(needs and _NEEDS.search(needs)) or any(_ASKED.search(words) for words in told)
