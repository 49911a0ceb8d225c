"""Two things in one message: each is put to its own order, and neither is lost."""

import pytest

from complaints.two_things import cut
from tests.core import Core, heard
from tests.speaking import Speaker

GLASSES = "The wine glasses from W-10679 came broken, L15 3HE."
CAFETIERE = "And also W-10684, the cafetière, still hasn't arrived."
BOTH = heard(
    f"{GLASSES} {CAFETIERE}",
    "complain_damaged_item",
    also=("complain_late_delivery",),
    # Understanding takes the numbers out of what it reads.
    sentences=(
        ("The wine glasses from came broken", "complain_damaged_item"),
        ("And also, the cafetière, still hasn't arrived.", "complain_late_delivery"),
    ),
    order_number=("W-10679", "W-10684"),
    postcode="L15 3HE",
    item=("wine glasses", "cafetière"),
)


def test_a_message_about_two_orders_is_cut_where_it_turns_to_the_second():
    first, second = cut(BOTH)

    assert (first.text, second.text) == (GLASSES, CAFETIERE)
    assert (first.categories, second.categories) == (("damaged_item",), ("late_delivery",))
    assert first.details["order_number"] == ("W-10679",)
    assert second.details["order_number"] == ("W-10684",)
    assert (first.detail("postcode"), second.detail("postcode")) == ("L15 3HE", None)
    assert (first.detail("item"), second.detail("item")) == ("wine glasses", "cafetière")


def test_another_thing_of_the_same_parcel_is_a_complaint_of_its_own():
    message = heard(
        "A mug is missing W-10644 M14 5TP. also the toaster from the same parcel has a dent in it",
        "complain_missing_item",
        also=("complain_damaged_item",),
        sentences=(
            ("A mug is missing", "complain_missing_item"),
            ("also the toaster from the same parcel has a dent in it", "complain_damaged_item"),
        ),
        order_number="W-10644",
        postcode="M14 5TP",
    )

    first, second = cut(message)

    assert (first.categories, second.categories) == (("missing_item",), ("damaged_item",))
    assert second.detail("order_number") == "W-10644" and second.detail("postcode") == "M14 5TP"


def test_more_of_the_same_thing_is_no_second_complaint():
    message = heard(
        "the toaster has a dent. also the lever is stuck",
        "complain_damaged_item",
        sentences=(
            ("the toaster has a dent", "complain_damaged_item"),
            ("also the lever is stuck", "complain_damaged_item"),
        ),
        item="toaster",
    )

    assert cut(message) == (message, None)


def test_an_answer_before_a_second_complaint_stays_an_answer():
    message = heard(
        "L15 3HE. I also have another problem, order W-10684 never arrived",
        "complain",
        sentences=(("I also have another problem, order never arrived", "complain"),),
        order_number="W-10684",
        postcode="L15 3HE",
    )

    first, second = cut(message, category="damaged_item", number="W-10679")

    assert (first.text, first.detail("postcode")) == ("L15 3HE.", "L15 3HE")
    assert second.detail("order_number") == "W-10684"


@pytest.mark.parametrize(
    "said, intents, numbers",
    [
        ("W-10428 came broken. Sorry, W-10482 came broken.", ("damaged_item",) * 2, 2),
        ("My glasses came broken. The lid is cracked too.", ("damaged_item",) * 2, 0),
        ("W-10679 came broken. It was late, too.", ("damaged_item", "late_delivery"), 1),
    ],
)
def test_a_correction_or_more_about_the_same_order_is_not_cut(said, intents, numbers):
    sentences = [f"{each}." for each in said.split(". ")]
    message = heard(
        said,
        f"complain_{intents[0]}",
        sentences=tuple((s, f"complain_{i}") for s, i in zip(sentences, intents, strict=True)),
        order_number=("W-10428", "W-10482")[:numbers] if numbers == 2 else ("W-10679",)[:numbers],
    )

    assert cut(message) == (message, None)


def test_both_are_settled_one_after_the_other(core: Core, monkeypatch: pytest.MonkeyPatch):
    speaker, samir = Speaker(core, monkeypatch), core.visitor("Samir")
    details = {name: values for name, values in BOTH.details.items()}

    told = speaker.tell(
        samir, BOTH.text, BOTH.intent, also=BOTH.also, sentences=BOTH.sentences, **details
    )

    first, second = samir.cases
    assert (first.order_number, second.order_number) == ("W-10679", "W-10684")
    assert (first.status, second.status) == ("listening", "next")
    assert f"I've noted it as case {second.reference}" in " ".join(told)
    assert first.proved_by == "postcode"


