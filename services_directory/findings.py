"""What is wrong with the directory, said so that the person who wrote the line can mend it.

An ``error`` stops an entry from going live; a ``warning`` only advises.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]
# A value is quoted in a finding only as far as this, so that a finding stays one readable line.
SHOWN_CHARACTERS = 60
LONGEST_MESSAGE = 900


@dataclass(frozen=True, order=True)
class Finding:
    """One complaint: the file, its line (1 for the file as a whole), what is wrong, and the mend."""

    path: str
    line: int
    severity: Severity
    message: str

    def __post_init__(self) -> None:
        # Editors and CI can point at a line, not at no line.
        object.__setattr__(self, "line", max(1, self.line))
        # Whatever a file holds, a finding stays one printable line of bounded length.
        object.__setattr__(self, "message", shown(self.message, LONGEST_MESSAGE))

    def __str__(self) -> str:
        return f"{shown(self.path, LONGEST_MESSAGE)}:{self.line}: {self.severity}: {self.message}"


class Findings:
    """Collects the findings of one file."""

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        self.found: list[Finding] = []

    def error(self, line: int, message: str) -> None:
        """Note something that must be mended."""
        self.found.append(Finding(self.path, line, "error", message))

    def warn(self, line: int, message: str) -> None:
        """Note something worth a look."""
        self.found.append(Finding(self.path, line, "warning", message))

    @property
    def broken(self) -> bool:
        """Say whether any of them is an error."""
        return has_errors(self.found)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Say whether any of ``findings`` is an error."""
    return any(finding.severity == "error" for finding in findings)


def shown(value: object, most: int = SHOWN_CHARACTERS) -> str:
    """Return ``value`` as it may stand in a finding: one line, printable, at most so many characters."""
    text = "".join(c if c.isprintable() else " " for c in str(value)[: most + 1])
    return text if len(text) <= most else text[:most] + "…"
