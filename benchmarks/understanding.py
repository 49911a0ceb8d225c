"""How well the assistant understands: `make bench`, or

    nlu/.venv/bin/python benchmarks/understanding.py [--confusions [WORD]] [--fast]

Trains what config.yml says from data/, and beside it Rasa's default pipeline from the same
sentences; asks both the same messages by real people; prints one table. `--confusions` lists the
wrong ones by cause, so that the next sentence to write is obvious. They are for the eye: what
stands in the measuring rows must never be copied into data/.
"""

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "nlu")]  # run as a file; also reaches the pupils' processes

from benchmarks.ruler.baseline import taught_baseline  # noqa: E402
from benchmarks.ruler.danger import measure_anger, measure_danger, misnamed_kinds  # noqa: E402
from benchmarks.ruler.details import measure_details  # noqa: E402
from benchmarks.ruler.hint3 import measure_hint3  # noqa: E402
from benchmarks.ruler.meaning import measure_categories, measure_complaints, measure_person  # noqa: E402
from benchmarks.ruler.pupil import Pupil, PupilFailed, Taught, teach  # noqa: E402
from benchmarks.ruler.rows import Answers, NoRuler, Ruler  # noqa: E402
from benchmarks.ruler.scores import Measured  # noqa: E402
from benchmarks.ruler.sentences import every_nth  # noqa: E402
from benchmarks.ruler.table import mistakes, table  # noqa: E402

SENTENCES = ROOT / "data"
LOG = ROOT / "var/log/understanding.log"
MEASURES = {
    "Is it a complaint": measure_complaints,
    "Which category": measure_categories,
    "A person wanted": measure_person,
    "Details, exact value": measure_details,
    "Danger": measure_danger,
    "Anger": measure_anger,
}
# The default pipeline has no part for these; nothing could stand beside ours.
ONLY_OURS = ("Details, exact value", "Danger", "Anger")
_AT_A_TIME = 40  # messages; the two take turns, so that a busy minute slows both


def main() -> None:
    wanted = _arguments()
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.unlink(missing_ok=True)
    try:
        ruler = Ruler.in_folder(wanted.eval)
        with tempfile.TemporaryDirectory() as folder:
            _say("Teaching Amends …")
            sentences = every_nth(SENTENCES, wanted.every, Path(folder))
            ours = teach(ROOT / "config.yml", sentences, Path(folder, "amends.tar.gz"), LOG)
            _say("Teaching Rasa's default pipeline, unless it is kept; this takes long …")
            theirs = taught_baseline(sentences, wanted.seed, LOG, only_if_kept=wanted.fast)
            chapters = _measure(ruler, ours, theirs)
        if (hint3 := wanted.eval / "hint3").is_dir():
            _say("Teaching both three times more, for HINT3 …")
            chapters["HINT3 v1, trained on its sentences"] = measure_hint3(
                hint3, wanted.seed, LOG, only_if_kept=wanted.fast
            )
    except (NoRuler, PupilFailed) as trouble:
        sys.exit(str(trouble))
    learned = "" if wanted.every == 1 else f", learned from one sentence in {wanted.every}"
    print(
        f"Understanding, {date.today():%-d %B %Y}, seed {wanted.seed}{learned}\n\n{table(chapters)}"
    )
    if wanted.confusions is not None:
        print(
            *mistakes({title: both[0] for title, both in chapters.items()}, wanted.confusions),
            sep="\n",
        )


def _measure(
    ruler: Ruler, ours: Taught, theirs: Taught | None
) -> dict[str, tuple[Measured, Measured | None]]:
    questions = ruler.questions()
    _say(f"Asking {len(questions)} messages …")
    taught = [side for side in (ours, theirs) if side]
    pupils = [Pupil(side.model, LOG) for side in taught]
    answers: list[list] = [[] for _ in pupils]
    seconds = [0.0 for _ in pupils]
    for start in range(0, len(questions), _AT_A_TIME):
        for place, pupil in enumerate(pupils):
            said, took = pupil.read(questions[start : start + _AT_A_TIME])
            answers[place] += said
            seconds[place] += took
    costs = [
        _cost(
            side,
            took * 1000 / len(questions),
            pupil.close(),
            seconds[0] / seconds[-1] if side is ours and theirs else None,
        )
        for side, took, pupil in zip(taught, seconds, pupils, strict=True)
    ]
    read = [Answers(questions, said) for said in answers]
    chapters: dict[str, tuple[Measured, Measured | None]] = {}
    for title, measure in MEASURES.items():
        beside = measure(ruler, read[1]) if theirs and title not in ONLY_OURS else None
        chapters[title] = (measure(ruler, read[0]), beside)
    for (kind, taken_for), count in misnamed_kinds(ruler, read[0]).most_common(3):
        _say(f"danger {kind} taken for {taken_for}: {count} ×")
    chapters["Cost, one core"] = (costs[0], costs[1] if theirs else None)
    return chapters


def _cost(side: Taught, milliseconds: float, memory_mb: float, ratio: float | None) -> Measured:
    cost = Measured()
    cost.figure("milliseconds a message, CPU", 0, milliseconds)
    if ratio is not None:
        cost.figure("… as a share of the default's", 0, ratio, "≤ 0.5")
    cost.figure("training, CPU seconds", 0, side.cpu_seconds, "≤ 60")
    cost.figure("memory while answering, peak MB", 0, memory_mb)
    return cost


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[2])
    parser.add_argument(
        "--eval",
        type=Path,
        default=ROOT.parent / "shared/eval",
        metavar="PATH",
        help="the folder with the measuring rows",
    )
    parser.add_argument(
        "--confusions",
        nargs="?",
        const="",
        metavar="WORD",
        help="list what came out wrong; only causes with WORD in them",
    )
    parser.add_argument(
        "--fast", action="store_true", help="no baseline unless it is kept from before"
    )
    parser.add_argument(
        "--every",
        type=int,
        default=1,
        metavar="N",
        help="both sides learn only every Nth sentence: the baseline takes more than two hours with all",
    )
    parser.add_argument("--seed", type=int, default=1, help="of what is random in the baseline")
    return parser.parse_args()


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
