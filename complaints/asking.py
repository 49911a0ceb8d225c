"""Asking whether all is well, and how it was: the words and buttons, in the chat and in a letter."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from complaints import letter, local_time, telling
from complaints.case import Case, Offer, OfferStatus, PromiseRow
from complaints.follow_up import SCORES, FollowUp, FollowUpAnswer
from complaints.fulfilment import instructions_of
from complaints.letter import Letter, Purpose
from complaints.orders import Order
from complaints.policy import Policy
from complaints.turn import Choice
from complaints.words import Words

INTENT = "answer_follow_up"
OUTCOME, TREATMENT = "outcome", "treatment"
QUOTED_UP_TO = 1  # heat; to quote a furious sentence back would only fan it


def spoken(case: Case, order: Order | None, policy: Policy, now: datetime) -> dict[str, str]:
    return telling.words(case, order, policy, now)


def question(
    words: Words, case: Case, promise: PromiseRow, known: dict[str, str], policy: Policy,
    now: datetime, late: bool = False,
) -> str:  # fmt: skip
    """ "You were to have your replacement by Friday 27 November. Has it come, and is it right?"

    What was kept late is asked about with a word of regret first.
    """
    taken = [offer for offer in case.offers if offer.status == OfferStatus.ACCEPTED]
    sums = [offer.money for offer in taken if offer.kind == promise.kind and offer.money]
    amount = str(sums[-1]) if sums else ""
    date = local_time.day(promise.due_at, case, policy, now)
    hello = "utter_follow_up_hello_item" if "item" in known else "utter_follow_up_hello"
    # Without its sum a refund is asked about as something that was to be put right.
    kind = promise.kind if amount or "refund" not in promise.kind else "put_right"
    asked = words.say(f"utter_follow_up_about_{kind}", amount=amount, date=date)
    sorry = [words.say("utter_follow_up_late")] if late else []
    return " ".join([words.say(hello, **known), *sorry, asked])


def came_late(session: Session, promise: PromiseRow, policy: Policy, zone: str) -> bool:
    """Whether it was kept after the day, or the hour, that the customer was told."""
    kept_at = promise.settled_at
    if kept_at is None or kept_at <= promise.due_at:
        return False
    days = [row.done_on for row in instructions_of(session, promise.id)]
    # We may have heard of it late: what the shop says of its own day counts.
    if days and all(day and day <= policy.calendar.today(promise.due_at) for day in days):
        return False
    theirs = ZoneInfo(zone)
    told, kept = (at.astimezone(theirs).date() for at in (promise.due_at, kept_at))
    return kept > told or not promise.by_the_day


def answers(asked: FollowUp) -> tuple[Choice, ...]:
    """The three buttons."""
    return tuple(
        Choice(
            f"utter_follow_up_{answer}",
            telling.payload(INTENT, follow_up=str(asked.id), answer=str(answer)),
        )
        for answer in FollowUpAnswer
    )


def scores(asked: FollowUp, of: str) -> tuple[Choice, ...]:
    """The five buttons of one of the two questions, the best first."""
    return tuple(
        Choice(
            f"utter_score_{score}",
            telling.payload(INTENT, follow_up=str(asked.id), **{of: str(score)}),
        )
        for score in reversed(SCORES)
    )


def buttons(words: Words, choices: Sequence[Choice]) -> list[dict[str, str]]:
    return [
        {"title": words.say(choice.title, **choice.words), "payload": choice.payload}
        for choice in choices
    ]


def thanks(words: Words, case: Case, known: dict[str, str]) -> str:
    """A thank-you that could be for nobody else: what it was about, and what was wrong with it."""
    if {"thing", "state"} <= set(known):
        return words.say("utter_follow_up_thanks_damage", **known)
    if "gist" in known and case.heat <= QUOTED_UP_TO:
        return words.say("utter_follow_up_thanks_gist", **known)
    if "item" in known:
        return words.say("utter_follow_up_thanks_item", **known)
    return words.say("utter_follow_up_thanks", **known)


def asking_letter(words: Words, to: str, text: str, case: Case) -> Letter:
    links = tuple(
        (words.say(f"utter_follow_up_{answer}"), str(Purpose.FOLLOW_UP), str(answer))
        for answer in FollowUpAnswer
    )
    return _letter(words, to, "utter_letter_subject_follow_up", (text,), links, case)


def scores_letter(words: Words, to: str, case: Case) -> Letter:
    said = words.say("utter_letter_scores", reference=case.reference)
    links = ((words.say("utter_letter_scores_link"), str(Purpose.SCORES), ""),)
    return _letter(words, to, "utter_letter_subject_scores", (said,), links, case)


def write_down(
    session: Session, words: Words, case: Case, offer: Offer, told: dict[str, str], now: datetime
) -> None:
    """Sends what was settled in writing, so that they have the date and know how to come back.

    `told` are the words of its confirmation, from the saved promise (R17, R26).
    """
    to = letter.address_of(session, case)
    if to is None:
        return
    confirmed = words.say(f"utter_confirm_{telling.response_of(offer, told)}", **told)
    slips = words.say("utter_if_it_slips", reference=case.reference)
    said = (words.say("utter_letter_promised"), confirmed, slips)
    written = _letter(words, to, "utter_letter_subject_promised", said, (), case)
    letter.post(session, f"promised:{case.reference}:{offer.id}", written, case, now)


def _letter(words: Words, to: str, subject: str, said: tuple[str, ...], links: Any, case: Case):
    name = (case.customer_name or "").split()
    hello = (
        words.say("utter_letter_hello_name", first_name=name[0])
        if name
        else words.say("utter_letter_hello")
    )
    return Letter(
        to=to,
        subject=words.say(subject),
        paragraphs=(hello, *said),
        links=links,
        foot=(words.say("utter_letter_come_back", reference=case.reference),),
        status=words.say("utter_letter_status_link"),
        unsubscribe=words.say("utter_letter_unsubscribe_link"),
    )
