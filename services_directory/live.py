"""The directory that the running assistant uses, which a broken file can never take down.

An entry with an error is not loaded: its last good version stays in use (the one read before; at start
the one of the last commit), and where there is none the entry is left out. ``problems`` says so, for the
log, for ``/health`` and for the directory page.

These are the files; what of them is served (approved versions alone, where an instance is live) is the
matter of ``keeping.instance``. The working tree is looked at again every ``POLL_SECONDS``, so that a
maintainer can try an edit on the running assistant; once it has been edited, ``rehearsing`` says so, and
whoever shows the directory must too. Vocabulary and areas are read once: they are part of the assistant's
reading too, which does not change while it runs. Where their files have changed since, ``problems`` says
that a restart is wanted.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from services_directory.areas import AREAS_FOLDER, areas
from services_directory.checks.dates import check_dates
from services_directory.checks.references import check_references
from services_directory.checks.rules import check_rules
from services_directory.checks.stamps import check_stamps
from services_directory.checks.texts import check_texts
from services_directory.directory import Directory
from services_directory.entry_reader import EntryReader, ReadEntry
from services_directory.entry_tree import entry_files
from services_directory.findings import Finding, has_errors
from services_directory.keeping.serving import MODE_VARIABLE, mode_of
from services_directory.loading import ENTRIES_FOLDER
from services_directory.model import Service
from services_directory.question_texts import question_texts
from services_directory.revision import committed_revision, committed_text, content_revision
from services_directory.verifications import VERIFICATIONS_FILE, read_verifications
from services_directory.vocabulary import VOCABULARY_FOLDER, vocabulary

POLL_SECONDS = 2.0
_LOG = logging.getLogger(__name__)
_Stamp = tuple[int, int]


@dataclass(frozen=True)
class _Loaded:
    """What is in use: the directory, each file's entry with the stamp it was read at, and the problems."""

    directory: Directory
    entries: dict[Path, ReadEntry]
    stamps: dict[Path, _Stamp]
    file_problems: dict[Path, tuple[Finding, ...]]
    problems: tuple[Finding, ...]


