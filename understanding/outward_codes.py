"""The first half of a postcode, and the area that it lies in.

A code that no area lists, but whose letters are an English postcode area, is ``england-other``: known to
be in England, outside every area listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from services_directory.areas import OUTSIDE, Areas
from understanding.word_lists import word_list

_CODE = re.compile(r"(?<![\w/.-])([A-Za-z]{1,2})(\d{1,2}|\d[A-Za-z])(?![\w/])")
# What makes a doubtful code ("L4", also a vertebra; "M34", also a man of 34) a place.
_CUE = re.compile(
    r"(?:\b(?:postcode|post code|lives?|living|in|from|near|area|address|around|round|code|moved to)"
    r"(?: is| in| of|:)?|\bpostcode:)\s*(?:the )?$",
    re.IGNORECASE,
)
_MOTORWAY_BEFORE = re.compile(
    r"\b(?:the|off|on|near|up|down|motorway|jct|junction)\s*$", re.IGNORECASE
)
_MOTORWAY_AFTER = re.compile(
    r"\s*(?:motorway|m'way|junction|jct|j\d|services|corridor)", re.IGNORECASE
)
_MOTORWAYS = frozenset({"M6", "M60", "M61", "M62", "M65", "M66", "M67", "M56", "M53", "M57", "M58"})


@dataclass(frozen=True)
class CodeFound:
    """An outward code at ``start``..``end``, its ``area``, and whether a word says it is a place."""

    start: int
    end: int
    area: str
    cued: bool


@lru_cache(maxsize=4)
def _by_code(pairs: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    return {code.upper(): area for area, codes in pairs for code in codes}


def area_of_code(code: str, areas: Areas) -> str | None:
    """Return the area id of an outward code such as ``OL6``; None where it is no code of England."""
    code = code.upper()
    listed = _by_code(tuple((a.id, a.outward_codes) for a in areas.by_id.values()))
    if code in listed:
        return listed[code]
    letters = re.match(r"[A-Z]+", code)
    if letters and letters.group() in word_list("places", "english_postcode_areas"):
        # "M39" and the like: no such code, and no way to say where it would be.
        return None if letters.group() in {"M", "OL", "BL"} and len(code) > 4 else OUTSIDE
    return None


def find_codes(text: str, areas: Areas) -> Iterator[CodeFound]:
    """Yield every outward code of ``text`` that can be a place rather than a motorway, age or vertebra."""
    stripped = text.strip(" .,!?")
    for match in _CODE.finditer(text):
        code = match.group().upper()
        area = area_of_code(code, areas)
        if area is None:
            continue
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :]
        if code in _MOTORWAYS and (
            _MOTORWAY_BEFORE.search(before) or _MOTORWAY_AFTER.match(after) or len(code) == 3
        ):
            continue
        cued = bool(_CUE.search(before)) or stripped.upper() == code
        letters, figures = match.group(1).upper(), match.group(2)
        if not cued:
            if letters in word_list("places", "medical_letters"):
                continue
            if letters == "M" and figures.isdigit() and 16 <= int(figures) <= 70:
                # A man's age as often as a postcode: only a place name beside it can tell (see places).
                yield CodeFound(match.start(), match.end(), area, False)
                continue
            if area == OUTSIDE and match.group() != code:
                continue
        yield CodeFound(match.start(), match.end(), area, True)
