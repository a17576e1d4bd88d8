"""What needs checking, by the role that keeps it, as a text ready to mail. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services_directory.checks.ages import is_history
from services_directory.entry_tree import EntryTree
from services_directory.folders import Folder, keeper_of
from services_directory.keeping.notes import Note
from services_directory.model import Service
from services_directory.status import facts_age_months, status_on

NOBODY = "nobody (no folder above it names an owner_role)"


@dataclass(frozen=True)
class ToCheck:
    """An entry that wants checking: why, in words, and what was said of it since (``notes``)."""

    service: str
    name: str
    why: str
    path: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnersList:
    """What one role has to check, oldest facts first."""

    owner_role: str
    contact_hint: str
    entries: tuple[ToCheck, ...]


def to_check(
    tree: EntryTree,
    services: Mapping[str, Service],
    notes: Iterable[Note],
    day: date,
) -> tuple[OwnersList, ...]:
    """Return what needs checking on ``day``, a list for each owner role.

    ``services``: the entries with what this instance was told of them. An entry needs it where its facts
    are older than its folder lets them grow or have no date, where nobody knows whether it is open, or
    where somebody has said that something is no longer right.
    """
    said = _open_notes(notes, services)
    found: dict[str, tuple[Folder | None, list[tuple[int, ToCheck]]]] = {}
    for name, entry in tree.by_id.items():
        service = services.get(name)
        keeper = keeper_of(entry.path, tree.folders)
        told = said.get(name, ())
        why = _why(service, keeper, day) if service is not None else None
        if service is None or (why is None and not told):
            continue
        age = facts_age_months(service, day)
        owner = keeper.owner_role if keeper else NOBODY
        row = ToCheck(
            name, service.name, why or "somebody says it needs a change", str(entry.path), told
        )
        found.setdefault(owner, (keeper, []))[1].append((-1 if age is None else -age, row))
    return tuple(
        OwnersList(
            owner,
            keeper.contact_hint if keeper else "",
            tuple(row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].service))),
        )
        for owner, (keeper, rows) in sorted(found.items())
    )


def _why(service: Service, keeper: Folder | None, day: date) -> str | None:
    if is_history(service, day):
        return None
    status = status_on(service, day).status
    age = facts_age_months(service, day)
    told = []
    if age is None:
        told.append("its facts have no date")
    elif keeper is not None and age > keeper.max_age_months:
        told.append(f"its facts are {age} months old ({keeper.max_age_months} are allowed)")
    if status == "unverified":
        told.append("nobody knows whether it is open")
    return " and ".join(told) or None


def _open_notes(
    notes: Iterable[Note], services: Mapping[str, Service]
) -> dict[str, tuple[str, ...]]:
    """Return what was said to need a change, by entry, unless the entry was confirmed after that."""
    found: dict[str, list[str]] = {}
    for note in notes:
        service = services.get(note.service)
        if note.kind != "needs_change" or service is None:
            continue
        if service.verified_on is None or service.verified_on <= note.on:
            found.setdefault(note.service, []).append(f"{note.on} ({note.role}): {note.text}")
    return {name: tuple(told) for name, told in found.items()}


def mail_text(owners: OwnersList, day: date, address: str | None = None) -> str:
    """Return the list as a mail: a subject line, then the text. ``address``: where the page is, if known."""
    count = len(owners.entries)
    what = "1 entry" if count == 1 else f"{count} entries"
    lines = [
        f"To: {owners.owner_role}" + (f" ({owners.contact_hint})" if owners.contact_hint else ""),
        f"Subject: {what} of the service directory to check ({day.isoformat()})",
        "",
        f"You keep {'this entry' if count == 1 else 'these entries'} of the directory from which GPs "
        "are shown services. Please ask each service, or look at its own page, whether what we say is "
        "still right.",
    ]
    if address:
        lines.append(
            'Each link leads to a page with the buttons "Still right" and "Needs a change". '
            "Opening the link changes nothing."
        )
    for entry in owners.entries:
        lines += ["", f"* {entry.name} ({entry.service}): {entry.why}."]
        lines += [f"  Said since: {note}" for note in entry.notes]
        if address:
            lines.append(f"  {address.rstrip('/')}/maintain/entries/{entry.service}")
    return "\n".join(lines)
