"""Handing over: a person gets everything, the customer gets a time, and the assistant is silent."""

from datetime import timedelta

import pytest

from complaints.case import Case
from complaints.conversation import Handler
from complaints.handoff import HandoffReason
from complaints.promise import moment_in_words
from tests.core import Core, heard, leroy, maya, maya_with_offers


def test_asking_for_a_person_makes_a_promise_and_silences_the_assistant(core: Core):
    visitor = maya_with_offers(core)

    told = visitor.asks_for_a_person()

    promise = visitor.promises["first_reply_by_a_person"]
    assert (promise.state, promise.owner) == ("pending", "queue")
    assert told.due == moment_in_words(promise.due_at, "Europe/London", core.clock.now())
    assert told.due == "today by 2:00 pm"
    assert visitor.conversation.handler == "queue"
    assert visitor.case.status == "with_person"
    assert visitor.next().kind == "nothing"  # there is nothing the assistant would say


def test_out_of_hours_the_true_next_opening_is_told(core: Core):
    core.clock.advance(timedelta(hours=10))  # Monday 8 pm
    visitor = maya_with_offers(core)

    told = visitor.asks_for_a_person()

    assert not told.open_now
    assert told.due == "Tuesday 24 November by 1:00 pm"


def test_somebody_who_has_said_nothing_yet_gets_a_person_too(core: Core):
    visitor = core.visitor("ada")

    told = visitor.asks_for_a_person()

    assert told.reference == visitor.case.reference
    assert not told.knows_story
    assert visitor.conversation.handler == "queue"


def test_the_summary_holds_all_that_must_not_be_asked_again(core: Core):
    visitor = maya_with_offers(core)
    visitor.tells("it ruined my dinner party, we had to buy takeaway", "complain_damaged_item")

    visitor.asks_for_a_person()

    summary = visitor.handoffs[0].summary
    assert summary["story"] == visitor.case.story
    assert summary["happened"] == " … ".join(visitor.case.story)
    assert summary["wants"] == "I just want one that works"
    assert summary["offered"] == [
        "a replacement, by Friday 27 November: no answer yet",
        "a full refund (£64.00), by Tuesday 1 December: no answer yet",
        "a repair, by Monday 7 December: no answer yet",
    ]
    assert summary["why"] == "they asked for a person"
    assert {"name", "order number", "postcode", "e-mail", "phone", "what happened"} <= set(
        summary["do_not_ask"]
    )
    assert summary["one_line"].startswith("Maya Okonkwo · ")
    assert "W-10482" in summary["one_line"]
    assert summary["proved_by"] == "postcode"
    assert summary["promised"] == ["a person's answer, today by 2:00 pm: open"]


def test_what_they_said_they_do_not_have_stands_on_the_do_not_ask_list(core: Core):
    visitor = core.visitor("tom")
    visitor.says("the kettle leaks", "complain_damaged_item")
    visitor.lacks()

    visitor.asks_for_a_person()

    assert "order number: they do not have it" in visitor.handoffs[0].summary["do_not_ask"]


def test_the_summary_stays_as_it_was(core: Core):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()
    before = visitor.handoffs[0].summary

    with core.store.transaction() as session:
        session.get_one(Case, visitor.case.reference).story.append("said afterwards")

    assert visitor.handoffs[0].summary == before


def test_handing_over_twice_tells_the_same_promise_and_makes_no_second(core: Core):
    visitor = maya_with_offers(core)
    first = visitor.asks_for_a_person()
    core.clock.advance(timedelta(hours=1))

    second = visitor.asks_for_a_person()

    assert (second.reference, second.due, second.already) == (first.reference, first.due, True)
    assert len(visitor.handoffs) == 1
    assert len(visitor.case.promises) == 1


def test_a_second_complaint_is_handed_over_with_the_first(core: Core):
    visitor = maya_with_offers(core)
    visitor.tells("also your driver was rude to my mother", "complain_poor_service")

    visitor.asks_for_a_person()

    assert [handoff.case_reference for handoff in visitor.handoffs] == [
        case.reference for case in visitor.cases
    ]
    assert {case.status for case in visitor.cases} == {"with_person"}


@pytest.mark.parametrize("reason", list(HandoffReason))
def test_danger_and_second_failures_go_ahead_of_the_queue(core: Core, reason):
    visitor = maya(core)

    visitor.asks_for_a_person(reason)

    ahead = ("danger", "still_wrong", "late_again", "overdue", "shop_refused", "shop_silent")
    assert visitor.handoffs[0].urgent == (reason in ahead)


def test_a_settled_case_can_still_go_to_a_person(core: Core):
    visitor = maya_with_offers(core)
    visitor.presses("replacement")

    visitor.asks_for_a_person(HandoffReason.STILL_WRONG)

    assert visitor.case.status == "with_person"
    assert visitor.promises["replacement"].state == "pending"  # what was promised stands


