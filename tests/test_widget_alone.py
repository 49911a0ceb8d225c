"""The chat on the page, against a small front door: the journey, options, photos, who answers.

The same journey against the real stack is in test_widget.py.
"""
# ruff: noqa: F811  (fixtures are imported by name)

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.chat_page import PHONE, customer_at, door, maya, picture  # noqa: F401
from tests.widget_server import OFFERS

NEW_BLENDER = OFFERS[0]["title"]


# The journey


def test_somebody_without_a_mouse_gets_from_complaint_to_confirmation(chromium, door):
    context, maya = customer_at(chromium, door.url)
    keys = maya.page.keyboard
    maya.tab_to(maya.launcher)
    keys.press("Enter")
    expect(maya.composer).to_be_focused()

    keys.type("My blender (W-10482) came smashed")
    keys.press("Shift+Enter")
    keys.type("and people are coming saturday")
    keys.press("Enter")
    maya.hears("what is the postcode")
    keys.type("SW9 8QF")
    keys.press("Enter")
    maya.hears("We can do one of these")
    maya.tab_to(maya.option(NEW_BLENDER), backwards=True)
    keys.press("Enter")
    maya.hears("with you by Friday 27 November 2026")

    expect(maya.composer).to_be_focused()
    assert (
        maya.said_by("customer")[0]
        == "My blender (W-10482) came smashed\nand people are coming saturday"
    )
    keys.press("Escape")
    expect(maya.panel).to_be_hidden()
    expect(maya.launcher).to_be_focused()
    context.close()


def test_on_a_phone_the_page_behind_is_out_of_reach(chromium, door):
    context, maya = customer_at(chromium, door.url, **PHONE)
    maya.open()
    maya.hears("tell me the whole story")

    box = maya.panel.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 740)
    for _ in range(12):
        maya.page.keyboard.press("Tab")
        assert maya.page.evaluate("document.activeElement.localName") in ("amends-chat", "body")
    maya.page.keyboard.press("Escape")
    expect(maya.launcher).to_be_focused()
    context.close()


def test_on_a_desktop_the_page_stays_usable_beside_the_chat(maya):
    maya.page.get_by_role("button", name="Use Priya’s words").click()

    expect(maya.panel).to_be_visible()
    expect(maya.composer).to_have_value(re.compile("W-10533"))


def test_an_unread_answer_is_counted_on_the_closed_chat(maya, door):
    maya.hears("tell me the whole story")
    maya.page.get_by_role("button", name="Close the chat").click()
    door.talk.say("One more thing.")

    expect(maya.launcher).to_contain_text("1 new")
    maya.open()
    maya.hears("One more thing.")


# Options


def test_a_pressed_option_is_said_in_its_own_words_and_cannot_be_pressed_again(maya):
    maya.write("W-10482, SW9 8QF")
    maya.write("SW9 8QF")
    maya.option(NEW_BLENDER).click()
    maya.hears("That's settled")

    assert maya.said_by("customer")[-1] == NEW_BLENDER
    for offer in OFFERS:
        expect(maya.option(offer["title"])).to_be_disabled()
    expect(maya.option(f"{NEW_BLENDER} (chosen)")).to_be_visible()


def test_options_of_an_older_question_cannot_be_pressed(maya, door):
    maya.hears("tell me the whole story")
    door.talk.say("Shall we send one?", buttons=[{"title": "Yes, please", "payload": "/affirm"}])
    expect(maya.option("Yes, please")).to_be_enabled()
    door.talk.say("Or rather:", buttons=[{"title": "A refund", "payload": "/refund"}])

    expect(maya.option("A refund")).to_be_enabled()
    expect(maya.option("Yes, please")).to_be_disabled()


def test_the_chosen_option_is_still_marked_after_a_reload(maya):
    maya.write("SW9 8QF")
    maya.option(NEW_BLENDER).click()
    maya.hears("That's settled")
    maya.page.reload()

    expect(maya.option(f"{NEW_BLENDER} (chosen)")).to_be_disabled()


