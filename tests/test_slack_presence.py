"""Who answers from Slack alone says there whether they are available, and customers hear what is true."""

from datetime import timedelta

import pytest

from channels.deliver import Deliver, add_ways_out
from channels.house import House
from complaints.people import People
from complaints.settings import Settings
from tests.fake_slack import settings_of
from tests.slack_house import slack_house


@pytest.fixture
def house(core):
    core.person("Ines Duarte")
    People(core.store, core.clock).set_available("ines", False)
    with slack_house(core) as house:
        yield house


def said(answer):
    assert answer.status_code == 200
    return answer.text


def ines(house):
    return People(house.store, house.clock).find("ines")


def a_customer_hears(house):
    """What decides which sentence is said of who answers and when."""
    somebody = house.core.visitor(f"at {house.clock.now()}")
    return somebody.asks_for_a_person().unless_now


def minutes_pass(house, minutes):
    """As deliver sees them go by."""
    for _ in range(minutes):
        house.clock.advance(timedelta(minutes=1))
        house.look()


def test_who_is_away_in_slack_is_counted_on_by_no_customer(house):
    assert a_customer_hears(house) == "_away"


def test_who_says_available_in_slack_is_counted_on(house):
    assert "You are available" in said(house.slack.command("UINES", "available"))
    assert a_customer_hears(house) == ""


def test_who_says_away_in_slack_is_no_longer_counted_on(house):
    house.slack.command("UINES", "available")

    assert "You are away" in said(house.slack.command("UINES", " Away "))

    assert not ines(house).available
    assert a_customer_hears(house) == "_away"


def test_what_they_have_in_hand_stays_theirs(house):
    visitor = house.handed_over()
    house.look()
    house.slack.press("UINES", house.cards()[-1], "Take over")

    told = said(house.slack.command("UINES", "away"))

    assert "1 of 5 conversations in hand; what you have stays yours" in told
    assert house.conversations.find(visitor.id).agent == "ines"


def test_the_command_alone_says_which_they_are_and_changes_nothing(house):
    house.slack.command("UINES", "available")

    assert "You are available" in said(house.slack.command("UINES", ""))
    assert "/amends away" in said(house.slack.command("UINES", "gone fishing"))
    assert ines(house).available


def test_a_command_that_slack_did_not_sign_is_refused(house):
    assert house.slack.command("UINES", "available", secret="guess").status_code == 401
    assert house.slack.command("UINES", "available", age=301).status_code == 401
    assert not ines(house).available


@pytest.mark.parametrize("who", ["USTRANGER", "UGONE"])
def test_who_does_not_work_here_is_not_made_available(house, who):
    assert f"Nobody here is known as {who}" in said(house.slack.command(who, "available"))
    home = house.slack.opens_home(who)

    assert f"Nobody here is known as {who}" in home["blocks"][0]["text"]["text"]
    assert house.slack.buttons(home) == []
    assert a_customer_hears(house) == "_away"


def test_home_shows_how_they_stand_and_a_button_changes_it(house):
    home = house.slack.opens_home("UINES")
    assert "You are away" in home["blocks"][0]["text"]["text"]

    home = house.slack.press_home("UINES", "I am available")
    assert "You are available" in home["blocks"][0]["text"]["text"]
    assert ines(house).available

    home = house.slack.press_home("UINES", "I am away")
    assert "You are away" in home["blocks"][0]["text"]["text"]
    assert not ines(house).available


def test_what_they_said_holds_when_slack_cannot_show_their_home(house):
    house.slack.opens_home("UINES")
    house.slack.trouble = [500]

    house.slack.press_home("UINES", "I am available")

    assert ines(house).available


def test_who_is_active_in_slack_stays_there_without_doing_anything(house):
    house.slack.command("UINES", "available")
    house.slack.active.add("UINES")

    minutes_pass(house, 40)

    assert a_customer_hears(house) == ""


def test_who_left_slack_is_not_there_a_quarter_of_an_hour_later(house):
    house.slack.command("UINES", "available")

    minutes_pass(house, 20)

    assert a_customer_hears(house) == "_away"


def test_who_comes_back_to_slack_the_next_day_is_there_once_they_say_so(house):
    house.slack.command("UINES", "available")
    house.clock.advance(timedelta(days=1))
    house.slack.active.add("UINES")
    minutes_pass(house, 10)
    assert a_customer_hears(house) == "_away"

    house.slack.command("UINES", "available")

    assert a_customer_hears(house) == ""


def test_nobody_is_held_to_be_there_while_slack_does_not_tell(house):
    house.slack.command("UINES", "available")
    house.slack.active.add("UINES")
    house.slack.trouble = [500, "user_not_found", 429, *[503] * 20]

    minutes_pass(house, 20)

    assert a_customer_hears(house) == "_away"


def test_slack_is_asked_at_most_once_a_minute(house):
    house.slack.command("UINES", "available")
    house.clock.advance(timedelta(minutes=6))

    for _ in range(5):
        house.deliver.elsewhere[-1]()

    assert house.slack.asked.count("users.getPresence") == 1


def test_the_real_deliver_looks_who_is_there(house, tmp_path):
    settings = Settings(var=tmp_path, _env_file=None, **settings_of(house.slack))
    deliver = Deliver(elsewhere := House(settings, house.clock))
    elsewhere.store.create()

    add_ways_out(deliver, elsewhere)

    assert [part.__qualname__ for part in deliver.parts].count("SlackPresence.look") == 1
    elsewhere.store.engine.dispose()
