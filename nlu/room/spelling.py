"""Typing errors put right, where what was meant is beyond doubt."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LETTER = r"[^\W\d_]"  # of any alphabet: "arrivée" is one word, and none of ours
_WORD = re.compile(rf"(?<!{_LETTER})(?:[a-z]{{3,}}'[a-z]+|[a-z]{{4,}})(?!{_LETTER})")
_OFTEN = 2  # an English word written twice in the training sentences may be what was meant
_VERY_OFTEN = 4  # any other word needs more: misspellings stand in the training sentences too
_ENDING = re.compile(r"(?:'s|s|es|ed|d|er|ers|ing|ings|ly|less|ness|able)$")


def words_in(texts: Iterable[str]) -> dict[str, int]:
    """The words of sentences, and how often each stands there."""
    return dict(Counter(word for text in texts for word in _WORD.findall(text)))


class Spelling:
    """Knows the trade's words; leaves every word of English, and every word it was shown, alone."""

    def __init__(self, shown: dict[str, int], is_english: Callable[[str], bool]) -> None:
        """`shown` are the words of the training sentences and their number."""
        self._shown = shown
        self._is_english = is_english
        often = (
            word
            for word, times in shown.items()
            if times >= (_OFTEN if is_english(word) else _VERY_OFTEN)
        )
        self._by_first_letter: dict[str, list[str]] = {}
        for word in sorted(often):
            self._by_first_letter.setdefault(word[0], []).append(word)

    def knows_a_word_of(self, text: str) -> bool:
        """Whether any word of it, in small letters, is English or was shown.

        Words of three letters and less are not kept apart; a text of nothing else counts as known.
        """
        words = re.findall(r"[a-z]+", text)
        return all(len(word) < 4 for word in words) or any(map(self.knows, words))

    def knows(self, word: str) -> bool:
        """Whether a word in small letters was shown, or is English."""
        return word in self._shown or (len(word) > 1 and self._is_word(word))

    def corrected(self, text: str) -> str:
        """The text, in small letters already, with each unknown word replaced by the one known
        word a slip of the finger away (two in long words); where two are, by none."""
        return _WORD.sub(lambda match: self._meant(match.group()), text)

    def _meant(self, word: str) -> str:
        if word in self._shown or self._is_word(word):
            return word
        slips = 1 if len(word) < 8 else 2
        # Thumbs slip anywhere but seldom on the first letter.
        near = process.extract(
            word,
            self._by_first_letter.get(word[0], []),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=2,
        )
        if not near or (len(near) == 2 and near[0][1] == near[1][1]):
            return word
        return near[0][0]

    def _is_word(self, word: str) -> bool:
        """Whether it is English, or an ending on something that is: "refunded", "tripping"."""
        if self._is_english(word):
            return True
        stem = _ENDING.sub("", word)
        if stem == word or len(stem) < 3:
            return False
        undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
        return any(
            form in self._shown or self._is_english(form) for form in (stem, undoubled, f"{stem}e")
        )
