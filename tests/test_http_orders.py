"""A real shop over HTTP: every way it can answer, from a real server on loopback."""

import json
import re
import threading
from collections import deque
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import requests

from complaints.demo_shop import DemoShop
from complaints.demo_shop_server import DemoShopDoor, DemoShopServer
from complaints.errors import Conflict, OrdersUnavailable
from complaints.http_orders import HttpOrders, PoliteRetry
from complaints.money import Money
from complaints.order_json import (
    customer_from_json,
    instruction_from_json,
    order_from_json,
    order_to_json,
    receipt_from_json,
)
from complaints.orders import Instruction

TODAY = date(2026, 11, 22)
CONTRACT = Path(__file__).parent.parent / "docs" / "orders-api.md"


class MoodyDoor(DemoShopDoor):
    """The demo shop's door, which first does what the test says: (status, headers, body)."""

    def do_GET(self):
        self._moody(super().do_GET)

    def do_POST(self):
        self._moody(super().do_POST)

    def _moody(self, answer):
        self.server.asked.append((self.command, self.path))
        if not self.server.moods:
            return answer()
        mood = self.server.moods[0]
        if self.server.moods.maxlen is None:
            self.server.moods.popleft()
        if mood == "silent":
            self.server.released.wait(10)
            self.close_connection = True
            return None
        if mood == "hang up":
            self.close_connection = True
            return None
        if mood == "do it, then 503":
            self.send_response = lambda status: DemoShopDoor.send_response(self, 503)
            answer()
            del self.send_response
            return None
        status, headers, body = mood
        self.rfile.read(self._length())
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        return None


@pytest.fixture
def server():
    with DemoShopServer(DemoShop(TODAY), token="secret", door=MoodyDoor) as server:
        server.asked, server.moods, server.released = [], deque(), threading.Event()
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def orders(server) -> HttpOrders:
    return HttpOrders(server.url + "/", token="secret", read_seconds=3)


def always(server, status, body=b"", **headers):
    server.moods = deque([(status, headers, body)], maxlen=1)


def answers(server, status, body=b"", **headers):
    server.moods.append((status, {k.replace("_", "-"): v for k, v in headers.items()}, body))


# The contract, kept


def test_everything_the_demo_shop_knows_arrives_unchanged(server, orders):
    for story in server.shop.stories:
        assert orders.find(story.order.number) == story.order
    assert orders.customer("C-1016") == server.shop.customer("C-1016")
    assert orders.orders_of("C-1014") == server.shop.orders_of("C-1014")


@pytest.mark.parametrize("said", ["w10482", "W 10482", " #10482", "W/10482", "W–10482"])
def test_a_number_is_found_as_the_customer_spells_it(orders, said):
    assert orders.find(said).number == "W-10482"


def test_the_examples_of_the_contract_are_read_as_written(server):
    blocks = re.findall(r"```json (\w+)\n(.*?)```", CONTRACT.read_text("utf-8"), re.DOTALL)
    examples = {name: json.loads(text) for name, text in blocks}

    assert order_from_json(examples["order"]) == server.shop.find("W-10482")
    assert order_to_json(server.shop.find("W-10482")) | {"lines": 0} == examples["order"] | {
        "lines": 0
    }
    assert customer_from_json(examples["customer"]) == server.shop.customer("C-1001")
    asked = instruction_from_json(examples["instruction"])
    assert receipt_from_json(examples["receipt"]).key == asked.key
    assert server.shop.instruct(asked).expected_on.isoformat() == "2026-11-24"


def test_email_and_postcode_find_orders_and_stay_out_of_the_url(server, orders):
    found = orders.search(email="Samir.Haddad@example.com", postcode="l15 3he")

    assert [order.number for order in found] == ["W-10684", "W-10679"]
    assert server.asked == [("POST", "/orders/search")]


def test_one_fact_alone_is_not_even_asked(server, orders):
    assert orders.search(email="samir.haddad@example.com", name="Samir Haddad") == []
    assert orders.search(postcode="L15 3HE") == []
    assert server.asked == []


