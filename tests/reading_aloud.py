"""What must hold in every conversation, whatever it is about: read each as the customer does.

A `Listener` sits beside a customer. The rules are those of conversation.md: nothing asked
twice (R6), never the same sentence twice (R10), every date and amount backed by a row (R17),
thanks before sorry and one apology (R1), never silence or an error (R28).
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import yaml

from complaints.case import Case, CaseStatus
from complaints.demo_shop import DemoShop
from complaints.policy import Policy
from complaints.promise import date_in_words, moment_in_words
from tests.customer import Answer, Customer

POLICY = Policy.load("policy.yml")
ZONE = POLICY.opening_hours.timezone
RESPONSES = yaml.safe_load(Path("domain.yml").read_text("utf-8"))["responses"]
NEVER_READ = re.compile(
    r"Traceback|Exception|\b[Ee]rror\b|try again later|\{\w+\}|\bNone\b|\bnull\b|"
    r"sorry you feel|any inconvenience|I understand your|as soon as possible|\b[Ss]oon\b"
)
BROKEN = ("utter_kept_for_person", "utter_hand_off_broken")
DATE = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} "
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
AMOUNT = re.compile(r"£[\d,]+(?:\.\d\d)?")
QUOTED = re.compile(r"“[^”]*”")

# When the record holds the answer to a question, nobody may be asked it.
ANSWERED: dict[str, Callable[[Case], object]] = {
    "story": lambda case: case.story,
    "category": lambda case: case.category,
    "order_number": lambda case: case.order_number or "order_number" in case.without,
    "email_and_postcode": lambda case: case.order_number or "email_and_postcode" in case.without,
    "which_order": lambda case: case.order_number or "which_order" in case.without,
    "proof": lambda case: case.proved_by or "proof" in case.without,
    "item": lambda case: case.sku or "item" in case.without,
    "photo": lambda case: case.photos or "photo" in case.without,
    "email": lambda case: case.email or "email" in case.without,
    "phone": lambda case: case.phone or "phone" in case.without,
    "wish": lambda case: case.wish or "wish" in case.without,
    "confirmation": lambda case: case.agreed_at,
    "choice": lambda case: case.accepted_offer(),
}


class Listener:
    """Hears every answer of one conversation, and objects where a rule is broken."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.asked: set[tuple[str, str]] = set()  # (case, a sentence that asks, as it was said)
        self.case_told = False

    def hears(self, answer: Answer) -> None:
        """Objects to the answer alone, and to what it repeats."""
        waiting = self.customer.conversation.handler != "bot"
        self._never(not answer.messages and not waiting, "silence")
        for text in [message["text"] for message in answer.messages]:
            self._never(not text.strip(), "an empty message")
            self._never(NEVER_READ.search(plain(text)), f"“{text}”")
        for name in BROKEN:
            self._never(says(name, answer.text), f"{name}: something broke on our side")
        self._never(answer.questions > 1, f"{answer.questions} questions at once: {answer.text}")
        about = "".join(case.reference for case in self._open_cases())
        for question in question_sentences(answer.text):
            asked_before = (about, question) in self.asked
            self._never(asked_before, f"asked twice in the same words: {question}")
            self.asked.add((about, question))
        for case in self._open_cases():
            self._asks_only_what_is_missing(case, answer)
        self._first_reply(answer)

    def looks_back(self) -> None:
        """Objects to what the whole conversation told and the record does not hold."""
        now = self.customer.now
        told = "\n".join(self._house_said())
        for case in self.customer.cases:
            self._never(case.reference not in told, f"{case.reference} was never told")
            for row in case.promises:
                words = (
                    date_in_words(row.due_at, ZONE, now)
                    if row.by_the_day
                    else moment_in_words(row.due_at, ZONE, now)
                )
                self._never(words not in told, f"promised and never told: {row.kind} {words}")
        backed = set(self._dates(now))
        for said in DATE.findall(plain(told)):
            self._never(said not in backed, f"{said} stands in no row; there are {sorted(backed)}")
        amounts = set(self._amounts())
        for said in AMOUNT.findall(plain(told)):
            self._never(
                said not in amounts, f"{said} stands in no row; there are {sorted(amounts)}"
            )
        apologies = [text for text in self._house_said() if re.search(r"\bsorry\b", plain(text))]
        self._never(len(apologies) > len(self.customer.cases), f"{len(apologies)} apologies")

    def _asks_only_what_is_missing(self, case: Case, answer: Answer) -> None:
        for question, is_known in ANSWERED.items():
            if is_known(case):
                asked = asks(question, answer.text)
                self._never(asked, f"asks for the {question}, which is known: {answer.text}")
        if not case.order_number and bool(case.email) != bool(case.postcode):
            given = "e-mail address" if case.email else "postcode"
            for sentence in question_sentences(answer.text):
                asked = re.search(rf"\b(what|which|could you give)\b[^.]*{given}", sentence, re.I)
                self._never(asked, f"asks for the {given} that was given: {answer.text}")

    def _first_reply(self, answer: Answer) -> None:
        if self.case_told or not any(case.story for case in self.customer.cases):
            return
        self.case_told = True
        said = plain(answer.text)
        sorry, thanks = said.find("sorry"), said.lower().find("thank")
        if sorry >= 0:
            self._never(not 0 <= thanks < sorry, f"sorry before thanks: {answer.text}")
            self._never(said.count("sorry") > 1, f"more than one apology: {answer.text}")

    def _open_cases(self) -> list[Case]:
        return [case for case in self.customer.cases if case.status == CaseStatus.LISTENING]

    def _house_said(self) -> list[str]:
        said = []
        for message in self.customer.seen:
            if message["author"] != "customer":
                said += [message["text"], *(button["title"] for button in message["buttons"])]
        return said

    def _dates(self, now: datetime) -> Iterator[str]:
        days: list[date | datetime | None] = [POLICY.calendar.next_opening(now)]
        shop = DemoShop(lambda: POLICY.calendar.today(now))
        for case in self.customer.cases:
            days += [case.deadline, case.happened_on]
            days += [each.due_at for each in (*case.offers, *case.promises)]
            if order := case.proved_by and shop.find(case.order_number):
                days += [order.ordered_on, order.shipped_on, order.promised_on, order.delivered_on]
            for theirs in shop.search(email=case.email, postcode=case.postcode):
                days.append(theirs.ordered_on)
        return (date_in_words(day, ZONE) for day in days if day)

    def _amounts(self) -> Iterator[str]:
        for case in self.customer.cases:
            yield from (str(offer.money) for offer in case.offers if offer.money)
            yield str(case.claimed)

    def _never(self, broken: object, what: str) -> None:
        assert not broken, f"{what}\n\n{self.customer.transcript}"


def plain(text: str) -> str:
    """The text without what it quotes of the customer."""
    return QUOTED.sub("“”", text)


def question_sentences(text: str) -> list[str]:
    sentences = re.split(r"(?<=[.!?])\s+|\n+", plain(text))
    return [sentence.strip() for sentence in sentences if sentence.rstrip(" ”").endswith("?")]


def asks(question: str, text: str) -> bool:
    """Whether the text has any wording of this question in it."""
    return any(says(f"utter_ask_{question}{again}", text) for again in ("", "_again"))


def says(response: str, text: str) -> bool:
    """Whether the text has any variation of a response in it."""
    return any(
        re.search(_pattern(variation["text"]), text) for variation in RESPONSES.get(response, [])
    )


def _pattern(variation: str) -> str:
    words = re.split(r"\{\w+\}", " ".join(variation.split()))
    return ".+?".join(re.escape(word) for word in words)
