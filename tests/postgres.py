"""A PostgreSQL of our own for as long as the tests run, where the machine has the program."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

WHY_NOT = "no PostgreSQL server on this machine; `apt-get install postgresql` brings one"


class Postgres:
    """A server on a socket in a directory of its own; nothing listens on a port."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"test_{uuid.uuid4().hex}"
        with psycopg.connect(
            host=str(self.directory), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return f"postgresql+psycopg://postgres@/{name}?host={self.directory}"


def find_pg_ctl() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if found:
        return found[-1]
    on_path = shutil.which("pg_ctl")
    return Path(on_path) if on_path else None


@contextmanager
def postgres_running(pg_ctl: Path) -> Iterator[Postgres]:
    directory = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    # It refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        os.chown(directory, pwd.getpwnam(user).pw_uid, -1)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(pg_ctl.with_name(program)), *arguments],
            check=True, user=user, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    rows = str(directory / "rows")
    try:
        run("initdb", "-D", rows, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8")
        options = f"-k {directory} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "-D", rows, "-o", options, "-w", "start")
        try:
            yield Postgres(directory)
        finally:
            run("pg_ctl", "-D", rows, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(directory, ignore_errors=True)