def test_a_shop_that_finds_too_much_does_not_give_it_away(server, orders):
    everything = {"orders": [order_to_json(order) for order in server.shop.orders]}
    answers(server, 200, json.dumps(everything).encode())

    found = orders.search(email="samir.haddad@example.com", postcode="L15 3HE")

    assert {order.customer_id for order in found} == {"C-1014"}


def test_an_instruction_told_twice_is_carried_out_once(server, orders):
    refund = Instruction("KX-4821-M/refund", "full_refund", "W-10482", amount=Money("64.00"))

    first, second = orders.instruct(refund), orders.instruct(refund)

    assert first == second == orders.instruction("KX-4821-M/refund")
    assert first.state == "accepted"


def test_an_instruction_whose_answer_was_lost_is_carried_out_once(server, orders):
    server.moods.append("do it, then 503")
    refund = Instruction("KX-4821-M/refund", "full_refund", "W-10482")

    receipt = orders.instruct(refund)

    assert receipt.state == "accepted"
    assert len(server.asked) == 2


def test_the_demo_shop_can_be_made_late_over_http(server, orders):
    told = orders.instruct(Instruction("KX-4821-M/1", "replacement", "W-10482"))
    url = f"{server.url}/instructions/{quote(told.key, safe='')}/late"

    requests.post(url, json={"days": 5}, headers={"Authorization": "Bearer secret"}, timeout=5)

    assert orders.instruction(told.key).expected_on == told.expected_on + timedelta(days=5)


def test_a_key_used_for_something_else_is_a_conflict(orders):
    orders.instruct(Instruction("K-1", "replacement", "W-10482"))

    with pytest.raises(Conflict, match="new key"):
        orders.instruct(Instruction("K-1", "full_refund", "W-10482"))


def test_a_refusal_of_the_shop_is_an_answer_with_its_reason(orders):
    receipt = orders.instruct(Instruction("K-2", "replacement", "W-10668"))

    assert receipt.state == "refused"
    assert "not in stock" in receipt.why


def test_what_is_not_there_is_none(orders):
    assert orders.find("W-99999") is None
    assert orders.customer("C-9999") is None
    assert orders.orders_of("C-9999") == []
    assert orders.instruction("never told") is None


@pytest.mark.parametrize("said", ["", "  ", "#", "..", "../customers", "W" * 300, "\ud83d 1"])
def test_nonsense_for_a_number_reaches_no_other_address(server, orders, said):
    assert orders.find(said) is None
    assert all(path.startswith("/orders/") for _, path in server.asked)


# The shop is not well


def test_a_busy_shop_is_asked_again(server, orders):
    answers(server, 429, Retry_After="0")
    answers(server, 503)

    assert orders.find("W-10482").number == "W-10482"
    assert len(server.asked) == 3


def test_a_shop_that_asks_for_an_hour_is_not_given_an_hour():
    assert PoliteRetry().parse_retry_after("3600") == PoliteRetry.longest_wait_seconds
    assert PoliteRetry().parse_retry_after("1") == 1


@pytest.mark.parametrize(("status", "times"), [(500, 1), (503, 3), (429, 3), (302, 1), (204, 1)])
def test_a_shop_that_stays_ill_is_not_asked_for_ever(server, orders, status, times):
    always(server, status)

    with pytest.raises(OrdersUnavailable, match=f"answered {status}"):
        orders.find("W-10482")
    assert len(server.asked) == times


def test_a_silent_shop_is_given_up_and_not_asked_again(server):
    impatient = HttpOrders(server.url, token="secret", read_seconds=0.2)
    server.moods.append("silent")

    with pytest.raises(OrdersUnavailable, match=r"did not answer within 2 s .* 0\.2 s to read"):
        impatient.find("W-10482")
    assert len(server.asked) == 1


def test_a_shop_that_hangs_up_cannot_be_reached(server, orders):
    server.moods.append("hang up")

    with pytest.raises(OrdersUnavailable, match="cannot be reached"):
        orders.find("W-10482")


