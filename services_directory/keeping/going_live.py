"""What a live instance serves: of each entry its last approved version, and every stop at once.

Pure: from the entries as written, the approved copies and the log of approvals to the services, and to
what is held back and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from services_directory.entry_reader import ReadEntry
from services_directory.keeping.approvals import (
    STOPPING_KEYS,
    Approval,
    approved_parts,
    live_fingerprint,
)
from services_directory.model import Service
from services_directory.status import status_on

Held = Literal["changed", "broken", "never_approved", "not_as_approved"]

# The more of it, the more may be referred.
_OPENNESS = {"open": 2, "unverified": 1}
_IN_WORDS = {
    "areas": "the areas",
    "area_rule": "who counts as living there",
    "needs": "the needs",
    "kind": "what it does",
    "programme": "its programme",
    "criteria": "the rules",
    "routes": "the ways in",
    "contacts": "an address or number in its text",
    "status": "its opening",
}


@dataclass(frozen=True)
class HeldBack:
    """An entry that is not served as it is written.

    ``changed`` and ``broken``: the approved version is served. ``never_approved`` and ``not_as_approved``
    (the kept copy differs from what was approved): it is not served at all. ``parts``: what waits.
    """

    service: str
    why: Held
    parts: tuple[str, ...] = ()

    @property
    def served(self) -> bool:
        """Say whether an approved version stands in for it."""
        return self.why in ("changed", "broken")

    def __str__(self) -> str:
        told = {
            "changed": f"{', '.join(self.parts)} changed since it was approved; "
            "the approved version is served",
            "broken": "the file has an error; the approved version is served",
            "never_approved": "nobody has approved it yet; it is not served",
            "not_as_approved": "the approved copy is not what was approved; it is not served",
        }[self.why]
        return f"{self.service}: {told}"


@dataclass(frozen=True)
class LiveView:
    """What is served, by id, and what is held back."""

    services: dict[str, Service]
    held: tuple[HeldBack, ...]


def live_view(
    written: Mapping[str, ReadEntry],
    copies: Mapping[str, ReadEntry],
    last: Mapping[str, Approval],
    day: date,
) -> LiveView:
    """Return what a live instance serves on ``day``.

    ``written``: every entry file as it is now, by id (by its file's name where it cannot be read);
    ``copies``: the approved ones; ``last``: the newest approval of each. An entry whose file is gone is
    not served: taking it away stops it.
    """
    services: dict[str, Service] = {}
    held: list[HeldBack] = []
    for name, entry in written.items():
        copy = copies.get(name)
        if copy is None or copy.service is None or copy.node is None:
            held.append(HeldBack(name, "never_approved"))
        elif name not in last or last[name].live != live_fingerprint(copy.node):
            held.append(HeldBack(name, "not_as_approved"))
        elif entry.service is None:
            services[name] = copy.service
            held.append(HeldBack(name, "broken"))
        else:
            parts = waiting_parts(copy, entry, day)
            services[name] = served_version(copy.service, entry.service, parts, day)
            if parts:
                held.append(HeldBack(name, "changed", parts))
    return LiveView(services, tuple(held))


def waiting_parts(copy: ReadEntry, entry: ReadEntry, day: date) -> tuple[str, ...]:
    """Return, in words, what of ``entry`` differs from its approved ``copy`` and needs approval."""
    if copy.node is None or entry.node is None or copy.service is None or entry.service is None:
        return ()
    before, after = approved_parts(copy.node), approved_parts(entry.node)
    parts = [
        words
        for key, words in _IN_WORDS.items()
        if key not in STOPPING_KEYS and before.get(key) != after.get(key)
    ]
    if not stops_only(copy.service, entry.service, day):
        parts.append(_IN_WORDS["status"])
    return tuple(parts)


def served_version(
    approved: Service, written: Service, parts: tuple[str, ...], day: date
) -> Service:
    """Return what stands for an entry: as written where nothing waits, else as approved, with its stops."""
    if not parts:
        return written
    if not stops_only(approved, written, day):
        return approved
    stops: dict[str, Any] = {key: getattr(written, key) for key in STOPPING_KEYS}
    return replace(approved, **stops)


def stops_only(approved: Service, written: Service, day: date) -> bool:
    """Say whether from ``day`` on ``written`` is on no day more open than ``approved``."""
    return all(
        _openness(written, when) <= _openness(approved, when)
        for when in _turning_days(day, approved, written)
    )


def _openness(service: Service, day: date) -> int:
    return _OPENNESS.get(status_on(service, day).status, 0)


def _turning_days(day: date, *services: Service) -> set[date]:
    """Return ``day`` and every later day on which the status of one of ``services`` may turn."""
    one = timedelta(days=1)
    written = (getattr(s, key) for s in services for key in STOPPING_KEYS if key != "status")
    near = {n for d in written if d is not None for n in _around(d, one)}
    return {day} | {n for n in near if n > day}


def _around(day: date, one: timedelta) -> tuple[date, ...]:
    return (day,) if day in (date.min, date.max) else (day - one, day, day + one)
