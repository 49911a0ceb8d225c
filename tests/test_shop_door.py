"""The shop's door: what is signed now is kept, and everything else changes nothing."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from channels.shop_door import ShopDoor
from channels.webhook import signature
from complaints.fulfilment import InstructionRow
from tests.core import Core, Visitor, maya_with_offers

SECRET = "between us and the shop"


class TheShop:
    """Signs what it sends, as the contract says, unless a test has it otherwise."""

    def __init__(self, core: Core, http: TestClient) -> None:
        self.core, self.http = core, http

    def sends(
        self, told: Any, secret: str = SECRET, ago: timedelta = timedelta(0), body: bytes = b""
    ) -> int:
        signed = json.dumps(told).encode()
        stamp = str(int((self.core.clock.now() - ago).timestamp()))
        headers = {
            "Amends-Timestamp": stamp,
            "Amends-Signature": f"v1={signature(secret.encode(), stamp, signed)}",
        }
        return self.http.post(
            "/shop/instructions", content=body or signed, headers=headers
        ).status_code


@pytest.fixture
def shop(core: Core) -> Iterator[TheShop]:
    house = SimpleNamespace(
        settings=SimpleNamespace(shop_secret=SECRET), casebook=core.casebook, clock=core.clock
    )
    with TestClient(Starlette(routes=[Mount("/shop", app=ShopDoor(house).app)])) as http:
        yield TheShop(core, http)


@pytest.fixture
def visitor(core: Core) -> Visitor:
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    return visitor


def receipt(visitor: Visitor, state: str = "accepted", **more: Any) -> dict[str, Any]:
    return {
        "key": f"{visitor.case.reference}:replacement", "kind": "replacement",
        "order_number": "W-10482", "state": state, "shop_reference": "SEND-1",
        "accepted_on": "2026-11-23", **more,
    }  # fmt: skip


def row(core: Core, visitor: Visitor) -> InstructionRow:
    (found,) = core.rows(InstructionRow, key=f"{visitor.case.reference}:replacement")
    return found


def test_what_the_shop_signs_is_kept_and_its_promise_met(core, shop, visitor):
    assert shop.sends(receipt(visitor, "done", done_on="2026-11-23")) == 204

    assert row(core, visitor).done_on == date(2026, 11, 23)
    assert visitor.promises["replacement"].state == "met"


@pytest.mark.parametrize(
    "forged",
    [
        {"secret": "a guess"},
        {"body": b'{"key": "another"}'},
        {"ago": timedelta(minutes=6)},
        {"ago": -timedelta(minutes=6)},
    ],
)
def test_what_is_forged_changed_or_old_changes_nothing(core, shop, visitor, forged):
    assert shop.sends(receipt(visitor, "done", done_on="2026-11-23"), **forged) == 401

    assert row(core, visitor).state == "asked"


def test_what_is_not_signed_changes_nothing(core, shop, visitor):
    assert shop.http.post("/shop/instructions", json=receipt(visitor, "done")).status_code == 401
    assert row(core, visitor).state == "asked"


def test_what_is_repeated_or_out_of_order_changes_nothing(core, shop, visitor):
    for _ in range(2):
        assert shop.sends(receipt(visitor, "done", done_on="2026-11-23")) == 204
    late = receipt(visitor, expected_on="2026-12-24")
    assert shop.sends(late, ago=timedelta(minutes=3)) == 204

    assert row(core, visitor).state == "done"
    assert len([told for told in visitor.outbox if told.key.startswith("done:")]) == 1
    assert len(visitor.case.promises) == 2, "the replacement and the kindness; none was moved"


def test_a_key_we_never_gave_and_nonsense_are_said_to_be_so(core, shop, visitor):
    assert shop.sends({**receipt(visitor), "key": "KX-4821-M:repair"}) == 404
    assert shop.sends({"key": "KX"}) == 400
    assert shop.sends([]) == 400
    assert shop.sends({"x": "y" * 20_000}) == 413


def test_what_a_person_moved_is_met_by_what_the_shop_signs(core, shop, visitor):
    lena = core.person("Lena Fischer", "lead")
    first = visitor.promises["replacement"]
    core.casebook.move_promise(
        visitor.case.reference, lena, first.id, date(2026, 12, 14), "stock is short", "move"
    )

    assert shop.sends(receipt(visitor, "done", done_on="2026-11-23")) == 204

    moved = visitor.promises["replacement"]
    assert (moved.id != first.id, moved.state) == (True, "met")
    assert [told.key for told in visitor.outbox if told.key.startswith("done:")] == [
        f"done:{moved.id}"
    ]
