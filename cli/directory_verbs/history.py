"""``fingerpost directory history``: the changes of one entry, read from git, in plain English."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from cli.directory_verbs.homes import add_home, found_entry, home_of, refuse
from services_directory.keeping.git_versions import GitError
from services_directory.keeping.history import entry_history, history_text
from services_directory.keeping.home import read_home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("id", help="the entry's id, or a name of the service")
    parser.add_argument("--most", type=int, default=50, help="how many changes (default: 50)")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Print the changes, newest first; 2 where there is no such entry or no git."""
    read = read_home(home_of(args))
    entry = found_entry(read, args.id, "history")
    if entry is None:
        return 2
    try:
        found = entry_history(read, entry, args.most)
    except GitError as error:
        return refuse("history", error)
    if args.json:
        rows = [{**asdict(change), "on": change.on.isoformat()} for change in found]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        print(history_text(found))
    return 0
