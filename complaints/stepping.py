"""Which step comes next in a conversation, and the words and buttons that go with it."""

from datetime import datetime

from complaints import local_time, resolution, telling
from complaints.case import Case, Offer, OfferStatus
from complaints.handoff import HandoffReason
from complaints.matter import Matter
from complaints.policy import Policy
from complaints.question import Question
from complaints.remedy import fair_offers, hand_off_reason
from complaints.resolution import GOODS
from complaints.turn import Choice, Step

PROOFS_ALLOWED = 3
# Nobody is asked the same thing for ever, however patiently they change the subject (R10).
_ASKED_ENOUGH = {Question.CATEGORY: 3, Question.CHOICE: 20}
_ENOUGH = 4  # times for any other question
_ONLY_BEFORE_OFFERS = (Question.PHOTO, Question.CONFIRMATION, Question.CHOICE)


def needs_person(policy: Policy, matter: Matter) -> HandoffReason | None:
    """Why this case must go to a person now, if it must."""
    case = matter.case
    if case.handed_back_at is not None:
        return _needs_person_again(matter)
    if case.danger:
        return HandoffReason.DANGER
    if case.proof_failures >= PROOFS_ALLOWED and not case.is_proved:
        return HandoffReason.NOT_PROVED
    if case.repeat_of:
        return HandoffReason.STILL_WRONG
    if matter.questions and case.asked.get(matter.questions[0], 0) >= _ASKED_ENOUGH.get(
        matter.questions[0], _ENOUGH
    ):
        return HandoffReason.NOT_UNDERSTOOD
    # A call needs a number: asking on would be asking for ever.
    if matter.questions and matter.questions[0] in case.without:
        return HandoffReason.NOTHING_SUITS
    # Everything a person would have to ask is asked first; then it is theirs.
    if matter.questions and matter.questions[0] in _ONLY_BEFORE_OFFERS:
        if hand_off_reason(policy, matter.situation):
            return HandoffReason.POLICY
        if matter.category and "order_number" in matter.category.ask_for and matter.order is None:
            return HandoffReason.NO_ORDER
    return None


def _needs_person_again(matter: Matter) -> HandoffReason | None:
    """A person has judged danger, proof and limits; nobody is sent round in a circle."""
    case, questions = matter.case, matter.questions
    if questions and case.asked.get(questions[0], 0) >= _ASKED_ENOUGH.get(questions[0], _ENOUGH):
        return HandoffReason.NOT_UNDERSTOOD
    if questions and questions[0] in case.without:
        return HandoffReason.NOTHING_SUITS
    return None


def ask(question: Question, case: Case, matter: Matter, policy: Policy, now: datetime) -> Step:
    spoken = telling.words(case, matter.order, policy, now)
    buttons = telling.choices(question, case, matter.order, matter.candidates, policy)
    return Step("ask", question, words=spoken, choices=buttons)


def offer(case: Case, matter: Matter, policy: Policy, now: datetime) -> Step:
    """The offers on the table, laying out new ones when there are none; else a person."""
    spoken = telling.words(case, matter.order, policy, now)
    offers = fair_offers(policy, matter.situation)
    first_time = all(each.status == OfferStatus.LAPSED for each in case.offers)
    fresh = (
        []
        if case.pending_offers()
        else resolution.lay_out(case, offers.options, matter.situation, now)
    )
    pending = case.pending_offers()
    if not pending:
        return Step("hand_off", HandoffReason.NOTHING_SUITS)
    for each in pending:
        resolution.redate(policy, each, now)
    refusal = resolution.wished_refusal(offers) if first_time else None
    if refusal:
        spoken["reason"] = refusal.reason
    if fresh and not first_time:
        name = "more"
    elif fresh:
        name = _first_name(case, refusal is not None, spoken, policy)
    else:
        name = "again"
    return Step("offer", name, words=spoken, choices=_choices(case, spoken, policy, now))


def _first_name(case: Case, refused: bool, spoken: dict[str, str], policy: Policy) -> str:
    if refused:
        return "instead"
    goods = [offer for offer in case.pending_offers() if offer.kind in GOODS]
    if case.deadline and goods and not any(_is_in_time(case, each, policy) for each in goods):
        return "too_late"
    if "wish" not in spoken or case.agreed_at:
        return "first"
    return "read_back_deadline" if "deadline" in spoken else "read_back"


def _is_in_time(case: Case, offer: Offer, policy: Policy) -> bool:
    """Whether a thing, not money, is sure to be there on the day they need it."""
    if offer.kind not in GOODS or not offer.due_at or not case.deadline:
        return False
    return local_time.today(case, policy, offer.due_at) <= case.deadline


def _choices(
    case: Case, spoken: dict[str, str], policy: Policy, now: datetime
) -> tuple[Choice, ...]:
    offered = case.pending_offers()
    buttons = [telling.offer_choice(case, each, spoken, policy, now) for each in offered]
    return (*buttons, telling.PERSON)


def confirmation(case: Case, order, policy: Policy, now: datetime) -> Step:
    """What was settled, from the saved rows alone."""
    chosen = case.accepted_offer()
    assert chosen is not None, f"case {case.reference} is settled without an accepted offer"
    spoken = telling.words(case, order, policy, now)
    told = telling.promised(case, chosen, spoken, policy, now)
    if not _is_in_time(case, chosen, policy):
        told.pop("deadline", None)  # nobody is wished a good party that they have nothing for
    kindness = next((each for each in case.offers if each.is_goodwill), None)
    if kindness:
        granted = telling.promised(case, kindness, spoken, policy, now)
        told |= {"goodwill": granted["amount"], "goodwill_by": granted["by"]}
    return Step("confirm", telling.response_of(chosen, spoken), words=told)
