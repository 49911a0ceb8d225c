"""Resolving: the offers on the table, and what settling one sets going."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import object_session

from complaints import instructing, not_by_phone, not_there
from complaints.case import Case, CaseStatus, Offer, OfferStatus, PromiseRow
from complaints.fulfilment import SHOP, InstructionRow
from complaints.heard import Heard
from complaints.mentioned import match_part, named_part
from complaints.money import Money
from complaints.orders import Order, OrderLine
from complaints.outbox import OutboxMessage
from complaints.policy import Policy
from complaints.promise import Due, Promise
from complaints.refunds import Refund
from complaints.remedy import Offers, Option, Refusal, Situation, counter, fair_offers, goodwill

AT_A_TIME = 3  # more choices than that are a menu, not an offer
GOODS = frozenset(["replacement", "repair", "resend_part"])  # things that have to come


def situation_of(
    case: Case, order: Order | None, given: Money, now: datetime, refunds: Sequence[Refund] = ()
) -> Situation:
    """The case as policy looks at it.

    `given` is the goodwill this customer had in a year, `refunds` what other cases gave back of
    the same order.
    """
    line = line_of(case, order)
    lines = (line,) if line else order.lines if order else ()
    parts = [part for each in lines if (part := named_part(each, case.story, case.wish))]
    told = [*case.story, case.wish or ""]
    refused = {*case.refused_kinds}
    if not_by_phone.is_meant(case.needs, told):
        refused.add("call_back")
    return Situation(
        category=case.category or "other",
        order=order,
        line=line,
        at=now,
        also=tuple(case.other_categories),
        wish=frozenset(case.wish_kinds or _wished_part(lines, case.wish)),
        refused=frozenset(refused),
        goodwill_given_this_year=given,
        given_back=tuple(refunds),
        repeat=case.repeat_of is not None,
        deadline=case.deadline,
        zone=case.timezone,
        claimed=case.claimed,
        not_received=not_there.is_not_there(told),
        lost=not_there.is_lost(told),
        part=parts[0] if len(parts) == 1 else None,
    )


def _wished_part(lines: Sequence[OrderLine], wish: str | None) -> tuple[str, ...]:
    """A part that is wished for by its name alone: "a new valve"."""
    named = wish and any(match_part(line, wish) for line in lines)
    return ("resend_part",) if named else ()


def line_of(case: Case, order: Order | None) -> OrderLine | None:
    return order.line(case.sku) if order and case.sku else None


def lay_out(
    case: Case, options: Sequence[Option], situation: Situation, now: datetime
) -> list[Offer]:
    """Puts up to three options on the table that were not there before."""
    shown = {offer.kind for offer in case.offers if offer.status != OfferStatus.LAPSED}
    fresh = [option for option in options if option.kind not in shown]
    # What comes after the day they need it is kept for "what else", unless they asked for it.
    fresh.sort(
        key=lambda option: _is_goods(option) and option.in_time is False and not option.asked_for
    )
    useful = [
        option
        for option in fresh
        if option.in_time is not False or not _is_goods(option) or option.asked_for
    ]
    fresh = (useful if len(useful) >= 2 else fresh)[:AT_A_TIME]
    offers = [
        Offer(
            kind=option.kind,
            amount=str(option.amount.amount) if option.amount else None,
            currency=option.amount.currency if option.amount else None,
            sku=case.sku,
            planned_at=option.due.planned_at,
            due_at=option.due.told_at,
            by_the_day=option.due.by_the_day,
            clause=option.clause,
            return_first=option.return_first,
            in_hand=option.in_hand,
            status=OfferStatus.PENDING,
            offered_at=now,
        )
        for option in fresh
    ]
    case.offers.extend(offers)
    if session := object_session(case):
        session.flush()  # an offer's button needs the offer's number
    return offers


def _is_goods(option: Option) -> bool:
    return option.kind in GOODS


def consider(
    policy: Policy, case: Case, situation: Situation, heard: Heard, now: datetime
) -> tuple[list[Offer], Refusal | None]:
    """What becomes of a wish uttered while offers are on the table.

    Gives (what is newly laid out, the refusal to explain, if any).
    """
    said_no = frozenset(heard.details.get("refused_remedy", ()))
    wished = [kind for kind in heard.details.get("remedy", ()) if kind not in said_no]
    situation = replace(
        situation,
        wish=situation.wish | frozenset(wished),
        refused=situation.refused - frozenset(wished) | said_no,
    )
    offers = fair_offers(policy, situation)
    if (asked := heard.money()) is not None:
        answer = counter(policy, situation, asked)
        if isinstance(answer, Option):
            return lay_out(case, [answer], situation, now), None
        return [], answer
    granted = [option for option in offers.options if option.kind in wished]
    fresh = lay_out(case, granted, situation, now)
    refusal = next((r for kind in wished if (r := offers.refusal(kind))), None)
    return fresh, None if fresh else refusal


def accept(case: Case, offer: Offer, now: datetime) -> None:
    """Takes the offer; the others lapse, so that two remedies are never promised for one case."""
    for other in case.pending_offers():
        other.status = OfferStatus.LAPSED
        other.answered_at = now
    offer.status = OfferStatus.ACCEPTED


def decline(case: Case, offers: Sequence[Offer], now: datetime) -> None:
    """They do not want these; nor are they offered again."""
    for offer in offers:
        offer.status = OfferStatus.DECLINED
        offer.answered_at = now
        if offer.kind not in case.refused_kinds:
            case.refused_kinds.append(offer.kind)


def settle(
    policy: Policy, case: Case, offer: Offer, situation: Situation, now: datetime
) -> tuple[PromiseRow, list[OutboxMessage | InstructionRow]]:
    """Makes the promise, grants the kindness if policy has one, and instructs the shop.

    Gives the promise, and what must be kept with it: the instructions, and how they are sent.
    """
    if not policy.category(situation.category).about_an_item:
        situation = replace(situation, line=None)  # a lost parcel is all that was in it
    outbox = instructing.instructions(case, offer, situation, now)
    promise = _promise(policy, case, offer, SHOP if outbox else "person", now)
    kept: list[OutboxMessage | InstructionRow] = [*outbox]
    kept += [InstructionRow.of(told, promise) for told in outbox]
    # A voucher chosen as the remedy is counted as goodwill already; a second would be a haggle.
    # Without an order there is nobody we could send it to.
    had_it = any(other.is_goodwill for other in case.offers)
    grantable = offer.kind != "voucher" and situation.order is not None and not had_it
    amount = goodwill(policy, situation) if grantable else None
    if amount:
        due = policy.remedies["voucher"].arrives.due(policy.calendar, now)
        kindness = Offer(
            kind="goodwill",
            amount=str(amount.amount),
            currency=amount.currency,
            planned_at=due.planned_at,
            due_at=due.told_at,
            by_the_day=due.by_the_day,
            clause=f"{case.category}/goodwill",
            status=OfferStatus.ACCEPTED,
            offered_at=now,
            answered_at=now,
        )
        case.offers.append(kindness)
        given = PromiseRow.of(Promise.make("goodwill", due, now, owner=SHOP))
        case.promises.append(given)
        outbox = instructing.instructions(case, kindness, situation, now)
        kept += [*outbox, *(InstructionRow.of(told, given) for told in outbox)]
    case.become(CaseStatus.RESOLVING)
    case.outcome = "upheld"
    case.pending = None
    return promise, kept


def redate(policy: Policy, offer: Offer, now: datetime) -> None:
    """Gives an offer the dates of now, when those it was shown with can no longer be kept."""
    calendar = policy.calendar
    same_day = calendar.today(offer.offered_at) == calendar.today(now)
    if not (same_day and offer.planned_at and now < offer.planned_at):
        due = policy.remedies[offer.kind].arrives.due(calendar, now)
        offer.planned_at, offer.due_at, offer.offered_at = due.planned_at, due.told_at, now


def _promise(policy: Policy, case: Case, offer: Offer, owner: str, now: datetime) -> PromiseRow:
    redate(policy, offer, now)
    due = Due(offer.planned_at or now, offer.due_at or now, offer.by_the_day)
    offer.answered_at = now
    row = PromiseRow.of(
        Promise(offer.kind, now, due.planned_at, due.told_at, owner, due.by_the_day)
    )
    case.promises.append(row)
    return row


def wished_refusal(offers: Offers) -> Refusal | None:
    """Why what they asked for cannot be done, if something they asked for cannot."""
    return next((refusal for refusal in offers.refused if refusal.asked_for), None)
