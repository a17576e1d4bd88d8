"""Somebody a message speaks of besides the patient."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody other than the patient: the word that names them, where it stands, and their sex if known.

    ``subject``: a clause is about them, rather than naming them by the way.
    """

    word: str
    at: int
    sex: str | None
    employer: bool = False
    subject: bool = False
