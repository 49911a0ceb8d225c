"""What every verb of the casebook stands on: one transaction, the time, the matter in hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import telling
from complaints.case import Case
from complaints.clock import Clock
from complaints.conversation import Conversation, hold
from complaints.errors import OrdersUnavailable
from complaints.matter import Matter, matter_of, proved_order
from complaints.orders import Order, OrderBook
from complaints.policy import Policy
from complaints.refunds import refunds_for
from complaints.register import goodwill_given, listening_case, open_case
from complaints.store import Store
from complaints.words import Words


class Book:
    """The store, the policy, the shop's orders, the clock and the words; how a verb begins.

    `tell` names the transports that are told of each handoff: slack, email, webhook.
    """

    def __init__(
        self, store: Store, policy: Policy, orders: OrderBook, clock: Clock, words: Words,
        tell: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.store = store
        self.policy = policy
        self.orders = orders
        self.clock = clock
        self.words = words
        self.tell = tuple(tell)

    @contextmanager
    def _turn(self, conversation_id: str) -> Iterator[tuple[Session, Conversation, datetime]]:
        with self.store.transaction() as session:
            yield session, hold(session, conversation_id), self.clock.now()

    def _open(
        self, session: Session, conversation: Conversation, message_id: str, now: datetime
    ) -> Case:
        return open_case(session, conversation, message_id, str(self.policy.version), now)

    def _matter(self, conversation_id: str) -> Matter | None:
        now = self.clock.now()
        with self.store.reading() as session:
            case = listening_case(session, conversation_id)
            if case is None:
                return None
            currency = self.policy.goodwill.per_case.currency
            given = goodwill_given(session, case, currency, now)
            refunds = refunds_for(session, case)
        return matter_of(case, self.orders, self.policy, given, refunds, now)

    def _words_of(self, case: Case | None) -> dict[str, str]:
        if case is None:
            return {}
        return telling.words(case, proved_order(case, self.orders), self.policy, self.clock.now())

    def _order_of(self, reference: str) -> Order | None:
        """The order of a case, once proved; None when the shop cannot be asked, who stops nothing."""
        with self.store.reading() as session:
            case = session.get(Case, reference)
        try:
            return proved_order(case, self.orders) if case else None
        except OrdersUnavailable:
            return None
