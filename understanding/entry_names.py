"""What the entries of the shipped directory are called, read once a process."""

from __future__ import annotations

from functools import lru_cache

from services_directory.vocabulary import VOCABULARY_FOLDER
from services_directory.yaml_files import read_yaml

ENTRIES_FOLDER = VOCABULARY_FOLDER.parent / "entries"


@lru_cache(maxsize=1)
def entry_names() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return (id, name, aliases) of every entry.

    Read as plain files: a broken criterion in one entry is no reason not to understand a message.
    """
    entries = (read_yaml(path) for path in sorted(ENTRIES_FOLDER.rglob("[!_]*.yml")))
    named = (e for e in entries if isinstance(e, dict) and "id" in e and "name" in e)
    return tuple(
        (str(e["id"]), str(e["name"]), tuple(map(str, e.get("aliases", ())))) for e in named
    )
