"""What a YAML text says, as nodes that know their line; built from the parser's events.

PyYAML's constructors are not used, for four reasons: every key and value keeps its line; nothing in a
file can make the reader run or expand anything (tags, anchors and aliases are refused, so there are no
bombs and no loops); depth is bounded; and words stay words. YAML 1.1 reads ``yes`` as true,
``2024-02-01`` as a date and ``0800`` as a number; maintainers write all three as words. Only ``true``,
``false``, ``null`` and plain decimal numbers are more than text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from services_directory.findings import Finding, shown

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 40
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_WORDS: dict[str, bool | None] = {
    "true": True,
    "True": True,
    "false": False,
    "False": False,
    "null": None,
    "~": None,
    "": None,
}

Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Node:
    """One value of a YAML file and the line it starts on.

    ``value`` is a scalar, a list of nodes, or a dict of nodes by key (text; a number or true/false
    where written so, unquoted); ``keys`` holds each key's line.
    """

    value: Scalar | list[Node] | dict[Any, Node]
    line: int
    keys: dict[Any, int] = field(default_factory=dict)

    def at(self, *steps: str | int) -> Node | None:
        """Return the node reached by keys and list positions, or ``None`` where there is none."""
        here: Node | None = self
        for step in steps:
            if here is None:
                return None
            if isinstance(here.value, dict) and isinstance(step, str):
                here = here.value.get(step)
            elif isinstance(here.value, list) and isinstance(step, int):
                here = here.value[step] if step < len(here.value) else None
            else:
                return None
        return here

    def line_of(self, *steps: str | int) -> int:
        """Return the line of the key or item reached by ``steps``, or that of the nearest one before it."""
        here: Node = self
        line = self.line
        for step in steps:
            following = here.at(step)
            if following is None:
                return line
            line = here.keys.get(step, following.line) if isinstance(step, str) else following.line
            here = following
        return line

    def plain(self) -> Any:
        """Return the value as dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def scalars(
        self, steps: tuple[str | int, ...] = ()
    ) -> Iterator[tuple[tuple[str | int, ...], Node]]:
        """Yield every scalar below with the steps that lead to it."""
        if isinstance(self.value, dict):
            for key, node in self.value.items():
                yield from node.scalars((*steps, key))
        elif isinstance(self.value, list):
            for position, node in enumerate(self.value):
                yield from node.scalars((*steps, position))
        else:
            yield steps, self


@dataclass
class _Open:
    """A block or list that is being read; ``key`` waits for its value."""

    line: int
    is_block: bool
    items: list[Node] = field(default_factory=list)
    block: dict[Any, Node] = field(default_factory=dict)
    keys: dict[Any, int] = field(default_factory=dict)
    key: Any = None
    key_line: int = 0


class NodeBuilder:
    """Builds nodes from events and notes what it refuses."""

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        self.findings: list[Finding] = []
        self._open: list[_Open] = []
        self._result: Node | None = None

    @property
    def opened_on(self) -> int | None:
        """The line of the innermost block or list that is not closed yet."""
        return self._open[-1].line if self._open else None

    def refuse(self, line: int, message: str) -> None:
        """Note an error."""
        self.findings.append(Finding(self.path, line, "error", message))

    def build(self, text: str) -> Node | None:
        """Return what ``text`` says, as far as it may be read. Raises ``yaml.YAMLError`` for no YAML."""
        documents = 0
        for event in yaml.parse(text, Loader=_Loader):
            mark: Any = event.start_mark
            line = mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(line, "a second document starts here (`---`); one file, one entry")
                    return self._result
            elif isinstance(event, yaml.AliasEvent):
                self.refuse(
                    line, f"`*{shown(event.anchor)}` refers back; write the value out instead"
                )
                self._place(Node(None, line))
            elif isinstance(event, yaml.ScalarEvent):
                self._refuse_marks(event, line)
                self._scalar(event, line)
            elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                self._refuse_marks(event, line)
                if len(self._open) >= DEEPEST:
                    self.refuse(line, f"is nested more than {DEEPEST} deep; write it flatter")
                    return None
                self._open.append(_Open(line, isinstance(event, yaml.MappingStartEvent)))
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                done = self._open.pop()
                value: Any = done.block if done.is_block else done.items
                self._place(Node(value, done.line, done.keys))
        return self._result

    def _refuse_marks(self, event: Any, line: int) -> None:
        if event.anchor:
            self.refuse(line, f"drop the anchor `&{shown(event.anchor)}`; write each value out")
        if event.tag and event.tag != "!":
            self.refuse(
                line, f"drop the tag `{shown(event.tag)}`; nothing in an entry is run or converted"
            )

    def _scalar(self, event: Any, line: int) -> None:
        text: str = event.value
        value = _resolved(text) if event.style in (None, "") else text
        here = self._open[-1] if self._open else None
        if here is not None and here.is_block and here.key is None:
            self._start_key(here, value, line)
        else:
            self._place(Node(value, line))

    def _start_key(self, here: _Open, key: Scalar, line: int) -> None:
        if key is None:
            self.refuse(line, "a key must be plain text on one line")
            key = ""
        if key == "<<":
            self.refuse(line, "`<<` merges other blocks; write the keys out instead")
        if key in here.keys:
            first = here.keys[key]
            self.refuse(
                line, f"the key '{shown(key)}' stands twice (first on line {first}); keep one"
            )
        else:
            here.keys[key] = line
        here.key, here.key_line = key, line

    def _place(self, node: Node) -> None:
        if not self._open:
            self._result = node
            return
        here = self._open[-1]
        if not here.is_block:
            here.items.append(node)
        elif here.key is None:
            self.refuse(node.line, "a key must be plain text on one line")
            # The value that follows must not be taken for a key.
            here.key = ""
        else:
            if here.keys.get(here.key) == here.key_line:
                here.block.setdefault(here.key, node)
            here.key = None


def _resolved(text: str) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
