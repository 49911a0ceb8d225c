"""Trains the assistant when what it learns from has changed, and only then."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from startup import ROOT, CannotStart
from startup.environments import ROOM
from startup.progress import run_showing
from startup.wiring import actions_of_the_house, check_wiring

# Everything a model is made from; of domain.yml all but the words, which actions read themselves.
LEARNS_FROM = ("config.yml", "domain.yml", "data", "nlu/room", "nlu/uv.lock")
MODEL = ROOT / "models/amends.tar.gz"


def train_if_needed(again: bool = False) -> None:
    """Makes `models/amends.tar.gz` match its sources; does nothing when it already does.

    The fingerprint is written last, so that a training which was cut short is never taken
    for a finished one. Raises CannotStart when Rasa refuses what it should learn from.
    """
    now = fingerprint(ROOT)
    made_from = MODEL.with_name("amends.fingerprint")
    if not again and MODEL.exists() and made_from.exists() and made_from.read_text() == now:
        return
    check_wiring(ROOT, actions_of_the_house)
    made_from.unlink(missing_ok=True)
    learned = MODEL.with_name(f"learning-{os.getpid()}.tar.gz")
    log = ROOT / "var/log/train.log"
    try:
        run_showing(
            "Learning",
            [
                str(ROOM), "-m", "room", "train",
                "--force",  # Rasa's own cache does not see changes of our components
                "--out", str(MODEL.parent),
                "--fixed-model-name", learned.name.removesuffix(".tar.gz"),
            ],
            log,
            {**os.environ, "PYTHONPATH": "nlu", "RASA_TELEMETRY_ENABLED": "false"},
            ROOT,
            "The assistant could not learn from config.yml, domain.yml and data/. Rasa says:",
        )  # fmt: skip
        if not learned.exists():  # Rasa 3.6 ends with 0 after some refusals
            raise CannotStart(f"Rasa made no model, and {log} says why.")
        learned.replace(MODEL)
    finally:
        learned.unlink(missing_ok=True)
    made_from.write_text(now)


def fingerprint(root: Path) -> str:
    """One name for all that a model of this project is made from."""
    digest = hashlib.sha256()
    for file in _sources(root):
        digest.update(f"{file.relative_to(root)}\0".encode())
        content = _without_words(root) if file == root / "domain.yml" else file.read_bytes()
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _without_words(root: Path) -> bytes:
    """domain.yml as far as a model keeps it: a writer need not wait for a training.

    A rule may say a response itself; then the model has the words, and they count.
    """
    text = (root / "domain.yml").read_text("utf-8")
    try:
        domain = yaml.load(text, Loader=yaml.CSafeLoader)
        responses = domain["responses"]
        said_by_rules = {
            name
            for file in root.glob("data/**/*.yml")
            for name in re.findall(r"action: *(utter_\w+)", file.read_text("utf-8"))
        }
        domain["responses"] = {
            name: words if name in said_by_rules else "" for name, words in responses.items()
        }
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        return text.encode()  # broken; `check_wiring` says where
    return json.dumps(domain, sort_keys=True, default=str).encode()


def _sources(root: Path) -> Iterator[Path]:
    for name in LEARNS_FROM:
        path = root / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                yield file
