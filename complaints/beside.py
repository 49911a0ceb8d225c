"""Beside: what a message says that tells nothing new of the case it is about.

It comes back to what was settled, asks about the offers, has nothing of what was asked for, or means
a complaint that is noted for later. Each gives what is then heard, as fields of Hearing; an empty
result goes on to listening.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from complaints import (
    about_offers,
    afterwards,
    all_well,
    enquiry,
    follow_up,
    lacking,
    listening,
    two_things,
)
from complaints.case import Case, CaseStatus
from complaints.conversation import Conversation
from complaints.follow_up import FollowUpAnswer
from complaints.heard import Heard
from complaints.question import Question
from complaints.register import noted_cases

# What tells us whose order it is; not everybody has it.
_WHO = (Question.ORDER_NUMBER, Question.PROOF, Question.EMAIL_AND_POSTCODE, Question.EMAIL)


def of_what_is_settled(
    session: Session, conversation: Conversation, latest: Case | None, whole: Heard, heard: Heard,
    now: datetime,
) -> dict[str, Any]:  # fmt: skip
    """With no case open: an answer to a follow-up, or a word about the case that was `latest`.

    `whole` is all of the message, `heard` what is left of it when a second complaint is cut off.
    """
    were = follow_up.asked_in(session, conversation.id) if conversation.enquiry is None else []
    if said := all_well.said_to(were, whole, now):
        if said.what == FollowUpAnswer.NOT_RIGHT:
            afterwards.complain_again(said.case, whole)
        return {"follow_up": said.what, "reference": said.case.reference}
    if latest is None:
        misses = whole.case_reference and afterwards.misses_money(whole)
        return {"asks_status": True} if misses else {}
    about = {"reference": latest.reference}
    asks = latest.status == CaseStatus.RESOLVING and about_offers.asked(whole)
    if asks or afterwards.asks_where_it_is(latest, whole):
        return about
    if afterwards.waits_for_money(latest, whole, now):
        return {**about, "asks_status": True}
    if afterwards.is_still_wrong(latest, whole):
        afterwards.complain_again(latest, whole)
        return {**about, "still_wrong": True}
    if afterwards.changes_mind(latest, heard):
        afterwards.wish_again(latest, heard)
        return {**about, "changed_mind": True}
    return {}


def of_the_open_case(
    session: Session, conversation: Conversation, case: Case, whole: Heard, heard: Heard
) -> dict[str, Any]:
    """With a case open: which case they ask after, something about the offers, what they lack, or
    more of a complaint that was noted for later."""
    if enquiry.says_which(session, conversation, whole):
        return {"asks_status": True}
    if asks := _asks_about_offers(case, whole):
        return {"asks": asks}
    if _has_none(case, whole):
        lacking.note(case, whole.words)
        return {"has_none": True}
    if noted := two_things.asked_after(case, noted_cases(session, conversation.id), heard):
        listening.take_in(noted, heard, None, ())
        return {"second": noted.reference}
    return {}


def asks_something_else(case: Case, heard: Heard) -> bool:
    """Whether, before they choose, they ask what none of our answers tells."""
    choosing = case.pending in (Question.CONFIRMATION, Question.CHOICE)
    return choosing and about_offers.asks_something_else(heard)


def _asks_about_offers(case: Case, heard: Heard) -> str | None:
    choosing = case.pending in (Question.CONFIRMATION, Question.CHOICE)
    return about_offers.asked(heard) if choosing and not heard.danger else None


def _has_none(case: Case, heard: Heard) -> bool:
    """Whether all it says is that they do not have what was asked for."""
    if case.pending not in _WHO or heard.danger or not heard.words:
        return False
    if case.pending in lacking.ABOUT_AN_ORDER and lacking.bought_nothing(heard.words):
        return True
    if heard.details:
        return False
    about_it = heard.intent == "dont_have_it" or not heard.is_aside
    return about_it and lacking.has_none(heard.words)
