"""What maintainers said to this instance (``notes``), laid over its entries: pauses and confirmed facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from services_directory.directory import Directory
from services_directory.keeping.notes import Note
from services_directory.model import Pause, Service


def pauses_of(service_id: str, notes: Iterable[Note]) -> tuple[Pause, ...]:
    """Return the pauses of one entry as they hold in the end, oldest first.

    A later pause takes the place of whatever is left of an earlier one; a resumption ends it the day
    before, so that the service is offered again on the day of the resumption itself.
    """
    pauses: list[Pause] = []
    for note in notes:
        if note.service != service_id or note.kind not in ("pause", "resume"):
            continue
        # The record of the past stays: what was paused last month was paused.
        cut = [replace(p, until=min(p.until, note.on - timedelta(days=1))) for p in pauses]
        pauses = [p for p in cut if p.on <= p.until]
        if note.kind == "pause" and note.until is not None:
            pauses.append(Pause(note.on, note.until, note.text, note.role))
    return tuple(pauses)


def last_confirmed(service_id: str, notes: Iterable[Note], facts: str | None) -> Note | None:
    """Return the newest note that the entry's ``facts``, as they are now, are still right."""
    found = None
    for note in notes:
        same = facts is None or note.facts == facts
        if note.kind == "still_right" and note.service == service_id and same:
            found = note
    return found


def overlaid(
    services: Mapping[str, Service],
    notes: tuple[Note, ...],
    facts_of: Callable[[Service], str | None],
) -> dict[str, Service]:
    """Return ``services`` with the pauses and confirmations of ``notes``.

    ``facts_of`` gives the fingerprint of an entry's facts (``None``: not known, so nothing is confirmed).
    """
    named = {note.service for note in notes}
    made = dict(services)
    for name in named & set(services):
        service = services[name]
        service = replace(service, pauses=pauses_of(name, notes))
        facts = facts_of(service)
        confirmed = last_confirmed(name, notes, facts) if facts is not None else None
        if confirmed is not None and _newer(confirmed.on, service.verified_on):
            service = replace(service, verified_on=confirmed.on, verified_by_role=confirmed.role)
        made[name] = service
    return made


def _newer(day: date, than: date | None) -> bool:
    return than is None or day > than


def with_services(directory: Directory, services: Mapping[str, Service]) -> Directory:
    """Return a directory in memory of ``services``, with the words and areas of ``directory``."""
    return Directory(services, directory.words, directory.areas)
