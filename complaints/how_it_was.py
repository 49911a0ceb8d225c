"""How was it? A score that is typed where five buttons were shown: "4 out of 5", "badly, …"."""

import re
from dataclasses import dataclass

_IN_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
# The five titles, and what people plainly mean by them.
_MEANS = {
    5: "very well, very good, very happy, very nice, very nicely, extremely well, extremely good,"
    " really well, really good, really happy, excellent, excellently, perfect, perfectly,"
    " brilliant, brilliantly, great, amazing, fantastic, wonderful, wonderfully, superb, superbly,"
    " outstanding, exceptional, lovely, top marks, couldn't be better, couldn't have been better",
    4: "well, quite well, pretty well, fairly well, good, quite good, pretty good, fine, happy,"
    " quite happy, nice, nicely, satisfied",
    3: "so-so, so so, ok, okay, average, all right, alright, not bad, not too bad, not so bad, meh,"
    " mixed, mediocre, neutral, middling, fair, could be better, could have been better",
    2: "badly, bad, poor, poorly, quite badly, pretty badly, quite poor, pretty poor, not well,"
    " not very well, not so well, not too well, not good, not very good, not so good, not too good,"
    " not great, not good enough, disappointing, disappointed, unhappy",
    1: "very badly, very bad, really badly, really bad, extremely badly, extremely bad, so badly,"
    " very poor, very poorly, really poor, extremely poor, very unhappy, terrible, terribly, awful,"
    " awfully, horrible, horribly, appalling, dreadful, disgraceful, disgusting, abysmal, shocking,"
    " the worst, worst, not well at all, not good at all",
}
_SCORE_OF = {said: score for score, all_of in _MEANS.items() for said in all_of.split(", ")}
_OPENING = re.compile(
    r"(?:(?:honestly|overall|i['’]?d say|i would say|i think|i['’]?d give (?:it|you|them)|it|it['’]s"
    r"|that|things|they|you|we|i|was|were|is|been|went|ended|treated|me|us|up|a|maybe|probably|just"
    r"|score|outcome|treatment|oh|yes|yeah|and)[\s:,]+)+",
    re.IGNORECASE,
)
_ENDS = r"(?=\s*(?:[.,;:!)(–—]|$|-\s|(?:but|because|as|since|and|thanks|thank|though)\b))"
_NUMBER = re.compile(
    r"(?P<number>[1-5]|one|two|three|four|five)(?:\s*(?:/|out\s+of)\s*(?:5|five)\b|\s*stars?\b)?"
    rf"(?!\s*[/%]|[.,:]\d){_ENDS}",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    rf"(?P<said>{'|'.join(sorted(map(re.escape, _SCORE_OF), key=len, reverse=True))}){_ENDS}",
    re.IGNORECASE,
)
# "Well, nobody wrote back", "ok thanks": no more than a way to begin.
_WELL_THEN = re.compile(r"well\s*,(?!\s*thank)|ok(?:ay)?\b[\s,.!]+(?!but\b)\w", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s.,;:!)(–—/-]+|(?:and|thanks|thank you)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """The scores in a message, in order, and the words that are none."""

    scores: tuple[int, ...]
    rest: str


def typed(words: str) -> Typed | None:
    """The score that a message begins with, or both of them; None when it begins with none."""
    first = _one(words)
    if first is None:
        return None
    score, rest = first
    second = _one(rest) if rest else None
    if second and not second[1]:  # "4 and 5"; "good, very good people" is one
        return Typed((score, second[0]), "")
    return Typed((score,), rest)


def _one(words: str) -> tuple[int, str] | None:
    said = words.strip().replace("’", "'")
    if _WELL_THEN.match(said):
        return None
    for start in (0, opening.end() if (opening := _OPENING.match(said)) else 0):
        if found := _NUMBER.match(said, start):
            number = found["number"].lower()
            score = _IN_WORDS.get(number) or int(number)
        elif found := _PHRASE.match(said, start):
            score = _SCORE_OF[found["said"].lower()]
        else:
            continue
        return score, _left(words.strip()[found.end() :])
    return None


def _left(rest: str) -> str:
    """What follows, from its first word on; a thank-you alone is no word about how it was."""
    kept = rest
    while found := _BETWEEN.match(kept):
        kept = kept[found.end() :]
    return kept
