"""Asks Rasa, exactly once per message."""

from typing import Any

import httpx
import structlog

from complaints.conversation import Reply
from complaints.errors import AmendsError

TURN_SECONDS = 25
log = structlog.get_logger()


class AssistantAway(AmendsError):
    """Rasa cannot be reached: it is starting, or it went away in the middle of a message."""


class AssistantFailed(AmendsError):
    """Rasa was asked and has no answer: too slow, an error, or nothing said at all."""


class Assistant:
    """Rasa, as the front door knows it: one question, one list of replies."""

    def __init__(
        self, url: str, token: str | None = None, turn_seconds: float = TURN_SECONDS
    ) -> None:
        self._token = {"token": token} if token else {}
        self._client = httpx.AsyncClient(
            base_url=url.rstrip("/"), timeout=turn_seconds, trust_env=False
        )

    async def ask(self, tracker_id: str, text: str, metadata: dict[str, str]) -> list[Reply]:
        """What Rasa says to this message. Raises AssistantAway or AssistantFailed."""
        said = await self._call(
            "POST",
            "/webhooks/rest/webhook",
            params=self._token,
            json={"sender": tracker_id, "message": text, "metadata": metadata},
        )
        return _replies(said)

    async def answered(self, tracker_id: str, message_id: str) -> list[Reply] | None:
        """What Rasa has already said to the message of that id; None when it never got it."""
        tracker = await self._call(
            "GET",
            f"/conversations/{tracker_id}/tracker",
            params={**self._token, "include_events": "ALL"},
        )
        said = _said_after(tracker, message_id)
        return None if said is None else _replies(said)

    async def danger_in(self, text: str) -> str | None:
        """The kind of danger in words that are not to be answered. Raises as `ask` does."""
        heard = await self._call("POST", "/model/parse", params=self._token, json={"text": text})
        return heard.get("danger") if isinstance(heard, dict) else None

    async def is_up(self) -> bool:
        try:
            return (await self._client.get("/", timeout=1)).is_success
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        await self._client.aclose()

    async def _call(self, method: str, path: str, **request: Any) -> Any:
        try:
            response = await self._client.request(method, path, **request)
        except httpx.TimeoutException as trouble:
            raise AssistantFailed(f"Rasa gave no answer to {path} in time") from trouble
        except httpx.TransportError as trouble:
            raise AssistantAway(f"Rasa cannot be reached: {trouble!r}") from trouble
        if not response.is_success:
            raise AssistantFailed(f"Rasa answered {path} with {response.status_code}")
        try:
            return response.json()
        except ValueError as trouble:
            raise AssistantFailed(f"Rasa's answer to {path} is not JSON") from trouble


def _replies(said: Any) -> list[Reply]:
    """Rasa's replies as ours. Raises AssistantFailed for none: it answers 200 and [] when it broke."""
    if not isinstance(said, list):
        raise AssistantFailed(f"expected a list of replies from Rasa, got {type(said).__name__}")
    replies = [
        Reply(
            text=(part.get("text") or "").strip(),
            buttons=tuple(
                {"title": button["title"], "payload": button["payload"]}
                for button in part.get("buttons") or []
                if button.get("title") and button.get("payload")
            ),
        )
        for part in said
        if part.get("text") or part.get("buttons")
    ]
    if not replies:
        raise AssistantFailed("Rasa answered with nothing to say")
    return replies


def _said_after(tracker: Any, message_id: str) -> list[dict[str, Any]] | None:
    """What the bot said between the message of that id and the next one of the customer."""
    said: list[dict[str, Any]] | None = None
    for event in tracker.get("events") or []:
        if event.get("event") == "user":
            if said is not None:
                break
            if (event.get("metadata") or {}).get("message_id") == message_id:
                said = []
        elif event.get("event") == "bot" and said is not None:
            said.append({"text": event.get("text"), **(event.get("data") or {})})
    return said
