"""A ``verified_on`` that no ``verify`` wrote, and facts changed since they were verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from services_directory.entry_reader import ReadEntry
from services_directory.findings import Finding
from services_directory.verifications import Verification, fingerprint


def check_stamps(entry: ReadEntry, log: Iterable[Verification]) -> Iterator[Finding]:
    """Yield where the stamp of ``entry`` and the ``log`` disagree."""
    service, node = entry.service, entry.node
    if service is None or node is None:
        return
    command = f"fingerpost directory verify {service.id}"
    path = str(entry.path)
    if service.verified_on is None:
        if service.verified_by_role is not None:
            line = entry.line_of("verified_by_role")
            yield Finding(
                path, line, "error", f"verified_by_role without verified_on; run `{command}`"
            )
        return
    line = entry.line_of("verified_on")
    stamp = (service.id, service.verified_on, service.verified_by_role)
    records = [record for record in log if (record.service, record.on, record.role) == stamp]
    if not records:
        yield Finding(
            path,
            line,
            "error",
            f"verified_on was not written by `{command}`; delete it and run that",
        )
    elif records[-1].facts != fingerprint(node):
        yield Finding(
            path,
            line,
            "warning",
            f"facts have changed since they were verified; run `{command}` again",
        )
