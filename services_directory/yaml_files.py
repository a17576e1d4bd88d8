"""Reading the directory's YAML files, with a line and a mend for every complaint.

What a text may hold is the matter of ``yaml_nodes``; here are the files: their size, their encoding, and
the parser's complaints put into words for a person.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from services_directory.findings import Finding, shown
from services_directory.yaml_nodes import Node, NodeBuilder

LARGEST_FILE = 1_000_000


class DirectoryFileError(Exception):
    """A file of the directory that cannot be read, with its line and the mend.

    Attributes: ``path``, ``line`` (1-based, or 0 for the file as a whole), ``message``.
    """

    def __init__(self, path: Path | str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path = Path(path)
        self.line = line
        self.message = message


def read_nodes(path: Path) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return what the file at ``path`` says, and what is wrong with it as YAML. Never raises for a file.

    The node is ``None`` where nothing can be told of the content.
    """

    def wrong(line: int, message: str) -> tuple[None, tuple[Finding, ...]]:
        return None, (Finding(str(path), line, "error", message),)

    try:
        if not path.exists() and not path.is_symlink():
            return wrong(0, "there is no such file")
        if not path.is_file():
            return wrong(0, "is no ordinary file; move it away or make it one")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            return wrong(0, f"is {size / 1e6:.1f} MB; an entry is a page of text (at most 1 MB)")
        data = path.read_bytes()
    except OSError as error:
        return wrong(0, f"cannot be read ({error.strerror}); check that it exists and may be read")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return wrong(1, "is saved as UTF-16; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return wrong(line, "is not UTF-8 text from here on; save the file as UTF-8")
    return parse_nodes(text, path)


def parse_nodes(text: str, path: Path | str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return what ``text`` says and what is wrong with it; ``path`` only names the file."""
    builder = NodeBuilder(path)
    try:
        node = builder.build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        if "flow" in (error.context or ""):
            # Where the bracket was opened helps more than where the reader gave up.
            line = builder.opened_on or line
        builder.refuse(line, _said_of(error, text, mark))
        node = None
    except yaml.reader.ReaderError as error:
        at = error.position if isinstance(error.position, int) else 0
        # The C reader counts bytes, Python's counts characters; either is near enough for a line.
        builder.refuse(
            text.count("\n", 0, at) + 1, "holds a character that YAML does not allow; delete it"
        )
        node = None
    except (yaml.YAMLError, ValueError, RecursionError):
        builder.refuse(0, "is not valid YAML")
        node = None
    return node, tuple(builder.findings)


def _said_of(error: yaml.MarkedYAMLError, text: str, mark: Any) -> str:
    """Put the parser's complaint into words for a person, with the mend where it can be told."""
    lines = text.splitlines()
    here = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    problem = error.problem or ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "character '\\t'" in problem:
        return "a tab; YAML wants spaces for indentation"
    if "mapping values are not allowed" in problem:
        return (
            'a `: ` where none can stand; put the text in "double quotes", or mend the indentation'
        )
    if "could not find expected ':'" in problem:
        return "a line without `key: value`; add the colon, or indent the line under the text above"
    if "flow" in (error.context or ""):
        return "the list in [brackets] or block in {braces} opened here is not closed; add the mark or quotes"
    if "did not find expected" in problem:
        return (
            "does not line up with the lines above; indent keys of one block by the same spaces, and "
            "delete stray marks such as ] or }"
        )
    if "found character that cannot start any token" in problem:
        return 'a value may not start with this mark; put the text in "double quotes"'
    if "unexpected end of stream" in problem:
        return "a quote is opened and never closed; add the missing quote"
    return f"is not valid YAML: {shown(problem)}"


def read_yaml(path: Path) -> Any:
    """Return what the YAML file at ``path`` says, as dicts, lists and text.

    Raises ``DirectoryFileError`` with the line where the file is not valid YAML, holds a key twice,
    or is not UTF-8.
    """
    return _or_raise(*read_nodes(path))


def parse_yaml(text: str, path: Path | str) -> Any:
    """Return what ``text`` says; ``path`` only names the file in errors. Raises as ``read_yaml``."""
    return _or_raise(*parse_nodes(text, path))


def _or_raise(node: Node | None, findings: tuple[Finding, ...]) -> Any:
    if findings:
        first = findings[0]
        raise DirectoryFileError(first.path, first.line, first.message)
    return None if node is None else node.plain()
