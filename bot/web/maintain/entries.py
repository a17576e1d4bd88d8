"""What the list of entries and the page of one entry show, and what the buttons there do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.web.reader_notes import ReaderNote, as_maintainers_notes
from bot.web.reader_notes import notes as reader_notes
from services_directory.areas import Areas
from services_directory.checking import check_path
from services_directory.entry_words import EntryWords, entry_words, status_words
from services_directory.findings import Finding
from services_directory.keeping.approvals import read_approvals
from services_directory.keeping.git_versions import GitError
from services_directory.keeping.history import Change, entry_history
from services_directory.keeping.home import ReadHome, read_home
from services_directory.keeping.instance import instance
from services_directory.keeping.notes import (
    Note,
    append_note,
    needs_change_note,
    notes_file,
    pause_note,
    resume_note,
    still_right_note,
)
from services_directory.keeping.pending import Waiting, pending
from services_directory.keeping.staleness import to_check
from services_directory.model import Pause, Service
from services_directory.reasons import age_of_facts
from services_directory.verifications import fingerprint
from understanding.identifiers import redact

HISTORY_SHOWN = 10
# What the forms of an entry's page send.
FIELDS = ("role", "text", "until")
DONE = {
    "paused": "Paused. Clinicians no longer see it among the recommendations.",
    "resumed": "The pause has ended. It is offered again.",
    "right": "Thank you. Recorded: the facts are still right.",
    "noted": "Thank you. The note is kept for whoever keeps this entry.",
}


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    id: str
    name: str
    status: str
    area: str
    facts: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class EntryPage:
    """All that the page of one entry shows."""

    words: EntryWords
    path: str
    keeper: str
    pause: Pause | None
    pauses: tuple[Pause, ...]
    findings: tuple[Finding, ...]
    waiting: Waiting | None
    to_check: str
    notes: tuple[Note, ...]
    readers: tuple[ReaderNote, ...]
    history: tuple[Change, ...]
    no_history: str


def rows(day: date, wanted: str = "", area: str = "", status: str = "") -> tuple[Row, ...]:
    """Return the entries whose name, id or alias holds ``wanted``, of ``area`` and with ``status``."""
    book = instance().directory()
    marks: dict[str, list[str]] = {}
    read = read_home()
    for held in _waiting(read, day):
        marks.setdefault(held.service, []).append("waits for approval")
    said = (*instance().notes().notes, *as_maintainers_notes())
    for owners in to_check(read.tree, book.services, said, day):
        for entry in owners.entries:
            marks.setdefault(entry.service, []).append("to check")
    found = []
    for service in {**read.directory.services, **book.services}.values():
        names = (service.id, service.name, *service.aliases)
        if wanted.casefold() not in "\n".join(names).casefold():
            continue
        if area and not _serves(service, area, book.areas):
            continue
        told = status_words(service, day)
        if status and not told.casefold().startswith(status.casefold()):
            continue
        found.append(
            Row(
                service.id,
                service.name,
                told,
                ", ".join(book.areas.label(a) for a in service.areas),
                age_of_facts(service, day),
                tuple(marks.get(service.id, ())),
            )
        )
    return tuple(sorted(found, key=lambda row: row.name.casefold()))


def _waiting(read: ReadHome, day: date) -> tuple[Waiting, ...]:
    """Return what waits for approval. While nothing was ever approved, a rehearsal need not say so of all."""
    approved, _ = read_approvals(read.home.approvals)
    return pending(read, day).waiting if approved or instance().mode == "live" else ()


def _serves(service: Service, area: str, tree: Areas) -> bool:
    return any(tree.contains(own, area) or tree.contains(area, own) for own in service.areas)


def entry_page(name: str, day: date) -> EntryPage | None:
    """Return the page of the entry ``name``, or ``None`` where there is none that can be read."""
    read = read_home()
    entry = read.tree.by_id.get(name)
    served = instance().directory().services.get(name)
    if entry is None or entry.service is None:
        return None
    service = served or entry.service
    keeper = read.keepers.get(name)
    history, no_history = _history(read, name)
    notes = tuple(n for n in instance().notes().notes if n.service == name)
    why = [
        row.why
        for owners in to_check(
            read.tree, {name: service}, (*notes, *as_maintainers_notes(name)), day
        )
        for row in owners.entries
        if row.service == name
    ]
    return EntryPage(
        words=entry_words(service, day, read.directory, keeper),
        path=read.home.short(entry.path),
        keeper=keeper.owner_role if keeper else "",
        pause=next((p for p in service.pauses if p.on <= day <= p.until), None),
        pauses=service.pauses,
        findings=check_path(entry.path, day),
        waiting=next((w for w in _waiting(read, day) if w.service == name), None),
        to_check=why[0] if why else "",
        notes=tuple(reversed(notes)),
        readers=reader_notes(name),
        history=history,
        no_history=no_history,
    )


def _history(read: ReadHome, name: str) -> tuple[tuple[Change, ...], str]:
    try:
        return entry_history(read, read.tree.by_id[name], HISTORY_SHOWN), ""
    except GitError as error:
        return (), str(error)


def act(name: str, action: str, form: Mapping[str, str], day: date) -> str:
    """Do what a button asks for the entry ``name``; return the key of what is said about it.

    Raises ``NoteError`` for a form that cannot be taken, ``KeyError`` for another entry or action.
    """
    node = read_home().tree.by_id[name].node
    # Clinicians and keepers read the text, so nobody's name or number gets in by a slip.
    role, text = form.get("role", ""), redact(form.get("text", "")).text
    if action == "pause":
        note, said = pause_note(name, day, _day(form.get("until", "")), text, role), "paused"
    elif action == "resume":
        note, said = resume_note(name, day, text, role), "resumed"
    elif action == "needs-change":
        note, said = needs_change_note(name, day, role, text), "noted"
    elif action == "still-right" and node is not None:
        note, said = still_right_note(name, day, role, fingerprint(node)), "right"
    else:
        raise KeyError(action)
    append_note(note, notes_file())
    return said


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
