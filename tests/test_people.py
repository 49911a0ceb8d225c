"""Accounts: who may come in, how often they may try, and who has room."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from complaints import people
from complaints.accounts import main
from complaints.errors import Conflict, NotAllowed
from complaints.people import FAILURES_ALLOWED, People, Person, Role, SignInRefused

PASSWORD = "four horses in a lift"


@pytest.fixture
def staff(store, clock) -> People:
    staff = People(store, clock)
    staff.add("ines", "Ines Duarte", PASSWORD, Role.LEAD)
    return staff


def test_the_right_password_says_who_it_is(staff):
    person = staff.sign_in(" Ines ", PASSWORD)

    assert (person.name, person.role) == ("Ines Duarte", Role.LEAD)


def test_the_password_is_nowhere_in_the_database(staff, store):
    assert staff.find("ines").password_hash.startswith("$argon2id$")
    assert PASSWORD not in staff.find("ines").password_hash


@pytest.mark.parametrize(
    "name, password", [("ines", "wrong horses in a lift"), ("nobody", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(staff, name, password):
    with pytest.raises(SignInRefused, match="no account has that name and password"):
        staff.sign_in(name, password)


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(staff, clock):
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(SignInRefused):
            staff.sign_in("ines", "guess after guess")

    with pytest.raises(SignInRefused) as refused:
        staff.sign_in("ines", PASSWORD)

    assert refused.value.until == clock.now() + timedelta(minutes=15)
    clock.advance(timedelta(minutes=15))
    assert staff.sign_in("ines", PASSWORD)


def test_the_right_password_forgets_the_wrong_ones_before_it(staff):
    for _ in range(3):
        for _ in range(FAILURES_ALLOWED - 1):
            with pytest.raises(SignInRefused):
                staff.sign_in("ines", "guess after guess")
        staff.sign_in("ines", PASSWORD)


def test_who_has_left_cannot_come_in_and_is_not_found(staff):
    staff.leave("ines")

    assert staff.find("ines") is None
    assert staff.everybody() == []
    with pytest.raises(SignInRefused):
        staff.sign_in("ines", PASSWORD)


def test_a_name_is_given_once(staff):
    with pytest.raises(Conflict, match="somebody signs in as ines already"):
        staff.add("INES", "Ines Otero", PASSWORD)


@pytest.mark.parametrize(
    "sign_in, name, password",
    [
        ("shop", "Shop", PASSWORD),  # it keeps promises of its own
        ("i d", "Ines Duarte", PASSWORD),
        ("omar", " ", PASSWORD),
        ("omar", "Omar Haddad", "too short"),
    ],
)
def test_an_account_needs_a_name_to_read_and_a_password_worth_the_name(
    staff, sign_in, name, password
):
    with pytest.raises(NotAllowed):
        staff.add(sign_in, name, password)


def test_a_new_password_ends_a_lock(staff):
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(SignInRefused):
            staff.sign_in("ines", "guess after guess")

    staff.change("ines", password="five horses on a roof")

    assert staff.sign_in("ines", "five horses on a roof")


def test_a_password_a_role_and_leaving_end_every_session_and_a_new_name_none(staff, store):
    def epoch() -> int:
        with store.reading() as session:
            return session.scalars(select(Person.session_epoch)).one()

    staff.change("ines", name="Ines Otero", role=Role.LEAD, most_open=3)
    assert epoch() == 0

    staff.change("ines", role=Role.MANAGER)
    assert epoch() == 1
    staff.change("ines", password="five horses on a roof")
    assert epoch() == 2
    staff.end_sessions("ines", "ines")
    assert epoch() == 3
    staff.leave("ines")
    assert epoch() == 4


def test_who_is_signed_out_everywhere_is_away_and_may_come_back(staff):
    staff.set_available("ines", True)

    staff.end_sessions("ines", "mira")

    assert not staff.find("ines").available
    assert staff.sign_in("ines", PASSWORD)


def test_a_role_may_do_what_those_before_it_may():
    assert Role.MANAGER.is_at_least(Role.LEAD)
    assert not Role.AGENT.is_at_least(Role.LEAD)


def test_somebody_is_free_only_while_they_are_there(staff, store, clock):
    with store.reading() as session:
        assert people.somebody_is_free(session, clock.now()) is False

    staff.set_available("ines", True)

    with store.reading() as session:
        assert people.somebody_is_free(session, clock.now()) is True


def test_who_closed_the_browser_and_went_home_is_not_there(staff, store, clock):
    staff.set_available("ines", True)

    clock.advance(timedelta(minutes=16))
    with store.reading() as session:
        assert not people.somebody_is_there(session, clock.now())

    staff.saw(staff.find("ines"))  # a page of hers asked for something
    with store.reading() as session:
        assert people.somebody_is_there(session, clock.now())


def test_without_accounts_nobody_is_said_to_be_busy(store, clock):
    with store.reading() as session:
        assert people.somebody_is_free(session, clock.now()) is None


def test_the_first_account_is_made_by_a_command(store, monkeypatch, capsys):
    monkeypatch.setenv("AMENDS_DATABASE_URL", store.url)
    monkeypatch.setattr("sys.stdin", _Typed(PASSWORD))

    assert main(["add", "mina", "Mina Rao", "manager"]) == 0
    assert main(["sign-out", "mina"]) == 0
    assert main(["leave", "mina"]) == 0
    assert main(["leave", "mina"]) == 1
    assert "nobody works here as mina" in capsys.readouterr().err


class _Typed:
    """A pipe with one line in it."""

    def __init__(self, line: str) -> None:
        self._line = line

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return self._line + "\n"
