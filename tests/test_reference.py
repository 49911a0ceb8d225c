"""References a customer can say on the phone, and that catch a slip of the tongue."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from complaints.reference import LETTERS, new_reference, read_reference

settings.register_profile("patient", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("patient")

references = st.builds(lambda _: new_reference(), st.integers())
places = st.sampled_from([0, 1, 3, 4, 5, 6, 8])  # of KX-4821-M, without the hyphens


def test_a_reference_is_two_letters_four_digits_and_a_letter():
    for _ in range(200):
        assert re.fullmatch(rf"[{LETTERS}]{{2}}-\d{{4}}-[{LETTERS}]", new_reference())


def test_no_letter_is_mistaken_for_a_digit_or_for_another_letter_on_the_phone():
    assert not set(LETTERS) & set("IOQSZVY")


@given(references)
def test_a_reference_is_read_back_as_it_was_given(reference):
    assert read_reference(reference) == reference


@pytest.mark.parametrize(
    "spelled",
    ["{0}", "my case is {0}, thanks", "{0}!", "({0})", "ref:{0}"],
)
def test_a_reference_is_found_in_a_sentence(spelled):
    reference = new_reference()

    assert read_reference(spelled.format(reference)) == reference


@given(references)
def test_a_reference_may_be_written_small_with_spaces_or_in_one_piece(reference):
    assert read_reference(reference.lower()) == reference
    assert read_reference(reference.replace("-", " ")) == reference
    assert read_reference(reference.replace("-", "")) == reference


@given(references, places, st.sampled_from(LETTERS + "0123456789"))
def test_one_wrong_character_is_always_caught(reference, place, wrong):
    assume(wrong != reference[place])

    slip = reference[:place] + wrong + reference[place + 1 :]

    assert read_reference(slip) is None


@given(references, st.integers(0, 5))
def test_two_swapped_neighbours_are_always_caught(reference, place):
    plain = list(reference.replace("-", ""))
    assume(plain[place] != plain[place + 1])
    plain[place], plain[place + 1] = plain[place + 1], plain[place]

    assert read_reference("".join(plain)) is None


@pytest.mark.parametrize("words", ["", "W-10482", "SW9 8QF", "+44 7700 900123", "KX-482-M"])
def test_other_numbers_are_no_reference(words):
    assert read_reference(words) is None
