"""The clinician's own word for an illness beside the vocabulary's: "psychosis (schizophrenia)".

A label stands for a group of illnesses; a letter to another clinician has to carry which one was said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from referrals.wording import joined
from services_directory.vocabulary import Vocabulary, vocabulary

LONGEST = 40
# Letters, and what stands inside the name of an illness ("type 2 diabetes", "ME/CFS", "Crohn's").
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 '’/&+.-]*")
# Two words that begin alike are forms of one ("depressed", "depression"), right or misspelt.
_ALIKE = 4


def conditions_in_words(
    ids: Sequence[str], said: Mapping[str, str], words: Vocabulary | None = None
) -> str:
    """Return the conditions ``ids`` in words; ``said`` maps ``conditions:id`` to what was typed."""
    words = words or vocabulary()
    return joined(
        [named(words.label("conditions", i), said.get(f"conditions:{i}", "")) for i in ids]
    )


def named(label: str, own: str) -> str:
    """Return ``label`` with ``own`` in brackets where that says something else, or more."""
    own = " ".join(own.split())
    if len(own) > LONGEST or not _PLAIN.fullmatch(own):
        return label
    # "Other long-term condition" says only that there is no label of its own.
    if label.casefold() in own.casefold() or (own and label.casefold().startswith("other ")):
        return own
    starts = {word[:_ALIKE] for word in _long_words(label)}
    said = _long_words(own)
    if not said and own.casefold() in label.casefold():
        return label
    if said and all(word[:_ALIKE] in starts for word in said):
        return label
    return f"{label} ({own})"


def _long_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", text.casefold()) if len(word) >= _ALIKE]
