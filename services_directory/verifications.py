"""The log of checks with services: who (which role) confirmed an entry's facts, when, and which facts.

``fingerpost directory verify`` stamps an entry (``verified_on``, ``verified_by_role``) and appends one
record here, with a fingerprint of the facts it confirmed. The log is only ever added to. A stamp without
its record was written by hand; a record whose fingerprint no longer fits means that the facts have been
changed since.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from services_directory.entry_keys import Key
from services_directory.findings import Finding, Findings
from services_directory.node_values import block, day, items, text
from services_directory.yaml_files import read_nodes
from services_directory.yaml_nodes import Node

VERIFICATIONS_FILE = Path(__file__).parent / "verifications.yml"
# The stamp itself, and the invented patients, are no facts about the service.
NOT_FACTS = ("verified_on", "verified_by_role", "personas")
FINGERPRINT_DIGITS = 16

_RECORD_KEYS = (
    Key("service", "text", "The entry's id", required=True),
    Key("on", "date", "The day", required=True),
    Key("role", "text", "The role of who confirmed it", required=True),
    Key("facts", "text", "The fingerprint of what was confirmed", required=True),
)


@dataclass(frozen=True)
class Verification:
    """One record: ``on`` that day a ``role`` confirmed the ``facts`` (a fingerprint) of ``service``."""

    service: str
    on: date
    role: str
    facts: str


def fingerprint(node: Node) -> str:
    """Return a short hash of the facts that the entry ``node`` states, however they are laid out."""
    plain = node.plain()
    facts = {key: value for key, value in plain.items() if key not in NOT_FACTS}
    said = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:FINGERPRINT_DIGITS]


def read_verifications(
    path: Path = VERIFICATIONS_FILE,
) -> tuple[tuple[Verification, ...], tuple[Finding, ...]]:
    """Return the records in the order they were made, and what is wrong with the log."""
    if not path.exists():
        return (), ()
    node, wrong = read_nodes(path)
    findings = Findings(path)
    findings.found += wrong
    records = []
    # An empty log (comments alone) is a log with nothing in it yet.
    listed = node if node is not None and node.value is not None else None
    for item in items(findings, "verifications", listed):
        given = block(findings, "verification", item, _RECORD_KEYS) or {}
        name, role = (text(findings, key, given.get(key)) for key in ("service", "role"))
        facts, on = (
            text(findings, "facts", given.get("facts")),
            day(findings, "on", given.get("on")),
        )
        if name and role and facts and on:
            records.append(Verification(name, on, role, facts))
    return tuple(records), tuple(findings.found)


def append_verification(record: Verification, path: Path = VERIFICATIONS_FILE) -> None:
    """Add ``record`` at the end of the log. Raises ``OSError`` where the file cannot be written."""
    said = {
        "service": record.service,
        "on": record.on.isoformat(),
        "role": record.role,
        "facts": record.facts,
    }
    # JSON text is YAML, and quotes whatever the role's name may hold.
    line = "- " + json.dumps(said, ensure_ascii=False) + "\n"
    with path.open("a", encoding="utf-8") as log:
        log.write(line)
        log.flush()
        os.fsync(log.fileno())
