"""The demo shop: the same every time, believable, and as stubborn as a real one."""

import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from complaints.clock import AheadClock
from complaints.demo_shop import TIME_ZONE, DemoShop, main, story_table
from complaints.errors import Conflict
from complaints.money import Money
from complaints.orders import Instruction
from complaints.settings import Settings

TODAY = date(2026, 11, 22)
CATEGORIES = {
    "damaged_item", "wrong_item", "missing_item", "late_delivery",
    "not_as_described", "wrong_charge", "poor_service", "account_problem",
}  # fmt: skip


@pytest.fixture
def shop() -> DemoShop:
    return DemoShop(TODAY)


def replacement(key="KX-4821-M/1", order_number="W-10482", **facts) -> Instruction:
    return Instruction(key, facts.pop("kind", "replacement"), order_number, **facts)


# What is in it


def test_it_is_as_large_as_a_small_shop(shop):
    assert len(shop.customers) >= 60
    assert len(shop.orders) >= 150
    assert len({line.sku for order in shop.orders for line in order.lines}) >= 40


def test_the_same_seed_and_day_give_the_same_shop_and_another_seed_another(shop):
    assert DemoShop(lambda: TODAY).orders == shop.orders
    assert DemoShop(TODAY, seed=7).orders != shop.orders


def test_tomorrow_it_is_the_same_shop_a_day_later(shop):
    tomorrow = DemoShop(TODAY + timedelta(days=1))

    assert [o.number for o in tomorrow.orders] == [o.number for o in shop.orders]
    assert tomorrow.find("W-10482").delivered_on == TODAY


def test_a_shop_left_open_overnight_moves_along():
    days = [TODAY]
    shop = DemoShop(lambda: days[-1])
    yesterday = shop.find("W-10482").delivered_on

    days.append(TODAY + timedelta(days=1))

    assert shop.find("W-10482").delivered_on == yesterday + timedelta(days=1)


def test_every_order_adds_up_and_its_days_come_in_order(shop):
    for order in shop.orders:
        goods = sum((line.unit_price * line.quantity for line in order.lines), Money("0.00"))
        assert order.total == goods + order.shipping, order.number
        days = [d for d in (order.ordered_on, order.shipped_on, order.delivered_on) if d]
        assert days == sorted(days) and days[-1] <= TODAY, order.number
        assert (order.status == "delivered") == (order.delivered_on is not None), order.number
        if order.status == "cancelled":
            assert order.shipped_on is None


def test_numbers_and_addresses_belong_to_one_each(shop):
    assert len({order.number for order in shop.orders}) == len(shop.orders)
    assert len({customer.email for customer in shop.customers}) == len(shop.customers)
    assert len({customer.phone for customer in shop.customers}) == len(shop.customers)
    assert all(customer.email.isascii() for customer in shop.customers)
    assert all(".@" not in customer.email for customer in shop.customers)


def test_nobody_in_it_can_be_reached_by_accident(shop):
    for customer in shop.customers:
        assert customer.email.split("@")[1] in {"example.com", "example.org", "example.net"}
        assert customer.phone.startswith("+447700900") or customer.postcode == "D06 X2K4"


# The orders with a story


def test_the_blender_of_the_documents_is_there(shop):
    order = shop.find("W-10482")

    assert [line.name for line in order.lines] == ["Vortex blender"]
    assert order.total == Money("64.00")
    assert order.postcode == "SW9 8QF"
    assert order.delivered_on == TODAY - timedelta(days=1)
    assert order.lines[0].in_stock


def test_every_category_of_complaint_has_an_order_to_try(shop):
    assert {story.category for story in shop.stories} - {None} == CATEGORIES


def test_the_late_order_is_six_days_late_and_on_its_way(shop):
    order = shop.find("W-10561")

    assert order.promised_on == TODAY - timedelta(days=6)
    assert (order.status, order.delivered_on) == ("shipped", None)
    assert order.shipping == Money("7.95")


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        ("W-10588", lambda order: order.status == "cancelled"),
        ("W-10644", lambda order: len(order.lines) == 4),
        ("W-10657", lambda order: order.total > Money("500.00")),
        ("W-10668", lambda order: not order.lines[0].in_stock),
        ("W-10203", lambda order: order.delivered_on == TODAY - timedelta(days=90)),
        ("W-10692", lambda order: order.shipping == Money("0.00")),
        ("W-10517", lambda order: order.shipping == Money("3.95")),
        ("W-10706", lambda order: order.customer_name == "Síle Ní Bhraonáin"),
    ],
)
def test_a_story_order_is_what_it_is_there_to_show(shop, number, holds):
    assert holds(shop.find(number))