class LiveDirectory:
    """The entries below ``root``, as far as they are good.

    ``poll_seconds``: how often the files are looked at again (``None``: never). Safe for threads.
    """

    def __init__(
        self,
        root: Path = ENTRIES_FOLDER,
        poll_seconds: float | None = POLL_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = root
        self._poll = poll_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._words, self._areas = vocabulary(), areas()
        self.reader = EntryReader(self._words, self._areas)
        self._loaded = self._load(None)
        self._looked = clock()
        self._revision: str | None = None
        self._edited = False
        self._word_stamps = _word_stamps()
        self._restart: tuple[Finding, ...] = ()

    def current(self) -> Directory:
        """Return the directory in use, never older than the poll interval."""
        self._look_again()
        return self._loaded.directory

    def entries(self) -> tuple[ReadEntry, ...]:
        """Return the entries in use, each as it was read, in the order of their files."""
        self._look_again()
        return tuple(self._loaded.entries.values())

    def problems(self) -> tuple[Finding, ...]:
        """Return what is wrong with the files, each saying what is used instead."""
        self._look_again()
        return (*self._loaded.problems, *self._restart)

    def edited(self) -> bool:
        """Say whether the files have changed since they were first read."""
        self._look_again()
        return self._edited

    def revision(self) -> str:
        """Return the commit in use, or a hash of the files where they differ from it."""
        self._look_again()
        with self._lock:
            if self._revision is None:
                commit = committed_revision(self._root)
                paths = sorted(self._loaded.stamps)
                self._revision = commit or f"files-{content_revision(self._root, paths)}"
            return self._revision

    def forget_revision(self) -> None:
        """Ask git again when the revision is next wanted: the checkout has moved, the entries have not."""
        with self._lock:
            self._revision = None

    def _look_again(self) -> None:
        if self._poll is None or self._clock() - self._looked < self._poll:
            return
        with self._lock:
            if self._clock() - self._looked < self._poll:
                return
            before = self._loaded
            if _stamps(self._root) != before.stamps:
                self._loaded = self._load(before)
                self._revision = None
                self._edited = True
            self._restart = self._restart_wanted()
            self._looked = self._clock()

    def _restart_wanted(self) -> tuple[Finding, ...]:
        """Return a warning for each file of words or places that is another than at the start."""
        now = _word_stamps()
        changed = [
            path
            for path in sorted({*now, *self._word_stamps})
            if now.get(path) != self._word_stamps.get(path)
        ]
        found = tuple(
            Finding(str(path), 1, "warning", "changed; it counts once the assistant is restarted")
            for path in changed
        )
        for finding in found:
            if finding not in self._restart:
                _LOG.warning("%s", finding)
        return found

    def _load(self, before: _Loaded | None) -> _Loaded:
        stamps = _stamps(self._root)
        self._log, _ = read_verifications(VERIFICATIONS_FILE)
        if before is not None and before.entries and not stamps:
            # The whole folder has gone: a checkout in between, not the wish for an empty directory.
            gone = Finding(
                str(self._root), 0, "error", "holds no entries; those read before stay in use"
            )
            _LOG.warning("%s", gone)
            return replace(before, stamps=stamps, problems=(gone,))
        entries: dict[Path, ReadEntry] = {}
        file_problems: dict[Path, tuple[Finding, ...]] = {}
        for path, stamp in stamps.items():
            if before is not None and before.stamps.get(path) == stamp:
                used, found = before.entries.get(path), before.file_problems.get(path, ())
            else:
                used, found = self._read(path, before.entries.get(path) if before else None)
            if used is not None:
                entries[path] = used
            if found:
                file_problems[path] = found
        services: dict[str, Service] = {}
        for path, entry in entries.items():
            # Of two with one id, the one whose file is named after it; a stray copy takes no one's place.
            if entry.service is not None and (
                entry.service.id not in services or path.stem == entry.service.id
            ):
                services[entry.service.id] = entry.service
        between = check_references(tuple(entries.values()))
        problems = (*(f for found in file_problems.values() for f in found), *between)
        known = set(before.problems) if before else set()
        for finding in problems:
            if finding not in known:
                _LOG.warning("%s", finding)
        directory = Directory(services, self._words, self._areas)
        return _Loaded(directory, entries, stamps, file_problems, tuple(problems))

    def _read(
        self, path: Path, before: ReadEntry | None
    ) -> tuple[ReadEntry | None, tuple[Finding, ...]]:
        """Return the entry to use for ``path``, and what is wrong with the file as it stands."""
        entry = self.reader.read_entry(path)
        errors = self._errors(entry)
        if not errors:
            return entry, ()
        instead, used = before, "the version read before stays in use"
        if instead is None:
            instead, used = self._committed(path), "the version of the last commit is in use"
        if instead is None:
            used = "this entry is left out"
        return instead, tuple(replace(f, message=f"{f.message} ({used})") for f in errors)

    def _committed(self, path: Path) -> ReadEntry | None:
        text = committed_text(path)
        entry = self.reader.parse_entry(text, path) if text is not None else None
        return entry if entry is not None and not self._errors(entry) else None

    def _errors(self, entry: ReadEntry) -> list[Finding]:
        """Return what keeps ``entry`` from use. Personas do not: they may be what is being rehearsed."""
        found = [
            *entry.findings,
            *check_texts(entry),
            *check_dates(entry, date.today()),
            *check_rules(entry, frozenset(question_texts())),
            *check_stamps(entry, self._log),
        ]
        return [f for f in found if has_errors([f])]


def _stamps(root: Path) -> dict[Path, _Stamp]:
    """Return each entry file's time of change and size; a file that vanishes meanwhile is left out."""
    stamps: dict[Path, _Stamp] = {}
    for path in entry_files(root):
        try:
            seen = path.stat()
        except OSError:
            continue
        stamps[path] = (seen.st_mtime_ns, seen.st_size)
    return stamps


def _word_stamps() -> dict[Path, _Stamp]:
    """Return time of change and size of each file of the vocabulary and the areas."""
    return {**_stamps(VOCABULARY_FOLDER), **_stamps(AREAS_FOLDER)}


def rehearsing() -> bool:
    """Say whether edits that nobody approved are shown, or may be at any moment.

    So it is in mode ``rehearsal`` once a file was edited while the assistant runs, or where
    ``FINGERPOST_REHEARSAL=1`` or ``FINGERPOST_DIRECTORY_MODE=rehearsal`` asked for it.
    """
    if mode_of() != "rehearsal":
        return False
    asked = os.environ.get("FINGERPOST_REHEARSAL") == "1" or bool(os.environ.get(MODE_VARIABLE))
    return asked or shipped().edited()


@lru_cache(maxsize=1)
def shipped() -> LiveDirectory:
    """Return the shipped entries, looked at again now and then."""
    return LiveDirectory(ENTRIES_FOLDER)


def current() -> Directory:
    """Return the directory in use: of what was read here, what the instance serves."""
    # Not at the top: it reads through this module.
    from services_directory.keeping.instance import directory

    return directory()


def problems() -> tuple[Finding, ...]:
    """Return what is wrong with the entries' files, each saying what is used instead."""
    return shipped().problems()


def revision() -> str:
    """Return the revision in use: a commit, ``files-`` and a hash, or ``rehearsal-`` and either."""
    found = shipped().revision()
    return found if mode_of() == "live" else f"rehearsal-{found}"