def test_a_second_complaint_of_no_category_is_turned_to_in_their_own_words(core, monkeypatch):
    speaker, samir = Speaker(core, monkeypatch), core.visitor("Samir")
    speaker.tell(
        samir, "two glasses broken, new ones please", "complain_damaged_item",
        remedy="replacement", order_number="W-10679",
    )  # fmt: skip
    speaker.tell(
        samir, "L15 3HE. I also have another problem, order W-10684 never arrived", "complain",
        sentences=(("I also have another problem, order never arrived", "complain"),),
        order_number="W-10684", postcode="L15 3HE",
    )  # fmt: skip
    new = next(payload for title, payload in speaker.buttons.items() if title.startswith("New"))

    told = " ".join(speaker.press(samir, new))

    assert "“I also have another problem, order W-10684 never arrived”" in told
    assert [case.status for case in samir.cases] == ["resolving", "listening"]


def test_the_first_reply_names_both_things_that_went_wrong(core, monkeypatch):
    speaker, tom = Speaker(core, monkeypatch), core.visitor("Tom")

    told = speaker.tell(
        tom, "you sent a toaster instead of the kettle AND charged me twice",
        "complain_wrong_item", also=("complain_wrong_charge",), item=("toaster", "kettle"),
    )[0]  # fmt: skip

    assert "sorry we sent you the wrong thing" in told
    assert "and that the money isn't right" in told
    assert [case.item for case in tom.cases] == ["kettle", "kettle"]


def test_a_long_story_is_answered_for_what_it_is_mainly_about(core, monkeypatch):
    speaker, mei = Speaker(core, monkeypatch), core.visitor("Mei Ling")
    story = "I ordered it because she had one like it when we were small, " * 3

    told = speaker.tell(
        mei, f"{story} and the spout was chipped", "complain_damaged_item",
        also=("complain_wrong_item",),
    )[0]  # fmt: skip

    assert "wrong thing" not in told


def test_asked_after_meanwhile_the_second_complaint_is_the_one_already_noted(core, monkeypatch):
    speaker, samir = Speaker(core, monkeypatch), core.visitor("Samir")
    details = {name: values for name, values in BOTH.details.items()}
    speaker.tell(samir, BOTH.text, BOTH.intent, also=BOTH.also, sentences=BOTH.sentences, **details)

    told = " ".join(
        speaker.tell(samir, "and what about the missing cafetière?", "complain_late_delivery")
    )

    first, second = samir.cases
    assert f"case {second.reference}" in told
    assert "I've noted it" not in told, "they have read that already"
    assert first.other_categories == []
    assert second.story[-1] == "and what about the missing cafetière?"


def test_asked_after_once_it_is_its_turn_it_is_no_wish(core, monkeypatch):
    speaker, hannah = Speaker(core, monkeypatch), core.visitor("Hannah")
    speaker.tell(
        hannah, "charged twice for the lamp", "complain_wrong_charge",
        order_number="W-10595", postcode="N16 7UR",
    )  # fmt: skip
    assert hannah.case.pending == "wish"

    speaker.tell(hannah, "and what about the double charge?", "complain_wrong_charge")

    assert (hannah.case.pending, hannah.case.wish) == ("wish", None)


def test_a_sentence_that_tells_of_two_orders_is_cut_where_it_goes_on_to_the_second():
    said = "My blender W-10482 stopped working, and the toaster I got last month W-10957 burns"
    message = heard(
        said, "complain_damaged_item", order_number=("W-10482", "W-10957"),
        item=("blender", "toaster"), sentences=((said, "complain_damaged_item"),),
    )  # fmt: skip

    first, second = cut(message)

    assert first.text == "My blender W-10482 stopped working"
    assert (first.detail("order_number"), first.detail("item")) == ("W-10482", "blender")
    assert (second.detail("order_number"), second.detail("item")) == ("W-10957", "toaster")
    assert second.categories == ("damaged_item",)


@pytest.mark.parametrize(
    "said", ["It is W-10482, and not W-10957", "W-10482 and W-10957 are both the blender"]
)
def test_two_numbers_of_one_thing_are_not_cut(said: str):
    message = heard(
        said, "complain_damaged_item", order_number=("W-10482", "W-10957"), item="blender",
        sentences=((said, "complain_damaged_item"),),
    )  # fmt: skip

    assert cut(message) == (message, None)


def test_each_half_of_a_sentence_about_two_orders_is_of_its_own_kind():
    said = "my cafetiere is two days late W-10684 and of the wine glasses W-10679 two were smashed"
    message = heard(
        said, "complain_damaged_item", also=("complain_late_delivery",), item="cafetiere",
        order_number=("W-10684", "W-10679"), sentences=((said, "complain_damaged_item"),),
    )  # fmt: skip

    first, second = cut(message)

    assert (first.categories, first.detail("order_number")) == (("late_delivery",), "W-10684")
    assert (second.categories, second.detail("order_number")) == (("damaged_item",), "W-10679")
