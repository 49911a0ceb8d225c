"""What the shop was told to do: kept by its word, told before it slips, never left in silence."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from channels.deliver import Deliver
from channels.shop import Shop
from complaints.case import CaseStatus, PromiseRow
from complaints.clock import HeldClock
from complaints.conversation import Author, Handler, Message
from complaints.errors import Conflict
from complaints.follow_up import FollowUp
from complaints.fulfilment import InstructionRow
from complaints.handoff import Handoff, HandoffReason
from complaints.orders import Instruction, InstructionReceipt
from complaints.outbox import Outbox, OutboxMessage
from complaints.promise import PromiseState, date_in_words
from complaints.store import Store
from tests.core import Core, Visitor, maya_with_offers, words_of_domain
from tests.speaking import Speaker
from tests.test_two_at_once import at_once

EVERY = timedelta(minutes=2)
_pressed = count(1)


class Round:
    """Goes the rounds as `deliver` does, on a core: outbox, shop, promises."""

    def __init__(self, core: Core, store: Store | None = None) -> None:
        self.core = core
        store = store or core.store
        house = SimpleNamespace(
            store=store,
            clock=core.clock,
            words=words_of_domain(),
            casebook=core.casebook,
            conversations=core.conversations,
            orders=core.shop,
            outbox=Outbox(store, core.clock),
            settings=SimpleNamespace(shop_look_minutes=2),
        )
        self.deliver = Deliver(house)
        self.shop = Shop(house)

    def go(self) -> None:
        self.deliver._tell_shop()
        self.shop.look()
        self.deliver._keep_promises()
        self.deliver._tell_elsewhere()
        self.deliver._tell_in_chat()

    def until(self, at: datetime, step: timedelta = timedelta(minutes=15)) -> None:
        """Goes them again and again until then."""
        while self.core.clock.now() < at:
            self.core.clock.advance(min(step, at - self.core.clock.now()))
            self.go()


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy this machine is, the shop is not taken for a slow one."""
    monkeypatch.setattr("channels.shop.monotonic", lambda: 0.0)


@pytest.fixture
def rounds(core: Core) -> Round:
    return Round(core)


