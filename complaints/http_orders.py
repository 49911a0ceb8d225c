"""A real shop's orders, over HTTP, by the contract in `docs/orders-api.md`.

The shop may be slow, busy, broken or wrong. Whatever it is, the caller hears one of three
things: the answer, None for "no such thing", or OrdersUnavailable with a sentence for whoever
runs the shop's side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from complaints.errors import Conflict, OrdersUnavailable
from complaints.order_json import (
    WrongAnswer,
    customer_from_json,
    instruction_to_json,
    order_from_json,
    orders_from_json,
    receipt_from_json,
)
from complaints.orders import (
    Customer,
    Instruction,
    InstructionReceipt,
    Order,
    plain_email,
    plain_number,
    plain_postcode,
)

Read = TypeVar("Read")

CONNECT_SECONDS = 2.0
READ_SECONDS = 5.0
# Longer than any number a person reads out; what comes is text from a chat.
LONGEST_NUMBER = 40


class PoliteRetry(Retry):
    """Waits as long as the shop asks, but not longer than a customer would."""

    longest_wait_seconds = 2.0

    def parse_retry_after(self, retry_after: str) -> float:
        return min(super().parse_retry_after(retry_after), self.longest_wait_seconds)


class BearerToken(requests.auth.AuthBase):
    """Set as the session's auth, because otherwise a `~/.netrc` would replace the header."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class HttpOrders:
    """The order book of the shop at `url`.

    Busy answers (429, 502, 503) are tried twice more and a refused connection once more,
    posts as well: a search changes nothing, and an instruction has a key. A read that timed
    out is not tried again, because the customer has waited long enough.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._url = url.rstrip("/")
        self._timeout = (connect_seconds, read_seconds)
        self._session = requests.Session()
        self._session.auth = BearerToken(token)
        self._session.headers.update({"Accept": "application/json", "User-Agent": "Amends"})
        retry = PoliteRetry(
            connect=1,
            read=False,
            status=2,
            other=0,
            total=None,
            backoff_factor=0.1,
            status_forcelist=(429, 502, 503),
            allowed_methods=("GET", "POST"),
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def find(self, number: str) -> Order | None:
        if not plain_number(number) or len(number) > LONGEST_NUMBER:
            return None
        return self._get(f"/orders/{_segment(number.strip().lstrip('#'))}", order_from_json)

    def customer(self, customer_id: str) -> Customer | None:
        return self._get(f"/customers/{_segment(customer_id)}", customer_from_json)

    def orders_of(self, customer_id: str) -> list[Order]:
        orders = self._get(f"/customers/{_segment(customer_id)}/orders", orders_from_json)
        return _newest_first(orders or [])

    def search(
        self, *, email: str | None = None, postcode: str | None = None, name: str | None = None
    ) -> list[Order]:
        if not (plain_email(email) and plain_postcode(postcode)):
            return []
        # A post, because what stands in a URL stands in logs.
        facts = {"email": email, "postcode": postcode, "name": name}
        orders = self._post("/orders/search", facts, orders_from_json)
        # The two facts are ours to insist on, whatever the shop's search lets through.
        return _newest_first(
            [
                order
                for order in orders
                if plain_email(order.email) == plain_email(email)
                and plain_postcode(order.postcode) == plain_postcode(postcode)
            ]
        )

    def instruct(self, instruction: Instruction) -> InstructionReceipt:
        return self._post(
            "/instructions",
            instruction_to_json(instruction),
            receipt_from_json,
            headers={"Idempotency-Key": instruction.key},
        )

    def instruction(self, key: str) -> InstructionReceipt | None:
        return self._get(f"/instructions/{_segment(key)}", receipt_from_json)

    def _get(self, path: str, read: Callable[[Any], Read]) -> Read | None:
        answer = self._ask("GET", path)
        return None if answer.status_code == 404 else self._read("GET", path, answer, read)

    def _post(
        self,
        path: str,
        body: Mapping[str, Any],
        read: Callable[[Any], Read],
        headers: Mapping[str, str] | None = None,
    ) -> Read:
        # Here 404 does not mean "no such thing": the address itself is missing.
        return self._read("POST", path, self._ask("POST", path, body, headers), read)

    def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        try:
            return self._session.request(
                method,
                self._url + path,
                json=body,
                headers=headers,
                timeout=self._timeout,
                # A redirect could carry the customer's address to another host.
                allow_redirects=False,
            )
        except requests.Timeout as error:
            connect, seconds = self._timeout
            what = f"did not answer within {connect:g} s to connect and {seconds:g} s to read"
            raise self._unavailable(method, path, what) from error
        except requests.RequestException as error:
            what = f"cannot be reached ({type(error).__name__}); is ORDERS_URL right?"
            raise self._unavailable(method, path, what) from error

    def _read(
        self, method: str, path: str, answer: requests.Response, read: Callable[[Any], Read]
    ) -> Read:
        status = answer.status_code
        if status == 409:
            raise Conflict(
                f"The shop knows the key of {method} {path} for something else;"
                " a new instruction needs a new key."
            )
        if status in (401, 403):
            what = f"answered {status}; is ORDERS_TOKEN right, and allowed to read orders?"
            raise self._unavailable(method, path, what)
        if status not in (200, 201):
            raise self._unavailable(method, path, f"answered {status}; expected 200")
        try:
            return read(answer.json())
        except requests.JSONDecodeError as error:
            what = "answered something that is not JSON; see docs/orders-api.md"
            raise self._unavailable(method, path, what) from error
        except WrongAnswer as error:
            what = f"answered {error}; see docs/orders-api.md"
            raise self._unavailable(method, path, what) from error

    def _unavailable(self, method: str, path: str, what: str) -> OrdersUnavailable:
        return OrdersUnavailable(f"The shop at {self._url} {what} ({method} {path}).")


def _segment(text: str) -> str:
    # "replace": half an emoji, cut off on its way through a chat, is no reason to fail.
    return quote(text.strip(), safe="", errors="replace")


def _newest_first(orders: list[Order]) -> list[Order]:
    return sorted(orders, key=lambda order: (order.ordered_on, order.number), reverse=True)
