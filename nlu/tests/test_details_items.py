"""The thing is called what the customer calls it."""

import pytest


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("The blender I ordered came smashed", "blender"),
        ("my toaster stopped working", "toaster"),
        ("I bought a cast iron pan from you", "cast iron pan"),
        ("where is my coffee grinder", "coffee grinder"),
        ("I'd like to exchange the bread bin from order W-10482", "bread bin"),
        ("can you cancel the Paella Pan", "Paella Pan"),
        ("I also want to return both stools", "stools"),
        ("is it the order that includes a milk frother?", "milk frother"),
        ("about the item **Egg Timer (W-10482)**", "Egg Timer"),
        ("the toasting fork I want to swap is bent", "toasting fork"),
        ("can you check if the whisk is available", "whisk"),
        ("my toaster lol is broken", "toaster"),
        ("my blender tbh stopped", "blender"),
        ("the jacket size L is too small", "jacket"),
        ("I ordered a size 12 dress", "dress"),
        ("I bought some mens 9 boots", "boots"),
        ("I ordered a hoodie XL", "hoodie"),
        ("I bought a king size duvet", "king size duvet"),
        ("my dog bed was torn", "dog bed"),
        ("I bought an iPhone 15", "iPhone 15"),
        ("MY KETTLE GIVES ME SHOCKS", "KETTLE"),
        ("My blender W-10482 came with a smashed jug", "blender"),
        ("the lamp from order W-10957 flickers, the lamp (W-10957) is broken", "lamp"),
    ],
)
def test_what_was_ordered_is_named_as_the_customer_names_it(found, typed, item):
    assert item in found(typed)["item"]


def test_things_told_in_one_breath_are_all_named(found):
    said = found("I want to return the ladle, sieve, and egg timer. I'm keeping a pan and the lid.")

    assert said["item"] == ["ladle", "sieve", "egg timer", "pan", "lid"]


def test_what_follows_and_is_no_thing_when_it_begins_another_thought(found):
    assert found("I bought a kettle and nobody answers")["item"] == ["kettle"]


def test_a_weak_hint_is_taken_only_when_there_is_no_better(found):
    assert found("there's no handle for the pan")["item"] == ["pan"]
    assert found("my pan came without a handle for the lid")["item"] == ["pan"]


@pytest.mark.parametrize(
    "typed",
    [
        "my order is late",
        "I want my money",
        "my name is Sarah",
        "the driver was rude",
        "change the delivery address",
        "cancel my subscription",
        "where is the refund",
        "I changed my mind",
        "my dog was scared",
        "our cat has been sick since",
        "I bought the mens 9",
        "my rebooking never came",
        "I already checked with the neighbors",
    ],
)
def test_orders_money_people_pets_and_sizes_are_no_items(found, typed):
    assert "item" not in found(typed)
