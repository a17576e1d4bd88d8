"""What maintainers say to a running instance: an append-only log in its own folder, not in the checkout.

A pause must work at once, without a release; and a page in a browser must never edit the files that an
instance pulls from git. So both write here, one JSON object a line, and the log is laid over the entries
wherever the directory is loaded. Nothing in it is ever changed: it is its own audit.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Literal, get_args

LOG_NAME = "maintenance.jsonl"
LONGEST_TEXT = 300
LONGEST_ROLE = 80

Kind = Literal["pause", "resume", "still_right", "needs_change"]


class NoteError(ValueError):
    """A note that cannot be taken; ``str()`` says why, for the person who wrote it."""


@dataclass(frozen=True)
class Note:
    """One thing said of ``service`` by a ``role`` on a day (``on``).

    ``until``: the last day of a pause. ``text``: its reason, or what needs a change. ``facts``: the
    fingerprint of what was confirmed as still right. ``written_at``: the clock's time, for the audit.
    """

    kind: Kind
    service: str
    on: date
    role: str
    text: str = ""
    until: date | None = None
    facts: str = ""
    written_at: str = ""


@dataclass(frozen=True)
class ReadNotes:
    """The notes in the order they were made, and the numbers of lines that cannot be read."""

    notes: tuple[Note, ...] = ()
    unreadable: tuple[int, ...] = ()


def notes_file(environ: Mapping[str, str] | None = None) -> Path:
    """Return the log in use: FINGERPOST_MAINTENANCE_LOG, else in FINGERPOST_VAR, else in ``var/``.

    Several instances that share a disk may share one log by the first of these.
    """
    env = os.environ if environ is None else environ
    own = env.get("FINGERPOST_MAINTENANCE_LOG")
    if own:
        return Path(own)
    var = env.get("FINGERPOST_VAR")
    return (Path(var) if var else Path(__file__).resolve().parents[2] / "var") / LOG_NAME


def pause_note(
    service: str, on: date, until: date | None, because: str, role: str, longest_days: int = 366
) -> Note:
    """Return the note that pauses ``service``. Raises ``NoteError`` for a pause that makes no sense."""
    if until is None:
        raise NoteError("say until when: the last day of the pause, such as 2027-01-31")
    if until < on:
        raise NoteError(f"the pause would end on {until}, before it begins ({on})")
    if (until - on).days > longest_days:
        raise NoteError(
            "a pause lasts a year at most; write an end into the entry for what is over longer"
        )
    return Note("pause", service, on, _role(role), _text(because, "say why, in a few words"), until)


def resume_note(service: str, on: date, because: str, role: str) -> Note:
    """Return the note that ends a pause of ``service`` early. Raises ``NoteError``."""
    return Note("resume", service, on, _role(role), _text(because, "say why it may go on"))


def still_right_note(service: str, on: date, role: str, facts: str) -> Note:
    """Return the note that the facts (a fingerprint) of ``service`` were confirmed. Raises ``NoteError``."""
    return Note("still_right", service, on, _role(role), facts=facts)


def needs_change_note(service: str, on: date, role: str, text: str) -> Note:
    """Return the note that something in ``service`` is no longer right. Raises ``NoteError``."""
    return Note("needs_change", service, on, _role(role), _text(text, "say what needs a change"))


def _role(role: str) -> str:
    said = _one_line(role)
    if not said:
        raise NoteError("say in which role, such as: work and health lead (never a person's name)")
    if len(said) > LONGEST_ROLE:
        raise NoteError(f"a role is a few words ({LONGEST_ROLE} characters at most)")
    return said


def _text(text: str, missing: str) -> str:
    said = _one_line(text)
    if not said:
        raise NoteError(missing)
    if len(said) > LONGEST_TEXT:
        raise NoteError(f"that is too long; say it in {LONGEST_TEXT} characters")
    return said


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def append_note(note: Note, path: Path) -> None:
    """Add ``note`` at the end of the log. Raises ``OSError`` where it cannot be written."""
    stamped = asdict(note)
    stamped["on"] = note.on.isoformat()
    stamped["until"] = note.until.isoformat() if note.until else None
    stamped["written_at"] = datetime.now(timezone.utc).isoformat(timespec="seconds")
    line = json.dumps({k: v for k, v in stamped.items() if v}, ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Whoever wrote before may have been cut off in the middle of a line.
    ragged = path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
    with path.open("ab") as log:
        log.write((("\n" if ragged else "") + line).encode())
        log.flush()
        os.fsync(log.fileno())


def read_notes(path: Path) -> ReadNotes:
    """Return what the log holds. A line that cannot be read is left out and named, never fatal."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return ReadNotes()
    notes, unreadable = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        note = _note_of(line)
        if note is None:
            unreadable.append(number)
        else:
            notes.append(note)
    return ReadNotes(tuple(notes), tuple(unreadable))


def _note_of(line: bytes) -> Note | None:
    try:
        raw: Any = json.loads(line)
        until = raw.get("until")
        note = Note(
            kind=raw["kind"],
            service=str(raw["service"]),
            on=date.fromisoformat(raw["on"]),
            role=str(raw["role"]),
            text=str(raw.get("text", "")),
            until=date.fromisoformat(until) if until else None,
            facts=str(raw.get("facts", "")),
            written_at=str(raw.get("written_at", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if note.kind not in get_args(Kind) or (note.kind == "pause" and note.until is None):
        return None
    return note
