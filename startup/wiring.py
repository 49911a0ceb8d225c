"""Whether domain.yml, data/ and actions/ name the same things; Rasa itself trains on typos.

Rasa 3.6 takes a domain whose `responses` are spelled `respones`, or a rule with an action
that does not exist, without a word. The customer would find out.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path

import yaml

from startup import CannotStart

DOMAIN_KEYS = {"version", "intents", "entities", "slots", "forms", "actions", "responses",
               "session_config", "e2e_actions"}  # fmt: skip
DATA_KEYS = {"version", "nlu", "rules", "stories"}
RASAS_OWN_ACTIONS = {"action_listen", "action_restart", "action_session_start",
                     "action_default_fallback", "action_back", "..."}  # fmt: skip
RASAS_OWN_INTENTS = {"nlu_fallback", "restart", "back", "session_start"}


def check_wiring(root: Path, actions_there_are: Callable[[], set[str]]) -> None:
    """Raises CannotStart with one sentence for each fault, each with file and line."""
    faults = list(_faults(root, actions_there_are))
    if faults:
        raise CannotStart("\n".join(faults))


def actions_of_the_house() -> set[str]:
    """What the action server can do."""
    from rasa_sdk.executor import ActionExecutor  # half a second that most starts do not need

    executor = ActionExecutor()
    executor.register_package("actions")
    return set(executor.actions)


def _faults(root: Path, actions_there_are: Callable[[], set[str]]) -> Iterator[str]:
    read = {}
    for file in [root / "config.yml", root / "domain.yml", *sorted(root.glob("data/**/*.yml"))]:
        name = str(file.relative_to(root))
        try:
            read[name] = yaml.compose(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as trouble:
            yield (
                f"{_place(name, trouble.problem_mark)}: this cannot be read as YAML "
                f"({trouble.problem}). Look there, and a line above, for an indent or a quote."
            )
    domain = read.pop("domain.yml", None)
    if domain is None:
        return  # said above; whatever the data names would now look unknown
    read.pop("config.yml", None)
    known = _Domain(domain)
    yield from known.faults(actions_there_are())
    for name, data in read.items():
        yield from _data_faults(name, data, known)


class _Domain:
    def __init__(self, node: yaml.Node) -> None:
        self._parts = list(_pairs(node))
        self.intents = _names(self._part("intents")) | RASAS_OWN_INTENTS
        self.responses = _names(self._part("responses"))
        self._actions = self._part("actions")
        forms = _names(self._part("forms"))
        self.actions = _names(self._actions) | self.responses | forms | RASAS_OWN_ACTIONS

    def faults(self, actions_there_are: set[str]) -> Iterator[str]:
        for key, _ in self._parts:
            yield from _unknown("domain.yml", key, DOMAIN_KEYS, "a part of a domain")
        yield from _twice("domain.yml", [key for key, _ in self._parts])
        yield from _twice("domain.yml", [name for name, _ in _pairs(self._part("responses"))])
        for name, variations in _pairs(self._part("responses")):
            if not _says_something(variations):
                yield (
                    f"{_place('domain.yml', name.start_mark)}: {name.value} has a variation "
                    "without words; write `- text: …` for each."
                )
        for action in self._actions.value if self._actions else []:
            yield from _unknown("domain.yml", action, actions_there_are, "in actions/")

    def _part(self, wanted: str) -> yaml.Node | None:
        return next((value for key, value in self._parts if key.value == wanted), None)


def _data_faults(name: str, data: yaml.Node | None, known: _Domain) -> Iterator[str]:
    for key, value in _pairs(data):
        yield from _unknown(name, key, DATA_KEYS, "a part of training data")
        for entry in value.value if isinstance(value, yaml.SequenceNode) else []:
            for step in _steps(entry):
                for kind, said in _pairs(step):
                    if kind.value == "intent":
                        intent = str(said.value).split("/")[0]
                        yield from _unknown(name, said, known.intents, "in domain.yml", intent)
                    elif kind.value == "action":
                        yield from _unknown(name, said, known.actions, "in domain.yml")


def _steps(entry: yaml.Node) -> Iterator[yaml.Node]:
    """The entry itself (an intent with its examples), and every step of a rule, `or` too."""
    yield entry
    for key, value in _pairs(entry):
        if key.value in ("steps", "or") and isinstance(value, yaml.SequenceNode):
            for step in value.value:
                yield from _steps(step)


def _unknown(
    file: str, node: yaml.Node, known: set[str], where: str, name: str | None = None
) -> Iterator[str]:
    name = name or str(node.value)
    if name in known:
        return
    near = get_close_matches(name, known, n=1)
    meant = f"; did you mean {near[0]}?" if near else "."
    yield f"{_place(file, node.start_mark)}: {name} is not {where}{meant}"


def _twice(file: str, keys: list[yaml.Node]) -> Iterator[str]:
    seen: dict[str, yaml.Node] = {}
    for key in keys:
        if key.value in seen:
            first = seen[key.value].start_mark.line + 1
            yield (
                f"{_place(file, key.start_mark)}: {key.value} stands here a second time "
                f"(first in line {first}); only one of them would count."
            )
        seen.setdefault(key.value, key)


def _says_something(variations: yaml.Node) -> bool:
    said = variations.value if isinstance(variations, yaml.SequenceNode) else []
    return bool(said) and all(
        any(key.value in ("text", "custom") and value.value for key, value in _pairs(variation))
        for variation in said
    )


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _names(node: yaml.Node | None) -> set[str]:
    """The names in a list, whose entries may be mappings, or the keys of a mapping."""
    if isinstance(node, yaml.MappingNode):
        return {key.value for key, _ in node.value}
    entries = node.value if isinstance(node, yaml.SequenceNode) else []
    return {
        entry.value if isinstance(entry, yaml.ScalarNode) else entry.value[0][0].value
        for entry in entries
    }


def _place(file: str, mark: yaml.Mark | None) -> str:
    return f"{file}, line {mark.line + 1}" if mark else file
