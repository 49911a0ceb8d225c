"""Talking in the terminal: the same reception, typed."""

import builtins

from channels.talk import Talk
from tests.stand_ins import says


def typing(monkeypatch, *lines):
    lines = iter(lines)

    def type_next(prompt=""):
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(builtins, "input", type_next)


async def test_what_is_typed_is_answered_until_one_leaves(house, rasa, monkeypatch, capsys):
    typing(monkeypatch, "My kettle leaks", "/quit", "never sent")

    await Talk(house).run()

    shown = capsys.readouterr().out
    assert "automated assistant" in shown
    assert "You said: My kettle leaks" in shown
    assert rasa.messages == ["My kettle leaks"]


async def test_a_number_presses_the_button_that_was_shown_with_it(house, rasa, monkeypatch, capsys):
    offers = [("New kettle", "/accept_offer{1}"), ("Full refund", "/accept_offer{2}")]
    rasa.script = [says("One of these?", buttons=offers)]
    typing(monkeypatch, "It leaks", "2", "1")

    await Talk(house).run()

    assert "2  Full refund" in capsys.readouterr().out
    assert rasa.messages == ["It leaks", "/accept_offer{2}", "1"], "later a number is a number"


async def test_a_refusal_is_shown_and_the_talk_goes_on(house, rasa, monkeypatch, capsys):
    typing(monkeypatch, "", "It leaks")

    await Talk(house).run()

    assert "There was nothing in that message yet." in capsys.readouterr().out
    assert rasa.messages == ["It leaks"]
