"""Whether the number before what looks like a street is a house's, or the age that opens a note.

"12 Moss Side Lane" and "3 Hazel Grove, SK7" are addresses; in "45F Hazel Grove" and "19M Moss Side, ADHD" the
number is the patient's age, and the rest a part of town.
"""

from __future__ import annotations

import re
from functools import lru_cache

from services_directory.areas import areas

_AGE = r"(?:1[6-9]|[2-9]\d)"
_SEX = r"(?:male|female|man|woman|lady|gent|chap|lad|lass|bloke|[mf])"
_AGE_AND_SEX = re.compile(rf"{_AGE}[ /]{{0,2}}{_SEX}\b[\s,]*", re.IGNORECASE)
_AGE_ALONE = re.compile(rf"{_AGE}(?P<comma>,?)\s+", re.IGNORECASE)
_SAID_AGE = re.compile(rf"\b(?:aged?|{_SEX})[\s,:]{{0,2}}$", re.IGNORECASE)
_FLAT = re.compile(r"\b(?:flat|apt|apartment|unit|room|no|number|at|on)\.?\s*$", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.;:\n])\s*$")
_WORD = re.compile(r"[^\W_]+")


def address_begins(text: str, start: int, end: int, is_ordinary: frozenset[str]) -> int | None:
    """Return where the address begins in what looks like a number and a street; None: it is none.

    ``start``..``end`` of ``text``: the number, the words after it and the word for a street. An age stays out
    of the address, with the ordinary words after it ("45F nurse Weavers Rake").
    """
    age = _age(text, start)
    first = start if age is None else age
    words = [m for m in _WORD.finditer(text, first, end) if age is not None or m.start() > start]
    if age is None:
        words = [m for m in words if not m.group()[0].isdigit()]
    tails = [i for i in range(len(words)) if _is_place(words[i:])]
    if age is not None:
        if tails:
            return None
        name = next((m for m in words[:-1] if m.group().lower() not in is_ordinary), words[0])
        return name.start()
    between = [m.group() for m in words[: tails[0]]] if tails else []
    apart = between and all(w.islower() and w in is_ordinary for w in between)
    return None if apart else start


def _age(text: str, start: int) -> int | None:
    """Return where the words after an age begin that stands at ``start``; None: no age."""
    before = text[max(0, start - 12) : start]
    with_sex = None if _FLAT.search(before) else _AGE_AND_SEX.match(text, start)
    if with_sex is not None:
        return with_sex.end()
    alone = _AGE_ALONE.match(text, start)
    if alone is None:
        return None
    said = _SAID_AGE.search(before) or (alone["comma"] and _OPENS.search(text[:start]))
    return alone.end() if said else None


def _is_place(words: list[re.Match[str]]) -> bool:
    return " ".join(m.group().lower() for m in words) in part_of_town()


@lru_cache(maxsize=1)
def part_of_town() -> frozenset[str]:
    """Return every place and borough of the areas, in lower case."""
    return frozenset(
        " ".join(_WORD.findall(place.lower()))
        for area in areas().by_id.values()
        for place in (*area.places, area.label)
    )
