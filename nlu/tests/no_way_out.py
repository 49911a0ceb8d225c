"""Run by test_unplugged.py, in a network namespace of its own where the machine allows it: trains
the small project, starts Rasa as the Procfile does, asks it one message over loopback, prints what
was heard. Nothing but loopback is there; and in every Python that is started from here,
`sitecustomize` (below) writes each try to reach or to look up anything else into TRIED, and makes it
raise. The file tells of tries that somebody swallowed.
"""

import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = Path(__file__).with_name("project")
TRIED = "tried.txt"
UNPLUGGED = """
import socket
from pathlib import Path

HERE = (None, "", "127.0.0.1", "::1", "localhost", "0.0.0.0", b"127.0.0.1", b"localhost")

def _only_here(function, place):
    def reach(*given, **named):
        asked = given[place] if len(given) > place else None
        host = asked[0] if isinstance(asked, tuple) else asked
        family = getattr(given[0], "family", None)
        if host not in HERE and family != socket.AF_UNIX:
            with Path(__file__).with_name("tried.txt").open("a") as tried:
                tried.write(f"{function.__name__} {asked}\\n")
            raise OSError(f"no way out: the room tried to reach {asked}")
        return function(*given, **named)
    return reach

for name, place in (("connect", 1), ("connect_ex", 1)):
    setattr(socket.socket, name, _only_here(getattr(socket.socket, name), place))
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
    setattr(socket, name, _only_here(getattr(socket, name), 0))
"""
GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP


def main(folder: Path) -> None:
    _switch_loopback_on()
    (folder / "sitecustomize.py").write_text(UNPLUGGED)
    # Through a proxy on loopback the way out would look like none.
    env = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    env["PYTHONPATH"] = f"{folder}:{ROOT / 'nlu'}"
    env["AMENDS_TRACKER_URL"] = f"sqlite:///{folder / 'tracker.db'}"
    room = [sys.executable, "-m", "room"]
    subprocess.run(
        [*room, "train", "--config", str(ROOT / "config.yml"), "--domain", str(PROJECT / "domain.yml"),
         "--data", str(PROJECT / "nlu.yml"), "--out", str(folder), "--fixed-model-name", "room"],
        cwd=folder, env=env, check=True, stdout=sys.stderr,
    )  # fmt: skip
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    rasa = subprocess.Popen(
        [*room, "run", "--model", "room.tar.gz", "--enable-api", "--interface", "127.0.0.1",
         "--port", str(port), "--endpoints", str(ROOT / "endpoints.yml"),
         "--credentials", str(ROOT / "credentials.yml")],
        cwd=folder, env=env, stdout=sys.stderr,
    )  # fmt: skip
    try:
        print(_heard(port, rasa, "my kettle W-10482 arrived cracked"))
    finally:
        rasa.terminate()
        rasa.wait()


def _switch_loopback_on() -> None:
    """In a new namespace even loopback is down; elsewhere it is up and left alone."""
    with socket.socket() as any_socket:
        asked = fcntl.ioctl(any_socket, GET_FLAGS, struct.pack("16sH22x", b"lo", 0))
        (flags,) = struct.unpack_from("H", asked, 16)
        if not flags & UP:
            fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sH22x", b"lo", flags | UP))


def _heard(port: int, rasa: subprocess.Popen, text: str) -> str:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/model/parse", json.dumps({"text": text}).encode()
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    give_up_at = time.monotonic() + 240
    while True:
        try:
            return direct.open(request, timeout=10).read().decode()
        except OSError:
            if rasa.poll() is not None or time.monotonic() > give_up_at:
                raise
            time.sleep(0.5)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
