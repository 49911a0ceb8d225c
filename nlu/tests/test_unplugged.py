"""The whole room with the network unplugged: it learns, starts and answers with no way out."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

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
    assert "no way out" not in done.stderr  # nothing even tried


def _unplugged() -> list[str]:
    """The command before the command; none where this machine allows no namespaces."""
    if shutil.which("unshare") is None:
        return []
    allowed = subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0
    return NAMESPACE if allowed else []
