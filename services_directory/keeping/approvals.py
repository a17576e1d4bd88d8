"""Approval: what a second role has agreed that live instances may serve.

An approval keeps a copy of the entry as it was approved (``approved/``, at the same place as in
``entries/``) and one record in the append-only log ``approvals.yml``, with a fingerprint of all in the copy
that needs approval. So a live instance needs no git to know the last approved version, and a copy that
somebody edited by hand is seen not to be the one approved.

Stopping needs nobody else: an entry may be closed, ended or paused, or end earlier, by its keeper alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from services_directory.entry_keys import Key
from services_directory.entry_reader import ReadEntry
from services_directory.findings import Finding, Findings
from services_directory.keeping.home import Home, ReadHome
from services_directory.node_values import block, day, items, text
from services_directory.verifications import FINGERPRINT_DIGITS
from services_directory.yaml_files import read_nodes
from services_directory.yaml_nodes import Node

# Who may be sent, where, how, and what the form says of them: what a mistake in would reach a patient.
APPROVED_KEYS = (
    "areas",
    "area_rule",
    "needs",
    "kind",
    "programme",
    "criteria",
    "routes",
)
# These need approval only where they open what was not open; see `going_live.stops_only`.
STOPPING_KEYS = ("status", "valid_from", "referrals_close_on", "valid_to", "unverified_from")
# Free text may hold an address or a number as well, and a patient would use it all the same.
TEXT_KEYS = ("provider", "offers", "duration", "capacity", "cost", "hours", "languages", "cautions")
_CONTACT = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|\b\d[\d ]{4,}\d\b|\b[\w-]+\.(?:co\.uk|org|org\.uk|uk|com)\b"
)

_RECORD_KEYS = (
    Key("service", "text", "The entry's id", required=True),
    Key("on", "date", "The day", required=True),
    Key("role", "text", "The role of who approved it", required=True),
    Key("changed_by", "text", "The role of who changed it", required=True),
    Key("live", "text", "The fingerprint of what was approved", required=True),
)


class ApprovalError(ValueError):
    """An approval that cannot be given; ``str()`` says why."""


@dataclass(frozen=True)
class Approval:
    """One record: ``on`` that day a ``role`` approved what another role (``changed_by``) had changed."""

    service: str
    on: date
    role: str
    changed_by: str
    live: str


def contacts_in(plain: dict[str, Any]) -> list[str]:
    """Return the addresses and numbers that stand in the free text of an entry."""
    found: list[str] = []
    for key in TEXT_KEYS:
        value = plain.get(key)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, str):
                found += _CONTACT.findall(part)
    return sorted(set(found))


def approved_parts(node: Node) -> dict[str, Any]:
    """Return what the entry ``node`` says that needs approval, by key (and ``contacts`` in free text)."""
    plain = node.plain()
    parts = {key: plain[key] for key in (*APPROVED_KEYS, *STOPPING_KEYS) if key in plain}
    parts["contacts"] = contacts_in(plain)
    return parts


def live_fingerprint(node: Node) -> str:
    """Return a short hash of what needs approval in the entry ``node``, however it is laid out."""
    said = json.dumps(approved_parts(node), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:FINGERPRINT_DIGITS]


def read_approvals(path: Path) -> tuple[tuple[Approval, ...], tuple[Finding, ...]]:
    """Return the records in the order they were made, and what is wrong with the log."""
    if not path.exists():
        return (), ()
    node, wrong = read_nodes(path)
    findings = Findings(path)
    findings.found += wrong
    records = []
    listed = node if node is not None and node.value is not None else None
    for item in items(findings, "approvals", listed):
        given = block(findings, "approval", item, _RECORD_KEYS) or {}
        said = {
            k: text(findings, k, given.get(k)) for k in ("service", "role", "changed_by", "live")
        }
        on = day(findings, "on", given.get("on"))
        if on and all(said.values()):
            records.append(Approval(on=on, **{k: v or "" for k, v in said.items()}))
    return tuple(records), tuple(findings.found)


def last_approvals(records: Iterable[Approval]) -> dict[str, Approval]:
    """Return the newest record of each entry."""
    return {record.service: record for record in records}


def check_second_role(role: str, changed_by: str) -> None:
    """Raise ``ApprovalError`` unless two roles are named that differ."""
    if not role.strip() or not changed_by.strip():
        raise ApprovalError("name two roles: who approves, and who made the change")
    if role.strip().casefold() == changed_by.strip().casefold():
        raise ApprovalError(
            f"'{role.strip()}' made the change; a second role has to approve it (--role), "
            "or say who made the change (--changed-by)"
        )


def approve(home: ReadHome, entry: ReadEntry, role: str, changed_by: str, on: date) -> Approval:
    """Keep ``entry`` as approved and log it; return the record.

    Raises ``ApprovalError`` for an entry with errors or one role alone, ``OSError`` where nothing can be
    written.
    """
    check_second_role(role, changed_by)
    if entry.service is None or entry.node is None:
        raise ApprovalError(
            f"{entry.path.name} has errors; `fingerpost directory check` names them"
        )
    record = Approval(
        entry.service.id, on, role.strip(), changed_by.strip(), live_fingerprint(entry.node)
    )
    copy = kept_copy(home.home, entry.path)
    copy.parent.mkdir(parents=True, exist_ok=True)
    # The copy first: without its record it counts for nothing, while a record without it would.
    fresh = copy.with_name(f".{copy.name}.new")
    fresh.write_bytes(entry.path.read_bytes())
    _forget_elsewhere(home.home, copy)
    os.replace(fresh, copy)
    append_approval(record, home.home.approvals)
    return record


def kept_copy(home: Home, path: Path) -> Path:
    """Return where the approved copy of the entry at ``path`` stands."""
    return home.approved / path.resolve().relative_to(home.entries.resolve())


def _forget_elsewhere(home: Home, copy: Path) -> None:
    """Remove the copy of an entry whose file has since been moved to another folder."""
    for other in home.approved.rglob(copy.name):
        if other != copy:
            other.unlink()


def append_approval(record: Approval, path: Path) -> None:
    """Add ``record`` at the end of the log. Raises ``OSError`` where the file cannot be written."""
    said = {
        "service": record.service,
        "on": record.on.isoformat(),
        "role": record.role,
        "changed_by": record.changed_by,
        "live": record.live,
    }
    with path.open("a", encoding="utf-8") as log:
        log.write("- " + json.dumps(said, ensure_ascii=False) + "\n")
        log.flush()
        os.fsync(log.fileno())
