"""The whole core in the hand: a casebook, the demo shop and a clock, and people who complain.

What Rasa would have understood of a message is given with it, so that these tests know
neither Rasa nor HTTP and a whole conversation takes milliseconds.
"""

from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from complaints.case import Case, LogEntry, Offer, OfferStatus, PromiseRow
from complaints.casebook import Casebook
from complaints.clock import HeldClock
from complaints.conversation import Conversation, ConversationLog
from complaints.demo_shop import DemoShop
from complaints.enquiry import Status
from complaints.errors import OrdersUnavailable
from complaints.handoff import Handoff, HandoffReason
from complaints.heard import Heard
from complaints.money import Money
from complaints.orders import Instruction, InstructionReceipt
from complaints.outbox import OutboxMessage
from complaints.people import People, Person
from complaints.policy import Policy
from complaints.store import Store
from complaints.turn import HandedOver, Hearing, Step
from complaints.words import Words

ROOT = Path(__file__).parent.parent
SHOP_POLICY = (ROOT / "policy.yml").read_text("utf-8")

_numbers = count(1)


@lru_cache
def policy_of(text: str) -> Policy:
    """Read once for all tests: reading with line numbers takes its time."""
    return Policy.from_text(text)


@lru_cache
def words_of_domain() -> Words:
    return Words.load(ROOT / "domain.yml")


_BESIDES = ("certainty", "also", "sentences", "heat", "danger")


def heard(text: str, intent: str = "inform", message_id: str | None = None, **found: Any) -> Heard:
    """One understood message. `found` is one of `_BESIDES`, or a detail's value.

    A detail with several values is given as a tuple. Text that begins with a slash is a button.
    """
    facts = {n: found.pop(n) for n in _BESIDES if n in found}
    return Heard(
        message_id=message_id or f"message-{next(_numbers)}",
        text=text,
        intent=intent,
        details={n: v if isinstance(v, tuple) else (v,) for n, v in found.items()},
        pressed=text.startswith("/"),
        **facts,
    )


def pounds(amount: str) -> dict[str, str]:
    """A sum as understanding gives it."""
    return {"amount": amount, "currency": "GBP"}


class ShopWithADoor(DemoShop):
    """The demo shop; nobody answers while its door is shut."""

    is_shut = False

    def find(self, number):
        self._knock()
        return super().find(number)

    def orders_of(self, customer_id):
        self._knock()
        return super().orders_of(customer_id)

    def search(self, **facts):
        self._knock()
        return super().search(**facts)

    def instruct(self, instruction):
        self._knock()
        return super().instruct(instruction)

    def instruction(self, key):
        self._knock()
        return super().instruction(key)

    def _knock(self) -> None:
        if self.is_shut:
            raise OrdersUnavailable("nobody answers")


class Core:
    """Everything behind the doors, on one database."""

    def __init__(self, store: Store, clock: HeldClock, policy: str = SHOP_POLICY) -> None:
        self.store = store
        self.clock = clock
        self.policy = policy_of(policy)
        self.shop = ShopWithADoor(lambda: self.policy.calendar.today(clock.now()))
        self.conversations = ConversationLog(store, clock)
        self.people = People(store, clock)
        self.tell: tuple[str, ...] = ()  # who is told of handoffs
        self.restart()

    def restart(self, policy: str | None = None) -> None:
        """As after a crash, or a change of policy.yml: only what was saved is known."""
        if policy:
            self.policy = policy_of(policy)
        self.casebook = Casebook(
            self.store, self.policy, self.shop, self.clock, words_of_domain(), self.tell
        )

    def visitor(self, name: str, customer_id: str | None = None) -> "Visitor":
        """Somebody in a new browser; with a customer id they are signed in to the shop."""
        return Visitor(self, self.conversations.open("website", name, customer_id).id)

    def person(self, name: str, role: str = "agent", most_open: int = 5) -> str:
        """Somebody who answers, and is there; gives their sign-in name. They have no password."""
        sign_in = name.split()[0].lower()
        with self.store.transaction() as session:
            session.add(
                Person(
                    sign_in=sign_in, name=name, role=role, most_open=most_open, available=True,
                    seen_at=self.clock.now(),
                    password_hash="none", failures=0, created_at=self.clock.now(),
                )
            )  # fmt: skip
        return sign_in

    def rows(self, table: type, **where: Any) -> list[Any]:
        """What the database holds, oldest first."""
        with self.store.reading() as session:
            found = session.scalars(select(table).filter_by(**where)).all()
        return sorted(found, key=lambda row: getattr(row, "id", 0))

    def gave_goodwill(self, customer_id: str, amount: str, when) -> None:
        """A kindness of an earlier case, as it would stand in the books."""
        visitor = self.visitor("earlier", customer_id)
        visitor.tells("the lid was cracked", "complain_damaged_item")
        with self.store.transaction() as session:
            case = session.get_one(Case, visitor.case.reference)
            case.status = "closed"
            case.received_at = when
            case.offers.append(
                Offer(
                    kind="goodwill",
                    amount=amount,
                    currency="GBP",
                    clause="earlier/goodwill",
                    status=OfferStatus.ACCEPTED,
                    offered_at=when,
                    answered_at=when,
                )
            )


