"""The summary: what a person reads in ten seconds before they answer, made from the record.

Agents read it, not customers: its words are here. The first reply is for the customer; its
sentences are in domain.yml (`first_reply.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from complaints import corrections, summary_words, telling, whose_words
from complaints.calling_off import SETTLED_ANEW
from complaints.case import Case, CaseStatus, Offer, OfferStatus, PromiseRow
from complaints.first_reply import IN_DANGER, first_reply
from complaints.fulfilment import InstructionRow, InstructionStage
from complaints.handoff import HandoffReason, HandoffSummary
from complaints.orders import Order
from complaints.policy import Policy
from complaints.promise import PromiseState, date_in_words
from complaints.question import Question, missing
from complaints.resolution import line_of
from complaints.words import Words

# Of the head: together they stay below 150.
_WORDS = {"one_line": 40, "happened": 50, "cost": 18, "wants": 22, "why": 18}
_ABOUT_THE_ORDER = (
    Question.ORDER_NUMBER,
    Question.EMAIL_AND_POSTCODE,
    Question.WHICH_ORDER,
    Question.PROOF,
)


@dataclass(frozen=True)
class Surroundings:
    """What stands around a case: their other complaints, who works here, how far was read."""

    also: Sequence[Case] = ()
    earlier: Sequence[Case] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    until: int = 0  # the last message
    asked_about: str | None = None  # a case they came back for without proof
    item: str | None = None  # as the shop called it when it was asked last
    put_right: Mapping[str, Sequence[str]] = field(default_factory=dict)  # what was wrong before
    call_back: str | None = None  # where and when to call, in their words
    since: Sequence[str] = ()  # what they wrote while they waited
    instructions: Sequence[InstructionRow] = ()  # what the shop was told to do


def summarise(
    case: Case, reason: HandoffReason, order: Order | None, policy: Policy, words: Words,
    around: Surroundings, now: datetime, because: str | None = None,
) -> HandoffSummary:  # fmt: skip
    """The case as a person will see it. `because` says more exactly why, when policy wants it."""
    spoken = telling.words(case, order, policy, now)
    thing = _thing(case, order, around, policy)
    return HandoffSummary(
        reference=case.reference,
        one_line=_short(_one_line(case, thing, spoken, policy), "one_line") or "",
        happened=_short(_happened(case, around.names), "happened"),
        cost=_short(case.impact, "cost"),
        wants=_short(case.wish, "wants"),
        why=_short(because or summary_words.WHY[reason], "why") or "",
        name=case.customer_name,
        reach=_present({"e-mail": case.email, "phone": case.phone}),
        proof=_proof(case),
        proved_by=case.proved_by,
        needs=case.needs,
        heat=case.heat,
        mood=summary_words.MOODS[case.heat],
        danger=case.danger,
        urgency="danger" if case.danger else "ahead" if reason.is_urgent else "in turn",
        story=whose_words.story_with_names(case, around.names),
        written_by=whose_words.not_their_own(case, around.names),
        offered=[
            _offered(offer, policy, around.names, now)
            for offer in case.offers
            if offer.status != OfferStatus.LAPSED
        ],
        promised=[_promised(row, policy, around, now) for row in case.promises],
        still_open=_still_open(case, order, policy),
        do_not_ask=_known(case, thing),
        put_right=corrections.told(case, thing, around.put_right, policy, now),
        since=list(around.since),
        also=[_other(other, policy, now) for other in around.also],
        earlier=_earlier(case, around.earlier, policy, now),
        details=_details(case, thing, around, policy, now),
        first_reply=first_reply(
            case, reason, words, spoken, thing if case.is_proved else None, around.put_right
        ),
        transcript={"conversation_id": case.conversation_id, "until": around.until},
    )


def _one_line(case: Case, thing: str | None, spoken: dict[str, str], policy: Policy) -> str:
    """Who, what, wants what, by when, how they feel; danger before all."""
    label = policy.category(case.category).label if case.category else None
    where = f" ({case.order_number})" if case.order_number else ""
    about = ": ".join(part for part in (label, thing) if part)
    parts = [
        _danger(case),
        case.customer_name or "Somebody who gave no name",
        f"{about}{where}" if about or where else "has not said yet what happened",
        f"wants: {case.wish}" if case.wish else None,
        f"needed by {spoken['deadline']}" if "deadline" in spoken else None,
        summary_words.MOODS[case.heat] if case.heat else None,
    ]
    return " · ".join(part for part in parts if part)


def _danger(case: Case) -> str | None:
    if not case.danger:
        return None
    return f"{'DANGER' if case.danger in IN_DANGER else 'CARE'}, {case.danger.replace('_', ' ')}"


def _proof(case: Case) -> str:
    if case.proved_by:
        return summary_words.PROOFS.get(case.proved_by, case.proved_by)
    tries = f"; {case.proof_failures} wrong tries" if case.proof_failures else ""
    return f"not shown yet that the order is theirs{tries}"


def _happened(case: Case, names: Mapping[str, str]) -> str | None:
    told = " … ".join(whose_words.story_with_names(case, names))
    beginning = " ".join(told.split()[: _WORDS["happened"]])
    if case.gist and case.gist not in beginning:
        return f"{case.gist} … {told}"
    return told or None


def _offered(offer: Offer, policy: Policy, names: Mapping[str, str], now: datetime) -> str:
    if offer.is_goodwill:
        return f"a kindness of {offer.money}: given, not asked for"
    amount = f" ({offer.money})" if offer.money else ""
    by = offer.due(now).by(policy.zone, now)
    who = f", offered by {names.get(offer.offered_by, '')}" if offer.offered_by else ""
    return f"{summary_words.label_of(offer.kind, policy)}{amount}, {by}{who}: {summary_words.ANSWERS[OfferStatus(offer.status)]}"


def _promised(row: PromiseRow, policy: Policy, around: Surroundings, now: datetime) -> str:
    state = PromiseState(row.state)
    said = summary_words.STATES.get(state, f"put off, {row.moved_because}")
    if row.moved_because == SETTLED_ANEW:
        said = "no longer owed, settled anew"
    if state is PromiseState.PENDING and row.promise().is_breached(now):
        said = "late"
    told = [each for each in around.instructions if each.promise_id == row.id]
    said = ", ".join([said, *_of_shop(told, policy, now)])
    who = f" ({around.names[row.owner]})" if row.owner in around.names else ""
    return (
        f"{summary_words.label_of(row.kind, policy)}, {row.due.by(policy.zone, now)}{who}: {said}"
    )


def _of_shop(told: Sequence[InstructionRow], policy: Policy, now: datetime) -> list[str]:
    """The shop's last word on a promise: a refusal, what is still to come, or the day it was done."""
    zone = policy.zone
    if refused := [row for row in told if row.state == InstructionStage.REFUSED]:
        return [f"the shop will not: {refused[0].why}"]
    if any(row.is_open and row.silent_since for row in told):
        return ["the shop does not answer"]
    if days := [row.expected_on for row in told if row.is_open and row.expected_on]:
        return [f"the shop expects it on {date_in_words(max(days), zone, now)}"]
    done = [row.done_on for row in told if row.done_on]
    if told and len(done) == len(told):
        return [f"done on {date_in_words(max(done), zone, now)}"]
    return []


