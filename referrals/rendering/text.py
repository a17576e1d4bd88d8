"""A document as plain text of at most 78 columns, for a screen, a record system or an e-mail."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from referrals.rendering.model import (
    Block,
    Bullets,
    Cut,
    DocumentModel,
    Entries,
    Entry,
    Lines,
    Paragraph,
    Section,
    Steps,
    Table,
    Ticks,
)

WIDTH = 78
INDENT = "  "
BLANK = "______________________________"


def as_text(document: DocumentModel) -> str:
    """Return ``document`` as text with Unix line ends and one at its end."""
    parts = [_head(document), *(_section(part) for part in document.sections)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _wrapped(text: str, indent: str = "", hang: str | None = None) -> str:
    """Return ``text`` in lines of at most 78 characters; addresses are never broken."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hang is None else hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _head(document: DocumentModel) -> str:
    banner = [f"*** {document.banner} ***", ""] if document.banner else []
    marks = [f"Date: {document.date}"]
    if document.reference:
        marks.append(f"Reference: {document.reference}")
    heading = _wrapped(document.title)
    # Underlined rather than in capitals, which people who read slowly find hard.
    rule = "=" * max(len(line) for line in heading.splitlines())
    return "\n".join([*banner, *document.sender, "", *marks, "", heading, rule])


def _section(part: Section) -> str:
    indent = INDENT if part.title else ""
    lines = [line for block in part.blocks for line in _block(block, indent)]
    return "\n".join([part.title, *lines] if part.title else lines)


def _block(block: Block, indent: str) -> list[str]:
    if isinstance(block, Cut):
        return [f"- - - - - cut here: {block.text} - - - - -"]
    if isinstance(block, Paragraph):
        return [_wrapped(block.text, indent)]
    hang = indent + INDENT
    return [_wrapped(line, indent, hang) for line in _lines(block)]


def _lines(block: Lines | Bullets | Steps | Ticks | Entries | Table) -> list[str]:
    if isinstance(block, Lines):
        return list(block.items)
    if isinstance(block, Bullets):
        return [f"- {item}" for item in block.items]
    if isinstance(block, Steps):
        return [f"{number}. {item}" for number, item in enumerate(block.items, 1)]
    if isinstance(block, Ticks):
        return [f"[ ] {item}" for item in block.items]
    if isinstance(block, Entries):
        return [f"{entry.label}: {_value(entry)}" for entry in block.items]
    return [line for row in block.rows for line in _row(block.heads, row)]


def _value(entry: Entry) -> str:
    return entry.value or entry.otherwise or BLANK


def _row(heads: Sequence[str], row: Sequence[str]) -> list[str]:
    """Return a row of a table as labelled lines: columns do not survive a change of font or width."""
    told = [f"{head}: {cell or BLANK}" for head, cell in zip(heads, row, strict=True)]
    return [f"- {told[0]}", *(f"{INDENT}{line}" for line in told[1:])]
