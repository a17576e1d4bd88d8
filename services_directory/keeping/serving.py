"""What this instance serves: the entries as written (rehearsal) or as approved (live), with its notes.

``FINGERPOST_DIRECTORY_MODE`` is ``live`` or ``rehearsal``. Left out, it follows the practice: training mode
rehearses, everything else is live. A rehearsal shows an edit at once and says that it is one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services_directory.areas import Areas
from services_directory.directory import Directory
from services_directory.entry_reader import EntryReader, ReadEntry
from services_directory.entry_tree import EntryTree, read_tree
from services_directory.keeping.approvals import last_approvals, read_approvals
from services_directory.keeping.going_live import HeldBack, live_view
from services_directory.keeping.home import Home, without_dangling
from services_directory.keeping.notes import Note
from services_directory.keeping.overlay import overlaid
from services_directory.model import Service
from services_directory.practice import practice_settings
from services_directory.verifications import fingerprint
from services_directory.vocabulary import Vocabulary
from services_directory.yaml_files import DirectoryFileError
from services_directory.yaml_nodes import Node

# What the safety message names (contract of the messages): an instance that held one back would be unsafe.
SAFETY_CONTACTS = (
    "emergency-999",
    "nhs-111-option-2",
    "samaritans",
    "shout",
    "national-domestic-abuse-helpline",
    "mens-advice-line",
)
MODE_VARIABLE = "FINGERPOST_DIRECTORY_MODE"
Mode = Literal["live", "rehearsal"]


@dataclass(frozen=True)
class Served:
    """What is served, before any note: the services, the nodes they were read from, and what is held back."""

    mode: Mode
    services: Mapping[str, Service]
    nodes: Mapping[str, Node]
    held: tuple[HeldBack, ...] = ()

    def directory(self, words: Vocabulary, areas: Areas, notes: tuple[Note, ...] = ()) -> Directory:
        """Return the directory with ``notes`` laid over it."""
        return Directory(overlaid(self.services, notes, self._facts), words, areas)

    def _facts(self, service: Service) -> str | None:
        node = self.nodes.get(service.id)
        return fingerprint(node) if node is not None else None


def mode_of(environ: Mapping[str, str] | None = None) -> Mode:
    """Return the mode of this instance. Raises ``ValueError`` for any other word in the variable."""
    said = (os.environ if environ is None else environ).get(MODE_VARIABLE, "").strip()
    if said == "live":
        return "live"
    if said == "rehearsal":
        return "rehearsal"
    if said:
        raise ValueError(f"{MODE_VARIABLE} is '{said}'; write live or rehearsal")
    return "rehearsal" if practice_settings().training_mode else "live"


def approved_only(tree: EntryTree, home: Home, reader: EntryReader, day: date) -> Served:
    """Return what a live instance serves of ``tree`` on ``day`` by the approvals of ``home``.

    Raises ``DirectoryFileError`` where nothing at all may be served: an instance without entries would
    look as if no patient could be helped.
    """
    copies = read_tree(home.approved, reader)
    log, wrong = read_approvals(home.approvals)
    if wrong:
        first = wrong[0]
        raise DirectoryFileError(first.path, first.line, first.message)
    view = live_view(_by_id_or_name(tree.entries), copies.by_id, last_approvals(log), day)
    if not view.services:
        raise DirectoryFileError(
            home.approvals,
            0,
            "a live instance serves approved entries only, and none is approved: have a second role "
            'read and run `fingerpost directory approve --all --role "Clinical lead"` (docs/maintainers.md, '
            f"Going live), or set {MODE_VARIABLE}=rehearsal to try the directory unapproved",
        )
    missing = [i for i in SAFETY_CONTACTS if i in tree.by_id and i not in view.services]
    if missing:
        raise DirectoryFileError(
            home.approvals,
            0,
            f"safety contacts are not approved: {', '.join(missing)}; approve them",
        )
    copied = {held.service for held in view.held}
    nodes = nodes_of(tree.by_id.values()) | {
        name: entry.node
        for name, entry in copies.by_id.items()
        if name in copied and entry.node is not None
    }
    return Served("live", without_dangling(view.services), nodes, view.held)


def _by_id_or_name(entries: Iterable[ReadEntry]) -> dict[str, ReadEntry]:
    """Return entries by id; one that cannot be read goes by the name of its file, which is its id."""
    found: dict[str, ReadEntry] = {}
    for entry in entries:
        found.setdefault(entry.service.id if entry.service else entry.path.stem, entry)
    return found


def nodes_of(entries: Iterable[ReadEntry]) -> dict[str, Node]:
    """Return the nodes of the readable ``entries`` by id."""
    return {
        entry.service.id: entry.node
        for entry in entries
        if entry.service is not None and entry.node is not None
    }
