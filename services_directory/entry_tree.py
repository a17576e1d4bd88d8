"""A folder of entries as it was read: every file, its findings, and who keeps which folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services_directory.entry_reader import EntryReader, ReadEntry
from services_directory.findings import Finding
from services_directory.folders import FOLDER_FILE, Folder, read_folder
from services_directory.model import Service


@dataclass(frozen=True)
class EntryTree:
    """All files below ``root``, in the order of their paths."""

    root: Path
    entries: tuple[ReadEntry, ...]
    folders: dict[Path, Folder]
    folder_findings: tuple[Finding, ...]

    @property
    def services(self) -> dict[str, Service]:
        """The readable entries by id; of two with one id, the first."""
        found: dict[str, Service] = {}
        for entry in self.entries:
            if entry.service is not None:
                found.setdefault(entry.service.id, entry.service)
        return found

    @property
    def by_id(self) -> dict[str, ReadEntry]:
        """The readable files by the id they give; of two with one id, the one named so."""
        found: dict[str, ReadEntry] = {}
        for entry in self.entries:
            service = entry.service
            if service is not None and (service.id not in found or entry.path.stem == service.id):
                found[service.id] = entry
        return found

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the files one by one."""
        return (*self.folder_findings, *(f for entry in self.entries for f in entry.findings))


def entry_files(root: Path) -> Iterator[Path]:
    """Yield the entry files at or below ``root``, sorted; hidden files and editors' copies are left out."""
    if root.suffix == ".yml" and not root.is_dir():
        yield root
        return
    found: list[Path] = []
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        found += [Path(folder, name) for name in (*names, *subfolders) if _is_entry(name)]
    yield from sorted(found)


def _is_entry(name: str) -> bool:
    return name.endswith(".yml") and name != FOLDER_FILE and not name.startswith((".", "#"))


def folder_files(root: Path) -> list[Path]:
    """Return every ``_folder.yml`` below ``root``, sorted."""
    if not root.is_dir():
        return []
    return sorted(
        Path(folder, FOLDER_FILE) for folder, _, names in os.walk(root) if FOLDER_FILE in names
    )


def read_tree(root: Path, reader: EntryReader) -> EntryTree:
    """Read every file at or below ``root``. Never raises for what a file holds."""
    folders: dict[Path, Folder] = {}
    findings: list[Finding] = []
    for path in folder_files(root):
        folder, wrong = read_folder(path)
        findings += wrong
        if folder is not None:
            folders[path.parent] = folder
    entries = tuple(reader.read_entry(path) for path in entry_files(root))
    return EntryTree(root, entries, folders, tuple(findings))
