"""A thing that is broken is told from one that is spoken well of."""

import pytest

from room.fault import says_it_is_faulty


@pytest.mark.parametrize(
    ("text", "is_faulty"),
    [
        ("the tablecloth has got a hole in the middle", True),
        ("the roasting tin warps", True),
        ("the chair leg has a split in it", True),
        ("the seam of the bag is coming apart", True),
        ("there is a chip in the rim of the glass", True),
        ("he snapped at me on the phone", False),
        ("nothing wobbles and nothing squeaks", False),
        ("casserole came with the enamel chipped", True),
        ("The toaster I bought will not stay down", True),
        ("it won’t turn on", True),
        ("both mugs arrived smashed", True),
        ("the lid stays down and nothing leaks", False),
        ("everything was there and nothing was broken", False),
        ("if it were damaged I would tell you", False),
        ("the colour hasn't faded", False),
        ("the kitchen scales stay blank even with new batteries", True),
        ("it does nothing when I press the button", True),
        ("runs silent and the screen is bright", False),
        ("it never stays cold for long, lovely and warm", False),
    ],
)
def test_a_fault_in_plain_words_is_told_from_a_dry_account(text, is_faulty):
    assert says_it_is_faulty(text) is is_faulty
