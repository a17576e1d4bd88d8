"""Which sample patients a change of the directory touches, and how, in plain English.

Pure: two directories, patients and a day in; sentences out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services_directory.directory import Directory
from services_directory.keeping.patients import SamplePatient
from services_directory.keeping.standing import VERDICT_WORDS, Standing, standings

# A move among the first cards is seen in the consultation; further down nobody reads so closely.
FIRST = 3


@dataclass(frozen=True)
class Effect:
    """What changes for one patient: one sentence a service."""

    patient: str
    sentences: tuple[str, ...]


def effects(
    before: Directory, after: Directory, patients: Iterable[SamplePatient], day: date
) -> tuple[Effect, ...]:
    """Return what changes for each of ``patients`` on ``day``; those for whom nothing does are left out."""
    found = []
    for patient in patients:
        told = tuple(
            _changes(standings(patient.case, day, before), standings(patient.case, day, after))
        )
        if told:
            found.append(Effect(patient.name, told))
    return tuple(found)


def _changes(before: dict[str, Standing], after: dict[str, Standing]) -> Iterable[str]:
    pushed = []
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if new is not None and new.offered and (old is None or not old.offered):
            was = f" Before: {old.why}" if old is not None else " It is a new entry."
            yield f"{new.name} is now offered ({_where(new)}). {new.why}{was}"
        elif old is not None and old.offered and (new is None or not new.offered):
            yield f"{old.name} is no longer offered. {new.why if new else 'Its entry is gone.'}"
        elif old is not None and new is not None:
            if old.verdict != new.verdict:
                told = f"{VERDICT_WORDS[old.verdict]} → {VERDICT_WORDS[new.verdict]}"
                yield f"{new.name}: {told}. {new.why}"
            elif old.place != new.place and min(old.place or FIRST, new.place or FIRST) <= FIRST:
                pushed.append((new, old))
    yield from _moves(pushed)


def _moves(pushed: list[tuple[Standing, Standing]]) -> Iterable[str]:
    """Say in one sentence which of the first cards only moved."""
    near = [
        f"{new.name} from place {old.place} to {new.place}"
        for new, old in pushed
        if old.place is not None
        and new.place is not None
        and min(old.place, new.place) <= FIRST
        and new.within is None
    ]
    if near:
        yield "Moves: " + "; ".join(near) + "."


def _where(standing: Standing) -> str:
    place = f"place {standing.place}, {VERDICT_WORDS[standing.verdict]}"
    return f"{place}, within another card" if standing.within else place


def effects_text(found: tuple[Effect, ...], patients: int) -> str:
    """Return ``found`` as plain text; ``patients`` is how many were tried."""
    if not found:
        return f"Nothing changes for any of the {patients} sample patients."
    lines = [f"{len(found)} of {patients} sample patients are touched:"]
    for effect in found:
        lines += ["", f"{effect.patient}"] + [f"  - {told}" for told in effect.sentences]
    return "\n".join(lines)
