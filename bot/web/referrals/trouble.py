"""What was not done, as a page tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """What was not done: ``what`` happened, what was ``kept``, what to ``do``, ``at`` which element's id."""

    what: str
    kept: str = ""
    do: str = ""
    at: str = ""
