"""A suggestion for a misspelt id."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# Comparing is quadratic in the length; nothing this long is a slip of the keyboard.
LONGEST_WORD = 80


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the nearest of ``known``, or an empty text where none is near."""
    if len(word) > LONGEST_WORD:
        return ""
    near = get_close_matches(word, [str(name) for name in known], n=1, cutoff=0.7)
    return f"; did you mean '{near[0]}'?" if near else ""
