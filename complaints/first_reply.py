"""The first reply, ready to send: it shows the customer that everything they said has arrived.

It thanks and apologises only where the assistant has not: a second time rings hollow (R1).
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from complaints.case import Case
from complaints.corrections import mentions
from complaints.handoff import HandoffReason
from complaints.own_words import trimmed
from complaints.whose_words import own_story, written_by
from complaints.words import MissingWords, Words

IN_DANGER = ("injury", "fire", "electric_shock", "self_harm", "child")
# Nothing is quoted back to them and nothing asked (R25); in domain.yml: utter_first_reply_<what>.
GENTLY = ("child", "bereavement", "illness")
# Said as plainly as they said it, before what they want; in domain.yml as well.
PLAINLY = ("legal_threat", "press_threat", "discrimination")
_QUOTED = ("gist", "impact", "wish")
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir"])
_TWO = re.compile(r"\s+(?:and|&|\+)\s+", re.IGNORECASE)
# What comes next, where the reason says so; in domain.yml: utter_first_reply_next_<reason>.
NEXT = (
    HandoffReason.NOTHING_SUITS,
    HandoffReason.STILL_WRONG,
    HandoffReason.CHANGED_MIND,
    HandoffReason.NO_ORDER,
    HandoffReason.NOT_PROVED,
    HandoffReason.CASE_NOT_PROVED,
)


def first_reply(
    case: Case, reason: HandoffReason, words: Words, spoken: dict[str, str], thing: str | None,
    wrong: Mapping[str, Sequence[str]],
) -> str:  # fmt: skip
    """Hello, what was read, what they want, what comes next; only what is known is said.

    `thing` is what it is about, once the order is proved to be theirs; `wrong` is what was put
    right since, which no quotation may bring back. Empty when domain.yml lacks a sentence for
    it: no handoff fails for want of a suggestion.
    """
    if reason is HandoffReason.STILL_WRONG and case.story:
        come_with = own_story(case)[-1:]  # now
        spoken = {**spoken, "gist": trimmed(come_with[0])} if come_with else spoken
    left_out = {name for name in _QUOTED if mentions(spoken.get(name, ""), wrong)}
    if written_by(case, "impact", case.impact):
        left_out.add("impact")  # they never wrote it
    if reason is HandoffReason.CHANGED_MIND:
        left_out.add("gist")  # it holds the wish they have no more
    spoken = {name: text for name, text in spoken.items() if name not in left_out}
    with suppress(MissingWords):
        return _said(case, reason, words, spoken, thing)
    return ""


def _said(
    case: Case, reason: HandoffReason, words: Words, spoken: dict[str, str], thing: str | None
) -> str:
    if case.danger in GENTLY:
        return " ".join([_hello(case, words), words.say(f"utter_first_reply_{case.danger}")])
    if case.danger in IN_DANGER:
        return " ".join([_hello(case, words), words.say("utter_first_reply_safe")])
    if not case.story:
        return " ".join([_hello(case, words), words.say("utter_first_reply_not_told")])
    parts = [_hello(case, words)]
    if case.acknowledged_at is None:  # nobody has thanked them yet, nor said sorry (R1)
        parts.append(words.say("utter_first_reply_thanks"))
    if case.danger in PLAINLY:
        parts += [words.say(f"utter_first_reply_{case.danger}"), *_wish(case, words, spoken)]
        return " ".join([*parts, words.say("utter_first_reply_next_seriously")])
    parts += [*_read(words, spoken, thing), *_wish(case, words, spoken)]
    parts.append(words.say(_next(reason, spoken), **spoken))
    return " ".join(parts)


def _hello(case: Case, words: Words) -> str:
    if not case.customer_name:
        return words.say("utter_first_reply_hello")
    name = _addressed(case.customer_name)
    return words.say("utter_first_reply_hello_name", first_name=name)


def _addressed(name: str) -> str:
    """By the first name, both of two people; in full where that would be too much of a guess."""
    people = [person.split() for person in _TWO.split(name) if person.strip()]
    firsts = [person[0] for person in people]
    in_full = any(f.lower().rstrip(".") in _TITLES or len(f.rstrip(".")) == 1 for f in firsts)
    return name if in_full else " and ".join(firsts)


def _read(words: Words, spoken: dict[str, str], thing: str | None) -> list[str]:
    if thing and "order" in spoken:
        item, whole = spoken.get("item", ""), thing.split(",")[0]
        if (whole.lower() not in item.lower() and item.lower() not in whole.lower()) or not item:
            item = whole  # of a jug that came smashed, the blender was ordered
        said = [words.say("utter_first_reply_about", item=item, order=spoken["order"])]
    else:
        said = [words.say("utter_first_reply_read")]
    told = [name for name in ("gist", "impact") if name in spoken]
    if told == ["gist", "impact"] and spoken["impact"] not in spoken["gist"]:
        said.append(words.say("utter_first_reply_told_both", **spoken))
    elif told:
        said.append(words.say("utter_first_reply_told", told=spoken[told[0]]))
    return said


def _wish(case: Case, words: Words, spoken: dict[str, str]) -> list[str]:
    if "wish" not in spoken:
        return [words.say("utter_first_reply_by", **spoken)] if "deadline" in spoken else []
    name, by = "utter_first_reply_wish", "utter_first_reply_wish_by"
    if written_by(case, "wish", case.wish):
        name, by = "utter_first_reply_wish_noted", "utter_first_reply_wish_noted_by"
    return [words.say(by if "deadline" in spoken else name, **spoken)]


def _next(reason: HandoffReason, spoken: dict[str, str]) -> str:
    if reason is HandoffReason.CALL_BACK and "phone" in spoken:
        return "utter_first_reply_call"
    return f"utter_first_reply_next_{reason}" if reason in NEXT else "utter_first_reply_next"
