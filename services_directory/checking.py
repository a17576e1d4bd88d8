"""Everything that is wrong with a folder of entries, or with one file: all findings, not just the first.

What is checked where: the YAML (``yaml_files``), the shape (``entry_reader``), then the modules of
``checks``. Entries may be checked that are no part of the shipped directory: a file or folder elsewhere
is a proposal. A folder that repeats shipped ids is a copy and stands alone; anything else is laid over the
shipped entries, so that it may name them.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from services_directory.areas import AREAS_FOLDER, load_areas
from services_directory.checks.ages import check_ages
from services_directory.checks.approved import check_approved
from services_directory.checks.dates import check_dates
from services_directory.checks.personas import check_personas
from services_directory.checks.references import check_references, id_of
from services_directory.checks.rules import check_rules
from services_directory.checks.shared_names import check_shared_names
from services_directory.checks.stamps import check_stamps
from services_directory.checks.texts import check_texts
from services_directory.directory import Directory
from services_directory.entry_reader import EntryReader, ReadEntry
from services_directory.entry_tree import EntryTree, read_tree
from services_directory.findings import Finding
from services_directory.folders import FOLDER_FILE, Folder, read_folder
from services_directory.keeping.home import Home
from services_directory.loading import ENTRIES_FOLDER
from services_directory.question_texts import question_texts
from services_directory.verifications import VERIFICATIONS_FILE, Verification, read_verifications
from services_directory.vocabulary import VOCABULARY_FOLDER, load_vocabulary
from services_directory.yaml_files import DirectoryFileError


@dataclass(frozen=True)
class Surroundings:
    """What entries are checked against: words, areas, the log, askable keys, and the day."""

    directory: Directory
    log: tuple[Verification, ...]
    askable: Collection[str]
    today: date


def check_path(path: Path | None = None, today: date | None = None) -> tuple[Finding, ...]:
    """Return every finding of the file or folder at ``path`` (the shipped entries by default).

    Sorted by file and line. Never raises for what a file holds.
    """
    root = ENTRIES_FOLDER if path is None else path
    if (root / ENTRIES_FOLDER.parent.name / "entries").is_dir():
        # A whole checkout.
        root = root / ENTRIES_FOLDER.parent.name
    day = today or date.today()
    if not root.exists():
        return (
            Finding(str(root), 0, "error", "no such file or folder; give the path of an entry"),
        )
    if root.is_dir() and (root / "entries").is_dir():
        # A whole directory: its entries, with its own words, areas and log where it has them.
        return _checked(root / "entries", root, day)
    if root.name == FOLDER_FILE:
        return read_folder(root)[1]
    if root.is_file() and root.suffix != ".yml":
        return (Finding(str(root), 0, "error", "is no entry: the file of an entry ends in .yml"),)
    return _checked(root, ENTRIES_FOLDER.parent, day)


def _checked(entries: Path, home: Path, today: date) -> tuple[Finding, ...]:
    try:
        words = load_vocabulary(_or_shipped(home / "vocabulary", VOCABULARY_FOLDER))
        areas = load_areas(_or_shipped(home / "areas", AREAS_FOLDER))
    except DirectoryFileError as error:
        return (Finding(str(error.path), error.line, "error", error.message),)
    log_file = home / "verifications.yml"
    log, log_findings = read_verifications(log_file if log_file.exists() else VERIFICATIONS_FILE)
    reader = EntryReader(words, areas)
    tree = read_tree(entries, reader)
    around = _around(tree, reader)
    directory = Directory(
        {**around.services, **tree.services} if around else tree.services, words, areas
    )
    surroundings = Surroundings(directory, log, frozenset(question_texts()), today)
    found = {*_all_findings(tree, around, surroundings), *log_findings}
    if _real(entries) == _real(home / "entries"):
        own = Home(home)
        found |= {*check_approved(own, read_tree(own.approved, reader), tree)}
    return tuple(sorted(found))


def _real(path: Path) -> Path:
    """Return where ``path`` leads to; unlike ``Path.resolve`` it bears links that go in a circle."""
    return Path(os.path.realpath(path))


def _or_shipped(folder: Path, shipped: Path) -> Path:
    return folder if folder.is_dir() else shipped


def _around(tree: EntryTree, reader: EntryReader) -> EntryTree | None:
    """Return the shipped entries that ``tree`` is part of or an addition to; ``None`` for a copy of them."""
    root, shipped = _real(tree.root), _real(ENTRIES_FOLDER)
    if root == shipped:
        return None
    around = read_tree(ENTRIES_FOLDER, reader)
    if shipped in root.parents or root.is_file():
        return around
    return None if set(tree.services) & set(around.services) else around


def _all_findings(
    tree: EntryTree, around: EntryTree | None, surroundings: Surroundings
) -> Iterator[Finding]:
    yield from tree.findings
    for entry in tree.entries:
        yield from check_entry(entry, surroundings)
    yield from _references(tree, around)
    yield from check_ages(tree, {**_keepers_around(tree.root), **tree.folders}, surroundings.today)
    yield from _misnamed(tree.root)


def check_entry(entry: ReadEntry, surroundings: Surroundings) -> Iterator[Finding]:
    """Yield the findings of one entry by itself, beyond its shape."""
    yield from check_texts(entry)
    yield from check_dates(entry, surroundings.today)
    yield from check_rules(entry, surroundings.askable)
    yield from check_stamps(entry, surroundings.log)
    yield from check_personas(entry, surroundings.directory, surroundings.today)


def _references(tree: EntryTree, around: EntryTree | None) -> Iterator[Finding]:
    """Yield what is wrong between entries; of entries around, only what concerns those of the tree."""
    if around is None:
        yield from check_references(tree.entries)
        yield from check_shared_names(tree.entries)
        return
    inside = {_real(entry.path) for entry in tree.entries}
    in_shipped = any(_real(ENTRIES_FOLDER) in path.parents for path in inside)
    own_ids = {id_of(entry) for entry in tree.entries}
    others = tuple(
        entry
        for entry in around.entries
        if _real(entry.path) not in inside
        # A proposal from elsewhere takes the place of the entry whose id it has.
        and (in_shipped or id_of(entry) not in own_ids)
    )
    everything = (*others, *tree.entries)
    for finding in (*check_references(everything), *check_shared_names(everything)):
        if _real(Path(finding.path)) in inside:
            yield finding


def _keepers_around(root: Path) -> dict[Path, Folder]:
    """Return the keepers of the folders around ``root``, for an entry or folder checked by itself."""
    found = {}
    for parent in root.parents:
        folder, _ = (
            read_folder(parent / FOLDER_FILE) if (parent / FOLDER_FILE).exists() else (None, ())
        )
        if folder is not None:
            found[parent] = folder
        if _real(parent) == _real(ENTRIES_FOLDER):
            break
    return found


def _misnamed(root: Path) -> Iterator[Finding]:
    """Yield files that look like entries and are never read."""
    if root.is_dir():
        for path in sorted(root.rglob("*.yaml")):
            yield Finding(str(path), 0, "warning", "is not read: name it .yml")
