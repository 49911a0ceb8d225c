"""The day after a promised date we ask whether all is well: once, and act on the answer."""

from datetime import UTC, datetime, timedelta

import pytest

from complaints.case import PromiseRow
from complaints.casebook.following_up import LETTER
from complaints.clock import HeldClock
from complaints.conversation import Author, Message
from complaints.errors import NotAllowed
from complaints.follow_up import FollowUp, FollowUpAnswer, ask_at
from complaints.outbox import OutboxMessage
from complaints.promise import Due, PromiseState
from complaints.report import Period
from complaints.store import Store
from tests.core import SHOP_POLICY, Core, Visitor, maya, maya_with_offers
from tests.speaking import Speaker
from tests.test_conversation import at_once

ALL_GOOD, NOT_RIGHT, PERSON = FollowUpAnswer
MONDAY_AFTER = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)  # the promise was told for Friday


@pytest.fixture
def speaker(core: Core, monkeypatch: pytest.MonkeyPatch) -> Speaker:
    return Speaker(core, monkeypatch)


@pytest.fixture
def promised(core: Core) -> Visitor:
    """Maya's replacement is promised by Friday 27 November."""
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    return visitor


@pytest.fixture
def kept(core: Core, promised: Visitor) -> Visitor:
    """It came on Wednesday."""
    core.clock.advance(timedelta(days=2))
    keep(core, promised)
    return promised


@pytest.fixture
def asked(core: Core, kept: Visitor) -> Visitor:
    """It is the Monday after, and Maya was asked."""
    go_to(core, MONDAY_AFTER)
    assert follow_up(core) == 1
    return kept


def keep(core: Core, visitor: Visitor, kind: str = "replacement") -> None:
    """The shop says that it happened."""
    change(core, visitor, kind, lambda promise, now: promise.meet(now))


def change(core: Core, visitor: Visitor, kind: str, how) -> None:
    with core.store.transaction() as session:
        row = session.get_one(PromiseRow, visitor.promises[kind].id)
        row.become(how(row.promise(), core.clock.now()))


def go_to(core: Core, at: datetime) -> None:
    core.clock.advance(at - core.clock.now())


def follow_up(core: Core) -> int:
    return core.casebook.follow_up(core.clock.now())


def question(visitor: Visitor) -> Message | None:
    """What the house asked last, by itself."""
    notices = [
        said
        for said in visitor.core.conversations.since(visitor.id)
        if said.author == Author.NOTICE
    ]
    return notices[-1] if notices else None


def press(speaker: Speaker, visitor: Visitor, title: str) -> list[str]:
    shown = {button["title"]: button["payload"] for button in question(visitor).buttons}
    return speaker.press(visitor, (shown | getattr(speaker, "buttons", {}))[title])


def row(core: Core) -> FollowUp:
    (found,) = core.rows(FollowUp)
    return found


def asking_letters(core: Core) -> list[OutboxMessage]:
    letters = core.rows(OutboxMessage, transport="letter")
    return [letter for letter in letters if letter.key.startswith("follow_up:")]


# When


def test_nobody_is_asked_before_the_day_after_the_told_date(core: Core, kept: Visitor):
    for _ in range(5 * 24 - 1):  # hour by hour, up to Monday at eight
        assert follow_up(core) == 0
        core.clock.advance(timedelta(hours=1))
        if core.clock.now() >= MONDAY_AFTER:
            break

    go_to(core, MONDAY_AFTER)
    assert follow_up(core) == 1


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (datetime(2026, 11, 27, 17, 30, tzinfo=UTC), datetime(2026, 11, 30, 9, tzinfo=UTC)),
        (datetime(2026, 11, 24, 14, 0, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC)),
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), datetime(2026, 11, 30, 9, tzinfo=UTC)),
        # Christmas: closed from Thursday 24 to Monday 28 December, but for Saturday's holiday.
        (datetime(2026, 12, 23, 17, 30, tzinfo=UTC), datetime(2026, 12, 29, 9, tzinfo=UTC)),
        # The clocks go forward in the night to Sunday 28 March: nine o'clock is eight in UTC.
        (datetime(2027, 3, 26, 17, 30, tzinfo=UTC), datetime(2027, 3, 30, 8, tzinfo=UTC)),
    ],
)
def test_it_is_asked_when_the_shop_opens_on_the_next_working_day(core: Core, told, asked):
    assert ask_at(told, core.policy) == asked


