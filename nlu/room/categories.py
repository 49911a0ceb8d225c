"""Which kinds of complaint a message tells of, and which of them leads."""

from collections import Counter
from collections.abc import Sequence

from room.fault import says_it_is_faulty
from room.intents import Guess

_TOLD_PLAINLY, _TOLD_BY_ITSELF, _TOLD_BY_THE_WHOLE = 0.5, 0.4, 0.25
_TREATED_BADLY, _FAULTY = "complain_poor_service", "complain_damaged_item"


def is_category(intent: str) -> bool:
    """Whether the intent says what kind of complaint it is."""
    return intent.startswith("complain_")


def categories_told(read: Sequence[str], ranked: Sequence[list[Guess]]) -> list[str]:
    """The categories of a complaint, the one that leads first; none only if none was learned.

    `read` is the message whole and then its sentences, `ranked` the guesses for each.
    """
    likeliest, others = _likeliest(ranked), told_besides(ranked)
    if likeliest is None:
        return []
    if likeliest == _TREATED_BADLY and (besides := _gone_wrong_too(read, ranked, others)):
        # What can be put right leads; how they were treated comes second.
        return list(dict.fromkeys([besides, _TREATED_BADLY, *others]))
    return list(dict.fromkeys([likeliest, *others]))


def _likeliest(ranked: Sequence[list[Guess]]) -> str | None:
    """The category that the whole and its sentences speak for together: one of them alone may
    be sure that it complains without being sure of what."""
    votes: Counter[str] = Counter()
    for guesses in ranked:
        for guess in guesses:
            if is_category(guess.intent):
                votes[guess.intent] += guess.confidence
    return votes.most_common(1)[0][0] if votes else None


def told_besides(ranked: Sequence[list[Guess]]) -> list[str]:
    """The categories that may stand beside the one that leads.

    Those the whole or a sentence plainly tells of, and those that a sentence tells of less plainly
    and the whole a little: "my dad bought it for me" complains of nothing that "it does not work"
    does not say.
    """
    whole, *parts = ranked
    surest = {guesses[0].intent: guesses[0].confidence for guesses in reversed(parts)}
    found = []
    for guess in whole:
        of_whole, of_part = guess.confidence, surest.get(guess.intent, 0.0)
        hinted = of_part >= _TOLD_BY_ITSELF and of_whole >= _TOLD_BY_THE_WHOLE
        plainly = of_whole >= _TOLD_BY_ITSELF or of_part >= _TOLD_PLAINLY
        if is_category(guess.intent) and (plainly or hinted):
            found.append(guess.intent)
    return found


def _gone_wrong_too(
    read: Sequence[str], ranked: Sequence[list[Guess]], seconds: Sequence[str]
) -> str | None:
    """What else went wrong besides how they were treated, if that is plain: broken, above all."""
    hinted = any(
        guess.intent == _FAULTY and guess.confidence >= _TOLD_BY_THE_WHOLE for guess in ranked[0]
    )
    if hinted and any(map(says_it_is_faulty, read)):
        return _FAULTY
    return next((name for name in seconds if name != _TREATED_BADLY), None)
