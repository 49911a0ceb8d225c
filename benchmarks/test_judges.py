"""The judges of a rehearsal: each catches what it is there for, and lets go what is right."""

import pytest

from benchmarks.rehearsal.judges import (
    JUDGES,
    apologies,
    asked_for_what_was_given,
    breaks,
    dead_ends,
    first_useful_offer,
    flat_noes,
    promises_without_a_row,
    questions_asked,
    same_sentence_twice,
    several_questions,
)
from benchmarks.rehearsal.record import Record, Standing, Turn


def turn(
    said: str, *answers: str, gives=(), fresh=False, before="bot", buttons=(), **standing
) -> Turn:
    return Turn(
        said,
        answers,
        buttons=buttons,
        gives=frozenset(gives),
        fresh=fresh,
        before=before,
        seconds=0.5,
        standing=Standing(**standing),
    )


def conversation(*turns: Turn) -> Record:
    return Record("Maya", turns=list(turns))


def count(judge, *turns: Turn) -> int:
    return len(list(judge(conversation(*turns))))


def test_asking_for_an_order_number_that_was_given_is_a_breach():
    told = turn(
        "W-10482 broke", "Which order is it about?", gives=["the order"], asked=("order_number",)
    )

    assert count(asked_for_what_was_given, told) == 1


def test_asking_for_what_nobody_has_said_yet_is_none():
    told = turn("it broke", "Which order is it about?", gives=["story"], asked=("order_number",))
    given = turn("W-10482", "Which postcode?", gives=["the order"], asked=("proof",))

    assert count(asked_for_what_was_given, told, given) == 0


def test_what_was_said_three_messages_ago_is_still_known():
    turns = [
        turn("SW9 8QF", "What happened?", gives=["the postcode"], asked=("story",)),
        turn("it broke", "Which order?", gives=["story"], asked=("order_number",)),
        turn("W-10482", "Which postcode was it sent to?", gives=["the order"], asked=("proof",)),
    ]

    assert count(asked_for_what_was_given, *turns) == 1


def test_one_of_two_facts_does_not_answer_for_both():
    half = turn(
        "maya@example.com",
        "And the postcode?",
        gives=["the e-mail address"],
        asked=("email_and_postcode",),
    )
    whole = turn("SW9 8QF", "Both, please?", gives=["the postcode"], asked=("email_and_postcode",))

    assert count(asked_for_what_was_given, half) == 0
    assert count(asked_for_what_was_given, half, whole) == 1


def test_who_said_they_have_no_number_may_be_asked_for_another_way_but_not_for_it_again():
    other_way = turn(
        "I haven't got it",
        "Then your e-mail address and postcode?",
        gives=["order_number"],
        asked=("email_and_postcode",),
    )
    again = turn("as I said", "Which order is it?", asked=("order_number",))

    assert count(asked_for_what_was_given, other_way) == 0
    assert count(asked_for_what_was_given, other_way, again) == 1


def test_a_second_complaint_may_be_asked_about_in_its_own_right():
    chosen = turn(
        "the first one",
        "That's settled. Now to the other thing: what would put it right?",
        gives=["wish", "choice"],
        asked=("wish",),
        resolved=("replacement",),
    )

    assert count(asked_for_what_was_given, chosen) == 0


def test_another_browser_has_to_prove_itself_anew():
    turns = [
        turn("SW9 8QF, W-10482", gives=["the postcode", "the order"]),
        turn("my case?", "Which postcode?", asked=("proof",), fresh=True),
    ]

    assert count(asked_for_what_was_given, *turns) == 0


def test_the_same_sentence_in_two_answers_running_is_a_breach():
    ask = "Which order is it about?"

    assert count(same_sentence_twice, turn("hm", ask), turn("what?", f"Sorry. {ask}")) == 1
    assert count(same_sentence_twice, turn("hm", f"{ask} {ask}")) == 1


def test_the_same_sentence_after_another_answer_or_a_short_one_is_none():
    ask = "Which order is it about?"

    assert (
        count(same_sentence_twice, turn("a", ask), turn("b", "No hurry at all."), turn("c", ask))
        == 0
    )
    assert count(same_sentence_twice, turn("a", "Got it."), turn("b", "Got it.")) == 0


def test_a_quotation_of_the_customer_is_no_repetition():
    assert (
        count(
            same_sentence_twice, turn("a", "Got it: “I want one”."), turn("b", "Got it: “no, two”.")
        )
        == 0
    )


@pytest.mark.parametrize("told", ["by Friday 27 November", "today by 3:30 pm", "£64.00 back"])
def test_a_date_a_time_or_an_amount_that_no_row_holds_is_a_breach(told: str):
    assert count(promises_without_a_row, turn("when?", f"You'll have it, {told}.")) == 1
    on_a_button = turn("when?", "Which one?", buttons=(f"A new one {told}",))
    assert count(promises_without_a_row, on_a_button) == 1


