"""Telling: what of a case may be said, as the words that fill the responses of domain.yml."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from babel.lists import format_list

from complaints import local_time, not_there, whose_words
from complaints.case import Case, Offer
from complaints.mentioned import named_part
from complaints.orders import Order
from complaints.own_words import trimmed
from complaints.policy import Policy
from complaints.promise import date_in_words
from complaints.question import Question
from complaints.resolution import line_of
from complaints.turn import Choice

_SHOWN_ORDERS = 4
_LEADS_IN = (
    "order|number|no|from|for|my|the|is|it's|its|and|postcode|post code|e-?mail|address|on|of|to"
)
_GOES_ON = r"is|was|are|were|has|have|had|never|still|came|arrived|just|not|\w+n['’]?t|did|does|will|got|and|to"
_LEFT_TO_QUOTE = 3  # words; less says nothing without them


def words(case: Case, order: Order | None, policy: Policy, now: datetime) -> dict[str, str]:
    """Everything known that a sentence may mention; what is not known is not there."""
    if not case.is_proved:
        order = None
    zone = policy.zone
    known: dict[str, Any] = {
        "reference": case.reference,
        "order": case.order_number,
        "item": _noun(case, order),
        "product": line.name if (line := line_of(case, order)) else _noun(case, order),
        "part": named_part(line, case.story, case.wish) if line else None,
        "one_item": case.sku or case.item,  # not the whole order
        "story": _quoted(case, own[0]) if (own := whose_words.own_story(case)) else None,
        "noted": trimmed(noted[0]) if (noted := whose_words.noted_story(case)) else None,
        "told": _told(case, order),
        "wish": trimmed(_quoted(case, case.wish), most=120) if case.wish else None,
        "gist": _quoted(case, case.gist) if case.gist else None,
        "impact": case.impact,
        "deadline": date_in_words(case.deadline, zone, now) if case.deadline else None,
        "amount": str(case.claimed) if case.claimed else None,
        "thing": case.damage and case.damage["thing"],
        "state": case.damage and case.damage["state"],
        "category": case.category,
        "label": policy.category(case.category).label if case.category else None,
        "chosen": chosen.kind if (chosen := case.accepted_offer()) else None,
        "chosen_as": chosen.response if chosen else None,
        "email": shown(case, "email"),
        "phone": shown(case, "phone"),
        "postcode": case.postcode,
        "due_later": order
        and not not_there.is_lost(case.story)
        and order.promised_on
        and order.promised_on >= policy.calendar.today(now),
        "shipped": _day(order.shipped_on, zone, now) if order else None,
        "promised": _day(order.promised_on, zone, now) if order else None,
        "delivered": _day(order.delivered_on, zone, now) if order else None,
        "paid_with": order.paid_with if order else None,
    }
    return {name: str(value) for name, value in known.items() if value}


def offer_choice(
    case: Case, offer: Offer, spoken: dict[str, str], policy: Policy, now: datetime
) -> Choice:
    """The button of one offer: what they get, by when."""
    when = local_time.by(offer.due(now), case, policy, now)
    return Choice(
        f"utter_option_{response_of(offer, spoken)}",
        payload("accept_offer", offer=str(offer.id)),
        {**spoken, "amount": str(offer.money or ""), "by": when},
    )


def response_of(offer: Offer, spoken: dict[str, str]) -> str:
    """How domain.yml calls it, which has other words for a part whose name is known."""
    named = offer.kind == "resend_part" and "part" in spoken
    return f"{offer.response}_named" if named else offer.response


def offers_on_the_table(
    case: Case, order: Order | None, policy: Policy, now: datetime
) -> list[Choice]:
    """The buttons of the offers that wait for an answer, as they were shown before."""
    spoken = words(case, order, policy, now)
    return [offer_choice(case, offer, spoken, policy, now) for offer in case.pending_offers()]


def offer_chosen(pressed: str) -> int | None:
    """The number of the offer whose button this is; None for any other button."""
    found = re.fullmatch(r'/accept_offer\{"offer": "(\d{1,9})"\}', pressed)
    return int(found[1]) if found else None


def promised(
    case: Case, offer: Offer, spoken: dict[str, str], policy: Policy, now: datetime
) -> dict[str, str]:
    """The words of a confirmation, taken from the saved rows."""
    return {
        **spoken,
        "amount": str(offer.money or ""),
        "by": local_time.by(case.promise_of(offer).due, case, policy, now),
        "paid_with": spoken.get("paid_with") or "the way you paid",
    }


PERSON = Choice("utter_option_person", "/ask_for_person")


def choices(
    question: Question, case: Case, order: Order | None, candidates: Sequence[Order], policy: Policy
) -> tuple[Choice, ...]:
    """The buttons that go with a question, if it has any."""
    zone = policy.zone
    if question is Question.CATEGORY:
        return tuple(
            Choice(
                "utter_category_choice",
                payload(f"complain_{name}"),
                {"label": category.label[:1].upper() + category.label[1:]},
            )
            for name, category in policy.categories.items()
        )
    if question is Question.WHICH_ORDER:
        return tuple(
            Choice(
                "utter_which_order_choice",
                payload("inform", order_number=each.number),
                {
                    "items": ", ".join(line.name for line in each.lines),
                    "date": date_in_words(each.ordered_on, zone),
                },
            )
            for each in candidates[:_SHOWN_ORDERS]
        )
    if question is Question.ITEM and order:
        lines = tuple(
            Choice("utter_item_choice", payload("inform", sku=line.sku), {"item": line.name})
            for line in order.lines
        )
        return (*lines, Choice("utter_whole_order_choice", "/dont_have_it"))
    if question is Question.CONFIRMATION:
        return (Choice("utter_yes_choice", "/affirm"), Choice("utter_no_choice", "/deny"))
    if question is Question.PHOTO:
        return (Choice("utter_no_photo_choice", "/dont_have_it"),)
    return ()


def shown(case: Case, name: str) -> str | None:
    """The customer's own words in full; what only the shop knows with its middle hidden."""
    value = getattr(case, name)
    if value is None or name not in case.from_shop:
        return value
    local, at, domain = value.partition("@")
    return f"{local[:1]}•••@{domain}" if at else f"••• {value[-4:]}"


