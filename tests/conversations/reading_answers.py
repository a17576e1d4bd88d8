"""Looking into what the assistant answered."""

from __future__ import annotations

from typing import Any

Entries = list[dict[str, Any]]


def of_type(entries: Entries, kind: str) -> list[dict[str, Any]]:
    """Return the typed messages of one kind, in order."""
    return [e["custom"] for e in entries if e.get("custom", {}).get("type") == kind]


def types(entries: Entries) -> list[str]:
    """Return the kinds of the messages, in order."""
    return [e["custom"]["type"] for e in entries]


def one(entries: Entries, kind: str) -> dict[str, Any]:
    """Return the only message of one kind."""
    found = of_type(entries, kind)
    assert len(found) == 1, f"{kind}: {[e['custom']['text'] for e in entries]}"
    return found[0]
