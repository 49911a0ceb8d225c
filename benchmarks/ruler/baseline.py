"""What stands beside ours: a stock Rasa project, taught from our sentences once and kept.

Its pipeline and policies are those that Rasa itself falls back on when `rasa init`'s config.yml is
left as it is (`default_config.yml` inside Rasa). It knows our intents and sentences, answers each
intent with one sentence, and has no actions, no database and no memory of cases.

    nlu/.venv/bin/python -m benchmarks.ruler.baseline    teaches it, unless it is kept, and says where
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import rasa.version
import yaml

from benchmarks.ruler import ROOT
from benchmarks.ruler.pupil import Taught, teach
from benchmarks.ruler.sentences import every_nth

KEPT = ROOT / "var/benchmarks"
SENTENCES = ROOT / "data"
LOG = ROOT / "var/log/baseline.log"
_HOW_MANY = 4  # archives kept, the newest; training takes long, an archive some 40 MB
_NOT_UNDERSTOOD = "nlu_fallback"
# What `rasa init` has beside its rules, in our intents: TED and UnexpecTED learn from stories alone.
_STORIES = (
    ("greet", "complain_damaged_item", "inform", "express_wish", "accept_offer", "thank"),
    ("complain_late_delivery", "ask_why", "inform", "decline_offers", "ask_for_person"),
    ("greet", "complain", "deny", "correct", "affirm", "ask_status", "goodbye"),
)


def taught_baseline(
    sentences: Path, seed: int, log: Path, only_if_kept: bool = False
) -> Taught | None:
    """The baseline taught from `sentences`: from var/benchmarks when nothing it learns from changed.

    None when it would have to be trained and `only_if_kept` forbids it. The seconds are those of
    the whole training, policies too, whenever that was.
    """
    nlu = _sentences_alone(sentences)
    with tempfile.TemporaryDirectory() as draft:
        write_project(Path(draft), nlu, seed)
        folder = KEPT / f"baseline-{_fingerprint(Path(draft))}"
    model, took = folder / "baseline.tar.gz", folder / "took.json"
    if took.exists():
        return Taught(model, **json.loads(took.read_text()))
    if only_if_kept:
        return None
    write_project(folder, nlu, seed)
    taught = teach(folder / "config.yml", folder / "nlu.yml", model, log, folder)
    # Last, so that a training which was cut short is never taken for a finished one.
    took.write_text(
        json.dumps({"cpu_seconds": taught.cpu_seconds, "wall_seconds": taught.wall_seconds})
    )
    _forget_old_ones()
    return taught


def write_project(folder: Path, nlu: str, seed: int) -> None:
    """The stock project's files, as `rasa init` lays them out."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "nlu.yml").write_text(nlu, encoding="utf-8")
    intents = _intents(nlu)
    config_with(seed, folder)
    _write(folder / "domain.yml", {
        "version": "3.1",
        "intents": intents,
        "responses": {f"utter_{name}": [{"text": f"{name}: thank you."}] for name in intents}
        | {"utter_rephrase": [{"text": "Could you say that in other words?"}]},
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    })  # fmt: skip
    answers = {name: f"utter_{name}" for name in intents} | {_NOT_UNDERSTOOD: "utter_rephrase"}
    _write(folder / "data/rules.yml", {
        "version": "3.1",
        "rules": [{"rule": name, "steps": _turn(name, said)} for name, said in answers.items()],
    })  # fmt: skip
    _write(folder / "data/stories.yml", {
        "version": "3.1",
        "stories": [
            {"story": f"story {number}", "steps": [
                step for name in story if name in intents for step in _turn(name, answers[name])
            ]}
            for number, story in enumerate(_STORIES, 1)
        ],
    })  # fmt: skip
    # As `rasa init` leaves them: trackers in memory, no action server.
    (folder / "endpoints.yml").write_text("{}\n")
    (folder / "credentials.yml").write_text("rest:\n")


def config_with(seed: int, folder: Path) -> Path:
    """Rasa's own default configuration, with a seed for what is random in it."""
    config = _default_config()
    for part in config["pipeline"] + config["policies"]:
        if part["name"] in ("DIETClassifier", "TEDPolicy", "UnexpecTEDIntentPolicy"):
            part["random_seed"] = seed
    seeded = folder / "config.yml"
    _write(seeded, {**config, "assistant_id": "baseline"})
    return seeded


def pipeline_of_the_baseline() -> str:
    """One text for what the baseline is, to tell one version of Rasa's default from the next."""
    return json.dumps(_default_config(), sort_keys=True)


def _default_config() -> dict[str, Any]:
    return yaml.safe_load(
        files("rasa.engine.recipes.config_files").joinpath("default_config.yml").read_text("utf-8")
    )


def _fingerprint(project: Path) -> str:
    """One name for all that the baseline is made from: every file of its project, and Rasa."""
    digest = hashlib.sha256(rasa.version.__version__.encode())
    for file in sorted(path for path in project.rglob("*") if path.is_file()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _sentences_alone(sentences: Path) -> str:
    """What customers say in `sentences`, without the rules that stand beside it."""
    from rasa.shared.nlu.training_data.loading import load_data

    return load_data(str(sentences)).nlu_as_yaml()


def _intents(nlu: str) -> list[str]:
    return [each["intent"] for each in yaml.load(nlu, yaml.CSafeLoader)["nlu"] if "intent" in each]


def _turn(intent: str, said: str) -> list[dict[str, str]]:
    return [{"intent": intent}, {"action": said}]


def _write(file: Path, content: dict[str, Any]) -> None:
    file.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), "utf-8")


def _forget_old_ones() -> None:
    kept = sorted(KEPT.glob("baseline-*"), key=lambda folder: folder.stat().st_mtime)
    for folder in kept[:-_HOW_MANY]:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Teach the stock project, unless it is kept.")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth sentence")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sentences = every_nth(SENTENCES, wanted.every, Path(folder))
        taught = taught_baseline(sentences, wanted.seed, LOG)
    assert taught  # nothing forbade it
    print(taught.model)


if __name__ == "__main__":
    main()
