"""Where the house says a conversation stands: read from its own rows, never guessed from words."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select

from benchmarks.rehearsal.record import Standing
from complaints.case import Case, CaseStatus, PromiseRow
from complaints.conversation import Conversation
from complaints.demo_shop import DemoShop
from complaints.handoff import Handoff
from complaints.policy import Policy
from complaints.promise import date_in_words, time_in_words
from complaints.store import Store


class Rows:
    """Reads the standing of conversations; `policy` and `shop` are those of the house."""

    def __init__(self, store: Store, policy: Policy, shop: DemoShop) -> None:
        self.store = store
        self.policy = policy
        self.shop = shop
        self._zone = policy.opening_hours.timezone

    def standing(self, conversation_id: str, asked_before: dict[str, int]) -> Standing:
        """The standing now. `asked_before` counts what had been asked; it is brought up to date."""
        with self.store.reading() as session:
            conversation = session.get_one(Conversation, conversation_id)
            cases = list(
                session.scalars(
                    select(Case)
                    .where(
                        Case.conversation_id == conversation_id,
                        Case.status != CaseStatus.WITHDRAWN,
                    )
                    .order_by(Case.received_at)
                )
            )
            handoffs = session.scalars(
                select(Handoff)
                .where(Handoff.conversation_id == conversation_id, Handoff.silences)
                .order_by(Handoff.id)
            )
            reasons = tuple(dict.fromkeys(each.reason for each in handoffs))
            backed = frozenset(self._backed(cases, conversation.created_at))
        open_case = next((each for each in cases if each.status == CaseStatus.LISTENING), None)
        if conversation.handler != "bot":
            open_case = None
        return Standing(
            question=open_case.pending if open_case else None,
            asked=tuple(_newly_asked(cases, asked_before)),
            handler=conversation.handler,
            handed_over=reasons,
            statuses=tuple(each.status for each in cases),
            resolved=tuple(kind.kind for each in cases if (kind := each.accepted_offer())),
            offers=tuple((each.kind, str(each.id)) for each in open_case.pending_offers())
            if open_case
            else (),
            references=tuple(each.reference for each in cases),
            enquiring=conversation.enquiry is not None,
            backed=backed,
        )

    def _backed(self, cases: list[Case], now: datetime) -> Iterator[str]:
        """Every date, time and amount that may be told, as it is told."""
        days: list[date | datetime | None] = [self.policy.calendar.next_opening(now)]
        for case in cases:
            days += [case.deadline, case.happened_on, case.closed_at]
            yield str(case.claimed)
            for row in (*case.offers, *case.promises):
                days.append(row.due_at)
                if row.due_at and not row.by_the_day:
                    yield self._time(row.due_at)
                if not isinstance(row, PromiseRow):
                    yield str(row.money)
            # Their orders: the one that is proved, and those they choose from.
            orders = self.shop.search(email=case.email, postcode=case.postcode)
            proved = self.shop.find(case.order_number) if case.is_proved else None
            for order in (*orders, *([proved] if proved else ())):
                days += [order.ordered_on, order.shipped_on, order.promised_on, order.delivered_on]
                yield str(order.total)
        for day in days:
            if day:
                yield date_in_words(day, self._zone)
        for _, hours in self.policy.opening_hours.spans():
            yield from map(time_in_words, hours)

    def _time(self, moment: datetime) -> str:
        return time_in_words(moment.astimezone(self.policy.calendar.timezone).time())


def _newly_asked(cases: list[Case], asked_before: dict[str, int]) -> Iterator[str]:
    for case in cases:
        for question, times in case.asked.items():
            key = f"{case.reference} {question}"
            if times > asked_before.get(key, 0):
                yield question
            asked_before[key] = times
