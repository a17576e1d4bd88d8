"""Taking values out of YAML nodes: each function notes what is wrong and returns the best it can.

Every function takes the ``Findings`` to add to, the ``name`` of the value as the writer knows it, and
the node. None raises; a value that cannot be used comes back as ``None`` or empty.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date

from services_directory.entry_keys import Key
from services_directory.findings import Findings, shown
from services_directory.near_miss import did_you_mean
from services_directory.yaml_nodes import Node

# Below this many, the possible values are listed where no near miss is found.
FEW = 12
MOST_DAYS = 365
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def block(findings: Findings, name: str, node: Node, keys: Iterable[Key]) -> dict[str, Node] | None:
    """Return the block's values by key, those left out or empty excepted; ``None`` where it is none."""
    if not isinstance(node.value, dict):
        findings.error(node.line, f"{name}: write a block of `key: value` lines")
        return None
    keys = tuple(keys)
    known = [key.name for key in keys]
    for key in node.value:
        if key not in known:
            findings.error(
                node.keys[key],
                f"{name}: unknown key '{shown(key)}'{did_you_mean(str(key), known)}",
            )
    values = {
        key: child for key, child in node.value.items() if key in known and not _is_blank(child)
    }
    for wanted in keys:
        if wanted.required and wanted.name not in values:
            findings.error(
                node.keys.get(wanted.name, node.line),
                f"{name}: '{wanted.name}' is missing ({lower_first(wanted.help)})",
            )
    return values


def _is_blank(node: Node) -> bool:
    return node.value is None or (isinstance(node.value, str) and not node.value.strip())


def lower_first(text: str) -> str:
    """Return ``text`` with a small first letter, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def items(findings: Findings, name: str, node: Node | None) -> list[Node]:
    """Return the nodes of a list; a value that is none of it is complained of and yields nothing."""
    if node is None:
        return []
    if not isinstance(node.value, list):
        given = "" if isinstance(node.value, dict) else f", such as [{shown(node.value)}]"
        findings.error(node.line, f"{name}: write a list{given}")
        return []
    return node.value


def text(findings: Findings, name: str, node: Node | None) -> str | None:
    """Return one piece of text (a number or true/false counts as its own words)."""
    if node is None or node.value is None:
        return None
    if isinstance(node.value, (list, dict)):
        findings.error(node.line, f"{name}: write plain text, not a list or block")
        return None
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return str(node.value).strip()


def texts(findings: Findings, name: str, node: Node | None) -> list[tuple[str, int]]:
    """Return the pieces of text of a list, each with its line."""
    found = []
    for item in items(findings, name, node):
        value = text(findings, name, item)
        if value:
            found.append((value, item.line))
        elif not isinstance(item.value, (list, dict)):
            findings.error(item.line, f"{name}: an empty item; delete it or fill it in")
    return found


def ids(
    findings: Findings, name: str, node: Node | None, known: Collection[str]
) -> tuple[str, ...]:
    """Return the ids of a list, each one of ``known``; others are complained of and left out."""
    return tuple(
        value
        for value, line in texts(findings, name, node)
        if is_known(findings, name, value, line, known)
    )


def is_known(findings: Findings, name: str, value: str, line: int, known: Collection[str]) -> bool:
    """Say whether ``value`` is one of ``known``, and complain where it is not."""
    if value in known:
        return True
    hint = did_you_mean(value, known)
    if not hint and 0 < len(known) <= FEW:
        hint = f"; write one of {', '.join(known)}"
    findings.error(line, f"{name}: '{shown(value)}' is not known{hint}")
    return False


def choice(findings: Findings, name: str, node: Node | None, known: Collection[str]) -> str | None:
    """Return one of ``known``."""
    value = text(findings, name, node)
    if value is None or node is None:
        return None
    return value if is_known(findings, name, value, node.line, known) else None


def flag(findings: Findings, name: str, node: Node | None) -> bool:
    """Return true or false (``False`` where nothing is written)."""
    if node is None or node.value is None:
        return False
    if not isinstance(node.value, bool):
        findings.error(node.line, f"{name}: write true or false, not '{shown(node.value)}'")
        return False
    return node.value


def days(findings: Findings, name: str, node: Node | None) -> int | None:
    """Return a number of days, from 1 to 365."""
    if node is None or node.value is None:
        return None
    value = node.value
    if isinstance(value, bool) or not str(value).isascii() or not str(value).isdigit():
        findings.error(node.line, f"{name}: '{shown(value)}' is not a whole number of days")
        return None
    if not 1 <= (number := int(str(value)[:6])) <= MOST_DAYS:
        findings.error(node.line, f"{name}: write from 1 to {MOST_DAYS} days")
        return None
    return number


def day(findings: Findings, name: str, node: Node | None) -> date | None:
    """Return a date written as 2026-01-31."""
    value = text(findings, name, node)
    if value is None or node is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    findings.error(node.line, f"{name}: '{shown(value)}' is not a date such as 2026-01-31")
    return None
