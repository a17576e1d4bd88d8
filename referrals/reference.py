"""References of referrals: ``FP-`` and eight characters that no one mistakes for another."""

from __future__ import annotations

import re
import secrets

# Crockford's base 32: no I, L, O or U, so that a reference can be read out on the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_SHAPE = re.compile(rf"FP-[{ALPHABET}]{{{LENGTH}}}")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_reference() -> str:
    """Return a new random reference. It says nothing about the patient, the day or the practice."""
    return "FP-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidied(typed: str) -> str | None:
    """Return the reference that ``typed`` means (any case, O for 0, I or L for 1), or ``None``."""
    text = typed.strip().upper()
    if not text.startswith("FP-"):
        return None
    text = "FP-" + text[3:].translate(_MISREAD)
    return text if _SHAPE.fullmatch(text) else None