def at(day: int, hour: int = 10, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def maya_waits(core: Core, kind: str = "replacement") -> Visitor:
    """Maya took it on Monday at ten: planned for Wednesday, told for Friday 27 November."""
    visitor = maya_with_offers(core)
    visitor.presses(kind)
    return visitor


def key(visitor: Visitor, kind: str = "replacement") -> str:
    return f"{visitor.case.reference}:{kind}"


def instruction(core: Core, visitor: Visitor, kind: str = "replacement") -> InstructionRow:
    (row,) = core.rows(InstructionRow, key=key(visitor, kind))
    return row


def promises(core: Core, visitor: Visitor, kind: str = "replacement") -> list[PromiseRow]:
    return core.rows(PromiseRow, case_reference=visitor.case.reference, kind=kind)


def notices(core: Core, visitor: Visitor) -> list[str]:
    """What the customer read of it, besides the kindness that comes at once."""
    said = core.rows(Message, conversation_id=visitor.id, author=Author.NOTICE)
    return [message.text for message in said if "voucher" not in message.text]


def receipt(key: str, state: str = "accepted", **more: Any) -> InstructionReceipt:
    return InstructionReceipt(
        key, "replacement", "W-10482", state, "SEND-1", date(2026, 11, 23), **more
    )


# Written down with the promise


def test_every_remedy_of_the_shop_is_written_down_with_its_promise(core):
    visitor = maya_waits(core, "full_refund")

    rows = core.rows(InstructionRow, case_reference=visitor.case.reference)

    promised = {row.id: row.kind for row in visitor.case.promises}
    assert [(row.kind, row.state, promised[row.promise_id]) for row in rows] == [
        ("full_refund", "asked", "full_refund"),
        ("return_label", "asked", "full_refund"),
        ("voucher", "asked", "goodwill"),
    ]
    assert {row.key for row in rows} == {
        told.key for told in visitor.outbox if told.transport == "shop"
    }


def test_what_the_shop_answers_is_kept(core, rounds):
    visitor = maya_waits(core)
    rounds.go()

    row = instruction(core, visitor)
    assert (row.state, row.expected_on) == ("accepted", date(2026, 11, 25))
    assert row.shop_reference.startswith("SEND-")
    assert row.told_at == core.clock.now()


# Kept, by the shop's word


def test_a_promise_is_met_when_the_shop_says_so_and_not_before(core, rounds):
    visitor = maya_waits(core)
    rounds.until(at(24, 17))
    assert promises(core, visitor)[0].state == PromiseState.PENDING

    rounds.until(at(25, 10))

    (promise,) = promises(core, visitor)
    assert promise.state == PromiseState.MET
    assert promise.settled_at < promise.planned_at, "early"
    assert instruction(core, visitor).done_on == date(2026, 11, 25)


def test_done_is_told_once_and_in_opening_hours(core, rounds):
    visitor = maya_waits(core)
    rounds.until(at(25, 8, 45))
    assert promises(core, visitor)[0].state == PromiseState.MET
    assert notices(core, visitor) == [], "nobody is woken for it"

    rounds.until(at(28))

    (said,) = notices(core, visitor)
    assert "your new Vortex blender has reached you" in said
    assert visitor.case.reference in said


def test_a_refund_is_met_when_the_money_and_the_label_are_both_done(core, rounds):
    visitor = maya_waits(core, "full_refund")
    rounds.go()  # the label is done at once
    assert instruction(core, visitor, "return_label").state == "done"
    assert promises(core, visitor, "full_refund")[0].state == PromiseState.PENDING

    rounds.until(at(26, 10))

    assert promises(core, visitor, "full_refund")[0].state == PromiseState.MET
    assert notices(core, visitor) == [
        "Your refund of £64.00 has been paid (card ending 4242, case "
        + visitor.case.reference
        + ")."
    ]


def test_a_kindness_comes_with_its_code(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    rounds.go()

    (said,) = [m.text for m in core.rows(Message, author=Author.NOTICE)]
    row = instruction(core, visitor, "goodwill")
    assert "£5.00" in said and row.shop_reference in said
    assert promises(core, visitor, "goodwill")[0].state == PromiseState.MET


def test_a_remedy_given_by_a_person_is_looked_after_too(core, rounds):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()
    ines = core.person("Ines Duarte")
    reference = visitor.case.reference
    core.casebook.take_over(reference, ines, "t")
    core.casebook.reply(reference, ines, "I'm here.", "r")
    offer = core.casebook.offer_remedy(reference, ines, "replacement", "o")
    core.casebook.agree(reference, ines, offer.id, "a")

    rounds.until(at(25, 10))

    (promise,) = promises(core, visitor)
    assert promise.state == PromiseState.MET


# Late: told before the told date


def test_a_later_date_of_the_shop_is_told_at_once_with_a_buffer_and_why(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.shop.postpone(key(visitor), date(2026, 11, 30))  # Monday; told for Friday 27

    rounds.until(at(23, 10, 30))

    old, new = promises(core, visitor)
    assert (old.state, new.state) == (PromiseState.MOVED, PromiseState.PENDING)
    assert old.moved_because and new.owner == "shop"
    assert new.planned_at == at(30, 17, 30)
    assert new.due_at == at(2, 17, 30, month=12), "two working days of buffer, as policy has them"
    assert notices(core, visitor) == [
        "I'd rather you hear this now than wait in vain: your new Vortex blender will not be with you by Friday 27 November, as "
        "we told you, but by Wednesday 2 December. We had planned too little time for getting it "
        "to you. I'm sorry about that; one of us keeps an eye on it from now on (case "
        f"{visitor.case.reference})."
    ]
    assert instruction(core, visitor).promise_id == new.id


def test_a_new_date_is_never_a_day_on_which_nobody_is_there(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.shop.postpone(key(visitor), date(2026, 12, 24))  # closed; so are 25 and 28 (holidays)

    rounds.until(at(23, 10, 30))

    new = promises(core, visitor)[-1]
    assert new.planned_at == at(29, 17, 30, month=12)
    assert new.due_at == at(31, 17, 30, month=12)


def test_at_night_nobody_is_told_and_in_the_morning_they_are(core, rounds):
    visitor = maya_waits(core)
    rounds.until(at(23, 18))
    core.shop.postpone(key(visitor), date(2026, 12, 1))

    rounds.until(at(24, 8, 59))
    assert notices(core, visitor) == []
    assert len(promises(core, visitor)) == 1
    rounds.until(at(24, 9, 1), timedelta(minutes=1))

    assert len(notices(core, visitor)) == 1


def test_a_lead_sees_it_in_the_queue_while_the_assistant_goes_on(core, rounds):
    core.tell = ("email",)
    core.restart()
    rounds = Round(core)
    visitor = maya_waits(core)
    rounds.go()
    core.shop.postpone(key(visitor), date(2026, 11, 30))
    rounds.until(at(23, 10, 30))

    (row,) = core.casebook.queue()
    assert row.is_errand and "runs late" in row.why
    assert visitor.conversation.handler == Handler.BOT
    assert len([told for told in visitor.outbox if told.transport == "email"]) == 1

    rounds.until(at(30, 10))  # it arrives after all, and nothing is left to see to

    assert promises(core, visitor)[-1].state == PromiseState.MET
    assert core.casebook.queue() == []


def test_a_date_that_the_shop_lets_pass_is_told_while_half_the_buffer_is_left(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    stuck(core, visitor, expected_on=date(2026, 11, 25))  # for ever "on Wednesday"

    rounds.until(at(26, 17))
    assert notices(core, visitor) == []
    rounds.until(at(27, 9, 30))

    old, new = promises(core, visitor)
    assert old.settled_at < old.due_at, "before it broke"
    assert new.due_at > old.due_at
    assert "by Thursday 3 December" in notices(core, visitor)[0]


def test_what_is_to_come_on_the_told_day_is_waited_for_until_an_hour_before_its_end(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    stuck(core, visitor, expected_on=date(2026, 11, 27))

    rounds.until(at(27, 16, 15))
    assert notices(core, visitor) == []
    rounds.until(at(27, 16, 45))

    assert len(notices(core, visitor)) == 1
    assert promises(core, visitor)[0].settled_at < promises(core, visitor)[0].due_at


def test_it_is_told_once_however_often_it_is_looked_at(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.shop.postpone(key(visitor), date(2026, 11, 30))

    rounds.until(at(24, 17))

    assert len(notices(core, visitor)) == 1
    assert len(promises(core, visitor)) == 2
    assert len([h for h in visitor.handoffs if h.reason == "runs_late"]) == 1


# A person takes over


def test_late_a_second_time_a_person_takes_over_and_says_by_when(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.shop.postpone(key(visitor), date(2026, 11, 30))
    rounds.until(at(23, 11))
    core.shop.postpone(key(visitor), date(2026, 12, 7))

    rounds.until(at(23, 11, 30))

    _, second = notices(core, visitor)
    assert "will not be with you by Wednesday 2 December, and that is the second time" in second
    assert "you hear from them today by" in second
    assert visitor.conversation.handler == Handler.QUEUE
    assert visitor.case.status == CaseStatus.WITH_PERSON
    (given,) = [h for h in visitor.handoffs if h.ended_at is None]
    assert (given.reason, given.urgent) == (HandoffReason.LATE_AGAIN, True)
    assert len(promises(core, visitor)) == 2, "nobody names a third date but a person"


def test_whoever_takes_it_over_owes_it(core, rounds):
    visitor = maya_waits(core)
    refused(core, visitor)
    rounds.go()
    ines = core.person("Ines Duarte")
    core.casebook.take_over(visitor.case.reference, ines, "t")

    assert promises(core, visitor)[0].owner == ines
    core.casebook.reply(visitor.case.reference, ines, "I'll find you one.", "r")
    with pytest.raises(Conflict, match="replacement is still owed"):
        core.casebook.close(visitor.case.reference, ines, "upheld", "sent", "stock", "c")


def test_what_the_shop_refuses_goes_to_a_person_at_once(core, rounds):
    visitor = maya_waits(core)
    refused(core, visitor, "Vortex blender is not in stock")

    rounds.go()
    rounds.go()

    (said,) = notices(core, visitor)
    assert said.startswith("I'm sorry: your new Vortex blender can't be done the way we agreed")
    assert "you hear from them today by" in said
    (given,) = visitor.handoffs
    assert (given.reason, given.urgent) == (HandoffReason.SHOP_REFUSED, True)
    notes = core.rows(Message, conversation_id=visitor.id, author=Author.NOTE)
    assert [note.text for note in notes] == ["Vortex blender is not in stock"]


def test_who_asks_at_night_hears_that_the_shop_refused_and_a_person_takes_it(
    core, rounds, monkeypatch
):
    core.clock.advance(timedelta(hours=10))
    visitor = maya_waits(core)
    refused(core, visitor)
    rounds.go()
    speaker = Speaker(core, monkeypatch)

    told = " ".join(speaker.tell(visitor, "how is my case?", "ask_status"))

    assert "can't be done that way after all" in told and "under way" not in told
    assert "a senior colleague finds another with you" in told
    assert [given.reason for given in visitor.handoffs] == [HandoffReason.SHOP_REFUSED]
    rounds.until(at(24, 10))
    assert len(visitor.handoffs) == 1


def test_what_the_shop_refuses_at_night_goes_to_a_person_in_the_morning(core, rounds):
    core.clock.advance(timedelta(hours=10))
    visitor = maya_waits(core)
    refused(core, visitor)
    rounds.go()
    assert (visitor.handoffs, notices(core, visitor)) == ([], [])

    rounds.until(at(24, 9, 5), timedelta(minutes=5))

    assert [given.reason for given in visitor.handoffs] == ["shop_refused"]
    assert len(notices(core, visitor)) == 1


def test_a_key_that_the_shop_knows_for_something_else_goes_to_a_person(core, rounds):
    visitor = maya_waits(core)

    def conflict(_):
        raise Conflict("that key was used for something else")

    core.shop.instruct = conflict
    rounds.until(at(23, 10, 30))

    assert [given.reason for given in visitor.handoffs] == ["shop_refused"]


def test_an_agent_who_talks_with_them_keeps_them_and_hears_of_it(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    ines = core.person("Ines Duarte")
    core.casebook.take_over(visitor.case.reference, ines, "t")
    core.casebook.reply(visitor.case.reference, ines, "Hello, I'm Ines.", "r")
    refused(core, visitor)
    core.casebook.hear_from_shop(receipt(key(visitor), "refused", why="sold out"))
    rounds.go()

    assert (visitor.conversation.handler, visitor.conversation.agent) == (Handler.AGENT, ines)
    assert promises(core, visitor)[0].owner == ines
    assert "One of us has it in hand already" in notices(core, visitor)[-1]


def test_a_shop_that_cannot_be_asked_until_the_date_nears_is_no_reason_to_hope(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.shop.is_shut = True

    rounds.until(at(26, 17, 25))
    assert notices(core, visitor) == []
    rounds.until(at(27, 9, 30))

    (said,) = notices(core, visitor)
    assert "It isn't certain that your new blender will be with you by Friday 27 November" in said
    assert [given.reason for given in visitor.handoffs] == ["shop_silent"]
    assert promises(core, visitor)[0].due_at > core.clock.now(), "told before the date"


def test_a_shop_that_misses_one_question_is_not_silent(core, rounds):
    visitor = maya_waits(core)
    rounds.until(at(24, 17))
    core.shop.is_shut = True
    rounds.until(at(24, 17, 30))
    core.shop.is_shut = False

    rounds.until(at(25, 10))

    assert promises(core, visitor)[0].state == PromiseState.MET
    assert instruction(core, visitor).silent_since is None
    assert visitor.handoffs == []


def test_what_arrives_while_a_person_sees_to_it_is_met_all_the_same(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.shop.is_shut = True
    rounds.until(at(27, 9, 30))
    core.shop.is_shut = False

    rounds.until(at(27, 10))

    assert promises(core, visitor)[-1].state == PromiseState.MET
    assert "has reached you" in notices(core, visitor)[-1]


# Broken


def test_a_promise_nobody_can_meet_is_broken_once_and_told(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    stuck(core, visitor, expected_on=date(2026, 11, 25))
    core.clock.advance(timedelta(days=6))  # nobody looked: Sunday
    rounds.go()
    assert promises(core, visitor)[0].state == PromiseState.PENDING

    rounds.until(at(30, 9))
    rounds.until(at(5, 9, month=12), timedelta(hours=1))

    (promise,) = promises(core, visitor)
    assert promise.state == PromiseState.BREACHED
    assert [
        said
        for said in notices(core, visitor)
        if "your new Vortex blender would be with you" in said
    ] == [
        "We told you that your new Vortex blender would be with you by Friday 27 November, and we haven't "
        "kept that. I'm sorry. A senior colleague takes it on from here: you hear from them today "
        f"by 1:00 pm, and don't have to do anything. (Case {visitor.case.reference}.)"
    ]
    assert [given.reason for given in visitor.handoffs] == ["overdue"]


async def test_after_an_outage_what_the_shop_does_is_heard_before_a_promise_is_judged(core, rounds):
    visitor = maya_waits(core)
    core.clock.advance(at(3, month=12) - core.clock.now())  # nobody looked for ten days
    voucher = promises(core, visitor, "goodwill")[0]
    assert voucher.due_at < core.clock.now(), "overdue, and the shop was never told"

    await rounds.deliver.look()

    said = core.rows(Message, conversation_id=visitor.id, author=Author.NOTICE)
    told = [message.text for message in said if "voucher" in message.text]
    assert len(told) == 1 and "haven't kept" not in told[0]
    assert promises(core, visitor, "goodwill")[0].state == PromiseState.MET


def test_a_promise_a_person_let_slip_is_broken_and_not_put_off_by_some_hours(core, rounds):
    visitor = maya_waits(core)
    refused(core, visitor)
    rounds.go()

    rounds.until(at(1, 12, month=12), timedelta(hours=1))

    (promise,) = promises(core, visitor)
    assert promise.state == PromiseState.BREACHED
    assert len([said for said in notices(core, visitor) if "would be with you" in said]) == 1


def test_what_was_settled_anew_is_looked_after_no_more(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    visitor.asks_for_a_person(HandoffReason.CHANGED_MIND)
    ines = core.person("Ines Duarte")
    reference = visitor.case.reference
    core.casebook.take_over(reference, ines, "t")
    core.casebook.reply(reference, ines, "Your money back, of course.", "r")
    offer = core.casebook.offer_remedy(reference, ines, "full_refund", "o")
    core.casebook.agree(reference, ines, offer.id, "a")
    core.shop.postpone(key(visitor), date(2026, 12, 24))

    rounds.until(at(24, 17))

    assert not [said for said in notices(core, visitor) if "blender" in said]
    assert instruction(core, visitor).look_at is None


# News, however it comes


def test_done_never_goes_back(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.casebook.hear_from_shop(receipt(key(visitor), "done", done_on=date(2026, 11, 24)))

    core.casebook.hear_from_shop(receipt(key(visitor), "accepted", expected_on=date(2026, 12, 24)))
    core.casebook.hear_from_shop(receipt(key(visitor), "refused", why="sold out"))
    rounds.go()

    assert instruction(core, visitor).state == "done"
    assert promises(core, visitor)[0].state == PromiseState.MET
    assert visitor.handoffs == []


def test_older_news_does_not_overtake_newer(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.clock.advance(timedelta(minutes=10))
    now = core.clock.now()

    core.casebook.hear_from_shop(receipt(key(visitor), expected_on=date(2026, 11, 26)), now)
    core.casebook.hear_from_shop(
        receipt(key(visitor), expected_on=date(2026, 12, 24)), now - timedelta(minutes=3)
    )

    assert instruction(core, visitor).expected_on == date(2026, 11, 26)
    assert len(promises(core, visitor)) == 1


def test_news_told_twice_is_one_piece_of_news(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    for _ in range(3):
        core.casebook.hear_from_shop(receipt(key(visitor), "done", done_on=date(2026, 11, 23)))
        rounds.go()

    assert len(notices(core, visitor)) == 1


def test_news_of_what_we_never_asked_for_is_none(core):
    assert core.casebook.hear_from_shop(receipt("KX-4821-M:replacement")) is False


# Crashes, and two at once


def test_a_crash_between_asking_and_writing_loses_nothing(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.shop.postpone(key(visitor), date(2026, 11, 30))
    writes = core.casebook.hear_from_shop

    def dies(*_):
        raise KeyboardInterrupt

    core.casebook.hear_from_shop = dies
    with pytest.raises(KeyboardInterrupt):
        rounds.until(at(23, 10, 30))
    core.casebook.hear_from_shop = writes
    assert len(promises(core, visitor)) == 1

    rounds.until(at(23, 11))

    assert instruction(core, visitor).expected_on == date(2026, 11, 30)
    assert len(notices(core, visitor)) == 1


def test_a_crash_between_telling_the_shop_and_keeping_its_receipt_tells_it_once(core, rounds):
    visitor = maya_waits(core)
    (told,) = [m for m in visitor.outbox if m.key == key(visitor)]
    core.shop.instruct(instruction_of(told))  # and then it died

    rounds.go()

    assert instruction(core, visitor).state == "accepted"
    assert core.rows(OutboxMessage, key=told.key)[0].sent_at is not None


@pytest.fixture
def two(either_store: Store, clock: HeldClock) -> Iterator[tuple[Core, list[Round]]]:
    """Two workers, each in a process of its own: only the database and the shop are shared."""
    core = Core(either_store, clock)
    workers = []
    for _ in range(2):
        other = Core(Store(either_store.url), clock)
        other.shop = core.shop
        other.restart()
        workers.append(Round(other))
    yield core, workers
    for worker in workers:
        worker.core.store.engine.dispose()


def test_two_who_deliver_at_once_tell_each_thing_once(two):
    core, workers = two
    visitor = maya_waits(core)

    def all_at_once() -> None:
        at_once(*[worker.go for worker in workers * 2])

    all_at_once()
    core.shop.postpone(key(visitor), date(2026, 11, 30))
    for _ in range(4):
        core.clock.advance(timedelta(minutes=3))
        all_at_once()
    assert len(promises(core, visitor)) == 2
    assert len(notices(core, visitor)) == 1

    core.clock.advance(at(30, 11) - core.clock.now())
    for _ in range(3):
        all_at_once()
        core.clock.advance(timedelta(minutes=3))

    assert [row.state for row in promises(core, visitor)] == ["moved", "met"]
    assert len(notices(core, visitor)) == 2
    assert len(core.rows(Handoff, conversation_id=visitor.id)) == 1


def test_the_same_news_from_two_sides_at_once_is_told_once(two):
    core, workers = two
    visitor = maya_waits(core)
    workers[0].go()
    late = receipt(key(visitor), expected_on=date(2026, 11, 30))

    at_once(*[lambda w=w: w.core.casebook.hear_from_shop(late) for w in workers * 3])

    workers[0].go()
    assert len(notices(core, visitor)) == 1
    assert len(promises(core, visitor)) == 2
    done = receipt(key(visitor), "done", done_on=date(2026, 11, 23))
    at_once(*[lambda w=w: w.core.casebook.hear_from_shop(done) for w in workers * 3])
    workers[0].go()
    assert len(notices(core, visitor)) == 2


def test_each_turn_is_one_workers(two):
    core, workers = two
    maya_waits(core, "full_refund")  # the money, the label and a kindness
    asked: list[str] = []
    look = core.shop.instruction
    core.shop.instruction = lambda key: asked.append(key) or look(key)
    core.clock.advance(timedelta(minutes=3))

    def ask(worker: Round) -> Callable[[], None]:
        def all_there_is() -> None:
            while worker.core.casebook.ask_after_one(EVERY):
                pass

        return all_there_is

    at_once(*[ask(worker) for worker in workers * 2])

    assert sorted(asked) == sorted(row.key for row in core.rows(InstructionRow))


# The shop is slow


def test_a_shop_that_is_slow_is_left_in_peace_and_what_is_known_is_judged(core, monkeypatch):
    took = iter([0.0, 0.0, 6.0, 6.0, *[6.1] * 50])
    monkeypatch.setattr("channels.shop.monotonic", lambda: next(took, 6.1))
    asked = []
    house = SimpleNamespace(
        settings=SimpleNamespace(shop_look_minutes=2),
        casebook=SimpleNamespace(
            ask_after_one=lambda every, ask: asked.append(ask) or len(asked) == 1,
            judge_overdue=lambda: asked.append("judged"),
        ),
    )
    shop = Shop(house)

    shop.look()
    shop.look()

    assert asked == [True, "judged", False, "judged"]


# What a customer and a person read of it


def test_where_is_it_says_the_new_date_and_then_the_day_it_came(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    assert visitor.enquires().state == "resolving"
    core.shop.postpone(key(visitor), date(2026, 11, 30))
    rounds.until(at(23, 10, 30))

    moved = visitor.enquires()
    assert (moved.state, moved.words["by"]) == ("moved", "by Wednesday 2 December")

    rounds.until(at(30, 10), timedelta(hours=1))
    done = visitor.enquires()
    assert (done.state, done.remedy) == ("done", "replacement_done")
    assert done.words["date"] == "Monday 30 November"


def test_a_person_reads_what_the_shop_said(core, rounds):
    visitor = maya_waits(core)
    rounds.go()
    core.shop.postpone(key(visitor), date(2026, 11, 30))
    rounds.until(at(23, 10, 30))
    ines = core.person("Ines Duarte")

    file = core.casebook.look_at(visitor.case.reference, ines, "look")

    promised = [line for line in file.summary["promised"] if line.startswith("a replacement")]
    assert promised == [
        "a replacement, by Friday 27 November: put off, it took longer than planned",
        "a replacement, by Wednesday 2 December: open, the shop expects it on Monday 30 November",
    ]
    rounds.until(at(30, 10), timedelta(hours=1))
    file = core.casebook.look_at(visitor.case.reference, ines, "later")
    assert (
        "a replacement, by Wednesday 2 December: kept, done on Monday 30 November"
        in (file.summary["promised"])
    )


def stuck(core: Core, visitor: Visitor, expected_on: date) -> None:
    """The shop says the same whenever it is asked, and does nothing."""
    known = core.shop.instruction

    def says(asked: str) -> InstructionReceipt | None:
        return receipt(asked, expected_on=expected_on) if asked == key(visitor) else known(asked)

    core.shop.instruction = says


def refused(core: Core, visitor: Visitor, why: str = "sold out") -> None:
    """The shop will not send a replacement."""
    takes = core.shop.instruct

    def says(told: Any) -> InstructionReceipt:
        return receipt(told.key, "refused", why=why) if told.key == key(visitor) else takes(told)

    core.shop.instruct = says


def instruction_of(told: OutboxMessage) -> Instruction:
    payload = told.payload
    return Instruction(payload["key"], payload["kind"], payload["order_number"], payload["sku"])


def test_what_a_person_put_off_is_still_met_by_the_word_of_the_shop(core, rounds):
    lena = core.person("Lena Fischer", "lead")
    visitor = maya_waits(core, "full_refund")
    rounds.go()
    core.shop.delay(key(visitor, "full_refund"), 6)
    rounds.until(at(24, 12))
    *_, slipped = promises(core, visitor, "full_refund")
    assert slipped.moved_because, "the shop is late, and they heard it"
    core.casebook.move_promise(
        visitor.case.reference, lena, slipped.id, date(2026, 12, 14), "the bank is slow", "move"
    )

    rounds.until(at(15, 12, month=12), timedelta(hours=1))

    *_, last = promises(core, visitor, "full_refund")
    assert last.state == PromiseState.MET
    assert any("has been paid" in each for each in notices(core, visitor))
    assert not any("haven't kept that" in each for each in notices(core, visitor))


def test_what_the_shop_broke_stays_the_shops_whoever_takes_it_over(core, rounds):
    ines = core.person("Ines Duarte")
    visitor = maya_waits(core)
    rounds.go()
    stuck(core, visitor, date(2026, 11, 25))
    core.clock.advance(timedelta(days=6))  # nobody looked
    rounds.until(at(30, 10))
    assert [given.reason for given in visitor.handoffs] == ["overdue"]

    core.casebook.take_over(visitor.case.reference, ines, "take")

    *_, broken = promises(core, visitor)
    assert (broken.state, broken.owner) == (PromiseState.BREACHED, "shop")


def lena_moves_the_late_refund(core: Core, rounds: Round) -> Visitor:
    """The shop slipped, they heard it, and the lead names 14 December."""
    lena = core.person("Lena Fischer", "lead")
    visitor = maya_waits(core, "full_refund")
    rounds.go()
    core.shop.delay(key(visitor, "full_refund"), 6)
    rounds.until(at(24, 12))
    *_, slipped = promises(core, visitor, "full_refund")
    core.casebook.move_promise(
        visitor.case.reference, lena, slipped.id, date(2026, 12, 14), "the bank is slow", "move"
    )
    return visitor


def test_what_slipped_and_was_moved_by_a_person_is_still_known_to_have_slipped(core, rounds):
    visitor = lena_moves_the_late_refund(core, rounds)

    status = visitor.enquires()

    assert (status.state, status.words["by"]) == ("moved", "by Monday 14 December")


def test_what_slips_again_after_a_person_moved_it_is_a_persons_and_not_put_off_once_more(
    core, rounds
):
    visitor = lena_moves_the_late_refund(core, rounds)
    core.shop.postpone(key(visitor, "full_refund"), date(2026, 12, 21))

    rounds.until(at(25, 12))

    assert HandoffReason.LATE_AGAIN in [given.reason for given in visitor.handoffs]
    assert [row.state for row in promises(core, visitor, "full_refund")] == [
        "moved", "moved", "pending",
    ]  # fmt: skip


def test_what_a_person_put_off_is_met_when_the_shop_calls_in_and_how_it_was_is_asked(core, rounds):
    visitor = lena_moves_the_late_refund(core, rounds)
    for kind in ("return_label", "full_refund"):
        for told in core.rows(InstructionRow, kind=kind):
            done = receipt(told.key, "done", done_on=date(2026, 11, 24))
            assert core.casebook.hear_from_shop(done)

    rounds.go()

    *_, last = promises(core, visitor, "full_refund")
    assert last.state == PromiseState.MET
    assert [told.key for told in visitor.outbox if told.key.startswith("done:")][-1:] == [
        f"done:{last.id}"
    ]
    assert any("has been paid" in each for each in notices(core, visitor))
    core.clock.advance(at(15, 10, month=12) - core.clock.now())
    core.casebook.follow_up(core.clock.now())
    assert last.id in [asked.promise_id for asked in core.rows(FollowUp)]


def test_what_a_person_paid_is_told_with_their_day_and_not_with_that_of_the_label(core, rounds):
    lena = core.person("Lena Fischer", "lead")
    visitor = maya_waits(core, "full_refund")
    label = key(visitor, "full_refund").replace("full_refund", "return_label")
    assert core.casebook.hear_from_shop(receipt(label, "done", done_on=date(2026, 11, 24)))
    (owed,) = promises(core, visitor, "full_refund")
    core.clock.advance(owed.due_at + timedelta(days=1) - core.clock.now())

    core.casebook.keep_promise(visitor.case.reference, lena, owed.id, "paid by hand")

    paid_on = date_in_words(core.clock.now(), "Europe/London")
    assert visitor.enquires().words["date"] == paid_on
