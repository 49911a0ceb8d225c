"""The processes of the house, as the Procfile names them: how each starts and answers."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

import httpx
from honcho.environ import parse_procfile

from action_server import action_url
from complaints.settings import Settings
from startup import ROOT, CannotStart


@dataclass(frozen=True)
class Part:
    """One process. `health` answers 200 when the part is ready; None when it only works away."""

    name: str
    command: str
    port: int | None = None
    health: str | None = None

    def answers(self) -> bool:
        if self.health is None:
            return True
        try:
            return httpx.get(self.health, timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False


def parts_of_the_house(settings: Settings, procfile: Path = ROOT / "Procfile") -> list[Part]:
    """The Procfile's processes in its order, each with where it answers."""
    rasa = f"http://127.0.0.1:{settings.rasa_port}/status?token={settings.rasa_token}"
    ports_and_health = {
        "front": (settings.front_port, f"{address(settings)}/health"),
        "rasa": (settings.rasa_port, rasa),
        "actions": (settings.actions_port, f"http://127.0.0.1:{settings.actions_port}/health"),
    }
    processes = parse_procfile(procfile.read_text()).processes
    return [
        Part(name, command, *ports_and_health.get(name, ()))
        for name, command in processes.items()
    ]  # fmt: skip


def address(settings: Settings) -> str:
    """The one address a person opens."""
    return f"http://127.0.0.1:{settings.front_port}"


def environment(settings: Settings) -> dict[str, str]:
    """What every part finds in its environment: ours, and the settings as they are in force."""
    said = settings.model_dump(mode="json", exclude_none=True)
    for several in ("allowed_origins", "told_of_handoffs"):
        said[several] = " ".join(getattr(settings, several))
    said["slack_people"] = " ".join(f"{who}={name}" for who, name in settings.slack_people.items())
    return {
        **{name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"},
        **{f"AMENDS_{name.upper()}": str(value) for name, value in said.items()},
        "AMENDS_ACTIONS_URL": action_url(settings),
        "AMENDS_TRACKER_URL": os.environ.get("AMENDS_TRACKER_URL")
        or f"sqlite:///{settings.var / 'tracker.db'}",
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "SANIC_WORKERS": "1",  # two lose messages; see docs/development.md
        "TICKET_LOCK_LIFETIME": "120",  # a lock must outlive the slowest turn
    }


def check_ports(parts: list[Part], settings: Settings) -> None:
    """Raises CannotStart when another program listens where one of ours must."""
    taken = [part for part in parts if part.port is not None and not _is_free(part.port)]
    if not taken:
        return
    if any(part.name == "front" and part.answers() for part in taken):
        raise CannotStart(f"Amends is already running: {address(settings)}")
    first = taken[0]
    raise CannotStart(
        f"Port {first.port}, which {first.name} needs, is used by another program. Stop that, "
        f"or choose another: AMENDS_{first.name.upper()}_PORT={(first.port or 0) + 1} make run"
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
