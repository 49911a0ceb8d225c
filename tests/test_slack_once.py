"""Slack is told of each handoff and of each word exactly once in the end, on either database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from complaints.clock import HeldClock
from complaints.store import Store
from tests.core import Core
from tests.fake_slack import CUT, HANG, LOST, SLOW, FakeSlack
from tests.slack_house import AGENTS, SlackHouse, slack_house


@pytest.fixture
def core(either_store: Store, clock: HeldClock) -> Core:
    return Core(either_store, clock)


@pytest.fixture
def house(core: Core) -> Iterator[SlackHouse]:
    with slack_house(core) as house:
        yield house


@pytest.mark.parametrize(
    "trouble",
    [
        [429], [500], [503, 502], [HANG], [LOST], [CUT], [SLOW], ["internal_error"], ["ratelimited"],
        [LOST, LOST], [HANG, LOST, 500], [429, SLOW, 503],
    ],
    ids=str,
)  # fmt: skip
def test_every_handoff_arrives_exactly_once_in_the_end(house, trouble):
    house.handed_over()
    house.slack.trouble = list(trouble)

    house.look(8)

    assert len(house.cards()) == 1
    assert house.rows(gave_up_at=None)[0].sent_at is not None
    assert house.slack.trouble != trouble, "it was in the way"


def test_it_arrives_when_slack_was_down_altogether(house, core):
    house.handed_over()
    house.slack.stop()
    house.look(3)
    assert house.rows()[0].sent_at is None

    back = FakeSlack()
    house.client.base_url = back.url
    house.look(6)
    back.stop()

    assert len(back.thread(AGENTS)) >= 1
    assert sum(bool(m.get("blocks")) for m in back.thread(AGENTS)) == 1


def test_a_crash_after_posting_and_before_marking_posts_it_once(house):
    house.handed_over()
    claimed = house.outbox.claim("the one that dies")
    house.deliver.transports["slack"](claimed)
    house.clock.advance(timedelta(minutes=2))

    house.look(3, house.deliverer())

    assert len(house.cards()) == 1


def test_two_who_deliver_post_each_word_once(house):
    visitor = house.handed_over()
    house.look()
    other = house.deliverer()
    for number in range(5):
        house.conversations.receive(visitor.id, f"word {number}", f"c-{number}")

    for _ in range(8):
        house.look(1, house.deliver)
        house.look(1, other)

    (card,) = house.cards()
    said = [t for t in house.slack.texts(AGENTS, card["ts"]) if t.startswith("Customer")]
    assert said == [f"Customer: word {number}" for number in range(5)]


def test_words_keep_their_order_when_one_of_them_is_late(house):
    visitor = house.handed_over()
    house.look()
    for word in ("first", "second", "third"):
        house.conversations.receive(visitor.id, word, f"c-{word}")
    house.slack.trouble = [LOST, 500]

    house.look(8)

    (card,) = house.cards()
    said = [t for t in house.slack.texts(AGENTS, card["ts"]) if t.startswith("Customer")]
    assert said == ["Customer: first", "Customer: second", "Customer: third"]


def test_a_word_that_slack_refuses_keeps_no_other_word_back(house):
    visitor = house.handed_over()
    house.look()
    house.slack.trouble = ["msg_too_long"]
    for word in ("first", "second", "third"):
        house.conversations.receive(visitor.id, word, f"c-{word}")

    house.look(6)

    (card,) = house.cards()
    said = [t for t in house.slack.texts(AGENTS, card["ts"]) if t.startswith("Customer")]
    assert said == ["Customer: second", "Customer: third"]
    (refused,) = [row for row in house.rows() if row.gave_up_at]
    assert "msg_too_long" in refused.last_error


def test_a_wait_that_slack_asks_for_is_kept(house):
    house.handed_over()
    house.slack.trouble = [429]
    now = house.clock.now()

    for part in house.deliver.parts:
        part()

    (row,) = house.rows()
    assert row.due_at >= now + timedelta(seconds=30)


@pytest.mark.parametrize(
    "error", ["channel_not_found", "not_in_channel", "invalid_auth", "is_archived"]
)
def test_what_slack_refuses_for_good_is_given_up_where_people_see_it(house, error):
    house.handed_over()
    house.slack.trouble = [error]

    house.look(3)

    (row,) = house.rows()
    assert row.gave_up_at is not None and error in row.last_error
    assert house.slack.asked == ["chat.postMessage"]


def test_a_slack_that_is_away_is_found_out_by_one_row_not_by_each(house):
    for name in ("ada", "ben", "cleo", "dev"):
        house.core.visitor(name).asks_for_a_person()
    house.slack.trouble = [HANG] * 9

    for part in house.deliver.parts:
        part()

    assert house.slack.asked == ["chat.postMessage"]


def test_two_who_deliver_at_the_same_moment_post_each_handoff_once(house, core):
    """Each with connections of its own, and a Slack that is in every kind of trouble meanwhile."""
    references = {handed_over(core, f"customer {number}") for number in range(12)}
    house.slack.trouble = [429, LOST, 500, CUT, 503, SLOW, "internal_error", HANG, LOST]
    with ThreadPoolExecutor(2) as threads:
        for _ in range(20):
            both = [threads.submit(house.look, 1, house.deliverer()) for _ in range(2)]
            assert [each.result() for each in both] == [None, None]

    assert house.slack.trouble == []
    shown = [house.slack.buttons(card)[0]["value"] for card in house.cards()]
    assert sorted(shown) == sorted(references)
    assert all(row.sent_at for row in house.rows())


def handed_over(core, name):
    visitor = core.visitor(name)
    visitor.tells("my kettle leaks", "complain_damaged_item")
    visitor.asks_for_a_person()
    return visitor.case.reference


def test_what_slack_tells_again_at_the_same_moment_is_done_once(house, core):
    """It repeats what we were slow to acknowledge, and both may arrive together."""
    core.person("Ines Duarte")
    visitor = house.handed_over()
    house.look()
    (card,) = house.cards()
    press = {"ts": "1795428999.000100"}
    with ThreadPoolExecutor(3) as threads:

        def together(deed):
            told = [threads.submit(deed, again).result for again in range(3)]
            return {answer().status_code for answer in told}

        assert together(lambda _: house.slack.press("UINES", card, "take_over", **press)) == {200}
        line = house.slack.write("UINES", "A new one leaves today.", AGENTS, root=card["ts"])
        assert together(lambda again: house.slack.tell(line, again)) == {200}

    heard = [message.text for message in house.conversations.since(visitor.id)]
    assert heard.count("A new one leaves today.") == 1
    assert sum("with you now" in text for text in heard) == 1
    house.look(2)
    assert house.slack.whispers == []
