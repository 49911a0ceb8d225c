"""The pages that links in letters open: /r/<token>.

Looking changes nothing: mail scanners open every link before anybody reads the letter. Only
sending a form acts, and where it acts it does so once.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from channels.headers import SAME_ORIGIN_ONLY
from channels.incoming import TooLarge, whole_body
from channels.links import PATH, Expired, Link, Links
from channels.templates import FOLDER, PAGES
from complaints.asking import OUTCOME, TREATMENT
from complaints.casebook import Casebook
from complaints.casebook.following_up import LETTER
from complaints.follow_up import SCORES, FollowUp, FollowUpAnswer
from complaints.letter import Letter, Purpose
from complaints.words import Words

HEADERS = {
    "Content-Security-Policy": SAME_ORIGIN_ONLY.replace("form-action 'none'", "form-action 'self'"),
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
LONGEST_WORDS = 2_000  # characters
LARGEST_FORM_BYTES = 32 * 1024

log = structlog.get_logger()


@dataclass(frozen=True)
class Form:
    """What may be sent: questions with five answers each, a field for words, buttons."""

    action: str
    buttons: tuple[tuple[str, str, str], ...]  # name, value, title
    scores: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    words: str = ""
    chosen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Opened:
    """A link that was read, the letter it stands in, and the case that is about."""

    link: Link
    letter: Letter
    reference: str


class LetterPages:
    """The app at /r. `chat_url` is where the chat is."""

    def __init__(self, casebook: Casebook, words: Words, links: Links, chat_url: str) -> None:
        self.casebook = casebook
        self.words = words
        self.links = links
        self.chat_url = chat_url
        self._shows = {
            Purpose.FOLLOW_UP: self._follow_up,
            Purpose.SCORES: self._scores,
            Purpose.STATUS: self._status,
            Purpose.UNSUBSCRIBE: self._unsubscribe,
        }
        self.app = Starlette(
            routes=[
                Route("/page.css", self.look),
                Route("/{token}", self.show, methods=["GET"]),
                Route("/{token}", self.act, methods=["POST"]),
            ]
        )

    async def look(self, _: Request) -> Response:
        return FileResponse(FOLDER / "page.css")

    async def show(self, request: Request) -> Response:
        """What the link is for; nothing changes."""
        return await asyncio.to_thread(self._answer, request, None)

    async def act(self, request: Request) -> Response:
        """What was sent is done, once."""
        try:
            body = await whole_body(request, LARGEST_FORM_BYTES)
        except TooLarge:
            return self._page("utter_page_broken_title", "utter_page_broken", status=413)
        return await asyncio.to_thread(
            self._answer, request, dict(parse_qsl(body.decode("utf-8", "replace")))
        )

    def _answer(self, request: Request, sent: dict[str, str] | None) -> Response:
        try:
            opened = self._open(request.path_params["token"])
            if opened is None:
                return self._page("utter_page_unknown_title", "utter_page_unknown", status=404)
            return self._shows[opened.link.purpose](opened, sent, request.query_params)
        except Expired:
            return self._page("utter_page_expired_title", "utter_page_expired", status=410)
        except Exception:
            log.exception("page of a letter broke")
            return self._page("utter_page_broken_title", "utter_page_broken", status=503)

    def _open(self, token: str) -> Opened | None:
        link = self.links.read(token)
        if link is None:
            return None
        found = self.casebook.letter(link.letter)
        if found is None:
            raise Expired("that letter is no longer kept")
        return Opened(link, *found)

    # Is all well?

    def _follow_up(self, opened: Opened, sent: dict[str, str] | None, query: Any) -> Response:
        asked = self.casebook.asked_by(opened.link.letter)
        if asked is None:
            return self._status(opened, None, query)
        if asked.answer is not None:
            return self._answered_before(opened, asked)
        if sent is None or sent.get("answer") not in set(FollowUpAnswer):
            return self._ask(opened, query.get("answer"))
        answered = self.casebook.answer_follow_up(
            asked.id, FollowUpAnswer(sent["answer"]), f"letter:{opened.link.letter}",
            sent.get("words", "")[:LONGEST_WORDS].strip(), LETTER,
        )  # fmt: skip
        if not answered.is_new:
            return self._answered_before(opened, asked)
        if told := answered.handed:
            by = "utter_page_person_by_phone" if told.phone else "utter_page_person_by"
            known: dict[str, Any] = {
                "due": told.due,
                "reference": told.reference,
                "phone": told.phone,
            }
            said = [self.words.say(f"utter_hand_off_{told.reason}"), self.words.say(by, **known)]
            return self._page("utter_page_answered_title", *said)
        asked = self.casebook.asked_by(opened.link.letter)
        form = self._score_form(opened) if asked and asked.scores_asked_at else None
        return self._page("utter_page_answered_title", *answered.said, form=form)

    def _ask(self, opened: Opened, proposed: str | None) -> Response:
        answers = sorted(FollowUpAnswer, key=lambda answer: answer != proposed)
        form = Form(
            action=self.links.path(Purpose.FOLLOW_UP, opened.link.letter),
            buttons=tuple(
                ("answer", str(answer), self.words.say(f"utter_follow_up_{answer}"))
                for answer in answers
            ),
            words=self.words.say("utter_page_add_words"),
        )
        return self._page("utter_page_follow_up_title", *opened.letter.paragraphs[1:], form=form)

    def _answered_before(self, opened: Opened, asked: FollowUp) -> Response:
        said = ["utter_page_answered", *self._state(opened.reference)]
        form = self._score_form(opened) if asked.scores_asked_at and not asked.is_scored else None
        return self._page("utter_page_answered_title", *said, form=form)

    # How was it?

    def _scores(self, opened: Opened, sent: dict[str, str] | None, query: Any) -> Response:
        asked = self.casebook.asked_by(opened.link.letter)
        if asked is None or asked.scores_asked_at is None:
            return self._status(opened, None, query)
        if asked.is_scored:
            return self._page("utter_page_scored_title", "utter_page_scored")
        if sent is None:
            form = self._score_form(opened)
            return self._page("utter_page_scores_title", form=form)
        chosen = [sent.get(of, "") for of in (OUTCOME, TREATMENT)]
        if not set(chosen) <= {str(score) for score in SCORES}:
            return self._page(
                "utter_page_scores_title", trouble=self.words.say("utter_page_choose_both"),
                form=self._score_form(opened, sent), status=400,
            )  # fmt: skip
        words = sent.get("words", "")[:LONGEST_WORDS]
        self.casebook.score_follow_up(asked.id, int(chosen[0]), int(chosen[1]), words)
        return self._page("utter_page_scored_title", "utter_page_scored")

    def _score_form(self, opened: Opened, sent: dict[str, str] | None = None) -> Form:
        titles = tuple(
            (str(score), self.words.say(f"utter_score_{score}")) for score in reversed(SCORES)
        )
        return Form(
            action=self.links.path(Purpose.SCORES, opened.link.letter),
            scores=(
                (OUTCOME, self.words.say("utter_page_ask_outcome"), titles),
                (TREATMENT, self.words.say("utter_page_ask_treatment"), titles),
            ),
            words=self.words.say("utter_page_ask_words"),
            buttons=(("send", "yes", self.words.say("utter_page_send")),),
            chosen=sent or {},
        )

    # Where is my case?

    def _status(self, opened: Opened, _sent: dict[str, str] | None, _query: Any) -> Response:
        said = self._state(opened.reference)
        return self._page("utter_page_status_title", *said)

    def _state(self, reference: str) -> list[str]:
        """The true state in words, and how to come back."""
        status = self.casebook.status(reference)
        spoken = dict(status.words)
        if status.remedy:
            spoken["remedy"] = self.words.say(f"utter_remedy_{status.remedy}", **spoken)
        # In the chat a person takes it on as it is told; looking at a page starts nothing.
        overdue = status.state == "overdue"
        if overdue:
            unnamed = {"item": self.words.say("utter_thing_unnamed")}
            spoken["thing"] = self.words.say(f"utter_thing_{status.remedy}", **unnamed | spoken)
        name = "utter_page_status_overdue" if overdue else f"utter_status_{status.state}"
        said = [self.words.say(name, **spoken)]
        if status.promised:
            said.append(self.words.say(f"utter_promised_{status.promised}", **spoken))
        return [*said, self.words.say("utter_page_come_back", reference=reference)]

    # No more letters

    def _unsubscribe(self, opened: Opened, sent: dict[str, str] | None, _query: Any) -> Response:
        if sent is not None:
            self.casebook.unsubscribe(opened.letter.to)
        if sent is not None or self.casebook.is_unsubscribed(opened.letter.to):
            return self._page("utter_page_unsubscribed_title", "utter_page_unsubscribed")
        form = Form(
            action=self.links.path(Purpose.UNSUBSCRIBE, opened.link.letter),
            buttons=(("stop", "yes", self.words.say("utter_page_unsubscribe_button")),),
        )
        return self._page("utter_page_unsubscribe_title", "utter_page_unsubscribe", form=form)

    def _page(
        self, title: str, *said: str, form: Form | None = None, trouble: str = "", status: int = 200
    ) -> Response:
        """`said` are names of responses, or what was said with them already."""
        page = PAGES.get_template("page.html").render(
            title=self.words.say(title),
            paragraphs=[self.words.say(each) if each in self.words else each for each in said],
            trouble=trouble,
            form=form,
            chat=self.words.say("utter_page_chat_link"),
            chat_url=self.chat_url,
            look=f"{PATH}/page.css",
        )
        return HTMLResponse(page, status, headers=HEADERS)
