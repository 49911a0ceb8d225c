"""The language of a message, when it is one we cannot read.

Whether it is English and which other language it is are two questions. The first is answered by its
words: those that only English has, those that tell of another language (telling_words.yml), and
those that nobody here ever heard. The second is answered by those words and by py3langid (Lui and
Baldwin 2012, "langid.py: an off-the-shelf language identification tool") together, and where they
leave two languages near each other, by none: to be answered in a stranger's language is worse than
to be answered in English.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import yaml
from py3langid.langid import MODEL_FILE, LanguageIdentifier

NOT_NAMED = "und"  # ISO 639-2: a language, but which is not determined
_TELLING = Path(__file__).with_name("telling_words.yml")
_ENGLISH = frozenset(
    """
    the my you your it it's its and not this that these there which what who why how when where
    have has had been were they with from please pls said says got get can can't won't don't dont
    didn't isn't are was name surname first number address street road hi hello till now yes
    sir but still want need came come here never
    """.split()
)
_BY_ITSELF = 3  # words that no list tells: fewer may be a name or a thing, "Le Creuset"
_NOT_LIKE_ENGLISH = 6.0  # and so much likelier elsewhere: 6 is e⁶, four hundred times
_A_WORD_TELLS = 4.0  # as much as if py3langid held it for e⁴ times as likely
_NEAR = 3.0  # languages as near as that cannot be told apart
# Written with d and l crossed, and the dotless i: no accents, so nothing takes them off.
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})


def other_language(text: str, is_known: Callable[[str], bool]) -> str | None:
    """The code (ISO 639-1) of the language the text is in, or NOT_NAMED; None when it may well be
    English.

    `is_known` says of a word in small letters whether it is one of ours. Typing errors should be
    put right before.
    """
    words = _words_in(text)
    letters = re.findall(r"[^\W\d_]", _without_accents(text.lower()))
    if not letters:
        return None
    if 2 * sum(letter.isascii() for letter in letters) < len(letters):
        return _named(dict(_identifier().rank(text)))  # another script needs no further sign
    if not _is_foreign(text, words, is_known):
        return None
    told = Counter(language for word in set(words) for language in _telling().get(word, ()))
    likely = dict(_identifier().rank(text))
    for language, number in told.items():
        likely[language] = likely.get(language, 0.0) + _A_WORD_TELLS * number
    named = _named(likely)
    return named if told and told[named] == max(told.values()) else NOT_NAMED


def _is_foreign(text: str, words: list[str], is_known: Callable[[str], bool]) -> bool:
    """Whether the words, in Latin letters, are those of no hurried Englishman."""
    different = set(words)
    telling = different & _telling().keys()
    english = different & _ENGLISH
    if len(english) >= max(1, len(telling)):
        return False
    unknown = {word for word in different - telling if len(word) >= 3 and not is_known(word)}
    if len(telling) >= 2:
        return len(telling) + len(unknown) >= len(different) / 2
    if not all(re.search("[aeiouy]", word) for word in unknown):
        return False  # somebody leans on the keyboard, or saves letters
    lead = _lead_over_english(text)
    if telling and lead >= _NOT_LIKE_ENGLISH:
        strange = len(unknown) + 1 >= len(different) / 2
        return (bool(unknown) and strange) or not is_known(*telling)
    if any(len(word) >= 4 for word in different - telling - unknown):
        return False  # "nespresso vertuo dead"
    if telling:
        return bool(unknown) and lead > 0
    return len(unknown) >= _BY_ITSELF and lead >= _NOT_LIKE_ENGLISH


def _named(likely: dict[str, float]) -> str:
    """The likeliest language but English, when no other comes near it."""
    first, second = sorted(likely.keys() - {"en"}, key=likely.__getitem__, reverse=True)[:2]
    return first if likely[first] - likely[second] >= _NEAR else NOT_NAMED


def _lead_over_english(text: str) -> float:
    scores = _identifier().rank(text)
    return scores[0][1] - dict(scores)["en"]


def _words_in(text: str) -> list[str]:
    """The words, "n'est" whole and its second half as well: "don't" is English as a whole."""
    words = re.findall(r"[^\W\d_]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
    words += [word.split("'")[1] for word in words if "'" in word]
    return [_without_accents(word) for word in words if len(word) >= 2]


def _without_accents(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache
def _telling() -> dict[str, list[str]]:
    """Each telling word's languages."""
    found: dict[str, list[str]] = {}
    for language, words in yaml.safe_load(_TELLING.read_text(encoding="utf-8")).items():
        for word in set(words.split()) - _ENGLISH:
            found.setdefault(word, []).append(language)
    return found


@lru_cache
def _identifier() -> LanguageIdentifier:
    """Knows 97 languages; its scores are natural logarithms, not yet probabilities."""
    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=False)
