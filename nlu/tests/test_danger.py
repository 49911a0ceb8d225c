"""Danger is found in plain and in other words; mere anger and idiom are not danger.

The lines here are other lines than those of danger.yml, which are learned from.
"""

import pytest

from room.heat import heat_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I had to get stitches because the jug broke in my hand", "injury"),
        ("the ladder gave way and my dad is in A&E", "injury"),
        ("it burned my daughter's fingers", "injury"),
        ("flames came out of the back of it", "fire"),
        ("there is a burning smell whenever it charges", "fire"),
        ("my scooter battery exploded in the hallway", "fire"),
        ("it gave my wife a nasty shock", "electric_shock"),
        ("the bare wires are sticking out", "electric_shock"),
        ("honestly I want to end my life", "self_harm"),
        ("I don't want to be here anymore", "self_harm"),
        ("you will hear from my solicitor", "legal_threat"),
        ("I'll see you in small claims", "legal_threat"),
        ("I am taking this to the ombudsman", "legal_threat"),
        ("I'm going to the papers with this", "press_threat"),
        ("the BBC will hear about it, I have contacted a journalist", "press_threat"),
        ("your driver used a racist word", "discrimination"),
        ("I was turned away because I'm in a wheelchair", "discrimination"),
        ("the baby put the loose magnet in her mouth and nearly choked", "child"),
        ("i'm 12 and i used my dads card", "child"),
        ("my husband passed away before it arrived", "bereavement"),
        ("it was for my mum's funeral", "bereavement"),
        ("I'm going through chemo and cannot wait in", "illness"),
        ("we all got food poisoning from it", "illness"),
    ],
)
def test_danger_is_heard(danger_in, text, kind):
    assert danger_in(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "this shirt is to die for but it came in the wrong size",
        "my phone died",
        "the sale is killing me, everything is gone",
        "shocking service",
        "I'm shocked at the state of it",
        "sick and tired of waiting",
        "your staff are rude and useless, absolutely furious",
        "the fire stick doesn't work",
        "fire whoever packed this",
        "the garlic press is missing a handle",
        "I pressed the button and nothing happens",
        "my aunt Sue ordered it",
        "the battery is dead",
        "cut the crap and refund me",
        "it cost an arm and a leg",
        "the toy for my son is late",
        "the child seat cover has a tear",
        "the plant was dead on arrival",
        "THIRD TIME!!! you absolute clowns, never again",
        "I will never shop here again and I'll tell all my friends",
        "where is my parcel",
        "W-10482",
        "the smoke alarm I ordered has not come",
        "the toaster burns the toast",
    ],
)
def test_mere_anger_and_idiom_are_no_danger(danger_in, text):
    assert danger_in(text) is None


def test_danger_anywhere_in_a_long_message_is_heard(danger_in):
    assert (
        danger_in(
            "The kettle came on Monday. Nice box. It gave me an electric shock. Anyway, thanks."
        )
        == "electric_shock"
    )


def test_the_most_urgent_of_two_dangers_names_the_message(danger_in):
    assert danger_in("My solicitor will write to you. The charger caught fire.") == "fire"


@pytest.mark.parametrize(
    ("text", "heat"),
    [
        ("hello, my kettle is cracked", 0),
        ("SW9 8QF", 0),
        ("W-10482", 0),
        ("thanks!!", 0),
        ("I LOVE IT!!", 0),
        ("I'm not angry, just wondering", 0),
        ("still no parcel, very disappointed", 1),
        ("WHERE IS MY ORDER", 1),
        ("this is ridiculous, I've called three times", 2),
        ("you damn well better fix it", 2),
        ("I am absolutely disgusted. Third time this has happened!!", 3),
        ("this is fucking ridiculous, you bunch of thieves", 3),
    ],
)
def test_heat_follows_words_and_their_shape(text, heat):
    assert heat_of(text) == heat
