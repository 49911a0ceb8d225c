"""From a fresh copy to a running house: what stops a start is said in a sentence."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from complaints.settings import Settings
from startup import ROOT, CannotStart
from startup.environments import find_python, find_uv
from startup.parts import Part, check_ports, environment, parts_of_the_house
from startup.progress import last_lines
from startup.supervisor import Supervisor
from startup.training import LEARNS_FROM, fingerprint
from startup.wiring import actions_of_the_house, check_wiring
from tests.stack import Stack


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path / "var")


def start(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """What `make` calls, once the environments stand."""
    return subprocess.run(
        [sys.executable, "-m", "startup", *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=120,
    )


# What stops a start


def test_a_policy_that_cannot_be_kept_stops_the_start_with_its_line(tmp_path: Path) -> None:
    policy = tmp_path / "policy.yml"
    policy.write_text((ROOT / "policy.yml").read_text().replace("goodwill:", "goodwil:", 1))

    started = start("run", **_elsewhere(tmp_path), AMENDS_POLICY_FILE=str(policy))

    assert started.returncode == 1
    assert "policy.yml, line" in started.stderr
    assert "Traceback" not in started.stderr


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as other_program:
        other_program.bind(("127.0.0.1", 0))
        other_program.listen()
        taken = other_program.getsockname()[1]
        # The front door's port is free, whatever runs on this machine.
        settings = Settings(var=tmp_path, rasa_port=taken, front_port=_free_port())

        with pytest.raises(CannotStart) as refused:
            check_ports(parts_of_the_house(settings), settings)

    assert f"Port {taken}, which rasa needs, is used by another program" in str(refused.value)
    assert f"AMENDS_RASA_PORT={taken + 1} make run" in str(refused.value)


def test_a_house_that_runs_already_is_pointed_at(stack: Stack) -> None:
    with pytest.raises(CannotStart, match=f"already running: {stack.url}"):
        check_ports(parts_of_the_house(stack.settings), stack.settings)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "sentence"),
    [
        ("domain.yml", "intents:", "intents: [", "domain.yml, line 2: this cannot be read as YAML"),
        ("domain.yml", "responses:", "respones:",
         "domain.yml, line 6: respones is not a part of a domain; did you mean responses?"),
        ("domain.yml", "- text: Hello", "- txt: Hello",
         "domain.yml, line 7: utter_greet has a variation without words"),
        ("domain.yml", "utter_bye:", "utter_greet:",
         "domain.yml, line 9: utter_greet stands here a second time (first in line 7)"),
        ("domain.yml", "- action_greet", "- action_great",
         "domain.yml, line 4: action_great is not in actions/; did you mean action_greet?"),
        ("data/intake.yml", "action: action_greet", "action: action_gret",
         "data/intake.yml, line 9: action_gret is not in domain.yml; did you mean action_greet?"),
        ("data/intake.yml", "- intent: greet\n  ex", "- intent: great\n  ex",
         "data/intake.yml, line 2: great is not in domain.yml; did you mean greet?"),
        ("data/intake.yml", "rules:", "ruls:",
         "data/intake.yml, line 5: ruls is not a part of training data; did you mean rules?"),
    ],
)  # fmt: skip
def test_names_that_do_not_fit_together_are_refused_with_their_line(
    tmp_path: Path, file: str, right: str, wrong: str, sentence: str
) -> None:
    _small_assistant(tmp_path)
    broken = (tmp_path / file).read_text().replace(right, wrong, 1)
    assert broken != (tmp_path / file).read_text()
    (tmp_path / file).write_text(broken)

    with pytest.raises(CannotStart) as refused:
        check_wiring(tmp_path, lambda: {"action_greet"})

    assert sentence in str(refused.value)


def test_a_small_assistant_whose_names_fit_is_accepted(tmp_path: Path) -> None:
    _small_assistant(tmp_path)

    check_wiring(tmp_path, lambda: {"action_greet"})


def test_our_own_names_fit_together() -> None:
    check_wiring(ROOT, actions_of_the_house)


def test_without_python_3_10_the_person_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    uv = _program(tmp_path / "uv", "echo 'no download available' >&2; exit 1")

    with pytest.raises(CannotStart, match=r"Python 3\.10 .* could not be fetched.\n*.*pyenv"):
        find_python(str(uv), "3.10", tmp_path)


def test_a_python_3_10_that_pyenv_hides_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    hidden = _program(tmp_path / "versions/3.10.13/bin/python", "exit 0")
    uv = _program(tmp_path / "uv", "exit 1")

    assert find_python(str(uv), "3.10", tmp_path) == str(hidden)


def test_a_uv_too_old_for_our_locks_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "bin/uv", "echo 'uv 0.1.5'")
    private = tmp_path / ".uv/bin/uv"
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setattr(
        "startup.environments.run_showing", lambda *_: _program(private, "echo 'uv 9.0.0'")
    )

    assert find_uv(tmp_path) == str(private)


def test_a_setting_that_makes_no_sense_is_named_as_the_variable_it_is(tmp_path: Path) -> None:
    started = start("run", **{**_elsewhere(tmp_path), "AMENDS_FRONT_PORT": "eighty"})

    assert started.returncode == 1
    assert "AMENDS_FRONT_PORT" in started.stderr and "'eighty'" in started.stderr
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize(
    ("told", "given", "lacks"),
    [
        ("slack", {}, "AMENDS_SLACK_BOT_TOKEN and AMENDS_SLACK_SIGNING_SECRET and"),
        (
            "slack email",
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "signs"},
            "without AMENDS_SLACK_CHANNEL; set that as docs/slack.md says",
        ),
        (
            "webhook",
            {},
            "AMENDS_WEBHOOK_URL and AMENDS_WEBHOOK_SECRET; set that as docs/handoff.md",
        ),
        ("", {"WEBHOOK_URL": "https://desk.example/"}, "without AMENDS_WEBHOOK_SECRET"),
    ],
)
def test_nobody_is_to_be_told_of_handoffs_who_cannot_be_told(
    tmp_path: Path, told: str, given: dict[str, str], lacks: str
) -> None:
    said = {f"AMENDS_{name}": value for name, value in given.items()}
    environment = {**_elsewhere(tmp_path), **said, "AMENDS_TOLD_OF_HANDOFFS": told}

    started = start("policy", **environment)

    assert started.returncode == 1
    assert lacks in started.stderr
    assert "Traceback" not in started.stderr and "xoxb-1" not in started.stderr


def test_of_a_log_only_what_tells_something_is_shown(tmp_path: Path) -> None:
    log = tmp_path / "train.log"
    log.write_text(
        "a.py:3: DeprecationWarning: old\n2026-11-22 INFO rasa - Started\n"
        'Traceback (most recent call last):\n  File "x.py", line 3\n\nKeyError: no kettle\n'
    )

    assert last_lines(log) == "  KeyError: no kettle"


# What is learned


def test_a_new_sentence_in_data_asks_for_training(tmp_path: Path) -> None:
    _project(tmp_path)
    before = fingerprint(tmp_path)

    (tmp_path / "data/intake.yml").write_text("- my kettle leaks, badly")

    assert fingerprint(tmp_path) != before


def test_other_words_ask_for_no_training_unless_a_rule_says_them(tmp_path: Path) -> None:
    _project(tmp_path)
    _small_assistant(tmp_path)
    before = fingerprint(tmp_path)
    domain = tmp_path / "domain.yml"

    domain.write_text(domain.read_text().replace("Hello", "Good day"))
    assert fingerprint(tmp_path) == before

    domain.write_text(domain.read_text().replace("Goodbye", "Farewell"))
    assert fingerprint(tmp_path) != before


def test_a_new_intent_asks_for_training(tmp_path: Path) -> None:
    _project(tmp_path)
    _small_assistant(tmp_path)
    before = fingerprint(tmp_path)
    domain = tmp_path / "domain.yml"

    domain.write_text(domain.read_text().replace("  - greet", "  - greet\n  - thank"))

    assert fingerprint(tmp_path) != before


def test_a_new_policy_asks_for_no_training(tmp_path: Path) -> None:
    _project(tmp_path)
    before = fingerprint(tmp_path)

    (tmp_path / "policy.yml").write_text("goodwill: {per_case: 5.00}")
    (tmp_path / "nlu/room/__pycache__").mkdir(parents=True)
    (tmp_path / "nlu/room/__pycache__/details.pyc").write_text("compiled")

    assert fingerprint(tmp_path) == before


def test_everything_the_assistant_learns_from_is_there() -> None:
    assert [name for name in LEARNS_FROM if not (ROOT / name).exists()] == []


# Secrets


def test_secrets_are_made_once_and_are_nobody_elses(tmp_path: Path) -> None:
    first = Settings(var=tmp_path)
    second = Settings(var=tmp_path)

    assert first.session_secret == second.session_secret
    assert (
        len({first.session_secret, first.rasa_token, first.action_secret, first.host_secret}) == 4
    )
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o600
    assert first.session_secret not in repr(first)


def test_a_secret_from_the_environment_comes_before_the_kept_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMENDS_HOST_SECRET", "shared with the shop")

    assert Settings(var=tmp_path).host_secret == "shared with the shop"


# The parts


def test_every_part_finds_the_settings_in_force(settings: Settings) -> None:
    found = environment(settings)

    assert found["AMENDS_DATABASE_URL"] == settings.database_url
    assert found["AMENDS_SESSION_SECRET"] == settings.session_secret
    assert found["AMENDS_ACTIONS_URL"].endswith("@127.0.0.1:5055/webhook")


def test_a_part_that_dies_comes_back_alone(tmp_path: Path) -> None:
    said: list[str] = []
    parts = [Part("bell", "exec sleep 300"), Part("lamp", "exec sleep 300")]
    house = Supervisor(parts, dict(os.environ), tmp_path, said.append)
    house.start()
    bell, lamp = house.processes["bell"].pid, house.processes["lamp"].pid
    try:
        os.kill(bell, signal.SIGKILL)
        _until(lambda: house.revive() or house.processes["bell"].pid != bell)

        assert house.processes["bell"].is_alive()
        assert house.processes["lamp"].pid == lamp
        assert said == [f"bell ended by signal 9 and is started again; see {tmp_path}/bell.log."]
    finally:
        house.stop()


def test_a_part_that_cannot_live_is_tried_less_and_less_often(tmp_path: Path) -> None:
    said: list[str] = []
    house = Supervisor([Part("bell", "exit 3")], dict(os.environ), tmp_path, said.append)
    house.start()
    try:
        _until(lambda: house.revive() or len(said) == 2)
        for _ in range(20):
            house.revive()
    finally:
        house.stop()

    assert len(said) == 2  # at once, after a second, and now not before three


def test_a_part_that_never_starts_shows_the_end_of_its_log(tmp_path: Path) -> None:
    bell = Part("bell", "echo 'no clapper in the bell' >&2; exit 3")
    house = Supervisor([bell], dict(os.environ), tmp_path)
    house.start()
    _until(lambda: not house.processes["bell"].is_alive())

    with pytest.raises(CannotStart, match=r"bell ended with code 3(.|\n)*no clapper in the bell"):
        house.wait_until_ready()


def test_stopping_leaves_no_child_of_a_part_behind(tmp_path: Path) -> None:
    bell = Part("bell", "sleep 300 & echo $! > $PWD_OF_TEST/child; trap '' TERM; wait; wait")
    house = Supervisor([bell], {**os.environ, "PWD_OF_TEST": str(tmp_path)}, tmp_path)
    house.start()
    _until(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text().strip())

    house.processes["bell"].stop(signal.SIGKILL)

    child = int((tmp_path / "child").read_text())
    _until(lambda: not _is_running(child))


# The running house


def test_the_house_answers_at_its_one_address(stack: Stack) -> None:
    health = httpx.get(f"{stack.url}/health", trust_env=False)

    assert health.json() == {"front_door": "ok", "assistant": "ok", "database": "ok"}


def test_nobody_gives_orders_to_the_action_server_without_its_secret(stack: Stack) -> None:
    actions = f"http://127.0.0.1:{stack.settings.actions_port}"

    assert httpx.post(f"{actions}/webhook", json={}, trust_env=False).status_code == 401
    assert httpx.get(f"{actions}/actions", trust_env=False).status_code == 401


def test_nobody_reads_a_tracker_without_rasas_token(stack: Stack) -> None:
    tracker = f"{stack.settings.rasa_url}/conversations/anybody/tracker"

    assert httpx.get(tracker, trust_env=False).status_code == 401


def test_a_part_whose_plug_was_pulled_comes_back(stack: Stack) -> None:
    stack.kill("actions")
    actions = f"http://127.0.0.1:{stack.settings.actions_port}/health"
    with pytest.raises(httpx.ConnectError):
        httpx.get(actions, trust_env=False)

    stack.restart("actions")

    assert httpx.get(actions, trust_env=False).status_code == 200


def _elsewhere(directory: Path) -> dict[str, str]:
    """Settings under which nothing meets a house that runs on this machine."""
    return {
        "AMENDS_VAR": str(directory / "var"),
        "AMENDS_FRONT_PORT": "18971",
        "AMENDS_RASA_PORT": "18972",
        "AMENDS_ACTIONS_PORT": "18973",
    }


def _project(root: Path) -> None:
    (root / "data").mkdir()
    (root / "nlu/room").mkdir(parents=True)
    (root / "data/intake.yml").write_text("- my kettle leaks")
    for name in ("config.yml", "domain.yml", "policy.yml", "nlu/uv.lock", "nlu/room/details.py"):
        (root / name).write_text(name)


def _small_assistant(root: Path) -> None:
    (root / "data").mkdir(exist_ok=True)
    (root / "config.yml").write_text("recipe: default.v1\n")
    (root / "domain.yml").write_text(
        "intents:\n  - greet\nactions:\n  - action_greet\n\n"
        "responses:\n  utter_greet:\n  - text: Hello\n  utter_bye:\n  - text: Goodbye\n"
    )
    (root / "data/intake.yml").write_text(
        "nlu:\n- intent: greet\n  examples: |\n    - hello\n"
        "rules:\n- rule: greet\n  steps:\n  - or:\n    - action: action_greet\n"
        "    - intent: greet\n  - action: utter_bye\n"
    )


def _program(file: Path, script: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def _until(happened) -> None:  # type: ignore[no-untyped-def]
    give_up_at = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < give_up_at, "it never happened"
        time.sleep(0.05)


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _free_port() -> int:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        return int(nobody.getsockname()[1])


def test_every_part_starts_with_the_settings_that_are_in_force(tmp_path, monkeypatch):
    settings = Settings(
        var=tmp_path,
        allowed_origins=("https://shop.example",),
        told_of_handoffs=("slack", "email"),
        slack_bot_token="xoxb-1",
        slack_signing_secret="signs",
        slack_channel="C0123ABCD",
        slack_people={"U012AB": "ines", "U034CD": "omar"},
    )

    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)

    assert Settings() == settings
