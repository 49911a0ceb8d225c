"""What a whole turn costs: the second half of `make bench`, or

    .venv/bin/python -m benchmarks.speed [--conversations N] [--every N] [--transcript]

One scripted conversation of twenty turns (pace/twenty_turns.txt) through Rasa's REST webhook:
ours, with its action server and the database of cases, beside a stock Rasa project that was
taught the same sentences and answers each intent with one sentence. Both run at the same time
and are asked in turns, so that a busy minute slows both; first one conversation at a time, then
eight at once, then thirty-two. Prints one table. `--transcript` shows what was said.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.pace import ROOT
from benchmarks.pace.sides import Amends, Side, Stock
from benchmarks.ruler.scores import Measured, share
from benchmarks.ruler.table import table
from channels.assistant import Assistant
from complaints.demo_shop import DemoShop
from complaints.orders import Order
from startup import CannotStart
from startup.environments import ROOM
from startup.progress import run_showing
from startup.training import train_if_needed

PLACE = ROOT / "var/benchmarks/speed"
SCRIPT = Path(__file__).with_name("pace") / "twenty_turns.txt"
AT_ONCE = (8, 32)
_DEAREST = 100  # pounds: above it a photo is asked for, and the script has none
_OLDEST = 55  # days since delivery, so that every remedy is still possible


@dataclass
class Taken:
    """What a side took for some turns."""

    seconds: list[float] = field(default_factory=list)  # of each turn
    cpu: dict[str, float] = field(default_factory=dict)  # seconds, by process
    wall: float = 0.0

    def add_cpu(self, before: dict[str, float], after: dict[str, float]) -> None:
        for name in after:
            self.cpu[name] = self.cpu.get(name, 0.0) + after[name] - before[name]

    def milliseconds(self, quantile: int) -> float:
        return 1000 * statistics.quantiles(self.seconds, n=100, method="inclusive")[quantile - 1]

    @property
    def turns_a_second(self) -> float:
        return share(len(self.seconds), self.wall)

    def cpu_milliseconds(self, part: str | None = None) -> float:
        """For one turn: of one process, or of all together."""
        spent = self.cpu[part] if part else sum(self.cpu.values())
        return 1000 * share(spent, len(self.seconds))


def main() -> None:
    wanted = _arguments()
    try:
        with redirect_stdout(sys.stderr):  # the table stays alone
            chapters = _measured(wanted)
    except CannotStart as trouble:
        sys.exit(str(trouble))
    fewer = "" if wanted.every == 1 else f", stock project taught one sentence in {wanted.every}"
    print(f"Speed of a whole turn, {date.today():%-d %B %Y}{fewer}\n\n{table(chapters)}")


def _measured(wanted: argparse.Namespace) -> dict[str, tuple[Measured, Measured | None]]:
    """The table's chapters. Raises CannotStart when a side cannot be taught or started."""
    train_if_needed()
    model = wanted.stock or _stock_model(wanted.every)
    shutil.rmtree(PLACE, ignore_errors=True)
    sides: tuple[Side, Side] = (Amends(PLACE), Stock(model, PLACE / "log"))
    try:
        ready = [side.start() for side in sides]
        taken = asyncio.run(_measure(sides, wanted.conversations, wanted.transcript))
        return _chapters(sides, ready, taken)
    finally:
        for side in sides:
            side.stop()


async def _measure(
    sides: tuple[Side, Side], conversations: int, transcript: bool
) -> dict[int, tuple[Taken, Taken]]:
    """What both took, by the number of conversations at once."""
    script = Script()
    taken = {}
    lines = [side.line() for side in sides]
    try:
        _say("Twenty turns each that do not count …")
        await _side_by_side(sides, lines, script, 1, transcript)
        _say(f"{conversations} conversations, one at a time …")
        taken[1] = await _side_by_side(sides, lines, script, conversations)
        _say(_in_short(taken[1]))
        for number in AT_ONCE:
            _say(f"{number} conversations at once …")
            taken[number] = await _all_at_once(sides, lines, script, number)
            _say(_in_short(taken[number]))
    finally:
        for line in lines:
            await line.close()
    return taken


def _in_short(both: tuple[Taken, Taken]) -> str:
    """The end is far away; whoever waits sees already how it goes."""
    ours, theirs = (f"{each.cpu_milliseconds():.0f} CPU ms a turn" for each in both)
    return f"  ours {ours}, the stock project {theirs}"


async def _side_by_side(
    sides: tuple[Side, Side],
    lines: list[Assistant],
    script: "Script",
    conversations: int,
    transcript: bool = False,
) -> tuple[Taken, Taken]:
    """One conversation after the other, both sides turn by turn."""
    both = (Taken(), Taken())
    before = [side.cpu_seconds() for side in sides]
    for sentences in islice(script.conversations(sides), conversations):
        names = [side.begin() for side in sides]
        for text in sentences:
            for side, line, name, taken in zip(sides, lines, names, both, strict=True):
                answer, took = await side.ask(line, name, text)
                taken.seconds.append(took)
                taken.wall += took
                if transcript:
                    print(f"\n> {text}\n[{side.parts[0]}] {answer}", file=sys.stderr)
    for side, taken, used in zip(sides, both, before, strict=True):
        taken.add_cpu(used, side.cpu_seconds())
    return both


