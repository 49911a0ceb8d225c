"""The language of a message, when it is one we cannot read.

py3langid names it (Lui and Baldwin 2012, "langid.py: an off-the-shelf language identification
tool"). Three words of hurried English look like Norwegian to it; so some of the words must be
unknown as well, and none of them one that only English has.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Common among customers. Of all the languages there are, three words fit too many.
_LANGUAGES = "en es fr de it pt pl nl ro tr ru uk ar zh ja ko hi ur bn pa el cs hu sv".split()
_SURE = 0.95
_ENGLISH = frozenset(
    """
    the my you your it it's and not this that these there which what who have has had
    been were they with from please says said got get can can't won't don't didn't isn't are
    name surname first order number address street road hi hello
    """.split()
)
_WORDS = 3  # fewer may be a name, a greeting, a thing: "Le Creuset"
_UNKNOWN = 0.2  # of the words of three letters and more


def other_language(text: str, is_known: Callable[[str], bool]) -> str | None:
    """The code (ISO 639-1) of the language the text is in; None when it may well be English.

    `is_known` says of a word in small letters whether it is one of ours. Typing errors should be
    put right before.
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not words:
        return None
    if not re.search("[a-z]", text.lower()):
        return _identifier().classify(text)[0]  # another script needs no further sign
    long = [_without_accents(word) for word in words if len(word) >= 3]
    if not all(re.search("[aeiouy]", word) for word in long):
        return None  # somebody leans on the keyboard
    unknown = sum(not is_known(word) for word in long)
    if len(words) < _WORDS or not unknown or unknown < _UNKNOWN * len(long):
        return None
    if not _ENGLISH.isdisjoint(words):
        return None
    language, sure = _identifier().classify(text)
    return language if language != "en" and sure >= _SURE else None


def _without_accents(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LANGUAGES)
    return identifier
