"""What a person may give, promise and put right: the same policy, their authority, on record."""

from datetime import UTC, date, datetime, timedelta

import pytest

from complaints.answering import Unanswered
from complaints.case import PromiseRow
from complaints.errors import Conflict, NotAllowed, NotFound
from complaints.money import Money
from tests.core import Core, instructed, leroy, maya_with_offers


def with_a_person(core: Core, by: str, visitor=None):
    visitor = visitor or maya_with_offers(core)
    visitor.asks_for_a_person()
    core.casebook.take_over(visitor.case.reference, by, "take")
    core.casebook.reply(visitor.case.reference, by, "Hello, I'm on it.", "hello")
    return visitor


@pytest.fixture
def ines(core: Core) -> str:
    return core.person("Ines Duarte")


@pytest.fixture
def mira(core: Core) -> str:
    return core.person("Mira Okafor", "manager")


@pytest.fixture
def lena(core: Core) -> str:
    return core.person("Lena Fox", "lead")


def said(visitor) -> list[str]:
    return [m.text for m in visitor.core.conversations.since(visitor.id)]


def last_buttons(visitor) -> list[dict]:
    return visitor.core.conversations.since(visitor.id)[-1].buttons


# Offers


def test_what_policy_grants_needs_no_reason_and_comes_with_a_button(core, ines):
    visitor = with_a_person(core, ines)

    offer = core.casebook.offer_remedy(visitor.case.reference, ines, "full_refund", "k1")

    assert (offer.money, offer.clause) == (Money("64.00"), "damaged_item/full_refund")
    assert (offer.offered_by, offer.reason) == ("ines", None)
    (button,) = last_buttons(visitor)
    assert button == {
        "title": "All your money back: £64.00 by Tuesday 1 December",
        "payload": f'/accept_offer{{"offer": "{offer.id}"}}',
    }


def test_an_offer_made_twice_is_made_once(core, ines):
    visitor = with_a_person(core, ines)
    first = core.casebook.offer_remedy(visitor.case.reference, ines, "full_refund", "k1")

    assert (
        core.casebook.offer_remedy(visitor.case.reference, ines, "full_refund", "k1").id == first.id
    )
    assert [o.kind for o in visitor.case.pending_offers()].count("full_refund") == 1


def test_beyond_policy_a_reason_is_needed_and_kept(core, ines):
    visitor = with_a_person(core, ines)

    with pytest.raises(NotAllowed, match="voucher goes beyond policy here; say why"):
        core.casebook.offer_remedy(
            visitor.case.reference, ines, "voucher", "k1", amount=Money("15.00")
        )
    offer = core.casebook.offer_remedy(
        visitor.case.reference, ines, "voucher", "k2", Money("15.00"), "dinner for six was ruined"
    )

    assert (offer.reason, offer.money) == ("dinner for six was ruined", Money("15.00"))
    deed = next(entry for entry in visitor.log if entry.verb == "offer_remedy")
    assert (deed.actor, deed.detail["reason"]) == ("ines", "dinner for six was ruined")


def test_beyond_their_authority_a_lead_has_to_offer_it(core, ines, lena):
    visitor = with_a_person(core, ines)

    with pytest.raises(NotAllowed, match="so a lead has to offer it"):
        core.casebook.offer_remedy(
            visitor.case.reference, ines, "voucher", "k1", Money("60.00"), "a ruined party"
        )

    core.casebook.transfer(visitor.case.reference, ines, lena, "t")
    assert core.casebook.offer_remedy(
        visitor.case.reference, lena, "voucher", "k2", Money("60.00"), "a ruined party"
    ).money == Money("60.00")


def test_an_authority_is_not_stretched_by_giving_often(core, ines):
    visitor = with_a_person(core, ines)
    core.casebook.offer_remedy(
        visitor.case.reference, ines, "voucher", "k1", Money("40.00"), "a ruined party"
    )

    with pytest.raises(NotAllowed, match="was given beyond policy already"):
        core.casebook.offer_remedy(
            visitor.case.reference, ines, "partial_refund", "k2", Money("30.00"), "and the taxi"
        )


