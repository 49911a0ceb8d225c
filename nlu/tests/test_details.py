"""Facts are found in any spelling, and nothing is found that was not said."""

import pytest

from room.details import details_of


def table(entity, rows):
    """One test per row: what is typed, and the values of `entity` that are in it."""

    @pytest.mark.parametrize(("typed", "expected"), rows, ids=[row[0][:50] for row in rows])
    def test(found, typed, expected):
        assert found(typed).get(entity, []) == expected

    return test


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
        ("sdv 258963741 and frt 569", []),
        ("12345 Elm Road", []),
        ("it was 10482 days late", []),
    ],
)

test_money = table(
    "money",
    [
        ("I paid £64.00", [{"amount": "64.00", "currency": "GBP"}]),
        ("£1,204.50 gone", [{"amount": "1204.50", "currency": "GBP"}]),
        ("sixty quid", [{"amount": "60.00", "currency": "GBP"}]),
        ("twenty-five pounds", [{"amount": "25.00", "currency": "GBP"}]),
        ("a hundred and ten pounds", [{"amount": "110.00", "currency": "GBP"}]),
        ("20 pounds", [{"amount": "20.00", "currency": "GBP"}]),
        ("it cost a tenner", [{"amount": "10.00", "currency": "GBP"}]),
        ("$45.99 twice", [{"amount": "45.99", "currency": "USD"}]),
        ("Rs. 1299", [{"amount": "1299.00", "currency": "INR"}]),
        ("12,50 €", [{"amount": "12.50", "currency": "EUR"}]),
        ("charged me 45.99 twice", [{"amount": "45.99", "currency": "GBP"}]),
        ("I paid 64 for it", [{"amount": "64.00", "currency": "GBP"}]),
        ("99p", [{"amount": "0.99", "currency": "GBP"}]),
        (
            "£20 and £30",
            [{"amount": "20.00", "currency": "GBP"}, {"amount": "30.00", "currency": "GBP"}],
        ),
        ("charged 3 times", []),
        ("it weighs 5 pounds of flour", []),
        ("order no. 10482", []),
        ("it came at 10.30", []),
        ("I want my money back", []),
    ],
)

test_dates = table(
    "date",
    [
        ("it came yesterday", ["2026-11-21"]),
        ("ordered two weeks ago", ["2026-11-08"]),
        ("I bought it last monday", ["2026-11-16"]),
        ("it was due on friday", ["2026-11-20"]),
        ("it was supposed to arrive by friday", ["2026-11-20"]),
        ("on 3rd November", ["2026-11-03"]),
        ("15 th june 2026", ["2026-06-15"]),
        ("nov 3", ["2026-11-03"]),
        ("03/11/2026", ["2026-11-03"]),
        ("11/25/2025", ["2025-11-25"]),
        ("2026-11-03", ["2026-11-03"]),
        ("I ordered on the 14th", ["2026-11-14"]),
        ("a couple of days ago", ["2026-11-20"]),
        ("last month", ["2026-10-22"]),
        ("it may be broken", []),
        ("the sun is shining", []),
        ("it sat there for days", []),
        ("the second time", []),
        ("march on, soldier", []),
        ("3 of 5 arrived", []),
        ("order 10-11-12345", []),
    ],
)

test_deadlines = table(
    "deadline",
    [
        ("I've got people coming saturday!!", ["2026-11-28"]),
        ("need it by friday", ["2026-11-27"]),
        ("can you send it by sat", ["2026-11-28"]),
        ("I need it for the weekend", ["2026-11-28"]),
        ("before christmas please", ["2026-12-25"]),
        ("the wedding is on the 28th", ["2026-11-28"]),
        ("we need it by tomorrow", ["2026-11-23"]),
        ("it was promised by monday", []),
        ("you said it would be here before friday", []),
        ("the party was on saturday", []),
        ("I ordered it on saturday", []),
    ],
)

test_contact = table(
    "email",
    [
        ("Sarah.Hughes@Example.com", ["sarah.hughes@example.com"]),
        ("write to priya+shop@mail.co.uk.", ["priya+shop@mail.co.uk"]),
        ("sarah at gmail dot com", ["sarah@gmail.com"]),
        ("meet me @ noon", []),
    ],
)

test_phones = table(
    "phone",
    [
        ("call me on 07700 900123", ["+447700900123"]),
        ("+44 7700 900123", ["+447700900123"]),
        ("my number is 020 7946 0958", ["+442079460958"]),
        ("my phone number is (415) 555-0132", ["+14155550132"]),
        ("0044 20 7946 0958", ["+442079460958"]),
        ("order 0770090012", []),
        ("03/11/2026", []),
        ("my card is 4929 1234 5678 9012", []),
    ],
)

test_postcodes = table(
    "postcode",
    [
        ("SW9 8QF", ["SW9 8QF"]),
        ("sw98qf", ["SW9 8QF"]),
        ("it's m1 1ae, thanks", ["M1 1AE"]),
        ("zip code 94110", ["94110"]),
        ("I live in Springfield, IL 62704", ["62704"]),
        ("order 94110", []),
        ("the m1 3rd exit", []),
        ("x2 8gb", []),
    ],
)

test_names = table(
    "person_name",
    [
        ("my name is john smith and my order is 10482", ["John Smith"]),
        ("Hi I'm Sarah Hughes, the kettle broke", ["Sarah Hughes"]),
        ("this is Priya", ["Priya"]),
        ("my name's O'Hara", ["O'Hara"]),
        ("It is broken.\nRegards,\nTom Ellis", ["Tom Ellis"]),
        ("I'm angry", []),
        ("I'm Furious", []),
        ("I'm really disappointed", []),
        ("this is Ridiculous!", []),
        ("I'm waiting for it", []),
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


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("The blender I ordered came smashed", "blender"),
        ("my toaster stopped working", "toaster"),
        ("I bought a cast iron pan from you", "cast iron pan"),
        ("where is my coffee grinder", "coffee grinder"),
    ],
)
def test_what_was_ordered_is_named_as_the_customer_names_it(found, typed, item):
    assert item in found(typed)["item"]


@pytest.mark.parametrize(
    "typed", ["my order is late", "I want my money", "my name is Sarah", "the driver was rude"]
)
def test_orders_money_and_people_are_no_items(found, typed):
    assert "item" not in found(typed)


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
