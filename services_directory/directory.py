"""The directory in memory: entries, vocabulary and areas together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from services_directory.areas import ROOT, Areas
from services_directory.case import LIST_KEYS, Case
from services_directory.model import Service
from services_directory.needs import CaseNeeds
from services_directory.vocabulary import Vocabulary

# From so many entries of single places on, only entries for all of England steer the questions until it
# is known where the patient lives: the place comes first, because nothing else leaves so few of them.
WIDE_FROM = 2000
# A fact of a list with more ids than this names a broad group, and no answer of its own.
FEW_IDS = 3

Scope = Literal["items", "message", "questions"]
"""Which entries have to be judged: those that can stand among the items; these and those that a message
names as rejected; or those that can come among the items once more is known of the patient."""


@dataclass(frozen=True)
class Distinctions:
    """What the criteria of a directory tell apart for one key: ``ids`` named, ``limits`` of numbers."""

    ids: tuple[str, ...] = ()
    limits: tuple[int, ...] = ()


@dataclass(frozen=True)
class Directory:
    """Every entry by its id, with the words and the areas that they are written in."""

    services: Mapping[str, Service]
    words: Vocabulary = field(repr=False)
    areas: Areas = field(repr=False)

    def entries_for(
        self, scope: Scope, case: Case, needs: CaseNeeds, day: date
    ) -> Iterable[Service]:
        """Return the entries to judge for ``scope``, in the order of the directory.

        A directory may leave out what ``scope`` does not need, never more: in memory, all are judged.
        """
        if scope == "questions" and self.is_wide and case.area is None:
            return [service for service in self.services.values() if ROOT in service.areas]
        return self.services.values()

    @property
    def is_wide(self) -> bool:
        """Say whether it holds so many local entries that the place has to be known first."""
        return self.local_entries >= WIDE_FROM

    @cached_property
    def local_entries(self) -> int:
        """How many entries do not serve all of England."""
        return sum(ROOT not in service.areas for service in self.services.values())

    @cached_property
    def distinctions(self) -> Mapping[str, Distinctions]:
        """What all criteria tell apart, by key: the answers that are worth trying."""
        return distinctions_of(self.services.values())


def distinctions_of(services: Iterable[Service]) -> dict[str, Distinctions]:
    """Return for each key the ids and limits that criteria of ``services`` name."""
    ids: dict[str, dict[str, None]] = {}
    limits: dict[str, set[int]] = {}
    for fact in (f for service in services for c in service.criteria for f in c.facts):
        if fact.key not in LIST_KEYS or len(fact.values) <= FEW_IDS:
            ids.setdefault(fact.key, {}).update(dict.fromkeys(sorted(map(str, fact.values))))
        ends = (fact.low, None if fact.high is None else fact.high + 1)
        limits.setdefault(fact.key, set()).update(int(end) for end in ends if end is not None)
    return {
        key: Distinctions(tuple(ids.get(key, ())), tuple(sorted(limits[key]))) for key in limits
    }
