"""Writing the stamp of a check into an entry's file, and its record into the log.

The file is edited as text, so that comments and layout stay as its writer left them.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from services_directory.entry_reader import EntryReader, ReadEntry
from services_directory.exchange.yaml_text import flow
from services_directory.verifications import Verification, append_verification, fingerprint

_STAMP = re.compile(r"(?m)^(?:verified_on|verified_by_role):.*(?:\n[ \t]+.*)*\n?")
# The stamp goes under the date of the page; where there is none, under the status.
_ANCHORS = (re.compile(r"(?m)^source_date:.*\n?"), re.compile(r"(?m)^status:.*\n?"))


class StampError(ValueError):
    """A check that cannot be recorded; ``str()`` says why."""


def stamped_text(text: str, on: date, role: str) -> str:
    """Return the entry ``text`` with the stamp of a check ``on`` that day by ``role``."""
    bare = _STAMP.sub("", text)
    stamp = f"verified_on: {on.isoformat()}\nverified_by_role: {flow(role)}\n"
    for anchor in _ANCHORS:
        found = anchor.search(bare)
        if found:
            before = bare[: found.end()]
            newline = "" if before.endswith("\n") else "\n"
            return before + newline + stamp + bare[found.end() :]
    raise StampError("the entry has no line `status:` that starts in the first column")


def verify(entry: ReadEntry, reader: EntryReader, role: str, on: date, log: Path) -> Verification:
    """Record that the facts of ``entry`` were confirmed with the service; return the record.

    Raises ``StampError`` for an entry with errors, no role, or a file whose layout the stamp would break;
    ``OSError`` where nothing can be written. Nothing is written before it is known to be right.
    """
    said = " ".join(role.split())
    if not said:
        raise StampError("name the role of who confirmed it (--role), never a person's name")
    if entry.service is None or entry.node is None:
        raise StampError(f"{entry.path.name} has errors; `fingerpost directory check` names them")
    old = entry.path.read_bytes().decode("utf-8")
    new = stamped_text(old.replace("\r\n", "\n"), on, said)
    if "\r\n" in old:
        # An editor on Windows wrote it: changing every line would hide the two that matter.
        new = new.replace("\n", "\r\n")
    after = reader.parse_entry(new, entry.path)
    stamped = replace(entry.service, verified_on=on, verified_by_role=said)
    if after.service != stamped or after.node is None:
        raise StampError(f"{entry.path.name} is laid out in a way that the stamp would break")
    record = Verification(entry.service.id, on, said, fingerprint(after.node))
    # The record first: a stamp without it would be taken for one written by hand.
    append_verification(record, log)
    fresh = entry.path.with_name(f".{entry.path.name}.new")
    fresh.write_bytes(new.encode("utf-8"))
    os.replace(fresh, entry.path)
    return record
