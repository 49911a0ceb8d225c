"""Intake: taking in what a customer says, and what they cannot or will not say."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import (
    beside,
    corrections,
    handing_over,
    listening,
    owed_besides,
    own_words,
    two_things,
)
from complaints.about_offers import Asks
from complaints.case import Case, CaseStatus
from complaints.casebook.book import Book
from complaints.conversation import Conversation, Handler
from complaints.heard import Heard
from complaints.matter import named_orders
from complaints.question import Question
from complaints.register import (
    done,
    earlier_case,
    latest_case,
    listening_case,
    log,
    misunderstood,
    noted_cases,
    open_handoff,
)
from complaints.turn import Hearing

MISUNDERSTANDINGS_ALLOWED = 1  # after one it asks differently, after two a person comes (R10)


class Intake(Book):
    """The verbs of listening."""

    def hear(self, conversation_id: str, heard: Heard) -> Hearing:
        """Takes in everything a message says, opening a case when it is a complaint."""
        return self._hear(conversation_id, heard)[0]

    def listen(self, conversation_id: str, heard: Heard) -> tuple[Hearing, dict[str, str]]:
        """Hears a message, and gives with it what may then be said of the case."""
        hearing, case = self._hear(conversation_id, heard)
        return hearing, self._words_of(case)

    def _hear(self, conversation_id: str, heard: Heard) -> tuple[Hearing, Case | None]:
        """What the message did, and the case this conversation is about after it."""
        with self.store.reading() as session:
            if entry := done(session, conversation_id, heard.message_id, "hear"):
                return Hearing.from_json(entry.detail), latest_case(session, conversation_id)
            before = listening_case(session, conversation_id)
            conversation = session.get_one(Conversation, conversation_id)
        whole = heard
        category, number = (before.category, before.order_number) if before else (None, None)
        heard, further = two_things.cut(whole, category, number)
        named, candidates = named_orders(before, conversation, heard, self.orders)
        with self._turn(conversation_id) as (session, conversation, now):
            if conversation.handler == Handler.AGENT:
                # A person took over while this was on its way: it is theirs to hear.
                return Hearing(), latest_case(session, conversation_id)
            case = listening_case(session, conversation_id)
            hearing = Hearing(
                pending=case.pending if case else None,
                enquiring=case is None
                and conversation.enquiry is not None
                and not heard.categories,
            )
            latest = case or latest_case(session, conversation_id)
            if case is None:
                settled = beside.of_what_is_settled(
                    session, conversation, latest, whole, heard, now
                )
                if settled:
                    hearing = replace(hearing, **settled)
                elif self._is_new(heard, latest) and not hearing.enquiring:
                    case = self._open(session, conversation, heard.message_id, now)
                    if latest:
                        case.know_customer_of(latest)
                    hearing = replace(hearing, opened=True)
            elif said := beside.of_the_open_case(session, conversation, case, whole, heard):
                hearing = replace(hearing, reference=case.reference, **said)
            elif two_things.is_about_something_else(case, heard):
                second = self._note_for_later(session, conversation, heard, now)
                hearing = replace(hearing, second=second.reference, reference=case.reference)
            elif beside.asks_something_else(case, whole):
                hearing = replace(hearing, reference=case.reference, asks=Asks.UNKNOWN)
            if case and not hearing.is_beside_it:
                told_before = bool(case.story)
                facts = corrections.facts_of(case)
                taken = listening.take_in(case, heard, named, candidates)
                if was := corrections.replaced(facts, case):
                    log(session, conversation_id, case, now, corrections.PUT_RIGHT,
                        heard.message_id, {"was_before": was}, actor="customer")  # fmt: skip
                if hearing.opened and latest is None:
                    listening.recall(case, misunderstood(session, conversation_id))
                case.needs = case.needs or own_words.needs(heard.words)
                if heard.danger:
                    case.handed_back_at = None  # what a person judged before was not this
                if case.repeat_of is None and (earlier := earlier_case(session, case, now)):
                    case.repeat_of = earlier.reference
                hearing = replace(
                    hearing,
                    reference=case.reference,
                    learned=tuple(sorted(taken.learned)),
                    answered=taken.answered,
                    proof=taken.proof,
                    failures=case.proof_failures,
                    familiar=taken.familiar,
                    first_told=bool(case.story) and not told_before,
                )
                if besides := self._money_told_with(session, case, conversation, heard, now):
                    hearing = replace(hearing, second=besides.reference)
                if further:
                    second = self._note_for_later(session, conversation, further, now)
                    hearing = replace(hearing, second=second.reference)
            log(session, conversation_id, case, now, "hear", heard.message_id, hearing.as_json())
            return hearing, case or latest_case(session, conversation_id)

    def misunderstand(self, conversation_id: str, message_id: str) -> bool:
        """Counts a message nobody understood; True when it is one too many."""
        with self._turn(conversation_id) as (session, conversation, now):
            if not done(session, conversation_id, message_id, "misunderstand"):
                conversation.misunderstood += 1
                log(session, conversation_id, None, now, "misunderstand", message_id)
            return conversation.misunderstood > MISUNDERSTANDINGS_ALLOWED

    def understand(self, conversation_id: str) -> None:
        """Forgets an earlier misunderstanding: only two in a row need a person."""
        with self._turn(conversation_id) as (_, conversation, _now):
            conversation.misunderstood = 0

    def confirm(self, conversation_id: str) -> bool:
        """The customer says it was read back rightly; False when nothing had been."""
        with self._turn(conversation_id) as (session, _, now):
            case = listening_case(session, conversation_id)
            if case is None or case.pending != Question.CONFIRMATION:
                return False
            case.agreed_at = now
            return True

    def go_without(self, conversation_id: str, message_id: str) -> str | None:
        """They do not have what was asked for: it is not asked again. Gives the question."""
        with self._turn(conversation_id) as (session, _, now):
            # Asked again after a crash, another question may be open that they know very well.
            if entry := done(session, conversation_id, message_id, "go_without"):
                return entry.detail["question"]
            case = listening_case(session, conversation_id)
            needed = (Question.STORY, Question.CATEGORY, Question.CHOICE, Question.CONFIRMATION)
            if case is None or case.pending is None or case.pending in needed:
                return None
            question = case.pending
            if question not in case.without:
                case.without.append(question)
            detail = {"question": question}
            log(session, conversation_id, case, now, "go_without", message_id, detail)
            return question

    def start_over(self, conversation_id: str, message_id: str) -> bool:
        """Sets the open case aside and begins a fresh one; False when none was open."""
        with self._turn(conversation_id) as (session, conversation, now):
            case = listening_case(session, conversation_id)
            if case is None or case.opened_by == message_id:
                return case is not None
            case.become(CaseStatus.WITHDRAWN)
            case.closed_at = now
            self._open(session, conversation, message_id, now).know_customer_of(case)
            return True

    def note_photo(self, conversation_id: str, photo_id: int) -> bool:
        """A photo of it has come: it belongs to the case that is open, else to the last one."""
        with self._turn(conversation_id) as (session, _, _now):
            case = latest_case(session, conversation_id)
            if case and photo_id not in case.photos:
                case.photos.append(photo_id)
            return case is not None

    def note_while_waiting(self, conversation_id: str, words: str) -> bool:
        """Keeps what a customer adds while they wait for a person; True when it is where to call.

        A story that was not told before, and a telephone number, are put before whoever takes it.
        """
        with self._turn(conversation_id) as (session, _, now):
            given = open_handoff(session, conversation_id)
            case = session.get(Case, given.case_reference) if given else None
            if given is None or case is None or given.taken_at is not None:
                return False
            phone = own_words.telephone(words)
            told = len(words.split()) > len((phone or "").split())
            if not case.story and told:
                case.story.append(words)
            new_phone = phone is not None and phone != case.phone
            case.phone = phone or case.phone
            if phone:
                if "phone" in case.from_shop:
                    case.from_shop.remove("phone")  # this one they wrote themselves
                given.call_back = words  # when it suits them stands beside the number
            case.needs = case.needs or own_words.needs(words)
            handing_over.renew_summary(session, given, case, self.policy, self.words, now)
            return new_phone

    def note_danger(self, conversation_id: str, message_id: str, kind: str) -> None:
        """Danger told while they wait for a person: it comes ahead of everything from now on."""
        with self._turn(conversation_id) as (session, _, now):
            given = open_handoff(session, conversation_id)
            case = session.get(Case, given.case_reference) if given else None
            if given is None or case is None:
                return
            if not done(session, conversation_id, message_id, "note_danger"):
                case.danger, given.urgent = kind, True
                handing_over.renew_summary(session, given, case, self.policy, self.words, now)
                log(session, conversation_id, case, now, "note_danger", message_id, {"kind": kind})

    def _note_for_later(
        self, session: Session, conversation: Conversation, heard: Heard, now: datetime
    ) -> Case:
        """A second complaint: kept as told, until the first is settled."""
        second = self._open(session, conversation, heard.message_id, now)
        second.status = CaseStatus.NEXT
        listening.take_in(second, heard, None, ())
        if not second.story:  # "another problem, W-10684 never arrived": of no category yet
            second.story.append(heard.words)
        return second

    def _money_told_with(
        self, session: Session, case: Case, conversation: Conversation, heard: Heard, now: datetime
    ) -> Case | None:
        """A case of its own for the money, where both a thing and money went wrong."""
        money = owed_besides.money_told_with(case, self.policy)
        noted = noted_cases(session, conversation.id)
        if money is None or any(each.category == money for each in noted):
            return None
        besides = self._open(session, conversation, heard.message_id, now)
        besides.status = CaseStatus.NEXT
        owed_besides.tell_apart(case, besides, self.policy, money)
        return besides

    def _is_new(self, heard: Heard, latest: Case | None) -> bool:
        """Whether the message begins a case; a person can be asked for in the one there is."""
        about_latest = heard.intent in ("ask_for_person", "ask_call_back") and not heard.categories
        return heard.opens_a_case and not (latest and about_latest)
