"""Every sentence the front door says by itself, read from `domain.yml` like all the others."""

import random
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

import yaml

from complaints.errors import AmendsError

_VARIABLE = re.compile(r"{(\w+)}")


class MissingWords(AmendsError):
    """domain.yml has no such response, or a response needs a variable that nobody gave."""


class Words:
    """The responses of `domain.yml`, for those who speak without asking Rasa."""

    def __init__(self, responses: Mapping[str, list[dict[str, Any]]]) -> None:
        self._responses = responses

    @classmethod
    def load(cls, path: str | Path) -> Self:
        return cls(yaml.safe_load(Path(path).read_text("utf-8")).get("responses") or {})

    def say(self, name: str, **variables: object) -> str:
        """One of the response's variations, filled. Raises MissingWords, never says a brace."""
        text = random.choice(self._variations(name))

        def fill(found: re.Match[str]) -> str:
            if found[1] not in variables:
                raise MissingWords(
                    f"domain.yml, {name}: needs {{{found[1]}}}, but it is said with "
                    f"{', '.join(variables) or 'no variables'}; take it out or say it elsewhere."
                )
            return str(variables[found[1]])

        return _VARIABLE.sub(fill, text)

    def require(self, names: Iterable[str]) -> None:
        """Raises MissingWords at the start, rather than when a customer waits for a word."""
        for name in names:
            self._variations(name)

    def _variations(self, name: str) -> list[str]:
        # A variation with a condition hangs on a slot, which nobody outside Rasa can see.
        said = [v for v in self._responses.get(name, []) if v.get("text") and "condition" not in v]
        if not said:
            raise MissingWords(f"domain.yml: expected a response named {name}; add it there.")
        return [variation["text"].strip() for variation in said]
