"""Personas: customers written by hand, who know some facts, want something, and have a temper.

One file per category under benchmarks/personas/; each says in its header what belongs there.
What a persona says may hold {order}, {postcode}, {email}, {phone} and {name}, which are those of
their order in the demo shop, and {reference}, once they have been told it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from complaints.case import CaseStatus
from complaints.demo_shop import DemoShop
from complaints.handoff import HandoffReason
from complaints.orders import Order
from complaints.policy import Policy
from complaints.question import Question

PERSONAS = Path(__file__).resolve().parents[1] / "personas"

# What one can press instead of writing, beside an offer's kind.
PERSON, NO_PHOTO = "a person", "no photo"
# What an opener that tells what happened gives away; a number or an address is found by itself.
A_STORY = frozenset(["story", "category"])
ENDS = frozenset(["resolved", "handed_over", "told", "answered", "left_open"])
_KEYS = frozenset(
    """
    name voice order opens gives everything wants answers chooses afterwards comes_back ends retold
    """.split()
)
# What anybody says who has it at hand and no reason not to.
_PATIENT: dict[str, tuple[str, ...]] = {
    Question.ORDER_NUMBER: ("{order}",),
    Question.EMAIL_AND_POSTCODE: ("{email} and {postcode}",),
    Question.PROOF: ("{postcode}",),
    Question.EMAIL: ("{email}",),
    Question.PHONE: ("{phone}",),
    Question.CONFIRMATION: ("yes",),
}


class BadPersona(ValueError):
    """A persona that cannot be played: says which, what was found and what is expected."""


@dataclass(frozen=True)
class Line:
    """One thing a persona does: writes it, presses an offer or a button, or shows a photo.

    `gives` are the questions it answers for good; asked again, the house was not listening.
    """

    says: str = ""
    presses: str = ""
    photo: bool = False
    gives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Persona:
    """Somebody who complains, and how it should end.

    `answers` holds, for each question, what they say the first, second, … time it is open;
    only the last of these gives it for good, unless a line says so itself.
    """

    name: str
    category: str
    voice: str
    order: Order | None
    opens: tuple[Line, ...]
    answers: Mapping[str, tuple[Line, ...]]
    ends: Mapping[str, tuple[frozenset[str], ...]]
    everything: bool = False  # opens with all there is, but proof that the order is theirs
    afterwards: tuple[Line, ...] = ()  # said once it is settled, or a person was called
    comes_back: tuple[Line, ...] = ()  # said days later in another browser
    retold: tuple[str, ...] = ()  # what happened, in other words, for customers made by chance
    chooses: tuple[str, ...] = field(default=())

    def line(self, question: str, time: int) -> Line | None:
        """What they do when this question is open for the time-th time, from 0."""
        lines = self.answers.get(question, ())
        return lines[min(time, len(lines) - 1)] if lines else None

    @property
    def facts(self) -> dict[str, str]:
        if self.order is None:
            return {}
        order = self.order
        return {
            "order": order.number,
            "postcode": order.postcode,
            "email": order.email,
            "phone": order.phone,
            "name": order.customer_name,
        }

    @property
    def customer(self) -> str:
        """Whoever shares this must not be played at the same time: they are one customer."""
        return self.order.customer_id if self.order else self.name


def read_personas(shop: DemoShop, policy: Policy, folder: Path = PERSONAS) -> list[Persona]:
    """Every persona, file by file. Raises BadPersona for one that could not be played."""
    found = []
    for file in sorted(folder.glob("*.yml")):
        for written in yaml.safe_load(file.read_text("utf-8")):
            try:
                found.append(_persona(written, file.stem, shop, policy))
            except BadPersona as bad:
                name = written.get("name", "a persona without a name")
                raise BadPersona(f"{file.name}, {name}: {bad}") from None
    names = [persona.name for persona in found]
    for name in names:
        if names.count(name) > 1:
            raise BadPersona(f"two personas are called {name!r}; each needs its own name.")
    return found


def _persona(written: dict[str, Any], category: str, shop: DemoShop, policy: Policy) -> Persona:
    if unknown := set(written) - _KEYS:
        raise BadPersona(f"nobody reads {sorted(unknown)}; a persona has {sorted(_KEYS)}.")
    order = shop.find(written["order"]) if "order" in written else None
    if "order" in written and order is None:
        raise BadPersona(f"the demo shop has no order {written['order']}.")
    answers = dict(written.get("answers", {}))
    if "wants" in written:
        answers.setdefault(Question.WISH, written["wants"])
    if unknown := set(answers) - set(Question):
        raise BadPersona(f"{sorted(unknown)} are no questions; the house asks {list(Question)}.")
    gives = frozenset(written["gives"]) if "gives" in written else A_STORY
    opens = [_line(each) for each in _listed(written["opens"])]
    opens[-1] = Line(opens[-1].says, opens[-1].presses, opens[-1].photo, opens[-1].gives | gives)
    chooses = tuple(_either(written["chooses"])) if "chooses" in written else ()
    return Persona(
        name=written["name"],
        category=category,
        voice=written["voice"],
        order=order,
        opens=tuple(opens),
        answers=_answers(answers, category, chooses),
        ends=_ends(written["ends"], policy),
        everything=written.get("everything", False),
        afterwards=tuple(map(_line, _listed(written.get("afterwards", [])))),
        comes_back=tuple(map(_line, _listed(written.get("comes_back", [])))),
        retold=tuple(written.get("retold", ())),
        chooses=chooses,
    )


def _answers(
    written: dict[str, Any], category: str, chooses: tuple[str, ...]
) -> dict[str, tuple[Line, ...]]:
    found = {}
    for question in Question:
        lines = [_line(each) for each in _listed(written.get(question, _PATIENT.get(question, ())))]
        if not lines and question is Question.CATEGORY:
            lines = [Line(presses=category)]
        if not lines and question is Question.PHOTO:
            lines = [Line(presses=NO_PHOTO)]
        if question is Question.CHOICE and chooses:
            lines.append(Line(presses=" | ".join(chooses)))
        said = _listed(written.get(question, ""))[-1]
        if lines and not (isinstance(said, dict) and "gives" in said):
            last = lines[-1]
            lines[-1] = Line(last.says, last.presses, last.photo, last.gives | {question})
        if lines:
            found[str(question)] = tuple(lines)
    return found


def _line(written: str | dict[str, Any]) -> Line:
    if isinstance(written, str):
        return Line(says=written)
    if unknown := set(written) - {"says", "presses", "photo", "gives"}:
        raise BadPersona(f"nobody reads {sorted(unknown)} of a line.")
    return Line(**{**written, "gives": frozenset(_listed(written.get("gives", [])))})


def _ends(written: dict[str, Any], policy: Policy) -> dict[str, tuple[frozenset[str], ...]]:
    if not written or (unknown := set(written) - ENDS):
        raise BadPersona(f"ends with {sorted(unknown)}, expected some of {sorted(ENDS)}.")
    ends = {
        name: tuple(frozenset(_either(each)) for each in _listed(value))
        for name, value in written.items()
    }
    allowed = {
        "resolved": set(policy.remedies),
        "handed_over": set(HandoffReason),
        "left_open": set(CaseStatus),
    }
    for name, known in allowed.items():
        for wrong in frozenset().union(*ends.get(name, ())) - known:
            raise BadPersona(f"{name} {wrong!r}, expected one of {sorted(known)}.")
    return ends


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _either(value: str) -> list[str]:
    """ "replacement | full_refund": one is as right as the other."""
    return [each.strip() for each in str(value).split("|")]
