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


def test_the_parts_are_run_in_the_order_they_need_each_other():
    said = started(
        "import dask\n"
        "parts = {'answer': (sum, ['heard', 'known']), 'heard': (int, '2'), 'known': (int, '3')}\n"
        "print(dask.get(parts, ['answer', 'heard']))\n"
    )

    assert said == "(5, 2)"


def test_actions_are_called_on_a_connection_that_is_kept():
    said = started(
        "import asyncio\n"
        "from aiohttp import web\n"
        "from rasa.utils.endpoints import EndpointConfig\n"
        "async def story():\n"
        "    callers = []\n"
        "    async def answer(request):\n"
        "        callers.append(request.transport.get_extra_info('peername'))\n"
        "        return web.json_response({'events': []})\n"
        "    app = web.Application()\n"
        "    app.router.add_post('/webhook', answer)\n"
        "    runner = web.AppRunner(app)\n"
        "    await runner.setup()\n"
        "    site = web.TCPSite(runner, '127.0.0.1', 0)\n"
        "    await site.start()\n"
        "    port = site._server.sockets[0].getsockname()[1]\n"
        "    actions = EndpointConfig(url=f'http://127.0.0.1:{port}/webhook')\n"
        "    for _ in range(3):\n"
        "        assert await actions.request(json={}) == {'events': []}\n"
        "    print(len(callers), len(set(callers)))\n"
        "    await actions.kept_connections.close()\n"
        "    await runner.cleanup()\n"
        "asyncio.run(story())\n"
    )

    assert said == "3 1"
