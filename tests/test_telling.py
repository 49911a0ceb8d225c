"""Telling: what a customer reads back of their own words."""

import pytest

from tests.core import Core


@pytest.mark.parametrize(
    "said, quoted",
    [
        ("My blender came smashed, W-10482, SW9 8QF", "My blender came smashed"),
        ("the jug is cracked. order number W-10482, sw98qf.", "the jug is cracked"),
        ("My blender W-10482 came smashed", "My blender W-10482 came smashed"),
        ("smashed W-10482", "smashed W-10482"),
        ("W-10482 SW9 8QF the jug is cracked", "the jug is cracked"),
        ("my jug is cracked W-10482 SW9 8QF", "my jug is cracked"),
        ("W-10482 is smashed to bits", "W-10482 is smashed to bits"),
        ("he hung up when I asked about W-10482", "he hung up when I asked about W-10482"),
    ],
)
def test_what_it_is_found_by_is_not_read_out_at_the_end(core: Core, said: str, quoted: str):
    visitor = core.visitor("maya")
    visitor.tells(said, "complain_damaged_item", order_number="W-10482", postcode="SW9 8QF")

    words = core.casebook.case_words(visitor.id)

    assert (words["story"], words["gist"]) == (quoted, quoted)
