"""The house keeps its arrows: doors point to the core, and nothing points out of it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("complaints", "actions", "channels", "desk", "nlu")
# What each part of the house may import of the house; of the outside, see below.
MAY_IMPORT = {
    "complaints": {"complaints"},
    "actions": {"actions", "complaints"},
    "channels": {"channels", "complaints"},
    "desk": {"desk", "complaints"},
    "nlu": {"nlu"},
}
# The core knows neither Rasa nor HTTP nor Slack. (`requests` asks the shop; it serves nobody.)
NOT_IN_THE_CORE = {
    "rasa", "rasa_sdk", "fastapi", "starlette", "uvicorn", "sse_starlette", "slack_bolt",
    "slack_sdk", "slack", "httpx", "jinja2",
}  # fmt: skip
SAYS_NOTHING = ("util", "utils", "helper", "helpers", "manager", "managers", "common", "misc")
MOST_LINES = 300


def modules(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not {".venv", "__pycache__", "node_modules"} & set(path.parts)
    ]


def imported(path: Path) -> set[str]:
    """The top-level packages a module imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return {name.split(".")[0] for name in names}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_each_part_imports_only_what_it_stands_on(folder):
    strangers = {
        named(path): astray
        for path in modules(folder)
        if (astray := imported(path) & set(OURS) - MAY_IMPORT[folder])
    }

    assert not strangers


def test_the_core_knows_neither_rasa_nor_http_nor_slack():
    astray = {
        named(p): found for p in modules("complaints") if (found := imported(p) & NOT_IN_THE_CORE)
    }

    assert not astray


def test_actions_know_only_rasas_kit():
    astray = {
        named(p): found
        for p in modules("actions")
        if (found := imported(p) & (NOT_IN_THE_CORE - {"rasa_sdk"}))
    }

    assert not astray


def test_no_module_has_a_name_that_says_nothing():
    unsaid = [
        named(path)
        for path in modules(*OURS, "tests")
        if set(path.stem.split("_")) & set(SAYS_NOTHING)
    ]

    assert not unsaid


def test_no_module_hides_something_in_its_length():
    too_long = {
        named(path): lines
        for path in modules(*OURS)
        if "migrations" not in path.parts
        and (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }

    assert not too_long
