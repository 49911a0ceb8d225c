"""What Slack is shown: the card of a handoff, a message with its buttons, the forms of a person.

Colleagues read the words of cards and forms, so they stand here; what customers read comes from
domain.yml as everywhere. Whatever somebody typed is shown as plain text: nothing in it may call
a whole channel, or look like a button of ours.
"""

import re
from collections.abc import Sequence
from typing import Any

from channels.summary_in_words import rows
from complaints.casebook.letting_go import OUTCOMES
from complaints.conversation import Author, Message
from complaints.remedy import Option

LONGEST_SECTION = 2900  # Slack takes 3,000 characters
LONGEST_BUTTON = 75
LONGEST_TEXT = 12_000  # customers may write 10,000
Block = dict[str, Any]

_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]+)(?:\|([^>]*))?>")
_MENTION = re.compile(r"<[@#!][^>]*>")
_WHO = {
    Author.CUSTOMER: "Customer",
    Author.ASSISTANT: "Assistant",
    Author.NOTICE: "Told the customer",
    Author.NOTE: "Note",
}


def typed(text: str) -> str:
    """What somebody typed into Slack, as they saw it: links by their words, no marks."""
    shown = _LINK.sub(lambda link: link[2] or link[1], text)
    shown = _MENTION.sub("", shown)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def escaped(text: str) -> str:
    """Text that Slack shows letter by letter."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")[:LONGEST_TEXT]


def words(message: Message, to_people: bool) -> dict[str, Any]:
    """A message as chat.postMessage takes it: to the customer with buttons, to people with who."""
    if not to_people:
        return {"text": escaped(message.text), "blocks": _with_buttons(message), "mrkdwn": False}
    who = message.name or _WHO.get(Author(message.author), "Somebody")
    if message.author == Author.NOTE and message.name:
        who = f"{message.name}, note"
    said = message.text or "(a photo; it is on the desk)"
    offered = "".join(f"\n[{button['title']}]" for button in message.buttons)
    return {"text": escaped(f"{who}: {said}{offered}"), "mrkdwn": False}


def card(
    summary: dict[str, Any], state: str, due: str | None, buttons: Sequence[Block]
) -> list[Block]:
    """One handoff, read in ten seconds, and what can be done with it."""
    blocks = [
        _row(f"{summary['reference']} · {summary['one_line']}"),
        {"type": "context", "elements": [_plain(_state(state, due), 2000)]},
        *(_row(name, said) for name, said in rows(summary)),
    ]
    return [*blocks, {"type": "actions", "elements": list(buttons)}] if buttons else blocks


def button(name: str, title: str, value: str, style: str | None = None) -> Block:
    made: Block = {
        "type": "button",
        "action_id": name,
        "text": _plain(title, LONGEST_BUTTON),
        "value": value,
    }
    return {**made, "style": style} if style else made


def link(title: str, url: str) -> Block:
    return {"type": "button", "action_id": "open_desk", "text": _plain(title), "url": url}


def home(said: str, buttons: Sequence[Block]) -> Block:
    """The app's Home as one person sees it: how things stand, and what they can press."""
    blocks = [_section(said)]
    if buttons:
        blocks.append({"type": "actions", "elements": list(buttons)})
    return {"type": "home", "blocks": blocks}


def hand_back_form(reference: str) -> Block:
    """Asks for the note without which nothing is handed back."""
    return _form(
        "hand_back", f"Hand back {reference}", reference,
        [_input("note", "What did you say and agree? The assistant goes on from there.")],
    )  # fmt: skip


def offer_form(reference: str, options: Sequence[Option]) -> Block:
    """Asks which of the remedies that policy gives is offered; beyond it is for the desk."""
    remedies = {
        option.kind: f"{option.label.capitalize()}{f': {option.amount}' if option.amount else ''}"
        for option in options
    }
    return _form(
        "offer", f"Offer in {reference}", reference,
        [_choice("remedy", "What policy gives here; anything beyond is offered at the desk", remedies)],
    )  # fmt: skip


def close_form(reference: str) -> Block:
    """Asks what came of it and why it happened."""
    outcomes = {outcome: outcome.replace("_", " ").capitalize() for outcome in OUTCOMES}
    return _form(
        "close", f"Close {reference}", reference,
        [
            _choice("outcome", "Outcome", outcomes),
            _input("reason", "Reason"),
            _input("root_cause", "Root cause", lines=False),
        ],
    )  # fmt: skip


def _form(name: str, title: str, reference: str, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": name,
        "title": _plain(title, 24),
        "submit": _plain("Do it"),
        "close": _plain("Not now"),
        "private_metadata": reference,
        "blocks": blocks,
    }


def _input(name: str, label: str, lines: bool = True) -> Block:
    element = {"type": "plain_text_input", "action_id": name, "multiline": lines}
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element}


def _choice(name: str, label: str, options: dict[str, str]) -> Block:
    shown = [
        {"text": _plain(title, LONGEST_BUTTON), "value": value} for value, title in options.items()
    ]
    element = {"type": "radio_buttons", "action_id": name, "options": shown[:10]}
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element}


def _with_buttons(message: Message) -> list[Block]:
    titles = [button["title"] for button in message.buttons]
    # A button that is cut short would hide by when, or what it costs.
    in_full = [f"• {title}" for title in titles if len(title) > LONGEST_BUTTON]
    text = "\n".join([message.text, *in_full])
    parts = [text[at : at + LONGEST_SECTION] for at in range(0, len(text), LONGEST_SECTION)]
    blocks = [_section(part) for part in parts or ["…"]]
    if message.buttons:
        pressed = [
            button(f"choose:{number}", offered["title"], offered["payload"])
            for number, offered in enumerate(message.buttons[:25])
        ]
        blocks.append({"type": "actions", "elements": pressed})
    return blocks


def _state(state: str, due: str | None) -> str:
    return f"{state} · answer due {due}" if due else state


def _row(name: str, said: str = "") -> Block:
    """The name in bold, and what was said letter by letter: marks in it are no marks of ours."""
    parts: list[Block] = [{"type": "text", "text": _cut(name), "style": {"bold": True}}]
    if said:
        parts.append({"type": "text", "text": _cut(f"\n{said}")})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def _section(text: str) -> Block:
    return {"type": "section", "text": _plain(text, LONGEST_SECTION)}


def _plain(text: str, most: int = LONGEST_SECTION) -> Block:
    return {"type": "plain_text", "text": _cut(text, most), "emoji": False}


def _cut(text: str, most: int = LONGEST_SECTION) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
