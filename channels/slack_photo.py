"""Photos that customers send in Slack: fetched with the bot's token, then as on the website."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog
from slack_sdk import WebClient

from channels.photo import LARGEST_BYTES, NotAPicture, safe_jpeg
from channels.reception import Reception, Refused
from complaints.errors import AmendsError

SENTENCES = ("utter_photo_too_large", "utter_photo_not_a_picture", "utter_photo_not_arrived")
TIMEOUT_SECONDS = 10  # Slack tells again meanwhile; what is kept under its id is kept once

log = structlog.get_logger()


class NotFetched(AmendsError):
    """Slack did not give the file; it has to be sent once more."""


class TooLarge(AmendsError):
    """The file has more bytes than are taken in."""


class SlackPhotos:
    """Takes in the files of one message of a customer."""

    def __init__(self, reception: Reception, slack: WebClient) -> None:
        reception.words.require(SENTENCES)
        self.reception = reception
        self.slack = slack

    def receive(self, conversation_id: str, files: Sequence[dict[str, Any]]) -> str | None:
        """Keeps each photo, once; gives the sentence to show when one could not be."""
        say = self.reception.words.say
        trouble = None
        for file in files:
            try:
                jpeg = safe_jpeg(self._fetched(file))
                self.reception.receive_photo(conversation_id, f"slack-{file.get('id')}", jpeg)
            except Refused as refused:
                trouble = refused.sentence
            except TooLarge:
                trouble = say("utter_photo_too_large", limit="10 MB")
            except NotAPicture:
                trouble = say("utter_photo_not_a_picture")
            except (NotFetched, httpx.HTTPError) as why:
                log.warning("photo not fetched", file=file.get("id"), trouble=repr(why))
                trouble = say("utter_photo_not_arrived")
        return trouble

    def _fetched(self, file: dict[str, Any]) -> bytes:
        url = str(file.get("url_private") or "")
        host = urlsplit(url).hostname or ""
        # The token opens the whole workspace: nobody but Slack ever gets it.
        if host != urlsplit(self.slack.base_url).hostname and not host.endswith(".slack.com"):
            raise NotFetched(f"expected an address of Slack's, got {host or 'none'}")
        token = {"Authorization": f"Bearer {self.slack.token}"}
        content = bytearray()
        with httpx.stream("GET", url, headers=token, timeout=TIMEOUT_SECONDS) as answer:
            answer.raise_for_status()
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > LARGEST_BYTES:
                    raise TooLarge(f"more than {LARGEST_BYTES} bytes")
        return bytes(content)
