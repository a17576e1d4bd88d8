"""Notes that readers leave: "something is wrong here", for whoever keeps the entry.

Kept in a small database of their own beside the conversations, until a year is over. A note is about a
service; what could name a patient or anybody else is taken out before it is written down.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings import settings
from services_directory.keeping.notes import Note
from understanding.identifiers import redact

LONGEST_NOTE = 1000
LONGEST_PAGE = 300
KEPT_DAYS = 366
# Far more than readers write; fewer than would fill a disk or bury what is worth reading.
MOST_AN_HOUR = 60
MOST_KEPT = 5000
_TABLE = """CREATE TABLE IF NOT EXISTS reader_notes (
    id INTEGER PRIMARY KEY, service TEXT NOT NULL, written_at TEXT NOT NULL,
    text TEXT NOT NULL, page TEXT NOT NULL)"""
# A page's address without a query or a name before the @, which could hold anything of a person.
_PAGE = re.compile(r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:/[A-Za-z0-9._~/%-]*)?")


class NoteRefused(ValueError):
    """A note that is not taken; ``str()`` says why, for whoever wrote it. ``busy``: later it may be."""

    def __init__(self, why: str, busy: bool = False) -> None:
        super().__init__(why)
        self.busy = busy


@dataclass(frozen=True)
class ReaderNote:
    """One note on ``service``: ``text`` without identifiers, and the web ``page`` with the right facts."""

    service: str
    written_at: datetime
    text: str
    page: str


def notes_file() -> Path:
    """Return where the notes are kept: in the folder that running leaves things in."""
    return settings().var / "reader_notes.db"


def cleaned(text: str, page: str) -> tuple[str, str]:
    """Return note and page as they may be kept. Raises ``NoteRefused`` for what is empty or too long."""
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in text).strip()
    if not plain:
        raise NoteRefused("Write what is wrong.")
    if len(plain) > LONGEST_NOTE:
        raise NoteRefused(f"Write at most {LONGEST_NOTE} characters; these are {len(plain)}.")
    address = page.strip().split("?")[0].split("#")[0]
    if address and (
        len(address) > LONGEST_PAGE
        or not _PAGE.fullmatch(address)
        or urlsplit(address).username is not None
    ):
        raise NoteRefused("The web page must be an address such as https://www.example.org/page.")
    return redact(plain).text, address


def add_note(
    service: str, text: str, page: str, now: datetime, file: Path | None = None
) -> ReaderNote:
    """Keep a note and return it as it is kept. Raises ``NoteRefused``, ``OSError`` or ``sqlite3.Error``.

    The same words on the same service are kept once.
    """
    kept, address = cleaned(text, page)
    note = ReaderNote(service, now, kept, address)
    path = file or notes_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=5)) as base, base:
        base.execute(_TABLE)
        base.execute(
            "DELETE FROM reader_notes WHERE written_at < ?", [_at(now - timedelta(days=KEPT_DAYS))]
        )
        same = (service, kept, address)
        where = "SELECT 1 FROM reader_notes WHERE service = ? AND text = ? AND page = ?"
        if base.execute(where, same).fetchone():
            return note
        (lately,) = base.execute(
            "SELECT count(*) FROM reader_notes WHERE written_at > ?",
            [_at(now - timedelta(hours=1))],
        ).fetchone()
        (kept_now,) = base.execute("SELECT count(*) FROM reader_notes").fetchone()
        if lately >= MOST_AN_HOUR or kept_now >= MOST_KEPT:
            raise NoteRefused("Too many notes have come in. Please try again later.", busy=True)
        base.execute(
            "INSERT INTO reader_notes (service, written_at, text, page) VALUES (?, ?, ?, ?)",
            (service, _at(now), kept, address),
        )
    return note


def notes(service: str | None = None, file: Path | None = None) -> tuple[ReaderNote, ...]:
    """Return the notes, newest first: all, or those on one service. Empty where there are none yet."""
    path = file or notes_file()
    if not path.exists():
        return ()
    with closing(sqlite3.connect(path, timeout=5)) as base:
        base.execute(_TABLE)
        rows = base.execute(
            "SELECT service, written_at, text, page FROM reader_notes"
            " WHERE ?1 IS NULL OR service = ?1 ORDER BY written_at DESC, id DESC",
            [service],
        ).fetchall()
    return tuple(ReaderNote(s, datetime.fromisoformat(at), t, p) for s, at, t, p in rows)


def as_maintainers_notes(service: str | None = None, file: Path | None = None) -> tuple[Note, ...]:
    """Return the notes as what somebody said needs a change, oldest first, for the lists of what to check."""
    return tuple(
        Note(
            "needs_change",
            note.service,
            note.written_at.date(),
            "a reader of the public page",
            f"{note.text} (page: {note.page})" if note.page else note.text,
        )
        for note in reversed(notes(service, file))
    )


def _at(moment: datetime) -> str:
    return moment.astimezone().isoformat(timespec="seconds")