def test_it_is_asked_only_while_somebody_is_there(core: Core, kept: Visitor):
    go_to(core, MONDAY_AFTER.replace(hour=18))  # deliver was down the whole day

    assert follow_up(core) == 0

    go_to(core, datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    assert follow_up(core) == 1


def test_it_is_asked_once_however_many_look_and_crash(core: Core, kept: Visitor):
    go_to(core, MONDAY_AFTER)
    said = len(core.conversations.since(kept.id))

    at_once(4, lambda _: follow_up(core))
    core.restart()
    follow_up(core)

    assert len(core.conversations.since(kept.id)) == said + 1
    assert len(core.rows(FollowUp)) == 1
    assert len(asking_letters(core)) == 1


def test_many_workers_ask_once_on_either_database(either_store: Store, clock: HeldClock):
    core = Core(either_store, clock)
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    keep(core, visitor)
    go_to(core, MONDAY_AFTER)

    assert sum(at_once(4, lambda _: follow_up(core))) == 1
    assert len(core.rows(FollowUp)) == 1


@pytest.mark.parametrize("state", ["pending", "breached", "moved"])
def test_nobody_is_asked_about_what_did_not_happen(core: Core, promised: Visitor, state: str):
    later = Due(MONDAY_AFTER, datetime(2026, 12, 2, 17, 30, tzinfo=UTC), True)
    if state == "breached":
        go_to(core, MONDAY_AFTER)
        change(core, promised, "replacement", lambda promise, now: promise.breach(now))
    if state == "moved":
        change(core, promised, "replacement", lambda p, now: p.move(later, now, "a storm")[0])
        with core.store.transaction() as session:
            case = session.merge(promised.case)
            old = promised.promises["replacement"].promise()
            case.promises.append(PromiseRow.of(old.move(later, core.clock.now(), "a storm")[1]))
    go_to(core, MONDAY_AFTER)

    assert follow_up(core) == 0


def test_what_was_moved_is_asked_about_after_its_new_date(core: Core, promised: Visitor):
    later = Due(MONDAY_AFTER, datetime(2026, 12, 2, 17, 30, tzinfo=UTC), True)
    with core.store.transaction() as session:
        case = session.merge(promised.case)
        first = next(p for p in case.promises if p.kind == "replacement")
        moved, fresh = first.promise().move(later, core.clock.now(), "a storm")
        first.become(moved)
        case.promises.append(PromiseRow.of(fresh))
    keep(core, promised)
    go_to(core, MONDAY_AFTER)
    assert follow_up(core) == 0

    go_to(core, datetime(2026, 12, 3, 9, 0, tzinfo=UTC))
    assert follow_up(core) == 1
    assert "Wednesday 2 December" in question(promised).text


def test_nobody_is_asked_while_a_person_has_it(core: Core, kept: Visitor):
    kept.asks_for_a_person()
    go_to(core, MONDAY_AFTER)

    assert follow_up(core) == 0


def test_nobody_in_danger_is_sent_a_script(core: Core, promised: Visitor):
    keep(core, promised)
    with core.store.transaction() as session:
        session.merge(promised.case).danger = "bereavement"
    go_to(core, MONDAY_AFTER)

    assert follow_up(core) == 0


def test_a_case_that_a_person_closed_with_a_remedy_is_asked_about_too(core: Core):
    ines, visitor = core.person("Ines Duarte"), maya(core)
    visitor.asks_for_a_person()
    reference = visitor.case.reference
    core.casebook.take_over(reference, ines, "k1")
    core.casebook.reply(reference, ines, "Hello Maya.", "k2")
    offer = core.casebook.offer_remedy(reference, ines, "full_refund", "k3")
    core.casebook.agree(reference, ines, offer.id, "k4")
    core.casebook.close(reference, ines, "upheld", "It was cracked.", "packaging", "k5")
    told = visitor.promises["full_refund"].due_at
    keep(core, visitor, "full_refund")
    go_to(core, ask_at(told, core.policy))

    assert follow_up(core) == 1
    assert "£64.00" in question(visitor).text


def test_months_later_nobody_is_asked_any_more(core: Core, kept: Visitor):
    go_to(core, datetime(2027, 1, 11, 10, 0, tzinfo=UTC))

    assert follow_up(core) == 0


# What is asked


def test_the_question_names_the_thing_the_case_and_the_date(asked: Visitor):
    said = question(asked)

    assert "automated assistant" in said.text
    assert "blender" in said.text and asked.case.reference in said.text
    assert "by Friday 27 November" in said.text
    assert [b["title"] for b in said.buttons] == ["All good", "Something isn't right", "Talk to a person"]  # fmt: skip


def test_a_shop_that_cannot_be_asked_does_not_keep_anybody_from_being_asked(
    core: Core, kept: Visitor
):
    core.shop.is_shut = True
    go_to(core, MONDAY_AFTER)

    assert follow_up(core) == 1


# All good


def test_all_good_closes_the_case_with_thanks_for_this_story(
    core: Core, asked: Visitor, speaker: Speaker
):
    said = press(speaker, asked, "All good")

    assert "smashed jug" in said[0]
    assert (asked.case.status, asked.case.outcome) == ("closed", "upheld")
    assert asked.case.closed_at == core.clock.now()
    assert row(core).answer == "all_good"


def test_whoever_says_all_is_well_is_invited_back_with_a_voucher_that_is_real(
    core: Core, asked: Visitor, speaker: Speaker
):
    said = press(speaker, asked, "All good")

    assert "voucher for £5.00" in said[1]
    told = core.rows(OutboxMessage, key=f"{asked.case.reference}:invitation")
    assert [(each.transport, each.payload["kind"]) for each in told] == [("shop", "voucher")]
    assert asked.promises["invitation"].state == PromiseState.PENDING


def test_the_invitation_counts_towards_what_a_customer_may_have_in_a_year(
    core: Core, asked: Visitor, speaker: Speaker
):
    core.gave_goodwill(asked.case.customer_id, "52.00", core.clock.now() - timedelta(days=30))

    said = press(speaker, asked, "All good")

    assert not any("voucher" in each for each in said)
    assert "invitation" not in asked.promises


def test_a_policy_without_an_invitation_grants_none(core: Core, asked: Visitor, speaker: Speaker):
    line = next(line for line in SHOP_POLICY.splitlines() if line.startswith("  invitation:"))
    core.restart(SHOP_POLICY.replace(f"{line}\n", ""))

    assert not any("voucher" in said for said in press(speaker, asked, "All good"))


def test_then_how_it_ended_and_how_they_were_treated_are_asked_once(
    core: Core, asked: Visitor, speaker: Speaker
):
    press(speaker, asked, "All good")
    assert list(speaker.buttons) == ["Very well", "Well", "So-so", "Badly", "Very badly"]
    press(speaker, asked, "Well")
    said = press(speaker, asked, "Very well")

    found = row(core)
    assert (found.outcome_score, found.treatment_score) == (4, 5)
    assert "your own words" in said[0]
    speaker.tell(asked, "Lovely people, slow post", "praise")
    assert row(core).words == "Lovely people, slow post"
    assert "word for word" not in speaker.tell(asked, "bye then", "goodbye")[0]


def test_who_answers_one_of_the_two_questions_counts_in_the_report(core: Core, asked: Visitor):
    core.casebook.score_follow_up(row(core).id, treatment=2)

    today = Period.read("", "", core.policy.calendar, core.clock.now())
    report = core.casebook.report(today)
    _, outcome = report.find("satisfaction", "outcome", "answers")
    _, treatment = report.find("satisfaction", "treatment", "answers")
    assert (outcome.value, treatment.value) == (0, 1)


def test_words_alone_are_no_score(core: Core, asked: Visitor):
    core.casebook.score_follow_up(row(core).id, words="thank you")

    assert (row(core).words, row(core).scored_at) == ("thank you", None)


def test_a_score_counts_the_first_time(core: Core, asked: Visitor):
    number = row(core).id
    core.casebook.score_follow_up(number, outcome=2, treatment=4)
    core.casebook.score_follow_up(number, outcome=5, treatment=5, words="changed my mind")

    assert (row(core).outcome_score, row(core).treatment_score) == (2, 4)
    assert row(core).words == "changed my mind"


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_one_to_five(core: Core, asked: Visitor, score: int):
    with pytest.raises(NotAllowed):
        core.casebook.score_follow_up(row(core).id, outcome=score)


# Not right


def test_not_right_opens_it_again_for_a_senior_person_who_knows_everything(
    core: Core, asked: Visitor, speaker: Speaker
):
    said = press(speaker, asked, "Something isn't right")

    (handoff,) = asked.handoffs
    assert (handoff.reason, handoff.urgent) == ("still_wrong", True)
    assert asked.case.status == "with_person"
    assert "Monday 30 November" in said[0] or "today by" in said[0]
    summary = handoff.summary
    assert any("jug smashed" in told for told in summary["story"])
    assert any("replacement" in told for told in summary["promised"])
    assert asked.case.reference in said[0]


def test_whoever_said_it_is_not_right_is_not_asked_again_but_how_it_was_in_the_end(
    core: Core, asked: Visitor, speaker: Speaker
):
    press(speaker, asked, "Something isn't right")
    ines, reference = core.person("Ines Duarte"), asked.case.reference
    core.casebook.take_over(reference, ines, "k1")
    core.casebook.reply(reference, ines, "A new one is on its way.", "k2")
    core.casebook.close(reference, ines, "upheld", "Cracked again.", "packaging", "k3")
    assert follow_up(core) == 0

    core.clock.advance(timedelta(days=1))
    follow_up(core)
    follow_up(core)

    said = question(asked)
    assert "How did it end" in said.text and len(said.buttons) == 5
    core.clock.advance(timedelta(days=3))
    assert follow_up(core) == 0 and question(asked).id == said.id


def test_to_a_person_means_a_person(core: Core, asked: Visitor, speaker: Speaker):
    press(speaker, asked, "Talk to a person")

    assert asked.handoffs[0].reason == "asked"
    assert asked.conversation.handler == "queue"


def test_the_same_press_twice_gives_one_handoff_and_the_same_answer(core: Core, asked: Visitor):
    number = row(core).id
    first = core.casebook.answer_follow_up(number, NOT_RIGHT, "message-x")
    again = core.casebook.answer_follow_up(number, NOT_RIGHT, "message-x")

    assert first.handed.due == again.handed.due
    assert len(asked.handoffs) == 1


def test_two_answers_at_once_count_once(core: Core, asked: Visitor):
    number = row(core).id

    answered = at_once(
        4, lambda each: core.casebook.answer_follow_up(number, NOT_RIGHT, f"key-{each}")
    )

    assert sum(each.is_new for each in answered) == 1
    assert len(asked.handoffs) == 1


def test_all_was_well_and_is_no_longer_one_press_opens_it_again(
    core: Core, asked: Visitor, speaker: Speaker
):
    press(speaker, asked, "All good")
    speaker.buttons = {}

    press(speaker, asked, "Something isn't right")

    assert asked.case.status == "with_person"
    assert asked.handoffs[0].urgent


# No answer


def test_after_a_fortnight_without_an_answer_it_closes_without_a_word(core: Core, asked: Visitor):
    said = len(core.conversations.since(asked.id))
    core.clock.advance(timedelta(days=14))

    follow_up(core)
    follow_up(core)

    assert (asked.case.status, asked.case.outcome) == ("closed", "upheld")
    assert row(core).closed_at == core.clock.now()
    assert len(core.conversations.since(asked.id)) == said


def test_who_answers_after_all_is_heard(core: Core, asked: Visitor, speaker: Speaker):
    core.clock.advance(timedelta(days=15))
    follow_up(core)

    press(speaker, asked, "Something isn't right")

    assert asked.case.status == "with_person"
    assert asked.case.closed_at is None


# Typed


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes it came, thanks", "thank"),
        ("yes", "affirm"),
        ("Yep, arrived on Thursday and works perfectly", "inform"),
        ("all good 👍", "praise"),
        ("it's here and it works, no problems at all", "nlu_fallback"),
        ("no problems, thank you", "deny"),
        ("works great, cheers", "nlu_fallback"),
        ("the money is there, thanks", "thank"),
    ],
)
def test_a_typed_yes_is_a_yes(core: Core, asked: Visitor, speaker: Speaker, text, intent):
    said = speaker.tell(asked, text, intent)

    assert row(core).answer == "all_good"
    assert "smashed jug" in said[0]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no it's broken again", "report_still_wrong"),
        ("no", "deny"),
        ("the lid is missing", "complain_missing_item"),
        ("nope, never turned up", "complain_late_delivery"),
        ("the new one is cracked as well, yes", "complain_damaged_item"),
    ],
)
def test_a_typed_no_goes_to_a_senior_person_with_their_words(
    core: Core, asked: Visitor, speaker: Speaker, text, intent
):
    said = speaker.tell(asked, text, intent)

    assert row(core).answer == "not_right"
    assert asked.case.status == "with_person"
    assert text in asked.case.story
    assert "senior colleague" in said[0]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes it came but only half of it works", "affirm"),
        ("it arrived, not sure it's right though", "inform"),
        ("not really, the lid is loose", "nlu_fallback"),
        ("not great", "nlu_fallback"),
    ],
)
def test_a_yes_with_a_but_is_asked_about_not_guessed(
    core: Core, asked: Visitor, speaker: Speaker, text, intent
):
    speaker.tell(asked, text, intent)

    assert row(core).answer is None
    assert list(speaker.buttons) == ["All good", "Something isn't right", "Talk to a person"]


