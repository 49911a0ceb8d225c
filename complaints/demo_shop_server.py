"""The demo shop behind the contract of `docs/orders-api.md`, for tests and integrators."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from complaints.demo_shop import DemoShop
from complaints.errors import Conflict
from complaints.order_json import (
    WrongAnswer,
    customer_to_json,
    instruction_from_json,
    order_to_json,
    receipt_to_json,
)

LARGEST_BODY = 64 * 1024


class DemoShopDoor(BaseHTTPRequestHandler):
    """One request; `server.shop` answers it."""

    server: DemoShopServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(
            *self._get([unquote(part) for part in urlsplit(self.path).path.split("/")[1:]])
        )

    def do_POST(self) -> None:
        try:
            body = json.loads(self.rfile.read(min(self._length(), LARGEST_BODY)))
            self._answer(*self._post(urlsplit(self.path).path, body))
        except (ValueError, WrongAnswer) as error:
            self._answer(400, {"error": str(error)})

    def _get(self, path: list[str]) -> tuple[int, Any]:
        shop = self.server.shop
        if not self._allowed():
            return 401, {"error": "send the token as Authorization: Bearer"}
        match path:
            case ["orders", number] if order := shop.find(number):
                return 200, order_to_json(order)
            case ["customers", customer_id] if customer := shop.customer(customer_id):
                return 200, customer_to_json(customer)
            case ["customers", customer_id, "orders"] if shop.customer(customer_id):
                return 200, {"orders": [order_to_json(o) for o in shop.orders_of(customer_id)]}
            case ["instructions", key] if receipt := shop.instruction(key):
                return 200, receipt_to_json(receipt)
        return 404, {"error": "not found"}

    def _post(self, path: str, body: Any) -> tuple[int, Any]:
        if not self._allowed():
            return 401, {"error": "send the token as Authorization: Bearer"}
        if not isinstance(body, dict):
            return 400, {"error": "send a JSON object"}
        if path == "/orders/search":
            found = self.server.shop.search(email=body.get("email"), postcode=body.get("postcode"))
            return 200, {"orders": [order_to_json(order) for order in found]}
        if path == "/instructions":
            key = self.headers.get("Idempotency-Key", "")
            try:
                receipt = self.server.shop.instruct(instruction_from_json(body | {"key": key}))
            except Conflict as conflict:
                return 409, {"error": str(conflict)}
            return 200, receipt_to_json(receipt)
        match path.split("/")[1:]:
            # Not in the contract: a real shop is late by itself.
            case ["instructions", key, "late"] if isinstance(days := body.get("days"), int):
                if late := self.server.shop.delay(unquote(key), days):
                    return 200, receipt_to_json(late)
        return 404, {"error": "not found"}

    def _allowed(self) -> bool:
        token = self.server.token
        return token is None or self.headers.get("Authorization") == f"Bearer {token}"

    def _length(self) -> int:
        return int(self.headers.get("Content-Length") or 0)

    def _answer(self, status: int, answer: Any) -> None:
        body = json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: request lines hold order numbers."""


class DemoShopServer(ThreadingHTTPServer):
    """Serves the shop on loopback; port 0 takes a free one. `token` None asks for none."""

    daemon_threads = True

    def __init__(
        self,
        shop: DemoShop,
        *,
        port: int = 0,
        token: str | None = None,
        door: type[DemoShopDoor] = DemoShopDoor,
    ) -> None:
        super().__init__(("127.0.0.1", port), door)
        self.shop, self.token = shop, token

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"
