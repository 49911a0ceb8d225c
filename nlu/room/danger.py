"""Danger in a message: what no script may answer, and priority goes to a person.

Two readers, because each misses what the other sees: word patterns with guards against idiom
("my phone died", "to die for"), and a small regression over the encoder's vectors of written
sentences (danger.yml). Rule R25 of the conversation names the kinds.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import yaml

from room.danger_words import HARMLESS, KINDS, compiled

_SENTENCES = Path(__file__).with_name("danger.yml")
NOT_DANGER = "not_danger"
# Held back in fifths: these bring recall to 0.93 where 1 in 100 ordinary sentences is called danger.
_SURE_ALONE = 0.85  # the vectors alone, without a word that helps
_SURE_WITH_A_HINT = 0.5
_STRICTNESS = 20.0
_FAMILIAR = 0.45  # similarity to the nearest written sentence

_PLAIN = {kind: compiled(ideas) for kind, ideas in KINDS.items()}
_HARMLESS = compiled(HARMLESS)
# A word that lets a middling probability count.
_HINT = re.compile(
    r"\b(?:hospital|doctor|nurse|hurt|pain\w*|wound|burn\w*|blood|smoke|smoking|flames?|gas|spark\w*|overheat\w*|electric\w*|shock|wires?|die|dead|died|death|alive|suicid\w*|life|sue|court|legal|law|lawyer|police|press|media|newspaper|tv|news|"
    r"race|racist|skin|accent|religion|wheelchair|disab\w*|gender|woman|gay|baby|toddler|child|kid|son|daughter|swallow\w*|chok\w*|funeral|late|lost|passed|ill|sick|poison\w*|allerg\w*|medic\w*|surgery|treatment|danger\w*|unsafe|emergency|explod\w*|exploding|safety|"
    r"fell|collapsed|crash\w*|glass|sharp|cut|poorly|unwell|health|years?\s+old|rash|skin|react\w*|toxic|fumes|attack\w*|threat\w*|scared|afraid)\b",
    re.I,
)


class DangerReader:
    """Learns from danger.yml once; then names the kind of danger in a message, or none."""

    def __init__(self, parts: dict) -> None:
        self._parts = parts

    @classmethod
    def trained_with(
        cls, encode: Callable[[Sequence[str]], np.ndarray], ordinary: Sequence[str] = ()
    ) -> "DangerReader":
        """Learn from danger.yml; `encode` turns texts into unit vectors.

        `ordinary` are sentences of every day, the assistant's own training sentences: most
        complaints are not dangerous, and the reader should have seen that many that are not.
        """
        from sklearn.linear_model import LogisticRegression

        by_kind = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
        by_kind[NOT_DANGER] += [text for text in ordinary if not said_plainly(text)]
        texts = [text for texts in by_kind.values() for text in texts]
        kinds = [kind for kind, texts in by_kind.items() for _ in texts]
        vectors = encode(texts)
        regression = LogisticRegression(C=_STRICTNESS, class_weight="balanced", max_iter=300)
        return cls({"regression": regression.fit(vectors, kinds), "examples": vectors})

    @classmethod
    def load(cls, folder: Path) -> "DangerReader":
        import joblib

        return cls(joblib.load(folder / "danger.joblib"))

    def save(self, folder: Path) -> None:
        import joblib

        joblib.dump(self._parts, folder / "danger.joblib")

    def kind_of(self, sentences: Sequence[str], vectors: np.ndarray) -> str | None:
        """The most urgent kind found in the sentences; `vectors` has one row for each."""
        found = [kind for kind in map(said_plainly, sentences) if kind]
        if not found and len(sentences):
            found = [kind for kind in self._meant(sentences, vectors) if kind]
        return min(found, key=_urgency, default=None)

    def _meant(self, sentences: Sequence[str], vectors: np.ndarray) -> list[str | None]:
        kinds = list(self._parts["regression"].classes_)
        harmless = kinds.index(NOT_DANGER)
        probabilities = self._parts["regression"].predict_proba(vectors)
        near = (vectors @ self._parts["examples"].T).max(axis=1)
        meant: list[str | None] = []
        for sentence, row, familiar in zip(sentences, probabilities, near):
            enough = _SURE_WITH_A_HINT if _HINT.search(_without_idiom(sentence)) else _SURE_ALONE
            sure = 1.0 - row[harmless] >= enough and familiar >= _FAMILIAR
            row[harmless] = 0.0
            meant.append(kinds[int(row.argmax())] if sure else None)
        return meant


def said_plainly(sentence: str) -> str | None:
    """The kind of danger whose words stand in the sentence, idiom set aside."""
    sentence = _without_idiom(sentence)
    return next((kind for kind, pattern in _PLAIN.items() if pattern.search(sentence)), None)


def _without_idiom(sentence: str) -> str:
    return _HARMLESS.sub(" ", sentence.replace("’", "'"))


def _urgency(kind: str) -> int:
    return list(KINDS).index(kind)
