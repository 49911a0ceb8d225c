"""References a customer can say on the phone: `KX-4821-M`, the last letter a check."""

import re
import secrets

# No I, O, Q, S, Z (read as 1, 0, 5, 2), no V and Y (heard as B and I): nineteen, a prime.
LETTERS = "ABCDEFGHJKLMNPRTUWX"
PATTERN = re.compile(rf"\b([{LETTERS}]{{2}})[\s-]*(\d{{4}})[\s-]*([{LETTERS}])\b", re.IGNORECASE)


def new_reference() -> str:
    """A fresh reference, unguessable enough that it proves nothing but cannot be counted up."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(2))
    digits = f"{secrets.randbelow(10_000):04d}"
    return f"{letters}-{digits}-{_check_letter(letters + digits)}"


def read_reference(text: str) -> str | None:
    """The reference in `text`, however it is spelled, if its check letter is right."""
    for letters, digits, check in PATTERN.findall(text):
        letters, check = letters.upper(), check.upper()
        if _check_letter(letters + digits) == check:
            return f"{letters}-{digits}-{check}"
    return None


def _check_letter(body: str) -> str:
    # Different weights and a prime modulus: one wrong character changes the sum, and so do
    # two neighbours swapped, the two slips people make (the idea of ISO 7064).
    values = (int(sign) if sign.isdigit() else LETTERS.index(sign) for sign in body)
    total = sum(weight * value for weight, value in enumerate(values, start=2))
    return LETTERS[total % len(LETTERS)]
