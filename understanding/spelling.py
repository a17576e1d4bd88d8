"""Reading a word as it was meant: shorthand, text-speak and typing errors.

Only a word that is no ordinary English word may be corrected, and only to a word of our own vocabulary
that begins with the same letter. So "lead" never becomes "led", nor a name an illness: the list of
ordinary words holds first names and places too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from understanding.word_lists import word_file

WORD_LIST = Path(__file__).parent / "english_words.txt"

# Shortest word that is corrected at all, and from which length two slips are allowed.
SHORTEST, TWO_SLIPS_FROM = 5, 8
# What is mended by its sound: a word this long, with this many sounds.
LONG_ENOUGH, MARKED = 6, 4


@lru_cache(maxsize=1)
def shorthand() -> dict[str, str]:
    """Return what is meant by each shorthand (``vocabulary/shorthand.yml``), in lower case."""
    return {str(typed): str(meant) for typed, meant in word_file("shorthand")["shorthand"].items()}


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Return the English words, first names and places that are never corrected."""
    return frozenset(WORD_LIST.read_text(encoding="utf-8").split())


class Speller:
    """Knows the words of the vocabulary and finds the one meant by a misspelt word."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST and word.isalpha():
                self._by_letter[word[0]].append(word)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= LONG_ENOUGH and word.isalpha():
                self._by_sound[sound(word)].append(word)
        self._cache: dict[str, str] = {}

    def correct(self, word: str) -> str:
        """Return the known word meant by ``word`` (lower case), or ``word`` itself."""
        if word in self._known or not word.isalpha() or not SHORTEST - 1 <= len(word) <= 24:
            return word
        if word in self._cache:
            return self._cache[word]
        found = word if word in ordinary_words() else self._nearest(word)
        if len(self._cache) < 20_000:
            self._cache[word] = found
        return found

    def _nearest(self, word: str) -> str:
        """Return the nearest known word.

        Of several as near, one with the same consonants is meant ("contrct": contract, not contact); a tie at
        the full distance is no evidence otherwise, so is left alone. A word of four letters is mended only
        where two of them changed places ("bakc").
        """
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        if len(word) < SHORTEST:
            swapped = (
                word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)
            )
            return next((other for other in swapped if other in self._known), word)
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        near = extract(
            word, self._by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=6
        )
        if not near:
            return self._sounding_like(word)
        nearest = [str(found) for found, distance, _ in near if distance == near[0][1]]
        bones = consonants(word)
        same = [found for found in nearest if consonants(found) == bones]
        if len(nearest) > 1 and not same and slips == near[0][1] == 2:
            return word
        return (same or nearest)[0]

    def _sounding_like(self, word: str) -> str:
        """Return the one known word that sounds like ``word``, a third of its letters apart at most."""
        from rapidfuzz.distance import OSA

        if len(word) < LONG_ENOUGH or len(bones := sound(word)) < MARKED:
            return word
        near = sorted((OSA.distance(word, other), other) for other in self._by_sound.get(bones, ()))
        near = [(slips, other) for slips, other in near if slips * 3 <= max(len(word), len(other))]
        sole = len(near) == 1 or (len(near) > 1 and near[0][0] < near[1][0])
        return near[0][1] if sole else word


# Letters that sound alike, in the order they are told apart.
_ALIKE = (
    ("ph", "f"),
    ("sch", "sk"),
    ("gh", ""),
    ("ck", "k"),
    ("qu", "kw"),
    ("x", "ks"),
    ("sh", "s"),
    ("ch", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("z", "s"),
    ("j", "g"),
    ("th", "t"),
    ("rh", "r"),
    ("v", "f"),
    ("d", "t"),
    ("b", "p"),
)


def sound(word: str) -> str:
    """Return the consonants of ``word`` as they sound, a vowel at its start as *a*."""
    heard = word
    for written, spoken in _ALIKE:
        heard = heard.replace(written, spoken)
    start = "a" if heard[:1] in "aeiouy" else ""
    return start + consonants(heard.replace("h", "").replace("w", ""))


def consonants(word: str) -> str:
    """Return the consonants of ``word`` in order, a doubled one once: what typing errors leave alone."""
    bare = [c for c in word if c not in "aeiouy"]
    return "".join(c for i, c in enumerate(bare) if i == 0 or c != bare[i - 1])
