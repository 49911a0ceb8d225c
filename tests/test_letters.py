"""Letters to customers: they arrive, say nothing of anybody outside, and their links act once."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from html import unescape
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from channels.deliver import Deliver
from channels.letter import Letters
from channels.letter_pages import LetterPages
from channels.links import Links
from channels.mail_server import MailServer
from complaints.follow_up import FollowUp, FollowUpAnswer
from complaints.letter import Purpose
from complaints.outbox import Outbox, OutboxMessage
from server import front_door
from tests.core import Core, Visitor, maya_with_offers, words_of_domain
from tests.stand_ins import SmallHouse, serving
from tests.test_follow_up import MONDAY_AFTER, follow_up, go_to, keep, promised, question
from tests.test_told_elsewhere import mailbox

__all__ = ["mailbox", "promised"]  # fixtures
URL = "https://care.example"
ALL_GOOD, NOT_RIGHT, PERSON = "All good", "Something isn't right", "Talk to a person"


class Post:
    """Letters on their way to a mailbox, and a browser that opens what they link to."""

    def __init__(self, core: Core, mailbox) -> None:
        self.core, self.box = core, mailbox
        self.clock, self.store, self.casebook = core.clock, core.store, core.casebook
        self.words, self.orders, self.conversations = (
            words_of_domain(),
            core.shop,
            core.conversations,
        )
        self.outbox = Outbox(core.store, core.clock)
        self.reception = self.unanswered = None  # nobody is answered here
        self.links = Links("s" * 32, URL, core.clock)
        sender = "Amends <amends@shop.example>"
        self.letters = Letters(MailServer(mailbox.url, None), sender, self.links, core.casebook)
        self.deliver = Deliver(self)
        self.deliver.sends_by("letter", self.letters.send)
        pages = LetterPages(core.casebook, self.words, self.links, "/")
        self.app = Starlette(routes=[Mount("/r", app=pages.app)])
        self.browser: httpx.Client

    def look(self) -> None:
        self.deliver._tell_elsewhere()

    @property
    def mail(self) -> EmailMessage:
        return self.box.got[-1]

    def text(self) -> str:
        return self.mail.get_body(("plain",)).get_content().replace("\r\n", "\n")

    def url(self, title: str) -> str:
        """Where a link of the last mail leads, by its title."""
        return re.search(rf"^{re.escape(title)}:\n(\S+)$", self.text(), re.MULTILINE)[1]

    def get(self, url: str) -> tuple[int, str]:
        answer = self.browser.get(_path(url))
        return answer.status_code, unescape(answer.text)

    def post(self, url: str, **sent: str) -> tuple[int, str]:
        answer = self.browser.post(_path(url), data=sent)
        return answer.status_code, unescape(answer.text)

    def row(self) -> FollowUp:
        (found,) = self.core.rows(FollowUp)
        return found

    def link(self, purpose: Purpose) -> str:
        (first,) = self.core.rows(OutboxMessage, transport="letter")[-1:]
        return self.links.to(purpose, first.id)


def _path(url: str) -> str:
    """The address without its host: the server of the test has another."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture
def post(core: Core, mailbox) -> Iterator[Post]:
    post = Post(core, mailbox)
    with serving(post.app) as url, httpx.Client(base_url=url) as post.browser:
        yield post


@pytest.fixture
def asked(core: Core, promised: Visitor, post: Post) -> Visitor:
    """Maya was asked by letter too, on the Monday after."""
    keep(core, promised)
    post.look()  # what is due before has arrived
    go_to(core, MONDAY_AFTER)
    follow_up(core)
    post.look()
    return promised


# The mail


def test_the_letter_arrives_as_text_and_as_a_page_for_a_phone(asked: Visitor, post: Post):
    page = post.mail.get_body(("html",)).get_content()

    assert post.mail["To"] == "maya.okonkwo@example.com"
    assert post.mail["Subject"] == "Is all well now?"
    for part in (post.text(), unescape(page)):
        assert "by Friday 27 November. Has it come, and is it right?" in part
        assert asked.case.reference in part
        for title in (ALL_GOOD, NOT_RIGHT, PERSON):
            assert title in part
    assert "width=device-width" in page


def test_its_id_is_made_of_the_key_so_that_a_second_copy_can_be_known(asked: Visitor, post: Post):
    key = f"follow_up:{post.row().id}"

    assert post.mail["Message-ID"] == f"<{key.replace(':', '.')}@shop.example>"
    assert post.mail["Auto-Submitted"] == "auto-generated"


