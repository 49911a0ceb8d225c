"""How heated a message is: its words, their shape, and what is in no single word."""

import numpy as np
import pytest
import yaml

from room.heat import _SENTENCES, HeatReader, heat_of, without_name_calling
from room.intents import plain, unrelated_sentences
from room.message import sentences_of


@pytest.mark.parametrize(
    ("text", "heat"),
    [
        ("hello, my kettle is cracked", 0),
        ("SW9 8QF", 0),
        ("W-10482", 0),
        ("thanks!!", 0),
        ("I LOVE IT!!", 0),
        ("I'm not angry, just wondering", 0),
        ("still no parcel, very disappointed", 1),
        ("WHERE IS MY ORDER", 1),
        ("this is ridiculous, I've called three times", 2),
        ("you damn well better fix it", 2),
        ("I am absolutely disgusted. Third time this has happened!!", 3),
        ("this is fucking ridiculous, you bunch of thieves", 3),
    ],
)
def test_heat_follows_words_and_their_shape(text, heat):
    assert heat_of(text) == heat


@pytest.mark.parametrize(
    "text",
    [
        "useless",
        "your app is dumb",
        "third class service",
        "what a bunch of cowboys",
        "u people are cheaters",
        "fraud company",
        "is this some kind of joke",
    ],
)
def test_contempt_for_us_is_anger(text):
    assert heat_of(text) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "I am fed up of waiting for your van",
        "so angry right now",
        "stop wasting my time",
        "where the hell is my sofa",
        "I'm done with you people",
        "how many times do I have to tell you",
    ],
)
def test_ones_own_temper_is_anger(text):
    assert heat_of(text) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "sorry, stupid question, where is the order number",
        "I feel a bit stupid, I ordered the wrong one",
        "the hook is useless without its screw",
        "the old one was rubbish, this one is lovely",
        "the clown costume is too small",
        "I hate to bother you but the zip is stuck",
        "the weather was horrible, so no hurry",
    ],
)
def test_hard_words_for_other_things_are_not_anger(text):
    assert heat_of(text) < 2


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("my kettle never came you idiots", "my kettle never came"),
        ("where is it, you absolute clowns!", "where is it!"),
        ("you idiots sent me two left shoes", "you idiots sent me two left shoes"),
        ("you morons", "you morons"),
    ],
)
def test_what_happened_is_read_without_what_we_are_called(said, told):
    assert without_name_calling(said) == told


def test_a_long_story_is_no_hotter_than_a_short_one_in_the_same_temper():
    said = "I am disappointed, the tap is poor, and the second one is bad too."
    story = "We moved in last spring and chose the green tiles for the kitchen wall. " * 12

    assert heat_of(said) == 2
    assert heat_of(said + " " + story) == 1


HEATED = [
    "you lot couldn't run a bath",
    "I have never been treated like this in my life",
    "so you take my money and then vanish",
    "You must think I'm made of money",
    "my nan waited in all day for nothing, you heartless lot",
    "if one more person tells me to wait I'll scream",
    "what a marvellous way to lose a loyal customer",
    "you've strung me along for a month",
    "you sold me a lemon and now you won't even talk to me",
    "the arrogance, refusing a refund for your own mistake",
    "why do I have to beg for my own money",
]
CALM = [
    "the kettle leaks a bit at the seam, could I get another",
    "I haven't received my parcel yet, it was due on Monday",
    "could you take the money from my other card",
    "I have never used this shop before",
    "the bath mat is the wrong colour",
    "it vanished from my basket when I paid",
    "you sent me a blue one and I ordered green",
    "my refund hasn't arrived yet, it was promised for the 3rd",
    "I'd like to make a complaint about a chair",
    "Please can I have my money back, the fit is wrong",
    "thank you, you have been very kind",
    "I was told to wait five days, it's day six",
    "the waiter brought the wrong dish",
    "you charged me 40 instead of 30",
    "I called three days ago and was told someone would ring me",
    "the seat was broken on my flight",
    "the boiler man did not come. When can he be here? We are in all day.",
]


@pytest.fixture(scope="module")
def reader(encoder, examples):
    even = [plain(text) for text, intent in zip(*examples) if intent != "complain_poor_service"]
    return HeatReader.trained_with(encoder.encode_both, even + unrelated_sentences())


@pytest.fixture(scope="module")
def heat_in(encoder, reader):
    """The heat of a message, read as the pipeline reads it: whole and in sentences."""
    return lambda text: reader.heat_in(
        text, encoder.encode_both([plain(part) for part in [text, *sentences_of(text)]])
    )


@pytest.mark.parametrize("text", HEATED)
def test_anger_is_felt_that_is_in_no_single_word(heat_in, text):
    assert heat_of(text) == 0
    assert heat_in(text) in (1, 2)


def test_most_of_such_anger_is_felt_as_anger(heat_in):
    assert sum(heat_in(text) == 2 for text in HEATED) >= 0.6 * len(HEATED)


@pytest.mark.parametrize("text", CALM)
def test_a_calm_customer_is_not_answered_as_a_raging_one(heat_in, text):
    assert heat_in(text) == heat_of(text) <= 1


def test_fury_needs_its_words(reader, encoder):
    told = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))["heated"]

    felt = [reader.heat_in("", encoder.encode_both([text])) for text in told]

    assert max(felt) == 2


def test_what_is_said_in_words_is_never_cooled(reader, encoder):
    furious = "Your van was late. I am absolutely disgusted. Third time this has happened!!"

    assert reader.heat_in(furious, encoder.encode_both(["your van was late"])) == 3


def test_where_nothing_was_encoded_the_words_alone_tell(reader):
    assert reader.heat_in("I am fed up", np.zeros((0, 0))) == 2
    assert reader.heat_in("you lot couldn't run a bath", ()) == 0


def test_what_was_learned_is_kept(reader, encoder, tmp_path):
    reader.save(tmp_path)
    vectors = encoder.encode_both(HEATED)

    kept = HeatReader.load(tmp_path)

    assert [kept.heat_in("", row[None]) for row in vectors] == [
        reader.heat_in("", row[None]) for row in vectors
    ]
    assert kept.heat_in("", vectors) == 2


def test_what_is_held_against_the_reader_is_not_what_it_learned_from():
    told = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))

    assert not {text.lower() for text in HEATED + CALM} & {*told["heated"], *told["calm"]}
    assert min(len(told["heated"]), len(told["calm"])) >= 120
