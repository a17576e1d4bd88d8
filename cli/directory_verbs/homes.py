"""What several verbs share: which directory is meant, which entry, and how one refuses in one line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from services_directory.directory import Directory
from services_directory.entry_reader import ReadEntry
from services_directory.keeping.home import SHIPPED, Home, ReadHome, read_home
from services_directory.keeping.notes import notes_file, read_notes
from services_directory.keeping.overlay import overlaid, with_services
from services_directory.model import Service
from services_directory.near_miss import did_you_mean
from services_directory.verifications import fingerprint

EXIT_USAGE = 2


def add_home(parser: argparse.ArgumentParser) -> None:
    """Declare ``--in``: a directory in another checkout, such as a proposal's in CI."""
    parser.add_argument(
        "--in",
        dest="home",
        type=Path,
        metavar="FOLDER",
        help="a services_directory folder in another checkout (default: this one's)",
    )


def home_of(args: argparse.Namespace) -> Home:
    """Return the directory meant. Raises ``ValueError`` for a folder without entries."""
    if args.home is None:
        return SHIPPED
    home = Home(args.home)
    if not home.entries.is_dir():
        raise ValueError(f"{args.home} holds no entries folder; name a services_directory folder")
    return home


def refuse(verb: str, why: object) -> int:
    """Say why nothing is done; return the exit code."""
    print(f"fingerpost directory {verb}: {why}", file=sys.stderr)
    return EXIT_USAGE


def found_entry(read: ReadHome, name: str, verb: str) -> ReadEntry | None:
    """Return the entry with the id, name or only alias ``name``; say what is near where there is none."""
    by_id = read.tree.by_id
    if name in by_id:
        return by_id[name]
    for path_entry in read.tree.entries:
        if path_entry.path.stem == name:
            refuse(verb, f"{read.home.short(path_entry.path)} has an error; `check` names it")
            return None
    wanted = name.casefold()
    known = {
        said.casefold(): entry
        for entry in by_id.values()
        if entry.service is not None
        for said in (entry.service.name,)
    }
    if wanted in known:
        return known[wanted]
    aliased = [
        entry
        for entry in by_id.values()
        if entry.service is not None
        and wanted in {alias.casefold() for alias in entry.service.aliases}
    ]
    if len(aliased) == 1:
        return aliased[0]
    if aliased:
        ids = ", ".join(entry.service.id for entry in aliased if entry.service)
        refuse(verb, f"'{name}' may mean several: {ids}")
    else:
        refuse(verb, f"no entry '{name}'{did_you_mean(name, by_id)}")
    return None


def with_notes(read: ReadHome) -> Directory:
    """Return the directory of ``read`` with what maintainers said to this instance laid over it."""
    notes = read_notes(notes_file()).notes
    by_id = read.tree.by_id

    def facts_of(service: Service) -> str | None:
        node = by_id[service.id].node if service.id in by_id else None
        return fingerprint(node) if node is not None else None

    return with_services(read.directory, overlaid(read.directory.services, notes, facts_of))


def read_with_notes(home: Home) -> tuple[ReadHome, Directory]:
    """Read ``home``; return it and its directory with the notes laid over it."""
    read = read_home(home)
    return read, with_notes(read)
