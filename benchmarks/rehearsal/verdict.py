"""The verdict: how a conversation ended, and whether its persona's script calls that right."""

from dataclasses import dataclass, field
from functools import cached_property

from benchmarks.rehearsal.judges import breaches, first_useful_offer, questions_asked
from benchmarks.rehearsal.persona import Persona
from benchmarks.rehearsal.record import Record
from tests.reading_aloud import says

RESOLVED, HANDED_OVER, OPEN, ANSWERED = "resolved", "handed over", "left open", "answered"


@dataclass
class Verdict:
    """One conversation judged. `persona` is None for a replay, whose end nobody scripted."""

    record: Record
    persona: Persona | None = None
    only: frozenset[str] | None = None  # the judges that count here; all of them if None
    _breaches: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def end(self) -> str:
        """What the customer was left with."""
        last = self.record.last
        if last.handed_over:
            return HANDED_OVER
        if last.resolved:
            return RESOLVED
        return OPEN if last.statuses else ANSWERED

    @cached_property
    def wrong_ends(self) -> list[str]:
        """What the script expected and did not find; empty when it ended as it should."""
        if self.persona is None:
            return []
        return list(_wrong_ends(self.record, self.persona, self.end))

    @cached_property
    def breaches(self) -> dict[str, list[str]]:
        found = breaches(self.record)
        return found if self.only is None else {n: found[n] for n in found if n in self.only}

    @property
    def failed(self) -> bool:
        return bool(self.wrong_ends or self.record.trouble or any(self.breaches.values()))

    @property
    def is_needless(self) -> bool:
        """Whether a person was called though the script says it could be settled without."""
        script = self.persona.ends if self.persona else {}
        return self.end == HANDED_OVER and bool(script) and "handed_over" not in script

    @property
    def questions(self) -> int:
        return questions_asked(self.record)

    @property
    def to_offer(self) -> tuple[int, float] | None:
        return first_useful_offer(self.record)


def _wrong_ends(record: Record, persona: Persona, end: str):
    last, script = record.last, persona.ends
    read = "\n".join(turn.text for turn in record.turns)
    for name in script.get("answered", ()):
        if not any(says(response, read) for response in name):
            yield f"never says {_either(name)}"
        if last.statuses:
            yield "a case was opened though nothing went wrong"
    for name in script.get("told", ()):
        if not any(says(response, read) for response in name):
            yield f"never says {_either(name)}"
    wanted = script.get("handed_over", ())
    for reasons in wanted:
        if not set(last.handed_over) & reasons:
            yield f"handed over for {_either(reasons)} expected, {_had(last.handed_over)}"
    if last.handed_over and not wanted:
        yield f"handed over needlessly ({', '.join(last.handed_over)})"
    resolved = script.get("resolved", ())
    if len(resolved) != len(last.resolved) or not all(
        kind in kinds for kind, kinds in zip(last.resolved, resolved, strict=False)
    ):
        yield f"resolved by {[_either(kinds) for kinds in resolved]} expected, {_had(last.resolved)}"
    if "left_open" in script and end != OPEN:
        yield f"an open case expected, it was {end}"
    if not resolved and not wanted and end == OPEN and "left_open" not in script:
        yield "left open"


def _either(names: frozenset[str]) -> str:
    return " or ".join(sorted(names))


def _had(names: tuple[str, ...]) -> str:
    return f"it was {', '.join(names)}" if names else "it was not"