def test_what_broke_is_handed_over_even_when_the_shop_cannot_be_asked(core: Core):
    visitor = maya_with_offers(core)
    core.shop.is_shut = True

    told = core.casebook.hand_off_broken(visitor.id, visitor.said.message_id)

    assert told.due == "today by 2:00 pm"
    assert visitor.handoffs[0].reason == HandoffReason.BROKEN


def test_two_messages_in_a_row_not_understood_are_one_too_many(core: Core):
    visitor = maya(core)

    assert not core.casebook.misunderstand(visitor.id, "m-1")
    assert core.casebook.misunderstand(visitor.id, "m-2")


def test_a_message_understood_in_between_forgives_the_first(core: Core):
    visitor = maya(core)
    core.casebook.misunderstand(visitor.id, "m-1")
    core.casebook.understand(visitor.id)

    assert not core.casebook.misunderstand(visitor.id, "m-2")


# When nobody comes


def chat_notices(visitor):
    return [row.payload for row in visitor.outbox if row.transport == "chat"]


def test_nothing_is_told_while_the_promise_can_be_kept(core: Core):
    visitor = maya(core)
    visitor.asks_for_a_person()
    core.clock.advance(timedelta(hours=3, minutes=29))

    assert core.casebook.keep_promises(core.clock.now()) == 0
    assert not chat_notices(visitor)


def test_before_a_time_that_nobody_will_keep_they_hear_the_new_one_and_why(core: Core):
    visitor = maya(core)
    told = visitor.asks_for_a_person()
    core.clock.advance(timedelta(hours=3, minutes=31))

    for _ in range(2):
        core.casebook.keep_promises(core.clock.now())

    (notice,) = chat_notices(visitor)
    old, new = visitor.case.promises
    assert core.clock.now() < old.due_at
    assert notice["response"] == "utter_reply_slips"
    assert notice["words"]["was"] == told.due
    assert notice["words"]["due"] != told.due
    assert core.casebook.standing(visitor.id).due == notice["words"]["due"]
    assert (old.state, new.state) == ("moved", "pending")


def test_who_is_answered_in_the_last_minutes_was_not_put_off_for_nothing(core: Core):
    ines = core.person("Ines Duarte")
    visitor = maya(core)
    visitor.asks_for_a_person()
    core.clock.advance(timedelta(hours=3, minutes=45))
    core.casebook.keep_promises(core.clock.now())

    core.casebook.take_over(visitor.case.reference, ines, "t")
    core.casebook.reply(visitor.case.reference, ines, "Here I am.", "r")

    assert visitor.case.promises[-1].state == "met"


def test_a_late_reply_is_told_once_with_the_new_time(core: Core):
    visitor = maya(core)
    visitor.asks_for_a_person()
    core.clock.advance(timedelta(hours=4, minutes=1))

    core.casebook.keep_promises(core.clock.now())
    core.casebook.keep_promises(core.clock.now())

    (notice,) = chat_notices(visitor)
    old, new = visitor.case.promises
    assert notice["response"] == "utter_reply_is_late"
    assert notice["words"]["due"] == moment_in_words(new.due_at, "Europe/London", core.clock.now())
    assert notice["words"]["due"] == "Tuesday 24 November by 9:45 am"
    assert (old.state, old.moved_because, new.state) == ("moved", "nobody was free", "pending")


def test_each_time_it_is_late_they_hear_so_and_from_the_third_time_by_days(core: Core):
    visitor = maya(core)
    visitor.asks_for_a_person()
    for _ in range(4):
        core.clock.advance(timedelta(days=7))
        core.casebook.keep_promises(core.clock.now())
        core.casebook.keep_promises(core.clock.now())

    told = chat_notices(visitor)
    assert [each["response"] for each in told] == [
        "utter_reply_is_late",
        "utter_reply_is_late_again",
        "utter_reply_is_late_often",
        "utter_reply_is_late_often",
    ]
    *put_off, last = visitor.case.promises
    assert last.due_at > core.clock.now() > max(each.due_at for each in put_off)
    assert {each.state for each in put_off} == {"moved"} and last.state == "pending"
    assert last.by_the_day and " by " not in told[-1]["words"]["due"]


def test_a_call_that_nobody_makes_stays_on_the_list_however_often_it_is_put_off(core: Core):
    visitor = leroy(core, "a call from your manager", "call_back")
    visitor.presses("call_back")
    for _ in range(5):
        core.clock.advance(timedelta(days=7))
        core.casebook.keep_promises(core.clock.now())

    (call,) = core.casebook.call_backs()
    assert call.reference == visitor.case.reference


