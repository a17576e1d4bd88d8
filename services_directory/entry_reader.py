"""From one YAML file to one ``Service``, with every finding on the way and its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from services_directory.areas import Areas
from services_directory.entry_keys import ENTRY_KEYS
from services_directory.entry_parts import PartReader
from services_directory.findings import Finding, Findings, has_errors, shown
from services_directory.model import Expression, Service
from services_directory.node_values import block, choice, day, days, ids, items, text, texts
from services_directory.rule_reader import read_rule
from services_directory.vocabulary import Vocabulary
from services_directory.yaml_files import DirectoryFileError, parse_nodes, read_nodes
from services_directory.yaml_nodes import Node

ID_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_Part = TypeVar("_Part")


@dataclass(frozen=True)
class ReadEntry:
    """One file as it was read. ``service`` is ``None`` where a finding is an error."""

    path: Path
    node: Node | None
    service: Service | None
    findings: tuple[Finding, ...]

    def line_of(self, *steps: str | int) -> int:
        """Return the line of the key or item that ``steps`` lead to, 0 where nothing could be read."""
        return self.node.line_of(*steps) if self.node is not None else 0


class EntryReader:
    """Reads one entry at a time against a vocabulary and a tree of areas."""

    def __init__(self, words: Vocabulary, tree: Areas) -> None:
        self._words = words
        self._tree = tree
        self._parts = PartReader(words, tree)

    def read(self, path: Path) -> Service:
        """Return the entry in the file at ``path``. Raises ``DirectoryFileError`` for its first error."""
        entry = self.read_entry(path)
        if entry.service is None:
            first = next(f for f in entry.findings if f.severity == "error")
            raise DirectoryFileError(path, first.line, first.message)
        return entry.service

    def read_entry(self, path: Path) -> ReadEntry:
        """Return the entry in the file at ``path`` with all its findings. Never raises for a file."""
        return self._entry(path, *read_nodes(path))

    def parse_entry(self, content: str, path: Path | str) -> ReadEntry:
        """Return the entry that the text ``content`` says, with all its findings."""
        return self._entry(Path(path), *parse_nodes(content, path))

    def rule(self, content: str, path: Path | str = "rule") -> Expression:
        """Return the expression that the YAML text ``content`` says. Raises ``DirectoryFileError``."""
        node, wrong = parse_nodes(content, path)
        findings = Findings(path)
        findings.found += wrong
        read = None
        if node is not None:
            read = read_rule(findings, node, self._words, self._tree)
        if read is None or findings.broken:
            first = findings.found[0]
            raise DirectoryFileError(path, first.line, first.message)
        return read

    def _entry(self, path: Path, node: Node | None, wrong: tuple[Finding, ...]) -> ReadEntry:
        findings = Findings(path)
        findings.found += wrong
        service = None
        if node is not None and node.value is not None:
            service = self._service(findings, node, path)
        elif not wrong:
            findings.error(1, "the file is empty; delete it, or write an entry (id, name, …)")
        if has_errors(findings.found):
            service = None
        return ReadEntry(path, node, service, tuple(findings.found))

    def _service(self, findings: Findings, node: Node, path: Path) -> Service | None:
        given = block(findings, "entry", node, ENTRY_KEYS)
        if given is None:
            return None
        sources = self._each(findings, given, "sources", self._parts.source)
        if "sources" in given and not sources:
            findings.error(given["sources"].line, "sources: name at least one source")
        _no_doubles(findings, "source", given.get("sources"))
        _no_doubles(findings, "criterion", given.get("criteria"))
        known = {source.id for source in sources}
        values: dict[str, Any] = {}
        for key in ENTRY_KEYS:
            child = given.get(key.name)
            if child is None or key.kind in ("block", "blocks"):
                continue
            if key.kind == "text":
                values[key.name] = text(findings, key.name, child)
            elif key.kind == "date":
                values[key.name] = day(findings, key.name, child)
            elif key.kind == "days":
                values[key.name] = days(findings, key.name, child)
            elif key.kind == "choice":
                values[key.name] = choice(findings, key.name, child, key.choices)
            elif key.kind == "area_ids":
                values[key.name] = ids(findings, key.name, child, self._tree.by_id)
            elif key.kind == "need_ids":
                values[key.name] = ids(findings, key.name, child, self._words.needs)
            else:
                values[key.name] = tuple(value for value, _ in texts(findings, key.name, child))
        for name in ("areas", "needs"):
            if name in given and isinstance(given[name].value, list) and not given[name].value:
                findings.error(given[name].line, f"{name}: the list is empty; name at least one")
        _well_formed_id(findings, values.get("id"), node, path)
        parts = self._parts
        blocks: dict[str, Any] = {
            "criteria": self._each(findings, given, "criteria", parts.criterion, known),
            "routes": self._each(findings, given, "routes", parts.route, known),
            "evidence": self._each(findings, given, "evidence", parts.evidence, known),
            "personas": self._each(findings, given, "personas", parts.persona),
            "consent": parts.consent(findings, given.get("consent")),
        }
        if findings.broken:
            return None
        return Service(**values, **blocks, sources=sources, path=str(path))

    @staticmethod
    def _each(
        findings: Findings,
        given: dict[str, Node],
        name: str,
        read: Callable[..., _Part | None],
        *more: object,
    ) -> tuple[_Part, ...]:
        """Return what ``read`` makes of each item of the list ``name``; what it cannot read is left out."""
        made = [read(findings, item, *more) for item in items(findings, name, given.get(name))]
        return tuple(part for part in made if part is not None)


def _well_formed_id(findings: Findings, value: str | None, node: Node, path: Path) -> None:
    if value is None:
        return
    line = node.line_of("id")
    if not ID_SHAPE.fullmatch(value):
        findings.error(
            line,
            f"id: '{shown(value)}' must be small letters and digits with hyphens, such as be-well",
        )
    elif path.suffix == ".yml" and path.stem != value:
        findings.warn(
            line, f"id: '{shown(value)}' stands in {shown(path.name)}; name the file {value}.yml"
        )


def _no_doubles(findings: Findings, what: str, node: Node | None) -> None:
    """Complain of two blocks of a list with one id."""
    seen: dict[str, int] = {}
    if node is None or not isinstance(node.value, list):
        return
    for item in node.value:
        named = item.at("id")
        if named is None or isinstance(named.value, (list, dict, type(None))):
            continue
        name = str(named.value)
        if name in seen:
            findings.error(
                named.line,
                f"the {what} '{shown(name)}' stands twice (first on line {seen[name]}); rename one",
            )
        seen.setdefault(name, named.line)
