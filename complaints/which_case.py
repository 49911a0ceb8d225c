"""Which case: somebody has several open, and is asked by what happened rather than by number."""

import re
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from complaints import telling
from complaints.case import Case, CaseStatus
from complaints.conversation import Conversation
from complaints.heard import Heard
from complaints.orders import plain_number
from complaints.own_words import trimmed
from complaints.policy import Policy
from complaints.turn import Choice
from complaints.whose_words import own_story

_OPEN = (CaseStatus.LISTENING, CaseStatus.RESOLVING, CaseStatus.WITH_PERSON)
_LONGEST_STORY = 50  # characters on a button
_SAYS_NOTHING = frozenset(
    """
    about case cases complaint come coming does have item news order update what when where which
    will with from that this they your mine please thanks status still
    """.split()
)


def open_cases(session: Session, conversation: Conversation, own: Case | None) -> list[Case]:
    """Every open case that is certainly theirs, the newest first.

    Those of this conversation; and of the customer that the host site vouches for, or whose
    order they have proved to be theirs here.
    """
    customer = conversation.customer_id or (own.customer_id if own and own.is_proved else None)
    theirs = Case.conversation_id == conversation.id
    if customer:
        theirs = or_(theirs, (Case.customer_id == customer) & Case.proved_by.is_not(None))
    return list(
        session.scalars(
            select(Case).where(theirs, Case.status.in_(_OPEN)).order_by(Case.received_at.desc())
        )
    )


def meant(cases: Sequence[Case], heard: Heard) -> Case | None:
    """The one they name: its button, its order, its place in the list, or what it is about."""
    if reference := heard.case_reference:
        return next((case for case in cases if case.reference == reference), None)
    if number := heard.detail("order_number"):
        named = [c for c in cases if plain_number(c.order_number or "") == plain_number(number)]
        return named[0] if len(named) == 1 else None
    if (place := heard.detail("choice")) is not None:
        place = int(place)
        return cases[place - (place > 0)] if place == -1 or 1 <= place <= len(cases) else None
    said = _telling_words(heard.words)
    scores = [len(said & _telling_words(f"{case.item} {case.gist}")) for case in cases]
    best = max(scores, default=0)
    return cases[scores.index(best)] if best and scores.count(best) == 1 else None


def choices(cases: Sequence[Case], policy: Policy) -> tuple[Choice, ...]:
    """A button for each: the thing, and their own first words of it."""
    return tuple(_choice(case, policy) for case in cases)


def _choice(case: Case, policy: Policy) -> Choice:
    pressed = telling.payload("ask_status", case_reference=case.reference)
    story = case.gist or next(iter(own_story(case)), None)
    if story is None:
        label = policy.category(case.category or "other").label
        return Choice("utter_which_case_choice_untold", pressed, {"label": label})
    words = {"story": trimmed(story, most=_LONGEST_STORY) or story, "item": case.item or ""}
    name = "utter_which_case_choice_item" if case.item else "utter_which_case_choice"
    return Choice(name, pressed, words)


def _telling_words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower())) - _SAYS_NOTHING
