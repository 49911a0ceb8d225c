"""The desk as a process of its own: people sign in while no other part of the house runs."""

import subprocess
import sys
import time

import httpx

from complaints.clock import SystemClock
from complaints.people import People, Role
from complaints.settings import ROOT, Settings
from complaints.store import Store
from startup.parts import environment
from tests.stand_ins import free_port


def test_somebody_signs_in_while_nothing_but_the_desk_runs(tmp_path):
    settings = Settings(var=tmp_path)
    store = Store(settings.database_url)
    store.upgrade()
    People(store, SystemClock()).add("ines", "Ines Duarte", "a long walk home", Role.AGENT)
    port = free_port()
    desk = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "desk:app", "--port", str(port)],
        cwd=ROOT, env=environment(settings),
    )  # fmt: skip
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", follow_redirects=True, trust_env=False
        ) as browser:
            page = first_page(browser, desk)
            assert "Sign in" in page.text
            token = page.text.split('name="token" value="')[1].split('"')[0]
            form = {"token": token, "sign_in": "ines", "password": "a long walk home"}
            queue = browser.post(page.url, data=form)
            assert queue.status_code == 200 and "Ines Duarte" in queue.text
    finally:
        desk.terminate()
        desk.wait(30)


def first_page(browser, desk):
    while desk.poll() is None:
        try:
            return browser.get("/")
        except httpx.ConnectError:
            time.sleep(0.05)
    raise AssertionError("the desk ended")
