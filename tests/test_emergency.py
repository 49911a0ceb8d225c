"""Who needs help this minute is sent to where it is, whatever else is going on."""

import pytest

from complaints import emergency

NOW = """
    my daughter's face swelled up after using the pillows from you, she can hardly breathe
    my throat is closing up after eating off your plates
    i cannot breathe since i used your spray
    She cannot swallow, her tongue is swelling, it's the nuts in your biscuits
    I'm having an allergic reaction to your pillow
    my whole body came up in hives and my lips are tingling
    I have chest pains from all this stress with you people
    SHE CAN'T BREATHE PROPERLY WHAT DO I DO
    hello??? her lips are blue
    it wont stop
    my son ate the silica packet thing and now he's vomiting
    it's going down my arm
    my husband has collapsed next to your heater
    he's not moving
    my baby is choking on the lid
    my son swallowed a bit of the glass from your tumbler
    the kitchen is on fire
"""
NOT_NOW = """
    I can't breathe for laughing, you sent me a pink toaster
    the shelf collapsed after two days
    the kettle stopped boiling
    my parcel is not moving since monday
    there's a choking hazard label missing
    my face cream is late
    it won't stop beeping
    he drank the coffee and it was cold
    are you breathing down my neck
    my mum is not moving house until friday
    they are not responding to my emails
    I burnt the toast
"""


@pytest.mark.parametrize("said", [line.strip() for line in NOW.strip().splitlines()])
def test_who_needs_help_now_is_seen(said: str):
    assert emergency.is_now(said)


@pytest.mark.parametrize("said", [line.strip() for line in NOT_NOW.strip().splitlines()])
def test_nobody_else_is_sent_to_999(said: str):
    assert not emergency.is_now(said)
