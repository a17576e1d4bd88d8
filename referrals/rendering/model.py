"""What stands in a document, without saying how it looks. Text, PDF and large print are made from this.

A ``DocumentModel`` is plain data: it goes to JSON and back unchanged, so that what was prepared can be
kept (sealed) and printed later as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeAlias

NOT_SAID = "not said"


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Lines:
    """Lines that stand each on their own, such as an address."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Bullets:
    """A list without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Steps:
    """A list in its order, numbered from 1."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Ticks:
    """Things to tick by hand."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One labelled value. Without a ``value`` there is room to write, or ``otherwise`` if that is set.

    ``name`` is the field's name in the receiver's form. ``identifier``: it names the patient; it is empty
    until the document is made for a known person.
    """

    label: str
    value: str = ""
    name: str = ""
    identifier: bool = False
    otherwise: str = ""


@dataclass(frozen=True)
class Entries:
    """Labelled values, one below the other."""

    items: tuple[Entry, ...]


@dataclass(frozen=True)
class Table:
    """Rows under column heads. An empty cell is room to write."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Cut:
    """A line to cut along; ``text`` says what the part below is for."""

    text: str


Block: TypeAlias = Paragraph | Lines | Bullets | Steps | Ticks | Entries | Table | Cut


@dataclass(frozen=True)
class Section:
    """Blocks under a heading; ``title`` empty for those that need none."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class DocumentModel:
    """A whole document.

    ``banner`` stands on every page (training mode). ``sender`` is the practice, one line each. ``date`` is
    in words. ``reference`` is that of the referral, or empty. Nothing here but ``Entry`` values and texts
    may name a patient: title, banner, sender and reference also go into the file's properties.
    """

    kind: str
    title: str
    banner: str
    sender: tuple[str, ...]
    date: str
    reference: str
    sections: tuple[Section, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The labelled values of all sections, in their order."""
        return tuple(
            entry
            for part in self.sections
            for block in part.blocks
            if isinstance(block, Entries)
            for entry in block.items
        )

    def with_entries(self, change: Callable[[Entry], Entry]) -> DocumentModel:
        """Return the document with every entry replaced by what ``change`` makes of it."""
        return replace(
            self,
            sections=tuple(
                replace(
                    part,
                    blocks=tuple(
                        Entries(tuple(change(entry) for entry in block.items))
                        if isinstance(block, Entries)
                        else block
                        for block in part.blocks
                    ),
                )
                for part in self.sections
            ),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the document as JSON data; each block says what it ``is``."""
        whole = {item.name: getattr(self, item.name) for item in fields(self)}
        parts = [
            {
                "title": part.title,
                "blocks": [{"is": type(block).__name__, **asdict(block)} for block in part.blocks],
            }
            for part in self.sections
        ]
        return {**whole, "sender": list(self.sender), "sections": parts}


def section(title: str, *blocks: Block | None) -> Section | None:
    """Return the blocks that hold something under ``title``; ``None`` where none does."""
    kept = tuple(block for block in blocks if block is not None and _holds(block))
    return Section(title, kept) if kept else None


def _holds(block: Block) -> bool:
    if isinstance(block, (Paragraph, Cut)):
        return bool(block.text)
    return bool(block.rows if isinstance(block, Table) else block.items)


def some(items: Any) -> tuple[str, ...]:
    """Return the texts of ``items`` that are not empty."""
    return tuple(item for item in items if item)
