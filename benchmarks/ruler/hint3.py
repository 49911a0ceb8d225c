"""HINT3 v1: three real bots, their users' own words, a large share of them out of scope.

Arora et al., EMNLP Insights 2020; ODbL 1.0 / DbCL 1.0. Trained on a bot's train file, scored on
its test file, mean of the three:
- in-scope accuracy: the surest of the bot's intents, whatever the confidence;
- MCC over all rows with out-of-scope as a class, at the threshold that suits best.

Ours is the classifier of `room.pipeline.Intents` by itself: what stands round it (asking for a
person, one message with several intents) knows our intents by name and has no say over theirs.
Its none-of-these class counts as out of scope. The baseline is Rasa's whole default pipeline,
fallback put aside because the threshold is searched for.
"""

import csv
import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from sklearn.metrics import matthews_corrcoef
from threadpoolctl import threadpool_limits

from benchmarks.ruler.baseline import KEPT, config_with, pipeline_of_the_baseline
from benchmarks.ruler.pupil import Pupil, teach
from benchmarks.ruler.rows import DAY_OF_THE_ROWS
from benchmarks.ruler.scores import Measured

BOTS = ("curekart", "powerplay11", "sofmattress")
OUT_OF_SCOPE = "NO_NODES_DETECTED"
_THRESHOLDS = np.linspace(0.0, 1.0, 401)


class Guessed(NamedTuple):
    """The surest of the bot's intents, how sure, and whether none of them was surer still."""

    label: str
    confidence: float
    none_of_these: bool


def measure_hint3(
    folder: Path, seed: int, log: Path, only_if_kept: bool = False
) -> tuple[Measured, Measured | None]:
    """Ours and the baseline's figures; the baseline's guesses are kept in var/benchmarks.

    No figures of the baseline when it would have to be trained and `only_if_kept` forbids it.
    """
    rows = {
        bot: (_rows(folder / f"{bot}_train.csv"), _rows(folder / f"{bot}_test.csv")) for bot in BOTS
    }
    ours = _figures(rows, {bot: _ours(train, _texts(test)) for bot, (train, test) in rows.items()})
    folders = {bot: _kept(train, _texts(test), seed) for bot, (train, test) in rows.items()}
    if only_if_kept and not all((kept / "guesses.json").exists() for kept in folders.values()):
        return ours, None
    theirs = {
        bot: _baseline(folders[bot], train, _texts(test), seed, log)
        for bot, (train, test) in rows.items()
    }
    return ours, _figures(rows, theirs)


def _figures(
    rows: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]],
    guesses: dict[str, list[Guessed]],
) -> Measured:
    scores = [_scores([label for _, label in rows[bot][1]], guesses[bot]) for bot in BOTS]
    accuracy, mcc = np.mean(scores, axis=0)
    count = sum(len(test) for _, test in rows.values())
    measured = Measured()
    measured.figure("in-scope accuracy, mean of three bots", count, float(accuracy), "≥ 0.77")
    measured.figure("MCC at the best threshold, mean", count, float(mcc), "≥ 0.63")
    return measured


def _texts(rows: list[tuple[str, str]]) -> list[str]:
    return [text for text, _ in rows]


def _scores(gold: list[str], guesses: list[Guessed]) -> tuple[float, float]:
    in_scope = [
        (label, guess) for label, guess in zip(gold, guesses, strict=True) if label != OUT_OF_SCOPE
    ]
    accuracy = float(np.mean([guess.label == label for label, guess in in_scope]))
    mcc = max(
        matthews_corrcoef(gold, [_above(threshold, guess) for guess in guesses])
        for threshold in _THRESHOLDS
    )
    return accuracy, float(mcc)


def _above(threshold: float, guess: Guessed) -> str:
    return OUT_OF_SCOPE if guess.none_of_these or guess.confidence < threshold else guess.label


def _ours(train: list[tuple[str, str]], test: list[str]) -> list[Guessed]:
    from room.encoder import SentenceEncoder
    from room.intents import NONE_OF_THESE, IntentReader

    texts, labels = [text for text, _ in train], [label for _, label in train]
    with threadpool_limits(1):  # others use this machine too
        reader = IntentReader.trained_on(SentenceEncoder.shared(), texts, labels)
        readable = reader.readable(test)
        read = reader.guesses(readable, reader.vectors_of(readable))
    guessed = []
    for guesses in read:
        surest = next(guess for guess in guesses if guess.intent != NONE_OF_THESE)
        guessed.append(
            Guessed(surest.intent, surest.confidence, guesses[0].intent == NONE_OF_THESE)
        )
    return guessed


def _kept(train: list[tuple[str, str]], test: list[str], seed: int) -> Path:
    made_from = json.dumps([train, test, pipeline_of_the_baseline(), seed])
    return KEPT / f"hint3-{hashlib.sha256(made_from.encode()).hexdigest()[:16]}"


def _baseline(
    kept: Path, train: list[tuple[str, str]], test: list[str], seed: int, log: Path
) -> list[Guessed]:
    if (guesses := kept / "guesses.json").exists():
        return [Guessed(*guess) for guess in json.loads(guesses.read_text())]
    kept.mkdir(parents=True, exist_ok=True)
    sentences = kept / "nlu.yml"
    sentences.write_text(_as_training_data(train), encoding="utf-8")
    taught = teach(config_with(seed, kept), sentences, kept / "baseline.tar.gz", log)
    pupil = Pupil(taught.model, log)
    answers, _ = pupil.read([(text, DAY_OF_THE_ROWS) for text in test])
    pupil.close()
    guessed = []
    for answer in answers:
        ranking = [guess for guess in answer["intent_ranking"] if guess["name"] != "nlu_fallback"]
        names = [(str(guess["name"]), float(guess["confidence"])) for guess in ranking]
        guessed.append(Guessed(*(names or [("nothing", 0.0)])[0], none_of_these=False))
    taught.model.unlink()  # the guesses are all that is asked of it, and they do not change
    sentences.unlink()
    guesses.write_text(json.dumps(guessed))
    return guessed


def _as_training_data(train: list[tuple[str, str]]) -> str:
    by_label: dict[str, list[str]] = {}
    for text, label in train:
        by_label.setdefault(label, []).append(" ".join(text.split()))
    nlu = [
        # Brackets would be read as an entity's annotation.
        {
            "intent": label,
            "examples": "".join(
                f"- {text.replace('[', '(').replace(']', ')')}\n" for text in texts
            ),
        }
        for label, texts in by_label.items()
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, sort_keys=False)


def _rows(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row["sentence"], row["label"]) for row in csv.DictReader(lines)]
