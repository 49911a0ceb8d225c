"""Tells a help desk's mailbox of a handoff, readable as text and as HTML.

Without an SMTP server the mail is laid into a folder, to be looked at. The Message-ID is made of
the outbox key: a mailbox that gets one twice can know.
"""

import smtplib
import ssl
from contextlib import closing, suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from channels.summary_in_words import rows
from channels.undelivered import Away, Later, Undeliverable
from complaints.clock import Clock
from complaints.outbox import OutboxMessage
from complaints.promise import moment_in_words

TIMEOUT_SECONDS = 10


class Email:
    """The transport "email"; an empty `smtp_url` lays mail into `folder` instead."""

    def __init__(
        self, smtp_url: str, sender: str, receiver: str, desk_url: str, folder: Path,
        timezone: str, clock: Clock,
    ) -> None:  # fmt: skip
        self.smtp_url = smtp_url
        self.sender, self.receiver = sender, receiver
        self.desk_url = desk_url
        self.folder = folder
        self.timezone = timezone
        self.clock = clock

    def send(self, row: OutboxMessage) -> None:
        """Hands it to the mail server. Raises Later, or Undeliverable when it is refused."""
        mail = self._mail(row)
        if not self.smtp_url:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{row.key.replace(':', '-')}.eml").write_bytes(bytes(mail))
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
        address = urlsplit(self.smtp_url)
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

    def _mail(self, row: OutboxMessage) -> EmailMessage:
        told = row.payload
        summary: dict[str, Any] = told["summary"]
        due_at = datetime.fromisoformat(told["due_at"])
        due = moment_in_words(due_at, self.timezone, self.clock.now())
        late = told["event"] == "at_risk"
        what = "About to be late" if late else "A person is needed"
        head = [f"{what}. Promised {due}.", f"{summary['reference']} · {summary['one_line']}"]
        link = f"{self.desk_url}/cases/{summary['reference']}"
        mail = EmailMessage()
        mail["Subject"] = " ".join(f"{'LATE? ' if late else ''}{head[1]}".split())[:180]
        mail["From"], mail["To"] = self.sender, self.receiver
        mail["Date"] = format_datetime(row.created_at)
        domain = self.sender.rpartition("@")[2].strip("> ") or "localhost"
        mail["Message-ID"] = f"<{row.key.replace(':', '.')}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"  # no holiday notice need answer it
        said = [f"{name}\n{text}" for name, text in rows(summary)]
        mail.set_content("\n\n".join([*head, *said, link]) + "\n")
        mail.add_alternative(_page(head, rows(summary), link), subtype="html")
        return mail


def _page(head: list[str], named: list[tuple[str, str]], link: str) -> str:
    lines = "".join(
        f"<tr><th align='left' valign='top'>{escape(name)}</th>"
        f"<td>{escape(text).replace(chr(10), '<br>')}</td></tr>"
        for name, text in named
    )
    return (
        f"<!doctype html><html lang='en'><body><p>{escape(head[0])}</p><h1>{escape(head[1])}</h1>"
        f"<table cellpadding='6'>{lines}</table>"
        f"<p><a href='{escape(link)}'>{escape(link)}</a></p></body></html>"
    )


def _meaning(code: int, why: bytes | str) -> Later | Undeliverable:
    said = f"mail: {code} {why!r}"
    return Undeliverable(said) if code >= 500 else Later(said)
