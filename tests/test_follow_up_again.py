"""A second remedy is asked about in its turn: once for each, and how it was once for a case."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from complaints.case import PromiseRow
from complaints.follow_up import FollowUp, FollowUpAnswer
from complaints.promise import PromiseState
from complaints.store import MIGRATIONS, Store
from tests.core import Core, Visitor
from tests.speaking import Speaker
from tests.test_follow_up import asked, follow_up, go_to, kept, press, promised, question

__all__ = ["asked", "kept", "promised"]  # fixtures

ALL_GOOD, NOT_RIGHT, PERSON = FollowUpAnswer


@pytest.fixture
def speaker(core: Core, monkeypatch: pytest.MonkeyPatch) -> Speaker:
    return Speaker(core, monkeypatch)


@pytest.fixture
def lena(core: Core) -> str:
    return core.person("Lena Fischer", "lead")


@pytest.fixture
def second(core: Core, asked: Visitor, lena: str) -> Visitor:
    """The new blender is cracked too: Lena has agreed another, by the week after."""
    core.casebook.answer_follow_up(rows(core)[0].id, NOT_RIGHT, "m1", "this one is cracked too")
    takes_over(core, asked, lena)
    offer = core.casebook.offer_remedy(asked.case.reference, lena, "replacement", "k3")
    core.casebook.agree(asked.case.reference, lena, offer.id, "k4")
    core.casebook.hand_back(asked.case.reference, lena, "handed back", "k5")
    return asked


def takes_over(core: Core, visitor: Visitor, lena: str) -> None:
    core.casebook.take_over(visitor.case.reference, lena, "k1")
    core.casebook.reply(visitor.case.reference, lena, "I see to it.", "k2")


def rows(core: Core) -> list[FollowUp]:
    return core.rows(FollowUp)


def settle(core: Core, visitor: Visitor, kind: str = "replacement", how=None) -> PromiseRow:
    """The shop, or Lena, has done the last promise of that kind."""
    with core.store.transaction() as session:
        row = session.get_one(PromiseRow, visitor.promises[kind].id)
        row.become((how or (lambda p, now: p.meet(now)))(row.promise(), core.clock.now()))
    return row


def days_on(core: Core, until: datetime) -> int:
    """Looks at every opening; how many were asked."""
    found = 0
    while core.clock.now() < until:
        core.clock.advance(timedelta(hours=1))
        found += follow_up(core)
    return found


def test_a_second_remedy_is_asked_about_the_day_after_its_own_date(core: Core, second: Visitor):
    due_at = second.promises["replacement"].due_at
    core.clock.advance(timedelta(days=2))
    settle(core, second)
    assert days_on(core, due_at) == 0

    assert days_on(core, due_at + timedelta(days=5)) == 1

    first, again = rows(core)
    assert first.promise_id != again.promise_id == second.promises["replacement"].id
    assert core.policy.calendar.today(again.asked_at) > core.policy.calendar.today(due_at)


def test_when_the_second_is_right_the_case_closes_and_how_it_was_is_asked(
    core: Core, second: Visitor, speaker: Speaker
):
    settle(core, second)
    days_on(core, second.promises["replacement"].due_at + timedelta(days=4))

    press(speaker, second, "All good")
    assert second.case.status == "closed"
    press(speaker, second, "Well")
    press(speaker, second, "Very well")

    assert (rows(core)[1].outcome_score, rows(core)[1].treatment_score) == (4, 5)
    assert days_on(core, core.clock.now() + timedelta(days=20)) == 0
    assert len(rows(core)) == 2


def test_nobody_is_asked_how_it_was_while_the_second_remedy_is_on_its_way(
    core: Core, second: Visitor, lena: str
):
    core.casebook.take_over(second.case.reference, lena, "k6")
    core.casebook.reply(second.case.reference, lena, "I close it for now.", "k6")
    core.casebook.close(second.case.reference, lena, "upheld", "cracked", "packaging", "k7")

    days_on(core, second.promises["replacement"].due_at)

    assert rows(core)[0].scores_asked_at is None


def test_how_it_was_is_asked_once_for_a_case(core: Core, second: Visitor, speaker: Speaker):
    """All was well with the second, and then it was not: a third comes, and no more scores."""
    settle(core, second)
    days_on(core, second.promises["replacement"].due_at + timedelta(days=4))
    press(speaker, second, "All good")
    press(speaker, second, "Something isn't right")
    core.casebook.take_over(second.case.reference, "lena", "k8")
    core.casebook.reply(second.case.reference, "lena", "A third one.", "k9")
    offer = core.casebook.offer_remedy(second.case.reference, "lena", "replacement", "k10")
    core.casebook.agree(second.case.reference, "lena", offer.id, "k11")
    core.casebook.hand_back(second.case.reference, "lena", "handed back", "k12")
    settle(core, second)

    assert days_on(core, second.promises["replacement"].due_at + timedelta(days=4)) == 1
    speaker.buttons = {}
    said = press(speaker, second, "All good")

    assert second.case.status == "closed"
    assert not speaker.buttons and not any("How did it end" in each for each in said)
    assert sum(row.scores_asked_at is not None for row in rows(core)) == 1


def test_what_a_person_promised_instead_is_asked_about(core: Core, asked: Visitor, lena: str):
    core.casebook.answer_follow_up(rows(core)[0].id, NOT_RIGHT, "m1")
    takes_over(core, asked, lena)
    day = date(2026, 12, 4)
    promise = core.casebook.make_promise(asked.case.reference, lena, "put_right", day, "k3")
    core.casebook.keep_promise(asked.case.reference, lena, promise.id, "k4")
    core.casebook.hand_back(asked.case.reference, lena, "handed back", "k5")

    assert days_on(core, datetime(2026, 12, 9, tzinfo=UTC)) == 1
    assert "put right by Friday 4 December" in question(asked).text


def test_nobody_is_asked_while_what_a_person_broke_is_owed(core: Core, asked: Visitor, lena: str):
    core.casebook.answer_follow_up(rows(core)[0].id, NOT_RIGHT, "m1")
    takes_over(core, asked, lena)
    reference, day = asked.case.reference, date(2026, 12, 1)
    call = core.casebook.make_promise(reference, lena, "next_word", day, "k3")
    offer = core.casebook.offer_remedy(reference, lena, "replacement", "k4")
    core.casebook.agree(reference, lena, offer.id, "k5")
    core.casebook.hand_back(reference, lena, "handed back", "k6")
    settle(core, asked)
    go_to(core, call.due_at + timedelta(hours=1))
    settle(core, asked, "next_word", lambda promise, now: promise.breach(now))

    assert days_on(core, asked.promises["replacement"].due_at + timedelta(days=4)) == 0
    settle(core, asked, "next_word")
    assert days_on(core, core.clock.now() + timedelta(days=1)) == 1


def test_a_broken_remedy_that_another_took_the_place_of_is_owed_no_more(
    core: Core, promised: Visitor, lena: str
):
    reference = promised.case.reference
    go_to(core, datetime(2026, 11, 28, 11, tzinfo=UTC))
    settle(core, promised, "replacement", lambda promise, now: promise.breach(now))
    with core.store.transaction() as session:
        session.get_one(PromiseRow, promised.promises["replacement"].id).owner = "queue"
    takes_over(core, promised, lena)
    offer = core.casebook.offer_remedy(reference, lena, "full_refund", "k3")
    core.casebook.agree(reference, lena, offer.id, "k4")
    core.casebook.hand_back(reference, lena, "handed back", "k5")
    settle(core, promised, "full_refund")

    assert days_on(core, promised.promises["full_refund"].due_at + timedelta(days=4)) == 1
    assert "£64.00" in question(promised).text


def test_a_question_left_unanswered_does_not_close_over_a_second_remedy(
    core: Core, asked: Visitor, lena: str
):
    asked.asks_for_a_person()
    takes_over(core, asked, lena)
    core.casebook.offer_remedy(asked.case.reference, lena, "replacement", "k3")
    offer = asked.case.pending_offers()[-1]
    core.casebook.agree(asked.case.reference, lena, offer.id, "k4")
    core.casebook.hand_back(asked.case.reference, lena, "handed back", "k5")

    core.clock.advance(timedelta(days=14))
    follow_up(core)

    assert asked.promises["replacement"].state == PromiseState.PENDING
    assert asked.case.status == "resolving"


def test_what_was_left_unanswered_closes_once_nothing_is_owed(
    core: Core, asked: Visitor, lena: str
):
    asked.asks_for_a_person()
    takes_over(core, asked, lena)
    word = core.casebook.make_promise(
        asked.case.reference, lena, "next_word", date(2026, 12, 18), "k3"
    )
    core.casebook.hand_back(asked.case.reference, lena, "handed back", "k5")
    core.clock.advance(timedelta(days=14))
    follow_up(core)
    assert asked.case.status == "resolving"

    core.casebook.keep_promise(asked.case.reference, lena, word.id, "k6")
    follow_up(core)

    assert asked.case.status == "closed"


def test_an_old_button_closes_nothing_over_a_second_remedy(core: Core, asked: Visitor, lena: str):
    asked.asks_for_a_person()
    takes_over(core, asked, lena)
    offer = core.casebook.offer_remedy(asked.case.reference, lena, "replacement", "k3")
    core.casebook.agree(asked.case.reference, lena, offer.id, "k4")
    core.casebook.hand_back(asked.case.reference, lena, "handed back", "k5")

    core.casebook.answer_follow_up(rows(core)[0].id, ALL_GOOD, "m1")

    assert asked.case.status == "resolving"
    assert rows(core)[0].scores_asked_at is None


def test_each_letter_asks_about_its_own_remedy(core: Core, second: Visitor):
    settle(core, second)
    days_on(core, second.promises["replacement"].due_at + timedelta(days=4))

    letters = [row for row in second.letters if row.key.startswith("follow_up:")]

    assert [core.casebook.asked_by(row.id).id for row in letters] == [1, 2]
    assert core.casebook.asked_by(second.letters[0].id) is None  # "what we promised you"


def test_follow_ups_of_a_case_move_to_their_remedy_and_back(tmp_path, postgres):
    from alembic import command
    from alembic.config import Config

    for url in (f"sqlite:///{tmp_path}/old.db", postgres.new_database()):
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("sqlalchemy.url", url)
        for step in ("upgrade", "downgrade", "upgrade"):
            getattr(command, step)(config, "head" if step == "upgrade" else "0008")
        store = Store(url)
        unique = sa.inspect(store.engine).get_unique_constraints("follow_up")
        store.engine.dispose()
        assert [each["column_names"] for each in unique] == [["promise_id"]]
