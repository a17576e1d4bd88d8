"""A table of services (``csv_table``) read back into entries, each complaint with its row and column."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from services_directory.entry_keys import ENTRY_KEYS
from services_directory.entry_reader import EntryReader, ReadEntry
from services_directory.exchange.csv_table import BYTE_ORDER_MARK, COLUMNS, unguarded
from services_directory.exchange.yaml_text import entry_text
from services_directory.findings import Finding, shown
from services_directory.near_miss import did_you_mean
from services_directory.yaml_files import parse_nodes

LARGEST_CELL = 1_000_000
_KINDS = {key.name: key.kind for key in ENTRY_KEYS}
_LISTS = ("texts", "area_ids", "need_ids", "service_ids")
# Spreadsheets in Britain show, and then save, a date so.
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Row:
    """One row: the entry as text of a file, as it was read, and what is wrong with it.

    ``entry.service`` is ``None``, and there is a finding with severity error, where it cannot be used.
    """

    number: int
    id: str
    text: str
    entry: ReadEntry
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class ReadTable:
    """All rows, and what is wrong with the table itself."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


def read_table(text: str, reader: EntryReader, name: str = "table.csv") -> ReadTable:
    """Return what the CSV ``text`` says; ``name`` names it in findings. Never raises for its content."""
    findings: list[Finding] = []
    lines, broken = _lines(text.removeprefix(BYTE_ORDER_MARK))
    if broken:
        findings.append(Finding(name, broken[0], "error", broken[1]))
    if not lines:
        findings.append(
            Finding(name, 1, "error", "the table is empty; its first row names the columns")
        )
        return ReadTable((), tuple(findings))
    columns = [column.strip() for column in lines[0]]
    for column in columns:
        if column not in COLUMNS:
            hint = did_you_mean(column, COLUMNS)
            findings.append(Finding(name, 1, "error", f"no column '{shown(column)}'{hint}"))
        elif columns.count(column) > 1:
            findings.append(Finding(name, 1, "error", f"the column '{column}' stands twice"))
    if any(finding.severity == "error" for finding in findings):
        return ReadTable((), tuple(findings))
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(number, dict(zip(columns, cells, strict=False)), reader, name)
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            findings.append(Finding(name, number, "error", "has more cells than there are columns"))
        if row.id and row.id in seen:
            said = f"the id '{shown(row.id)}' stands in row {seen[row.id]} already"
            findings.append(Finding(name, number, "error", said))
        seen.setdefault(row.id, number)
        rows.append(row)
    return ReadTable(tuple(rows), (*findings, *(f for row in rows for f in row.findings)))


def _lines(text: str) -> tuple[list[list[str]], tuple[int, str] | None]:
    """Return the rows, and where and why reading had to stop."""
    head = text.split("\n", 1)[0]
    # Where the comma is the decimal mark, spreadsheets save with semicolons.
    delimiter = ";" if head.count(";") > head.count(",") else ","
    limit = csv.field_size_limit(LARGEST_CELL)
    found: list[list[str]] = []
    try:
        found.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        return found, (len(found) + 1, f"is not CSV from here on ({error}); save it as CSV UTF-8")
    finally:
        csv.field_size_limit(limit)
    return found, None


def _row(number: int, cells: dict[str, str], reader: EntryReader, name: str) -> Row:
    findings: list[Finding] = []
    plain: dict[str, Any] = {}
    for column in COLUMNS:
        cell = unguarded(cells.get(column, ""))
        if not cell.strip():
            continue
        value, wrong = _value(column, cell)
        if wrong:
            said = f"column {column}: {wrong}"
            findings.append(Finding(name, number, "error", said))
        else:
            plain[column] = value
    text = entry_text(plain)
    entry = reader.parse_entry(text, f"{plain.get('id', 'row')}.yml")
    for finding in entry.findings:
        # The text was made here, so its lines mean nothing to whoever wrote the table.
        said = f"column {_column_at(entry, finding.line)}: {finding.message}"
        findings.append(Finding(name, number, finding.severity, said))
    return Row(number, str(plain.get("id", "")), text, entry, tuple(findings))


def _column_at(entry: ReadEntry, line: int) -> str:
    keys = entry.node.keys if entry.node is not None else {}
    before = [(at, str(key)) for key, at in keys.items() if at <= line]
    return max(before)[1] if before else "id"


def _value(column: str, cell: str) -> tuple[Any, str]:
    """Return the value that ``cell`` says, or what is wrong with it."""
    kind = _KINDS[column]
    if kind == "blocks":
        return _blocks(cell)
    if kind == "block":
        blocks, wrong = _blocks(cell)
        if len(blocks) > 1:
            wrong = "write one block, without empty lines in it"
        return (blocks[0] if blocks else {}), wrong
    if kind == "days" and cell.strip().isascii() and cell.strip().isdigit():
        return int(cell), ""
    if kind in _LISTS:
        return _items(cell)
    if kind == "date" and (british := _BRITISH_DAY.fullmatch(cell.strip())):
        day, month, year = british.groups()
        return f"{year}-{month:0>2}-{day:0>2}", ""
    return cell, ""


def _items(cell: str) -> tuple[list[str], str]:
    found = []
    for line in cell.split("\n"):
        item = line.strip()
        if item.startswith('"') and item.endswith('"') and len(item) > 1:
            node, wrong = parse_nodes(item, "cell")
            if node is None or wrong:
                return [], f"'{shown(item)}' opens a quote that is not closed"
            item = str(node.value)
        if item:
            found.append(item)
    return found, ""


def _blocks(cell: str) -> tuple[list[Any], str]:
    found = []
    for position, block in enumerate(
        re.split(r"\n[ \t\r]*\n", cell.replace("\r\n", "\n")), start=1
    ):
        if not block.strip():
            continue
        node, wrong = parse_nodes(block, "cell")
        if wrong:
            return [], f"block {position}, line {wrong[0].line}: {wrong[0].message}"
        if node is None or not isinstance(node.value, dict):
            return [], f"block {position}: write `key: value` lines"
        found.append(node.plain())
    return found, ""
