"""A name or alias that two entries answer to without meaning to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from services_directory.entry_reader import ReadEntry
from services_directory.findings import Finding, shown
from services_directory.model import Service
from services_directory.yaml_files import read_yaml

AMBIGUOUS_NAMES_FILE = Path(__file__).parent.parent / "ambiguous_names.yml"
SHOWN_OTHERS = 3


@lru_cache(maxsize=1)
def ambiguous_names() -> frozenset[str]:
    """Return the names that may lead to a choice, folded."""
    return frozenset(_folded(str(name)) for name in read_yaml(AMBIGUOUS_NAMES_FILE))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def check_shared_names(entries: tuple[ReadEntry, ...]) -> Iterator[Finding]:
    """Yield each name that entries of different programmes share, once for each of them."""
    bearers: dict[str, list[Service]] = {}
    for entry in entries:
        if entry.service is not None:
            names = {_folded(name) for name in (entry.service.name, *entry.service.aliases)}
            for name in names - ambiguous_names():
                bearers.setdefault(name, []).append(entry.service)
    for entry in entries:
        service = entry.service
        if service is None:
            continue
        named: list[tuple[tuple[str | int, ...], str]] = [(("name",), service.name)]
        named += [(("aliases", n), alias) for n, alias in enumerate(service.aliases)]
        for steps, name in named:
            others = [
                other.id
                for other in bearers.get(_folded(name), ())
                if other.id != service.id
                and (service.programme is None or other.programme != service.programme)
            ]
            if others:
                yield Finding(
                    str(entry.path),
                    entry.line_of(*steps),
                    "error",
                    f"{steps[0]}: '{shown(name)}' is also a name of {', '.join(others[:SHOWN_OTHERS])}; "
                    "change one of them, or list it in ambiguous_names.yml to lead to a choice",
                )
