"""The two environments: ours at the root, Rasa's sealed room in nlu/. Both by uv, from locks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from startup import ROOT
from startup.progress import run_showing

OURS = ROOT / ".venv/bin/python"
ROOM = ROOT / "nlu/.venv/bin/python"
OLDEST_UV = (0, 7)  # older ones cannot read our lock files


def prepare_environments(root: Path = ROOT) -> None:
    """Finds or installs uv, and brings both environments to their locks. Safe to repeat.

    Raises CannotStart when uv or a Python cannot be had, or a library cannot be fetched.
    """
    uv = find_uv(root)
    _sync(uv, root, ">=3.11", "Fetching our libraries")
    _sync(uv, root / "nlu", "3.10", "Fetching Rasa's libraries")


def find_uv(root: Path) -> str:
    """The machine's uv if it is recent, else a private one in .uv/ that touches nothing else."""
    private = root / ".uv/bin/uv"
    if private.exists():
        return str(private)
    installed = shutil.which("uv")
    if installed and _version(installed) >= OLDEST_UV:
        return installed
    log = root / "var/log/uv.log"
    home = root / ".uv"
    run_showing(
        "Making room for uv",
        [sys.executable, "-m", "venv", "--clear", str(home)],
        log, _environment(), root,
        "Python could not make a virtual environment. On Debian or Ubuntu: "
        "apt-get install python3-venv",
    )  # fmt: skip
    run_showing(
        "Fetching uv",
        [str(home / "bin/python"), "-m", "pip", "install", "-q", "uv"],
        log, _environment(), root,
        "uv, which installs everything else, could not be fetched from PyPI. "
        "Is this machine online?",
    )  # fmt: skip
    return str(private)


def find_python(uv: str, version: str, root: Path) -> str:
    """A Python of that version: one on the path, of pyenv, or one that uv fetches."""
    found = _quietly(uv, "python", "find", "--no-project", version)
    if found:
        return found
    if version == "3.10":  # pyenv hides what is not switched on
        pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
        hidden = sorted(pyenv.glob("versions/3.10.*/bin/python"))
        if hidden:
            return str(hidden[-1])
    wanted = version.lstrip(">=")
    reason = "Rasa runs on no other version" if wanted == "3.10" else "or newer"
    run_showing(
        f"Fetching Python {wanted}",
        [uv, "python", "install", wanted],
        root / "var/log/python.log", _environment(), root,
        f"Python {wanted} ({reason}) is not on this machine and could not be fetched. "
        f"Install it (pyenv install {wanted}, or brew install python@{wanted}), then try again.",
    )  # fmt: skip
    return wanted


def _sync(uv: str, project: Path, version: str, label: str) -> None:
    command = [uv, "sync", "--frozen", "--project", str(project)]
    if not (project / ".venv/bin/python").exists():
        command += ["--python", find_python(uv, version, project)]
    run_showing(
        label, command, ROOT / f"var/log/libraries-{project.name}.log", _environment(), project,
        f"The libraries of {project} could not be installed. Is this machine online?",
    )  # fmt: skip


def _quietly(*command: str) -> str:
    """What a command prints; nothing when it fails."""
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def _version(uv: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", _quietly(uv, "--version"))[:2])


def _environment() -> dict[str, str]:
    """Ours without what would lead uv to another project's environment."""
    misleading = ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_PROJECT", "PYTHONHOME", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if name not in misleading}
