"""Where patients live: a tree of areas read from ``services_directory/areas/*.yml``.

Areas are data. A service for an area serves everyone inside it; ``england`` is the root.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from services_directory.yaml_files import DirectoryFileError, read_yaml

AREAS_FOLDER = Path(__file__).parent / "areas"
ROOT = "england"
OUTSIDE = "england-other"
# Where the product began: its entries are told of even where they do not fit.
FIRST_REGION = "greater-manchester"


@dataclass(frozen=True)
class Area:
    """One area: its id, its name, the area it lies in, and what people call places inside it."""

    id: str
    label: str
    parent: str | None
    places: tuple[str, ...] = ()
    outward_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Areas:
    """The tree. ``by_id`` keeps the order of the files."""

    by_id: dict[str, Area]

    def chain(self, area: str) -> tuple[str, ...]:
        """Return ``area`` and every area around it, innermost first; empty for an unknown id."""
        return self._chains.get(area, ())

    @cached_property
    def _chains(self) -> dict[str, tuple[str, ...]]:
        # Every judgement walks the tree several times, so each walk is made once.
        chains = {}
        for area in self.by_id:
            found = []
            here: str | None = area
            while here is not None:
                found.append(here)
                here = self.by_id[here].parent
            chains[area] = tuple(found)
        return chains

    @cached_property
    def _insides(self) -> dict[str, tuple[str, ...]]:
        insides: dict[str, list[str]] = {area: [] for area in self.by_id}
        for area, chain in self._chains.items():
            for outer in chain:
                insides[outer].append(area)
        return {area: tuple(inside) for area, inside in insides.items()}

    def inside(self, area: str) -> tuple[str, ...]:
        """Return ``area`` and every area in it; empty for an unknown id."""
        return self._insides.get(area, ())

    def around(self, area: str) -> frozenset[str]:
        """Return every area that holds ``area`` or lies in it, itself included; empty if unknown."""
        return frozenset((*self.chain(area), *self.inside(area)))

    def depth(self, area: str) -> int:
        """Return 0 for the root, 1 for a region in it, 2 for a borough, and so on."""
        return len(self.chain(area)) - 1

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether ``inner`` is ``outer`` or lies in it."""
        return outer in self.chain(inner)

    def is_wide(self, area: str) -> bool:
        """Say whether ``area`` is the root or a region with boroughs in it: no single place."""
        return self.depth(area) <= 1 and len(self.inside(area)) > 1

    def label(self, area: str) -> str:
        """Return the plain name of ``area``, or the id itself where it is unknown."""
        return self.by_id[area].label if area in self.by_id else area


def load_areas(folder: Path = AREAS_FOLDER) -> Areas:
    """Read every file of ``folder``. Raises ``DirectoryFileError`` for an unknown or circular parent."""
    by_id: dict[str, Area] = {}
    for path in sorted(folder.glob("*.yml")):
        listed = read_yaml(path) or {}
        if not isinstance(listed, dict):
            raise DirectoryFileError(path, 1, "write the areas as `id:` with a block under each")
        for area_id, raw in listed.items():
            if not isinstance(raw, dict) or "label" not in raw:
                raise DirectoryFileError(path, 0, f"area '{area_id}' needs at least `label: …`")
            by_id[str(area_id)] = Area(
                id=str(area_id),
                label=str(raw["label"]),
                parent=raw.get("parent"),
                places=tuple(str(place) for place in raw.get("places", ())),
                outward_codes=tuple(str(code) for code in raw.get("outward_codes", ())),
            )
    for area in by_id.values():
        seen = {area.id}
        here = area.parent
        while here is not None:
            if here not in by_id or here in seen:
                raise DirectoryFileError(folder, 0, f"area '{area.id}' lies in an unknown '{here}'")
            seen.add(here)
            here = by_id[here].parent
    return Areas(by_id)


@lru_cache(maxsize=1)
def areas() -> Areas:
    """Return the shipped areas, read once a process."""
    return load_areas()
