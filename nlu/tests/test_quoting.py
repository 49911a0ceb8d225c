"""What only quotes a number, an address or a day tells nothing of what went wrong."""

import pytest

from room.details import details_of
from room.quoting import is_only_details, only_dates_it


def test_a_detail_beside_a_complaint_is_not_all_there_is():
    assert not is_only_details("W-10482 is broken", details_of("W-10482 is broken"))


@pytest.mark.parametrize("said", ["Delivered Monday to", "ordered last Friday", "bought in May"])
def test_when_it_was_delivered_complains_of_nothing(said):
    assert only_dates_it(said)


@pytest.mark.parametrize(
    "said", ["not delivered on Monday", "yes please", "it came late on Monday"]
)
def test_what_says_more_than_a_day_is_heard(said):
    assert not only_dates_it(said)