class Visitor:
    """A customer in the chat. Each method is what the assistant does with one message."""

    def __init__(self, core: Core, conversation_id: str) -> None:
        self.core = core
        self.id = conversation_id
        self.said: Heard | None = None

    # Talking

    def tells(self, text: str, intent: str = "inform", **found: Any) -> Hearing:
        """Says something; the casebook listens."""
        return self.repeats(heard(text, intent, **found))

    def repeats(self, message: Heard) -> Hearing:
        self.said = message
        return self.core.casebook.hear(self.id, message)

    def says(self, text: str, intent: str = "inform", **found: Any) -> Step:
        """Says something and is answered."""
        self.tells(text, intent, **found)
        return self.next()

    def next(self) -> Step:
        return self.core.casebook.next_step(self.id, self.said.message_id)

    def lacks(self, text: str = "I don't have it") -> Step:
        self.tells(text, "dont_have_it")
        self.core.casebook.go_without(self.id, self.said.message_id)
        return self.next()

    def chooses(self, text: str, intent: str = "accept_offer", **found: Any) -> Step:
        """Takes an offer in words; fails when it is unclear which."""
        self.tells(text, intent, **found)
        assert self.core.casebook.accept_offer(self.id, self.said), f"unclear which: {text!r}"
        return self.next()

    def presses(self, kind: str) -> Step:
        """Presses the button of one kind of offer of the first case."""
        offer = next(offer for offer in self.cases[0].pending_offers() if offer.kind == kind)
        return self.chooses(f'/accept_offer{{"offer": "{offer.id}"}}', offer=str(offer.id))

    def confirms(self) -> Step:
        """Says that it was read back rightly."""
        self.tells("yes, that's right", "affirm")
        assert self.core.casebook.confirm(self.id), "nothing had been read back"
        return self.next()

    def declines(self, text: str = "neither, sorry") -> Step:
        self.tells(text, "decline_offers")
        self.core.casebook.decline_offers(self.id, self.said.message_id)
        return self.next()

    def wishes(self, text: str, **found: Any) -> Any:
        """Wants something else while offers are on the table; gives what became of it."""
        self.tells(text, "express_wish", **found)
        assert not self.core.casebook.accept_offer(self.id, self.said), "taken as a choice"
        return self.core.casebook.consider_wish(self.id, self.said)

    def asks_for_more(self) -> bool:
        self.tells("what else can you do?", "ask_other_offers")
        return self.core.casebook.offer_more(self.id, self.said.message_id)

    def asks_for_a_person(self, reason: HandoffReason = HandoffReason.ASKED) -> HandedOver:
        self.tells("a person, please", "ask_for_person")
        return self.core.casebook.hand_off(self.id, reason, self.said.message_id)

    def enquires(self, text: str = "any news?", intent: str = "ask_status", **found: Any) -> Status:
        self.tells(text, intent, **found)
        return self.core.casebook.enquire(self.id, self.said)

    # What the books say

    @property
    def conversation(self) -> Conversation:
        return self.core.conversations.find(self.id)

    @property
    def cases(self) -> list[Case]:
        return sorted(
            self.core.rows(Case, conversation_id=self.id), key=lambda case: case.received_at
        )

    @property
    def case(self) -> Case:
        """The only case of this conversation."""
        (case,) = self.cases
        return case

    @property
    def offered(self) -> list[str]:
        return [offer.kind for offer in self.case.pending_offers()]

    @property
    def promises(self) -> dict[str, PromiseRow]:
        return {row.kind: row for row in self.case.promises}

    @property
    def handoffs(self) -> list[Handoff]:
        return self.core.rows(Handoff, conversation_id=self.id)

    @property
    def outbox(self) -> list[OutboxMessage]:
        """What others are told; what the customer is written is `letters`."""
        rows = self.core.rows(OutboxMessage, case_reference=self.case.reference)
        return [row for row in rows if row.transport != "letter"]

    @property
    def letters(self) -> list[OutboxMessage]:
        return self.core.rows(OutboxMessage, case_reference=self.case.reference, transport="letter")

    @property
    def log(self) -> list[LogEntry]:
        return self.core.rows(LogEntry, conversation_id=self.id)


def instructed(core: Core, visitor: Visitor) -> list[InstructionReceipt]:
    """What the shop says to everything it was told for this visitor's cases."""
    rows = [
        row.payload
        for case in visitor.cases
        for row in core.rows(OutboxMessage, case_reference=case.reference, transport="shop")
    ]
    return [
        core.shop.instruct(
            Instruction(
                told["key"],
                told["kind"],
                told["order_number"],
                told["sku"],
                Money.from_json(told["amount"]) if told["amount"] else None,
                told["part"],
            )
        )
        for told in rows
    ]


# People of the demo shop, at the point where a story begins.


def maya(core: Core) -> Visitor:
    """Maya's blender (W-10482, £64.00, in stock, came yesterday) is broken; it is proved hers."""
    visitor = core.visitor("maya")
    visitor.tells(
        "My blender W-10482 came with the jug smashed and I just want one that works",
        "complain_damaged_item",
        also=("express_wish",),
        order_number="W-10482",
        item="blender",
        remedy="replacement",
    )
    visitor.next()
    visitor.tells("SW9 8QF", postcode="SW9 8QF")
    return visitor


def maya_with_offers(core: Core) -> Visitor:
    """Maya has a new blender, her money back and a repair on the table."""
    visitor = maya(core)
    assert visitor.next().kind == "offer"
    return visitor


def leroy(
    core: Core, wish: str, kind: str, customer_id: str | None = "C-1008", **found: Any
) -> Visitor:
    """Leroy was laughed at on the telephone, and says what would put that right."""
    visitor = core.visitor("leroy", customer_id)
    visitor.tells("your man laughed at me and hung up", "complain_poor_service", **found)
    visitor.next()
    visitor.says(wish, "express_wish", remedy=kind)
    visitor.confirms()
    return visitor
