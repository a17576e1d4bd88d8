"""``fingerpost directory verify``: record that an entry's facts were confirmed with the service."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cli.case_input import as_of
from cli.directory_verbs.homes import add_home, found_entry, home_of, refuse
from services_directory.entry_words import entry_text, entry_words
from services_directory.keeping.home import ReadHome, read_home
from services_directory.keeping.notes import Note, notes_file, read_notes
from services_directory.keeping.overlay import last_confirmed
from services_directory.keeping.stamping import StampError, verify
from services_directory.verifications import fingerprint


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("id", nargs="?", help="the entry's id, or a name of the service")
    parser.add_argument("--role", help="the role of who confirmed it, never a person's name")
    parser.add_argument("--as-of", help="the day it was confirmed (default: today)")
    parser.add_argument(
        "--from-notes",
        action="store_true",
        help="stamp every entry that somebody marked as still right on the maintainers' page",
    )
    parser.add_argument(
        "--notes", type=Path, metavar="FILE", help="the page's log, if it is not this instance's"
    )
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Show what is confirmed, and stamp it; 2 where that cannot be."""
    read = read_home(home_of(args))
    if args.from_notes:
        return _from_notes(read, read_notes(args.notes or notes_file()).notes)
    if not args.id or not args.role:
        return refuse("verify", "name the entry and --role ROLE, or write --from-notes")
    entry = found_entry(read, args.id, "verify")
    if entry is None or entry.service is None:
        return 2
    day = as_of(args.as_of)
    try:
        record = verify(entry, read.reader, args.role, day, read.home.verifications)
    except StampError as error:
        return refuse("verify", error)
    print(entry_text(entry_words(entry.service, day, read.directory)))
    print(
        f"\nRecorded: confirmed on {record.on} by {record.role}. Commit the entry and the log together."
    )
    return 0


def _from_notes(read: ReadHome, notes: tuple[Note, ...]) -> int:
    stamped = 0
    for name, entry in read.tree.by_id.items():
        if entry.service is None or entry.node is None:
            continue
        last = last_confirmed(name, notes, None)
        if last is None or (entry.service.verified_on and entry.service.verified_on >= last.on):
            continue
        if last.facts != fingerprint(entry.node):
            print(f"{name}: its facts have changed since {last.on}; not stamped", file=sys.stderr)
            continue
        try:
            verify(entry, read.reader, last.role, last.on, read.home.verifications)
        except StampError as error:
            print(f"{name}: {error}", file=sys.stderr)
            continue
        stamped += 1
        print(f"{name}: confirmed on {last.on} by {last.role}")
    print(f"{stamped} stamped." if stamped else "Nothing to stamp.")
    return 0
