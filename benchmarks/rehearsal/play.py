"""The play: one persona, one browser, the running house; and the record of what was said."""

import threading
from collections import Counter
from datetime import datetime
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from benchmarks.rehearsal.persona import NO_PHOTO, PERSON, Line, Persona
from benchmarks.rehearsal.record import Record, Turn
from benchmarks.rehearsal.standing import Rows
from complaints.conversation import Author, Message
from complaints.orders import plain_email, plain_postcode
from tests.customer import Answer, Customer
from tests.stack import Stack

MOST_TURNS = 24  # whoever is still there then is not being helped
# What somebody says to offers of which none is what they came for.
_NOT_WHAT_I_CAME_FOR = ("is there anything else you can do?", "none of those suits me")


class Stage:
    """Plays personas at the house. One customer of the shop is on stage once at a time:
    two personas who share an order would else be one customer who complains twice."""

    def __init__(self, house: Stack, rows: Rows) -> None:
        self.house = house
        self.rows = rows
        self._alone: dict[str, threading.Lock] = {}

    def play(self, persona: Persona) -> Record:
        """The whole conversation. What stops it is told in the record, never raised."""
        with self._alone.setdefault(persona.customer, threading.Lock()):
            self._nobody_complained_of(persona)
            part = _Part(self.house.url, self.rows, persona)
            try:
                part.play()
            except Exception as trouble:
                # One conversation that breaks must not stop the others; it is shown first.
                part.record.trouble = f"{type(trouble).__name__}: {str(trouble)[:300]}"
            return part.record

    def _nobody_complained_of(self, persona: Persona) -> None:
        if persona.order:
            theirs = self.rows.shop.orders_of(persona.order.customer_id)
            self.house.nobody_complained_of(*(each.number for each in theirs))


class _Part:
    """One persona on stage."""

    def __init__(self, url: str, rows: Rows, persona: Persona) -> None:
        self.url = url
        self.rows = rows
        self.persona = persona
        self.customer = Customer(url, rows.store)
        self.record = Record(persona.name, greeting=_text(self.customer.seen))
        self._asked: dict[str, int] = {}
        self._times: Counter[str] = Counter()  # each question was open when it was their turn
        self._unsuited = 0

    def play(self) -> None:
        persona = self.persona
        for line in persona.opens:
            self._do(line)
            if self.record.last.handler != "bot":
                break
        while (line := self._next_line()) is not None:
            if len(self.record.turns) >= MOST_TURNS:
                raise TimeoutError(f"nothing is settled after {MOST_TURNS} messages")
            self._do(line)
        for line in persona.afterwards:
            self._do(line)
        if persona.comes_back:
            self.customer = Customer(self.url, self.rows.store)
        for place, line in enumerate(persona.comes_back):
            self._do(line, fresh=place == 0)

    def _next_line(self) -> Line | None:
        """What they do now; None when all is settled, or nothing was asked."""
        standing = self.record.last
        question = standing.question
        if standing.is_settled or question is None:
            return None
        # A second complaint is asked about in its own right.
        place = f"{question} of {len(standing.resolved)}"
        line = self.persona.line(question, self._times[place])
        self._times[place] += 1
        if line is None:
            raise LookupError(f"asks for {question}, which the persona says nothing about")
        return line

    def _do(self, line: Line, fresh: bool = False) -> None:
        before = self.record.last.handler if self.record.turns and not fresh else "bot"
        said, answer = self._act(line)
        conversation = self.customer.conversation
        standing = self.rows.standing(conversation.id, self._asked)
        turn = Turn(
            said=said,
            answers=tuple(message["text"] for message in answer.messages),
            buttons=tuple(answer.titles),
            seconds=self._seconds(),
            gives=line.gives | self._facts_in(said),
            before=before,
            standing=standing,
            fresh=fresh,
        )
        self.record.turns.append(turn)

    def _act(self, line: Line) -> tuple[str, Answer]:
        if line.photo:
            return "[a photo]", self.customer.shows_photo(_a_photo())
        if line.presses:
            for wanted in line.presses.split(" | "):
                if title := self._button(wanted):
                    return f"[{title}]", self.customer.presses(title)
            words = _NOT_WHAT_I_CAME_FOR[min(self._unsuited, 1)]
            self._unsuited += 1
            return words, self.customer.says(words)
        words = self._filled(line.says)
        return words, self.customer.says(words)

    def _button(self, wanted: str) -> str | None:
        """The title of the last button that means this: an offer's kind, a category, an item's
        number, an order's, or words of the title itself."""
        offer = dict(self.record.last.offers).get(wanted)
        if offer is None and wanted in self.rows.policy.remedies:
            return None  # not on the table, though an older button may look like it
        for button in reversed(self.customer.buttons):
            payload, title = button["payload"], button["title"]
            fits = (
                f'"offer": "{offer}"' in payload
                if offer
                else payload == f"/complain_{wanted}"
                or f'"{wanted}"' in payload
                or (wanted == PERSON and payload == "/ask_for_person")
                or (wanted == NO_PHOTO and payload == "/dont_have_it")
                or wanted.casefold() in title.casefold()
            )
            if fits:
                return title
        return None

    def _filled(self, words: str) -> str:
        facts = self.persona.facts
        references = [each for turn in self.record.turns for each in turn.standing.references]
        if references:
            facts["reference"] = references[0]
        for name, value in facts.items():
            words = words.replace(f"{{{name}}}", value)
        return words

    def _facts_in(self, said: str) -> frozenset[str]:
        """The numbers and addresses a message gives away, if they are the right ones."""
        order = self.persona.order
        if order is None:
            return frozenset()
        found = {
            "the order": order.number.removeprefix("W-") in said,
            "the e-mail address": plain_email(order.email) in said.casefold(),
            "the postcode": plain_postcode(order.postcode) in plain_postcode(said),
            "the telephone": order.phone[-9:] in "".join(filter(str.isdigit, said)),
        }
        return frozenset(name for name, is_said in found.items() if is_said)

    def _seconds(self) -> float:
        """How long the house took for the last message."""
        with self.rows.store.reading() as session:
            asked = session.scalars(
                select(Message)
                .where(
                    Message.conversation_id == self.customer.conversation.id,
                    Message.author == Author.CUSTOMER,
                )
                .order_by(Message.id.desc())
            ).first()
        answered: datetime | None = asked.answered_at if asked else None
        return (answered - asked.created_at).total_seconds() if answered else 0.0


def _text(messages: list[dict]) -> str:
    return "\n".join(message["text"] for message in messages)


def _a_photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (320, 240), "#8a8f94").save(file, "JPEG")
    return file.getvalue()
