"""The rows we measure with: ../shared/eval, and our own lines for danger.

They are read where they lie and never copied: what a training has seen measures nothing.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.ruler import ROOT
from benchmarks.ruler.pupil import Answer, Question

Row = dict[str, Any]
DANGER_LINES = ROOT / "nlu/tests/danger_lines.yml"
# The day the dated rows were written, as they say themselves; the others do not depend on it.
DAY_OF_THE_ROWS = "2022-03-15"


class NoRuler(Exception):
    """The rows are not where they were looked for; the message says where and what to do."""


@dataclass(frozen=True)
class Ruler:
    """Every row we measure understanding with. `text` is what is asked."""

    openers: list[Row]
    not_complaints: list[Row]
    categories: list[Row]
    details: list[Row]
    human_requests: list[Row]
    anger: list[Row]
    danger: list[Row]  # text, kind (or None)

    @classmethod
    def in_folder(cls, folder: Path) -> "Ruler":
        """Raises NoRuler when a file is missing."""
        danger = yaml.safe_load(DANGER_LINES.read_text(encoding="utf-8"))["lines"]
        names = [name for name in cls.__dataclass_fields__ if name != "danger"]
        return cls(**{name: _lines(folder / f"{name}.jsonl") for name in names}, danger=danger)

    def questions(self) -> list[Question]:
        """Each message once."""
        files = (getattr(self, name) for name in self.__dataclass_fields__)
        return list(dict.fromkeys(question(row) for rows in files for row in rows))


class Answers:
    """What one pipeline made of every message, found again by its row."""

    def __init__(self, questions: list[Question], answers: list[Answer]) -> None:
        self._by_question = dict(zip(questions, answers, strict=True))

    def to(self, row: Row) -> Answer:
        return self._by_question[question(row)]


def question(row: Row) -> Question:
    return row["text"], DAY_OF_THE_ROWS


def _lines(file: Path) -> list[Row]:
    if not file.is_file():
        raise NoRuler(f"{file} is not there. Name the folder with the measuring rows: --eval PATH")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
