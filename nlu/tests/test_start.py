"""Rasa as we start it: what it is spared, and what it does all the same."""

import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).parents[1]
# In a process of its own: what is changed in libraries would stay changed for other tests.
STARTED = "from room.__main__ import spare_each_turn_what_is_needed_once as spare; spare()\n"


def started(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", STARTED + code],
        cwd=ROOM, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_answer_of_an_action_that_is_no_answer_is_still_refused():
    said = started(
        "from jsonschema import ValidationError\n"
        "from rasa.core.actions.action import RemoteAction\n"
        "action = RemoteAction('action_greet', None)\n"
        "assert action._validate_action_result({'events': [], 'responses': [{'text': 'Hi'}]})\n"
        "try:\n"
        "    action._validate_action_result({'responses': 'Hi'})\n"
        "except ValidationError:\n"
        "    print('refused')\n"
    )

    assert said == "refused"


def test_trackers_are_kept_in_a_file_with_a_log_written_ahead(tmp_path):
    said = started(
        "import asyncio\n"
        "from rasa.core.tracker_store import SQLTrackerStore\n"
        "from rasa.shared.core.domain import Domain\n"
        "from rasa.shared.core.events import SlotSet, UserUttered\n"
        "from rasa.shared.core.trackers import DialogueStateTracker\n"
        f"url = 'sqlite:///{tmp_path}/tracker.db'\n"
        "async def story():\n"
        "    store = SQLTrackerStore(Domain.empty(), url=url)\n"
        "    ada = [UserUttered('it broke'), SlotSet('name', 'Ada')]\n"
        "    await store.save(DialogueStateTracker.from_events('ada', ada))\n"
        "    kept = await SQLTrackerStore(Domain.empty(), url=url).retrieve('ada')\n"
        "    print([type(event).__name__ for event in kept.events])\n"
        "    with store.session_scope() as session:\n"
        "        print(session.execute('PRAGMA journal_mode').scalar())\n"
        "asyncio.run(story())\n"
    )

    assert said.splitlines() == ["['UserUttered', 'SlotSet']", "wal"]