def test_thanks_alone_is_no_answer(core: Core, asked: Visitor, speaker: Speaker):
    speaker.tell(asked, "thank you", "thank")

    assert row(core).answer is None


def test_a_complaint_about_another_order_is_a_complaint_of_its_own(
    core: Core, asked: Visitor, speaker: Speaker
):
    speaker.tell(
        asked, "my lamp W-10595 never came", "complain_late_delivery", order_number="W-10595"
    )

    assert row(core).answer is None
    assert len(asked.cases) == 2


def test_a_typed_wish_for_a_person_answers_it(core: Core, asked: Visitor, speaker: Speaker):
    speaker.tell(asked, "can I talk to somebody", "ask_for_person")

    assert row(core).answer == "person"
    assert asked.conversation.handler == "queue"


# By letter


def test_the_letter_goes_to_the_address_that_is_proved_theirs(core: Core, asked: Visitor):
    (queued,) = asking_letters(core)

    assert queued.payload["to"] == "maya.okonkwo@example.com"
    assert row(core).channels == ["website", "letter"]


def test_an_address_on_a_case_that_is_not_proved_gets_no_letter(core: Core, kept: Visitor):
    with core.store.transaction() as session:
        session.merge(kept.case).proved_by = None
    go_to(core, MONDAY_AFTER)
    follow_up(core)

    assert not asking_letters(core)
    assert row(core).channels == ["website"]


def test_who_wants_no_letters_gets_none_and_is_asked_in_the_chat(core: Core, kept: Visitor):
    core.casebook.unsubscribe("Maya.Okonkwo@Example.com")
    core.casebook.unsubscribe("maya.okonkwo@example.com")
    go_to(core, MONDAY_AFTER)
    follow_up(core)

    assert not asking_letters(core)
    assert question(kept).buttons
    assert core.casebook.is_unsubscribed("maya.okonkwo@example.com")


def test_what_was_answered_by_letter_stands_in_the_talk(core: Core, asked: Visitor):
    core.casebook.answer_follow_up(
        row(core).id, NOT_RIGHT, "letter:1", "The lid leaks now", by=LETTER
    )

    assert "senior colleague" in question(asked).text
    assert "The lid leaks now" in asked.case.story
    assert "The lid leaks now" in asked.handoffs[0].summary["story"]
