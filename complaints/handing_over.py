"""Handing over: the person, the frozen summary and the promise, all or none."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from complaints import corrections, local_time, notices, people, telling
from complaints.calling_off import SETTLED_ANEW
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.conversation import Author, Conversation, Handler, Message
from complaints.fulfilment import instructions_of_case
from complaints.handoff import Handoff, HandoffReason
from complaints.money import Money
from complaints.orders import Order
from complaints.policy import Policy
from complaints.promise import Promise, PromiseState
from complaints.question import Question
from complaints.register import cases_of_customer, last_handoff, listening_case
from complaints.remedy import hand_off_reason
from complaints.resolution import situation_of
from complaints.summary import Surroundings, other_cases, summarise
from complaints.turn import HandedOver
from complaints.words import Words

_RATHER_HERE = re.compile(
    r"\b(?:never ?mind|forget (?:it|that|about it)|don['’]?t bother|leave (?:it|that)|actually|cancel that)\b[^.!?]*\b(?:you|you['’]re|u|here|bot)\b"
    r"|\byou(?:['’]re| are) (?:quicker|faster|fine|good enough|better)\b"
    r"|\b(?:can|could) you (?:just )?(?:do|sort|handle|fix) (?:it|this|that)(?: (?:instead|yourself|for me|then))?\W*$"
    r"|\b(?:no|don['’]?t need|without) (?:a |the |any )?(?:person|human|agent)\b(?: any ?more| after all| then| needed)"
    r"|\b(?:carry|go) on with (?:you|the (?:bot|assistant|chat))\b",
    re.IGNORECASE,
)


def give(
    session: Session, case: Case, order: Order | None, reason: HandoffReason,
    policy: Policy, now: datetime, words: Words, tell: Sequence[str] = (),
) -> Handoff:  # fmt: skip
    """Queues one case for a person, with what they must know and by when they answer."""
    due = policy.promises["first_reply_by_a_person"].due(policy.calendar, now)
    promise = PromiseRow.of(Promise.make("first_reply_by_a_person", due, now, owner="queue"))
    case.promises.append(promise)
    handoff = queue(session, case, order, reason, promise, policy, now, words, tell)
    case.become(CaseStatus.WITH_PERSON)
    case.pending = None
    session.get_one(Conversation, case.conversation_id).handler = Handler.QUEUE
    return handoff


def would_rather_go_on_here(words: str) -> bool:
    """Whether whoever waits for a person gives them up: "never mind, you're quicker"."""
    return bool(_RATHER_HERE.search(words))


def take_back(session: Session, handoffs: Sequence[Handoff], now: datetime) -> None:
    """Nobody is needed any more: the promise is no longer owed, and their cases are open again."""
    for handoff in handoffs:
        handoff.ended_at = now
        row = session.get_one(PromiseRow, handoff.promise_id)
        row.state, row.settled_at, row.moved_because = PromiseState.MOVED, now, SETTLED_ANEW
        case = session.get_one(Case, handoff.case_reference)
        if case.is_settled:
            case.become(CaseStatus.RESOLVING)
        else:
            is_first = listening_case(session, case.conversation_id) is None
            case.become(CaseStatus.LISTENING if is_first else CaseStatus.NEXT)
        case.pending = Question.CHOICE if case.pending_offers() else None
        session.flush()


def queue(
    session: Session, case: Case, order: Order | None, reason: HandoffReason,
    promise: PromiseRow, policy: Policy, now: datetime, words: Words, tell: Sequence[str] = (),
) -> Handoff:  # fmt: skip
    """Puts a case in a person's queue for a promise already made; the assistant goes on."""
    session.flush()  # the promise gets its number
    handoff = Handoff(
        conversation_id=case.conversation_id,
        case_reference=case.reference,
        promise_id=promise.id,
        reason=reason,
        urgent=reason.is_urgent or case.danger is not None,
        silences=not reason.is_errand,
        call_back=case.phone or "" if reason is HandoffReason.CALL_BACK else None,
        summary=summary_of(session, case, reason, order, policy, words, now),
        made_at=now,
    )
    session.add(handoff)
    session.flush()
    notices.tell_of(
        session, notices.HANDED_OFF, f"handed_off:{handoff.id}", handoff, promise, tell, now
    )
    return handoff


def renew_summary(
    session: Session, handoff: Handoff, case: Case, policy: Policy, words: Words, now: datetime,
    order: Order | None = None,
) -> None:  # fmt: skip
    """Says the summary as the case is now: the customer added to it, or a person put it right."""
    before = handoff.summary.get("details", {})
    reason = HandoffReason(handoff.reason)
    fresh = summary_of(
        session, case, reason, order, policy, words, now,
        before.get("case they ask about"), before.get("item"),
    )  # fmt: skip
    if reason is HandoffReason.POLICY:
        fresh["why"] = handoff.summary["why"]  # it was policy's reason then
    handoff.summary = fresh


def summary_of(
    session: Session, case: Case, reason: HandoffReason, order: Order | None, policy: Policy,
    words: Words, now: datetime, asked_about: str | None = None, item: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The summary of a case as it is at this moment."""
    also, earlier = other_cases(cases_of_customer(session, case), case)
    conversation = session.get_one(Conversation, case.conversation_id)
    given = last_handoff(session, case.reference)
    waiting = given if given and given.ended_at is None else None
    around = Surroundings(
        also=also,
        earlier=earlier,
        names=people.names(session),
        until=session.scalar(
            select(func.max(Message.id)).where(Message.conversation_id == conversation.id)
        )
        or 0,
        asked_about=asked_about or (conversation.enquiry or {}).get("reference"),
        item=item,
        put_right=corrections.put_right(session, case),
        call_back=waiting.call_back if waiting else None,
        since=_written_since(session, waiting) if waiting else [],
        instructions=instructions_of_case(session, case.reference),
    )
    because = None
    if reason is HandoffReason.POLICY:
        nothing = Money.zero(policy.goodwill.per_case.currency)
        because = hand_off_reason(policy, situation_of(case, order, nothing, now))
    return summarise(case, reason, order, policy, words, around, now, because).as_json()


def _written_since(session: Session, handoff: Handoff) -> list[str]:
    """What the customer wrote while they waited; what they wrote later is in the talk."""
    wrote = select(Message.text).where(
        Message.conversation_id == handoff.conversation_id,
        Message.author == Author.CUSTOMER,
        Message.created_at > handoff.made_at,
        Message.text != "",
    )
    if handoff.taken_at:
        wrote = wrote.where(Message.created_at <= handoff.taken_at)
    return list(session.scalars(wrote.order_by(Message.id)))


def told(
    session: Session, handoff: Handoff, policy: Policy, now: datetime, already: bool = False
) -> HandedOver:
    """What the customer hears of a handoff, from its saved promise."""
    promise = session.get_one(PromiseRow, handoff.promise_id)
    case = session.get_one(Case, handoff.case_reference)
    return HandedOver(
        reference=case.reference,
        due=local_time.moment(promise.due_at, case, policy, now),
        open_now=policy.calendar.is_open(now),
        reason=handoff.reason,
        already=already,
        knows_story=bool(case.story),
        phone=telling.shown(case, "phone"),
        danger=case.danger,
        somebody_is_there=people.somebody_is_there(session, now),
        somebody_is_free=people.somebody_is_free(session, now) is not False,
    )
