"""Coming back: finding a case by its reference and proof that it is theirs, and its true state.

By reference alone nothing is told (R27): a reference can be read over a shoulder.
"""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from complaints import local_time, telling, which_case
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.conversation import Conversation, Handler
from complaints.fulfilment import RAN_LATE, InstructionStage, done_on, instructions_of
from complaints.handoff import Handoff
from complaints.heard import Heard
from complaints.keeping import PROMISES_OF_PEOPLE
from complaints.orders import Order, plain_email, plain_postcode
from complaints.policy import Policy
from complaints.promise import PromiseState
from complaints.refunds import REFUNDS
from complaints.register import latest_case, open_handoff
from complaints.turn import Choice

FAILURES_ALLOWED = 3


class Finding(StrEnum):
    """How an enquiry stands."""

    FOUND = "found"
    ASK_REFERENCE = "reference"
    ASK_PROOF = "case_proof"
    ASK_FACTS = "case_facts"  # somebody without the reference
    ASK_WHICH = "which_case"  # several of theirs are open
    SLIP = "slip"  # what they wrote looks like a reference, but its check letter is wrong
    FAILED = "failed"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Status:
    """What the customer may hear: a question, or the state of their case in words."""

    finding: Finding
    state: str = ""  # of domain.yml: utter_status_<state>
    remedy: str = ""  # of domain.yml: utter_remedy_<remedy>
    times: int = 1
    words: dict[str, str] = field(default_factory=dict)
    reference: str | None = None
    choices: tuple[Choice, ...] = ()  # which of their cases
    promised: str = ""  # by a person besides: utter_promised_<promised>, with {promised_by}


def enquire(
    session: Session, conversation: Conversation, heard: Heard
) -> tuple[Finding, Case | None, int]:
    """Goes one step further in finding the case somebody came back for.

    Their own conversation's case needs no proof. Any other is found by reference, and told
    only after the postcode or e-mail address that stands in it; then it moves here, with the
    person who may be working on it.
    """
    asked = dict(conversation.enquiry or {})

    def ask(finding: Finding) -> tuple[Finding, Case | None, int]:
        times = f"times_{finding}"
        asked[times] = asked.get(times, 0) + 1
        conversation.enquiry = dict(asked)
        return finding, None, asked[times]

    own = latest_case(session, conversation.id)
    theirs = which_case.open_cases(session, conversation, own)
    reference = heard.case_reference or asked.get("reference")
    is_one_of_theirs = reference in {case.reference for case in theirs}
    if theirs and (is_one_of_theirs or (reference is None and (own is None or len(theirs) > 1))):
        named = theirs[0] if len(theirs) == 1 else which_case.meant(theirs, heard)
        if named is None:
            return ask(Finding.ASK_WHICH)
        conversation.enquiry = None
        return Finding.FOUND, named, 1
    if own and (reference is None or reference == own.reference):
        conversation.enquiry = None
        return Finding.FOUND, own, 1
    for fact in ("postcode", "email"):
        asked[fact] = heard.detail(fact) or asked.get(fact)
    asked["reference"] = reference
    asked["without_reference"] = asked.get("without_reference") or heard.intent == "dont_have_it"
    tried = heard.detail("postcode") or heard.detail("email") or heard.case_reference
    if reference is None and not (asked["postcode"] and asked["email"]):
        if heard.detail("case_reference"):
            return ask(Finding.SLIP)
        return ask(Finding.ASK_FACTS if asked["without_reference"] else Finding.ASK_REFERENCE)
    tried = tried and (asked["postcode"] or asked["email"])
    case = session.get(Case, reference) if reference else _case_of(session, asked)
    if case and _is_theirs(case, asked):
        move_here(session, case, conversation)
        conversation.enquiry = None
        return Finding.FOUND, case, 1
    if not tried:
        return ask(Finding.ASK_PROOF)
    asked["failures"] = asked.get("failures", 0) + 1
    if asked["failures"] >= FAILURES_ALLOWED:
        conversation.enquiry = asked  # whoever takes it over must know which case was meant
        return Finding.GIVEN_UP, None, 1
    return ask(Finding.FAILED)


def says_which(session: Session, conversation: Conversation, heard: Heard) -> bool:
    """Whether it answers "which of your cases?": what it names is of that one, and is told to
    no other complaint they may be in the middle of."""
    if f"times_{Finding.ASK_WHICH}" not in (conversation.enquiry or {}) or heard.categories:
        return False
    theirs = which_case.open_cases(session, conversation, latest_case(session, conversation.id))
    return which_case.meant(theirs, heard) is not None


