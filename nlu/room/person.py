"""Whether a sentence plainly asks for a person, or plainly says that none is needed.

Asking for a person must work in any wording and at once, so what is plain does not wait for a
probability. What is not plain is left to the classifier.
"""

import re

_PERSON = (
    r"(?:(?:a|an|the|your|some|any|another|other|one\s+of\s+your|actual|real|live|proper|living|breathing|human|senior|different|customer|service|support|care|sales)\s+)*"
    r"(?:human(?:\s+being)?s?|persons?|people|someone|somebody|some\s+one|anyone|anybody|agents?|assistant|adviso?e?rs?|reps?|representatives?|"
    r"operators?|managers?|supervisors?|team\s+leader|staff|member\s+of\s+(?:staff|the\s+team|your\s+team)|"
    r"customer\s+(?:service|services|support|care)|support\s+team|team|man|woman|guy|colleague|specialist|boss|head\s+office|reception(?:ist)?|complaints\s+team|in\s+charge)"
)
_TALK = r"(?:speak|speek|talk|tlk|spk|chat|discuss\s+this|communicate|deal|connect(?:ed)?)"
_REACH = r"(?:reach|contact|get\s+(?:a\s+)?hold\s+of|get\s+in\s+touch\s+with|get\s+(?:through\s+|on\s+)?to)"
_ASKS = re.compile(
    rf"\b(?:"
    # "can I talk to a human", "I'd like to speak with somebody", "let me talk to a manager"
    rf"(?:can|could|may|might|shall|let|lemme|want(?:ed)?|wanna|like|need(?:ed)?|rather|prefer|wish|how\s+(?:do|can)|possible|please|pls|plz|try(?:ing)?|gotta|have|love|must|demand)"
    rf"\s+(?:i\s+|me\s+|to\s+|just\s+|please\s+|pls\s+|really\s+|be\s+able\s+|we\s+|be\s+)*(?:{_TALK}\s+(?:to|with|w|too|directly\s+to)|{_REACH})\s+(?:{_PERSON})"
    # "how do I get hold of a person", "I don't know how to contact an agent"
    rf"|(?:how|where)\s+(?:do|does|can|could|would|should|might|to)\s+(?:i\s+|we\s+|one\s+|you\s+|to\s+)*(?:{_TALK}\s+(?:to|with)|{_REACH})\s+(?:{_PERSON})"
    rf"|(?:have|got|need)\s+to\s+do\s+to\s+(?:{_TALK}\s+(?:to|with)|{_REACH})\s+(?:{_PERSON})"
    # "put me through to an agent", "get me your manager", "transfer me to a person", "pass me on"
    rf"|(?:put|transfer|pass|connect|switch|escalate|forward|redirect|move|hand|direct|refer)\s+(?:me|us|this|it|my\s+(?:case|call|chat|complaint))?\s*(?:on|over|through|thru|across|up)?\s*(?:to|with)\s+{_PERSON}"
    rf"|(?:get|give|find|fetch|bring|call)\s+(?:me\s+|us\s+|in\s+)(?:to\s+)?{_PERSON}\b"
    rf"|(?:want|need|require|prefer|demand|would\s+like|'d\s+like|request)\s+(?:to\s+(?:have|see|get)\s+)?(?:help\s+from\s+)?(?:a|an|your|the|some)?\s*(?:real|live|actual|human|proper)?\s*(?:human|person|agent|representative|rep|operator|manager|supervisor|adviso?er|(?:someone|somebody|anyone)\s+(?:real|human|(?:to|i\s+can)\s+(?:talk|speak)))\b"
    rf"|is\s+there\s+(?:a|an|any|some|someone|somebody|anyone|anybody)\s*(?:real\s+|actual\s+|human\s+|live\s+)?(?:human|person|one|body|people|agent|i\s+can|that\s+i\s+can)?\s*(?:there\s+|here\s+|that\s+|who\s+)?(?:i\s+can|i\s+could|to|can\s+i)\s+(?:{_TALK})"
    rf"|(?:can|could|will|would)\s+(?:(?:a|an)\s+(?:real\s+|actual\s+|human\s+|live\s+)*(?:human|person|agent|manager|supervisor)|(?:some\s?one|somebody)\s+(?:real|human|in\s+charge))\s+(?:please\s+)?(?:help|deal|take|look|join|talk|speak)"
    rf"|(?:get|hear|have|ask\s+(?:for\s+)?(?:\w+\s+)?\w+)\s+(?:\w+\s+)?from\s+(?:a|an)\s*(?:real\s+|actual\s+|live\s+)?(?:agent|human|person|manager)"
    rf"|(?:transfer|connect|escalate|put)\s+me\s+(?:through\s+)?(?:now|please|right\s+now|immediately|asap)"
    rf"|{_TALK}\s+(?:to|with)\s+(?:a|an|your|some)?\s*(?:real|live|actual|human|proper)\s+(?:person|human|agent|people|being|someone|somebody|advisor|adviser|representative|rep|operator)"
    rf")\b",
    re.I,
)
_BARE_REQUEST = re.compile(
    rf"^\W*(?:(?:please|pls|just|ok|okay|no|nope|so|then|well|right|fine|said|asked|for|hi|hello|hey|yes|sorry|get|give|me|i|want|need|a|an|the|to|can|could|have|real|live|actual|human|proper|{_TALK}|with|connect|now|your)\W+)*"
    r"(?:human|person|agent|representative|rep|operator|manager|supervisor|advisor|adviser|human\s+being|live\s+chat|real\s+person|somebody|someone)"
    r"(?:\W+(?:please|pls|plz|now|thanks|instead|asap|immediately|right|agent|person|here|representative|real))*\W*$",
    re.I,
)
# Nothing between "not" and the person may start another wish: "I don't want a bot, I want a human".
_NOT = r"(?:no|not|never|without|don'?t|do\s+not|didn'?t|won'?t|needn'?t|wouldn'?t|rather\s+not|isn'?t)"
_REFUSES = re.compile(
    rf"\b{_NOT}\b(?:\s+(?:really|even|actually|yet|necessarily|at\s+this\s+point|want|wanna|need|needed|like|wish|have|be|being|wanting|asking|ask|for|to|a|an|the|any|your|another|necessary|required|{_TALK}|with|transfer(?:red)?|put|pass(?:ed)?|through|me|send|get|bother|involve|hand(?:ed)?|over|interested|in|help|from|reach|contact|real|live|actual|i|there|is|that))*"
    rf"\s+{_PERSON}\b(?!\s+(?:else\s+)?(?:has|have|is|was|were|can|will|would|could|bothered|replied|answered|came|helped|called|rang|told|seems|cares|knows|there|picks?|at\s+home|home))"
    rf"|\b(?:without|instead\s+of)\s+(?:having\s+to\s+)?(?:{_TALK}\s*(?:to|with)|involving|a)\s+{_PERSON}"
    rf"|\b(?:keep|stay|stick|happy|fine|rather|prefer|carry\s+on|continue)\s+(?:on\s+)?(?:talking\s+|chatting\s+|dealing\s+)?(?:to|with)\s+(?:you|the\s+(?:bot|robot|assistant|machine)|this)\b"
    rf"|\byou(?:'ll|\s+will)?\s+do\s+(?:fine|nicely|just\s+fine)\b",
    re.I,
)
# "I don't want to talk to a bot": not a refusal of people but a wish for one.
_NO_BOT = re.compile(
    rf"\b{_NOT}\b[^,.;!?]{{0,30}}\b(?:{_TALK}|chat|deal|typing|help)\w*\b[^,.;!?]{{0,12}}\b(?:bots?|robots?|chat\s?bots?|machines?|computers?|automated|ai|algorithm|software)\b"
    rf"|\b{_NOT}\s+(?:want\s+to\s+|wanna\s+)?{_TALK}\s+(?:to|with)\s+you\b|\b{_NOT}\b[^,.;!?]{{0,15}}\b(?:comfortable|happy|trust)\b[^,.;!?]{{0,50}}\b(?:bots?|robots?|chat\s?bots?|machines?|computers?)\b"
    r"|\b(?:no\s+more|stop\s+(?:this|the)|enough\s+(?:of\s+)?(?:this|the)?|sick\s+of\s+(?:this|the|these)?)\s*(?:stupid\s+|bloody\s+)?(?:bots?|robots?|chat\s?bots?|machines?)\b",
    re.I,
)
# Told, not asked: "I spoke to an agent", "your manager was rude", "I tried to talk to someone".
_TOLD = re.compile(
    r"\b(?:spoke|spoken|talked|chatted|asked|called|rang|emailed|told|tried|trying|been\s+trying|managed|took|waited|had)\b[^.!?;,]{0,40}$|\bafter\s+(?:speaking|talking)\b[^.!?;,]{0,20}$"
)


def wants_person(sentence: str) -> bool | None:
    """True when it plainly asks for a person, False when it plainly declines one, else None."""
    sentence = sentence.replace("’", "'")
    asks = _ASKS.search(sentence) or _BARE_REQUEST.match(sentence)
    refuses = _REFUSES.search(sentence)
    no_bot = _NO_BOT.search(sentence)
    # "no, I want to talk to a human" begins after the refusal; "no need to talk to a human" is it.
    covers = refuses and (
        not asks or (refuses.start() <= asks.start() and refuses.end() >= asks.end() - 3)
    )
    if covers and not no_bot:
        return False
    if no_bot:
        return True
    if (
        asks
        and not _TOLD.search(sentence[: asks.start()].lower() + " ")
        and not _TOLD.search(asks.group().lower())
    ):
        return True
    return None
