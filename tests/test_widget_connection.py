"""The chat on the page loses nothing and doubles nothing, whatever happens to the line."""
# ruff: noqa: F811  (fixtures are imported by name)

from __future__ import annotations

from playwright.sync_api import expect

from tests.chat_page import ChatPage, customer_at, door, maya, picture  # noqa: F401
from tests.widget_server import FakeFrontDoor


def test_what_was_said_and_what_is_half_written_survive_a_reload(maya):
    maya.write("My blender W-10482 is smashed")
    maya.hears("what is the postcode")
    before = (maya.said_by("customer"), maya.said_by("assistant"))
    maya.composer.fill("SW9 8")
    maya.page.reload()

    expect(maya.panel).to_be_visible()
    maya.hears("what is the postcode")
    assert (maya.said_by("customer"), maya.said_by("assistant")) == before
    expect(maya.composer).to_have_value("SW9 8")


def test_messages_written_while_the_door_is_shut_arrive_once_and_in_order(maya, door):
    maya.hears("tell me the whole story")
    door.stop()
    for number in (1, 2, 3):
        maya.write(f"message {number}")
    expect(maya.page.get_by_text("The connection is interrupted")).to_be_visible()
    expect(maya.page.get_by_text("Not sent yet").first).to_be_visible()
    door.start()

    maya.hears("word for word: message 3")
    assert kept(door) == ["message 1", "message 2", "message 3"] == maya.said_by("customer")
    expect(maya.page.get_by_text("The connection is interrupted")).to_have_count(0)


def test_a_message_that_could_not_be_sent_survives_a_reload(maya, door):
    maya.hears("tell me the whole story")
    door.is_busy = True
    maya.write("My kettle leaks")
    expect(maya.page.get_by_text("Not sent yet")).to_be_visible()
    maya.page.reload()
    expect(maya.page.get_by_text("My kettle leaks")).to_be_visible()
    door.is_busy = False

    maya.hears("word for word: My kettle leaks")
    expect(maya.page.get_by_text("Not sent yet")).to_have_count(0)
    assert kept(door) == ["My kettle leaks"] == maya.said_by("customer")


def test_a_customer_without_network_is_told_so_and_nothing_is_lost(maya, door):
    maya.hears("tell me the whole story")
    maya.page.context.set_offline(True)
    expect(maya.page.get_by_text("You’re offline.")).to_be_visible()
    maya.write("My kettle leaks")
    maya.page.context.set_offline(False)

    maya.hears("word for word: My kettle leaks")
    expect(maya.page.get_by_text("You’re offline.")).to_have_count(0)
    assert kept(door) == ["My kettle leaks"] == maya.said_by("customer")


def test_what_is_said_while_the_line_is_cut_is_heard_afterwards(maya, door):
    maya.hears("tell me the whole story")
    door.cut_lines()
    door.talk.say("Your new jug left the house.")
    door.cut_lines()

    maya.hears("Your new jug left the house.")
    assert len(maya.said_by("assistant")) == 2


def test_words_that_cross_with_the_customers_own_are_heard(maya, door):
    maya.hears("tell me the whole story")
    door.talks_over = "Your new jug left the house."
    maya.write("Any news?")

    maya.hears("word for word: Any news?")
    assert maya.said_by("agent") == ["Your new jug left the house."]


def test_a_photo_waits_for_the_connection_too(maya, door):
    maya.hears("tell me the whole story")
    door.stop()
    maya.choose_photo("jug.png", picture())
    maya.page.keyboard.press("Enter")
    expect(maya.page.get_by_text("Not sent yet")).to_be_visible()
    door.start()

    maya.hears("word for word: photo")
    assert [message["photo"] for message in door.talk.messages] == [False, True, False]


def test_an_acknowledgement_that_got_lost_does_not_double_the_message(maya, door):
    maya.hears("tell me the whole story")
    door.loses_answers = 2
    maya.write("My kettle leaks")

    maya.hears("word for word: My kettle leaks")
    expect(maya.page.get_by_text("Not sent yet")).to_have_count(0)
    assert kept(door) == ["My kettle leaks"] == maya.said_by("customer")


def test_what_the_stream_says_twice_is_shown_once(maya, door):
    door.says_everything_twice = True
    maya.write("My kettle leaks")

    maya.hears("word for word: My kettle leaks")
    assert maya.said_by("customer") == ["My kettle leaks"]
    assert len(maya.said_by("assistant")) == 2


def test_two_tabs_of_one_browser_both_show_everything_once(maya, door):
    maya.write("My kettle leaks")
    maya.hears("word for word: My kettle leaks")
    second = ChatPage(maya.page.context.new_page(), door.url).visit().open()
    second.hears("word for word: My kettle leaks")
    second.write("And the lid is missing")
    maya.hears("word for word: And the lid is missing")
    second.hears("word for word: And the lid is missing")

    assert len(door.talks) == 1
    assert (
        maya.said_by("customer")
        == second.said_by("customer")
        == ["My kettle leaks", "And the lid is missing"]
    )
    assert maya.said_by("assistant") == second.said_by("assistant")


def test_a_session_the_door_forgot_is_begun_again_and_the_message_kept(maya, door):
    maya.hears("tell me the whole story")
    door.talks.clear()
    maya.write("My kettle leaks")

    maya.hears("word for word: My kettle leaks")
    assert kept(door) == ["My kettle leaks"]


def test_another_browser_never_shows_what_was_said_here(maya, chromium, door):
    maya.write("My kettle leaks")
    maya.hears("word for word: My kettle leaks")
    context, stranger = customer_at(chromium, door.url)
    stranger.open()
    stranger.hears("tell me the whole story")

    assert "kettle" not in stranger.panel.inner_text()
    context.close()


def test_a_browser_that_forbids_storage_can_still_complain(chromium, door):
    context, maya = customer_at(chromium, door.url)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
    )
    maya.visit().open()
    maya.write("My kettle leaks")

    maya.hears("word for word: My kettle leaks")
    context.close()


def kept(door: FakeFrontDoor) -> list[str]:
    """What the door has kept of the customer's words."""
    return [message["text"] for message in door.talk.messages if message["author"] == "customer"]
