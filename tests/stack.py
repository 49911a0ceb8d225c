"""The whole house, running: the real processes on free ports, with an empty database.

One is started for all the tests of a session that ask for the fixture `stack`; they are
marked `e2e`. `chromium` is a real browser. What is true of the processes stands in the
Procfile and `startup/`; here is only what tests do with them.
"""

import shutil
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select, update

from complaints import demo_fulfilment
from complaints.case import Case, CaseStatus
from complaints.clock import AheadClock
from complaints.outbox import OutboxMessage
from complaints.settings import Settings
from complaints.store import Store
from startup.parts import address, environment, parts_of_the_house
from startup.supervisor import Process, Supervisor
from startup.training import train_if_needed
from tests.customer import wait_for
from tests.fake_slack import FakeSlack, settings_of

CHROMIUM_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NO_CHROMIUM = (
    "chromium is not on the path; `make test` installs Debian's, or install it yourself "
    "(apt-get install chromium)"
)
PART_READY_SECONDS = 120.0


class Stack:
    """Four processes, one database. `url` is what a customer's browser opens.

    With a `slack` beside it, people are told of handoffs there, and customers may come by it.
    """

    def __init__(self, directory: Path, slack: FakeSlack | None = None) -> None:
        front, rasa, actions = free_ports(3)
        self.slack = slack
        self.settings = Settings(
            var=directory,
            database_url=f"sqlite:///{directory / 'amends.db'}",
            orders_url=None,
            rasa_url=f"http://127.0.0.1:{rasa}",
            front_port=front,
            rasa_port=rasa,
            actions_port=actions,
            clock_file=directory / "clock",
            **(settings_of(slack) if slack else {}),
        )
        self.clock = AheadClock(directory / "clock")
        self.url = address(self.settings)
        if slack:
            slack.door = f"{self.url}/slack"
        self.database_url = self.settings.database_url
        self._supervisor = Supervisor(
            parts_of_the_house(self.settings), environment(self.settings), directory / "log"
        )

    def start(self) -> None:
        """Returns when every part answers."""
        Store(self.database_url).upgrade()
        self._supervisor.start()
        self._supervisor.wait_until_ready("Starting the house for the tests")

    def stop(self) -> None:
        self._supervisor.stop()

    def kill(self, part: str) -> None:
        """Pulls the plug: SIGKILL. The part stays away until `restart`."""
        self._process(part).stop(sign=signal.SIGKILL)

    def restart(self, part: str) -> None:
        """Stops the part if it runs, starts it, and returns when it answers."""
        process = self._process(part)
        process.stop()
        process.start()
        give_up_at = time.monotonic() + PART_READY_SECONDS
        while not process.part.answers():
            if not process.is_alive() or time.monotonic() > give_up_at:
                raise AssertionError(f"{part} did not come back:\n{self.logs(part)}")
            time.sleep(0.2)

    def nobody_complained_of(self, *order_numbers: str) -> None:
        """Sets aside what other tests said of these orders, and what they got back for them.

        The house is shared: a second person of the demo shop who complains of the same thing
        would be the first one complaining again, have had their goodwill for this year, and be
        refused the money that was already given back.
        """
        store = Store(self.database_url)
        of_these = Case.order_number.in_(order_numbers)
        on_its_way = (
            select(OutboxMessage.key)
            .join(Case, OutboxMessage.case_reference == Case.reference)
            .where(of_these, OutboxMessage.transport == "shop")
            .where(OutboxMessage.sent_at.is_(None), OutboxMessage.gave_up_at.is_(None))
        )

        def all_told() -> bool:
            with store.reading() as session:
                return not session.scalars(on_its_way).all()

        wait_for(all_told, lambda: self.logs("deliver"))
        with store.transaction() as session:
            session.execute(
                update(Case).where(of_these).values(status=CaseStatus.WITHDRAWN, customer_id=None)
            )
        with sqlite3.connect(self.settings.demo_shop_file, timeout=5) as shop:
            shop.execute(demo_fulfilment.TABLE)  # or we come before the shop has opened
            shop.executemany(
                "UPDATE instruction SET order_number = 'of another test' WHERE order_number = ?",
                [(number,) for number in order_numbers],
            )

    def logs(self, part: str) -> str:
        return self._process(part).log.read_text(errors="replace")

    def _process(self, part: str) -> Process:
        return self._supervisor.processes[part]


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The running house, shared by all tests of the session: each tells its own customer apart."""
    train_if_needed()
    slack = FakeSlack()
    house = Stack(tmp_path_factory.mktemp("house"), slack)
    try:
        house.start()
        yield house
    finally:
        house.stop()
        slack.stop()


# Not for the whole session: while Playwright's loop runs, pytest-asyncio cannot run another.
# A module that uses it has no async tests.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser; open a context of your own in it."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def mark_what_is_slow(items: list[pytest.Item]) -> None:
    """Marks what starts the house or a browser, so that no test can forget to say so."""
    for item in items:
        asked_for = getattr(item, "fixturenames", ())
        if "stack" in asked_for:
            item.add_marker(pytest.mark.e2e)
        if "chromium" in asked_for:
            item.add_marker(pytest.mark.browser)


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on; all are held until all are found, so that they differ."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
