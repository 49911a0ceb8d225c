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


@pytest.mark.parametrize(
    "said",
    [
        "my card is 4929 1234 5678 9012",
        "4929-1234-5678-9012",
        "paid with 4929123456789012, order W-10482",
        "amex 371449635398431",
        "order 4929 1234 5678 9012",
        "call me on 4929 1234 5678 9012",
    ],
)
def test_the_number_of_a_card_is_nobodys_detail(said):
    found = [str(detail.value) for detail in details_of(said)]

    assert not [value for value in found if "4929" in value or "9012" in value or "3714" in value]
