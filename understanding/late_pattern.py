"""A regular expression that is compiled when it is first looked for, so that no start waits for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class LatePattern:
    """Stands for ``re.compile(text, flags)`` and compiles it at the first search."""

    def __init__(self, text: str, flags: int = 0) -> None:
        self._text = text
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._text, self._flags)

    def search(self, text: str, begin: int = 0) -> re.Match[str] | None:
        """Return the first place where the pattern is found in ``text``."""
        return self._compiled.search(text, begin)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match that begins ``text``."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match that is all of ``text``."""
        return self._compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield every match in ``text``."""
        return self._compiled.finditer(text)
