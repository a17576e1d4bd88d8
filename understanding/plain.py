"""Plain text for phrase patterns: lower case, no apostrophes, common misspellings mended, clauses marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

_TOKEN = re.compile(
    r"[-−–]ve\b|\+ve\b|\d+(?:\.\d+)?(?=[a-z]*\b)|[^\W\d_]+(?:['’`´][^\W\d_]+)*|[^\W_]+|[.,;:!?()\n/+&\-–—]"
)
_BREAK = {
    ".": ".",
    ";": ".",
    "!": ".",
    "?": ".",
    "\n": ".",
    ",": ",",
    "(": ",",
    ")": ",",
    "–": ",",
    "—": ",",
}
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Plain:
    """``text`` begins and ends with a space; ``starts`` are where its words begin there.

    ``origin[i]`` is the place of word ``i`` in the message as typed: (start, end).
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    origin: tuple[tuple[int, int], ...]


def mend(
    word: str, spellings: Mapping[str, str], tolerant: Collection[str], exempt: Collection[str]
) -> str:
    """Return ``word`` with its spelling mended where it is clearly one of ``tolerant``; else unchanged."""
    if word in spellings:
        return spellings[word]
    if len(word) < 6 or word in tolerant or word in exempt or not word.isascii() or len(word) > 16:
        return word
    allowed = 1 if len(word) < 8 else 2
    best, best_distance = word, allowed + 1
    for known in tolerant:
        if known[0] == word[0] and abs(len(known) - len(word)) <= allowed and len(known) >= 6:
            distance = OSA.distance(known, word, score_cutoff=allowed)
            if distance < best_distance:
                best, best_distance = known, distance
    return best


def plain(
    text: str,
    spellings: Mapping[str, str] | None = None,
    tolerant: Collection[str] = (),
    exempt: Collection[str] = (),
) -> Plain:
    """Return ``text`` as plain words. Offsets of the original are kept for every word."""
    words: list[str] = []
    origin: list[tuple[int, int]] = []

    def add(word: str, start: int, end: int) -> None:
        words.append(word)
        origin.append((start, end))

    for match in _TOKEN.finditer(text):
        raw, start, end = match.group(), match.start(), match.end()
        low = raw.lower()
        if low.endswith("ve") and len(low) == 3 and low[0] in "-−–+":
            add("positive" if low[0] == "+" else "negative", start, end)
        elif raw in "+&":
            add("and", start, end)
        elif raw == "?":
            # "?suicidal" queries what follows; elsewhere it ends a sentence.
            if text[end : end + 1].isspace() or end == len(text):
                add(".", start, end)
        elif raw == "." and text[start - 1 : start].isalpha() and text[end : end + 1].isalpha():
            # A point inside an abbreviation ("O.D.") ends no sentence.
            continue
        elif raw in "-/:":
            spaced = text[start - 1 : start].isspace() and text[end : end + 1].isspace()
            if raw == "-" and spaced:
                add(",", start, end)
        elif raw in _BREAK:
            add(_BREAK[raw], start, end)
        else:
            word = re.sub(r"['’`´]", "", low)
            for part in mend(word, spellings or {}, tolerant, exempt).split():
                add(part, start, end)
    starts, position = [], 1
    for word in words:
        starts.append(position)
        position += len(word) + 1
    return Plain(" " + "".join(w + " " for w in words), tuple(words), tuple(starts), tuple(origin))
