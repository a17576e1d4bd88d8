"""The directory of this process: its files (``live``), by its mode (``serving``), with its notes laid over.

Everything that asks for the directory gets it here, so a pause or an approval counts at once wherever
services are shown: one look at the clock of two small files a call, and work only when one has changed.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from services_directory import live
from services_directory.directory import Directory
from services_directory.entry_tree import EntryTree
from services_directory.keeping.going_live import HeldBack
from services_directory.keeping.home import SHIPPED, Home, without_dangling
from services_directory.keeping.notes import ReadNotes, notes_file, read_notes
from services_directory.keeping.serving import Mode, Served, approved_only, mode_of, nodes_of
from services_directory.live import LiveDirectory
from services_directory.yaml_files import DirectoryFileError

_LOG = logging.getLogger(__name__)
_Stamp = tuple[int, int]


@dataclass(frozen=True)
class Told:
    """What this instance says of its directory, for ``/health`` and for its maintainers."""

    mode: Mode
    revision: str
    held: tuple[HeldBack, ...]
    paused: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def approved(self) -> bool:
        """Say whether all that is served was approved by a second role."""
        return self.mode == "live"


class Instance:
    """What one process serves. Safe for threads.

    Raises ``DirectoryFileError`` where a live instance has nothing approved to begin with; later, what was
    served before stays in use and the trouble is told.
    """

    def __init__(self, files: LiveDirectory, home: Home, mode: Mode, notes: Path) -> None:
        self.mode = mode
        self._files, self._home, self._notes_path = files, home, notes
        self._lock = threading.Lock()
        self._seen: tuple[object, ...] = ()
        self._base: Directory | None = None
        self._served: Served | None = None
        self._notes = ReadNotes()
        self._trouble: str | None = None
        self._directory = self._renewed()

    def directory(self) -> Directory:
        """Return the directory in use."""
        if self._seen != self._signs():
            with self._lock:
                if self._seen != self._signs():
                    self._directory = self._renewed()
        return self._directory

    def notes(self) -> ReadNotes:
        """Return what maintainers said to this instance."""
        self.directory()
        return self._notes

    def told(self, day: date) -> Told:
        """Return what stands about the directory on ``day``."""
        services = self.directory().services.values()
        paused = tuple(s.id for s in services if any(p.on <= day <= p.until for p in s.pauses))
        problems = [str(self._home.shortened(finding)) for finding in self._files.problems()]
        if self._notes.unreadable:
            lines = ", ".join(map(str, self._notes.unreadable))
            problems.append(f"{self._notes_path.name}: cannot read line {lines}")
        if self._trouble:
            problems.append(self._trouble)
        prefix = "" if self.mode == "live" else "rehearsal-"
        held = self._served.held if self._served else ()
        return Told(self.mode, prefix + self._files.revision(), held, paused, tuple(problems))

    def _signs(self) -> tuple[object, ...]:
        """Return what tells that something has to be read again."""
        base = self._files.current()
        if self.mode == "rehearsal":
            return id(base), _stamp(self._notes_path)
        # What is over on one day and not the other may change what is served.
        return id(base), _stamp(self._notes_path), _stamp(self._home.approvals), date.today()

    def _renewed(self) -> Directory:
        signs, base = self._signs(), self._files.current()
        self._files.forget_revision()
        self._notes = read_notes(self._notes_path)
        try:
            served = self._serve(base)
            self._trouble = None
        except DirectoryFileError as error:
            if self._served is None:
                raise
            served, self._trouble = self._served, f"{error}; what was served before stays in use"
            _LOG.error("%s", self._trouble)
        # Kept, so that its id is not given to the next one.
        self._base, self._served, self._seen = base, served, signs
        if served.services is base.services and not self._notes.notes:
            return base
        return served.directory(base.words, base.areas, self._notes.notes)

    def _serve(self, base: Directory) -> Served:
        entries = self._files.entries()
        if self.mode == "live":
            tree = EntryTree(self._home.entries, entries, {}, ())
            return approved_only(tree, self._home, self._files.reader, date.today())
        whole = all(i in base.services for s in base.services.values() for i in s.replaced_by)
        services = base.services if whole else without_dangling(base.services)
        return Served("rehearsal", services, nodes_of(entries))


def _stamp(path: Path) -> _Stamp | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


@lru_cache(maxsize=4)
def _instance(mode: Mode, notes: Path) -> Instance:
    return Instance(live.shipped(), SHIPPED, mode, notes)


def instance() -> Instance:
    """Return the one of this process, by its settings."""
    return _instance(mode_of(), notes_file())


def directory() -> Directory:
    """Return the directory in use."""
    return instance().directory()
