"""Two people reach for the same customer at the same moment, and at least one does it in Slack."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from complaints.casebook import Casebook
from complaints.clock import HeldClock
from complaints.errors import AlreadyTaken
from complaints.handoff import Handoff
from complaints.store import Store
from tests.core import Core
from tests.slack_house import SlackHouse, slack_house

ROUNDS = 50  # of each kind, so a hundred in all
NAMES = {"ines": "Ines Duarte", "omar": "Omar Haddad"}
IN_SLACK = {"ines": "UINES", "omar": "UOMAR"}


@pytest.fixture
def house(either_store: Store, clock: HeldClock) -> Iterator[SlackHouse]:
    core = Core(either_store, clock)
    for name in NAMES.values():
        core.person(name, most_open=200)
    with slack_house(core) as house:
        yield house


@pytest.fixture
def desk(house: SlackHouse) -> Iterator[Core]:
    """The desk, as in a process of its own: it shares the database with Slack's door, no more."""
    store = Store(house.store.url)
    yield Core(store, house.clock)
    store.engine.dispose()


def cards_of(house: SlackHouse, customers: int) -> list[tuple[str, dict]]:
    """So many customers wait, and Slack shows a card of each: its reference and the card."""
    for number in range(customers):
        house.core.visitor(f"customer {number}").asks_for_a_person()
    for _ in range(customers):
        if len(house.cards()) == customers:
            break
        house.look()
    cards = [(house.slack.buttons(card)[0]["value"], card) for card in house.cards()]
    assert len({reference for reference, _ in cards}) == customers
    return cards


def meet_before_taking(*books: Casebook) -> None:
    """Whoever takes over waits for the other one, and both go on at the same moment.

    A press in Slack comes a longer way than one at the desk: without this the desk always wins.
    """
    together = Barrier(2)

    def when_both_are_there(take_over: Callable) -> Callable:
        def take(reference: str, by: str, key: str) -> object:
            together.wait(timeout=20)
            return take_over(reference, by, key)

        return take

    for book in books:
        book.take_over = when_both_are_there(book.take_over)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    with ThreadPoolExecutor(len(deeds)) as threads:
        return [begun.result() for begun in [threads.submit(deed) for deed in deeds]]


def who_has(house: SlackHouse, reference: str) -> str:
    """The one who has it: in the handoff, in the conversation, and as the customer was told."""
    (handoff,) = house.core.rows(Handoff, case_reference=reference)
    conversation = house.conversations.find(handoff.conversation_id)
    assert (conversation.handler, conversation.agent) == ("agent", handoff.taken_by)
    told = [m.text for m in house.conversations.since(conversation.id) if "with you now" in m.text]
    assert len(told) == 1 and NAMES[handoff.taken_by] in told[0]
    return handoff.taken_by


def deliver_whispers(house: SlackHouse) -> None:
    for _ in range(ROUNDS):
        house.look()
        if not house.rows(sent_at=None):
            return
    raise AssertionError(f"not told: {house.rows(sent_at=None)}")


def whispers_below(house: SlackHouse, card: dict) -> list[tuple[str, str]]:
    return [(w["user"], w["text"]) for w in house.slack.whispers if w["thread_ts"] == card["ts"]]


def test_of_two_who_take_over_in_slack_at_once_one_has_it_and_the_other_is_told_who(house):
    cards, winners = cards_of(house, ROUNDS), []
    meet_before_taking(house.casebook)
    for reference, card in cards:
        answers = at_once(
            lambda card=card: house.slack.press("UINES", card, "take_over").status_code,
            lambda card=card: house.slack.press("UOMAR", card, "take_over").status_code,
        )
        assert answers == [200, 200]
        winners.append(who_has(house, reference))
    deliver_whispers(house)

    for (_, card), winner in zip(cards, winners, strict=True):
        (loser,) = IN_SLACK.keys() - {winner}
        told = (IN_SLACK[loser], f"{NAMES[winner]} has it already.")
        assert whispers_below(house, card) == [told]


def test_of_one_at_the_desk_and_one_in_slack_at_once_one_has_it_and_the_other_is_told_who(
    house, desk
):
    def takes_at_the_desk(reference: str) -> str:
        """Who has it, as the desk is told."""
        try:
            return desk.casebook.take_over(reference, "ines", f"desk {reference}").name
        except AlreadyTaken as taken:
            return taken.name

    cards, winners = cards_of(house, ROUNDS), []
    meet_before_taking(house.casebook, desk.casebook)
    for reference, card in cards:
        told, answered = at_once(
            lambda reference=reference: takes_at_the_desk(reference),
            lambda card=card: house.slack.press("UOMAR", card, "take_over").status_code,
        )
        winner = who_has(house, reference)
        assert (told, answered) == (NAMES[winner], 200)
        winners.append(winner)
    deliver_whispers(house)

    for (_, card), winner in zip(cards, winners, strict=True):
        lost_in_slack = [("UOMAR", "Ines Duarte has it already.")] if winner == "ines" else []
        assert whispers_below(house, card) == lost_in_slack