def test_neither_subject_nor_links_say_anything_of_the_person(asked: Visitor, post: Post):
    case = asked.case
    outside = [post.mail["Subject"], post.mail["List-Unsubscribe"], *re.findall(r"https?://\S+", post.text())]  # fmt: skip

    assert len(outside) == 7
    for secret in (case.reference, "maya", "okonkwo", "@", case.order_number, case.postcode, case.conversation_id):  # fmt: skip
        assert not [each for each in outside if secret.lower() in each.lower()]


def test_without_a_mail_server_it_is_laid_into_a_folder(core: Core, promised, post: Post, tmp_path):
    post.letters.server = MailServer("", tmp_path / "mail")
    keep(core, promised)
    go_to(core, MONDAY_AFTER)
    follow_up(core)
    post.look()

    assert [file.name for file in (tmp_path / "mail").glob("follow_up-*.eml")]


# Looking


@pytest.mark.parametrize("title", [ALL_GOOD, NOT_RIGHT, PERSON])
def test_a_mail_scanner_that_opens_every_link_changes_nothing(
    asked: Visitor, post: Post, title: str
):
    before = asked.case.status

    for _ in range(3):
        status, page = post.get(post.url(title))
        post.browser.head(_path(post.url(title)))
    post.get(post.mail["List-Unsubscribe"].strip("<>"))

    assert status == 200
    assert page.index(f">{title}</button>") == min(
        page.index(f">{each}</button>") for each in (ALL_GOOD, NOT_RIGHT, PERSON)
    ), "what they pressed comes first"
    assert asked.case.status == before and post.row().answer is None
    assert not post.casebook.is_unsubscribed("maya.okonkwo@example.com")


# Answering


def test_all_good_closes_it_with_thanks_and_asks_how_it_was(asked: Visitor, post: Post):
    _, page = post.post(post.url(ALL_GOOD), answer="all_good")

    assert asked.case.status == "closed"
    assert "smashed jug" in page and "voucher for £5.00" in page
    action = re.search(r'action="([^"]+)"', page)[1]

    status, page = post.post(URL + action, outcome="4", treatment="5", words="Thank you, Ines")

    assert status == 200
    row = post.row()
    assert (row.outcome_score, row.treatment_score, row.words) == (4, 5, "Thank you, Ines")
    assert row.answered_by == "letter"
    assert "smashed jug" in question(asked).text, "it stands in the chat as well"


def test_not_right_goes_to_a_senior_person_with_what_they_add(asked: Visitor, post: Post):
    _, page = post.post(post.url(NOT_RIGHT), answer="not_right", words="Now the lid leaks")

    (handoff,) = asked.handoffs
    assert (handoff.reason, handoff.urgent) == ("still_wrong", True)
    assert "Now the lid leaks" in handoff.summary["story"]
    assert "senior colleague" in page and "today by" in page


def test_to_a_person(asked: Visitor, post: Post):
    post.post(post.url(PERSON), answer="person")

    assert asked.handoffs[0].reason == "asked"


def test_a_link_acts_once_and_then_says_so_and_how_it_stands(asked: Visitor, post: Post):
    post.post(post.url(NOT_RIGHT), answer="not_right")

    for again in (post.get(post.url(NOT_RIGHT)), post.post(post.url(ALL_GOOD), answer="all_good")):
        status, page = again
        assert status == 200
        assert "This link has done its work" in page
        assert "is with one of us" in page
    assert post.row().answer == "not_right"
    assert len(asked.handoffs) == 1


def test_what_was_answered_in_the_chat_is_not_asked_by_the_link(asked: Visitor, post: Post):
    post.casebook.answer_follow_up(post.row().id, FollowUpAnswer.ALL_GOOD, "m1")

    _, page = post.get(post.url(NOT_RIGHT))

    assert "This link has done its work" in page


@pytest.mark.parametrize("answer", ["", "refund_me", "ALL_GOOD"])
def test_an_answer_that_is_none_changes_nothing(asked: Visitor, post: Post, answer: str):
    status, page = post.post(post.url(ALL_GOOD), answer=answer)

    assert status == 200 and "Is all well now?" in page
    assert post.row().answer is None


@pytest.mark.parametrize(
    "sent", [{}, {"outcome": "4"}, {"outcome": "4", "treatment": "9"}, {"outcome": "x"}]
)
def test_half_an_answer_to_the_two_questions_is_asked_for_again(asked, post: Post, sent):
    post.post(post.url(ALL_GOOD), answer="all_good")

    status, page = post.post(post.link(Purpose.SCORES), words="so kind", **sent)

    assert status == 400
    assert "choose one answer" in page and "so kind" in page
    assert not post.row().is_scored


