"""Emergency: somebody needs help this minute, and no person of ours can be quick enough.

It needs no understanding, so that it is seen while the assistant is silent or away as well.
"""

import re

_WHO = (
    r"(?:i|he|she|they|we|(?:my|our|the) (?:[\w-]+ )?(?:husband|wife|partner|mum|mom|mam|mother|dad|father|son|daughter|"
    r"brother|sister|nan|gran\w*|grand\w+|baby|toddler|child|kids?|boy|girl|friend|aunt\w*|uncle|neighbour|guest|"
    r"[\w-]+ year old))"
)
_IS = r"(?:['’]s| is| are| am|['’]m|['’]re| was| were| has| have| had|['’]ve)?(?: just| now| still| suddenly)*"
_NOW = re.compile(
    r"\b(?:can(?:['’]?t| ?not)|can (?:hardly|barely|scarcely)|(?:hardly|barely) can|could(?:n['’]?t| hardly| barely)|struggl\w+ to|"
    r"fight\w* to|hard to|trouble|difficulty|stopp?(?:ed|ing)|not|n['’]?t)\s+(?:\w+ )?(?:breath(?:e|ing)?|swallow)\b"
    r"(?![^.!?]{0,12}\bla?u?gh)"
    r"|\b(?:throat|tongue|lips?|face|airway)\b[^.!?,]{0,25}\b(?:clos\w+|swell\w+|swollen|tingl\w+|blue|tight\w*|puff\w* up)\b"
    r"|\b(?:is|are|['’]s|was|i['’]m|am|keeps?) choking\b|\bchoking (?:on|to death|right now)\b"
    r"|\bchest pains?\b|\bpains? in (?:my|his|her|the) (?:chest|left arm)\b|\bgoing down (?:my|his|her) (?:left )?arm\b"
    r"|\bheart attack\b(?! (?:when|at) )|\b(?:having|had) a stroke\b"
    rf"|\b{_WHO}{_IS} (?:collapsed|passed out|fainted|unconscious|unresponsive|out cold|gone (?:limp|blue|floppy))\b"
    rf"|\b{_WHO}(?:['’]s| is| are)?(?: not|n['’]?t| won['’]?t) (?:moving(?! (?:house|home|out|in|on|my|the|until|till))|waking up|wake up|breathing|conscious)\b"
    r"|\bbleeding\b[^.!?]{0,25}\b(?:badly|heavily|a lot|everywhere|won['’]?t stop|not stopping)\b|\b(?:won['’]?t|will not|not) stop(?:ping)? bleeding\b"
    r"|\bit (?:just )?(?:won['’]?t|will not) stop\W*$|\bblood (?:is )?everywhere\b|\blosing (?:a lot of |so much )?blood\b"
    rf"|\b{_WHO}{_IS} (?:swallowed|eaten|ate|drank|drunk) (?!(?:it|them) (?:all )?(?:and|with) (?:loved|enjoyed))[^.!?]{{0,40}}"
    r"\b(?:battery|batteries|magnets?|glass|bleach|silica|detergent|tablets|pills|screws?|coin|plastic|needle|cleaner|poison)\b"
    rf"|\b{_WHO}{_IS} (?:having|had) a (?:seizure|fit)\b|\banaphyla\w+|\b(?:having|going into) an? (?:severe |bad )?allergic (?:reaction|shock)\b"
    r"|\b(?:call|need|get|send)(?: me| us| him| her)? an? ambulance\b|\btook an overdose\b"
    r"|\b(?:house|kitchen|flat|room|it|bed|sofa|curtains?)(?:['’]s| is) on fire\b|\bi (?:can )?smell gas\b|\bgas leak\b",
    re.IGNORECASE,
)


def is_now(words: str) -> bool:
    """Whether somebody's life may depend on the next minutes."""
    return bool(_NOW.search(words))
