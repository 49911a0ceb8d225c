"""Who sits at this browser: a signed cookie that expires, and a token for every form."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer

from complaints.people import People, Person

HOME = "/desk"  # where the desk is mounted
COOKIE = "amends_desk"
LASTS = timedelta(hours=10)  # a shift with its breaks; nobody is signed in overnight


@dataclass(frozen=True)
class Session:
    """One browser's stay; `person` is None before they have signed in."""

    id: str
    person: Person | None


class Sessions:
    """Writes and reads the cookie.

    A session ends after LASTS, and at once when the account is closed, when its password or
    role changes, and when somebody is signed out everywhere.
    """

    def __init__(self, people: People, secret: str) -> None:
        self.people = people
        self._secret = secret.encode()
        self._serializer = URLSafeSerializer(
            secret,
            salt="amends.desk",
            signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
        )

    def begin(self, person: Person | None = None) -> tuple[Session, str]:
        """A new session and its cookie. Signing in begins another: an old id is worth nothing."""
        session = Session(secrets.token_urlsafe(16), person)
        until = int((self.people.clock.now() + LASTS).timestamp())
        said = [session.id, until, person.sign_in if person else "", self._mark(person)]
        return session, self._serializer.dumps(said)

    def read(self, cookie: str | None) -> Session | None:
        """None for a cookie that is absent, forged or too old, or of somebody who is gone."""
        try:
            id_, until, sign_in, mark = self._serializer.loads(cookie or "")
            is_over = self.people.clock.now().timestamp() >= until
        except (BadData, ValueError, TypeError):
            return None
        if is_over:
            return None
        if not sign_in:
            return Session(id_, None)
        person = self.people.find(sign_in)
        if person is None or not hmac.compare_digest(mark, self._mark(person)):
            return None
        self.people.saw(person)
        return Session(id_, person)

    def form_token(self, session: Session) -> str:
        """What every form of this session carries; another site's form cannot know it."""
        return hmac.new(self._secret, f"form:{session.id}".encode(), "sha256").hexdigest()

    def sent_it(self, session: Session, token: str) -> bool:
        return hmac.compare_digest(self.form_token(session).encode(), token.encode())

    def _mark(self, person: Person | None) -> str:
        """Changes with the password and the epoch, and tells nothing about either."""
        told = f"password:{person.password_hash}:{person.session_epoch}" if person else "nobody"
        return hmac.new(self._secret, told.encode(), "sha256").hexdigest()[:24]
