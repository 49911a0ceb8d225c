"""Keeps the parts running: starts them, brings back the one that died, stops them all."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from startup import ROOT, CannotStart
from startup.parts import Part
from startup.progress import Moving, last_lines

READY_SECONDS = 180.0  # Rasa takes 20 s on a good day
STOP_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 30.0  # between two attempts to bring back what keeps dying
STEADY_SECONDS = 60.0  # who lived that long starts again without a pause
LARGEST_LOG_BYTES = 10_000_000
LIBC = ctypes.CDLL(None)  # loaded before any fork


class Process:
    """One part as it runs, in a process group of its own, with its log."""

    def __init__(self, part: Part, env: dict[str, str], log: Path) -> None:
        self.part = part
        self.log = log
        self._env = env
        self._process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.deaths = 0  # in a row

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", self.part.command],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop them in order
                preexec_fn=_end_with_parent,
            )
        self.started_at = time.monotonic()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def end(self) -> str:
        """How it ended, in words."""
        code = self._process.returncode if self._process else None
        return f"by signal {-code}" if code is not None and code < 0 else f"with code {code}"

    def send(self, sign: signal.Signals) -> None:
        """Sends a signal to the part and to every child it has."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, sign)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Asks it to end, and ends it when it will not."""
        if self._process is None:
            return
        self.send(sign)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        self.send(signal.SIGKILL)  # its children too, if it left any
        self._process.wait()


class Supervisor:
    """All parts together. `say` tells the person at the terminal."""

    def __init__(
        self, parts: list[Part], env: dict[str, str], logs: Path, say: Callable[[str], None] = print
    ) -> None:
        self.processes = {
            part.name: Process(part, env, logs / f"{part.name}.log") for part in parts
        }
        self.say = say
        self.stopping = False

    def start(self) -> None:
        for process in self.processes.values():
            process.start()

    def wait_until_ready(self, label: str = "Waking up", within: float = READY_SECONDS) -> None:
        """Returns when every part answers. Raises CannotStart for one that dies or never does."""
        waiting = list(self.processes.values())
        with Moving(label) as line:
            while waiting and not self.stopping:
                for process in waiting:
                    if not process.is_alive():
                        raise CannotStart(
                            _why(process, f"{process.part.name} ended {process.end()}.")
                        )
                if line.seconds > within:
                    late = waiting[0]
                    raise CannotStart(
                        _why(late, f"{late.part.name} did not answer within {within:.0f} seconds.")
                    )
                waiting = [process for process in waiting if not process.part.answers()]
                line.step()
                time.sleep(0.3)

    def watch(self) -> None:
        """Brings back whichever part dies, until `stop_soon()`."""
        while not self.stopping:
            self.revive()
            time.sleep(0.2)

    def revive(self) -> None:
        """Starts again what is dead; what keeps dying has to wait longer each time."""
        for process in self.processes.values():
            if not process.is_alive():
                self._bring_back(process)

    def stop_soon(self, *_: object) -> None:
        """Makes `watch` return; fit for a signal handler."""
        self.stopping = True

    def stop(self) -> None:
        """Asks all parts to end at once, and waits until the last has."""
        for process in self.processes.values():
            process.send(signal.SIGTERM)
        for process in self.processes.values():
            process.stop()

    def _bring_back(self, process: Process) -> None:
        now = time.monotonic()
        lived = now - process.started_at
        if lived > STEADY_SECONDS:
            process.deaths = 0
        pause = min(2.0**process.deaths - 1, LONGEST_PAUSE_SECONDS)
        if lived < pause:
            return
        process.deaths += 1
        self.say(
            f"{process.part.name} ended {process.end()} and is started again; see {process.log}."
        )
        process.start()


def _why(process: Process, what: str) -> str:
    return f"{what} The end of {process.log}:\n\n{last_lines(process.log)}"


def _end_with_parent() -> None:
    """Linux ends the part when we are killed; elsewhere it would hold its port until stopped."""
    if sys.platform == "linux":
        LIBC.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
