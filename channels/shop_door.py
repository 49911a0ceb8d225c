"""The shop's door: POST /shop/instructions, one signed receipt, as `docs/orders-api.md` says.

It saves the time until the shop would be asked. What is told twice, or late, or out of order
changes nothing: the signed time says how old it is, and done never goes back.
"""

import asyncio
import hmac
import json
import re
from datetime import UTC, datetime, timedelta

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.house import House
from channels.incoming import TooLarge, whole_body
from channels.webhook import signature
from complaints.order_json import WrongAnswer, receipt_from_json

LARGEST_BYTES = 16 * 1024
MAY_DIFFER = timedelta(minutes=5)  # older is somebody's copy; newer a clock that is wrong

log = structlog.get_logger()


class ShopDoor:
    """The app at /shop."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.secret = house.settings.shop_secret.encode()
        self.app = Starlette(routes=[Route("/instructions", self.hear, methods=["POST"])])

    async def hear(self, request: Request) -> Response:
        """204 when it is kept, 404 for a key that we never gave, 401 for whatever is not signed."""
        try:
            body = await whole_body(request, LARGEST_BYTES)
        except TooLarge as trouble:
            return JSONResponse({"error": str(trouble)}, 413)
        said_at = self._signed_at(request, body)
        if said_at is None:
            return JSONResponse({"error": "sign it, with the time of now"}, 401)
        try:
            receipt = receipt_from_json(json.loads(body))
        except (ValueError, RecursionError, WrongAnswer) as trouble:
            return JSONResponse({"error": str(trouble)}, 400)
        known = await asyncio.to_thread(self.house.casebook.hear_from_shop, receipt, said_at)
        log.info("heard from the shop", key=receipt.key, state=receipt.state, known=known)
        return Response(status_code=204 if known else 404)

    def _signed_at(self, request: Request, body: bytes) -> datetime | None:
        """When it was signed by somebody who knows the secret; None when it was not, or long ago."""
        stamp = request.headers.get("amends-timestamp", "")
        signed = request.headers.get("amends-signature", "")
        if not re.fullmatch(r"\d{1,11}", stamp, re.ASCII):
            return None
        expected = f"v1={signature(self.secret, stamp, body)}"
        if not hmac.compare_digest(expected.encode(), signed.encode()):
            return None
        said_at = datetime.fromtimestamp(int(stamp), UTC)
        return said_at if abs(self.house.clock.now() - said_at) <= MAY_DIFFER else None
