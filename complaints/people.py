"""People who answer: their accounts, what they may do, and whether they are there."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import String, Text, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from complaints.clock import Clock
from complaints.conversation import Conversation, Handler
from complaints.errors import Conflict, NotAllowed
from complaints.house_log import HouseEntry
from complaints.store import Base, Moment, Store

FAILURES_ALLOWED = 5  # wrong passwords in a row
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
SEEN_FOR = timedelta(minutes=15)  # a page of the desk asks again within ten, while it is open
SEEN_ANEW_AFTER = timedelta(minutes=1)
MOST_OPEN = 5  # conversations one person has in hand at a time
NOBODYS_NAME = frozenset(["assistant", "command", "customer", "deliver", "person", "queue", "shop"])

_hasher = PasswordHasher()
# Verified for a name nobody has, so that the time it takes tells nobody who works here.
_NOBODYS_HASH = _hasher.hash("nobody has this password")


class Role(StrEnum):
    """What somebody may decide; each may do what those before may."""

    AGENT = "agent"
    LEAD = "lead"
    MANAGER = "manager"

    def is_at_least(self, other: "Role") -> bool:
        return list(Role).index(self) >= list(Role).index(other)


class Person(Base):
    """Somebody who answers customers. In the log and on promises they go by `sign_in`."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    sign_in: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))  # as customers read it
    role: Mapped[str] = mapped_column(String(10), default=Role.AGENT)
    password_hash: Mapped[str] = mapped_column(Text)
    available: Mapped[bool] = mapped_column(default=False)
    most_open: Mapped[int] = mapped_column(default=MOST_OPEN)
    failures: Mapped[int] = mapped_column(default=0)  # wrong passwords in a row
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(
        Moment
    )  # a page of theirs was open, or they acted
    left_at: Mapped[datetime | None] = mapped_column(Moment)  # no longer works here
    session_epoch: Mapped[int] = mapped_column(default=0)  # counts up when all their sessions end
    created_at: Mapped[datetime] = mapped_column(Moment)

    def is_at_least(self, role: Role) -> bool:
        return Role(self.role).is_at_least(role)

    def is_there(self, now: datetime) -> bool:
        """Whether they say so, and were seen: who closes the browser and goes home is not."""
        return self.available and self.seen_at is not None and now - self.seen_at < SEEN_FOR


class SignInRefused(NotAllowed):
    """Wrong name or password, or too many tries; `until` says when they may try again."""

    def __init__(self, until: datetime | None = None) -> None:
        super().__init__(
            f"too many wrong passwords; wait until {until:%H:%M} UTC" if until
            else "no account has that name and password; look at both once more"
        )  # fmt: skip
        self.until = until


