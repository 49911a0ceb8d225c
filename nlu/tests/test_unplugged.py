"""The whole room with the network unplugged: it learns, starts and answers with no way out."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from no_way_out import TRIED, UNPLUGGED

DRIVER = Path(__file__).with_name("no_way_out.py")
NAMESPACE = ["unshare", "--map-root-user", "--net"]  # a network with nobody in it


def test_the_room_learns_starts_and_answers_with_no_way_out(tmp_path):
    done = subprocess.run(
        [*_unplugged(), sys.executable, "-W", "ignore", str(DRIVER), str(tmp_path)],
        capture_output=True, text=True, timeout=500,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-3000:]
    heard = json.loads(done.stdout)
    assert heard["intent"]["name"] == "complain_damaged_item"
    assert ("order_number", "W-10482") in [
        (found["entity"], found["value"]) for found in heard["entities"]
    ]
    # Nothing even tried, not where it swallowed the error either.
    tried = tmp_path / TRIED
    assert not tried.exists(), tried.read_text()


SWALLOWS = """
import socket, urllib.request
try:
    socket.create_connection(("203.0.113.1", 80), timeout=1)
except Exception:
    pass
try:
    urllib.request.urlopen("http://amends.example/")
except Exception:
    pass
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("127.0.0.1", 9))
"""


def test_a_try_that_somebody_swallows_is_still_told_of(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(UNPLUGGED)

    subprocess.run([sys.executable, "-c", SWALLOWS], env={"PYTHONPATH": str(tmp_path)}, check=True)

    tried = (tmp_path / TRIED).read_text()
    assert "203.0.113.1" in tried
    assert "amends.example" in tried
    assert "127.0.0.1" not in tried


def _unplugged() -> list[str]:
    """The command before the command; none where this machine allows no namespaces."""
    if shutil.which("unshare") is None:
        return []
    allowed = subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0
    return NAMESPACE if allowed else []