def test_nobody_is_offered_less_by_a_person_than_by_policy(core, ines):
    visitor = with_a_person(core, ines)

    with pytest.raises(NotAllowed, match="nobody is offered less than that"):
        core.casebook.offer_remedy(
            visitor.case.reference, ines, "partial_refund", "k1", Money("5.00"), "he seemed happy"
        )


def test_no_more_is_paid_back_than_was_paid(core, lena):
    visitor = with_a_person(core, lena)

    with pytest.raises(Conflict, match="give the rest as a voucher"):
        core.casebook.offer_remedy(
            visitor.case.reference, lena, "partial_refund", "k1", Money("90.00"), "a ruined party"
        )


def test_what_the_shop_carries_out_needs_the_order(core, ines):
    visitor = core.visitor("tom")
    visitor.says("the kettle leaks", "complain_damaged_item", item="kettle")
    with_a_person(core, ines, visitor)

    with pytest.raises(Conflict, match="needs their order"):
        core.casebook.offer_remedy(visitor.case.reference, ines, "replacement", "k1", reason="kind")


def test_what_nobody_has_heard_of_is_not_offered(core, ines):
    visitor = with_a_person(core, ines)

    with pytest.raises(NotAllowed, match="'pony' is no remedy"):
        core.casebook.offer_remedy(visitor.case.reference, ines, "pony", "k1")


def test_the_desk_sees_what_policy_offers_and_why_not_the_rest(core, ines):
    visitor = with_a_person(core, ines)

    offers = core.casebook.what_may_be_offered(visitor.case.reference)

    assert [option.kind for option in offers.options][:2] == ["replacement", "full_refund"]


# Settling


def test_a_yes_in_words_is_settled_promised_and_instructed(core, ines):
    visitor = with_a_person(core, ines)
    offer = core.casebook.offer_remedy(visitor.case.reference, ines, "full_refund", "k1")

    promise = core.casebook.agree(visitor.case.reference, ines, offer.id, "k2")

    assert (promise.kind, promise.owner, promise.state) == ("full_refund", "shop", "pending")
    told = instructed(core, visitor)
    assert [receipt.kind for receipt in told] == ["full_refund", "return_label", "voucher"]
    assert "refused" not in [receipt.state for receipt in told]
    assert said(visitor)[-1].startswith("That's settled: £64.00 goes back to you")
    assert visitor.conversation.handler == "agent"
    assert core.casebook.agree(visitor.case.reference, ines, offer.id, "k2").id == promise.id


def test_a_pressed_button_is_settled_while_the_assistant_stays_silent(core, ines):
    visitor = with_a_person(core, ines)
    offer = core.casebook.offer_remedy(visitor.case.reference, ines, "full_refund", "k1")
    (button,) = last_buttons(visitor)

    assert core.casebook.choose(visitor.id, button["payload"], "m-1")
    assert core.casebook.choose(visitor.id, button["payload"], "m-1")  # the same press again

    last = core.conversations.since(visitor.id)[-1]
    assert last.author == "notice"
    assert last.text.startswith("That's settled: £64.00")
    assert visitor.case.accepted_offer().id == offer.id
    assert [entry.actor for entry in visitor.log if entry.verb == "choose"] == ["customer"]


def test_a_button_of_somebody_elses_offer_settles_nothing(core, ines):
    visitor = with_a_person(core, ines)
    offer = core.casebook.offer_remedy(visitor.case.reference, ines, "full_refund", "k1")
    stranger = core.visitor("mallory")

    assert not core.casebook.choose(stranger.id, f'/accept_offer{{"offer": "{offer.id}"}}', "m-1")
    assert not core.casebook.choose(visitor.id, "/ask_for_person", "m-2")
    assert visitor.case.accepted_offer() is None


