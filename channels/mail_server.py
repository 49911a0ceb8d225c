"""Hands mail to an SMTP server, and says of a refusal what it means for the next try.

Without a server the mail is laid into a folder, to be looked at.
"""

import smtplib
import ssl
from contextlib import closing, suppress
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from channels.undelivered import Away, Later, Undeliverable

TIMEOUT_SECONDS = 10


class MailServer:
    """`url` is smtp[s]://user:password@host:port; empty lays mail into `folder` instead."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder

    def send(self, mail: EmailMessage, key: str) -> None:
        """Hands it over. Raises Later, or Undeliverable when it is refused."""
        if not self.url:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{key.replace(':', '-')}.eml").write_bytes(bytes(mail))
            return
        try:
            with closing(self._server()) as server:
                server.send_message(mail)
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()  # it has the mail; however it takes our leave, nothing is sent twice
        except smtplib.SMTPAuthenticationError as refused:
            # Somebody mends the password; until then each mail would be given up at once.
            raise Away(f"mail: {refused!r}") from refused
        except smtplib.SMTPRecipientsRefused as refused:
            code, why = next(iter(refused.recipients.values()))
            raise _meaning(code, why) from refused
        except smtplib.SMTPResponseException as refused:
            raise _meaning(refused.smtp_code, refused.smtp_error) from refused
        except (smtplib.SMTPException, OSError) as trouble:
            raise Away(f"mail: {trouble!r}") from trouble

    def _server(self) -> smtplib.SMTP:
        address = urlsplit(self.url)
        host = address.hostname or "localhost"
        if address.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, address.port or 465, timeout=TIMEOUT_SECONDS,
                context=ssl.create_default_context(),
            )  # fmt: skip
        else:
            server = smtplib.SMTP(host, address.port or 587, timeout=TIMEOUT_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            elif address.password:
                server.close()
                raise Undeliverable(f"mail: {host} would take our password without encryption")
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        return server


def message_id(key: str, sender: str) -> str:
    """Made of the outbox key: a mailbox that gets one twice can know."""
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{key.replace(':', '.')}@{domain}>"


def _meaning(code: int, why: bytes | str) -> Later | Undeliverable:
    said = f"mail: {code} {why!r}"
    return Undeliverable(said) if code >= 500 else Later(said)
