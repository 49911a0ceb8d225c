"""How conversations go: `make rehearse`, or

    .venv/bin/python -m benchmarks.conversations [--only WORD] [--seed N] [--at-once N]

Personas written by hand (benchmarks/personas/) talk to the real house, started for it on free
ports with an empty database; so do customers made by chance from the same facts (`--seed`), and
the customers' side of real dialogues. Prints one table and what went wrong; all transcripts
stand in var/rehearsal/rehearsal.html, failures first.
"""

import argparse
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.rehearsal import ROOT
from benchmarks.rehearsal.by_chance import BY_CHANCE, customers_by_chance
from benchmarks.rehearsal.persona import Persona, read_personas
from benchmarks.rehearsal.play import Stage
from benchmarks.rehearsal.replays import JUDGED, NoDialogues, Replay, read_replays, replay
from benchmarks.rehearsal.report import shortcomings, table, write_page
from benchmarks.rehearsal.standing import Rows
from benchmarks.rehearsal.verdict import Verdict
from complaints.demo_shop import DemoShop
from complaints.policy import Policy
from complaints.store import Store
from startup import CannotStart
from startup.training import train_if_needed
from tests.stack import Stack

PLACE = ROOT / "var/rehearsal"
PAGE = PLACE / "rehearsal.html"


def main() -> None:
    wanted = _arguments()
    policy = Policy.load(ROOT / "policy.yml")
    shop = DemoShop(lambda: policy.calendar.today(datetime.now(UTC)))
    personas = read_personas(shop, policy)
    chance = customers_by_chance(personas, wanted.seed, wanted.customers)
    try:
        replays = [] if wanted.no_replays else read_replays(wanted.dialogues)
    except NoDialogues as trouble:
        print(trouble, file=sys.stderr)
        replays = []
    personas, chance = (_only(wanted.only, each) for each in (personas, chance))
    replays = _only(wanted.only, replays)
    try:
        house = _house()
    except CannotStart as trouble:
        sys.exit(f"\n{trouble}")
    try:
        house.start()
        rows = Rows(Store(house.database_url), policy, shop)
        stage = Stage(house, rows)
        began = time.monotonic()
        groups = [
            _all_at(wanted.at_once, personas, lambda each: Verdict(stage.play(each), each)),
            _all_at(wanted.at_once, chance, lambda each: Verdict(stage.play(each), each)),
            _all_at(
                wanted.at_once,
                replays,
                lambda each: Verdict(replay(each, house.url, rows), only=JUDGED),
            ),
        ]
        took = time.monotonic() - began
    finally:
        house.stop()
    printed = table(groups)
    write_page(PAGE, groups, printed)
    if wrong := list(shortcomings(groups)):
        print(*wrong, "", sep="\n")
    print(f"Conversations, {date.today():%-d %B %Y}, seed {wanted.seed}, {took:.0f} s\n\n{printed}")
    print(f"\nTo read aloud: {PAGE.relative_to(ROOT)}")


def _house() -> Stack:
    """The house with nothing in it; the last rehearsal's logs are thrown away."""
    train_if_needed()
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    return Stack(PLACE)


def _all_at(
    at_once: int, cast: Sequence[Persona | Replay], play: Callable[..., Verdict]
) -> list[Verdict]:
    """Plays them all, some at once."""
    with ThreadPoolExecutor(at_once) as stage:
        played = []
        for number, verdict in enumerate(stage.map(play, _spread(cast)), start=1):
            played.append(verdict)
            sign = "×" if verdict.failed else "·"
            print(f"{number:4} {sign} {verdict.record.name}: {verdict.end}", file=sys.stderr)
        return played


def _spread(cast: Sequence[Persona | Replay]) -> list:
    """Those who share an order far from each other: they would wait for one another."""
    seen: Counter[str] = Counter()
    rounds = []
    for each in cast:
        who = each.customer if isinstance(each, Persona) else each.name
        rounds.append(seen[who])
        seen[who] += 1
    return [each for _, each in sorted(zip(rounds, cast, strict=True), key=lambda pair: pair[0])]


def _only(word: str, cast: list) -> list:
    return [each for each in cast if word.casefold() in each.name.casefold()]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[2])
    parser.add_argument("--only", default="", metavar="WORD", help="those with WORD in the name")
    parser.add_argument("--seed", type=int, default=1, help="of the customers made by chance")
    parser.add_argument(
        "--customers", type=int, default=BY_CHANCE, metavar="N", help="how many of these"
    )
    parser.add_argument("--at-once", type=int, default=3, metavar="N", help="conversations")
    parser.add_argument("--no-replays", action="store_true", help="leave the real dialogues out")
    parser.add_argument(
        "--dialogues",
        type=Path,
        default=ROOT.parent / "shared/eval/dialogues.jsonl",
        metavar="FILE",
        help="real dialogues, of which the customers' side is said",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
