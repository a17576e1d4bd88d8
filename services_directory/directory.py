"""The directory in memory: entries, vocabulary and areas together."""

from __future__ import annotations

from dataclasses import dataclass

from services_directory.areas import Areas
from services_directory.model import Service
from services_directory.vocabulary import Vocabulary


@dataclass(frozen=True)
class Directory:
    """Every entry by its id, with the words and the areas that they are written in."""

    services: dict[str, Service]
    words: Vocabulary
    areas: Areas