class People:
    """The accounts. Every method is one short transaction."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock

    def add(
        self, sign_in: str, name: str, password: str, role: Role = Role.AGENT,
        most_open: int = MOST_OPEN,
    ) -> Person:  # fmt: skip
        """Makes an account. Raises Conflict for a name that is taken, NotAllowed for a poor one."""
        sign_in = sign_in.strip().lower()
        if not re.fullmatch(r"[a-z][a-z0-9.@_-]{1,39}", sign_in) or sign_in in NOBODYS_NAME:
            raise NotAllowed(
                f"'{sign_in}' cannot be a sign-in name; write one like ines or i.duarte"
            )
        if not name.strip():
            raise NotAllowed("a person needs a name that customers can read, such as Ines Duarte")
        person = Person(
            sign_in=sign_in, name=name.strip(), role=Role(role), most_open=most_open,
            password_hash=_hash(password), available=False, failures=0,
            created_at=self.clock.now(),
        )  # fmt: skip
        with self.store.transaction() as session:
            if _find(session, sign_in):
                raise Conflict(f"somebody signs in as {sign_in} already; choose another name")
            session.add(person)
        return person

    def sign_in(self, sign_in: str, password: str) -> Person:
        """Who it is. Raises SignInRefused; after FAILURES_ALLOWED wrong tries, for a while.

        Signing in makes nobody available: they say so themselves.
        """
        sign_in = sign_in.strip().lower()
        with self.store.reading() as session:
            known = _find(session, sign_in)
        is_right = _is_right(known.password_hash if known else _NOBODYS_HASH, password)
        now = self.clock.now()
        with self.store.transaction() as session:
            person = _find(session, sign_in, to_change=True)
            if person is None or person.left_at:
                raise SignInRefused
            if person.locked_until and person.locked_until > now:
                raise SignInRefused(person.locked_until)
            if is_right:
                person.failures, person.locked_until = 0, None
                if _hasher.check_needs_rehash(person.password_hash):
                    person.password_hash = _hasher.hash(password)
                return person
            person.failures += 1
            if person.failures >= FAILURES_ALLOWED:
                person.failures, person.locked_until = 0, now + LOCKED_FOR
            until = person.locked_until if person.failures == 0 else None
        raise SignInRefused(until)

    def find(self, sign_in: str) -> Person | None:
        """Somebody who works here; None for a stranger and for who has left."""
        with self.store.reading() as session:
            person = _find(session, sign_in)
        return person if person and person.left_at is None else None

    def get(self, sign_in: str) -> Person:
        """Somebody who works here. Raises NotAllowed for a stranger and for who has left."""
        with self.store.reading() as session:
            return somebody(session, sign_in)

    def everybody(self) -> list[Person]:
        """All who work here, by name."""
        with self.store.reading() as session:
            return list(
                session.scalars(
                    select(Person).where(Person.left_at.is_(None)).order_by(Person.name)
                )
            )

    def set_available(self, sign_in: str, available: bool) -> None:
        """Whether new conversations may count on them; what they have in hand stays theirs."""
        with self.store.transaction() as session:
            person = somebody(session, sign_in)
            person.available, person.seen_at = available, self.clock.now()

    def saw(self, person: Person) -> None:
        """They are at the desk, or act from Slack; written down at most once a minute."""
        now = self.clock.now()
        if person.seen_at is None or now - person.seen_at > SEEN_ANEW_AFTER:
            with self.store.transaction() as session:
                session.execute(update(Person).where(Person.id == person.id).values(seen_at=now))

    def change(
        self, sign_in: str, *, name: str | None = None, role: Role | None = None,
        password: str | None = None, most_open: int | None = None,
    ) -> None:  # fmt: skip
        """Changes what is given. Another password or role ends every session they have."""
        password_hash = _hash(password) if password is not None else None
        with self.store.transaction() as session:
            person = somebody(session, sign_in, to_change=True)
            person.name = name or person.name
            if password_hash or (role and role != person.role):
                person.session_epoch += 1
            person.role = role or person.role
            person.most_open = person.most_open if most_open is None else most_open
            if password_hash:
                person.password_hash = password_hash
                person.failures, person.locked_until = 0, None

    def leave(self, sign_in: str) -> None:
        """Closes the account; what they did stays on the record under their name."""
        with self.store.transaction() as session:
            person = somebody(session, sign_in, to_change=True)
            person.left_at, person.available = self.clock.now(), False
            person.session_epoch += 1

    def end_sessions(self, sign_in: str, by: str) -> None:
        """Signs them out on every computer, at once; they are away for new conversations."""
        with self.store.transaction() as session:
            person = somebody(session, sign_in, to_change=True)
            person.session_epoch += 1
            person.available = False
            session.add(
                HouseEntry(
                    at=self.clock.now(), actor=by, verb="end_sessions", detail={"of": sign_in}
                )
            )


def somebody(session: Session, sign_in: str, to_change: bool = False) -> Person:
    """The person of that sign-in name. Raises NotAllowed for a stranger, or who has left."""
    person = _find(session, sign_in, to_change)
    if person is None or person.left_at:
        raise NotAllowed(f"nobody works here as {sign_in}; sign in first")
    return person


def has_room(session: Session, person: Person) -> bool:
    """Whether they may take one conversation more."""
    return open_conversations(session, person.sign_in) < person.most_open


def open_conversations(session: Session, sign_in: str) -> int:
    """How many conversations somebody has in hand."""
    mine = select(func.count(Conversation.id)).where(
        Conversation.handler == Handler.AGENT, Conversation.agent == sign_in
    )
    return session.scalar(mine) or 0


def somebody_is_free(session: Session, now: datetime) -> bool | None:
    """Whether anybody who is there has room; None where nobody has an account yet."""
    people = session.scalars(select(Person).where(Person.left_at.is_(None))).all()
    if not people:
        return None
    return any(person.is_there(now) and has_room(session, person) for person in people)


def somebody_is_there(session: Session, now: datetime) -> bool:
    """Whether anybody is there, however much they have in hand; True before any account is."""
    people = session.scalars(select(Person).where(Person.left_at.is_(None))).all()
    return not people or any(person.is_there(now) for person in people)


def who_sees_to(session: Session, *owners: str | None) -> list[str]:
    """The sign-in names of those who must hear of a promise: who has it, and every lead."""
    leads = [role for role in Role if role.is_at_least(Role.LEAD)]
    here = select(Person.sign_in).where(Person.left_at.is_(None))
    concerned = here.where(or_(Person.sign_in.in_(filter(None, owners)), Person.role.in_(leads)))
    return list(session.scalars(concerned.order_by(Person.sign_in)))


def names(session: Session) -> dict[str, str]:
    """Every person's name by sign-in name, also of who has left."""
    return {sign_in: name for sign_in, name in session.execute(select(Person.sign_in, Person.name))}


def _find(session: Session, sign_in: str, to_change: bool = False) -> Person | None:
    found = select(Person).where(Person.sign_in == sign_in.strip().lower())
    return session.scalars(found.with_for_update() if to_change else found).first()


def _hash(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise NotAllowed(f"a password needs at least {SHORTEST_PASSWORD} characters")
    return _hasher.hash(password)


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
