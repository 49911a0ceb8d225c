"""The queue, who looks, what changed, and who is told when nobody looks."""

from datetime import timedelta

import pytest

from complaints.conversation import Author
from complaints.errors import NotAllowed, NotFound
from complaints.following import Following
from complaints.handoff import HandoffReason
from complaints.looking import LOOKING_FOR
from tests.core import Core, leroy, maya, maya_with_offers


@pytest.fixture
def ines(core: Core) -> str:
    return core.person("Ines Duarte")


@pytest.fixture
def omar(core: Core) -> str:
    return core.person("Omar Haddad")


def asks(core: Core, name: str, reason: HandoffReason = HandoffReason.ASKED, **found):
    visitor = core.visitor(name)
    visitor.tells("it is all wrong with you", "complain_poor_service", **found)
    visitor.asks_for_a_person(reason)
    return visitor


# The queue


def test_danger_comes_first_then_what_is_ahead_then_what_is_due_first(core, ines):
    calm = asks(core, "calm")
    core.clock.advance(timedelta(minutes=30))
    later = asks(core, "later")
    again = asks(core, "again", HandoffReason.STILL_WRONG)
    hurt = asks(core, "hurt", HandoffReason.DANGER, danger="injury")

    order = [row.reference for row in core.casebook.queue()]

    assert order == [each.case.reference for each in (hurt, again, calm, later)]


def test_a_row_says_what_it_is_about_how_they_feel_and_by_when(core, ines):
    visitor = maya_with_offers(core)
    visitor.tells("this is a disgrace", "complain", heat=3)
    visitor.asks_for_a_person()

    (row,) = core.casebook.queue()

    assert row.one_line.startswith("Maya Okonkwo · a damaged or faulty item")
    assert (row.heat, row.danger, row.urgent) == (3, None, False)
    assert (row.due, row.at_risk, row.is_late) == ("today by 2:00 pm", False, False)
    assert row.why == "they asked for a person"
    assert (row.taken_by, row.is_errand) == (None, False)


def test_the_clock_of_a_row_turns_from_risk_to_late(core, ines):
    asks(core, "ada")

    core.clock.advance(timedelta(hours=3))
    assert [(row.at_risk, row.is_late) for row in core.casebook.queue()] == [(True, False)]
    core.clock.advance(timedelta(hours=2))
    assert [(row.at_risk, row.is_late) for row in core.casebook.queue()] == [(False, True)]


def test_a_row_says_who_has_it_and_since_when_the_customer_waits(core, ines):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()
    core.casebook.take_over(visitor.case.reference, ines, "k1")
    core.casebook.reply(visitor.case.reference, ines, "Hello.", "k2")
    assert core.casebook.queue()[0].waiting_since is None

    core.clock.advance(timedelta(minutes=5))
    since = core.clock.now()
    core.conversations.receive(visitor.id, "are you there?", "c-1")
    core.clock.advance(timedelta(minutes=5))
    core.conversations.receive(visitor.id, "hello??", "c-2")

    (row,) = core.casebook.queue()
    assert (row.taken_by, row.taken_by_name) == ("ines", "Ines Duarte")
    assert row.waiting_since == since
    assert row.due_at is None  # the answer was given, nothing else was promised


def test_two_complaints_of_one_customer_are_one_row(core, ines):
    visitor = maya_with_offers(core)
    visitor.tells("also your driver was rude to my mother", "complain_poor_service")
    visitor.asks_for_a_person()

    (row,) = core.casebook.queue()

    assert (row.reference, *row.also) == tuple(case.reference for case in visitor.cases)


def test_an_errand_stands_in_the_queue_while_the_assistant_goes_on(core, ines):
    visitor = leroy(core, "a call from your manager", "call_back")
    visitor.presses("call_back")

    (row,) = core.casebook.queue()

    assert row.is_errand
    assert visitor.conversation.handler == "bot"


# The case's file


def test_the_file_of_a_case_holds_everything_and_the_look_is_on_record(core, ines, omar):
    visitor = maya_with_offers(core)
    core.conversations.receive(visitor.id, "hello?", "c-1")
    visitor.asks_for_a_person()

    file = core.casebook.look_at(visitor.case.reference, ines, "look-1")

    assert [m.text for m in file.transcript] == ["hello?"]
    assert [offer.kind for offer in file.case.offers] == ["replacement", "full_refund", "repair"]
    assert file.summary["name"] == "Maya Okonkwo"
    assert file.handoff.reason == HandoffReason.ASKED
    assert (file.log[-1].actor, file.log[-1].verb) == ("ines", "look_at")
    assert file.looking == ["ines"]


def test_two_who_look_at_once_know_of_each_other_until_one_is_gone(core, ines, omar):
    reference = maya(core).case.reference
    core.casebook.look_at(reference, ines, "look-1")
    assert core.casebook.look_at(reference, omar, "look-2").looking == ["ines", "omar"]

    core.clock.advance(LOOKING_FOR)

    assert core.casebook.keep_looking(reference, ines) == []
    assert core.casebook.keep_looking(reference, omar) == ["ines"]


