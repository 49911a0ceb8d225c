"""Danger in a message: what no script may answer, and priority goes to a person.

One regression decides, over three things that each miss what the others see: what a sentence means
and how it is put (the encoder's vectors), and which words of danger, of idiom ("my phone died") or
of general curiosity stand in it (danger_words.py). It learns from written sentences (danger.yml).
Rule R25 of the conversation names the kinds.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import yaml

from room.danger_words import HARMLESS, IN_GENERAL, KINDS, compiled, in_small
from room.person import wants_person

_SENTENCES = Path(__file__).with_name("danger.yml")
NOT_DANGER = "not_danger"
# Held back in fifths (of danger.yml, 25 November 2026), 0.91 of the dangerous sentences are found
# from here on, with 1 in 18 of their near misses and 1 in 120 sentences of every day.
_SURE = 0.83
_STRICTNESS = 10.0
_CLOSE_ENOUGH = 1e-2  # closer takes half as long again and changes no answer
_WEIGHT_OF_WORDS = 0.5  # beside vectors of length 1

_GROWN_UP = re.compile(
    r"\b(?:i['’]?m|i am|aged?|(?:s?he|mum|dad|gran|nan)(?:['’]?s| is)|at) (?:almost |nearly |over |now )?"
    r"(?:1[89]|[2-9]\d|1[01]\d|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]\w+)?)\b(?! (?:days|weeks|months|minutes))"
)
_CHILD = re.compile(
    r"\b(?:bab(?:y|ies)|child\w*|kids?|toddler|infant|son|daughter|boy|girl|grand(?:son|daughter|child\w*)|little one)\b"
)
_PLAIN = {kind: compiled(ideas) for kind, ideas in KINDS.items()}
_HARMLESS = compiled(HARMLESS)


class DangerReader:
    """Learns from danger.yml once; then names the kind of danger in a message, or none."""

    def __init__(self, regression) -> None:
        self._regression = regression

    @classmethod
    def trained_with(
        cls, encode: Callable[[Sequence[str]], np.ndarray], ordinary: Sequence[str] = ()
    ) -> "DangerReader":
        """Learn from danger.yml; `encode` turns texts into vectors.

        `ordinary` are sentences of every day, the assistant's own training sentences: most
        complaints are not dangerous, and the reader should have seen that many that are not.
        """
        from sklearn.linear_model import LogisticRegression

        by_kind = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
        by_kind[NOT_DANGER] += [
            text for text in ordinary if not said_plainly(text) or asked_in_general(text)
        ]
        texts = [text for texts in by_kind.values() for text in texts]
        kinds = [kind for kind, texts in by_kind.items() for _ in texts]
        regression = LogisticRegression(
            C=_STRICTNESS, class_weight="balanced", max_iter=300, tol=_CLOSE_ENOUGH
        )
        return cls(regression.fit(_seen(texts, encode(texts)), kinds))

    @classmethod
    def load(cls, folder: Path) -> "DangerReader":
        import joblib

        return cls(joblib.load(folder / "danger.joblib"))

    def save(self, folder: Path) -> None:
        import joblib

        joblib.dump(self._regression, folder / "danger.joblib")

    def kind_of(self, sentences: Sequence[str], vectors: np.ndarray) -> str | None:
        """The most urgent kind found in the sentences; `vectors` has one row for each."""
        if not len(sentences):
            return None
        kinds = list(self._regression.classes_)
        harmless = kinds.index(NOT_DANGER)
        found = []
        for sentence, row in zip(sentences, self._probabilities(_seen(sentences, vectors))):
            sure = 1.0 - row[harmless] >= _SURE and not _is_about_a_person(sentence)
            row[harmless] = 0.0
            kind = kinds[int(row.argmax())]
            found += [kind] if sure and not (kind == "child" and _is_grown_up(sentence)) else []
        return min(found, key=list(KINDS).index, default=None)

    def _probabilities(self, seen: np.ndarray) -> np.ndarray:
        """Those of scikit-learn's predict_proba, without its checks of what it is given."""
        from scipy.special import softmax

        regression = self._regression
        return softmax(seen @ regression.coef_.T + regression.intercept_, axis=1)


def _is_grown_up(sentence: str) -> bool:
    """Whether the only age told is a grown-up's; the encoder reads every figure alike."""
    text = in_small(sentence)
    return bool(_GROWN_UP.search(text)) and not _CHILD.search(text)


def _is_about_a_person(sentence: str) -> bool:
    """Whether it asks for a person or declines one, and no more: "a live agent" is no live wire,
    and "don't put me through to anyone" only sounds like somebody who has given up on people."""
    return wants_person(sentence) is not None and said_plainly(sentence) is None


def said_plainly(sentence: str) -> str | None:
    """The most urgent kind of danger whose words stand in the sentence, idiom set aside."""
    rest = _HARMLESS.sub(" ", in_small(sentence))
    return next((kind for kind, pattern in _PLAIN.items() if pattern.search(rest)), None)


def asked_in_general(sentence: str) -> bool:
    """Whether it asks about the world and not about whoever asks."""
    return bool(IN_GENERAL.match(in_small(sentence)))


def _seen(sentences: Sequence[str], vectors: np.ndarray) -> np.ndarray:
    """What the regression sees of each sentence: its vector, and the words that stand in it."""
    words = np.array([_words_of(sentence) for sentence in sentences], dtype=np.float32)
    return np.concatenate([vectors, _WEIGHT_OF_WORDS * words], axis=1)


def _words_of(sentence: str) -> list[bool]:
    small = in_small(sentence)
    rest = _HARMLESS.sub(" ", small)
    plain = [bool(pattern.search(rest)) for pattern in _PLAIN.values()]
    return [*plain, rest != small, asked_in_general(sentence)]
