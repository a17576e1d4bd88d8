"""Approved copies that are not what was approved, and copies of entries that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from services_directory.entry_tree import EntryTree
from services_directory.findings import Finding
from services_directory.keeping.approvals import last_approvals, live_fingerprint, read_approvals
from services_directory.keeping.home import Home


def check_approved(home: Home, copies: EntryTree, written: EntryTree) -> Iterator[Finding]:
    """Yield where the approved ``copies`` and the log of ``home`` disagree, and copies without an entry."""
    log, wrong = read_approvals(home.approvals)
    yield from wrong
    last = last_approvals(log)
    for entry in copies.entries:
        path = str(entry.path)
        if entry.service is None or entry.node is None:
            yield from entry.findings
            continue
        name = entry.service.id
        if name not in last or last[name].live != live_fingerprint(entry.node):
            yield Finding(
                path,
                1,
                "error",
                f"was not written by `fingerpost directory approve {name}`; run that, and never edit it",
            )
        elif name not in written.by_id:
            yield Finding(
                path, 1, "warning", f"the entry '{name}' is gone; delete its approved copy too"
            )
