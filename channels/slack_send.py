"""Asks Slack's API for one thing, and says of a failure what it means for the next try.

Slack knows no idempotency key. So every message carries the key of its outbox row in its
metadata, and whoever tries a second time looks for it first (`SlackPost`).
"""

from datetime import timedelta
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from channels.undelivered import Away, Undeliverable

TIMEOUT_SECONDS = 5
# A request we gave up on may still be carried out; whoever looks too early does not find it.
UNSURE_FOR = timedelta(seconds=20)
# What Slack says of a trouble of its own, or of its mood; everything else stays as it is.
PASSING = {
    "accesslimited",
    "fatal_error",
    "internal_error",
    "ratelimited",
    "rate_limited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}


def client(
    token: str, url: str = WebClient.BASE_URL, seconds: float = TIMEOUT_SECONDS
) -> WebClient:
    """Slack, asked once each time: its kit would repeat a message of which nobody knows."""
    slack = WebClient(token, base_url=url, retry_handlers=[])
    slack.timeout = seconds  # type: ignore[assignment]  # half a second is one, too
    return slack


def ask(slack: WebClient, method: str, **fields: Any) -> dict[str, Any]:
    """Slack's answer. Raises Away when trying again may help, Undeliverable when it will not."""
    try:
        answer = getattr(slack, method.replace(".", "_"))(**fields)
    except SlackApiError as trouble:
        raise _meaning(method, trouble) from trouble
    except (URLError, OSError, ValueError) as trouble:
        certain = isinstance(getattr(trouble, "reason", trouble), ConnectionRefusedError)
        unsure = timedelta(0) if certain else UNSURE_FOR
        raise Away(f"{method}: {trouble!r}", unsure) from trouble
    if not isinstance(answer.data, dict):
        raise Away(f"{method}: Slack answered with no object", UNSURE_FOR)
    return answer.data


def _meaning(method: str, trouble: SlackApiError) -> Away | Undeliverable:
    response = trouble.response
    status = getattr(response, "status_code", 0)
    error = str(response.get("error", "")) if hasattr(response, "get") else ""
    if status == 429 or error in ("ratelimited", "rate_limited"):
        wait = str(response.headers.get("Retry-After") or response.headers.get("retry-after") or 1)
        seconds = int(wait) if wait.isdigit() else 30
        return Away(f"{method}: Slack asks to wait {seconds} s", timedelta(seconds=seconds))
    if status >= 500 or error in PASSING or not error:
        return Away(f"{method}: Slack has trouble ({status} {error})", UNSURE_FOR)
    return Undeliverable(f"{method}: Slack refuses with {error}")