def _still_open(case: Case, order: Order | None, policy: Policy) -> list[str]:
    category = policy.category(case.category) if case.category else None
    questions = missing(case, category, order, ())
    if case.is_proved:  # the shop may not have been asked just now
        questions = [question for question in questions if question not in _ABOUT_THE_ORDER]
    still_open = [
        summary_words.OPEN[question] for question in questions if question in summary_words.OPEN
    ]
    needs_order = category is not None and "order_number" in category.ask_for
    if needs_order and not case.is_proved and not {*questions} & {*_ABOUT_THE_ORDER}:
        still_open.insert(0, "which order it is about; they have nothing to find it by")
    if case.pending_offers():
        still_open[-1:] = ["which of the offers they take"]
    return still_open


def _known(case: Case, thing: str | None) -> list[str]:
    """What must not be asked again: what we know, and what they said they do not have."""
    lacks = [summary_words.LACKS.get(Question(name), name) for name in case.without]
    told = {"what happened": case.story, "what would put it right": case.wish}
    return [
        *_facts(case, thing),
        *(name for name, words in told.items() if words),
        *(f"{name}: they do not have it" for name in dict.fromkeys(lacks)),
    ]


def _facts(case: Case, thing: str | None) -> dict[str, str]:
    facts = {
        "name": case.customer_name,
        "order number": case.order_number,
        "item": thing,
        "postcode": case.postcode,
        "e-mail": case.email,
        "phone": case.phone,
        "needed by": case.deadline and case.deadline.isoformat(),
        "since when": case.happened_on and case.happened_on.isoformat(),
        "amount": str(case.claimed) if case.claimed else None,
        "photo": case.photos and f"{len(case.photos)} sent",
        "proof that it is theirs": case.is_proved
        and summary_words.PROOFS.get(case.proved_by or ""),
    }
    return {name: str(value) for name, value in facts.items() if value}


