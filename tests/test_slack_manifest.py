"""The Slack app is made from docs/slack-manifest.yml: what our code asks for must be granted there."""

import re
from pathlib import Path

import pytest
import yaml

from channels.slack_presence import COMMAND

ROOT = Path(__file__).parent.parent
MANIFEST = yaml.safe_load((ROOT / "docs/slack-manifest.yml").read_text("utf-8"))
CODE = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "channels").glob("slack*.py")))
# What Slack's documentation demands for each method; None where a bot's token is enough.
SCOPES = {
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "users.getPresence": {"users:read"},
    "users.info": {"users:read"},
    "views.open": None,
    "views.publish": None,
}
METHODS = sorted(set(re.findall(r'"((?:chat|conversations|users|views)\.\w+)"', CODE)))


@pytest.mark.parametrize("method", METHODS)
def test_each_method_we_ask_is_granted(method):
    granted = MANIFEST["oauth_config"]["scopes"]["bot"]

    assert (SCOPES[method] or set()) <= set(granted)


def test_methods_are_found_in_the_code():
    assert set(METHODS) == set(SCOPES)


def test_each_event_we_listen_to_is_sent():
    sent = {
        event.split(".")[0] for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    }

    assert set(re.findall(r'bolt\.event\("(\w+)"\)', CODE)) == sent


def test_the_command_and_the_home_are_there():
    features = MANIFEST["features"]

    assert [each["command"] for each in features["slash_commands"]] == [COMMAND]
    assert features["app_home"]["home_tab_enabled"]
    assert "commands" in MANIFEST["oauth_config"]["scopes"]["bot"]


def test_everything_comes_to_one_address():
    settings = MANIFEST["settings"]
    addresses = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        *(each["url"] for each in MANIFEST["features"]["slash_commands"]),
    }

    assert addresses == {"https://amends.example.com/slack/events"}
