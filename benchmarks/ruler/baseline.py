"""Rasa's default pipeline, taught from our sentences once and kept until they change."""

import hashlib
import json
import shutil
from pathlib import Path

import rasa.version
import yaml

from benchmarks.ruler import ROOT
from benchmarks.ruler.pupil import Taught, teach

CONFIG = ROOT / "benchmarks/baseline.yml"
KEPT = ROOT / "var/benchmarks"
_HOW_MANY = 4  # archives kept, the newest; training takes minutes, an archive some 40 MB


def taught_baseline(
    sentences: Path, seed: int, log: Path, only_if_kept: bool = False
) -> Taught | None:
    """The baseline taught from `sentences`: from var/benchmarks when nothing it learns from changed.

    None when it would have to be trained and `only_if_kept` forbids it. The seconds are those of
    the training, whenever that was.
    """
    folder = KEPT / f"baseline-{fingerprint(sentences, seed)}"
    model, took = folder / "baseline.tar.gz", folder / "took.json"
    if took.exists():
        return Taught(model, **json.loads(took.read_text()))
    if only_if_kept:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    taught = teach(config_with(seed, folder), sentences, model, log)
    # Last, so that a training which was cut short is never taken for a finished one.
    took.write_text(
        json.dumps({"cpu_seconds": taught.cpu_seconds, "wall_seconds": taught.wall_seconds})
    )
    _forget_old_ones()
    return taught


def fingerprint(sentences: Path, seed: int) -> str:
    """One name for all that the baseline is made from: the sentences, the pipeline, Rasa, the seed."""
    from rasa.shared.nlu.training_data.loading import load_data

    examples = load_data(str(sentences)).intent_examples
    told = sorted(f"{example.get('intent')}\t{example.get('text')}" for example in examples)
    parts = [*told, CONFIG.read_text(), rasa.version.__version__, str(seed)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def config_with(seed: int, folder: Path) -> Path:
    """baseline.yml with a seed for what is random in it."""
    config = yaml.safe_load(CONFIG.read_text())
    for part in config["pipeline"]:
        if part["name"] == "DIETClassifier":
            part["random_seed"] = seed
    seeded = folder / "config.yml"
    seeded.write_text(yaml.safe_dump(config, sort_keys=False))
    return seeded


def _forget_old_ones() -> None:
    kept = sorted(KEPT.glob("baseline-*"), key=lambda folder: folder.stat().st_mtime)
    for folder in kept[:-_HOW_MANY]:
        shutil.rmtree(folder, ignore_errors=True)
