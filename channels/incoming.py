"""Reads what a browser sends, never more of it than it may send."""

import json
import re
from collections.abc import AsyncGenerator
from typing import Any

from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from complaints.errors import AmendsError

LARGEST_JSON_BYTES = 256 * 1024  # 10,000 characters, each written as two \uXXXX, and some room
FORM_BYTES = 64 * 1024  # what a form adds to the file in it
_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class TooLarge(AmendsError):
    """More bytes than are taken in."""


class Unreadable(AmendsError):
    """Not what the contract says; only a broken or home-made widget sends it."""


async def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object; an empty body is an empty one. Raises TooLarge, Unreadable."""
    body = await whole_body(request)
    try:
        read = json.loads(body or b"{}")
    except (ValueError, RecursionError) as trouble:
        raise Unreadable("the body is not JSON") from trouble
    if not isinstance(read, dict):
        raise Unreadable(f"expected a JSON object, got {type(read).__name__}")
    return read


async def whole_body(request: Request, largest: int = LARGEST_JSON_BYTES) -> bytes:
    """The body as it came. Raises TooLarge."""
    return b"".join([chunk async for chunk in _at_most(request, largest)])


async def form_with_file(request: Request, name: str, largest: int) -> tuple[bytes, dict[str, Any]]:
    """The file of that name and the form's other fields. Raises TooLarge, Unreadable."""
    body = _at_most(request, largest + FORM_BYTES)
    try:
        form = await MultiPartParser(request.headers, body, max_files=1, max_fields=4).parse()
    except (MultiPartException, KeyError) as trouble:
        raise Unreadable("the body is not a form with a file") from trouble
    try:
        file = form.get(name)
        if file is None or isinstance(file, str):
            raise Unreadable(f"the form has no file named {name}")
        content = await file.read(largest + 1)
        if len(content) > largest:
            raise TooLarge(f"the file is larger than {largest} bytes")
        return content, {key: value for key, value in form.items() if key != name}
    finally:
        await form.close()


def text_of(fields: dict[str, Any], name: str) -> str | None:
    """A field that must be text when it is there. Raises Unreadable."""
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise Unreadable(f"{name} must be text, not {type(value).__name__}")
    return value


def client_id_of(fields: dict[str, Any]) -> str:
    """The sender's own id of a message, by which it is known when it comes again."""
    client_id = text_of(fields, "client_id") or ""
    # Ours have a colon in them: nobody outside can take one that a notice is waiting to use.
    if not _CLIENT_ID.fullmatch(client_id):
        raise Unreadable("client_id must be 8 to 64 letters, digits and hyphens, such as a UUID")
    return client_id


def bearer_of(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def seen_up_to(request: Request) -> int:
    """The id of the last message the browser has; 0 for none, or for nonsense."""
    said = request.headers.get("last-event-id") or request.query_params.get("after") or "0"
    return int(said) if re.fullmatch(r"\d{1,15}", said, re.ASCII) else 0


async def _at_most(request: Request, largest: int) -> AsyncGenerator[bytes, None]:
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > largest:
        raise TooLarge(f"{announced} bytes are announced, {largest} are taken")
    taken = 0
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > largest:
            raise TooLarge(f"more than {largest} bytes")
        yield chunk
