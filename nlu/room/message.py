"""How a message is cut before it is understood."""

import re

LONGEST_READ = 2000  # characters; a 100 KB message once froze Rasa for 109 seconds
MOST_SENTENCES = 16

# A full stop ends a sentence unless it stands in "no. 10482", "Mr. Hill", "e.g." or "£3.50".
_STOP = re.compile(
    r"(?<=[.!?…])(?<!\bno\.)(?<!\bmr\.)(?<!\bmrs\.)(?<!\bms\.)(?<!\bdr\.)(?<!\bst\.)(?<!\bvs\.)(?<!e\.g\.)(?<!i\.e\.)(?<!\betc\.)(?<!\bapprox\.)"
    r"[\"')]*\s+|\n+|\s*[;•]\s+|(?<=[a-z][.!?])(?=(?-i:[A-Z])(?:[a-z]|\s|'))",
    re.I,
)
# People on phones do not type full stops; a new subject after "and", "but" or a comma will do.
_TURN = re.compile(
    r"\s*,\s+(?:and|but|so|also|because|plus)\s+(?=(?:i|i'?m|i'?ve|i'?d|we|you|your|they|it|he|she|the|my|can|could|please|just|this|that|what|when|where|how|there|nobody|no)\b)"
    r"|\s+(?:and|but|so|also|plus|cos|because)\s+(?=(?:i|i'?m|i'?ve|i'?d|(?:can|could|would)\s+(?:i|we|you|u|some(?:one|body)|any(?:one|body))|please|i\s+want|you|now|my|nobody|no\s+one|they|it|the|when|what|where|how|there)\b)"
    r"|\s+and\s+(?:then\s+|also\s+|even\s+)?(?=(?:over|double\s+)?(?:charged?|billed|debited)\b|(?:sent|forgot|left\s+out|lost|smashed|broke)\s+(?:me|my|the|a|an|one|two)\b)"
    r"|\s*,\s+(?=(?:i|i'?m|i'?ve|i'?d|can|could|please|just|what|when|where|how|get|give|let|we|my|do|is)\b)",
    re.I,
)
_LONG_IN_WORDS = 9


_SIGNS = {
    "👍": "yes",
    "👌": "ok",
    "✅": "yes",
    "✔": "yes",
    "👎": "no",
    "❌": "no",
    "🙏": "thank you",
    "👋": "hello",
}


def signs_in_words(text: str) -> str:
    """A message of nothing but signs as words: a thumb up answers "did I get that right?"."""
    return " ".join(dict.fromkeys(word for sign, word in _SIGNS.items() if sign in text))


# "Hello there, …": how somebody begins says nothing of what follows.
_GREETING = re.compile(
    r"^\W*(?:(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|greetings|morning|evening)\b"
    r"(?: there| all| team| guys| folks| sir| madam| both| again| everyone| everybody| or|/)*[\s,.!:–-]+)+",
    re.I,
)


def without_greeting(text: str) -> str:
    """The text without its greeting, when something is told after it."""
    left = _GREETING.sub("", text)
    return left if len(re.findall(r"[A-Za-z]{2,}", left)) >= 2 else text


def sentences_of(text: str) -> list[str]:
    """The sentences of a message, long ones cut at a change of subject; at most sixteen."""
    sentences: list[str] = []
    for sentence in _STOP.split(text[:LONGEST_READ]):
        sentence = sentence.strip()
        if len(sentence.split()) > _LONG_IN_WORDS:
            sentences.extend(_turns(sentence))
        else:
            sentences.append(sentence)
    return [sentence for sentence in sentences if re.search(r"\w", sentence)][:MOST_SENTENCES]


def _turns(sentence: str) -> list[str]:
    """A long sentence in parts of at least three words each."""
    parts: list[str] = []
    for part in _TURN.split(sentence):
        if parts and (len(part.split()) < 3 or len(parts[-1].split()) < 3):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return parts
