"""Every sentence a customer reads, by its name in `domain.yml`.

Read from the file, not from Rasa's model: a word can be changed without training anything,
and a sentence whose {variable} is missing is never said.
"""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import yaml

from complaints.errors import AmendsError

_VARIABLE = re.compile(r"{(\w+)}")
_WORDS_ROUND = re.compile(r"{\w+}")


class MissingWords(AmendsError):
    """domain.yml has no such response, or a response needs a variable that nobody gave."""


class Words:
    """The responses of `domain.yml`."""

    def __init__(self, responses: Mapping[str, list[dict[str, Any]]]) -> None:
        self._responses = responses

    @classmethod
    def load(cls, path: str | Path) -> Self:
        return cls(yaml.safe_load(Path(path).read_text("utf-8")).get("responses") or {})

    def say(self, name: str, *, avoid: Sequence[str] = (), **variables: object) -> str:
        """One of the response's variations, filled. Raises MissingWords, never says a brace.

        A variation found in one of `avoid` (what was said lately, the newest last), whatever it
        was filled with, is passed over as long as there is another; else the one said longest
        ago is taken.
        """
        variations = self._variations(name)
        last_said = {text: _last_said(text, avoid) for text in variations}
        fresh = [text for text in variations if last_said[text] is None]
        chosen = random.choice(fresh) if fresh else min(variations, key=lambda t: last_said[t] or 0)
        return _filled(name, chosen, variables)

    def __contains__(self, name: str) -> bool:
        return name in self._responses

    def require(self, names: Iterable[str]) -> None:
        """Raises MissingWords at the start, rather than when a customer waits for a word."""
        for name in names:
            self._variations(name)

    def _variations(self, name: str) -> list[str]:
        said = [variation for variation in self._responses.get(name, []) if variation.get("text")]
        if not said:
            raise MissingWords(f"domain.yml: expected a response named {name}; add it there.")
        return [variation["text"].strip() for variation in said]


def _last_said(variation: str, lately: Sequence[str]) -> int | None:
    """The place in `lately` where this wording was used last; None when nowhere."""
    wording = ".+?".join(map(re.escape, _WORDS_ROUND.split(variation)))
    places = [place for place, said in enumerate(lately) if re.search(wording, said, re.DOTALL)]
    return places[-1] if places else None


def _filled(name: str, text: str, variables: Mapping[str, object]) -> str:
    def fill(found: re.Match[str]) -> str:
        if found[1] not in variables:
            raise MissingWords(
                f"domain.yml, {name}: needs {{{found[1]}}}, but it is said with "
                f"{', '.join(variables) or 'no variables'}; take it out or say it elsewhere."
            )
        return str(variables[found[1]])

    return _VARIABLE.sub(fill, text)
