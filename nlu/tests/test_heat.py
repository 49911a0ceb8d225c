"""How heated a message is: words and their shape, and nothing else."""

import pytest

from room.heat import heat_of, without_name_calling


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
