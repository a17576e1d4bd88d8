"""Lists of words kept beside the vocabulary for the readers of this room (places, names, safety).

Files of ``services_directory/vocabulary/`` without ``ids``: a mapping of list names to words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from services_directory.vocabulary import VOCABULARY_FOLDER
from services_directory.yaml_files import read_yaml
from understanding.kept import kept


@lru_cache(maxsize=8)
def word_file(name: str) -> dict[str, Any]:
    """Return the parsed ``<name>.yml``. Raises ``DirectoryFileError`` where it cannot be read."""
    path = VOCABULARY_FOLDER / f"{name}.yml"
    found: dict[str, Any] = kept(f"words-{name}", [path], lambda: read_yaml(path))
    return found


@lru_cache(maxsize=64)
def word_list(name: str, key: str) -> frozenset[str]:
    """Return the words under ``key`` of ``<name>.yml``, as a set of text."""
    return frozenset(str(word) for word in word_file(name)[key])
