"""``fingerpost directory pause``: take an entry out at once, until a day; it comes back by itself."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

from cli.case_input import as_of
from cli.directory_verbs.homes import add_home, found_entry, home_of, refuse
from services_directory.keeping.home import read_home
from services_directory.keeping.notes import (
    NoteError,
    append_note,
    notes_file,
    pause_note,
    resume_note,
)
from understanding.identifiers import redact


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("id", help="the entry's id, or a name of the service")
    parser.add_argument("--until", help="the last day of the pause, such as 2027-01-31")
    parser.add_argument("--because", required=True, help="why, as clinicians will be told")
    parser.add_argument("--role", required=True, help="your role, never a person's name")
    parser.add_argument("--end", action="store_true", help="end the pause early, from today")
    parser.add_argument("--as-of", help="the first day of the pause (default: today)")
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Record the pause for this instance; 2 where it cannot be."""
    read = read_home(home_of(args))
    entry = found_entry(read, args.id, "pause")
    if entry is None or entry.service is None:
        return 2
    name, day = entry.service.id, as_of(args.as_of)
    # Clinicians read the reason, so nobody's name or number gets in by a slip.
    because = redact(args.because).text
    try:
        if args.end:
            note = resume_note(name, day, because, args.role)
        else:
            until = date.fromisoformat(args.until) if args.until else None
            note = pause_note(name, day, until, because, args.role)
    except NoteError as error:
        return refuse("pause", error)
    except ValueError:
        return refuse("pause", f"'{args.until}' is not a date such as 2027-01-31")
    path = notes_file()
    append_note(note, path)
    if note.until is None:
        print(f"{entry.service.name} is offered again from {day}, where its dates allow it.")
    else:
        again = note.until + timedelta(days=1)
        print(
            f"{entry.service.name} is paused from {day} to {note.until}, both included; "
            f"from {again} it is offered again by itself."
        )
    print(f"In force at once wherever {path} is read.")
    return 0
