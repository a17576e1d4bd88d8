"""What "scrap the diabetes" takes away, beside what the rest of the message says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from understanding.assembling import Assembled
from understanding.lexicon import Lexicon
from understanding.model import Command, Understanding
from understanding.surface import read_surface


def taken_away(
    known: Understanding, command: Command, put: Assembled, lexicon: Lexicon
) -> Understanding:
    """Return ``known`` with what ``command`` names taken away from ``put``, which the message says."""
    removed = dict(put.removed)
    case = dict(put.case)
    targets: list[tuple[str, Any]] = []
    if command.slot is not None:
        targets.append((command.slot, command.value))
    else:
        found = lexicon.book.find(read_surface(command.words, lexicon.speller))
        targets += [
            (f.sense.slot, f.sense.value) for f in found if f.sense.slot in lexicon.vocabulary.terms
        ]
    for slot, value in targets:
        if value is None:
            removed[slot] = removed.get(slot, [])
            continue
        removed[slot] = list(dict.fromkeys([*removed.get(slot, []), value]))
        if isinstance(case.get(slot), list):
            case[slot] = [v for v in case[slot] if v != value]
        if not case.get(slot):
            case.pop(slot, None)
    if targets:
        command = replace(command, slot=targets[0][0], value=targets[0][1])
    return replace(
        known,
        intent="remove",
        confidence=1.0,
        case=case,
        removed=removed,
        corrects=True,
        command=command,
    )
