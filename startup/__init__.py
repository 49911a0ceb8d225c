"""From a fresh copy to a running house: `start.py` begins, this goes on.

`start.py`, `environments.py` and `progress.py` are read by whatever python3 the machine has,
so they use nothing but its standard library.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class CannotStart(Exception):
    """Something the person at the keyboard can put right; the message says what, and how."""