def _day(day: date | None, zone: str, now: datetime) -> str | None:
    return date_in_words(day, zone, now) if day else None


def payload(intent: str, **entities: str) -> str:
    """What a button sends, in Rasa's notation."""
    return f"/{intent}{json.dumps(entities)}" if entities else f"/{intent}"


def _quoted(case: Case, words: str) -> str:
    """Their words, without the number, address and name they put at the end for us to find it by."""
    known = (case.order_number, case.email, case.postcode, case.phone)
    found_by = "|".join(r"[\s-]*".join(map(re.escape, re.sub(r"[\s-]", "", v))) for v in known if v)
    if not found_by:
        return trimmed(words)
    # After a comma or a stop; "when I asked about W-10482" would be cut in the middle.
    one = rf"(?:\b(?:{_LEADS_IN})\b|[\s,.;:()#–—-])*(?:{found_by})"
    at_the_end = rf"(?:\s*[,.;:(–—-]{one}(?:{one})*|(?:{one}){{2,}})[\s).,;!]*$"
    rest = re.sub(at_the_end, "", words, flags=re.IGNORECASE)
    # "W-10203 SE15 4QN headphones gone"; but not "W-10203 is broken", which begins with it.
    before = rf"^(?:{one})+[\s,.;:)–—-]*(?!\s*(?:{_GOES_ON})\b)(?=\S)"
    rest = re.sub(before, "", rest, flags=re.IGNORECASE)
    return trimmed(rest if len(rest.split()) >= _LEFT_TO_QUOTE else words)


def _noun(case: Case, order: Order | None) -> str | None:
    """What it is about: the thing, as they call it, or all that was in the order."""
    line = line_of(case, order)
    if order is None or (line is None and case.item):
        return case.item
    lines = (line,) if line else order.lines
    # "Vortex blender, 1.5 l, red": nobody says the details in a sentence.
    names = [each.name.split(",")[0].split("(")[0].strip() for each in lines]
    return format_list(names, locale="en_GB")


def _told(case: Case, order: Order | None) -> str | None:
    """The case in one line, for reading back: what, and in their words what is wrong with it."""
    if not case.story:
        return None
    about = _noun(case, order)
    where = f" (order {case.order_number})" if case.order_number and case.is_proved else ""
    head = f"{about}{where}: " if about else ""
    own, noted = whose_words.own_story(case), whose_words.noted_story(case)
    # In quotation marks stands what they wrote, and nothing that somebody wrote for them.
    quoted = (
        [f"“{trimmed(' … '.join(_quoted(case, each) for each in own), most=220)}”"] if own else []
    )
    return head + "; ".join([*quoted, *(trimmed(words) for words in noted)])