def test_a_shop_that_is_not_there_cannot_be_reached():
    with DemoShopServer(DemoShop(TODAY)) as gone:
        address = gone.url

    with pytest.raises(OrdersUnavailable, match=r"cannot be reached .* ORDERS_URL"):
        HttpOrders(address).find("W-10482")


@pytest.mark.parametrize("token", ["wrong", None])
def test_a_wrong_token_is_named_as_the_cause(server, token):
    with pytest.raises(OrdersUnavailable, match=r"401.*ORDERS_TOKEN"):
        HttpOrders(server.url, token=token).find("W-10482")
    with pytest.raises(OrdersUnavailable, match=r"401.*ORDERS_TOKEN"):
        HttpOrders(server.url, token=token).search(email="a@example.com", postcode="E1 6QL")


def test_a_netrc_of_the_machine_does_not_replace_the_token(server, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))

    assert HttpOrders(server.url, token="secret").find("W-10482") is not None


def test_a_missing_search_is_not_taken_for_nothing_found(server, orders):
    answers(server, 404)

    with pytest.raises(OrdersUnavailable, match="404"):
        orders.search(email="samir.haddad@example.com", postcode="L15 3HE")


# The shop says nonsense


@pytest.mark.parametrize("body", [b"", b"<html>Sorry!</html>", b'{"number": "W-1', b"\xff\xfe"])
def test_what_is_not_json_is_said_to_be_none(server, orders, body):
    answers(server, 200, body)

    with pytest.raises(OrdersUnavailable, match="not JSON"):
        orders.find("W-10482")


@pytest.mark.parametrize(
    ("field", "value", "teaches"),
    [
        (
            "total",
            64.0,
            r'order\.total wrongly: expected money as text, such as "64\.00".* got 64\.0',
        ),
        ("total", "sixty", r"order\.total .* got 'sixty'"),
        ("total", "64.005", r"order\.total"),
        ("shipping", None, r"order\.shipping .* got NoneType"),
        ("ordered_on", "21/11/2026", r"order\.ordered_on .* expected a day such as"),
        ("delivered_on", 20261121, r"order\.delivered_on"),
        ("status", "lost", r"order\.status .* one of placed, shipped, delivered, cancelled"),
        ("number", "", r"order\.number .* a text"),
        ("lines", {}, r"order\.lines .* a list"),
        ("lines", ["blender"], r"order\.lines\[0\] .* an object"),
        ("currency", "pounds", r"in pounds"),
    ],
)
def test_a_wrong_field_is_named_with_what_it_should_be(server, orders, field, value, teaches):
    answer = order_to_json(server.shop.find("W-10482")) | {field: value}
    answers(server, 200, json.dumps(answer).encode())

    with pytest.raises(OrdersUnavailable, match=teaches):
        orders.find("W-10482")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", True),
        ("quantity", 0),
        ("in_stock", "yes"),
        ("unit_price", 64),
        ("parts", "jug"),
    ],
)
def test_a_wrong_field_of_a_line_is_named_with_its_place(server, orders, field, value):
    answer = order_to_json(server.shop.find("W-10482"))
    answer["lines"][0][field] = value
    answers(server, 200, json.dumps(answer).encode())

    with pytest.raises(OrdersUnavailable, match=rf"order\.lines\[0\]\.{field} wrongly"):
        orders.find("W-10482")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"W-10482"', b"64"])
def test_json_of_the_wrong_shape_is_refused(server, orders, body):
    answers(server, 200, body)

    with pytest.raises(OrdersUnavailable, match="order wrongly: expected an object"):
        orders.find("W-10482")


def test_fields_nobody_knows_and_fields_left_out_do_no_harm(server, orders):
    answer = order_to_json(server.shop.find("W-10482")) | {"warehouse": "Swindon"}
    del answer["phone"], answer["lines"][0]["parts"]
    answers(server, 200, json.dumps(answer).encode())

    order = orders.find("W-10482")

    assert (order.phone, order.lines[0].parts) == ("", ())
