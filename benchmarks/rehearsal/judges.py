"""The judges: each reads the record of one conversation and says where it broke a rule.

The rules are those of conversation.md. A judge gives one sentence for each breach, none when the
rule was kept.
"""

import re
from collections.abc import Callable, Iterator

from benchmarks.rehearsal.record import Record, Turn, plain, sentences
from tests.reading_aloud import AMOUNT, DATE, NEVER_READ, says

# What must have been said for a question to be answered: all of one of these sets. A question's
# own name stands for an answer that gave it for good ("I haven't got one" too); the others are
# facts, however they came up.
ANSWERED_BY: dict[str, tuple[set[str], ...]] = {
    "order_number": ({"the order"},),
    "proof": ({"the order", "the postcode"}, {"the order", "the e-mail address"}),
    "email_and_postcode": ({"the e-mail address", "the postcode"}, {"the order"}),
    "which_order": ({"the order"},),
    "email": ({"the e-mail address"},),
    "phone": ({"the telephone"},),
}
# What is another thing in another complaint.
OF_ONE_CASE = {"category", "item", "photo", "wish", "confirmation", "choice"}
_TIME = re.compile(r"\b\d{1,2}:\d\d [ap]m\b")
_SHORT = 3  # words: "Got it." twice is no repetition anybody minds
_REFUSES = re.compile(
    r"\b(?:can(?:no|['’])t|can not|unable to|not able to|(?:is|are)(?: not|n['’]t) possible|not allowed"
    r"|won['’]t be able|unfortunately|we do(?: not|n['’]t) (?:offer|accept|allow|do|give|make|refund)|not eligible|does(?: not|n['’]t) qualify"
    r"|sold out|outside what|only be guessing)\b",
    re.IGNORECASE,
)
_RECITES = re.compile(r"\b(?:our|the) (?:terms|policy|policies|conditions)\b", re.IGNORECASE)
_CAN_BE_DONE = re.compile(
    r"\b(?:what I can do|I can (?!only|['’]?t|not)|can bring|instead|a person|one of us|no problem|another way|"
    r"somebody|works? (?:as well|fine)|I['’]ll|we['’]ll)\b",
    re.IGNORECASE,
)
_AN_END = re.compile(
    r"\b(?:welcome|of course|gladly|goodbye|take care|take all the time|whenever|no hurry|at any hour|tell me|tell it|listening|good to hear|does us good|one of us|a person|come back)\b",
    re.I,
)
Judge = Callable[[Record], Iterator[str]]


def asked_for_what_was_given(record: Record) -> Iterator[str]:
    """R6: nothing is asked whose answer the customer had given, in any message before."""
    given: set[str] = set()
    settled = 0
    for turn in record.turns:
        if turn.fresh:
            given = set()  # another browser: what was said before proves nothing
        given |= turn.gives
        if len(turn.standing.resolved) > settled:
            settled = len(turn.standing.resolved)
            given -= OF_ONE_CASE  # a second complaint is turned to
        for question in turn.standing.asked:
            ways = ({question}, *ANSWERED_BY.get(question, ()))
            if any(way <= given for way in ways):
                yield f"asks for {question.replace('_', ' ')}, which was given: {turn.text}"


def same_sentence_twice(record: Record) -> Iterator[str]:
    """R10: never the same sentence twice in a row."""
    before: set[str] = set()
    for turn in record.turns:
        now: set[str] = set()
        for sentence in sentences(turn.text):
            if len(re.findall(r"\w+", sentence)) < _SHORT:
                continue
            if sentence in before or sentence in now:
                yield f"says again: {sentence}"
            now.add(sentence)
        before = now


def promises_without_a_row(record: Record) -> Iterator[str]:
    """R17: every date, time and amount that is told stands in a row, or in their order."""
    for turn in record.turns:
        read = plain(turn.read)
        for pattern in (DATE, _TIME, AMOUNT):
            for told in pattern.findall(read):
                if told not in turn.standing.backed:
                    yield f"{told} stands in no row: {turn.text}"


