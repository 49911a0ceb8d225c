"""`make test`: everything. `make check`: what needs neither the house nor a browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from startup import ROOT, CannotStart
from startup.environments import ROOM
from startup.progress import run_showing
from startup.training import train_if_needed
from startup.wiring import actions_of_the_house, check_wiring

# Debian's package, and a file it brings. Without PostgreSQL its tests are skipped, and say so.
DEBIAN_PACKAGES = {"chromium": "/usr/bin/chromium", "postgresql": "/usr/lib/postgresql"}


def test() -> None:
    """Runs every check and every test; the last line is pytest's own summary.

    All of it runs even when something fails, so that one run tells everything.
    Raises CalledProcessError with the first failure's exit code.
    """
    install_for_tests()
    train_if_needed()
    codes = [
        _say_and_run("ruff", "check", "."),
        _say_and_run("mypy"),
        _say_and_run(str(ROOM), "-m", "pytest", cwd=ROOT / "nlu"),
        _say_and_run(sys.executable, "-m", "pytest"),
    ]
    for code in filter(None, codes):
        raise subprocess.CalledProcessError(code, "make test")


def check() -> None:
    """Style, names that fit together, and the core's tests: no browser, no Rasa, no training."""
    check_wiring(ROOT, actions_of_the_house)
    codes = [
        _say_and_run("ruff", "check", "."),
        _say_and_run("ruff", "format", "--check", "."),
        _say_and_run("mypy"),
        _say_and_run(sys.executable, "-m", "pytest", "-m", "not e2e and not browser"),
    ]
    for code in filter(None, codes):
        raise subprocess.CalledProcessError(code, "make check")


def install_for_tests() -> None:
    """Installs what the tests need of Debian, if it is missing and this machine lets us.

    Raises CannotStart for a browser that is missing and cannot be installed.
    """
    missing = [name for name, file in DEBIAN_PACKAGES.items() if not Path(file).exists()]
    if "chromium" in missing and shutil.which("chromium"):
        missing.remove("chromium")
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = "apt-get update && apt-get install -y --no-install-recommends"
        run_showing(
            f"Installing {' and '.join(missing)} for the tests",
            ["/bin/sh", "-c", f"{install} {' '.join(missing)}"],
            ROOT / "var/log/apt.log",
            {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            ROOT,
            f"{' and '.join(missing)} could not be installed.",
        )
    elif "chromium" in missing:
        raise CannotStart(
            "The tests use a real browser, and chromium is not on this machine. Install it "
            "(apt-get install chromium, as root) so that `chromium` is on the path."
        )


def _say_and_run(*command: str, cwd: Path = ROOT) -> int:
    tool = Path(sys.executable).parent / command[0]
    if tool.exists():
        command = (str(tool), *command[1:])
    return subprocess.run(command, cwd=cwd).returncode
