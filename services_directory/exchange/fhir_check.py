"""Checks a FHIR R4 Bundle before it goes out: the resources by fhir.resources, the references by us."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def faults(bundle: dict[str, Any]) -> list[str]:
    """Return what is wrong with ``bundle``, one line each; none for a good one."""
    # Only an export needs it, and importing it takes a while.
    from fhir.resources.bundle import Bundle

    found = []
    try:
        Bundle.parse_obj(bundle)
    except ValueError as error:
        found += [line.strip() for line in str(error).splitlines() if line.strip()]
    held = {entry.get("fullUrl") for entry in bundle.get("entry", ())}
    found += [
        f"refers to {reference}, which is not in the bundle"
        for reference in _references(bundle)
        if reference not in held
    ]
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(reference := value.get("reference"), str):
            yield reference
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