def test_scores_are_taken_once(asked: Visitor, post: Post):
    post.post(post.url(ALL_GOOD), answer="all_good")
    post.post(post.link(Purpose.SCORES), outcome="1", treatment="2")

    _, page = post.post(post.link(Purpose.SCORES), outcome="5", treatment="5")

    assert (post.row().outcome_score, post.row().treatment_score) == (1, 2)
    assert "Both answers are with your case" in page


# Links


def test_a_link_is_good_for_a_month_and_then_says_kindly_how_to_come_back(asked, post: Post):
    url = post.url(ALL_GOOD)
    post.clock.advance(timedelta(days=29))
    assert post.get(url)[0] == 200

    post.clock.advance(timedelta(days=2))
    for answer in (post.get(url), post.post(url, answer="all_good")):
        assert answer[0] == 410
        assert "come back to the chat" in answer[1]
    assert post.row().answer is None


def _cut(token: str) -> str:
    return token[:-3]


def _changed(token: str) -> str:
    return ("a" if token[0] != "a" else "b") + token[1:]


def _of_another_house(token: str) -> str:
    from complaints.clock import SystemClock

    return Links("t" * 32, URL, SystemClock()).path(Purpose.FOLLOW_UP, 1).removeprefix("/r/")


@pytest.mark.parametrize("spoil", [_cut, _changed, _of_another_house, lambda _: "nonsense"])
def test_a_link_that_was_tampered_with_opens_nothing(
    asked: Visitor, post: Post, spoil: Callable[[str], str]
):
    token = urlsplit(post.url(ALL_GOOD)).path.removeprefix("/r/")

    for answer in (
        post.get(f"/r/{spoil(token)}"),
        post.post(f"/r/{spoil(token)}", answer="person"),
    ):
        assert answer[0] == 404
        assert "not complete" in answer[1]
        assert asked.case.reference not in answer[1]
    assert post.row().answer is None


def test_a_link_is_good_for_its_own_purpose_alone(asked: Visitor, post: Post):
    for purpose in (Purpose.STATUS, Purpose.SCORES):
        post.post(post.link(purpose), answer="not_right", outcome="1", treatment="1", stop="yes")

    assert post.row().answer is None and not post.row().is_scored
    assert not post.casebook.is_unsubscribed("maya.okonkwo@example.com")


def test_the_status_link_tells_the_true_state(asked: Visitor, post: Post):
    _, before = post.get(post.url("Where your case stands"))
    post.post(post.url(NOT_RIGHT), answer="not_right")
    _, after = post.get(post.url("Where your case stands"))

    assert "your new Vortex blender reached you, on Monday 23 November" in before
    assert f"{asked.case.reference} is with one of us" in after


def test_a_page_that_breaks_says_so_kindly_and_changes_nothing(asked, post: Post, monkeypatch):
    monkeypatch.setattr(post.casebook, "answer_follow_up", lambda *_: 1 / 0)

    status, page = post.post(post.url(ALL_GOOD), answer="all_good")

    assert status == 503 and "nothing was changed" in page


# No more letters


def test_one_click_of_the_mail_program_ends_the_letters(core: Core, asked: Visitor, post: Post):
    assert post.mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = post.mail["List-Unsubscribe"].strip("<>")

    answer = post.browser.post(
        _path(url),
        content="List-Unsubscribe=One-Click",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 200
    assert core.casebook.is_unsubscribed("Maya.Okonkwo@example.com")


def test_a_letter_written_before_they_stopped_it_is_not_sent_after(core, promised, post: Post):
    keep(core, promised)
    post.look()
    sent = len(post.box.got)
    go_to(core, MONDAY_AFTER)
    follow_up(core)
    core.casebook.unsubscribe("maya.okonkwo@example.com")
    post.look()

    assert len(post.box.got) == sent


# At the front door


def test_the_front_door_opens_the_pages_with_headers_that_keep_them_private(store, clock):
    house = SmallHouse(store, clock, "http://127.0.0.1:1")
    house.words = words_of_domain()
    with serving(front_door(house)) as url:
        answer = httpx.get(f"{url}/r/nonsense")
        look = httpx.get(f"{url}/r/page.css")

    assert answer.status_code == 404
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "/r/page.css" in answer.text and look.status_code == 200


def test_whatever_they_wrote_is_shown_as_text(core: Core, post: Post):
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    with core.store.transaction() as session:
        case = session.merge(visitor.case)
        case.sku, case.item = None, "<script>alert(1)</script>"
    keep(core, visitor)
    go_to(core, MONDAY_AFTER)
    follow_up(core)
    post.look()

    raw = post.browser.get(_path(post.url(ALL_GOOD))).text
    assert "<script>" not in raw and "&lt;script&gt;" in raw
    assert "<script>" not in post.mail.get_body(("html",)).get_content()