def test_what_a_row_holds_and_what_the_customer_said_may_be_told():
    backed = frozenset(["Friday 27 November", "£64.00"])

    promised = turn("?", "£64.00 will be there by Friday 27 November.", backed=backed)
    quoted = turn("I paid £70", "“I paid £70.00”: it's noted.")

    assert count(promises_without_a_row, promised, quoted) == 0


@pytest.mark.parametrize(
    "answer",
    [
        "Unfortunately a refund is not possible.",
        "We can't do that.",
        "That is not possible under our terms, but I can offer a repair.",
    ],
)
def test_a_no_without_a_way_on_and_a_recital_are_flat(answer: str):
    assert count(flat_noes, turn("money back?", answer)) == 1


def test_a_no_with_a_way_on_is_not_flat():
    with_offers = turn("?", "It has sold out.", buttons=("All your money back",))
    with_words = turn("?", "I can't send that one. What I can do is this.")
    quoted = turn("I can't log in", "“I can't log in”: got it.")

    assert count(flat_noes, with_offers, with_words, quoted) == 0


def test_silence_and_an_answer_that_leads_nowhere_are_dead_ends():
    assert count(dead_ends, turn("hello?", "")) == 1
    assert count(dead_ends, turn("it broke", "Thank you, I've added that.")) == 1
    assert count(dead_ends, turn("it broke", "I'll make a note of it.")) == 1


def test_a_conversation_that_never_came_to_an_end_is_a_dead_end():
    record = conversation(turn("it broke", "Which order?"))
    record.trouble = "TimeoutError: nothing is settled after 24 messages"

    assert len(list(dead_ends(record))) == 1


def test_a_question_an_offer_a_person_and_silence_beside_a_person_lead_on():
    turns = [
        turn("it broke", "Which order?", question="order_number"),
        turn("W-1", "These are yours.", offers=(("replacement", "1"),)),
        turn("a person", "One of us answers you.", handler="queue"),
        turn("hurry", "", before="queue", handler="queue"),
    ]

    assert count(dead_ends, *turns) == 0


@pytest.mark.parametrize(
    "answer", ["Hello {name}", "An error occurred", "Please try again later", "None"]
)
def test_whatever_looks_like_a_breakdown_is_one(answer: str):
    assert count(breaks, turn("hi", answer)) == 1


def test_two_questions_at_once_are_one_too_many():
    assert count(several_questions, turn("hi", "What happened? Which order?")) == 1
    assert count(several_questions, turn("hi", "“What? Why?” What happened?")) == 0


def test_sorry_before_thanks_and_a_second_sorry_are_out_of_place():
    assert count(apologies, turn("it broke", "I'm sorry. Thank you for telling us.")) == 1
    assert (
        count(apologies, turn("it broke", "Thank you. I'm sorry."), turn("W-1", "I'm sorry.")) == 1
    )
    assert count(apologies, turn("it broke", "Thank you. I'm sorry it broke.")) == 0


def test_offers_are_no_question_and_an_aside_does_not_hide_one():
    turns = [
        turn("it broke", "Which order?", asked=("order_number",)),
        turn("why?", "So that … Which order?", asked=("order_number",)),
        turn("W-1", "Which would you like?", asked=("choice",)),
    ]

    assert questions_asked(conversation(*turns)) == 2


def test_the_first_useful_offer_is_counted_in_messages_and_our_seconds():
    turns = [turn("it broke"), turn("W-1", offers=(("replacement", "1"),)), turn("that")]

    assert first_useful_offer(conversation(*turns)) == (2, 1.0)
    assert first_useful_offer(conversation(turn("hello"))) is None


def test_a_good_conversation_breaks_nothing():
    backed = frozenset(["Friday 27 November"])
    turns = [
        turn(
            "my blender W-10482 came smashed, I want a new one",
            "Thank you for telling us. I'm sorry about the smashed jug.",
            "To be sure it's yours: which postcode was it sent to?",
            gives=["story", "the order", "wish"],
            asked=("proof",),
            question="proof",
        ),
        turn(
            "SW9 8QF",
            "Thank you, that's the one. Which would you like?",
            buttons=("New blender by Friday 27 November",),
            gives=["the postcode", "proof"],
            asked=("choice",),
            question="choice",
            offers=(("replacement", "1"),),
            backed=backed,
        ),
        turn(
            "[New blender]",
            "That's settled: it will be with you by Friday 27 November.",
            statuses=("resolving",),
            resolved=("replacement",),
            backed=backed,
        ),
    ]

    for name, judge in JUDGES.items():
        assert count(judge, *turns) == 0, name
