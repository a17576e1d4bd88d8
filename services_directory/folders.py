"""Who keeps a folder of entries: its ``_folder.yml`` names an owner role and how old facts may grow.

A folder without one is kept by the owner of the nearest folder around it that has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services_directory.entry_keys import Key
from services_directory.findings import Finding, Findings
from services_directory.node_values import block, text
from services_directory.yaml_files import read_nodes

FOLDER_FILE = "_folder.yml"
LONGEST_AGE = 60

FOLDER_KEYS = (
    Key(
        "owner_role",
        "text",
        "The role that keeps these entries true, never a person",
        required=True,
    ),
    Key("max_age_months", "text", "How old facts may grow before they are checked", required=True),
    Key("contact_hint", "text", "Where that role is found, never a person's address"),
)


@dataclass(frozen=True)
class Folder:
    """One folder's keeper: a role, the age in months after which facts want checking, and where to ask."""

    owner_role: str
    max_age_months: int
    contact_hint: str = ""


def read_folder(path: Path) -> tuple[Folder | None, tuple[Finding, ...]]:
    """Return what the ``_folder.yml`` at ``path`` says, and what is wrong with it."""
    node, wrong = read_nodes(path)
    findings = Findings(path)
    findings.found += wrong
    if node is None or node.value is None:
        if not wrong:
            findings.error(1, "the file is empty; write owner_role and max_age_months")
        return None, tuple(findings.found)
    given = block(findings, "folder", node, FOLDER_KEYS) or {}
    months = given["max_age_months"].value if "max_age_months" in given else None
    if "max_age_months" in given and (
        isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= LONGEST_AGE
    ):
        findings.error(
            given["max_age_months"].line,
            f"max_age_months: write a whole number of months, 1 to {LONGEST_AGE}",
        )
    role = text(findings, "owner_role", given.get("owner_role"))
    hint = text(findings, "contact_hint", given.get("contact_hint"))
    if findings.broken or role is None or not isinstance(months, int):
        return None, tuple(findings.found)
    return Folder(role, months, hint or ""), tuple(findings.found)


def keeper_of(path: Path, folders: dict[Path, Folder]) -> Folder | None:
    """Return the keeper of the entry at ``path``: its folder's, or that of the nearest folder around."""
    return next((folders[parent] for parent in path.parents if parent in folders), None)
