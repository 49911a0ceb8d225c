"""Tells a help desk's mailbox of a handoff, readable as text and as HTML."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from typing import Any

from channels.mail_server import MailServer, message_id
from channels.summary_in_words import rows
from complaints.clock import Clock
from complaints.outbox import OutboxMessage
from complaints.promise import moment_in_words


class Email:
    """The transport "email", to `receiver`."""

    def __init__(
        self, server: MailServer, sender: str, receiver: str, desk_url: str, timezone: str,
        clock: Clock,
    ) -> None:  # fmt: skip
        self.server = server
        self.sender, self.receiver = sender, receiver
        self.desk_url = desk_url
        self.timezone = timezone
        self.clock = clock

    def send(self, row: OutboxMessage) -> None:
        """Hands it to the mail server. Raises Later, or Undeliverable when it is refused."""
        self.server.send(self._mail(row), row.key)

    def _mail(self, row: OutboxMessage) -> EmailMessage:
        told = row.payload
        summary: dict[str, Any] = told["summary"]
        due_at = datetime.fromisoformat(told["due_at"])
        due = moment_in_words(due_at, self.timezone, self.clock.now())
        late = told["event"] == "at_risk"
        what = "About to be late" if late else "A person is needed"
        has_it = f" {told.get('in_hand_of') or 'Nobody'} has it." if late else ""
        head = [
            f"{what}. Promised {due}.{has_it}",
            f"{summary['reference']} · {summary['one_line']}",
        ]
        link = f"{self.desk_url}/cases/{summary['reference']}"
        mail = EmailMessage()
        mail["Subject"] = " ".join(f"{'LATE? ' if late else ''}{head[1]}".split())[:180]
        mail["From"], mail["To"] = self.sender, self.receiver
        mail["Date"] = format_datetime(row.created_at)
        mail["Message-ID"] = message_id(row.key, self.sender)
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
