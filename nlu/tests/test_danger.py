"""Danger is found in plain and in other words; mere anger and idiom are not danger.

The lines here are other lines than those of danger.yml, which are learned from.
"""

from pathlib import Path

import pytest
import yaml

from room.danger import _SENTENCES


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
        "they laughed at me",
        "she spoke to me as if I was a child",
        "you sent a toaster instead of the kettle AND charged me twice",
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
    ("text", "kind"),
    [
        ("the jug burst and i have stiches in my chin", "injury"),
        ("THE LADDER FOLDED AND MY HUSBAND BROKE HIS ANKLE", "injury"),
        ("it elecrocuted me twice, electric shock from the tap", "electric_shock"),
        ("my soliciter will write to you", "legal_threat"),
        ("im going to see a laywer about this", "legal_threat"),
        ("my mum past away on friday", "bereavement"),
    ],
)
def test_danger_is_heard_in_capitals_and_misspelt(danger_in, text, kind):
    assert danger_in(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sir current is coming from the body of the cooler", "electric_shock"),
        ("mobile battery got blasted in the night", "fire"),
        ("my grandfather expired on 2nd, kindly close his account", "bereavement"),
        ("i will file a case in consumer court against your company", "legal_threat"),
        ("will tell the news channels what you did", "press_threat"),
        ("after eating your sweets we had loose motions the whole night", "illness"),
        ("I got a belt off the fridge", "electric_shock"),
        ("our attorney will be sending a demand letter", "legal_threat"),
    ],
)
def test_danger_is_heard_in_every_english(danger_in, text, kind):
    assert danger_in(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "nobody was hurt, it only made a noise",
        "there was no fire and no smoke, it just went off",
        "I'm not going to sue anyone, I only want the right size",
        "luckily no injuries, only a broken jug",
    ],
)
def test_harm_that_is_denied_is_no_danger(danger_in, text):
    assert danger_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "the cough medicine bottle was half empty",
        "the newspaper was left out in the rain",
        "the fire guard came without screws",
        "the doctor's coat I ordered for the school play is too long",
        "the pill organiser is missing a lid",
        "the wheelchair ramp is the wrong colour",
    ],
)
def test_a_word_of_danger_as_goods_is_no_danger(danger_in, text):
    assert danger_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "how does a smoke alarm notice a fire",
        "who was the first woman to become a judge",
        "how do lawyers get paid",
        "which foods can give you food poisoning",
        "from what age can children use this",
    ],
)
def test_a_question_about_the_world_is_no_danger(danger_in, text):
    assert danger_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "the jumper for my grandson is the wrong blue",
        "my wife says the bag is too small",
        "my dad ordered it for my mum and it has not come",
        "the school shoes for my daughter are two different sizes",
        "I'm 74 and I can't read the small print",
    ],
)
def test_a_relative_merely_mentioned_is_no_danger(danger_in, text):
    assert danger_in(text) is None


def test_a_long_calm_story_is_no_danger(danger_in):
    assert (
        danger_in(
            "I ordered the bookcase on the second and was told it would be here within the week. "
            "On the tenth two men brought a box with one side missing. I rang, waited half an "
            "hour, and was promised the side by Friday. It is Monday now. Please send it."
        )
        is None
    )


def test_no_sentence_of_the_ruler_is_learned():
    lines = yaml.safe_load(Path(__file__).with_name("danger_lines.yml").read_text())["lines"]
    learned = yaml.safe_load(_SENTENCES.read_text())
    assert not {_bare(line["text"]) for line in lines} & {
        _bare(text) for texts in learned.values() for text in texts
    }


def _bare(text):
    return "".join(filter(str.isalnum, text.lower()))


@pytest.mark.parametrize(
    "text",
    [
        "my cousin gave us the bowls and one of them is chipped",
        "I'm filling this in for my father-in-law, his radio is dead",
        "I'm a paramedic, deliver it in the evening please",
        "the crutches make it hard to come down to the gate for a parcel",
        "the drawer pull came off in my hand",
        "the steam iron dribbles rust on my pillowcases",
        "the standard lamp flickers when the heating comes on",
        "this cardigan itches like mad",
    ],
)
def test_relatives_jobs_and_nuisances_are_no_danger(danger_in, text):
    assert danger_in(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("it was going to be grandad's, he died before the box was opened", "bereavement"),
        ("we lost mum on Tuesday and her scarf came on Wednesday", "bereavement"),
        ("half of Twitter and the Bolton News will have this by Sunday", "press_threat"),
    ],
)
def test_what_is_told_softly_or_of_a_local_paper_is_heard(danger_in, text, kind):
    assert danger_in(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "please don't put me through to anyone",
        "I want to speak with a live agent",
        "I'm 78 and the kettle leaks",
        "I am 82 years old and the kettle came dented",
        "I can't breathe for laughing, you sent me a pink toaster",
        "no need to put me through to anybody, really",
        "I was told to go away",
        "the heating engineer was shocked at the state of the boiler",
        "my grandson tapped it by mistake and now I pay every week",
    ],
)
def test_who_wants_no_person_or_was_sent_away_is_in_no_danger(danger_in, text):
    assert danger_in(text) is None


def test_a_person_declined_hides_no_danger(danger_in):
    said = "I don't want to talk to anyone, I am going to kill myself"
    assert danger_in(said) == "self_harm"
