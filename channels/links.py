"""Links in letters: signed, for one purpose, good for a while, and saying nothing of anybody.

All that a link carries is its purpose and the number of the letter it stands in.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from complaints.clock import Clock
from complaints.errors import AmendsError
from complaints.letter import Purpose

GOOD_FOR = {
    Purpose.FOLLOW_UP: timedelta(days=30),
    Purpose.SCORES: timedelta(days=30),
    Purpose.STATUS: timedelta(days=90),
    Purpose.UNSUBSCRIBE: timedelta(days=3650),  # whoever keeps a letter may always stop the next
}
PATH = "/r"


class Expired(AmendsError):
    """A link of ours whose time is over."""


@dataclass(frozen=True)
class Link:
    purpose: Purpose
    letter: int


class Links:
    """Writes links and reads them again. `url` is the front door as customers reach it."""

    def __init__(self, secret: str, url: str, clock: Clock) -> None:
        self.url = url.rstrip("/")
        self._serializer = URLSafeTimedSerializer(
            secret,
            salt="amends.letter",
            signer=_SignerWithOurClock,
            signer_kwargs={
                "clock": clock,
                "digest_method": hashlib.sha256,
                "key_derivation": "hmac",
            },
        )

    def to(self, purpose: Purpose, letter: int, answer: str = "") -> str:
        """The address; `answer` is what the page proposes, and binds nobody."""
        proposed = f"?answer={answer}" if answer else ""
        return f"{self.url}{self.path(purpose, letter)}{proposed}"

    def path(self, purpose: Purpose, letter: int) -> str:
        return f"{PATH}/{self._serializer.dumps([purpose, letter])}"

    def read(self, token: str) -> Link | None:
        """None for what was never ours, or is not whole. Raises Expired."""
        try:
            name, letter = self._serializer.loads(token)
            link = Link(Purpose(name), int(letter))
            self._serializer.loads(token, max_age=int(GOOD_FOR[link.purpose].total_seconds()))
        except SignatureExpired as over:
            raise Expired(f"a link of {over.date_signed} came") from over
        except (BadData, ValueError, TypeError):
            return None
        return link


class _SignerWithOurClock(TimestampSigner):
    """Signs with the time of the house, which a rehearsal may move."""

    def __init__(self, *args: Any, clock: Clock, **more: Any) -> None:
        super().__init__(*args, **more)
        self._clock = clock

    def get_timestamp(self) -> int:
        return int(self._clock.now().timestamp())