def test_a_person_may_give_something_on_top_of_what_was_settled(core, ines):
    visitor = with_a_person(core, ines)
    reference = visitor.case.reference
    first = core.casebook.offer_remedy(reference, ines, "replacement", "k1")
    core.casebook.agree(reference, ines, first.id, "k2")
    more = core.casebook.offer_remedy(reference, ines, "voucher", "k3", Money("20.00"), "her party")

    core.casebook.agree(reference, ines, more.id, "k4")

    kinds = [promise.kind for promise in visitor.case.promises if promise.owner == "shop"]
    assert kinds == ["replacement", "goodwill", "voucher"]
    assert "refused" not in [receipt.state for receipt in instructed(core, visitor)]


def test_what_is_still_on_offer_beside_what_was_settled_is_not_handed_back(core, ines):
    visitor = with_a_person(core, ines)
    reference = visitor.case.reference
    first = core.casebook.offer_remedy(reference, ines, "replacement", "k1")
    core.casebook.agree(reference, ines, first.id, "k2")
    more = core.casebook.offer_remedy(reference, ines, "voucher", "k3", Money("20.00"), "her party")

    with pytest.raises(Conflict, match="settle that too, or withdraw it"):
        core.casebook.hand_back(reference, ines, "done", "k4")
    core.casebook.withdraw_offer(reference, ines, more.id, "k5")
    core.casebook.hand_back(reference, ines, "done", "k6")

    assert visitor.case.status == "resolving"
    assert visitor.enquires().state == "resolving"


def test_a_call_is_not_settled_without_a_number(core, ines):
    visitor = with_a_person(core, ines, leroy(core, "a call", "call_back", customer_id=None))
    offer = core.casebook.offer_remedy(visitor.case.reference, ines, "call_back", "k1")

    with pytest.raises(Conflict, match="no telephone number"):
        core.casebook.agree(visitor.case.reference, ines, offer.id, "k2")
    core.casebook.correct_fact(visitor.case.reference, ines, "phone", "07700 900123", "k3")
    core.casebook.agree(visitor.case.reference, ines, offer.id, "k4")

    assert visitor.promises["call_back"].owner == "ines"
    assert "on 07700 900123" in said(visitor)[-1]


# Promises


def test_a_promise_is_a_row_and_its_words_come_from_it(core, ines):
    visitor = with_a_person(core, ines)

    row = core.casebook.make_promise(
        visitor.case.reference, ines, "next_word", date(2026, 11, 25), "k1"
    )

    assert (row.owner, row.state, row.by_the_day) == ("ines", "pending", True)
    assert row.due_at == datetime(2026, 11, 25, 17, 30, tzinfo=UTC)
    assert row.planned_at < row.due_at  # the last quarter is the buffer
    assert said(visitor)[-1].startswith("You'll hear from me here by Wednesday 25 November")


@pytest.mark.parametrize(
    "due, why",
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "that time is over"),
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), "nobody is there at that time"),
        (date(2026, 11, 29), "nobody is there at that time"),  # a Sunday
        (date(2026, 12, 25), "nobody is there at that time"),
    ],
)
def test_nothing_is_promised_for_when_nobody_is_there(core, ines, due, why):
    visitor = with_a_person(core, ines)

    with pytest.raises(Conflict, match=why):
        core.casebook.make_promise(visitor.case.reference, ines, "next_word", due, "k1")
    assert "next_word" not in visitor.promises


def test_a_promise_is_moved_before_it_breaks_and_the_customer_reads_why(core, ines):
    visitor = with_a_person(core, ines)
    reference = visitor.case.reference
    row = core.casebook.make_promise(reference, ines, "next_word", date(2026, 11, 25), "k1")

    new = core.casebook.move_promise(
        reference,
        ines,
        row.id,
        date(2026, 11, 27),
        "the workshop opens your blender on Thursday",
        "k2",
    )

    old, fresh = [p for p in visitor.case.promises if p.kind == "next_word"]
    assert (old.state, fresh.state, fresh.id) == ("moved", "pending", new.id)
    assert "by Friday 27 November" in said(visitor)[-1]
    assert "the workshop opens your blender on Thursday" in said(visitor)[-1]


