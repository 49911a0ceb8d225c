"""A slip of the finger is put right where it is beyond doubt, and nothing else is touched."""

import pytest

from room.spelling import Spelling, words_in

SHOWN = words_in(
    ["my kettle arrived cracked", "the kettle arrived cracked", "parcel delivery refund", "parcel delivery refund model",
     "my model is broken", "broken dishes", "wishes and dishes and wishes", "refund refund"]
)  # fmt: skip


@pytest.fixture
def spelling(encoder):
    return Spelling(SHOWN, encoder.is_word)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("my kettel arived crakced", "my kettle arrived cracked"),
        ("prcel", "parcel"),
        ("delviery", "delivery"),
        ("brokn", "broken"),
        ("deliveri refnd", "delivery refund"),
    ],
)
def test_typing_errors_are_put_right(spelling, typed, read):
    assert spelling.corrected(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "i was refunded",  # an ending on a known word
        "the screw is loose",  # English, if not the trade's
        "it doesn't work",
        "xishes",  # two known words are as near
        "krtyqw",  # near to nothing
        "brkn",  # four letters, two of them missing
    ],
)
def test_other_words_are_left_alone(spelling, typed):
    assert spelling.corrected(typed) == typed
