"""The directory as one table for spreadsheets: a row a service, a column a key.

Lists stand one item a line in their cell. Rules, routes, sources, figures and personas stand as blocks of
``key: value`` lines, in the language of the entries, with an empty line between two blocks. ``csv_reading``
takes the table back without loss.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from services_directory.entry_keys import ENTRY_KEYS
from services_directory.exchange.written import written
from services_directory.exchange.yaml_text import block_text, quoted
from services_directory.model import Service

COLUMNS = tuple(key.name for key in ENTRY_KEYS)
BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet runs a cell that begins so as a formula; an apostrophe in front makes it text. A text that
# begins with an apostrophe gets one more, so that taking one away is always right.
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
# An item that could not stand on a line of its own as it is.
_QUOTED = re.compile(r'^["\s]|[\s]$|[\x00-\x1f\x7f-\x9f\u2028\u2029]|^$')


def guarded(cell: str) -> str:
    """Return ``cell`` such that no spreadsheet runs it."""
    return f"'{cell}" if cell.startswith(GUARDED) else cell


def unguarded(cell: str) -> str:
    """Return what ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell


def cell_of(value: Any) -> str:
    """Return one value of an entry (as ``written`` gives it) as the text of a cell."""
    if isinstance(value, dict):
        return block_text(value)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "\n\n".join(block_text(item) for item in value)
    if isinstance(value, list):
        return "\n".join(line_of(str(item)) for item in value)
    return str(value)


def line_of(item: str) -> str:
    """Return an item of a list as one line; quoted where it holds what a line cannot."""
    return item if not _QUOTED.search(item) else quoted(item)


def table(
    services: Iterable[Service],
    groups: Mapping[str, tuple[str, ...]] | None = None,
    mark: bool = False,
) -> str:
    """Return the table as CSV text; ``mark`` begins it with the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for service in services:
        plain = written(service, groups)
        writer.writerow(
            [guarded(cell_of(plain[name])) if name in plain else "" for name in COLUMNS]
        )
    return (BYTE_ORDER_MARK if mark else "") + out.getvalue()