def test_a_person_who_forgets_is_found_out_before_the_customer_has_to_ask(core, ines):
    core.tell = ("slack", "email")
    core.restart()
    visitor = with_a_person(core, ines)
    core.casebook.make_promise(visitor.case.reference, ines, "next_word", date(2026, 11, 24), "k1")
    core.clock.advance(timedelta(hours=30))  # Tuesday 4 pm; due at half past five

    for _ in range(2):
        core.casebook.keep_promises(core.clock.now())

    told = [row for row in visitor.outbox if row.payload.get("event") == "at_risk"]
    assert sorted(row.transport for row in told) == ["email", "slack"]
    core.clock.advance(timedelta(hours=2))
    core.casebook.keep_promises(core.clock.now())
    (notice,) = [row.payload for row in visitor.outbox if row.transport == "chat"]
    assert notice["response"] == "utter_promise_is_late"
    assert notice["words"]["was"] == "by Tuesday 24 November"
    assert visitor.promises["next_word"].owner == "ines"  # the new one is theirs too


def test_a_call_that_was_made_is_no_longer_on_the_list(core, ines):
    visitor = leroy(core, "a call from your manager", "call_back")
    visitor.presses("call_back")

    (call,) = core.casebook.call_backs()
    assert (call.reference, call.phone) == (visitor.case.reference, visitor.case.phone)
    core.casebook.keep_promise(call.reference, ines, call.promise_id, "k1")

    assert core.casebook.call_backs() == []
    assert core.casebook.queue() == []  # the errand is done
    with pytest.raises(Conflict, match="met already"):
        core.casebook.keep_promise(call.reference, ines, call.promise_id, "k2")


def test_whoever_left_a_number_while_waiting_is_on_the_call_list_with_their_words(core, ines):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()
    core.casebook.note_while_waiting(visitor.id, "call 07700 900555, after five please")

    (call,) = core.casebook.call_backs()

    assert (call.phone, call.wants) == ("07700 900555", "call 07700 900555, after five please")
    core.casebook.keep_promise(call.reference, ines, call.promise_id, "k1")
    assert core.casebook.call_backs() == []


# Facts


def test_a_corrected_fact_changes_that_and_the_summary(core, ines):
    visitor = with_a_person(core, ines)

    core.casebook.correct_fact(
        visitor.case.reference, ines, "wish", "my money back by Saturday", "k1"
    )
    core.casebook.correct_fact(visitor.case.reference, ines, "deadline", "2026-11-28", "k2")

    assert visitor.case.wish == "my money back by Saturday"
    summary = visitor.handoffs[0].summary
    assert summary["wants"] == "my money back by Saturday"
    assert "needed by Saturday 28 November" in summary["one_line"]
    entry = next(entry for entry in visitor.log if entry.verb == "correct_fact")
    assert entry.detail == {
        "fact": "wish", "was": "I just want one that works", "now": "my money back by Saturday"
    }  # fmt: skip


def test_a_person_adds_to_what_happened_under_their_name(core, ines):
    visitor = with_a_person(core, ines)
    told = list(visitor.case.story)

    core.casebook.correct_fact(
        visitor.case.reference, ines, "story", "On the phone: the box was dented as well.", "k1"
    )

    assert visitor.case.story == [*told, "On the phone: the box was dented as well."]
    summary = visitor.handoffs[0].summary
    assert "the box was dented as well" in summary["happened"]
    assert summary["put_right"] == []  # nothing they said was wrong
    entry = next(entry for entry in visitor.log if entry.verb == "correct_fact")
    assert (entry.actor, entry.detail["fact"]) == ("ines", "story")


def test_what_the_customer_wrote_is_not_taken_out(core, ines):
    visitor = with_a_person(core, ines)

    with pytest.raises(NotAllowed, match="what the customer wrote is not taken out"):
        core.casebook.correct_fact(visitor.case.reference, ines, "story", " ", "k1")