def _details(
    case: Case, thing: str | None, around: Surroundings, policy: Policy, now: datetime
) -> dict[str, str]:
    zone = policy.zone
    facts = _facts(case, thing)
    for name, day in (("needed by", case.deadline), ("since when", case.happened_on)):
        if day:
            facts[name] = date_in_words(day, zone, now)
    if around.asked_about:
        facts["case they ask about"] = around.asked_about
    if around.call_back and around.call_back != case.phone:
        facts["where and when to call"] = around.call_back
    return facts


def _earlier(case: Case, earlier: Sequence[Case], policy: Policy, now: datetime) -> list[str]:
    repeat = [f"the same went wrong before, in {case.repeat_of}"] if case.repeat_of else []
    return [*repeat, *(_other(other, policy, now) for other in earlier)]


def _other(case: Case, policy: Policy, now: datetime) -> str:
    zone = policy.zone
    known = policy.categories.get(case.category or "")
    about = known.label if known else "not said yet what about"
    since = date_in_words(case.received_at, zone, now)
    ended = summary_words.STANDS.get(CaseStatus(case.status)) or (case.outcome or "closed").replace(
        "_", " "
    )
    gist = f", “{case.gist}”" if case.gist else ""
    return f"{case.reference}: {about}{gist}, {since}, {ended}"


def _thing(case: Case, order: Order | None, around: Surroundings, policy: Policy) -> str | None:
    """What it is about; a complaint about a telephone call is about no pedal bin."""
    of_it = (
        case.damage and case.item and case.damage["thing"] in case.item
    )  # "the jug", of a blender
    if case.item and not of_it:
        return case.item
    category = policy.category(case.category) if case.category else None
    if category is None or "order_number" not in category.ask_for:
        return case.item
    line = line_of(case, order)
    known = line.name if line else around.item
    return case.item if case.item and (not known or case.item in known.lower()) else known


def _short(text: str | None, part: str) -> str | None:
    words = (text or "").split()
    most = _WORDS[part]
    return " ".join(words[:most]) + (" …" if len(words) > most else "") or None


def _present(values: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def other_cases(cases: Iterable[Case], case: Case) -> tuple[list[Case], list[Case]]:
    """Of a customer's cases, those open beside this one, and those before it."""
    over = (CaseStatus.CLOSED, CaseStatus.RESOLVING)
    others = [other for other in cases if other.reference != case.reference]
    also = [
        other
        for other in others
        if other.conversation_id == case.conversation_id
        and other.status not in (*over, CaseStatus.WITHDRAWN)
    ]
    earlier = [other for other in others if other not in also and other.story]
    return also, earlier
