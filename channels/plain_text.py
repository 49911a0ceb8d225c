"""What people type, made safe for everybody behind the door, and otherwise left alone."""

import unicodedata

# Emoji and several scripts are joined by these; every other invisible sign only deceives.
_JOINERS = {"\u200c", "\u200d"} | {chr(tag) for tag in range(0xE0020, 0xE0080)}
_NOTHING_VISIBLE = {"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"}


def clean(text: str) -> str:
    """The text without control signs and half characters, as it is kept and shown.

    A NUL in an id has killed Rasa, PostgreSQL refuses it, half a surrogate pair cannot be
    stored at all, and signs that turn the writing direction make a message lie to an agent.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if _is_kept(sign)).strip()


def is_empty(text: str) -> bool:
    return all(unicodedata.category(sign) in _NOTHING_VISIBLE for sign in text)


def without_commands(text: str) -> str:
    """The text as Rasa may read it: "/restart" is a word here, not an order."""
    while text[:1] == "/" or text[:1].isspace():
        text = text[1:]
    return text


def _is_kept(sign: str) -> bool:
    if sign in "\n\t" or sign in _JOINERS:
        return True
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