# Photos and long stories


def test_a_photo_is_named_before_it_goes_and_acknowledged_after(maya, door):
    maya.hears("tell me the whole story")
    maya.choose_photo("jug.png", picture())
    expect(maya.page.get_by_text("jug.png (0.1 MB) is ready to send")).to_be_visible()
    expect(maya.composer).to_be_focused()
    maya.page.keyboard.press("Enter")

    maya.hears("word for word: photo")
    assert [message["photo"] for message in door.talk.messages] == [False, True, False]
    maya.hears("jug.png")
    maya.page.reload()
    maya.hears("Photo")


def test_a_photo_can_be_taken_out_again(maya, door):
    maya.hears("tell me the whole story")
    maya.choose_photo("wrong.png", picture())
    maya.page.get_by_role("button", name="Remove the photo").press("Enter")
    maya.write("No photo after all")

    maya.hears("word for word: No photo after all")
    assert not any(message["photo"] for message in door.talk.messages)


def test_a_photo_too_large_is_said_so_before_it_leaves(maya, door):
    maya.choose_photo("jug.png", b"\x89PNG" + bytes(11 * 2**20))

    expect(maya.page.get_by_text("jug.png is 11.1 MB; a photo can be up to 10 MB.")).to_be_visible()
    assert ("POST", "/chat/photos") not in door.requests


def test_a_file_that_is_no_photo_is_refused_in_the_doors_words(maya, door):
    maya.hears("tell me the whole story")
    maya.choose_photo("invoice.png", b"%PDF-1.7")
    maya.page.keyboard.press("Enter")

    expect(maya.page.get_by_text("That file is not a photo we can open.")).to_be_visible()
    maya.page.get_by_role("button", name="Take back").click()
    expect(maya.page.get_by_text("That file is not a photo we can open.")).to_have_count(0)


def test_a_story_longer_than_one_message_is_told_before_it_is_sent(maya, door):
    maya.composer.fill("a" * 9_900)
    expect(maya.page.get_by_text("100 characters left")).to_be_visible()
    maya.composer.fill("a" * 10_020)
    maya.composer.press("Enter")

    expect(
        maya.page.get_by_text("This is 20 characters longer than one message can be.")
    ).to_be_visible()
    expect(maya.composer).to_have_value("a" * 10_020)
    assert maya.said_by("customer") == []


def test_refused_words_can_be_taken_back_and_changed(maya):
    maya.hears("tell me the whole story")
    maya.write("spam spam")
    expect(maya.page.get_by_text("That doesn't look like something we can read.")).to_be_visible()
    maya.page.get_by_role("button", name="Take back").click()

    expect(maya.composer).to_have_value("spam spam")
    maya.write("My kettle leaks")
    maya.hears("word for word: My kettle leaks")
    assert maya.said_by("customer") == ["My kettle leaks"]


def test_enter_that_ends_a_composed_word_does_not_send_it(maya):
    maya.composer.fill("壊れた")
    maya.composer.dispatch_event("keydown", {"key": "Enter", "isComposing": True})

    expect(maya.composer).to_have_value("壊れた")


# Who answers


def test_the_top_says_who_answers(maya, door):
    maya.hears("tell me the whole story")
    expect(maya.panel).to_contain_text("Automated assistant")
    door.talk.handler = "queue"
    expect(maya.panel).to_contain_text("Waiting for a person to join")
    door.talk.say("Hello Maya, I've read everything.", "agent", name="Ines")
    door.talk.handler = "agent"

    expect(
        maya.page.get_by_role("status").filter(has_text="You’re now talking to Ines")
    ).to_be_visible()
    door.talk.typing = True
    expect(maya.page.get_by_role("status").filter(has_text="Ines is writing…")).to_be_visible()
    maya.page.reload()
    expect(maya.panel).to_contain_text("You’re now talking to Ines")
