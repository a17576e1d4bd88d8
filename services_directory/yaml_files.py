"""Reading YAML as this project writes it: YAML 1.2 words, no surprises, a line for every complaint.

PyYAML reads ``yes`` and ``no`` as true and false and ``2024-02-01`` as a date. Maintainers write both
as words, so the loader here keeps them as text and lets each reader decide.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DirectoryFileError(Exception):
    """A file of the directory that cannot be read, with its line and the mend.

    Attributes: ``path``, ``line`` (1-based, or 0 where no line is known), ``message``.
    """

    def __init__(self, path: Path | str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = Path(path)
        self.line = line
        self.message = message


class _Loader(_Base):
    """Safe loader with YAML 1.2 booleans, dates kept as text, and duplicate keys refused."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN]
    for _PLAIN in [{"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"}]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF")
)


def _mapping_without_duplicates(loader: Any, node: Any) -> dict[Any, Any]:
    seen: dict[Any, int] = {}
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, (str, int, float, bool)):
            raise yaml.constructor.ConstructorError(
                None, None, "a key must be plain text", key_node.start_mark
            )
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None,
                None,
                f"the key '{key}' stands twice (first on line {seen[key]}); keep one",
                key_node.start_mark,
            )
        seen[key] = key_node.start_mark.line + 1
    result: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return result


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping_without_duplicates)


def read_yaml(path: Path) -> Any:
    """Return what the YAML file at ``path`` says, as dicts, lists and text.

    Raises ``DirectoryFileError`` with the line where the file is not valid YAML, holds a key twice,
    or is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DirectoryFileError(path, 0, "is not UTF-8 text; save it as UTF-8") from error
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path | str) -> Any:
    """Return what ``text`` says; ``path`` only names the file in errors. Raises as ``read_yaml``."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise DirectoryFileError(path, line, error.problem or "is not valid YAML") from error
    except yaml.YAMLError as error:
        raise DirectoryFileError(path, 0, "is not valid YAML") from error
