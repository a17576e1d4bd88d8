"""The changes of one entry through git's history, in plain English.

Who made them is not read: the directory holds roles, not names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from services_directory.entry_keys import ENTRY_KEYS
from services_directory.entry_reader import ReadEntry
from services_directory.keeping.differences import entry_differences
from services_directory.keeping.git_versions import Version, history_of, text_at
from services_directory.keeping.home import ReadHome
from services_directory.rule_words import joined


@dataclass(frozen=True)
class Change:
    """One change: its day, the commit's own words, and what differs."""

    on: date
    commit: str
    subject: str
    sentences: tuple[str, ...]


def entry_history(read: ReadHome, entry: ReadEntry, most: int = 50) -> tuple[Change, ...]:
    """Return the changes of ``entry``, newest first. Raises ``GitError``."""
    versions = history_of(read.home, entry.path, most + 1)
    read_then = [_at(read, version) for version in versions]
    return tuple(
        Change(version.on, version.commit, version.subject, told)
        for place, version in enumerate(versions[:most])
        for told in [
            _told(
                read, read_then[place + 1] if place + 1 < len(versions) else None, read_then[place]
            )
        ]
    )


def _at(read: ReadHome, version: Version) -> ReadEntry | None:
    text = text_at(read.home, version.commit, version.path)
    return None if text is None else read.reader.parse_entry(text, Path(version.path))


def _told(read: ReadHome, older: ReadEntry | None, newer: ReadEntry | None) -> tuple[str, ...]:
    if newer is None:
        return ("The file was taken away.",)
    if older is None:
        return ("The entry was written.",)
    if older.service is not None and newer.service is not None:
        told = entry_differences(older.service, newer.service, read.directory, read.directory)
        return told or ("Layout or comments only: nothing of what it says.",)
    return (_keys_changed(older, newer),)


def _keys_changed(older: ReadEntry, newer: ReadEntry) -> str:
    """Say which keys differ, where the format of that time cannot be read in full by this version."""
    if older.node is None or newer.node is None:
        return "It could not be read then, or cannot be read by this version."
    was, now = older.node.plain(), newer.node.plain()
    if not isinstance(was, dict) or not isinstance(now, dict):
        return "It could not be read then, or cannot be read by this version."
    names = [key.name for key in ENTRY_KEYS if was.get(key.name) != now.get(key.name)]
    return f"Changed: {joined(names, 'and')}." if names else "Layout or comments only."


def history_text(changes: tuple[Change, ...]) -> str:
    """Return ``changes`` as plain text."""
    if not changes:
        return "No change is recorded: the entry is not committed yet."
    lines = []
    for change in changes:
        lines.append(f"{change.on}  {change.subject} ({change.commit})")
        lines += [f"  - {told}" for told in change.sentences] + [""]
    return "\n".join(lines).rstrip()
