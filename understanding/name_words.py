"""Single words as candidates for a name, and the words that never are one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from services_directory.areas import areas
from services_directory.vocabulary import vocabulary
from understanding.entry_names import entry_names
from understanding.spelling import ordinary_words as english_words
from understanding.word_lists import word_list

WORD = re.compile(r"[^\W\d_]+(?:['’.\-–][^\W\d_]+)*\.?")


@dataclass(frozen=True)
class NameWord:
    """A word as typed, in lower case without its point, and its place in the message."""

    text: str
    low: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Say whether it begins with a capital."""
        return self.text[:1].isupper()

    @property
    def shouted(self) -> bool:
        """Say whether it is all in capitals, and no mere initials."""
        return len(self.text) > 2 and self.text.isupper()


@lru_cache(maxsize=1)
def protected() -> frozenset[tuple[str, ...]]:
    """Phrases that are no names: places, terms of the vocabulary, firms, services, illnesses."""
    phrases: set[str] = set(word_list("names", "not_names"))
    for terms in vocabulary().terms.values():
        for term in terms.values():
            phrases |= {term.label, *term.words}
    for _, name, aliases in entry_names():
        phrases |= {name, *aliases}
    return _split(phrases) | _place_names()


def _split(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    split = (tuple(w.strip(".").lower() for w in WORD.findall(p)) for p in phrases)
    return frozenset(p for p in split if p)


@lru_cache(maxsize=1)
def _place_names() -> frozenset[tuple[str, ...]]:
    return _split(p for area in areas().by_id.values() for p in (*area.places, area.label))


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Words that are no part of a name when nothing but an identifier stands beside them."""
    words = set(word_list("names", "ordinary")) | set(word_list("places", "person_after"))
    english, places = english_words(), _place_names()
    for phrase in protected():
        # A part of a place's name ("Fitton Hill") that is no English word may be a surname.
        words |= {w for w in phrase if len(phrase) == 1 or phrase not in places or w in english}
    surnames = {p.lower() for p in word_list("places", "doubtful")}
    given = word_list("names", "given")
    return frozenset(w for w in words if w not in given and w not in surnames)


def looks_given(low: str) -> bool:
    """Say whether ``low`` is a given name, also a double one ("carol-ann"), however doubtful alone."""
    given, doubtful = word_list("names", "given"), word_list("names", "given_doubtful")
    parts = re.split(r"[-–]", low)
    return all(part in given or part in doubtful for part in parts)
