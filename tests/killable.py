"""Starts workers of `channels.deliver` by fork: Python takes longer to start than they live.

`Nursery` is the test's side. `python -m tests.killable` is the other: it opens the house of its
environment, connects to nothing, and forks one worker for each "start" it reads.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from complaints.settings import ROOT, Settings
from startup.parts import environment


class Nursery:
    """Real workers, each a process of its own that does what `python -m channels.deliver` does."""

    def __init__(self, settings: Settings, log: Path) -> None:
        with log.open("wb") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.killable"], cwd=ROOT, env=environment(settings),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True,
            )  # fmt: skip
        self.log = log

    def start(self) -> int:
        return self._ask("start")

    def end(self, pid: int, sign: signal.Signals) -> int:
        """Sends the signal and waits; gives the exit status, negative when a signal ended it."""
        os.kill(pid, sign)
        return self._ask(f"wait {pid}")

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _ask(self, order: str) -> int:
        assert self._process.stdin and self._process.stdout
        print(order, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, f"no workers any more:\n{self.log.read_text()[-3000:]}"
        return int(answer)


def main() -> None:
    from channels.deliver import work
    from channels.house import House

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what workers say is no answer
    house = House(Settings())
    for order in sys.stdin:
        if order.startswith("wait"):
            _, status = os.waitpid(int(order.split()[1]), 0)
            print(os.waitstatus_to_exitcode(status), file=answers, flush=True)
            continue
        if (pid := os.fork()) == 0:
            random.seed()  # else all of them would have the same luck
            os._exit(0 if asyncio.run(work(house)) else 1)
        print(pid, file=answers, flush=True)


if __name__ == "__main__":
    main()
