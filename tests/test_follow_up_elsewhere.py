"""Who came by Slack is asked there; and whoever settles something has it in writing."""

import pytest

from complaints.case import Case
from complaints.conversation import Conversation
from tests.core import Core, Visitor, maya_with_offers
from tests.slack_house import SlackHouse, slack_house
from tests.test_follow_up import MONDAY_AFTER, go_to, keep
from tests.test_slack import answered

DIRECT = "DADA"


@pytest.fixture
def house(core: Core):
    with slack_house(core) as house:
        yield house


def test_who_came_by_slack_is_asked_there_and_answers_with_one_press(house: SlackHouse):
    visitor = maya_with_offers(house.core)
    visitor.presses("replacement")
    with house.store.transaction() as session:
        session.get_one(Conversation, visitor.id).channel = "slack"
        session.get_one(Case, visitor.case.reference).channel = "slack"
    house.door.threads.begin_with_customer(visitor.id, DIRECT, "", "UADA")
    house.look(4)  # the voucher that came with it is there at once
    keep(house.core, visitor)
    go_to(house.core, MONDAY_AFTER)

    house.look(4)

    (asked,) = [said for said in house.slack.thread(DIRECT) if house.slack.buttons(said)]
    titles = [button["text"]["text"] for button in house.slack.buttons(asked)]
    assert titles == ["All good", "Something isn't right", "Talk to a person"]
    house.slack.press("UADA", asked, "All good")
    answered(house)
    assert house.rasa.messages[-1].startswith('/answer_follow_up{"follow_up"')
    assert '"answer": "all_good"' in house.rasa.messages[-1]


def test_what_is_settled_is_sent_in_writing_with_its_date_and_the_way_back(core: Core):
    visitor = maya_with_offers(core)
    visitor.presses("replacement")

    (letter,) = visitor.letters
    said = " ".join(letter.payload["paragraphs"])
    assert letter.payload["to"] == "maya.okonkwo@example.com"
    assert "by Friday 27 November" in said
    assert visitor.case.reference in said
    assert letter.payload["subject"] == "What we promised you"


def test_asked_again_after_a_crash_it_is_written_once(core: Core):
    visitor: Visitor = maya_with_offers(core)
    visitor.presses("replacement")
    core.restart()
    visitor.next()

    assert len(visitor.letters) == 1
