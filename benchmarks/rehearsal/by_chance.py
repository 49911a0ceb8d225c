"""Customers made by chance: a persona's facts in new words and orders, told now or only later."""

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.rehearsal.persona import A_STORY, Line, Persona

BY_CHANCE = 24  # customers, unless told otherwise
_OFTEN, _SELDOM = 0.5, 0.15
_WITHOUT_A_NUMBER = 0.2


def customers_by_chance(personas: Sequence[Persona], seed: int, count: int) -> list[Persona]:
    """So many customers, the same for the same seed. Only personas with `retold` take part."""
    chance = random.Random(seed)
    cast = [persona for persona in personas if persona.retold]
    return [_made(chance.choice(cast), number, chance) for number in range(1, count + 1)]


def _made(persona: Persona, number: int, chance: random.Random) -> Persona:
    """This persona's complaint as somebody else would tell it."""
    story = chance.choice(persona.retold)
    wish = Line(chance.choice(_phrasings()["wish"][persona.chooses[0]]))
    has_number = persona.order is not None and chance.random() > _WITHOUT_A_NUMBER
    told, gives = [story], set(A_STORY)
    if has_number and chance.random() < _OFTEN:
        told.append(_some("order_number", chance))
        if chance.random() < _OFTEN:
            told.append(_some("proof", chance))
    if chance.random() < _OFTEN:
        told.append(wish.says)
        gives.add("wish")
    chance.shuffle(told)
    hello = _some("hello", chance)
    opener = " ".join(filter(None, [hello, *map(_ended, told)]))
    if chance.random() < _SELDOM:
        opener = opener.lower()
    answers = dict(persona.answers) | {
        "proof": _answer("proof", chance),
        "email_and_postcode": _answer("email_and_postcode", chance),
        "confirmation": _answer("confirmation", chance),
        "order_number": _answer("order_number" if has_number else "no_order_number", chance),
        "wish": _later(replace(wish, gives=frozenset(["wish"])), chance),
        "choice": (Line(presses=" | ".join(persona.chooses), gives=frozenset(["choice"])),),
    }
    return replace(
        persona,
        name=f"{number}, after {persona.name}",
        voice="made by chance",
        opens=(Line(opener, gives=frozenset(gives)),),
        answers=answers,
        afterwards=(),
        comes_back=(),
        everything=False,
    )


def _answer(fact: str, chance: random.Random) -> tuple[Line, ...]:
    question = "order_number" if fact == "no_order_number" else fact
    return _later(Line(_some(fact, chance), gives=frozenset([question])), chance)


def _later(line: Line, chance: random.Random) -> tuple[Line, ...]:
    """The answer, now and then only after something said in between."""
    if chance.random() < _SELDOM:
        return (Line(_some("aside", chance)), line)
    return (line,)


def _some(fact: str, chance: random.Random) -> str:
    return chance.choice(_phrasings()[fact])


def _ended(sentence: str) -> str:
    return sentence if sentence[-1] in ".!?" else f"{sentence}."


@lru_cache
def _phrasings() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("phrasings.yml").read_text("utf-8"))