def test_nobody_is_sent_to_a_manager_for_what_no_manager_may_give(core, ines, mira):
    visitor = with_a_person(core, ines)
    core.casebook.transfer(visitor.case.reference, ines, mira, "t")

    with pytest.raises(NotAllowed, match="nobody may give that much") as refused:
        core.casebook.offer_remedy(
            visitor.case.reference, mira, "voucher", "k1", Money("2500.00"), "a ruined wedding"
        )
    assert "has to offer it" not in str(refused.value)


def test_another_order_has_to_be_shown_to_be_theirs_again(core, ines):
    visitor = with_a_person(core, ines)
    reference = visitor.case.reference

    core.casebook.correct_fact(reference, ines, "order_number", "W-10561", "k1")

    assert not visitor.case.is_proved
    assert visitor.case.pending_offers() == []
    core.casebook.vouch(reference, ines, "she told me what was in it", "k2")
    assert visitor.case.proved_by == "person"
    assert visitor.handoffs[0].summary["proof"] == "one of us made sure"


@pytest.mark.parametrize(
    "name, value",
    [("mood", "better"), ("deadline", "Saturday"), ("amount", "a lot"), ("item", "x" * 201)],
)
def test_what_cannot_be_a_fact_is_refused(core, ines, name, value):
    visitor = with_a_person(core, ines)

    with pytest.raises(NotAllowed):
        core.casebook.correct_fact(visitor.case.reference, ines, name, value, "k1")


def test_no_order_is_vouched_for_that_the_shop_does_not_know(core, ines):
    visitor = with_a_person(core, ines)
    core.casebook.correct_fact(visitor.case.reference, ines, "order_number", "W-99999", "k1")

    with pytest.raises(NotFound, match="no order W-99999"):
        core.casebook.vouch(visitor.case.reference, ines, "she said so", "k2")


def test_a_press_is_kept_for_the_person_even_when_it_settles_nothing(core, ines):
    visitor = with_a_person(core, ines)
    core.conversations.receive(visitor.id, "Talk to a person", "c-9", payload="/ask_for_person")

    waits = Unanswered(core.store, core.clock).next_in(visitor.id)

    assert not core.casebook.choose(visitor.id, waits.payload, str(waits.id))


@pytest.mark.parametrize(
    "day, said",
    [
        (
            date(2026, 11, 24),
            "Good news: what you were promised by Thursday 26 November comes earlier, by Tuesday",
        ),
        (
            date(2026, 11, 30),
            "Before you wait in vain: what you were promised by Thursday 26 November comes later",
        ),
    ],
)
def test_a_new_day_is_told_as_what_it_is(core, ines, day, said):
    visitor = with_a_person(core, ines)
    row = core.casebook.make_promise(
        visitor.case.reference, ines, "next_word", date(2026, 11, 26), "k1"
    )

    core.casebook.move_promise(visitor.case.reference, ines, row.id, day, "the workshop", "k2")

    assert said_last(visitor).startswith(said)


def test_what_is_overdue_already_is_not_told_as_a_warning(core, ines):
    visitor = with_a_person(core, ines)
    row = core.casebook.make_promise(
        visitor.case.reference, ines, "next_word", date(2026, 11, 24), "k1"
    )
    core.clock.advance(timedelta(days=2))  # and deliver did not look

    core.casebook.move_promise(
        visitor.case.reference, ines, row.id, date(2026, 11, 27), "the workshop", "k2"
    )

    assert "has not been done, and I'm sorry" in said_last(visitor)


def test_the_day_they_were_told_already_is_no_new_one(core, ines):
    visitor = with_a_person(core, ines)
    day = date(2026, 11, 26)
    row = core.casebook.make_promise(visitor.case.reference, ines, "next_word", day, "k1")
    before = said(visitor)

    with pytest.raises(Conflict, match="were told already"):
        core.casebook.move_promise(visitor.case.reference, ines, row.id, day, "workshop", "k2")

    assert said(visitor) == before
    assert core.rows(PromiseRow, id=row.id)[0].state == "pending"


def said_last(visitor) -> str:
    return said(visitor)[-1]