def test_the_table_says_all_a_newcomer_needs():
    ran = subprocess.run(
        [sys.executable, "-m", "complaints.demo_shop", "--today", "2026-11-22"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ran.stdout.strip() == story_table(DemoShop(TODAY).stories)
    for word in ("W-10482", "SW9 8QF", "maya.okonkwo@example.com", "Vortex blender", "smashed"):
        assert word in ran.stdout


# Finding without a number


def test_email_and_postcode_together_find_a_customers_orders_newest_first(shop):
    found = shop.search(email="SAMIR.haddad@example.com", postcode="l153he", name="Sam")

    assert [order.number for order in found] == ["W-10684", "W-10679"]
    assert found == shop.orders_of("C-1014")


def test_one_of_the_two_facts_alone_finds_nothing(shop):
    assert shop.search(email="samir.haddad@example.com") == []
    assert shop.search(postcode="L15 3HE", name="Samir Haddad") == []
    assert shop.search(email="samir.haddad@example.com", postcode="L15 3HF") == []
    assert shop.search(name="Samir Haddad") == []
    assert shop.search() == []


def test_a_customer_is_called_what_they_like_to_be_called(shop):
    assert shop.customer("C-1013").preferred_name == "Seun"
    assert shop.customer("C-9999") is None
    assert shop.orders_of("C-9999") == []


# Putting things right


def test_a_replacement_is_accepted_and_done_when_its_day_has_come():
    days = [TODAY]
    shop = DemoShop(lambda: days[-1])

    receipt = shop.instruct(replacement())
    assert (receipt.state, receipt.done_on) == ("accepted", None)
    assert receipt.expected_on == TODAY + timedelta(days=2)

    days.append(receipt.expected_on)
    assert shop.instruction("KX-4821-M/1").state == "done"
    assert shop.instruction("KX-4821-M/1").done_on == receipt.expected_on


def test_the_same_key_twice_is_one_refund(shop):
    once = shop.instruct(replacement(kind="full_refund"))
    again = shop.instruct(replacement(kind="full_refund", order_number="w10482"))

    assert again == once
    assert shop.instruct(replacement("another", kind="full_refund")).state == "refused"


def test_a_key_used_for_something_else_is_refused_loudly(shop):
    shop.instruct(replacement())

    with pytest.raises(Conflict, match="KX-4821-M/1"):
        shop.instruct(replacement(kind="full_refund"))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"order_number": "W-99999"}, "no order"),
        ({"order_number": "W-10668"}, "not in stock"),
        ({"order_number": "W-10644"}, "no item"),
        ({"order_number": "W-10644", "sku": "BLN-VTX"}, "no item"),
        ({"order_number": "W-10574", "kind": "repair"}, "cannot be repaired"),
        ({"order_number": "W-10533", "kind": "resend_part", "part": "spoon"}, "lid seal"),
        ({"kind": "partial_refund", "amount": Money("64.01")}, "more than"),
        ({"kind": "partial_refund", "amount": Money("5.00", "EUR")}, "GBP"),
        ({"kind": "partial_refund", "amount": Money("-5.00")}, "GBP"),
        ({"kind": "partial_refund"}, "nothing to pay"),
        ({"kind": "refund_shipping"}, "nothing to pay"),
        ({"kind": "voucher", "amount": Money("500.00")}, "up to"),
    ],
)
def test_what_a_real_shop_would_refuse_is_refused_with_a_reason(shop, facts, why):
    receipt = shop.instruct(replacement(**facts))

    assert receipt.state == "refused"
    assert why in receipt.why
    assert shop.instruction("KX-4821-M/1") == receipt


def test_several_refunds_never_pay_back_more_than_was_paid(shop):
    half = replacement("a", kind="partial_refund", amount=Money("32.00"))
    rest = replacement("b", kind="partial_refund", amount=Money("32.00"))
    more = replacement("c", kind="partial_refund", amount=Money("0.01"))

    assert [shop.instruct(each).state for each in (half, rest, more)] == [
        "accepted",
        "accepted",
        "refused",
    ]


def test_a_voucher_and_a_label_are_there_at_once(shop):
    assert shop.instruct(replacement("v", kind="voucher", amount=Money("5.00"))).state == "done"
    assert shop.instruct(replacement("l", kind="return_label")).state == "done"


def test_what_was_instructed_outlives_the_process(tmp_path):
    file = tmp_path / "var" / "shop.db"
    receipt = DemoShop(TODAY, file).instruct(replacement())

    assert DemoShop(TODAY, file).instruction("KX-4821-M/1") == receipt
    assert DemoShop(TODAY, file).instruction("never told") is None


def test_a_shop_that_is_late_says_so(shop):
    shop.instruct(replacement())

    late = shop.postpone("KX-4821-M/1", TODAY + timedelta(days=9))

    assert late.expected_on == TODAY + timedelta(days=9)


def test_it_can_be_made_late_by_days_and_what_is_done_stays_done():
    days = [TODAY]
    shop = DemoShop(lambda: days[-1])
    shop.instruct(replacement())

    assert shop.delay("KX-4821-M/1", 5).expected_on == TODAY + timedelta(days=7)
    days.append(TODAY + timedelta(days=7))
    assert shop.delay("KX-4821-M/1", 5).state == "done"
    assert shop.delay("never told", 5) is None


def test_the_command_makes_this_houses_shop_late_by_its_own_clock(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("AMENDS_VAR", str(tmp_path))
    monkeypatch.setenv("AMENDS_CLOCK_FILE", str(tmp_path / "clock"))
    settings, clock = Settings(), AheadClock(tmp_path / "clock")
    clock.advance(timedelta(days=30))
    today = clock.now().astimezone(TIME_ZONE).date()
    house = DemoShop(today, settings.demo_shop_file)
    house.instruct(replacement())

    main(["late", "KX-4821-M/1", "5"])

    assert house.instruction("KX-4821-M/1").expected_on == today + timedelta(days=7)
    assert f"expected on {today + timedelta(days=7)}" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="has no instruction never-told"):
        main(["late", "never-told", "5"])


def test_two_processes_with_one_key_send_one_replacement(tmp_path):
    file = tmp_path / "shop.db"
    shops = [DemoShop(TODAY, file), DemoShop(TODAY, file)]
    receipts, starting = [], threading.Barrier(2)

    def instruct(shop):
        starting.wait()
        receipts.append(shop.instruct(replacement()))

    threads = [threading.Thread(target=instruct, args=(shop,)) for shop in shops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(receipts) == 2 and receipts[0] == receipts[1]


def test_the_document_lists_every_story_with_its_proof(shop):
    document = (Path(__file__).parent.parent / "docs" / "orders-api.md").read_text("utf-8")

    for story in shop.stories:
        row = f"| {story.order.number} | {story.order.postcode} | {story.order.customer_name}: "
        assert row + story.happened in document