async def _all_at_once(
    sides: tuple[Side, Side], lines: list[Assistant], script: "Script", number: int
) -> tuple[Taken, Taken]:
    """That many conversations together; the sides one after the other, and back again."""
    both = (Taken(), Taken())
    for which in (0, 1, 1, 0):
        side, line, taken = sides[which], lines[which], both[which]
        before, began = side.cpu_seconds(), time.perf_counter()
        said = list(islice(script.conversations(sides), number))
        talks = await asyncio.gather(*(_talk(side, line, sentences) for sentences in said))
        taken.wall += time.perf_counter() - began
        taken.add_cpu(before, side.cpu_seconds())
        taken.seconds += [took for talk in talks for took in talk]
    return both


async def _talk(side: Side, line: Assistant, sentences: list[str]) -> list[float]:
    conversation = side.begin()
    return [(await side.ask(line, conversation, text))[1] for text in sentences]


class Script:
    """The twenty sentences, each time about another customer's order."""

    def __init__(self) -> None:
        lines = SCRIPT.read_text("utf-8").splitlines()
        self._sentences = [line for line in lines if line and not line.startswith("#")]
        today = datetime.now(ZoneInfo("Europe/London")).date()
        self._orders = list(_orders(DemoShop(today), today))

    def conversations(self, sides: tuple[Side, Side]) -> Iterator[list[str]]:
        """One after the other; when all orders had their turn, nobody has complained yet."""
        while True:
            for side in sides:
                if isinstance(side, Amends):
                    side.forget_complaints()
            for order in self._orders:
                facts = {
                    "order": order.number,
                    "postcode": order.postcode,
                    "item": order.lines[0].name.split(",")[0],
                }
                yield [sentence.format(**facts) for sentence in self._sentences]


def _orders(shop: DemoShop, today: date) -> Iterator[Order]:
    """One each of customers to whom something affordable and in stock was delivered lately."""
    seen = set()
    for order in shop.orders:
        usual = (
            order.delivered_on is not None
            and (today - order.delivered_on).days < _OLDEST
            and order.total.amount <= _DEAREST
            and all(line.in_stock and line.quantity == 1 for line in order.lines)
        )
        if usual and order.customer_id not in seen:
            seen.add(order.customer_id)
            yield order


def _chapters(
    sides: tuple[Side, Side], ready: list[float], taken: dict[int, tuple[Taken, Taken]]
) -> dict[str, tuple[Measured, Measured | None]]:
    titles = {1: "One conversation at a time"} | {n: f"{n} conversations at once" for n in AT_ONCE}
    chapters: dict[str, tuple[Measured, Measured | None]] = {}
    for number, (ours, theirs) in taken.items():
        measured = (Measured(), Measured())
        for each, side, mark in zip((ours, theirs), sides, measured, strict=True):
            turns = len(each.seconds)
            together = "CPU milliseconds a turn, all processes"
            mark.figure(together, turns, each.cpu_milliseconds())
            if len(side.parts) > 1:
                for part in side.parts:
                    mark.figure(f"… {part}", turns, each.cpu_milliseconds(part))
            if each is ours:
                saved = share(ours.cpu_milliseconds(), theirs.cpu_milliseconds())
                mark.figure("… as a share of the stock project's", turns, saved, "≤ 0.5")
            mark.figure("milliseconds until answered, p50", turns, each.milliseconds(50))
            mark.figure("milliseconds until answered, p95", turns, each.milliseconds(95))
            mark.figure("turns a second", turns, each.turns_a_second)
            if each is ours:
                times = share(ours.turns_a_second, theirs.turns_a_second)
                mark.figure("… times the stock project's", turns, times, "≥ 2")
        chapters[titles[number]] = measured
    beside = (Measured(), Measured())
    for side, seconds, mark in zip(sides, ready, beside, strict=True):
        peaks = side.peak_mb()
        mark.figure("peak memory, MB, all processes", 0, sum(peaks.values()))
        if len(peaks) > 1:
            for part, peak in peaks.items():
                mark.figure(f"… {part}", 0, peak)
        mark.figure("seconds until it answers after a start", 0, seconds)
    chapters["Beside it"] = beside
    return chapters


def _stock_model(every: int) -> Path:
    """The stock project's archive, taught now unless it is kept."""
    log = ROOT / "var/log/speed.log"
    run_showing(
        "Teaching the stock project, unless it is kept",
        [str(ROOM), "-m", "benchmarks.ruler.baseline", "--every", str(every)],
        log, {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'nlu'}"}, ROOT,
        "The stock project was not trained:",
    )  # fmt: skip
    return Path(log.read_text().splitlines()[-1])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What a whole turn costs.")
    parser.add_argument("--conversations", type=int, default=5, help="one at a time, each side")
    parser.add_argument(
        "--every", type=int, default=1, metavar="N",
        help="the stock project learns only every Nth sentence, and saves an hour",
    )  # fmt: skip
    parser.add_argument("--transcript", action="store_true", help="show what was said")
    parser.add_argument("--stock", type=Path, help="another archive of the stock project")
    return parser.parse_args()


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
