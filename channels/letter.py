"""Writes to customers: as text and as a page that a phone shows well, with links that act once.

It can be stopped with one click (RFC 8058). Neither its subject nor its links say anything of
the person it goes to.
"""

from email.message import EmailMessage
from email.utils import format_datetime

from channels.links import Links
from channels.mail_server import MailServer, message_id
from channels.templates import PAGES
from channels.undelivered import Undeliverable
from complaints.casebook import Casebook
from complaints.letter import Letter, Purpose
from complaints.outbox import OutboxMessage


class Letters:
    """The transport "letter"."""

    def __init__(self, server: MailServer, sender: str, links: Links, casebook: Casebook) -> None:
        self.server = server
        self.sender = sender
        self.links = links
        self.casebook = casebook

    def send(self, row: OutboxMessage) -> None:
        """Hands it to the mail server. Raises Later, or Undeliverable when it is refused."""
        letter = Letter.of(row.payload)
        if self.casebook.is_unsubscribed(letter.to):  # since it was written
            raise Undeliverable("mail: they want no more letters")
        self.server.send(self._mail(row, letter), row.key)

    def _mail(self, row: OutboxMessage, letter: Letter) -> EmailMessage:
        links = [
            (title, self.links.to(Purpose(purpose), row.id, answer))
            for title, purpose, answer in letter.links
        ]
        status = self.links.to(Purpose.STATUS, row.id)
        unsubscribe = self.links.to(Purpose.UNSUBSCRIBE, row.id)
        mail = EmailMessage()
        mail["Subject"] = letter.subject
        mail["From"], mail["To"] = self.sender, letter.to
        mail["Date"] = format_datetime(row.created_at)
        mail["Message-ID"] = message_id(row.key, self.sender)
        mail["Auto-Submitted"] = "auto-generated"  # no holiday notice need answer it
        mail["List-Unsubscribe"] = f"<{unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        ways = [*links, (letter.status, status)]
        mail.set_content(
            "\n\n".join(
                [
                    *letter.paragraphs,
                    *(f"{title}:\n{url}" for title, url in ways),
                    *letter.foot,
                    f"{letter.unsubscribe}:\n{unsubscribe}",
                ]
            )
            + "\n"
        )
        page = PAGES.get_template("letter.html").render(
            letter=letter, links=links, status=status, unsubscribe=unsubscribe
        )
        mail.add_alternative(page, subtype="html")
        return mail
