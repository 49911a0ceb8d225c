"""`make` calls this with whatever python3 the machine has: it brings both environments to
their locks, then goes on in ours (`startup/__main__.py`)."""

from __future__ import annotations

import os
import sys

if sys.version_info < (3, 8):  # noqa: UP036
    sys.exit("Amends starts with Python 3.8 or newer; this is " + sys.version.split()[0])

from startup import ROOT, CannotStart
from startup.environments import OURS, prepare_environments


def main() -> None:
    try:
        prepare_environments()
    except CannotStart as trouble:
        sys.exit(f"\n{trouble}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    sys.stdout.flush()
    os.chdir(ROOT)
    # Replaces this process, so that Ctrl-C and SIGTERM reach the one that must stop the others.
    os.execv(OURS, [str(OURS), "-m", "startup", *sys.argv[1:]])


if __name__ == "__main__":
    main()