def test_a_case_is_read_even_when_the_shop_cannot_be_asked(core, ines):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()
    core.shop.is_shut = True

    file = core.casebook.look_at(visitor.case.reference, ines, "look")

    assert "proof that the order is theirs" not in file.summary["still_open"]


def test_strangers_and_unknown_cases_are_turned_away(core, ines):
    with pytest.raises(NotFound):
        core.casebook.look_at("KX-0000-X", ines, "look")
    with pytest.raises(NotFound):
        core.casebook.keep_looking("KX-0000-X", ines)
    with pytest.raises(NotAllowed):
        core.casebook.look_at(maya(core).case.reference, "mallory", "look")


# What changed


def test_each_change_is_told_once_wherever_it_was_made(either_store, clock):
    core = Core(either_store, clock)
    ines = core.person("Ines Duarte")
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()
    following = Following(either_store, clock)  # as in another process
    assert following.news() == []

    core.casebook.take_over(visitor.case.reference, ines, "k1")
    core.conversations.receive(visitor.id, "thank you", "c-1")

    told = [(change.kind, change.what, change.by) for change in following.news()]
    assert sorted(told, key=str) == [
        ("deed", "take_over", "ines"),
        ("message", "customer", None),
        ("message", "notice", None),
    ]
    assert following.news() == []
    clock.advance(timedelta(minutes=5))
    assert following.news() == []


def test_a_change_whose_number_is_older_than_one_already_told_is_not_missed(postgres, clock):
    """On PostgreSQL a number is given before its row can be seen."""
    from complaints.store import Store

    store = Store(postgres.new_database())
    store.create()
    core = Core(store, clock)
    slow, quick = core.visitor("slow"), core.visitor("quick")
    following = Following(store, clock)

    with store.transaction() as session:
        core.conversations.say(slow.id, Author.ASSISTANT, "first number", session=session)
        core.conversations.receive(quick.id, "second number", "c-1")
        assert [change.conversation_id for change in following.news()] == [quick.id]

    assert [change.conversation_id for change in following.news()] == [slow.id]
    store.engine.dispose()


# Who is told


def test_each_handoff_is_queued_once_for_everybody_who_is_told(core):
    core.tell = ("slack", "email", "webhook")
    core.restart()
    visitor = maya_with_offers(core)

    visitor.asks_for_a_person()
    visitor.asks_for_a_person()

    (handoff,) = visitor.handoffs
    told = [row for row in visitor.outbox if row.transport in core.tell]
    assert [row.key for row in told] == [f"handed_off:{handoff.id}:{each}" for each in core.tell]
    assert all(row.payload["summary"] == handoff.summary for row in told)
    assert told[0].payload["event"] == "handed_off"


def test_nobody_is_told_where_nothing_is_configured(core):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()

    assert visitor.outbox == []


def test_the_lead_is_told_before_a_promise_breaks_and_once(core):
    core.tell = ("slack",)
    core.restart()
    visitor = maya(core)
    visitor.asks_for_a_person()
    core.clock.advance(timedelta(hours=2, minutes=1))

    core.casebook.keep_promises(core.clock.now())
    core.casebook.keep_promises(core.clock.now())

    assert [row.payload["event"] for row in visitor.outbox] == ["handed_off", "at_risk"]


def test_who_has_it_and_every_lead_are_named_before_a_promise_breaks(core):
    core.tell = ("slack", "email")
    core.restart()
    ines, lead = core.person("Ines Duarte"), core.person("Lea Moser", role="lead")
    core.person("Omar Haddad")
    visitor = maya(core)
    visitor.asks_for_a_person()
    core.casebook.take_over(visitor.case.reference, ines, "t")
    core.clock.advance(timedelta(hours=2, minutes=1))

    core.casebook.keep_promises(core.clock.now())

    warned = [row.payload for row in visitor.outbox if row.payload["event"] == "at_risk"]
    assert len(warned) == 2
    for told in warned:
        assert (told["in_hand_of"], told["for"]) == ("Ines Duarte", [ines, lead])


# When nobody is free


def test_with_everybody_at_their_limit_the_customer_hears_that_and_the_true_time(core):
    core.person("Tess Ahn", most_open=0)

    told = maya(core).asks_for_a_person()

    assert (told.open_now, told.somebody_is_free) == (True, False)
    assert told.due == "today by 2:00 pm"


def test_with_everybody_gone_home_the_customer_hears_that_and_the_true_time(core, ines):
    core.clock.advance(timedelta(minutes=20))  # she said she is there, and was not seen since

    told = maya(core).asks_for_a_person()

    assert told.unless_now == "_away"
    assert told.due == "today by 2:30 pm"


def test_with_somebody_free_nobody_is_said_to_be_busy(core, ines):
    assert maya(core).asks_for_a_person().somebody_is_free
