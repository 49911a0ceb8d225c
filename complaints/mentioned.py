"""Which thing in an order somebody is talking about.

"the jug of my blender", "hoover", "ketle": people name what they have in their kitchen, not
what the catalogue calls it. Wrong by guessing is worse than asking, so anything that fits two
lines of the order fits none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from complaints.orders import Order, OrderLine

# The noun says most ("kettle"), the word before it less ("gooseneck kettle"), a part or a
# detail still less (many things have a lid). A brand's first words say little, since they are
# often plain ones ("Sunday slow cooker"), and a colour nearly nothing. ENOUGH is what a word
# must weigh, alone or with others, before anything is thought to be meant.
HEAD, BEFORE_HEAD, PART, BRAND, COMMON = 1.4, 1.0, 0.6, 0.5, 0.3
ENOUGH = 0.6
CLEARLY = 0.25

COLOURS_SIZES_AND_PLAIN_WORDS = """
    black white blue green red grey yellow pink cream navy sage silver copper brass steel
    stainless iron cast glass oak wooden cotton linen wool small medium large single double
    king litre piece set pair size kitchen electric cordless wireless new home
    box monthly slow stand table travel wall reading
"""
COMMON_WORDS = frozenset(COLOURS_SIZES_AND_PLAIN_WORDS.split())
SAID_FOR = {
    "hoover": "vacuum",
    "quilt": "duvet",
    "comforter": "duvet",
    "skillet": "frying",
    "frypan": "frying",
    "headset": "headphone",
    "earphone": "headphone",
    "crockpot": "slow",
    "cup": "mug",
}
# What is said to be well is not what they complain of, nor is what they only say they bought.
_WELL = re.compile(
    r"\b(?:is|are|was|were|arrived|came|['’]s|['’]re) (?:all |quite |absolutely |perfectly |just )?"
    r"(?:fine|ok|okay|good|great|perfect|lovely|all right|alright|intact|undamaged|safe\w*)\b"
    r"|\bworks? (?:fine|well|perfectly|great|ok|okay)\b|\b(?:ordered|bought)\b"
    r"|\bno (?:problems?|issues?|complaints?)\b|\bnothing (?:is |was )?wrong\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[.;!?,\n]+|\b(?:but|while|whereas|though|although)\b", re.IGNORECASE)
_AND = re.compile(r"\band\b", re.IGNORECASE)
NOISE = {"the", "and", "for", "with", "from", "that", "this", "you", "your", "our", "not"}


def mentioned(order: Order, words: str) -> list[OrderLine]:
    """The lines the words speak of, in the order's order.

    A word counts for the line it fits best: "kettle" is the kettle, not the kettle descaler.
    Where it fits two lines equally well, both are given.
    """
    as_written = words.casefold().split()
    by_sku = [line for line in order.lines if line.sku.casefold() in as_written]
    if by_sku:
        return by_sku
    said = _said(words)
    found: list[OrderLine] = []
    while said:
        weights = [(line, _weights(line, said)) for line in order.lines if line not in found]
        best = max((sum(of.values()) for _, of in weights), default=0.0)
        if best < ENOUGH - 0.001:
            break
        nearest = [(line, of) for line, of in weights if sum(of.values()) > best - CLEARLY]
        found += [line for line, _ in nearest]
        said -= {word for _, of in nearest for word in of}
    return [line for line in order.lines if line in found]


def match_line(order: Order, words: str) -> OrderLine | None:
    """The one line the words speak of; None when that is unsure or could be two."""
    lines = mentioned(order, words)
    return lines[0] if len(lines) == 1 else None


def complained_of(order: Order, words: str) -> list[OrderLine]:
    """The lines the words speak of, without those they call well or only say they bought."""
    clauses = []
    for clause in _CLAUSES.split(words):
        clauses += _AND.split(clause) if _WELL.search(clause) else [clause]
    return mentioned(order, ". ".join(each for each in clauses if not _WELL.search(each)))


def match_part(line: OrderLine, words: str) -> str | None:
    """The part of the thing the words speak of: "the seal is missing" is the lid seal."""
    said = _said(words)
    scored = []
    for part in line.parts:
        part_words = _words(part)
        fits = [any(_alike(word, one) for one in said) for word in part_words]
        if fits and fits[-1]:  # the noun itself must be said: "lid" is not the "lid seal"
            scored.append((sum(fits), part))
    scored.sort(key=lambda pair: pair[0], reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def named_part(line: OrderLine, told: Sequence[str], wish: str | None) -> str | None:
    """The part it is about: the one they wish for, else the one their story speaks of."""
    return (match_part(line, wish) if wish else None) or match_part(line, " ".join(told))


def _weights(line: OrderLine, said: set[str]) -> dict[str, float]:
    """What each said word says for this line; words that say nothing are left out."""
    vocabulary = _vocabulary(line)
    weights = {}
    for word in said:
        fitting = [weight for known, weight in vocabulary.items() if _alike(known, word)]
        if fitting:
            weights[word] = max(fitting)
    return weights


def _vocabulary(line: OrderLine) -> dict[str, float]:
    """The words that may stand for this line, and what each weighs."""
    # "Gooseneck kettle, 0.9 l, black": the noun is the last word before the details.
    title, *details = re.split(r"[,(–]| - | with | for ", line.name)
    words = _words(title)
    while len(words) > 1 and words[-1] in COMMON_WORDS:  # "washed linen bed set" is a bed
        words.pop()
    vocabulary: dict[str, float] = {}
    for part in line.parts:
        *about, noun = _words(part) or [""]
        vocabulary |= dict.fromkeys(about, COMMON) | {noun: PART}
    vocabulary |= {word: PART for detail in details for word in _words(detail)}
    vocabulary |= dict.fromkeys(words, BRAND) | dict.fromkeys(words[-2:-1], BEFORE_HEAD)
    vocabulary |= {word: COMMON for word in vocabulary if word in COMMON_WORDS}
    vocabulary |= {word + "one": PART for word in vocabulary if word in COMMON_WORDS}  # "blue one"
    vocabulary |= dict.fromkeys(words[-1:], HEAD)
    return vocabulary | {one + two: HEAD for one, two in pairwise(words)}  # "teatowel"


def _said(words: str) -> set[str]:
    said = _words(words)
    together = {one + two for one, two in pairwise(said)}  # "head phones"
    return {SAID_FOR.get(word, word) for word in said} | together


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [
        _singular(word)
        for word in re.findall(r"[a-z]+", plain.replace("'s", "").replace("’s", ""))
        if len(word) > 2 and word not in NOISE
    ]


def _singular(word: str) -> str:
    for ending, instead in (("knives", "knife"), ("ies", "y"), ("sses", "ss"), ("shes", "sh")):
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


def _alike(known: str, said: str) -> bool:
    """The same word, allowing a slip of the finger in longer ones: "ketle", "bledner".

    The first letter must be right and short words exact, or "slight" would be a light and
    "late" a plate.
    """
    if known == said:
        return True
    if min(len(known), len(said)) < 5 or known[0] != said[0]:
        return False
    swapped = sorted(known) == sorted(said) and OSA.distance(known, said) == 1
    return swapped or fuzz.ratio(known, said) >= 85
