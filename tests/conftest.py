"""What most tests hold in the hand: a clock, an empty database of either kind, the running house."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from complaints.clock import HeldClock
from complaints.store import Base, Store
from tests.core import Core
from tests.postgres import WHY_NOT, Postgres, find_pg_ctl, postgres_running
from tests.stack import chromium, mark_what_is_slow, stack
from tests.stand_ins import ScriptedRasa, SmallHouse

__all__ = ["chromium", "stack"]  # fixtures, found here by every test


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "e2e: needs the running house; `make check` leaves it out")
    config.addinivalue_line("markers", "browser: needs chromium; `make check` leaves it out")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_what_is_slow(items)


@pytest.fixture
def clock() -> HeldClock:
    """A Monday morning, ten o'clock in London."""
    return HeldClock(datetime(2026, 11, 23, 10, 0, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite database."""
    store = Store(f"sqlite:///{tmp_path}/amends.db")
    store.create()
    yield store
    store.engine.dispose()


@pytest.fixture
def rasa() -> Iterator[ScriptedRasa]:
    """A Rasa that says what it is told to."""
    rasa = ScriptedRasa()
    yield rasa
    rasa.stop()


@pytest.fixture
def house(store: Store, clock: HeldClock, rasa: ScriptedRasa) -> SmallHouse:
    """The front door's house with that Rasa, on an empty database."""
    return SmallHouse(store, clock, rasa.url)


@pytest.fixture(scope="session")
def core_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One SQLite database for all tests of the core: making tables anew takes longer than a test."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('core')}/amends.db")
    store.create()
    yield store
    store.engine.dispose()


@pytest.fixture
def core(core_store: Store, clock: HeldClock) -> Iterator[Core]:
    """The casebook on an empty database, with the demo shop and the shop's own policy."""
    yield Core(core_store, clock)
    with core_store.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    pg_ctl = find_pg_ctl()
    if pg_ctl is None:
        pytest.skip(WHY_NOT)
    with postgres_running(pg_ctl) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def either_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database of each kind we run on: what holds on one must hold on the other."""
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path}/amends.db")
    else:
        store = Store(request.getfixturevalue("postgres").new_database())
    store.create()
    yield store
    store.engine.dispose()
