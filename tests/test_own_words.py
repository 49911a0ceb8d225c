"""The customer's own words: picked out as written, never invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints import own_words, speech_acts

settings.register_profile("patient", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("patient")


@pytest.mark.parametrize(
    "said, wanted",
    [
        ("it broke. I just want one that works", "I just want one that works"),
        ("the seal is missing, just send the seal", "just send the seal"),
        ("please refund me.", "please refund me"),
        ("it leaks. can you send me a new one?", "can you send me a new one"),
        ("I'd like my money back please", "I'd like my money back please"),
        ("i want it gone and i need it by friday", "i want it gone and i need it by friday"),
    ],
)
def test_what_they_want_is_kept_as_they_said_it(said, wanted):
    assert own_words.wish(said) == wanted


@pytest.mark.parametrize(
    "said",
    ["the kettle leaks", "I want to make a complaint", "I'd like to complain", "I need help", ""],
)
def test_who_names_no_wish_is_given_none(said):
    assert own_words.wish(said) is None


@pytest.mark.parametrize(
    "said, cost",
    [
        ("and I've got people coming saturday!!", "I've got people coming saturday"),
        ("it was my daughter's birthday present. ruined", "it was my daughter's birthday present"),
        ("I took a day off work for it", "I took a day off work for it"),
        ("we had to buy takeaway for six", "we had to buy takeaway for six"),
        ("your man shouted and I was in tears", "I was in tears"),
    ],
)
def test_what_it_cost_them_is_kept_as_they_said_it(said, cost):
    assert own_words.impact(said) == cost


@pytest.mark.parametrize(
    "said",
    [
        "the kettle leaks",
        "I had the blue one",
        "I got your e-mail",
        "I can't cancel my subscription and you took 30 pounds again",
        "I cannot log in since Monday",
        "",
    ],
)
def test_who_names_no_cost_is_given_none(said):
    assert own_words.impact(said) is None


@pytest.mark.parametrize(
    "said, thing, state",
    [
        ("it came with the jug smashed", "jug", "smashed"),
        ("the lid was cracked when it came", "lid", "cracked"),
        ("my new kettle arrived dented", "new kettle", "dented"),
        ("the handle just broke", "handle", "broken"),
    ],
)
def test_what_broke_and_how_is_kept(said, thing, state):
    assert own_words.damage(said) == own_words.Damage(thing, state)


@pytest.mark.parametrize(
    "said", ["it was smashed", "the order is broken", "the parcel was squashed", "the jug is fine"]
)
def test_a_thing_that_says_nothing_is_no_damage(said):
    assert own_words.damage(said) is None


@pytest.mark.parametrize(
    "said, gist",
    [
        ("Hi there, the kettle leaks.", "the kettle leaks"),
        ("the kettle leaks. Order W-10482.", "the kettle leaks"),
        ("THE KETTLE LEAKS AND I AM FURIOUS", None),  # to repeat capitals mocks them
        ("the kettle " + "leaks and leaks " * 20, None),  # nobody is read a page back
    ],
)
def test_what_is_quoted_back_is_short_calm_and_theirs(said, gist):
    sentences = ((said.split(". ")[0].rstrip("."), "complain_damaged_item"),)

    assert own_words.gist(said, sentences) == gist


@given(st.text(max_size=300))
def test_nothing_is_invented_whatever_is_written(said):
    """Every phrase stands in the message, but for ragged ends and white space."""
    written = " ".join(said.split())
    for found in (own_words.wish(said), own_words.impact(said), own_words.gist(said)):
        assert found is None or found.removesuffix(" …") in written


@given(st.text(max_size=400), st.integers(20, 200))
def test_a_quotation_is_never_longer_than_asked(said, most):
    assert len(own_words.trimmed(said, most)) <= most + len(" …")


@pytest.mark.parametrize(
    "said, wanted",
    [
        ("Wrong item, send the kettle", "send the kettle"),
        (
            "no seal in the box. All I want is the bit that wasn't there.",
            "All I want is the bit that wasn't there",
        ),
        ("the lid is missing and give me my money", "give me my money"),
        ("you sent a toaster. I'd like the kettle please", "I'd like the kettle please"),
        ("They are too small. Kindly refund", "Kindly refund"),
    ],
)
def test_a_demand_is_a_wish_whatever_is_wanted(said, wanted):
    assert own_words.demands(said)
    assert own_words.wish(said) == wanted


@pytest.mark.parametrize(
    "said",
    [
        "you send the wrong things",
        "they gave me a toaster",
        "resent",
        "give me a minute",
        "I want to complain",
    ],
)
def test_what_we_did_is_no_demand(said):
    assert not own_words.demands(said)


@pytest.mark.parametrize(
    "said",
    ["Yes, that is quite right, thank you", "yep", "ok, that's right", "Correct.", "yes love"],
)
def test_a_polite_yes_is_a_yes(said):
    assert speech_acts.agrees(said)


@pytest.mark.parametrize(
    "said",
    ["yes but it was the lid", "thank you", "right then, it never came", "no that's right out"],
)
def test_a_yes_with_more_in_it_is_not_a_yes_alone(said):
    assert not speech_acts.agrees(said)


@pytest.mark.parametrize(
    "said",
    ["ok I can wait then, thanks", "ah ok, then I just wait", "I'll wait for it", "let it come"],
)
def test_who_is_content_to_wait_is_heard(said):
    assert speech_acts.will_wait(said)


@pytest.mark.parametrize(
    "said", ["I can't wait any longer", "I wait since two weeks", "I waited in all day", "wait"]
)
def test_who_has_had_to_wait_is_not_content(said):
    assert not speech_acts.will_wait(said)


def test_what_broke_can_be_said_in_a_sentence_of_ours():
    damage = own_words.damage("it came today and the jug's in pieces")

    assert (damage.thing, damage.state) == ("jug", "broken")


@pytest.mark.parametrize(
    "said, late",
    [
        ("it did arrive in the end, but five days late", True),
        ("my order finally turned up", True),
        ("it has still not arrived", False),
        ("the parcel never came and it is late", False),
    ],
)
def test_what_came_late_is_told_from_what_has_not_come(said, late):
    assert speech_acts.came_late(said) == late
