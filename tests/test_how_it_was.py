"""How it was, typed instead of pressed: what is plainly one of the five is that one."""

import pytest

from complaints.follow_up import SCORES
from complaints.how_it_was import typed
from tests.speaking import responses


@pytest.mark.parametrize(
    ("words", "score", "rest"),
    [
        ("very well", 5, ""),
        ("Very well, thanks!", 5, ""),
        ("well", 4, ""),
        ("Well, thank you", 4, ""),
        ("so-so", 3, ""),
        ("so so", 3, ""),
        ("ok", 3, ""),
        ("badly, nobody wrote back", 2, "nobody wrote back"),
        ("Badly. Nobody wrote back for days", 2, "Nobody wrote back for days"),
        ("very badly", 1, ""),
        ("terrible", 1, ""),
        ("terrible, they hung up on me", 1, "they hung up on me"),
        ("4", 4, ""),
        ("4.", 4, ""),
        ("4/5", 4, ""),
        ("four out of five", 4, ""),
        ("4 out of 5 because it was slow", 4, "because it was slow"),
        ("I'd say 3", 3, ""),
        ("I’d give it a 2", 2, ""),
        ("5 stars", 5, ""),
        ("it ended well", 4, ""),
        ("I was treated very well", 5, ""),
        ("good but slow", 4, "but slow"),
        ("not very well", 2, ""),
        ("not bad", 3, ""),
        ("not good at all", 1, ""),
        ("it couldn’t have been better", 5, ""),
        ("great, Ines was an angel", 5, "Ines was an angel"),
    ],
)
def test_a_typed_score_is_a_score_and_the_rest_stays_words(words, score, rest):
    said = typed(words)

    assert said is not None
    assert (said.scores, said.rest) == ((score,), rest)


@pytest.mark.parametrize(
    ("words", "both"),
    [("4 and 5", (4, 5)), ("5, 2", (5, 2)), ("well, and very well", None)],
)
def test_both_questions_can_be_answered_at_once(words, both):
    said = typed(words)

    assert (said.scores if said else None) == both


@pytest.mark.parametrize(
    "words",
    [
        "4 of the plates are broken",
        "well, nobody wrote back",
        "ok thanks",
        "ok, when do you close?",
        "the lady was kind",
        "5 days of waiting",
        "10/10",
        "4.5",
        "45",
        "2 weeks without a word",
        "good grief",
        "bad luck with the courier",
        "one of you was kind",
        "I don't know",
        "fine print everywhere",
        "",
        "7",
    ],
)
def test_what_is_no_score_is_none(words):
    assert typed(words) is None


@pytest.mark.parametrize("score", SCORES)
def test_each_title_of_a_button_means_its_score(score):
    title = responses()[f"utter_score_{score}"][0]["text"]

    assert typed(title).scores == (score,)
