"""How hard a text is to read: the Flesch-Kincaid grade, with syllables counted by groups of vowels.

Grade 4 to 6 is what a child of 9 to 11 reads.
"""

from __future__ import annotations

import re


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text``; a colon and a line end close one too."""
    return [s for s in re.split(r"[.!?:]+(?:\s|$)|\n", text) if re.search("[a-z]", s)]


def syllables(word: str) -> int:
    """Return the syllables of ``word``, at least 1."""
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))))


def words(text: str) -> list[str]:
    """Return the words of ``text``."""
    return re.findall(r"[A-Za-z']+", text)


def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of ``text``."""
    found = words(text)
    spoken = sum(syllables(word) for word in found)
    return 0.39 * len(found) / len(sentences(text)) + 11.8 * spoken / len(found) - 15.59
