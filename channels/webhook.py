"""Tells any help desk of a handoff: one signed POST of the JSON in `docs/handoff.md`.

The receiver knows by `Idempotency-Key` what it has already, by the signature that it is ours,
and by the signed time that nobody repeats an old one.
"""

import hashlib
import hmac
import json
from datetime import timedelta

import requests

from channels.undelivered import Away, Later, Undeliverable
from complaints.clock import Clock
from complaints.outbox import OutboxMessage

TIMEOUT_SECONDS = 5
MAY_PASS = (408, 409, 425, 429)  # 409: another try of the same key is still being carried out


class Webhook:
    """The transport "webhook"."""

    def __init__(
        self, url: str, secret: str, desk_url: str, clock: Clock, seconds: float = TIMEOUT_SECONDS
    ) -> None:
        if not secret:
            raise ValueError("a webhook needs AMENDS_WEBHOOK_SECRET: unsigned, anybody could tell")
        self.url = url
        self.secret = secret.encode()
        self.desk_url = desk_url
        self.clock = clock
        self.seconds = seconds

    def send(self, row: OutboxMessage) -> None:
        """Tells it once. Raises Later, or Undeliverable when it is refused for good."""
        case = {"open_at": f"{self.desk_url}/cases/{row.payload['reference']}"}
        body = json.dumps(row.payload | case, ensure_ascii=False).encode()
        stamp = str(int(self.clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": row.key,
            "Amends-Timestamp": stamp,
            "Amends-Signature": f"v1={signature(self.secret, stamp, body)}",
        }
        try:
            answer = requests.post(
                self.url, body, headers=headers, timeout=self.seconds, allow_redirects=False
            )
        except requests.RequestException as trouble:
            raise Away(f"webhook: {trouble!r}") from trouble
        if answer.status_code >= 500 or answer.status_code in MAY_PASS:
            wait = answer.headers.get("Retry-After", "0")
            seconds = int(wait) if wait.isdigit() else 0
            raise Later(f"webhook: HTTP {answer.status_code}", timedelta(seconds=seconds))
        if not 200 <= answer.status_code < 300:
            # A redirect too: a summary goes to the address that was configured and nowhere else.
            raise Undeliverable(f"webhook: {self.url} refuses with HTTP {answer.status_code}")


def signature(secret: bytes, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 of the time stamp, a dot and the body, in hexadecimal digits."""
    return hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
