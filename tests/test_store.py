"""The database: what is kept stays kept, and times keep their zone."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError, StatementError

from complaints.conversation import ConversationLog
from complaints.store import Base, Store


class Stopped:
    """A clock that tells exactly what it was given, right or wrong."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def test_a_time_comes_back_in_utc_whatever_zone_it_was_given_in(either_store, clock):
    log = ConversationLog(either_store, clock)
    clock.advance(timedelta(microseconds=1))
    conversation = log.open("website", "ada")

    assert log.find(conversation.id).created_at == clock.now()
    assert log.find(conversation.id).created_at.utcoffset() == timedelta(0)


def test_a_time_in_another_zone_is_the_same_moment(store, clock):
    in_india = clock.now().astimezone(timezone(timedelta(hours=5, minutes=30)))
    log = ConversationLog(store, Stopped(in_india))

    assert log.find(log.open("website", "asha").id).created_at == in_india


def test_a_time_without_a_zone_is_refused_before_it_is_kept(store):
    log = ConversationLog(store, Stopped(datetime(2026, 11, 23, 10, 0)))

    with pytest.raises(StatementError, match="expected an aware time"):
        log.open("website", "ada")


def test_a_transaction_that_fails_leaves_nothing_behind(either_store, clock):
    log = ConversationLog(either_store, clock)
    conversation = log.open("website", "ada")

    with pytest.raises(RuntimeError), either_store.transaction() as session:
        log.say(conversation.id, "assistant", "I promise", session=session)
        raise RuntimeError

    assert log.since(conversation.id) == []


def test_a_look_waits_for_no_writer(either_store, clock):
    log = ConversationLog(either_store, clock)
    conversation = log.open("website", "ada")

    with either_store.transaction() as session:
        log.say(conversation.id, "assistant", "Not yet committed.", session=session)
        seen_meanwhile = log.since(conversation.id)

    assert seen_meanwhile == []
    assert [m.text for m in log.since(conversation.id)] == ["Not yet committed."]


def test_the_migrations_make_the_very_tables_the_code_declares(tmp_path, postgres):
    for url in (f"sqlite:///{tmp_path}/fresh.db", postgres.new_database()):
        store = Store(url)
        store.upgrade()
        store.upgrade()  # safe to repeat

        there = inspect(store.engine)
        for table in Base.metadata.sorted_tables:
            columns = {column["name"] for column in there.get_columns(table.name)}
            assert columns == set(table.columns.keys()), table.name
        store.engine.dispose()


def test_the_migrations_leave_no_difference_for_the_next_one_to_find(tmp_path, postgres):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    for url in (f"sqlite:///{tmp_path}/fresh.db", postgres.new_database()):
        store = Store(url)
        store.upgrade()
        with store.engine.connect() as connection:
            found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        store.engine.dispose()

        assert found == []


def test_a_database_that_is_locked_for_too_long_is_an_error_not_a_wait(
    tmp_path, clock, monkeypatch
):
    monkeypatch.setattr("complaints.store.BUSY_SECONDS", 0.05)
    store = Store(f"sqlite:///{tmp_path}/busy.db")
    store.create()
    log = ConversationLog(store, clock)

    with store.engine.connect() as other:
        other.execute(text("SELECT 1"))  # holds the write lock: every transaction begins with it
        with pytest.raises(OperationalError):
            log.open("website", "ada")
    store.engine.dispose()
