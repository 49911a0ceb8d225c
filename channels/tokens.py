"""Signed tokens: whose chat this is, and who the host site says a customer is.

A token of ours names one conversation and cannot be guessed or made by anybody else. A token
of the host site (`docs/website.md`) names a customer who is signed in there.
"""

import hashlib
from dataclasses import dataclass

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from complaints.conversation import Conversation

SESSION_SECONDS = 90 * 24 * 3600
VOUCHING_SECONDS = 10 * 60


@dataclass(frozen=True)
class Vouched:
    """A customer the host site vouches for; `is_fresh` while the token is not too old."""

    customer_id: str
    is_fresh: bool


class SessionTokens:
    """Gives a browser the one conversation that is its own."""

    def __init__(self, secret: str) -> None:
        self._serializer = _serializer(secret, "amends.session")

    def issue(self, conversation: Conversation) -> str:
        return self._serializer.dumps([conversation.id, conversation.visitor])

    def read(self, token: str) -> tuple[str, str] | None:
        """Conversation and visitor; None for a token that is forged, foreign or too old."""
        try:
            conversation_id, visitor = self._serializer.loads(token, max_age=SESSION_SECONDS)
        except (BadData, ValueError, TypeError):
            return None
        return str(conversation_id), str(visitor)


class HostTokens:
    """Reads what the host site signed. Without a secret nobody is vouched for."""

    def __init__(self, secret: str | None) -> None:
        self._serializer = _serializer(secret, "amends.customer") if secret else None

    def issue(self, customer_id: str) -> str:
        """What a host site in Python does; used by the demo shop and by tests."""
        if self._serializer is None:
            raise ValueError("AMENDS_HOST_SECRET is not set; nobody can be vouched for without it")
        return self._serializer.dumps({"customer": customer_id})

    def read(self, token: str | None) -> Vouched | None:
        if not token or self._serializer is None:
            return None
        fresh = True
        try:
            said = self._serializer.loads(token, max_age=VOUCHING_SECONDS)
        except SignatureExpired:
            fresh, said = False, self._serializer.loads(token)
        except BadData:
            return None
        customer_id = said.get("customer") if isinstance(said, dict) else None
        return Vouched(customer_id, fresh) if isinstance(customer_id, str) and customer_id else None


def _serializer(secret: str, salt: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        secret,
        salt=salt,
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )
