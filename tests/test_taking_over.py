"""A person takes over: it is theirs alone, the assistant is silent, and nothing is told twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from complaints.answering import Unanswered
from complaints.conversation import Author, Reply
from complaints.errors import AlreadyTaken, Conflict, NotAllowed, NotFound
from complaints.handoff import HandoffReason
from complaints.question import Question
from tests.core import Core, maya, maya_with_offers
from tests.speaking import Speaker


@pytest.fixture
def ines(core: Core) -> str:
    return core.person("Ines Duarte")


@pytest.fixture
def omar(core: Core) -> str:
    return core.person("Omar Haddad")


def said(visitor) -> list[tuple[str, str]]:
    return [(m.author, m.text) for m in visitor.core.conversations.since(visitor.id)]


def waiting_for_a_person(core: Core):
    visitor = maya_with_offers(core)
    visitor.asks_for_a_person()
    return visitor


def in_hand(core: Core, by: str):
    """Maya is with a person who has answered her."""
    visitor = waiting_for_a_person(core)
    core.casebook.take_over(visitor.case.reference, by, "take")
    core.casebook.reply(visitor.case.reference, by, "Hello Maya, I'm on it.", "hello")
    return visitor


def test_whoever_takes_over_has_it_and_the_customer_hears_their_name(core, ines):
    visitor = waiting_for_a_person(core)

    taken = core.casebook.take_over(visitor.case.reference, ines, "k1")

    assert (taken.by, taken.name) == ("ines", "Ines Duarte")
    assert (visitor.conversation.handler, visitor.conversation.agent) == ("agent", "ines")
    assert visitor.handoffs[0].taken_by == "ines"
    author, text = said(visitor)[-1]
    assert author == Author.NOTICE
    assert text.startswith("Ines Duarte is with you now, a person")
    assert visitor.promises["first_reply_by_a_person"].owner == "ines"


def test_the_second_to_take_over_is_told_who_has_it(core, ines, omar):
    visitor = waiting_for_a_person(core)
    core.casebook.take_over(visitor.case.reference, ines, "k1")

    with pytest.raises(AlreadyTaken) as taken:
        core.casebook.take_over(visitor.case.reference, omar, "k2")

    assert taken.value.name == "Ines Duarte"
    assert visitor.conversation.agent == "ines"


def test_taking_over_twice_says_it_once(core, ines):
    visitor = waiting_for_a_person(core)
    first = core.casebook.take_over(visitor.case.reference, ines, "k1")

    assert core.casebook.take_over(visitor.case.reference, ines, "k1") == first
    assert core.casebook.take_over(visitor.case.reference, ines, "another click") == first
    assert len([text for _, text in said(visitor) if "is with you now" in text]) == 1


def test_of_two_who_take_over_at_once_one_wins_a_hundred_times_of_a_hundred(either_store, clock):
    core = Core(either_store, clock)
    people = [core.person("Ines Duarte", most_open=200), core.person("Omar Haddad", most_open=200)]
    references = []
    for number in range(100):
        visitor = core.visitor(f"visitor {number}")
        visitor.asks_for_a_person()
        references.append(visitor.case.reference)

    def take(who: str, reference: str) -> str:
        try:
            return core.casebook.take_over(reference, who, f"{who} takes").by
        except AlreadyTaken as taken:
            return f"lost to {taken.name}"

    with ThreadPoolExecutor(2) as both:
        for reference in references:
            won = set(both.map(take, people, [reference] * 2))
            names = {"ines": "lost to Ines Duarte", "omar": "lost to Omar Haddad"}
            winner = next(who for who in people if who in won)
            assert won == {winner, names[winner]}
            row = next(row for row in core.casebook.queue() if row.reference == reference)
            assert row.taken_by == winner


def test_a_person_may_step_in_while_the_assistant_is_still_talking(core, ines):
    visitor = maya_with_offers(core)

    core.casebook.take_over(visitor.case.reference, ines, "k1")

    assert visitor.case.status == "with_person"
    assert visitor.next().kind == "nothing"
    assert visitor.handoffs[0].reason == HandoffReason.STEPPED_IN


def test_hands_that_are_full_take_nothing_more(core):
    busy = core.person("Tess Ahn", most_open=1)
    first, second = waiting_for_a_person(core), core.visitor("ada")
    second.asks_for_a_person()
    core.casebook.take_over(first.case.reference, busy, "k1")

    with pytest.raises(Conflict, match="Tess Ahn has 1 conversations in hand"):
        core.casebook.take_over(second.case.reference, busy, "k2")

    assert second.conversation.handler == "queue"


def test_danger_does_not_wait_for_a_free_hand(core):
    busy = core.person("Tess Ahn", most_open=0)
    visitor = maya(core)
    visitor.tells("it gave me an electric shock", "report_danger", danger="electric_shock")
    visitor.asks_for_a_person(HandoffReason.DANGER)

    assert core.casebook.take_over(visitor.case.reference, busy, "k1").by == "tess"


def test_two_complaints_are_taken_over_together(core, ines):
    visitor = maya_with_offers(core)
    visitor.tells("also your driver was rude to my mother", "complain_poor_service")
    visitor.asks_for_a_person()

    taken = core.casebook.take_over(visitor.cases[0].reference, ines, "k1")

    assert set(taken.references) == {case.reference for case in visitor.cases}
    assert {handoff.taken_by for handoff in visitor.handoffs} == {"ines"}


def test_a_stranger_takes_nothing(core):
    visitor = waiting_for_a_person(core)

    with pytest.raises(NotAllowed, match="nobody works here as mallory"):
        core.casebook.take_over(visitor.case.reference, "mallory", "k1")
    with pytest.raises(NotFound):
        core.casebook.take_over("KX-0000-X", core.person("Ines Duarte"), "k1")


# Talking


def test_the_first_reply_keeps_the_promise_of_an_answer(core, ines):
    visitor = waiting_for_a_person(core)
    core.casebook.take_over(visitor.case.reference, ines, "k1")

    message = core.casebook.reply(visitor.case.reference, ines, "Hello Maya.", "k2")

    assert visitor.promises["first_reply_by_a_person"].state == "met"
    assert (message.author, message.name, message.text) == ("agent", "Ines Duarte", "Hello Maya.")
    assert said(visitor)[-1] == ("agent", "Hello Maya.")


def test_a_reply_sent_twice_is_said_once(core, ines):
    visitor = in_hand(core, ines)

    again = core.casebook.reply(visitor.case.reference, ines, "Hello Maya, I'm on it.", "hello")

    assert [m.id for m in core.conversations.since(visitor.id) if m.author == "agent"] == [again.id]


def test_only_who_has_it_speaks_to_the_customer(core, ines, omar):
    visitor = in_hand(core, ines)

    with pytest.raises(Conflict, match="Ines Duarte has case"):
        core.casebook.reply(visitor.case.reference, omar, "Me too!", "k9")
    assert "Me too!" not in [text for _, text in said(visitor)]


def test_nobody_speaks_before_they_take_over(core, ines):
    visitor = waiting_for_a_person(core)

    with pytest.raises(Conflict, match="take it over first"):
        core.casebook.reply(visitor.case.reference, ines, "Hello.", "k1")


def test_a_note_is_never_seen_by_the_customer(core, ines, omar):
    visitor = in_hand(core, ines)

    core.casebook.note(visitor.case.reference, omar, "She rang last week too.", "k3")

    assert "She rang last week too." not in [text for _, text in said(visitor)]
    file = core.casebook.look_at(visitor.case.reference, ines, "look")
    note = next(m for m in file.transcript if m.author == "note")
    assert (note.name, note.text) == ("Omar Haddad", "She rang last week too.")


def test_every_act_stands_in_the_log_under_its_persons_name(core, ines):
    visitor = in_hand(core, ines)
    core.casebook.look_at(visitor.case.reference, ines, "look")
    core.casebook.note(visitor.case.reference, ines, "all good", "note")

    acts = [(entry.actor, entry.verb) for entry in visitor.log if entry.actor == "ines"]

    assert acts == [(ines, verb) for verb in ("take_over", "reply", "look_at", "note")]


# The assistant is silent


def test_what_the_assistant_says_after_a_person_took_over_is_kept_as_a_note(core, ines):
    visitor = maya_with_offers(core)
    asked, _ = core.conversations.receive(visitor.id, "and when?", "c-1")
    core.casebook.take_over(visitor.case.reference, ines, "k1")

    Unanswered(core.store, core.clock).answer(asked.id, [Reply("Which would you like?")])

    assert "Which would you like?" not in [text for _, text in said(visitor)]
    transcript = core.casebook.look_at(visitor.case.reference, ines, "look").transcript
    assert ("note", "Which would you like?") in [(m.author, m.text) for m in transcript]


def test_a_complaint_that_was_on_its_way_to_the_assistant_opens_no_second_case(core, ines):
    visitor = maya_with_offers(core)
    core.casebook.take_over(visitor.case.reference, ines, "k1")

    visitor.tells("and the kettle is broken too", "complain_damaged_item")

    assert len(visitor.cases) == 1
    assert visitor.next().kind == "nothing"


# Giving it on


def test_a_transfer_gives_the_conversation_and_what_was_promised_to_the_other(core, ines, omar):
    visitor = in_hand(core, ines)
    core.casebook.make_promise(
        visitor.case.reference, ines, "next_word", core.clock.now() + timedelta(hours=2), "p"
    )

    core.casebook.transfer(visitor.case.reference, ines, omar, "k5", note="He knows blenders.")

    assert visitor.conversation.agent == "omar"
    assert visitor.promises["next_word"].owner == "omar"
    assert said(visitor)[-1][1].startswith("Omar Haddad is with you now")
    core.casebook.reply(visitor.case.reference, omar, "Hello from Omar.", "k6")
    with pytest.raises(Conflict):
        core.casebook.reply(visitor.case.reference, ines, "Still me?", "k7")


def test_a_lead_gives_out_what_nobody_has_and_an_agent_does_not(core, ines, omar):
    lead = core.person("Lena Fox", "lead")
    visitor = waiting_for_a_person(core)

    with pytest.raises(Conflict):
        core.casebook.transfer(visitor.case.reference, ines, omar, "k1")
    core.casebook.transfer(visitor.case.reference, lead, omar, "k2")

    assert visitor.conversation.agent == "omar"


def test_nobody_is_given_more_than_they_can_hold(core, ines):
    full = core.person("Tess Ahn", most_open=0)
    visitor = in_hand(core, ines)

    with pytest.raises(Conflict, match="Tess Ahn has 0"):
        core.casebook.transfer(visitor.case.reference, ines, full, "k1")
    assert visitor.conversation.agent == "ines"


# Handing back


def test_handed_back_the_assistant_goes_on_with_what_the_person_offered(core, ines):
    visitor = in_hand(core, ines)
    core.casebook.offer_remedy(visitor.case.reference, ines, "full_refund", "o1")

    core.casebook.hand_back(visitor.case.reference, ines, "She thinks it over.", "k1")

    assert (visitor.conversation.handler, visitor.conversation.agent) == ("bot", None)
    back = visitor.core.conversations.since(visitor.id)[-1]
    assert back.author == Author.ASSISTANT
    assert "What you were offered still stands" in back.text
    assert any("All your money back: £64.00" in button["title"] for button in back.buttons)
    step = visitor.says("ok so where were we", "other")
    assert step.kind == "offer"
    assert visitor.presses("full_refund").kind == "confirm"


def test_an_answer_to_what_a_person_offered_is_taken_as_one_after_it_is_handed_back(core, ines):
    visitor = in_hand(core, ines)
    core.casebook.offer_remedy(visitor.case.reference, ines, "full_refund", "o1")
    core.casebook.hand_back(visitor.case.reference, ines, "She thinks it over.", "k1")

    hearing = visitor.tells("yes the refund please", "accept_offer", remedy="full_refund")

    assert hearing.pending == Question.CHOICE


def test_handed_back_the_assistant_says_where_the_case_stands(core, ines):
    visitor = in_hand(core, ines)
    reference = visitor.case.reference
    offer = core.casebook.offer_remedy(reference, ines, "full_refund", "o1")
    core.casebook.agree(reference, ines, offer.id, "a1")
    core.casebook.make_promise(reference, ines, "next_word", date(2026, 11, 26), "p1")

    core.casebook.hand_back(reference, ines, "Settled.", "k1")

    _, text = said(visitor)[-1]
    assert text.startswith("This is the automated assistant again: Ines Duarte has passed")
    assert "£64.00 goes back to you by " in text
    assert "you hear from one of us here by Thursday 26 November" in text
    assert "You don't have to tell any of it again" in text
    assert "?" not in text


def test_to_ask_where_it_is_opens_no_second_case(core, ines):
    visitor = in_hand(core, ines)
    offer = core.casebook.offer_remedy(visitor.case.reference, ines, "full_refund", "o1")
    core.casebook.agree(visitor.case.reference, ines, offer.id, "a1")
    core.casebook.hand_back(visitor.case.reference, ines, "Settled.", "k1")

    for asked, intent in (
        ("where is my refund", "complain_wrong_charge"),
        ("when will I get my money?", "complain_late_delivery"),
        ("is my refund on its way", "express_wish"),
    ):
        hearing = visitor.tells(asked, intent, remedy="full_refund")
        assert hearing.reference == visitor.case.reference and not hearing.changed_mind

    assert len(visitor.cases) == 1
    visitor.tells(
        "also the lamp was late, where is my refund", "complain_late_delivery", remedy="full_refund"
    )
    assert len(visitor.cases) == 2


def test_handed_back_nothing_is_asked_again(core, ines):
    visitor = core.visitor("tom")
    visitor.says("the kettle leaks", "complain_damaged_item", item="kettle")
    visitor.asks_for_a_person()
    core.casebook.take_over(visitor.case.reference, ines, "k1")
    core.casebook.reply(visitor.case.reference, ines, "Which order?", "k2")

    core.casebook.hand_back(visitor.case.reference, ines, "Order not found, she will look.", "k3")

    step = visitor.says("hello?", "greet")
    assert step.kind == "offer"  # neither order, nor proof, nor wish
    assert visitor.case.status == "listening"


def test_handed_back_only_what_the_person_left_open_is_asked(core, ines):
    visitor = core.visitor("tom")
    visitor.says("the kettle leaks", "complain_damaged_item", item="kettle")
    visitor.asks_for_a_person()
    core.casebook.take_over(visitor.case.reference, ines, "k1")
    core.casebook.reply(visitor.case.reference, ines, "Let me see.", "k2")

    core.casebook.hand_back(
        visitor.case.reference, ines, "Ask what he wants.", "k3", ask=[Question.WISH]
    )

    back = core.conversations.since(visitor.id)[-1]  # at once, not when he writes next
    assert back.text.endswith(
        ("What would put this right for you?", "make this good again for you?")
    )
    assert visitor.case.pending == Question.WISH
    step = visitor.says("a written apology", "express_wish", remedy="written_apology")
    assert step.kind == "offer"


def test_danger_that_a_person_has_judged_sends_nobody_round_in_a_circle(core, ines):
    visitor = maya(core)
    visitor.tells("it sparked", "report_danger", danger="fire")
    visitor.asks_for_a_person(HandoffReason.DANGER)
    core.casebook.take_over(visitor.case.reference, ines, "k1")
    core.casebook.reply(visitor.case.reference, ines, "Is everybody safe?", "k2")
    core.casebook.hand_back(visitor.case.reference, ines, "All safe; replace it.", "k3")

    assert visitor.says("what now", "other").kind == "offer"
    assert visitor.says("it is burning again!", "report_danger", danger="fire").kind == "hand_off"


def test_nobody_is_handed_back_without_an_answer_or_without_a_note(core, ines):
    visitor = waiting_for_a_person(core)
    core.casebook.take_over(visitor.case.reference, ines, "k1")

    with pytest.raises(Conflict, match="was promised a person's answer"):
        core.casebook.hand_back(visitor.case.reference, ines, "nothing to add", "k2")
    core.casebook.reply(visitor.case.reference, ines, "Hello.", "k3")
    with pytest.raises(NotAllowed, match="with a note"):
        core.casebook.hand_back(visitor.case.reference, ines, " ", "k4")

    assert visitor.conversation.handler == "agent"


def test_what_a_person_promised_is_told_when_asked_after_they_gave_it_back(core, ines):
    visitor = in_hand(core, ines)
    core.casebook.make_promise(
        visitor.case.reference, ines, "next_word", core.clock.now() + timedelta(hours=3), "p"
    )
    core.casebook.hand_back(visitor.case.reference, ines, "Waiting for the depot.", "k1")

    status = visitor.enquires()

    assert status.promised == "next_word"
    assert status.words["promised_by"] == "today by 1:00 pm"


def test_a_second_complaint_waits_for_its_turn_again_after_the_person(core, ines):
    visitor = maya_with_offers(core)
    visitor.tells("also your driver was rude to my mother", "complain_poor_service")
    visitor.asks_for_a_person()
    first = visitor.cases[0]
    core.casebook.take_over(first.reference, ines, "k1")
    core.casebook.reply(first.reference, ines, "Both read.", "k2")

    core.casebook.hand_back(first.reference, ines, "Please go on.", "k3")

    assert [case.status for case in visitor.cases] == ["listening", "next"]


def test_the_assistant_starts_a_fresh_memory_after_a_person(core, ines):
    visitor = in_hand(core, ines)
    before = visitor.conversation.tracker_id

    core.casebook.hand_back(visitor.case.reference, ines, "done", "k1")

    assert visitor.conversation.tracker_id != before


def test_asked_after_a_person_the_assistant_tells_what_that_person_promised(
    core, ines, monkeypatch
):
    visitor = in_hand(core, ines)
    core.casebook.make_promise(
        visitor.case.reference, ines, "next_word", core.clock.now() + timedelta(hours=3), "p"
    )
    core.casebook.hand_back(visitor.case.reference, ines, "Waiting for the depot.", "k1")

    told = Speaker(core, monkeypatch).tell(visitor, "any news?", "ask_status")

    assert "you hear from one of us here today by 1:00 pm" in " ".join(told)


def test_with_everybody_busy_the_customer_hears_so_and_is_offered_a_call(core, monkeypatch):
    core.person("Tess Ahn", most_open=0)

    told = Speaker(core, monkeypatch).tell(maya(core), "a person, please", "ask_for_person")

    assert "Everybody is with a customer just now. A person answers you here today by" in told[0]
    assert "If you'd rather be called" in told[1]


# Closing and reopening


def test_a_case_is_closed_with_outcome_reason_and_root_cause(core, ines):
    visitor = in_hand(core, ines)

    core.casebook.close(
        visitor.case.reference, ines, "partly_upheld", "one of two jugs was ours", "packing", "k1"
    )

    case = visitor.case
    assert (case.status, case.outcome, case.root_cause) == ("closed", "partly_upheld", "packing")
    assert case.closed_at == core.clock.now()
    assert visitor.conversation.handler == "bot"
    assert said(visitor)[-1][1].startswith(f"Ines Duarte has closed case {case.reference}")
    assert core.casebook.queue() == []


@pytest.mark.parametrize(
    "outcome, reason, cause", [("won", "r", "c"), ("upheld", " ", "c"), ("upheld", "r", "")]
)
def test_a_case_is_not_closed_without_saying_why(core, ines, outcome, reason, cause):
    visitor = in_hand(core, ines)

    with pytest.raises(NotAllowed):
        core.casebook.close(visitor.case.reference, ines, outcome, reason, cause, "k1")


def test_a_case_is_not_closed_while_a_person_owes_them_something(core, ines):
    visitor = in_hand(core, ines)
    promise = core.casebook.make_promise(
        visitor.case.reference, ines, "next_word", core.clock.now() + timedelta(hours=2), "p"
    )

    with pytest.raises(Conflict, match="to hear from us is still owed"):
        core.casebook.close(visitor.case.reference, ines, "upheld", "r", "c", "k1")

    core.casebook.keep_promise(visitor.case.reference, ines, promise.id, "kept")
    core.casebook.close(visitor.case.reference, ines, "upheld", "r", "c", "k2")
    assert visitor.case.status == "closed"


def test_closing_one_of_two_complaints_leaves_the_other_in_hand(core, ines):
    visitor = maya_with_offers(core)
    visitor.tells("also your driver was rude to my mother", "complain_poor_service")
    visitor.asks_for_a_person()
    first, second = visitor.cases
    core.casebook.take_over(first.reference, ines, "k1")
    core.casebook.reply(first.reference, ines, "Both read.", "k2")

    core.casebook.close(first.reference, ines, "upheld", "r", "c", "k3")

    assert visitor.conversation.agent == "ines"
    assert [row.reference for row in core.casebook.queue()] == [second.reference]


def test_a_closed_case_is_reopened_into_the_hands_of_whoever_does_it(core, ines, omar):
    visitor = in_hand(core, ines)
    core.casebook.close(visitor.case.reference, ines, "upheld", "r", "c", "k1")

    core.casebook.reopen(visitor.case.reference, omar, "k2")

    assert (visitor.case.status, visitor.case.closed_at) == ("with_person", None)
    assert visitor.conversation.agent == "omar"
    assert "has opened case" in said(visitor)[-1][1]
    with pytest.raises(Conflict, match="not closed"):
        core.casebook.reopen(visitor.case.reference, omar, "k3")
