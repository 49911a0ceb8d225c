"""Any help desk can receive a handoff: by a signed webhook, or in its mailbox."""

import email
import json
import threading
from datetime import timedelta
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from channels.deliver import Deliver
from channels.email import Email
from channels.mail_server import MailServer
from channels.webhook import Webhook, signature
from complaints.outbox import Outbox, OutboxMessage
from tests.core import Core, maya_with_offers, words_of_domain
from tests.stand_ins import free_port

SECRET = "s3cret"


OURS = "https://ours.example/desk"


class Room:
    """A casebook and what delivers from it."""

    def __init__(self, core: Core, transport: str) -> None:
        core.tell = (transport,)
        core.restart()
        self.core, self.clock, self.store = core, core.clock, core.store
        self.casebook, self.words, self.orders = core.casebook, words_of_domain(), core.shop
        self.conversations, self.outbox = core.conversations, Outbox(core.store, core.clock)
        self.reception = self.unanswered = None  # nobody is answered here
        self.deliver = Deliver(self)
        visitor = maya_with_offers(core)
        visitor.asks_for_a_person()
        self.reference = visitor.case.reference

    def look(self, times: int = 1) -> OutboxMessage:
        for _ in range(times):
            self.deliver._tell_elsewhere()
            self.clock.advance(timedelta(minutes=2))
        return self.core.rows(OutboxMessage)[-1]


