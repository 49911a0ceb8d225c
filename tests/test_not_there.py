"""Who says that it never reached them is believed; what came late did come."""

import pytest

from complaints.not_there import is_lost, is_not_there

NOT_THERE = [
    "tracking says delivered on the 21st but there's nothing at the door, please resend",
    "my order never arrived",
    "it's not here",
    "the neighbours don't have it",
    "I never got it",
    "still nothing",
    "it was stolen from my porch",
    "your courier dumped my parcel in the wheelie bin on bin day. it's gone",
    "it hasn't come",
    "You say it arrived on Tuesday. It is not here.",
    "we haven't received anything",
    "it says delivered but there's no parcel",
    "there was nothing outside when I came home",
]
CAME = [
    "there's no parcel label to send it back with",
    "it came late",
    "it arrived on Tuesday in the end",
    "the clock arrived five days late, after the party",
    "it didn't arrive on time",
    "it never arrived when you said, it finally turned up on Friday",
    "it has gone wrong",
    "the delivery was three days late",
    "you promised Monday and it came on Thursday",
    "it's not what I ordered",
    "it did not come until Friday",
    "it came so late that I put it in the bin",
    "it's not good enough",
]


@pytest.mark.parametrize("said", NOT_THERE)
def test_who_does_not_have_it_is_believed(said: str):
    assert is_not_there([said])


@pytest.mark.parametrize("said", CAME)
def test_what_came_late_did_come(said: str):
    assert not is_not_there([said])


def test_what_they_said_last_holds():
    assert not is_not_there(["it never arrived", "it came yesterday after all"])
    assert is_not_there(["it came late", "no wait, I never got it"])


@pytest.mark.parametrize(
    "said",
    [NOT_THERE[0], "it was stolen", NOT_THERE[7], "they lost my parcel"],
)
def test_what_is_lost_will_not_come_any_more(said: str):
    assert is_lost([said])


@pytest.mark.parametrize("said", ["it hasn't come", "still nothing", "my order never arrived"])
def test_what_is_only_waited_for_is_not_lost(said: str):
    assert not is_lost([said])
