"""The two assistants as they run: real processes on loopback, asked as the front door asks Rasa."""

import asyncio
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import update

from channels.assistant import Assistant
from complaints.answering import Unanswered
from complaints.case import Case, CaseStatus
from complaints.clock import SystemClock
from complaints.conversation import ConversationLog
from complaints.settings import Settings
from complaints.store import Store
from startup.environments import ROOM
from startup.parts import Part, environment, parts_of_the_house
from startup.supervisor import Supervisor
from tests.stack import free_ports

_TICKS = os.sysconf("SC_CLK_TCK")  # of /proc's clock, each second
_PATIENCE_SECONDS = 300  # thirty-two may stand in line before a turn
_START_SECONDS = 900  # TensorFlow takes its time on a busy machine
# As benchmarks/ruler/pupil.py asks it: one thread for each side, whatever TensorFlow would take.
_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


class Side(ABC):
    """One assistant. `parts` are its processes by name."""

    def __init__(self, parts: list[Part], env: dict[str, str], logs: Path, url: str) -> None:
        self._parts = parts
        self._env = env
        self._logs = logs
        self._url = url
        self._token: str | None = None
        self._supervisor: Supervisor | None = None

    def start(self) -> float:
        """Starts the processes; the seconds until all of them answer."""
        self._supervisor = Supervisor(self._parts, self._env, self._logs)
        began = time.monotonic()
        self._supervisor.start()
        self._supervisor.wait_until_ready(f"Starting {', '.join(self.parts)}", _START_SECONDS)
        return time.monotonic() - began

    def stop(self) -> None:
        if self._supervisor is not None:
            self._supervisor.stop()

    @property
    def parts(self) -> list[str]:
        return [part.name for part in self._parts]

    def cpu_seconds(self) -> dict[str, float]:
        """What each process has used so far, its threads and the kernel's part included."""
        return {name: _cpu_seconds(pid) for name, pid in self._pids()}

    def peak_mb(self) -> dict[str, float]:
        return {name: _peak_mb(pid) for name, pid in self._pids()}

    def line(self) -> Assistant:
        """A way to ask it; to be used inside one event loop, and closed."""
        return Assistant(self._url, self._token, turn_seconds=_PATIENCE_SECONDS)

    @abstractmethod
    def begin(self) -> str:
        """A new conversation; its name."""

    @abstractmethod
    async def ask(self, line: Assistant, conversation: str, text: str) -> tuple[str, float]:
        """What it answers, and the seconds between question and answer."""

    def _pids(self) -> Iterator[tuple[str, int]]:
        assert self._supervisor, "not started"
        for name, process in self._supervisor.processes.items():
            assert process.pid and process.is_alive(), f"{name} is gone; see {process.log}"
            yield name, process.pid


class Amends(Side):
    """Ours without front door and deliver: Rasa, the action server, and the database of cases."""

    def __init__(self, folder: Path) -> None:
        rasa, actions = free_ports(2)
        settings = Settings(
            var=folder,
            database_url=f"sqlite:///{folder / 'amends.db'}",
            orders_url=None,
            rasa_url=f"http://127.0.0.1:{rasa}",
            rasa_port=rasa,
            actions_port=actions,
        )
        asked = [p for p in parts_of_the_house(settings) if p.name in ("rasa", "actions")]
        super().__init__(asked, environment(settings), folder / "log", settings.rasa_url)
        self._token = settings.rasa_token
        self._store = Store(settings.database_url)
        self._store.upgrade()
        self._log = ConversationLog(self._store, SystemClock())
        self._unanswered = Unanswered(self._store, SystemClock())
        self._number = 0

    def begin(self) -> str:
        return self._log.open("website", "speed").id

    async def ask(self, line: Assistant, conversation: str, text: str) -> tuple[str, float]:
        self._number += 1
        message, _ = await asyncio.to_thread(
            self._log.receive, conversation, text, f"speed {self._number}"
        )
        turn = await asyncio.to_thread(self._unanswered.begin_turn, message.id)
        metadata = {
            "message_id": str(message.id),
            "conversation_id": conversation,
            "channel": "website",
        }
        began = time.perf_counter()
        replies = await line.ask(turn.tracker_id, text, metadata)
        took = time.perf_counter() - began
        await asyncio.to_thread(self._unanswered.answer, message.id, replies)
        return "\n".join(reply.text for reply in replies), took

    def forget_complaints(self) -> None:
        """Nobody has complained of any order: the next to do so is the first again."""
        with self._store.transaction() as session:
            session.execute(update(Case).values(status=CaseStatus.WITHDRAWN, customer_id=None))


class Stock(Side):
    """A stock Rasa project: one process, trackers in memory, no actions."""

    def __init__(self, model: Path, logs: Path) -> None:
        (port,) = free_ports(1)
        project, url = model.parent, f"http://127.0.0.1:{port}"
        command = (
            f"exec {ROOM} -m rasa run --model {model} --interface 127.0.0.1 --port {port} "
            f"--endpoints {project}/endpoints.yml --credentials {project}/credentials.yml"
        )
        env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
        env |= {**_ONE_THREAD, "RASA_TELEMETRY_ENABLED": "false", "SANIC_WORKERS": "1"}
        super().__init__([Part("stock", command, port, f"{url}/")], env, logs, url)
        self._begun = 0

    def begin(self) -> str:
        self._begun += 1
        return f"speed {self._begun}"

    async def ask(self, line: Assistant, conversation: str, text: str) -> tuple[str, float]:
        began = time.perf_counter()
        replies = await line.ask(conversation, text, {})
        return "\n".join(reply.text for reply in replies), time.perf_counter() - began


def _cpu_seconds(pid: int) -> float:
    # The name stands in brackets and may hold anything; after it the fields are numbers.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