def test_the_lead_is_warned_when_somebody_is_there_to_do_something(core: Core):
    core.casebook.tell = ("email",)
    core.clock.advance(timedelta(hours=5))  # Monday, 3 pm: planned for 5 pm, told for Tuesday
    visitor = maya(core)
    visitor.asks_for_a_person()

    def warned() -> int:
        core.casebook.keep_promises(core.clock.now())
        return len([row for row in visitor.outbox if row.key.startswith("at_risk")])

    (promise,) = visitor.case.promises
    core.clock.advance(promise.planned_at - core.clock.now() + timedelta(hours=2))
    assert warned() == 0, "the office is closed"

    core.clock.advance(timedelta(hours=14))  # Tuesday, 9 am
    assert core.clock.now() < promise.due_at
    assert warned() == 1


def test_somebody_who_waits_hears_the_moved_time(core: Core):
    visitor = maya(core)
    visitor.asks_for_a_person()
    core.clock.advance(timedelta(hours=4, minutes=1))
    core.casebook.keep_promises(core.clock.now())

    assert core.casebook.standing(visitor.id).due == "Tuesday 24 November by 9:45 am"
    assert visitor.enquires().words["due"] == "Tuesday 24 November by 9:45 am"


def test_a_call_nobody_made_moves_and_its_new_time_is_told_when_asked(core: Core):
    visitor = leroy(core, "a call from your manager", "call_back")
    visitor.presses("call_back")
    core.clock.advance(timedelta(hours=5))
    core.casebook.keep_promises(core.clock.now())

    status = visitor.enquires()

    assert status.words["by"] == "Tuesday 24 November by 10:30 am"


def test_nobody_waits_who_was_not_handed_over(core: Core):
    assert core.casebook.standing(maya(core).id) is None


def test_the_handoff_says_whether_anything_was_told(core: Core):
    visitor = core.visitor("ada")
    visitor.repeats(heard("I want to complain", "complain"))

    assert not visitor.asks_for_a_person().knows_story


def test_what_they_add_while_waiting_is_put_before_the_person(core: Core):
    visitor = core.visitor("Ada")
    visitor.asks_for_a_person()

    called_back = core.casebook.note_while_waiting(
        visitor.id, "my kettle leaks all over the counter, call 07700 900123"
    )

    summary = visitor.handoffs[0].summary
    assert called_back
    assert summary["happened"] == "my kettle leaks all over the counter, call 07700 900123"
    assert summary["reach"] == {"phone": "07700 900123"}


def test_danger_told_while_they_wait_puts_them_ahead(core: Core):
    visitor = core.visitor("Ada")
    visitor.asks_for_a_person()
    assert not visitor.handoffs[0].urgent

    core.casebook.note_danger(visitor.id, "m9", "illness")
    core.casebook.note_danger(visitor.id, "m9", "illness")  # asked again after a crash

    assert visitor.handoffs[0].urgent and visitor.case.danger == "illness"
    assert visitor.handoffs[0].summary["urgency"] == "danger"
    assert core.casebook.standing(visitor.id).danger == "illness"


@pytest.mark.parametrize(
    "said",
    [
        "oh never mind, you're quicker",
        "forget it, can you do it?",
        "no need for a person after all, no person needed",
        "actually let's carry on with you",
    ],
)
def test_who_gives_up_waiting_goes_on_with_everything_known(core: Core, said: str):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()

    assert core.casebook.take_back(visitor.id, "m1", said)

    assert visitor.conversation.handler == Handler.BOT
    assert (visitor.case.status, visitor.case.pending) == ("listening", "choice")
    assert core.casebook.queue() == []
    core.clock.advance(timedelta(days=2))
    assert core.casebook.keep_promises(core.clock.now()) == 0, "nothing is owed any more"
    assert visitor.presses("replacement").kind == "confirm"


@pytest.mark.parametrize(
    "said", ["never mind", "ok I'll wait", "how long does it take?", "thank you"]
)
def test_who_says_no_more_than_that_still_waits(core: Core, said: str):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()

    assert not core.casebook.take_back(visitor.id, "m1", said)
    assert visitor.conversation.handler == Handler.QUEUE


def test_what_had_to_go_to_a_person_stays_with_one(core: Core):
    visitor = maya(core)
    visitor.asks_for_a_person(HandoffReason.DANGER)

    assert not core.casebook.take_back(visitor.id, "m1", "never mind, you're quicker")


def test_what_somebody_has_in_hand_is_not_taken_from_them(core: Core):
    ines = core.person("Ines Duarte")
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()
    core.casebook.take_over(visitor.case.reference, ines, "t")

    assert not core.casebook.take_back(visitor.id, "m1", "never mind, you're quicker")