class Desk:
    """Somebody's help desk on loopback: keeps what it gets; `answers` are its next statuses."""

    def __init__(self) -> None:
        self.got, self.answers = [], []
        desk = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                desk.got.append((dict(self.headers), body))
                self.send_response(desk.answers.pop(0) if desk.answers else 204)
                self.send_header("Retry-After", "90")
                self.send_header("Location", "https://evil.example/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()


@pytest.fixture
def desk():
    desk = Desk()
    yield desk
    desk.server.shutdown()
    desk.server.server_close()


@pytest.fixture
def hooked(core, desk):
    room = Room(core, "webhook")
    room.deliver.sends_by("webhook", Webhook(desk.url, SECRET, OURS, core.clock, 0.5).send)
    return room


# By webhook


def test_a_webhook_gets_the_summary_signed_with_time_and_key(hooked, desk):
    row = hooked.look()

    ((headers, body),) = desk.got
    told = json.loads(body)
    assert (told["event"], told["reference"]) == ("handed_off", hooked.reference)
    assert told["summary"]["first_reply"]
    assert told["open_at"] == f"{OURS}/cases/{hooked.reference}"  # the transcript is there
    assert headers["Idempotency-Key"] == row.key
    stamp = headers["Amends-Timestamp"]
    assert headers["Amends-Signature"] == f"v1={signature(SECRET.encode(), stamp, body)}"
    assert headers["Amends-Signature"] != f"v1={signature(b'other', stamp, body)}"
    assert row.sent_at is not None


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_a_desk_that_is_busy_is_told_later_under_the_same_key(hooked, desk, status):
    desk.answers = [status]

    row = hooked.look(3)

    assert [headers["Idempotency-Key"] for headers, _ in desk.got] == [row.key] * 2
    assert row.sent_at is not None


def test_the_wait_it_asks_for_is_kept(hooked, desk):
    desk.answers = [429]
    now = hooked.clock.now()

    assert hooked.look().due_at >= now + timedelta(seconds=90)


@pytest.mark.parametrize("status", [302, 400, 401, 404, 410])
def test_what_it_refuses_is_given_up_and_follows_no_redirect(hooked, desk, status):
    desk.answers = [status]

    row = hooked.look(3)

    assert len(desk.got) == 1
    assert row.gave_up_at is not None and str(status) in row.last_error


def test_nobody_home_is_tried_again(core):
    room = Room(core, "webhook")
    url = f"http://127.0.0.1:{free_port()}/"
    room.deliver.sends_by("webhook", Webhook(url, SECRET, OURS, core.clock, 0.2).send)

    row = room.look(2)

    assert row.attempts == 2 and row.gave_up_at is None


def test_a_webhook_without_a_secret_does_not_start(core):
    with pytest.raises(ValueError, match="AMENDS_WEBHOOK_SECRET"):
        Webhook("https://desk.example/", "", OURS, core.clock)


# By mail


class Mailbox:
    """Takes mail; `answers` are what it says to the next ones."""

    def __init__(self) -> None:
        self.got, self.answers = [], []
        self.goodbye = "221 bye"

    async def handle_QUIT(self, server, session, envelope) -> str:
        return self.goodbye

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.answers and (answer := self.answers.pop(0)):
            return answer
        self.got.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"


@pytest.fixture
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()


@pytest.fixture
def mailed(core):
    return Room(core, "email")


def post(room, url, folder):
    sender, receiver = "Amends <amends@shop.example>", "care@shop.example"
    zone = room.casebook.policy.opening_hours.timezone
    room.deliver.sends_by(
        "email",
        Email(
            MailServer(url, folder), sender, receiver, "https://desk.example/desk", zone, room.clock
        ).send,
    )


def test_a_mailbox_gets_the_summary_as_text_and_as_a_page(mailed, mailbox, tmp_path):
    post(mailed, mailbox.url, tmp_path)

    mailed.look()

    (mail,) = mailbox.got
    text = mail.get_body(("plain",)).get_content()
    page = mail.get_body(("html",)).get_content()
    assert mail["To"] == "care@shop.example" and mailed.reference in mail["Subject"]
    for said in ("A person is needed. Promised today by 2:00 pm.", "They want", "Ready to send"):
        assert said in text, said
    assert f"https://desk.example/desk/cases/{mailed.reference}" in text
    assert "<h1>" in page and "They want" in page


def test_what_a_customer_types_is_no_part_of_the_page(core, mailbox, tmp_path):
    room = Room(core, "email")
    eve = core.visitor("eve")
    eve.tells("<script>alert(1)</script>\nBcc: all@shop.example", "complain_damaged_item")
    eve.asks_for_a_person()
    post(room, mailbox.url, tmp_path)

    room.look()

    mail = mailbox.got[-1]
    assert "<script>" not in mail.get_body(("html",)).get_content()
    assert mail["Bcc"] is None


def test_mail_sent_again_has_the_same_message_id(mailed, mailbox, tmp_path):
    post(mailed, mailbox.url, tmp_path)
    row = mailed.look()
    mailed.deliver.transports["email"](row)

    first, second = mailbox.got
    assert (
        first["Message-ID"]
        == second["Message-ID"]
        == "<handed_off.{}.email@shop.example>".format(row.payload["handoff"])
    )


def test_mail_that_was_taken_is_not_sent_again_when_the_goodbye_goes_wrong(
    mailed, mailbox, tmp_path
):
    post(mailed, mailbox.url, tmp_path)
    mailbox.goodbye = "421 too busy to part"

    row = mailed.look(3)

    assert len(mailbox.got) == 1
    assert row.sent_at is not None and row.attempts == 1


def test_a_mailbox_that_is_busy_is_tried_again_and_one_that_refuses_is_not(
    mailed, mailbox, tmp_path
):
    post(mailed, mailbox.url, tmp_path)
    mailbox.answers = ["451 busy", "550 no such mailbox"]

    row = mailed.look(4)

    assert row.attempts == 2
    assert row.gave_up_at is not None and "550" in row.last_error


def test_a_password_is_never_sent_without_encryption(mailed, mailbox, tmp_path):
    post(mailed, mailbox.url.replace("//", "//amends:secret@"), tmp_path)

    row = mailed.look()

    assert mailbox.got == [] and "without encryption" in row.last_error


def test_without_a_mail_server_the_mail_lies_in_a_folder(mailed, tmp_path):
    post(mailed, "", tmp_path / "mail")

    row = mailed.look()

    (file,) = (tmp_path / "mail").iterdir()
    assert mailed.reference in file.read_text() and row.sent_at is not None
