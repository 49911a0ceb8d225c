"""What `make` can do once both environments stand: `python -m startup run|train|talk|check|test|…`."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import SQLAlchemyError

from complaints.errors import PolicyError
from complaints.policy import Policy
from complaints.settings import Settings
from complaints.store import Store
from startup import ROOT, CannotStart
from startup.environments import ROOM
from startup.parts import address, check_ports, environment, parts_of_the_house
from startup.progress import last_lines
from startup.supervisor import Supervisor
from startup.testing import check, test
from startup.training import train_if_needed


def run() -> None:
    """Starts the house and keeps it running until Ctrl-C or SIGTERM."""
    settings = read_settings()
    parts = parts_of_the_house(settings)
    check_ports(parts, settings)
    prepare(settings)
    supervisor = Supervisor(parts, environment(settings), settings.var / "log")
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, supervisor.stop_soon)
    try:
        supervisor.start()
        supervisor.wait_until_ready()
        if not supervisor.stopping:
            print(f"\nAmends is ready: {address(settings)}")
            print(f"Ctrl-C stops it. Logs are in {_short(settings.var / 'log')}.", flush=True)
        supervisor.watch()
    finally:
        supervisor.stop()
    print("\nStopped.")


def prepare(settings: Settings) -> None:
    """Everything a start needs: a policy that holds, a trained assistant, current tables.

    Raises CannotStart with the sentence that helps.
    """
    check_policy(settings)
    train_if_needed()
    try:
        Store(settings.database_url).upgrade()
    except (SQLAlchemyError, OSError) as trouble:
        raise CannotStart(
            f"The database {settings.database_url} cannot be used: {trouble}"
        ) from None


def check_policy(settings: Settings) -> None:
    try:
        Policy.load(settings.policy_file)
    except PolicyError as trouble:
        raise CannotStart(str(trouble)) from None


def read_settings() -> Settings:
    try:
        return Settings()
    except ValidationError as refused:
        raise CannotStart("\n".join(map(_what_is_wrong, refused.errors()))) from None
    except (OSError, ValueError) as trouble:
        raise CannotStart(str(trouble)) from None


def train() -> None:
    """Trains whether or not anything changed."""
    train_if_needed(again=True)
    print("The assistant has learned what is in data/ and domain.yml. `make run` uses it.")


def talk() -> None:
    """A conversation in the terminal with the assistant that `make run` has running."""
    _become("-m", "channels.talk")


def policy() -> None:
    """Checks policy.yml and says in plain words what each customer would be offered."""
    _become("-m", "complaints.policy")


def report() -> None:
    """Prints how complaints went in the last 30 days; `-m complaints.report` takes other days."""
    _become("-m", "complaints.report")


def rehearse() -> None:
    """Role play: customers by script and by chance talk to a house of their own."""
    # Not `_become`: that house has its own ports and database, not those of `make run`.
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "benchmarks.conversations"])


def bench() -> None:
    """Prints how well the assistant understands, and what a turn costs, beside a stock Rasa.

    Raises CannotStart with the end of the log when one of the two breaks off.
    """
    log = ROOT / "var/log/bench.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    print(
        f"Teaching both takes hours the first time; {_short(log)} says how far it is.\n", flush=True
    )
    with log.open("w") as progress:
        for command in (
            [str(ROOM), "benchmarks/understanding.py"],
            [sys.executable, "-m", "benchmarks.speed"],
        ):
            if subprocess.run(command, cwd=ROOT, stderr=progress).returncode:
                raise CannotStart(f"The benchmark broke off:\n\n{last_lines(log)}")
            print(flush=True)


def _what_is_wrong(error: ErrorDetails) -> str:
    """One setting by its variable; of several together only the sentence, as they hold secrets."""
    if not error["loc"]:
        return error["msg"].removeprefix("Value error, ")
    variable = f"AMENDS_{'_'.join(map(str, error['loc'])).upper()}"
    return f"{variable}: {error['msg']}, got {error['input']!r}"


def _become(*arguments: str) -> None:
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *arguments], environment(read_settings()))


COMMANDS: dict[str, Callable[[], None]] = {
    command.__name__: command
    for command in (run, test, train, talk, check, policy, report, rehearse, bench)
}


def main() -> None:
    asked = sys.argv[1:] or ["run"]
    if len(asked) != 1 or asked[0] not in COMMANDS:
        sys.exit(f"usage: python3 start.py {'|'.join(COMMANDS)}")
    try:
        COMMANDS[asked[0]]()
    except CannotStart as trouble:
        sys.exit(f"\n{trouble}")
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
    except KeyboardInterrupt:
        sys.exit("\nStopped.")


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


if __name__ == "__main__":
    main()
