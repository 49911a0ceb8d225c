"""One moving line for whatever takes long: "Learning … 12 s"."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from startup import CannotStart

UNREMARKABLE_SECONDS = 2.0  # what is quicker than this is not worth a line


class Moving:
    """Shows how long something takes, on one line; only the end of it when nobody watches."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._began = time.monotonic()
        self._shown = False

    def __enter__(self) -> Moving:
        return self

    def step(self) -> None:
        """Moves the line on; called a few times a second."""
        if self.seconds >= UNREMARKABLE_SECONDS and sys.stdout.isatty():
            print(f"\r{self.label} … {self.seconds:.0f} s ", end="", flush=True)
            self._shown = True

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._shown or (kind is None and self.seconds >= UNREMARKABLE_SECONDS):
            print(f"\r{self.label} … {self.seconds:.0f} s ", flush=True)


def run_showing(
    label: str, command: list[str], log: Path, env: dict[str, str], cwd: Path, otherwise: str
) -> None:
    """Runs a command to its end with its output in `log`.

    Raises CannotStart with `otherwise` and the last lines of the log when it fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            with Moving(label) as line:
                while process.poll() is None:
                    time.sleep(0.1)
                    line.step()
        finally:
            if process.poll() is None:  # we were interrupted; it must not go on without us
                process.terminate()
                process.wait()
    if process.returncode:
        raise CannotStart(f"{otherwise}\n\n{last_lines(log)}\n\nAll of it is in {log}.")


UNTELLING = ("Warning: ", " INFO ", "Traceback (most recent")


def last_lines(log: Path, count: int = 6) -> str:
    """The end of a log without what helps nobody: blank lines, source code, old warnings."""
    lines = [line.rstrip() for line in log.read_text(errors="replace").splitlines()]
    telling = [
        line
        for line in lines
        if line.strip()
        and not line.startswith(("  ", "\t"))
        and not any(words in line for words in UNTELLING)
    ]
    return "\n".join(f"  {line}" for line in telling[-count:])
