"""Nobody is offered a call who could not hear it, or asked for none."""

import pytest

from complaints.not_by_phone import is_meant


@pytest.mark.parametrize(
    "said", ["no phone calls, I'm deaf", "no calls please", "please don't ring me", "not by phone"]
)
def test_who_wants_no_call_is_believed(said: str):
    assert is_meant(None, [said])


@pytest.mark.parametrize("needs", ["I'm deaf", "hard of hearing", "I can't use the phone"])
def test_what_they_need_may_rule_out_the_telephone(needs: str):
    assert is_meant(needs, [])


@pytest.mark.parametrize(
    "said",
    [
        "you don't call me back",
        "please call me",
        "I have no phone number on the order",
        "nobody calls",
    ],
)
def test_who_waits_for_a_call_is_not_denied_one(said: str):
    assert not is_meant("in a wheelchair", [said])
