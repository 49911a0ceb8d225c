"""How a text is written: TF-IDF of the n-grams of its letters, read quickly.

Learned by scikit-learn, which spends a millisecond on every text it reads afterwards. Here the
n-grams are looked up in a dictionary, a word's only once; the numbers are the same
(tests/test_wording.py).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

_SHORTEST, _LONGEST = 2, 4  # letters of an n-gram, the space before and after a word among them
_TOO_COMMON = 0.05  # what stands in more of the texts tells little, and costs most of the time
_WORDS_REMEMBERED = 20_000


class Wording:
    """Knows the n-grams of the texts it learned from."""

    def __init__(self, places: dict[str, int], rarity: np.ndarray) -> None:
        """`places` are the n-grams' columns, `rarity` what each weighs (its IDF)."""
        self._places = places
        self._rarity = rarity
        self._remember()

    @classmethod
    def learned_from(cls, texts: Sequence[str]) -> tuple["Wording", csr_matrix]:
        """The wording of these texts, and a row of length 1 for each of them."""
        letters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(_SHORTEST, _LONGEST),
            min_df=2,
            max_df=_TOO_COMMON,
            max_features=20_000,
            sublinear_tf=True,
            dtype=np.float32,
        )
        rows = letters.fit_transform(texts)
        places = {ngram: int(place) for ngram, place in letters.vocabulary_.items()}
        return cls(places, letters.idf_.astype(np.float32)), rows

    def rows(self, texts: Iterable[str]) -> csr_matrix:
        """A row of length 1 for each text; of zeros when nothing in it is known."""
        columns: list[int] = []
        values: list[np.ndarray] = [np.zeros(0, dtype=np.float32)]
        ends = [0]
        for text in texts:
            often = self._often(text.lower())
            here = list(often)
            weights = np.array([1.0 + log(times) for times in often.values()], dtype=np.float32)
            weights *= self._rarity[here]
            columns += here
            values.append(weights / np.sqrt(weights @ weights) if here else weights)
            ends.append(len(columns))
        shape = (len(ends) - 1, len(self._rarity))
        return csr_matrix((np.concatenate(values), columns, ends), shape=shape)

    def _often(self, text: str) -> Counter[int]:
        often: Counter[int] = Counter()
        for word in text.split():
            often.update(self._within(word))
        return often

    def _columns_of(self, word: str) -> tuple[int, ...]:
        """Those of the word's n-grams; none reaches into the next word."""
        padded = f" {word} "
        ngrams = (
            padded[start : start + length]
            for length in range(_SHORTEST, min(_LONGEST, len(padded)) + 1)
            for start in range(len(padded) - length + 1)
        )
        return tuple(self._places[ngram] for ngram in ngrams if ngram in self._places)

    def _remember(self) -> None:
        self._within = lru_cache(_WORDS_REMEMBERED)(self._columns_of)

    def __getstate__(self) -> tuple[dict[str, int], np.ndarray]:
        return self._places, self._rarity

    def __setstate__(self, kept: tuple[dict[str, int], np.ndarray]) -> None:
        self._places, self._rarity = kept
        self._remember()
