"""What the entries of the shipped directory are called, read once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from services_directory.vocabulary import VOCABULARY_FOLDER
from services_directory.yaml_files import read_yaml
from understanding.kept import kept

ENTRIES_FOLDER = VOCABULARY_FOLDER.parent / "entries"


@lru_cache(maxsize=1)
def entry_names() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return (id, name, aliases) of every entry.

    Read as plain files: a broken criterion in one entry is no reason not to understand a message.
    """
    paths = sorted(ENTRIES_FOLDER.rglob("[!_]*.yml"))
    found = kept("entry-names", paths, lambda: _read(paths))
    return tuple((entry, name, tuple(aliases)) for entry, name, aliases in found)


def _read(paths: list[Path]) -> list[tuple[str, str, list[str]]]:
    entries = map(read_yaml, paths)
    named = (e for e in entries if isinstance(e, dict) and "id" in e and "name" in e)
    return [(str(e["id"]), str(e["name"]), [str(a) for a in e.get("aliases", ())]) for e in named]
