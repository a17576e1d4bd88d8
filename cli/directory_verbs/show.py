"""``fingerpost directory show``: one entry in plain English, each rule with its source."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from cli.case_input import as_of
from cli.directory_verbs.homes import add_home, found_entry, home_of
from services_directory.entry_words import entry_text, entry_words
from services_directory.keeping.home import read_home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("id", help="the entry's id, or a name of the service")
    parser.add_argument("--as-of", help="the day, such as 2026-11-22 (default: today)")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Print the entry; 2 where there is none of that name."""
    read = read_home(home_of(args))
    entry = found_entry(read, args.id, "show")
    if entry is None or entry.service is None:
        return 2
    words = entry_words(
        entry.service, as_of(args.as_of), read.directory, read.keepers.get(entry.service.id)
    )
    print(
        json.dumps(asdict(words), ensure_ascii=False, indent=1) if args.json else entry_text(words)
    )
    return 0
