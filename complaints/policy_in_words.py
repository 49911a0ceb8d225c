"""Tells the policy as a complaints manager would: what each customer would be offered today.

Nothing is described twice: every line is what `fair_offers` answers for a made-up customer
with a kettle, so that what is read here is what customers get.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from complaints.policy import Category, HandOffRules, Policy
from complaints.promise import WEEKDAYS, OpeningHours, date_in_words, moment_in_words, time_in_words
from complaints.remedy import Offers, Option, fair_offers, goodwill
from complaints.situation import Situation
from complaints.typical_customers import typical_customers

WIDTH = 96
ASKED = {
    "order_number": "the order number",
    "item": "which item it is (when the order has several)",
    "email": "their e-mail address",
}

CANNOT = {
    "order": "no order found",
    "not_in_time": "still on its way, and in time",
    "in_stock": "sold out",
    "repairable": "cannot be repaired",
    "parts": "has no parts",
    "shipping_paid": "delivery was free",
    "within": "more than {days} days after delivery",
    "goodwill_left": "no goodwill left this year",
    "given_back": "its money was given back already",
    "claimed": "the sum is unknown, or more than the order",
    "too_much": "they ask for a larger part",
    "not_for_this": "asked for where it is not on offer",
}


def explain(policy: Policy, at: datetime) -> str:
    """The whole policy in plain words, with dates as they would be told at `at`."""
    lines = [
        "WHAT WE OWE A CUSTOMER WHO COMPLAINS",
        f"The rules of {policy.version:%-d %B %Y}. Dates are those we would tell "
        f"{date_in_words(at, policy.zone)}.",
        *_opening_hours(policy, at),
        *_promises(policy, at),
        *_goodwill(policy),
        *_person(policy),
        *_authority(policy),
    ]
    for category in policy.categories.values():
        lines += ["", category.label.upper(), *_category(policy, category, at)]
    return "\n".join([*lines, *_reasons(policy)])


def _opening_hours(policy: Policy, at: datetime) -> Iterator[str]:
    hours = policy.opening_hours
    yield from ("", "WHEN A PERSON IS THERE")
    for days, (opens, closes) in hours.spans():
        yield f"  {days}, {time_in_words(opens)} to {time_in_words(closes)}"
    today = policy.calendar.today(at)
    ahead = [today + timedelta(day) for day in range(60)]
    closed = [_closed_day(hours, day) for day in ahead if hours.closed_because(day)]
    if closed:
        yield from _wrapped(f"Closed in the next two months: {'; '.join(closed)}.")
    working = ", ".join(f"{WEEKDAYS[day]}s" for day in sorted(hours.working_days))
    yield from _wrapped(
        f"Promises in days count {working}. All times are those of {hours.timezone}."
    )


def _closed_day(hours: OpeningHours, day: date) -> str:
    why = hours.closed_because(day)
    return date_in_words(day, hours.timezone) + (f" ({why})" if why != "closed" else "")


def _promises(policy: Policy, at: datetime) -> Iterator[str]:
    zone = policy.zone
    yield from ("", "WHAT WE PROMISE EVERYBODY")
    for kind, words in (
        ("first_reply_by_a_person", "Whoever asks for a person now hears from one"),
        ("resolve", "A complaint a person takes on now is settled"),
    ):
        due = policy.promises[kind].due(policy.calendar, at)
        told = due.in_words(zone, at)
        planned = replace(due, told_at=due.planned_at).in_words(zone, at)
        by = "by " if due.by_the_day else ""
        yield from _wrapped(f"{words} {by}{told} (our own aim: {by}{planned}).")
    yield from _wrapped(
        f"We ask whether all is well {policy.follow_up_after} after a promised date."
    )


def _goodwill(policy: Policy) -> Iterator[str]:
    limits = policy.goodwill
    yield from ("", "KINDNESS")
    yield from _wrapped(
        f"At most {limits.per_case} for one case, and {limits.per_customer_per_year} for one "
        "customer in a year, vouchers included. Never announced before, never a bargaining chip."
    )
    if limits.invitation:
        yield from _wrapped(
            f"Whoever tells us afterwards that all is well is invited back with a voucher for "
            f"{limits.invitation}, as long as both limits leave room for it."
        )


def _person(policy: Policy) -> Iterator[str]:
    yield from ("", "WHEN A PERSON TAKES OVER")
    always = [
        *_taken_over(_everywhere(policy)),
        "they ask for one",
        "nothing we can offer suits them",
    ]
    yield from _wrapped(f"In every kind of complaint: when {_either(always)}.")


def _authority(policy: Policy) -> Iterator[str]:
    may = policy.authority
    yield from _wrapped(
        f"That person may give what is written here, and beyond it, with a reason on record: an "
        f"agent up to {may.agent} worth, a lead up to {may.lead}, a manager up to {may.manager}."
    )


def _category(policy: Policy, category: Category, at: datetime) -> Iterator[str]:
    if category.hand_off_if.always:
        due = policy.promises["first_reply_by_a_person"].due(policy.calendar, at)
        told = moment_in_words(due.told_at, policy.zone, at)
        yield from _wrapped(f"We listen, write it down, and a person answers {told}.")
        return
    asked = " and ".join(ASKED[word] for word in category.ask_for) or "nothing but what happened"
    photo = f" Above {category.photo_above} we ask for a photo." if category.photo_above else ""
    yield from _wrapped(f"We ask for {asked}.{photo}")
    outcomes: list[list[str]] = []
    for title, situation in typical_customers(policy, category, at):
        offers = fair_offers(policy, situation)
        kinds = [option.kind for option in offers.options]
        if not outcomes:
            yield from _usual(policy, title, offers, at)
        elif kinds not in (outcomes[0], outcomes[-1]):
            worth = ", or ".join(_worth(option) for option in offers.options) or "a person"
            yield from _wrapped(f"{title}: {worth}.")
        outcomes.append(kinds)
    common = _taken_over(_everywhere(policy))
    if special := [why for why in _taken_over(category.hand_off_if) if why not in common]:
        yield from _wrapped(f"A person takes over also when {_either(special)}.")
    if category.not_for_this:
        yield from _wrapped(f"Whatever is not on offer here: “{category.not_for_this}”")
    if kindness := goodwill(policy, Situation(category.name, None, None, at)):
        yield from _wrapped(f"Once it is settled, as a surprise: {kindness}.")


def _usual(policy: Policy, title: str, offers: Offers, at: datetime) -> Iterator[str]:
    yield f"  {title}:"
    for number, option in enumerate(offers.options, start=1):
        due = option.due.in_words(policy.zone, at)
        by = "by " if option.due.by_the_day else ""
        burden = f" ({option.asks_of_you})" if option.asks_of_you else ""
        first = " once it is with us" if option.return_first else ""
        yield from _wrapped(f"{number}. {_worth(option)}, {by}{due}{first}{burden}", indent=4)
    if len(offers.options) > 3:
        yield from _wrapped(
            "Three are shown; the others when they ask what else we can do.", indent=4
        )


def _worth(option: Option) -> str:
    return f"{option.label} ({option.amount})" if option.amount else option.label


def _everywhere(policy: Policy) -> HandOffRules:
    """What every category has in common, apart from those that always go to a person."""
    rules = [each.hand_off_if for each in policy.categories.values() if not each.hand_off_if.always]
    common = rules[0] if rules else HandOffRules()
    return HandOffRules(
        **{
            name: getattr(common, name)
            for name in HandOffRules.__dataclass_fields__
            if all(getattr(each, name) == getattr(common, name) for each in rules)
        }
    )


def _taken_over(rules: HandOffRules) -> list[str]:
    reasons = {
        f"the order is worth more than {rules.order_over}": rules.order_over,
        f"they say that more than {rules.claim_over} was taken wrongly": rules.claim_over,
        "the order was cancelled": rules.order_cancelled,
        "it goes wrong a second time": rules.repeat,
    }
    return [reason for reason, holds in reasons.items() if holds]


def _either(reasons: list[str]) -> str:
    *most, last = reasons
    return f"{', '.join(most)}, or {last}" if most else last


def _reasons(policy: Policy) -> Iterator[str]:
    """Every no we may have to say, each beside what the customer hears with it."""
    yield from ("", "WHEN SOMETHING CANNOT BE DONE, WE SAY WHY, AND WHAT WE CAN DO INSTEAD")
    for remedy in policy.remedies.values():
        if not remedy.otherwise:
            yield from _wrapped(f"{remedy.label}: whoever asks for it gets it.")
            continue
        yield from _wrapped(f"{remedy.label}:")
        for condition, reason in remedy.otherwise.items():
            when = CANNOT[condition].format(days=remedy.within_days)
            yield from _wrapped(f"{when}: “{reason}”", indent=4)
        others = [policy.remedies[kind].label for kind in remedy.instead]
        yield from _wrapped(f"Instead: {_either(others)}.", indent=4)


def _wrapped(sentence: str, indent: int = 2) -> list[str]:
    sentence = sentence[0].upper() + sentence[1:]
    return textwrap.wrap(
        sentence, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)
    )
