"""What the listener makes of the reader's guesses, each rule alone: the reader says what it is told
to say, and remembers what it was asked to read."""

import numpy as np
import pytest

from room.hearing import Listener, _pooled
from room.intents import Guess, IntentReader
from room.pipeline import Intents
from room.spelling import Spelling

ENOUGH = 0.68


class Prompted:
    """In the reader's place: guesses for the texts it was prompted with, `inform` for any other."""

    def __init__(self, **guesses):
        self.guessed = {text.replace("_", " "): sure for text, sure in guesses.items()}
        self.asked = []
        self._spelling = Spelling({}, lambda word: True)

    def readable(self, texts):
        self.asked = [text.lower().strip(" .!,") for text in texts]
        return self.asked

    def is_gibberish(self, readable):
        return False

    def language_of(self, readable):
        return None

    def vectors_of(self, readable):
        return np.zeros((len(readable), 2))

    def guesses(self, readable, vectors):
        found = [self.guessed.get(text, {"inform": 0.1}) for text in readable]
        return [
            [Guess(*pair) for pair in sorted(sure.items(), key=lambda pair: -pair[1])]
            for sure in found
        ]


def heard(text, reader):
    return Listener(reader, threshold=0.3, complaint_threshold=ENOUGH, person_threshold=0.4).hear(
        text
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Order W-10482 came with a dented lid", "order came with a dented lid"),
        ("The lid is dented, postcode SW9 8QF", "the lid is dented"),
        ("The lid is dented, write to sarah@hughes.org", "the lid is dented, write to"),
    ],
)
def test_what_went_wrong_is_read_without_numbers_and_addresses(text, read):
    reader = Prompted()

    told = heard(text, reader)

    assert reader.asked == [read]
    assert "10482" not in told.read[0] and "SW9" not in told.read[0]


def test_an_order_number_makes_no_complaint_any_weaker(encoder, examples):
    reader = IntentReader.trained_on(encoder, *examples)

    named = heard("my lamp W-10482 is broken", reader)

    assert named.lead.intent == "complain_damaged_item"
    assert named.lead.confidence == heard("my lamp is broken", reader).lead.confidence


def test_what_we_are_called_is_not_read():
    reader = Prompted()

    heard("my kettle never came you idiots", reader)

    assert reader.asked == ["my kettle never came"]


def test_a_sentence_that_only_dates_it_informs_whatever_it_is_like():
    reader = Prompted(
        it_is_dented={"complain_damaged_item": 0.9},
        delivered_last_monday={"complain_late_delivery": 0.9},
    )

    told = heard("It is dented. Delivered last Monday.", reader)

    assert [part["intent"] for part in told.sentences] == ["complain_damaged_item", "inform"]
    assert told.lead.intent == "complain_damaged_item"
    assert "complain_late_delivery" not in told.also


def test_the_category_leads_that_the_whole_and_its_sentences_speak_for_together():
    reader = Prompted(
        **{"one lamp came late. one lamp came dented": {
            "complain_late_delivery": 0.75, "complain_damaged_item": 0.7}},
        one_lamp_came_dented={"complain_damaged_item": 0.6},
    )  # fmt: skip

    told = heard("One lamp came late. One lamp came dented.", reader)

    assert told.lead.intent == "complain_damaged_item"


@pytest.mark.parametrize(
    ("confidence", "leads"), [(0.79, "correct"), (0.81, "complain_damaged_item")]
)
def test_a_complaint_in_passing_leads_over_a_correction_only_when_clearly_surer(confidence, leads):
    reader = Prompted(
        **{"actually the blue one. it was dented": {"correct": 0.7},
           "actually the blue one": {"correct": 0.7},
           "it was dented": {"complain_damaged_item": confidence}},
    )  # fmt: skip
    reader.guessed["actually the blue one. it was dented"]["complain_damaged_item"] = 0.0

    assert heard("Actually the blue one. It was dented.", reader).lead.intent == leads


def test_all_kinds_of_complaint_together_are_one():
    reader = Prompted(
        it_is_not_what_i_paid_for={
            "complain_wrong_item": 0.3, "complain_not_as_described": 0.25, "praise": 0.2,
            "complain_wrong_charge": 0.15}
    )  # fmt: skip

    told = heard("It is not what I paid for", reader)

    assert (told.lead.intent, told.lead.confidence) == ("complain_wrong_item", pytest.approx(0.7))


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("The rim came chipped", "complain_damaged_item"),
        ("The rim came yesterday", "nlu_fallback"),
    ],
)
def test_where_a_fault_is_named_plainly_half_sure_is_sure(text, leads):
    sure = {"complain_damaged_item": 0.4, "praise": 0.3}
    reader = Prompted(the_rim_came_chipped=sure, the_rim_came_yesterday=sure)

    assert heard(text, reader).lead.intent == leads


def pooled(is_faulty=False, **sure):
    guesses = [Guess(*pair) for pair in sorted(sure.items(), key=lambda pair: -pair[1])]
    lead = _pooled(guesses, ENOUGH, is_faulty)[0]
    return lead.intent, pytest.approx(lead.confidence)


def test_a_wish_for_redress_counts_towards_the_complaint():
    assert pooled(complain_late=0.4, express_wish=0.3, report_still_wrong=0.1) == (
        "complain_late", 0.8)  # fmt: skip


def test_the_wish_speaks_when_it_is_surer_than_all_complaints():
    assert pooled(express_wish=0.5, complain_late=0.2, complain_broken=0.1) == ("express_wish", 0.8)


def test_something_else_that_is_surer_than_all_of_them_leads():
    assert pooled(praise=0.5, complain_late=0.2, complain_broken=0.2) == ("praise", 0.5)
    assert pooled(praise=0.35, complain_late=0.2, complain_broken=0.2) == ("complain_late", 0.4)


def test_a_wish_alone_is_no_complaint():
    assert pooled(express_wish=0.4, inform=0.1) == ("express_wish", 0.4)


def test_half_sure_is_sure_where_nothing_else_comes_near():
    assert pooled(complain_late=0.5, praise=0.12) == ("complain_late", ENOUGH)
    assert pooled(complain_late=0.49, praise=0.12) == ("complain_late", 0.49)
    assert pooled(complain_late=0.5, praise=0.13) == ("complain_late", 0.5)


def test_a_named_fault_needs_a_third_of_sureness():
    assert pooled(is_faulty=True, complain_broken=0.35, praise=0.3) == ("complain_broken", ENOUGH)
    assert pooled(is_faulty=True, complain_broken=0.34, praise=0.3) == ("complain_broken", 0.34)


def test_no_sum_of_complaints_is_surer_than_sure():
    assert pooled(complain_late=0.8, complain_broken=0.7) == ("complain_late", 1.0)


@pytest.mark.parametrize(
    ("number", "intent"),
    [
        ("threshold", "praise"),
        ("complaint_threshold", "complain_late"),
        ("person_threshold", "ask_for_person"),
    ],
)
def test_each_number_of_the_config_reaches_the_listener(number, intent):
    # In the whole, but for a person: that one is asked for in one of two sentences.
    reader = Prompted(the_words={intent: 0.5, "inform": 0.45})
    said = "The words. Again." if intent == "ask_for_person" else "The words."

    def leads(asked_for):
        mild = {"threshold": 0.3, "complaint_threshold": 0.4, "person_threshold": 0.4}
        intents = Intents({"encoder": None, **mild, number: asked_for}, None, None)
        intents._listen_with(reader)
        return intents._listener.hear(said).lead.intent == intent

    assert leads(asked_for=0.45)
    assert not leads(asked_for=0.99)