def flat_noes(record: Record) -> Iterator[str]:
    """R11: what cannot be done comes with something that can; nobody recites the terms."""
    for turn in record.turns:
        read = plain(turn.text)
        if _RECITES.search(read):
            yield f"recites its terms: {turn.text}"
        elif _REFUSES.search(read) and not turn.buttons and not _CAN_BE_DONE.search(read):
            yield f"a flat no: {turn.text}"


def dead_ends(record: Record) -> Iterator[str]:
    """Every answer leaves a question, an offer, a person, or a proper end; and there is one."""
    if record.trouble:
        yield f"it stopped: {record.trouble}"
    for turn in record.turns:
        if turn.before == "bot" and not turn.text.strip():
            yield f"silence after: {turn.said}"
        elif not _leads_on(turn):
            yield f"leads nowhere: {turn.text}"


def breaks(record: Record) -> Iterator[str]:
    """R28: no error, no placeholder, no "try again later"; nothing of ours fails."""
    for turn in record.turns:
        if found := NEVER_READ.search(plain(turn.read)):
            yield f"“{found.group()}” is read in: {turn.text}"
        if says("utter_kept_for_person", turn.text) or says("utter_hand_off_broken", turn.text):
            yield f"something of ours failed after: {turn.said}"


def several_questions(record: Record) -> Iterator[str]:
    """One question at a time."""
    for turn in record.turns:
        if plain(turn.text).count("?") > 1:
            yield f"asks {plain(turn.text).count('?')} questions at once: {turn.text}"


def apologies(record: Record) -> Iterator[str]:
    """R1: thanks before sorry in the first reply, and one apology for each failure."""
    told = [plain(turn.text) for turn in record.first_visit]
    first = next((text for text in told if re.search(r"\bsorry\b", text)), "")
    thanks = re.search(r"\bthank", first, re.IGNORECASE)
    calm = not any(turn.standing.handed_over for turn in record.first_visit)
    if first and calm and (not thanks or thanks.start() > first.index("sorry")):
        yield f"sorry before thanks: {first}"
    count = sum(len(re.findall(r"\bI['’]m (?:so )?sorry\b", text)) for text in told)
    failures = max(len(record.first_visit[-1].standing.references), 1) if told else 1
    if count > failures and calm:
        yield f"{count} apologies for {failures} failure{'s' * (failures > 1)}"


# As the table names them: the measure, its judge, and how many there may be.
JUDGES: dict[str, Judge] = {
    "asked for what had been given": asked_for_what_was_given,
    "same sentence twice in a row": same_sentence_twice,
    "promises without a row": promises_without_a_row,
    "flat noes": flat_noes,
    "dead ends": dead_ends,
    "errors read, or something broke": breaks,
    "several questions at once": several_questions,
    "thanks and sorry out of place": apologies,
}


def breaches(record: Record) -> dict[str, list[str]]:
    """What each judge says of a conversation."""
    return {name: list(judge(record)) for name, judge in JUDGES.items()}


def questions_asked(record: Record) -> int:
    """How often the customer was asked something, in their first visit. Offers are no question."""
    asked = [question for turn in record.first_visit for question in turn.standing.asked]
    return len([question for question in asked if question != "choice"])


def first_useful_offer(record: Record) -> tuple[int, float] | None:
    """After how many of their messages, and seconds of our thinking, they could choose; a person
    who takes over counts. None when neither came."""
    seconds = 0.0
    for count, turn in enumerate(record.turns, start=1):
        seconds += turn.seconds
        if turn.standing.offers or turn.standing.handler != "bot" or turn.standing.resolved:
            return count, seconds
    return None


def _leads_on(turn: Turn) -> bool:
    standing = turn.standing
    if turn.before != "bot" or standing.is_settled or standing.offers or standing.question:
        return True
    return "?" in plain(turn.text) or bool(_AN_END.search(turn.text))
