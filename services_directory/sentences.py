"""Small matters of writing sentences."""

from __future__ import annotations


def sentence_case(text: str) -> str:
    """Return ``text`` with its first letter large and all others as they are ("page of May 2025")."""
    return text[:1].upper() + text[1:]