def status_of(
    session: Session, case: Case, order: Order | None, policy: Policy, now: datetime
) -> Status:
    """The true state of a case, from its rows."""
    spoken = telling.words(case, order, policy, now) | _promised_by_a_person(case, policy, now)
    given = open_handoff(session, case.conversation_id)
    if given:
        promise = session.get_one(PromiseRow, given.promise_id)
        due = local_time.moment(promise.due_at, case, policy, now)
        return _found(case, "with_person", spoken | {"due": due})
    if case.status == CaseStatus.CLOSED and case.closed_at:
        day = local_time.day(case.closed_at, case, policy, now)
        return _found(case, "closed", spoken | {"date": day})
    offer = case.accepted_offer()
    if offer and case.status == CaseStatus.RESOLVING:
        promise_row = case.promise_of(offer)
        spoken = telling.promised(case, offer, spoken, policy, now)
        if promise_row.state == PromiseState.MET:
            done = done_on(session, promise_row) or now
            spoken["date"] = local_time.day(done, case, policy, now)
            on_its_way = offer.kind in REFUNDS and now < promise_row.due_at
            state = "money_sent" if on_its_way else "done"
            return _found(case, state, spoken, f"{offer.kind}_done")
        rows = instructions_of(session, promise_row.id)
        if any(row.state == InstructionStage.REFUSED for row in rows):
            return _found(case, "refused", spoken, offer.kind)
        overdue = local_time.has_passed(promise_row.due, case, policy, now)
        under_way = "moved" if promise_row.moved_because == RAN_LATE else "resolving"
        return _found(case, "overdue" if overdue else under_way, spoken, offer.kind)
    return _found(case, "listening", spoken)


def _found(case: Case, state: str, words: dict[str, str], remedy: str = "") -> Status:
    if state == "listening" and "story" not in words:
        state = "listening_noted" if "noted" in words else "listening_untold"
    promised = words.get("promised_kind", "")
    return Status(
        Finding.FOUND, state, remedy, words=words, reference=case.reference, promised=promised
    )


def _promised_by_a_person(case: Case, policy: Policy, now: datetime) -> dict[str, str]:
    """What a person promised before they handed it back stands, whoever is asked (R24)."""
    for row in reversed(case.promises):
        if row.kind in PROMISES_OF_PEOPLE and row.promise().is_pending and row is not _chosen(case):
            return {
                "promised_kind": row.kind,
                "promised_by": local_time.by(row.due, case, policy, now),
            }
    return {}


def _chosen(case: Case) -> PromiseRow | None:
    """The promise of what they chose, which is told anyway."""
    offer = case.accepted_offer()
    return case.promise_of(offer) if offer else None


def _case_of(session: Session, asked: dict[str, str]) -> Case | None:
    """The last case of somebody who knows both the e-mail address and the postcode on it."""
    cases = session.scalars(
        select(Case)
        .where(func.lower(Case.email) == plain_email(asked["email"]))
        .order_by(Case.received_at.desc())
    )
    return next(
        (
            case
            for case in cases
            if plain_postcode(case.postcode) == plain_postcode(asked["postcode"])
        ),
        None,
    )


def _is_theirs(case: Case, asked: dict[str, str]) -> bool:
    facts = [
        (plain_postcode(asked.get("postcode")), plain_postcode(case.postcode)),
        (plain_email(asked.get("email")), plain_email(case.email)),
    ]
    # A list, not any(): every fact is compared, so that the time tells nothing.
    right = [
        hmac.compare_digest(said.encode(), known.encode())
        for said, known in facts
        if said and known
    ]
    return True in right


def move_here(session: Session, case: Case, conversation: Conversation) -> None:
    """From now on it is talked about in this conversation, with the person who may have it."""
    old, case.conversation_id = case.conversation_id, conversation.id
    if old == conversation.id:
        return
    case.timezone = conversation.timezone or case.timezone
    waiting = open_handoff(session, old)
    if waiting and waiting.case_reference == case.reference:
        session.execute(
            update(Handoff).where(Handoff.id == waiting.id).values(conversation_id=conversation.id)
        )
        former = session.get_one(Conversation, old)
        conversation.handler, conversation.agent = former.handler, former.agent
        former.handler, former.agent = Handler.BOT, None
