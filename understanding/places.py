"""Where the patient lives, from the places and postcodes of a message.

A place counts by its role: said to be home ("lives in", "from", "moved to"), named without a role, or
named as something else (work, a hospital, a street, the past, another person's home). The patient's area
is the best-supported one; where only workplaces and hospitals are named, none is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from services_directory.areas import OUTSIDE, Areas
from understanding.model import Assertion, Mention
from understanding.outward_codes import find_codes
from understanding.place_roles import HOME, NAMED, role_of
from understanding.place_shorthand import stands_before_job, stands_beside_who
from understanding.spelling import ordinary_words
from understanding.word_lists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ \t'’.\-–]{1,3}")
_LONGEST = 5
# A misspelt name of so many letters is known without a capital.
_LONG_NAME = 8
_BREAKS = ",.;:()/\n–|[]?!&+="

_PLACE_CUE = re.compile(
    r"\b(?:in|from|lives?|near|moved to|round|area|of|at|over|up|address)\s+$", re.IGNORECASE
)
_TAKEN_BACK = re.compile(
    r"\b(?:sorry|no wait|wait no|actually|correction|i mean(?:t)?|scrap that)\b", re.IGNORECASE
)
_TO = re.compile(r"\b(?:to|for|at|of|with|via|through|towards)\s*(?:the )?$", re.IGNORECASE)


@dataclass(frozen=True)
class _Place:
    """A name or code found, its area, and the weight of it as home (0: not the patient's home)."""

    start: int
    end: int
    area: str
    weight: int
    cue: str
    assertion: Assertion = "present"
    code: bool = False
    shared: bool = False


@lru_cache(maxsize=4)
def _gazetteer(key: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    for area, places in key:
        for place in places:
            words = tuple(_WORD.findall(place.lower()))
            if words:
                names.setdefault(words, area)
    return names


def _names(areas: Areas) -> dict[tuple[str, ...], str]:
    return _gazetteer(tuple((a.id, a.places) for a in areas.by_id.values()))


def _phrase_at(text: str, position: int, phrases: frozenset[str]) -> bool:
    rest = re.split(r"[,.;:()\n/]", text[position : position + 40])[0]
    found = _WORD.findall(rest)[:3]
    # "Northenden way" is a part of town, "Kingsway" and "Park Way" are streets.
    if found[:1] == ["way"]:
        return "way" in phrases and "lad" in phrases
    words = " ".join(found).lower()
    return any(words == p or words.startswith(p + " ") for p in phrases)


def _phrase_before(text: str, position: int, phrases: frozenset[str]) -> bool:
    words = " ".join(
        _WORD.findall(re.split(r"[,.;:()\n]", text[max(0, position - 40) : position].lower())[-1])[
            -3:
        ]
    )
    return any(words == p or words.endswith(" " + p) for p in phrases)


def _standing_alone(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip(), text[end:].lstrip()
    return (not before or before[-1] in _BREAKS) and (not after or after[0] in _BREAKS)


def _spans(text: str, areas: Areas) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Yield every place name, longest first at each point: start, end, area, words."""
    names = _names(areas)
    firsts = {words[0] for words in names}
    tokens = list(_WORD.finditer(text))
    lowered = [t.group().lower() for t in tokens]
    i = 0
    while i < len(tokens):
        found = 0
        if lowered[i] in firsts:
            reach = 1
            while (
                reach < _LONGEST
                and i + reach < len(tokens)
                and _GAP.fullmatch(text[tokens[i + reach - 1].end() : tokens[i + reach].start()])
            ):
                reach += 1
            for size in range(reach, 0, -1):
                if tuple(lowered[i : i + size]) in names:
                    found = size
                    break
        if found:
            words = tuple(lowered[i : i + found])
            yield tokens[i].start(), tokens[i + found - 1].end(), names[words], words
            i += found
            continue
        if (
            len(lowered[i]) >= 5
            and lowered[i] not in ordinary_words()
            and _said_as_place(text, tokens[i].start(), tokens[i].end())
        ):
            near = _near_name(lowered[i], names)
            if near is not None:
                yield tokens[i].start(), tokens[i].end(), names[near], near
        i += 1


def _said_as_place(text: str, start: int, end: int) -> bool:
    """Say whether what stands around an unknown word lets it be a misspelt place."""
    if _PLACE_CUE.search(text[max(0, start - 24) : start]):
        return True
    long_name = end - start >= _LONG_NAME
    return _standing_alone(text, start, end) and (
        text[start].isupper() or long_name or len(text.split()) <= 3
    )


def _near_name(word: str, names: dict[tuple[str, ...], str]) -> tuple[str, ...] | None:
    """Return the one place that ``word``, no word of English, must mean; None where none is near."""
    if not word.isalpha() or len(word) > 16:
        return None
    allowed = 1 if len(word) < 9 else 2
    for words, area in names.items():
        name = words[0]
        if len(words) != 1 or name[0] != word[0] or area == OUTSIDE or len(name) < 5:
            continue
        if abs(len(name) - len(word)) <= allowed and (
            OSA.distance(name, word, score_cutoff=allowed) <= allowed
        ):
            return words
    return None


def _one(text: str, start: int, end: int, area: str, words: tuple[str, ...]) -> _Place | None:
    institution = _phrase_at(text, end, word_list("places", "institution_after"))
    if institution and not stands_before_job(text, start, end):
        return None
    name = " ".join(words)
    beside_who = stands_beside_who(text, start, end, name)
    if (
        _phrase_before(text, start, word_list("places", "institution_before"))
        and not _phrase_at(text, end, word_list("places", "person_after"))
        and not beside_who
    ):
        return None
    person = _phrase_at(text, end, word_list("places", "person_after"))
    role, cue = role_of(text, start, end)
    alone = _standing_alone(text, start, end)
    if name in word_list("places", "doubtful"):
        capital = text[start].isupper()
        strong = (
            role == HOME
            or isinstance(role, str)
            or cue.lower().endswith(" in")
            or cue.lower() == "in"
        )
        whole = text.strip(" .,!?").lower() == text[start:end].lower()
        bare = alone and name not in word_list("places", "everyday")
        if capital:
            coded = role == NAMED and _followed_by_code(text, end)
            counts = strong or person or alone or coded
        else:
            counts = role == HOME or person or bare
        if not (whole or counts or beside_who):
            return None
        if name in {"reading", "bath"} and not capital:
            return None
    if role is None:
        return None
    shared = name in word_list("places", "shared")
    if isinstance(role, str):
        return _Place(start, end, area, 0, cue, role, shared=shared)
    if person and role == NAMED:
        role, cue = HOME, "person from"
    if role == NAMED and not cue and not alone and _TO.search(text[max(0, start - 12) : start]):
        return None
    return _Place(start, end, area, role, cue or "place", shared=shared)


def _followed_by_code(text: str, end: int) -> bool:
    return re.match(r"[\s,(]{1,3}[A-Za-z]{1,2}\d", text[end:]) is not None


def _all(text: str, areas: Areas) -> list[_Place]:
    found = [p for s in _spans(text, areas) if (p := _one(text, *s)) is not None]
    for code in find_codes(text, areas):
        beside = any(
            p.weight and (0 <= code.start - p.end <= 4 or 0 <= p.start - code.end <= 6)
            for p in found
        )
        role, cue = role_of(text, code.start, code.end)
        if not (code.cued or beside or role == HOME):
            continue
        if role is None:
            continue
        if isinstance(role, str):
            found.append(_Place(code.start, code.end, code.area, 0, cue, role, code=True))
        else:
            found.append(_Place(code.start, code.end, code.area, role, "postcode", code=True))
    return sorted(found, key=lambda p: p.start)


def _best(text: str, places: list[_Place], areas: Areas) -> _Place | None:
    """Return the place that says where the patient lives: heaviest, then decided, then most specific."""
    homes = [p for p in places if p.weight]
    if not homes:
        return None
    # "Lives in Oldham, no sorry, Rochdale": what stands before the correcting word is taken back.
    for at in range(len(homes) - 1, 0, -1):
        if _TAKEN_BACK.search(text[homes[at - 1].end : homes[at].start]):
            homes = homes[at:]
            break
    decided = [p for p in homes if not p.shared]
    top = max(p.weight for p in homes)
    if (
        any(p.shared for p in homes)
        and decided
        and max(p.weight for p in decided) >= min(top, NAMED)
    ):
        homes = decided
        top = max(p.weight for p in homes)
    heavy = [p for p in homes if p.weight == top]
    best = heavy[-1] if top == HOME else heavy[0]
    for place in homes:
        if (
            place.weight >= NAMED
            and place.area != best.area
            and areas.contains(best.area, place.area)
        ):
            best = place
    return best


def find_places(doc: Doc, areas: Areas, others: Sequence[tuple[int, int]] = ()) -> list[Mention]:
    """Return what ``doc`` says of the patient's area. ``others``: the characters of what is told of others.

    At most one mention is ``present``: the most specific area id where the patient lives. Former homes,
    other people's and denied ones come as ``past``, ``other_person`` and ``absent``. Workplaces, hospitals,
    streets and clubs are left out.
    """
    text = doc.text
    places = [
        replace(p, weight=0, assertion="other_person", cue="told of another")
        if p.weight and any(begin <= p.start < end for begin, end in others)
        else p
        for p in _all(text, areas)
    ]
    best = _best(text, places, areas)
    mentions = [
        Mention(text[p.start : p.end], p.start, p.end, "area", p.area, p.assertion, p.cue)
        for p in places
        if p is best or p.assertion != "present"
    ]
    return mentions
