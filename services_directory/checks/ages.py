"""Entries whose facts are older than their keeper lets them grow, and entries that nobody keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from services_directory.entry_reader import ReadEntry
from services_directory.entry_tree import EntryTree
from services_directory.findings import Finding
from services_directory.folders import FOLDER_FILE, Folder, keeper_of
from services_directory.model import Service
from services_directory.status import facts_age_months, status_on

LONG_CLOSED_DAYS = 365


def check_ages(tree: EntryTree, folders: dict[Path, Folder], today: date) -> Iterator[Finding]:
    """Yield a warning for each entry too old ``today`` and each folder without a keeper.

    ``folders`` may hold keepers of folders around the tree as well. Entries that are history are left
    out: their facts no longer change.
    """
    unkept: set[Path] = set()
    for entry in tree.entries:
        keeper = keeper_of(entry.path, folders)
        if keeper is None:
            unkept.add(entry.path.parent)
        elif entry.service is not None:
            yield from _too_old(entry, keeper, today)
    if tree.root.is_dir():
        for folder in sorted(unkept):
            yield Finding(
                str(folder / FOLDER_FILE),
                0,
                "warning",
                "nobody keeps this folder; write owner_role and max_age_months into this file",
            )


def _too_old(entry: ReadEntry, keeper: Folder, today: date) -> Iterator[Finding]:
    service = entry.service
    if service is None or is_history(service, today):
        return
    path = str(entry.path)
    mend = f"ask its keeper ({keeper.owner_role}) to verify it"
    months = facts_age_months(service, today)
    if months is None:
        yield Finding(path, entry.line_of("status"), "warning", f"its facts have no date; {mend}")
    elif months > keeper.max_age_months:
        newest = "verified_on" if is_verified_last(service) else "source_date"
        yield Finding(
            path,
            entry.line_of(newest),
            "warning",
            f"its facts are {months} months old (its folder allows {keeper.max_age_months}); {mend}",
        )


def is_history(service: Service, today: date) -> bool:
    """Say whether it has ended, or has taken nobody new for so long that it will not begin again."""
    status = status_on(service, today)
    if status.status == "closed" and status.since is not None:
        return (today - status.since).days > LONG_CLOSED_DAYS
    return status.status == "ended"


def is_verified_last(service: Service) -> bool:
    """Say whether the newest date of its facts is that of a check with the service."""
    if service.verified_on is None:
        return False
    return service.source_date is None or service.verified_on >= service.source_date
