"""What is named only to be set aside is not what they complain of."""

import pytest

from room.denying import without_what_is_denied


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("nothing is broken, the box is just late", "the box is just late"),
        ("my order isn't late, it's the wrong one", "it's the wrong one"),
        ("it did arrive on time, but it's the wrong one", "it's the wrong one"),
        ("it’s not the price, it’s the way I was spoken to", "it’s the way I was spoken to"),
        ("the driver wasn't rude, he was lovely, but the lamp is cracked", "the lamp is cracked"),
        ("It wasn't late. It was smashed.", "It was smashed."),
    ],
)
def test_what_is_denied_is_not_read(said, meant):
    assert without_what_is_denied(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "it is not broken",  # all there is
        "it's not just late, it's broken as well",  # both
        "it's not what I ordered, I want my money back",
        "the kettle does not work, the lid is cracked",
        "my order has not come, and nobody answers",
        "",
    ],
)
def test_what_is_meant_is_read(said):
    assert without_what_is_denied(said) == said
