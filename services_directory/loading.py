"""The directory as the product uses it: ``services_directory/entries/**/*.yml``, one file a service.

``load_directory`` refuses a folder with any error, with file, line and mend. ``directory`` is the one in
use, which a broken file cannot take down. What is beyond shape and references is the matter of
``checking``.
"""

from __future__ import annotations

import os
from pathlib import Path

from services_directory.areas import AREAS_FOLDER, load_areas
from services_directory.checks.references import check_references
from services_directory.directory import Directory
from services_directory.entry_reader import EntryReader
from services_directory.entry_tree import read_tree
from services_directory.vocabulary import VOCABULARY_FOLDER, load_vocabulary
from services_directory.yaml_files import DirectoryFileError

ENTRIES_FOLDER = Path(__file__).parent / "entries"

__all__ = ["ENTRIES_FOLDER", "EntryReader", "directory", "load_directory"]


def load_directory(
    entries: Path = ENTRIES_FOLDER,
    words_folder: Path = VOCABULARY_FOLDER,
    areas_folder: Path = AREAS_FOLDER,
) -> Directory:
    """Read the whole directory.

    Raises ``DirectoryFileError`` for a broken file, two entries with one id, or a reference to an
    entry that does not exist.
    """
    words, tree = load_vocabulary(words_folder), load_areas(areas_folder)
    read = read_tree(entries, EntryReader(words, tree))
    for finding in (*read.findings, *check_references(read.entries)):
        if finding.severity == "error":
            raise DirectoryFileError(finding.path, finding.line, finding.message)
    return Directory(read.services, words, tree)


def directory() -> Directory:
    """Return the directory of this process (``keeping.instance``): approved entries only, where it is live.

    A broken entry does not stop it: ``live`` says what stands in for it. With FINGERPOST_DIRECTORY_URL it
    answers from that database (``store.in_use``), the same.
    """
    # Not at the top: what it imports reads through this module.
    from services_directory.keeping.instance import directory as current

    url = os.environ.get("FINGERPOST_DIRECTORY_URL")
    if not url:
        return current()
    # SQLAlchemy takes longer to load than a directory in memory, so it is loaded only where it is used.
    from services_directory.store.in_use import in_store

    return in_store(url, current())
