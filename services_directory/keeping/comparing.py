"""The working tree beside a revision: what differs in the entries, and what it means for patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services_directory.keeping.differences import (
    EntryDifference,
    differences_text,
    directory_differences,
)
from services_directory.keeping.effects import Effect, effects, effects_text
from services_directory.keeping.git_versions import home_at
from services_directory.keeping.home import Home, ReadHome, read_home
from services_directory.keeping.patients import sample_patients


@dataclass(frozen=True)
class Comparison:
    """What an edit does. ``unreadable``: files that have errors on the newer side, left out of the rest."""

    revision: str
    as_of: str
    entries: tuple[EntryDifference, ...]
    effects: tuple[Effect, ...]
    patients: int
    unreadable: tuple[str, ...]


def compare_with(home: Home, revision: str, day: date) -> Comparison:
    """Compare the files of ``home`` with ``revision`` for ``day``.

    Raises ``GitError`` where there is no such revision, ``DirectoryFileError`` for broken words or areas.
    """
    after = read_home(home)
    with home_at(home, revision) as then:
        return compare(read_home(then), after, revision, day)


def compare(before: ReadHome, after: ReadHome, revision: str, day: date) -> Comparison:
    """Compare two directories that were read."""
    patients = sample_patients(after.directory.words, after.directory.areas)
    unreadable = tuple(
        after.home.short(entry.path) for entry in after.tree.entries if entry.service is None
    )
    return Comparison(
        revision=revision,
        as_of=day.isoformat(),
        entries=directory_differences(before.directory, after.directory),
        effects=effects(before.directory, after.directory, patients, day),
        patients=len(patients),
        unreadable=unreadable,
    )


def comparison_text(found: Comparison) -> str:
    """Return ``found`` as plain text: the entries first, then the patients."""
    parts = [
        f"Compared with {found.revision}, for {found.as_of}.",
        "",
        "WHAT CHANGES IN THE ENTRIES",
        "",
    ]
    parts.append(differences_text(found.entries))
    if found.unreadable:
        parts += ["", "Left out, because they have errors: " + ", ".join(found.unreadable)]
    parts += ["", "WHAT IT MEANS FOR PATIENTS", "", effects_text(found.effects, found.patients)]
    return "\n".join(parts)
