"""What a customer is called."""

import re

from room.details.reading import Reading

_WORD = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'-]*\.?"
_NAME = rf"(?P<name>{_WORD}(?:\s+{_WORD}){{0,3}})"
# After these words a name follows, in capitals or not.
_SAID = re.compile(
    rf"\b(?:sur)?names?(?P<is>'s|\s+is|\s+was|\s*[:=-])?\s+(?:(?:actually|just|still|really|spelled|spelt)\s+)?{_NAME}",
    re.I,
)
_CALLED = re.compile(
    rf"\b(?:i'?m|i\s+am)\s+(?:called|named)\s+(?P<name>{_WORD}(?:\s+{_WORD}){{0,2}})", re.I
)
# "his name was Mike", "the street name is …": somebody else's, or no person's.
_NOT_THEIR_OWN = re.compile(
    r"(?:'s|\b(?:his|her|their|its|your|what|an?|any|no|this|street|road|app|file|brand|company|product|item|team|user|pet|dog|cat))\s+$"
)
_OF_TWO = re.compile(r"\b(?:full|first|last)\s+$")
_FIRST_AND_LAST = re.compile(
    rf"\bfirst\s+name(?:'s|\s+is|\s*:)?\s+(?P<first>{_WORD})\s*(?:,|and|,\s*and)?\s+(?:my\s+|the\s+)?(?:last|sur|second|family)\s*name(?:'s|\s+is|\s*:)?\s+(?P<last>{_WORD})",
    re.I,
)
# After these anything may follow, so only words written as names are.
_CAPITAL = r"[A-ZÀ-Ö][a-zà-öø-ÿ]+(?:[-'][A-Z][a-zà-öø-ÿ]+)?"
_INTRODUCED = re.compile(
    rf"(?:\b[Ii](?:'m|m|\s+am)|\b[Tt]his\s+is|\b[Ii]t'?s|\b[Cc]all\s+me|\b[Hh]ere\s+is|(?<!\ba\s)(?<!\bafter\s)\b[Mm](?:r|rs|s|iss|x)\b\.?)\s+(?:[Mm](?:r|rs|s|iss|x)\b\.?\s+)?"
    rf"(?P<name>{_CAPITAL}(?:\s+(?:{_CAPITAL}|[A-Z]\.?(?=\s)|O'[A-Z][a-z]+|Mc[A-Z][a-z]+)){{0,2}})(?=\s*(?:[,.!?\n;)-]|$|\s(?:and|here|from|with|speaking|but|calling|writing|my|again|i)\b))"
)
_HERE = re.compile(
    rf"^\W*(?:(?:[Hh]i|[Hh]ello|[Hh]ey|[Gg]ood\s+\w+)[\s,]+)?(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})?)\s+(?:here|speaking)\b"
)
# "i am mellisa and my account number is": typed small, but what follows tells.
_INTRODUCED_SMALL = re.compile(
    r"\bi(?:'m|m|\s+am)\s+(?P<name>[a-z]{3,}(?:\s+[a-z]{3,})?)\s+(?:and|,)\s+my\s+(?:account|order|phone|e-?mail|booking|mobile|contact|post\s?code|customer)\b",
    re.I,
)
_SIGNED = re.compile(
    rf"(?:\b(?:regards|thanks|thank you|cheers|sincerely|yours|best|faithfully)\b[,.!\s-]*\n\s*|\b(?:[Rr]egards|[Ss]incerely|[Bb]est wishes),?\s+)(?P<name>{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})\s*[.!]?\s*$"
)
_SHORT = 6  # words of a message that says nothing but a name
_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "mr.", "mrs.", "ms.", "dr."}
_ENDS_A_NAME = frozenset(
    """
    and or but i my the a an it its is was are im i'm i've from with order phone email
    number address postcode zip if so because please thanks thank you your on in at of for
    to here not that this can could when we he she they what who which who's whats hi hello
    isn't isnt after before ordered bought have had has wrong spelt misspelt spelled also dob account username user
    hope don't dont would will do did with
    """.split()
)
_NO_NAMES = frozenset(
    """
    angry furious annoyed upset disappointed sorry fine good okay ok happy sad tired sick
    done fed livid disgusted appalled shocked confused worried frustrated unhappy pleased
    glad sure afraid british english american indian irish scottish welsh french german
    italian spanish polish chinese pregnant disabled deaf blind diabetic vegan muslim
    christian jewish black white asian gay trans home back late early not very so really
    just still now never always absolutely completely totally extremely beyond currently
    only also monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december christmas today
    tomorrow ridiculous unacceptable disgraceful terrible awful appalling rubbish broken
    wrong missing damaged late urgent ordering the my your a an this that it i amazon royal
    mail dpd evri hermes ups fedex london manchester birmingham leeds england scotland wales
    hi hello yes no please thanks thank you kettle blender broken faulty unbelievable
    outrageous great wonderful amazing insane mad unreal new here there what why how when
    who where
    """.split()
)


def find_names(reading: Reading) -> None:
    """The person's own name, as in "my name is …", "I'm Sarah Hughes", or under a letter."""
    if "name" in reading.small:
        _find_said(reading)
    for match in reading.free_matches(_CALLED, "name"):
        _take_until_stopped(reading, match["name"], match.start("name"))
    for pattern in (_INTRODUCED, _INTRODUCED_SMALL, _HERE, _SIGNED):
        for match in reading.free_matches(pattern, "name"):
            words = match.group("name").split()
            if not any(_is_no_name(word) for word in words):
                reading.take("person_name", " ".join(map(_as_name, words)), *match.span("name"))


def _find_said(reading: Reading) -> None:
    for match in reading.free_matches(_FIRST_AND_LAST):
        start, end = match.start("first"), match.end("last")
        end -= reading.text[start:end].endswith(".")
        name = f"{_as_name(match['first'])} {_as_name(match['last'].rstrip('.'))}"
        reading.take("person_name", name, start, end)
    for match in reading.free_matches(_SAID, "name"):
        before = reading.clause_before(match.start())
        if _NOT_THEIR_OWN.search(before):
            continue
        # "name change after my wedding": without "is", only what is written as a name is one.
        says_only_that = before.endswith("my ") and len(reading.text.split()) <= _SHORT
        if match["is"] or match["name"][0].isupper() or says_only_that or _OF_TWO.search(before):
            _take_until_stopped(reading, match["name"], match.start("name"))


def _is_no_name(word: str) -> bool:
    plain = word.lower().strip(".")
    return plain in _NO_NAMES or (
        plain.endswith(("ing", "ed")) and plain not in ("ed", "fred", "jared", "reed")
    )


def _take_until_stopped(reading: Reading, words: str, start: int) -> None:
    kept: list[str] = []
    end = start
    for match in re.finditer(r"\S+", words):
        word = match.group()
        plain = word.lower().rstrip(".,")
        if plain in _ENDS_A_NAME or plain in _NO_NAMES:
            break
        if plain not in _TITLES:
            kept.append(word.rstrip(".,"))
        else:
            start = start if kept else start + match.end() + 1
        end = (
            start if not kept else reading.text.index(word, end if kept[1:] else start) + len(word)
        )
        if word.endswith((".", ",")) and plain not in _TITLES and len(plain) > 1:
            break
    if kept:
        end = start + len(reading.text[start:end].rstrip(".,"))
        if reading.is_free(start, end):
            reading.take("person_name", " ".join(_as_name(word) for word in kept), start, end)


def _as_name(word: str) -> str:
    """ "sarah" is Sarah; "McAvoy" and "O'Hara" stay as they were written."""
    return word if any(letter.isupper() for letter in word) and not word.isupper() else word.title()
