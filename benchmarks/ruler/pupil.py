"""A pipeline that is taught from sentences and asked, each time in a process of its own.

Its own process, because peak memory and CPU time belong to a process, and because neither side
may find TensorFlow already warm from the other. What is asked is what runs: Rasa's own processor
with the trained archive, not our components called some other way.
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Question = tuple[str, str]  # what the customer wrote, and the day they wrote it (ISO)
Answer = dict[str, Any]  # Rasa's latest message: intent, entities, also, heat, danger …

_KEPT = ("text", "intent", "intent_ranking", "entities", "also", "heat", "danger", "sentences")
_SPAWN = get_context("spawn")
# One core for everybody: CPU time then means the same on every machine and for both sides.
_ALONE = {
    "OMP_NUM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "ERROR",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "HF_HUB_OFFLINE": "1",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


class PupilFailed(Exception):
    """A pipeline could not be taught or asked; the message says which, and where Rasa says why."""


@dataclass(frozen=True)
class Taught:
    """A trained archive and what it took."""

    model: Path
    cpu_seconds: float
    wall_seconds: float


def teach(
    config: Path, sentences: Path, model: Path, log: Path, project: Path | None = None
) -> Taught:
    """Train `config` on the sentences in `sentences` (a file or a folder) into `model`.

    With a `project` (domain.yml, data/) its policies are trained as well, so that the model can hold
    conversations. Raises PupilFailed when Rasa makes no model.
    """
    asking, answering = _SPAWN.Pipe()
    with _environment(_ALONE):
        child = _SPAWN.Process(
            target=_teach, args=(answering, config, sentences, model, log, project)
        )
        child.start()
    answering.close()
    try:
        seconds = asking.recv()
    except EOFError:
        seconds = None
    child.join()
    if seconds is None or not model.exists():
        raise PupilFailed(f"{config.name} was not trained; {log} says why.")
    return Taught(model, *seconds)


class Pupil:
    """A trained pipeline, loaded and waiting for questions until it is closed."""

    def __init__(self, model: Path, log: Path) -> None:
        self._asking, answering = _SPAWN.Pipe()
        self._log = log
        with _environment(_ALONE):
            self._child = _SPAWN.Process(target=_answer, args=(answering, model, log), daemon=True)
            self._child.start()
        answering.close()
        self._receive()  # that it is ready

    def read(self, questions: Sequence[Question]) -> tuple[list[Answer], float]:
        """Rasa's answer to each, and the CPU seconds they took together."""
        self._asking.send(list(questions))
        return self._receive()

    def close(self) -> float:
        """End the process; its peak memory in MB."""
        self._asking.send(None)
        peak = self._receive()
        self._child.join()
        return peak

    def _receive(self) -> Any:
        try:
            return self._asking.recv()
        except EOFError:
            raise PupilFailed(f"A pipeline stopped answering; {self._log} says why.") from None


def _teach(
    parent: Connection,
    config: Path,
    sentences: Path,
    model: Path,
    log: Path,
    project: Path | None,
) -> None:
    _speak_into(log)
    from rasa.model_training import train, train_nlu
    from rasa.utils.tensorflow.environment import setup_tf_environment

    setup_tf_environment()
    # Rasa keeps a cache in the folder it runs in and does not see changes of our components.
    with tempfile.TemporaryDirectory() as elsewhere:
        os.chdir(elsewhere)
        cpu, wall = time.process_time(), time.perf_counter()
        name = model.name.removesuffix(".tar.gz")
        if project is None:
            train_nlu(str(config), str(sentences), str(model.parent), fixed_model_name=name)
        else:
            files = [str(sentences), str(project / "data")]
            domain = str(project / "domain.yml")
            train(domain, str(config), files, str(model.parent), fixed_model_name=name)
        parent.send((time.process_time() - cpu, time.perf_counter() - wall))


def _answer(parent: Connection, model: Path, log: Path) -> None:
    _speak_into(log)
    import asyncio

    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage
    from rasa.utils.tensorflow.environment import setup_tf_environment

    setup_tf_environment()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    processor = Agent.load(str(model)).processor

    def answer(text: str, day: str) -> Answer:
        os.environ["AMENDS_TODAY"] = day  # nlu/room/clock.py asks each time
        heard = loop.run_until_complete(processor.parse_message(UserMessage(text)))
        return {name: heard.get(name) for name in _KEPT}

    answer("my order has not come", "2022-03-15")  # what is built on the first message is no one's
    parent.send("ready")
    while (questions := parent.recv()) is not None:
        before = time.process_time()
        answers = [answer(text, day) for text, day in questions]
        parent.send((answers, time.process_time() - before))
    parent.send(_peak_memory_mb())


def _speak_into(log: Path) -> None:
    """Everything this process prints goes into its log; the table stays alone on the terminal."""
    log.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    # As the assistant runs: Rasa would otherwise write each message out, and that costs time.
    logging.disable(logging.WARNING)
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)


def _peak_memory_mb() -> float:
    # Not getrusage: there a process starts with its parent's peak.
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


class _environment:
    """Variables for the processes started inside it; ours are as before afterwards."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._variables = variables

    def __enter__(self) -> None:
        self._before = {name: os.environ.get(name) for name in self._variables}
        os.environ.update(self._variables)

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
