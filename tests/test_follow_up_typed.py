"""What is typed goes to the question it answers: the newest one that waits for it, or a score."""

import pytest

from complaints import enquiry
from complaints.case import Case
from complaints.conversation import Conversation
from complaints.follow_up import FollowUp
from tests.core import Core, Visitor
from tests.speaking import Speaker
from tests.test_follow_up import MONDAY_AFTER, asked, follow_up, go_to, keep, kept, press, promised
from tests.test_follow_up import row as only_row
from tests.test_thirty_days import priya_with_offers

__all__ = ["asked", "kept", "promised"]  # fixtures


@pytest.fixture
def speaker(core: Core, monkeypatch: pytest.MonkeyPatch) -> Speaker:
    return Speaker(core, monkeypatch)


@pytest.fixture
def asked_twice(core: Core, promised: Visitor) -> Visitor:
    """Two cases of one conversation, the blender's and the ring's, and both were asked about."""
    priya = priya_with_offers(core)
    priya.presses("resend_part")
    keep(core, promised)
    keep(core, priya, "resend_part")
    with core.store.transaction() as session:
        case = session.get_one(Case, priya.case.reference)
        enquiry.move_here(session, case, session.get_one(Conversation, promised.id))
    go_to(core, MONDAY_AFTER)
    assert follow_up(core) == 2
    return promised


@pytest.fixture
def scoring(asked: Visitor, speaker: Speaker) -> Visitor:
    """All is good with Maya, and she was asked how it ended."""
    press(speaker, asked, "All good")
    return asked


def answers(core: Core) -> list[str | None]:
    """The blender's and the ring's, in the order they were asked."""
    return [found.answer for found in core.rows(FollowUp)]


def score(core: Core) -> tuple[int | None, int | None, str | None]:
    found = only_row(core)
    return found.outcome_score, found.treatment_score, found.words


# Two questions


def test_a_second_yes_answers_the_second_question(
    core: Core, asked_twice: Visitor, speaker: Speaker
):
    speaker.tell(asked_twice, "yes all good", "affirm")
    assert sorted(map(str, answers(core))) == ["None", "all_good"]

    speaker.tell(asked_twice, "yes that one is fine as well", "affirm")

    assert answers(core) == ["all_good", "all_good"]
    assert [found.words for found in core.rows(FollowUp)] == [None, None]


def test_words_that_answer_an_open_question_are_no_words_to_another(
    core: Core, asked_twice: Visitor, speaker: Speaker
):
    speaker.tell(asked_twice, "yes all good", "affirm")
    speaker.tell(asked_twice, "very well", "praise")
    speaker.tell(asked_twice, "5", "inform")

    speaker.tell(asked_twice, "yes that one is fine as well", "affirm")

    assert answers(core) == ["all_good", "all_good"]
    assert [found.words for found in core.rows(FollowUp)] == [None, None]


def test_whoever_names_the_thing_answers_for_that_thing(
    core: Core, asked_twice: Visitor, speaker: Speaker
):
    first, second = core.rows(FollowUp)
    about = {each.case_reference: each.id for each in (first, second)}
    blender = next(case for case in asked_twice.cases if "blender" in (case.item or ""))

    speaker.tell(asked_twice, "the blender came and works", "inform")

    answered = {found.id: found.answer for found in core.rows(FollowUp)}
    assert answered.pop(about[blender.reference]) == "all_good"
    assert list(answered.values()) == [None]


def test_a_no_about_the_one_that_is_named_leaves_the_other_open(
    core: Core, asked_twice: Visitor, speaker: Speaker
):
    speaker.tell(asked_twice, "the blender is cracked again", "report_still_wrong")

    found = {case.reference: case for case in asked_twice.cases}
    said = {f.answer: found[f.case_reference].item for f in core.rows(FollowUp) if f.answer}
    assert "blender" in said["not_right"]


# Scores


@pytest.mark.parametrize(
    ("outcome", "treatment", "noted"),
    [
        ("very well", "badly, nobody wrote back", (5, 2, "nobody wrote back")),
        ("4", "four out of five", (4, 4, None)),
        ("terrible", "so-so", (1, 3, None)),
        ("Well", "very well, Ines was an angel", (4, 5, "Ines was an angel")),
    ],
)
@pytest.mark.parametrize("intent", ["inform", "nlu_fallback", "praise", "affirm", "out_of_scope"])
def test_a_typed_score_counts_and_the_rest_is_kept(
    core: Core, scoring: Visitor, speaker: Speaker, outcome, treatment, noted, intent
):
    said = speaker.tell(scoring, outcome, intent)
    assert "treated" in said[0] and len(speaker.buttons) == 5

    said = speaker.tell(scoring, treatment, intent)
    assert said[0].startswith("Thank you")
    assert score(core) == noted


@pytest.mark.parametrize("intent", ["complain_poor_service", "report_still_wrong", "insult"])
def test_a_bad_score_is_a_score_however_much_it_complains(
    core: Core, scoring: Visitor, speaker: Speaker, intent
):
    speaker.tell(scoring, "badly, nobody wrote back", intent)

    assert score(core) == (2, None, "nobody wrote back")
    assert len(scoring.cases) == 1 and not scoring.handoffs


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("great, the new one is cracked again", "report_still_wrong"),
        ("great, now it is broken", "complain_damaged_item"),
        ("4 of the glasses are missing too", "complain_missing_item"),
    ],
)
def test_whoever_complains_of_the_thing_gives_no_score(
    core: Core, scoring: Visitor, speaker: Speaker, text, intent
):
    speaker.tell(scoring, text, intent)

    assert score(core) == (None, None, None)
    assert scoring.handoffs or len(scoring.cases) == 2


@pytest.mark.parametrize("intent", ["nlu_fallback", "out_of_scope", "inform", "deny", "affirm"])
def test_what_is_no_score_is_kept_as_words_with_a_thank_you(
    core: Core, scoring: Visitor, speaker: Speaker, intent
):
    said = speaker.tell(scoring, "the lady on the phone was a gem", intent)

    assert score(core) == (None, None, "the lady on the phone was a gem")
    assert said == ["Thank you, I've kept that word for word with your case."]
    speaker.tell(scoring, "5", "inform")
    assert score(core)[0] == 5


def test_both_scores_in_one_message_count(core: Core, scoring: Visitor, speaker: Speaker):
    speaker.tell(scoring, "4 and 5", "inform")

    assert score(core) == (4, 5, None)


def test_heard_twice_a_typed_score_counts_for_one_question(
    core: Core, scoring: Visitor, speaker: Speaker
):
    """The first answer was lost on its way, and the message comes again."""
    speaker.tell(scoring, "very well", "praise")

    hearing = scoring.repeats(scoring.said)

    assert hearing.follow_up == "outcome:5"
    assert score(core) == (5, None, None)


def test_a_person_is_a_person_while_a_score_is_waited_for(
    core: Core, scoring: Visitor, speaker: Speaker
):
    speaker.tell(scoring, "badly, let me talk to somebody", "ask_for_person")

    assert scoring.conversation.handler == "queue"
    assert score(core) == (None, None, None)


def test_thanks_alone_are_no_words_to_a_score(core: Core, scoring: Visitor, speaker: Speaker):
    speaker.tell(scoring, "thanks a lot", "thank")

    assert score(core) == (None, None, None)
