"""Facts are found in any spelling, and nothing is found that was not said."""

import pytest
from reading_table import table

from room.details import details_of

test_order_numbers = table(
    "order_number",
    [
        ("The blender I ordered (W-10482) came smashed", ["W-10482"]),
        ("w10482", ["W-10482"]),
        ("W 10482", ["W-10482"]),
        ("order no. 10482", ["10482"]),
        ("my order number is #W9571698", ["W9571698"]),
        ("Order#10482", ["10482"]),
        ("orders W-10482 and W-10490 are both wrong", ["W-10482", "W-10490"]),
        ("order 114-3941689-8772232 hasn't come", ["114-3941689-8772232"]),
        ("10482 is my order number", ["10482"]),
        ("it's 10482", ["10482"]),
        ("sure, 1048275513", ["1048275513"]),
        ("ordr ORD-2024-118 pls", ["ORD-2024-118"]),
        ("my booking reference is YAX4DR", ["YAX4DR"]),
        ("I ordered 2 mugs on 3/11", []),
        ("my order from 2024", []),
        ("order 5 more please", []),
        ("my phone is 07700 900123", []),
        ("postcode SW9 8QF", []),
        ("my account number is 10482233", []),
        ("tracking number 1234567890", []),
        ("I paid 10482 for it", []),
        ("policy kwr 730114826, part hb 417", []),
        ("12345 Elm Road", []),
        ("it was 10482 days late", []),
        ("it's W-10482—the blue one", ["W-10482"]),
        ("order 10482-it came broken", ["10482"]),
        ("order ORD-2024-118-A", ["ORD-2024-118-A"]),
        ("my order is **W-10482**", ["W-10482"]),
        ("order １０４８２", ["10482"]),
        ("I ordered a bricks set 10482", []),
        ("the article no. is 10482233, never ordered", []),
        ("consignment number JD0002255817", []),
        ("my contact no. is 10482233", []),
        ("W-1O482", ["W-10482"]),
        ("w1o482", ["W-10482"]),
        ("W/10482", ["W-10482"]),
        ("order W - 10482 it's broken", ["W-10482"]),
        ("w_10482", ["W-10482"]),
        ("orders w.10482 and w/10490", ["W-10482", "W-10490"]),
        ("W 1 0 4 8 2", ["W-10482"]),
        ("order: W—10482", ["W-10482"]),
        ("W 104 82", ["W-10482"]),
        ("my order is W one zero four eight two thanks", ["W-10482"]),
        ("double u one oh four double eight", ["W-10488"]),
        ("order number is one, zero, four, eight, two", ["10482"]),
        ("number is W-10482-", ["W-10482"]),
        ("w10482 2 mugs missing", ["W-10482"]),
        ("my Sony WH-1000XM4 headphones", []),
        ("an iPhone 15 and a 100w 10482 bulb", []),
        ("a 60 w 1 2 3 4 5 6", []),
        ("a 12 w 10 20 bulb", []),
        ("w1 1aa", []),
        ("I ordered one, two came", []),
        ("order four five mugs", []),
    ],
)

test_choices = table(
    "choice",
    [
        ("the second one", [2]),
        ("option 2 please", [2]),
        ("I'll take the first", [1]),
        ("last one", [-1]),
        ("the latter", [-1]),
        ("2", [2]),
        ("number three please", [3]),
        ("the second time this happened", []),
        ("first of all, hello", []),
        ("in the first place", []),
        ("order number 3", []),
    ],
)

test_wishes = table(
    "remedy",
    [
        ("I just want one that works", ["replacement"]),
        ("refund please", ["full_refund"]),
        ("I want my money back", ["full_refund"]),
        ("could I have a partial refund", ["partial_refund"]),
        ("just send the seal", ["resend_part"]),
        ("can you refund the delivery", ["refund_shipping"]),
        ("can someone ring me", ["call_back"]),
        ("I want an apology", ["written_apology"]),
        ("I don't want a refund, I want a replacement", ["replacement"]),
        ("I want to exchange it instead of a refund", ["replacement"]),
        ("they refused to give me a refund", ["full_refund"]),
        ("I still haven't had my refund", ["full_refund"]),
        ("why don't you just refund me", ["full_refund"]),
        ("I don't just want a refund, I want an apology", ["full_refund", "written_apology"]),
        ("a refund or a replacement, I don't mind", ["full_refund", "replacement"]),
        ("the replacement you sent is also broken", []),
        ("what is your refund policy", []),
        ("do you sell gift cards", []),
        ("no vouchers or discounts", []),
    ],
)

test_refusals = table(
    "refused_remedy",
    [
        ("I don't want a refund, I want a replacement", ["full_refund"]),
        ("no vouchers or discounts please", ["voucher", "partial_refund"]),
        ("not another replacement", ["replacement"]),
        ("keep your voucher", ["voucher"]),
        ("I want my money back, not a voucher", ["voucher"]),
        ("they won't give me a refund", []),
        ("I never received my refund", []),
    ],
)

test_case_references = table(
    "case_reference",
    [
        ("my case is KX-4821-M", ["KX-4821-M"]),
        ("kx4821m", ["KX-4821-M"]),
        ("kx 4821 m", ["KX-4821-M"]),
        ("I want it by 2024 a bit sooner", []),
        ("order KX-4821-M", []),
    ],
)

test_quantities = table(
    "quantity",
    [("2 of them are broken", [2]), ("I ordered three plates", [3]), ("I waited three weeks", [])],
)


def test_a_whole_story_in_one_message_is_used_to_the_last_fact(found):
    said = found(
        "Hi, Sarah Hughes here. My name is Sarah Hughes, order w10482, the kettle I bought for £64 on 3 November "
        "leaks. I don't want a voucher, I want a new one by friday. sarah@hughes.org or 07700 900123, SW9 8QF"
    )

    assert said["order_number"] == ["W-10482"]
    assert said["money"] == [{"amount": "64.00", "currency": "GBP"}]
    assert said["date"] == ["2026-11-03"]
    assert said["deadline"] == ["2026-11-27"]
    assert said["email"] == ["sarah@hughes.org"]
    assert said["phone"] == ["+447700900123"]
    assert said["postcode"] == ["SW9 8QF"]
    assert said["remedy"] == ["replacement"]
    assert said["refused_remedy"] == ["voucher"]


def test_a_detail_says_where_it_stood_and_how_it_was_typed():
    typed = "It’s order ‘w10482’, thanks"

    (order,) = [detail for detail in details_of(typed) if detail.entity == "order_number"]

    assert typed[order.start : order.end] == order.text == "w10482"


def test_only_the_first_two_thousand_characters_are_read(found):
    assert found("very " * 500 + "order W-10482") == {}


@pytest.mark.parametrize(
    "typed",
    ["", " ", "🙂🙂🙂", "\x00", "9" * 2000, "a" * 2000, "((((" * 200, "1-" * 900, "£" * 500],
)
def test_nothing_that_can_be_typed_breaks_the_reader(found, typed):
    assert isinstance(found(typed), dict)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("please, no phone calls", ["call_back"]),
        ("I don't want a call, write to me", ["call_back"]),
        ("every penny back and not some silly voucher", ["voucher"]),
        ("can you fix my account", None),
        ("it's not working properly", None),
    ],
)
def test_what_they_do_not_want_is_no_wish(found, typed, refused):
    said = found(typed)

    assert said.get("refused_remedy") == refused
    assert "repair" not in said.get("remedy", [])
    assert not set(refused or []) & set(said.get("remedy", []))
