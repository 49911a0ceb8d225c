"""What one message is taken for, before anything is decided: above all, whether it opens a case."""

import pytest

from tests.core import heard

LONG_STORY = (
    "it was all going so well until the man came round and then it was not going well at all"
)


@pytest.mark.parametrize("lead", ["praise", "out_of_scope", "thank", "greet", "goodbye"])
def test_a_complaint_heard_in_passing_opens_no_case_where_something_kind_leads(lead: str):
    message = heard(
        "Not one glass broken, thank you so much!", lead, also=("complain_damaged_item",)
    )

    assert not message.opens_a_case


def test_a_complaint_beside_a_correction_opens_one():
    message = heard(
        "no wait, it is the toaster that sparks", "correct", also=("complain_damaged_item",)
    )

    assert message.opens_a_case


def test_a_long_story_that_nobody_understood_opens_a_case():
    assert heard(LONG_STORY, "nlu_fallback").opens_a_case


@pytest.mark.parametrize(
    "question",
    [
        "Could you tell me whether the big grey one over there would fit into a small hallway?",
        "how long do you think it would take me to get from the station to your nearest shop",
        "Is it true that you will have the new range in every shop in the country by Easter?",
    ],
)
def test_a_long_question_that_nobody_understood_opens_none(question: str):
    assert not heard(question, "nlu_fallback").opens_a_case


def test_a_question_after_hello_is_still_only_a_question():
    message = heard(
        "Hello there! Could you tell me if the big grey one would fit into a small hallway?",
        "nlu_fallback",
        sentences=(
            ("Hello there!", "greet"),
            (
                "Could you tell me if the big grey one would fit into a small hallway?",
                "nlu_fallback",
            ),
        ),
    )

    assert not message.opens_a_case


@pytest.mark.parametrize(
    "question",
    [
        "why on earth does the wretched thing go off like that each time I so much as look at it?",
        "Where has the man gone who said he would come on Monday and then on Tuesday as well?",
    ],
)
def test_a_question_that_complains_is_a_story(question: str):
    assert heard(question, "nlu_fallback").opens_a_case


def test_a_story_that_ends_in_a_question_is_a_story():
    message = heard(
        f"{LONG_STORY}. What now?",
        "nlu_fallback",
        sentences=((f"{LONG_STORY}.", "nlu_fallback"), ("What now?", "nlu_fallback")),
    )

    assert message.opens_a_case
