"""Whether a sentence says in plain words that a thing is broken or does not do its work.

A dry account of a fault and a dry account of what went well share most of their words ("the lever
stays down"); what tells them apart is the one that breaks, or the one that denies.
"""

import re

_BROKEN = (
    r"chipped|cracked|smashed|shattered|broken|bent|dented|torn|ripped|split|snapped|scratched"
    r"|damaged|faulty|defective|leaking|frayed|warped|crushed|squashed|ruined|stained|mouldy|moldy"
    r"|rusty|rusted|punctured|perished|dead|jammed|loose|wonky|buckled|burnt out|knackered|bust(?:ed)?"
)
_WORK = (
    r"stay|work|turn|switch|start|charge|close|open|shut|hold|heat|cool|connect|pair|spin|lock|fit|stop"
    r"|light|load|boot|respond|move|lift|print|play|ring|click|pour|seal|stick|inflate|fold|recline|boil"
    r"|toast|come (?:on|off)|go (?:on|off|in|down|up)|power|register|sync|update|scan"
)
_FLAW = (
    r"rip|tear|hole|chip|crack|dent|scratch|stain|gouge|split|leak|bubble|burn|kink|loose \w+|mark"
)
_GOES_WRONG = (
    r"warps|wobbles|rusts|peels|fades|flakes|sheds|bobbles|squeaks|rattles|drips|leaks|flickers|buzzes|hums"
    r"|shrank|melted|perished|snapped|tore|ripped|split|cracked|shattered|burst|bent|curdled"
)
_COMES_APART = r"(?:coming|came|come|comes|falling|fell|going|went|hanging) (?:off|apart|undone|loose|away|open|to bits|to pieces)"
_LIFELESS = r"blank|dark|black|silent|dead|cold|frozen|quiet|unresponsive"
_FAULTY = re.compile(
    rf"\b(?:came|comes|arrived|turned up|got here|was|is|are|were|'s|has|have|all|with|both) "
    rf"(?:(?!not |no |nothing |never )\w+ ){{0,4}}(?:{_BROKEN})\b"
    rf"|\b(?:won'?t|will not|doesn'?t|does not|don'?t|refuses? to|stopped|no longer|can'?t get it to) "
    rf"(?:even |ever |properly |always |just |fully )?(?:{_WORK})(?:s|ing)?\b"
    rf"|\b(?:stays?|stayed|remains?|remained|gone|went|goes|sits there) (?:\w+ ){{0,2}}(?:{_LIFELESS})\b"
    r"|\b(?:does|did|shows?|showed|displays?) (?:absolutely )?nothing (?:at all\b|when\b|whatever\b|even\b|but\b|$)"
    rf"|\b(?:has|have|had|got|is|there'?s|there was|with) (?:already )?(?:a|an|several|some|two|three|tiny|small|big|huge) (?:\w+ ){{0,2}}(?:{_FLAW})s?\b"
    rf"|\b(?!you |he |she |they |who |driver |courier |i |we |nothing |none |never |nobody )\w+ (?:already |just |slightly |badly )?(?:{_GOES_WRONG})\b|\b{_COMES_APART}\b"
    r"|\bnothing (?:at all )?happens\b|\ban? (?:\w+ ){1,2}instead of (?:an?|the|my) \w+",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|nothing|none|without|hasn'?t|haven'?t|isn'?t|wasn'?t|aren'?t|nor|if|unless|"
    r"should|might|could|would|may|worried|afraid|thought)\b[^.!?]{0,30}$",
    re.I,
)


def says_it_is_faulty(sentence: str) -> bool:
    """True for "came with the rim chipped" and "will not stay down"; not for "nothing is broken"."""
    return any(
        not _DENIED.search(sentence[: found.start()])
        for found in _FAULTY.finditer(sentence.replace("’", "'"))
    )
