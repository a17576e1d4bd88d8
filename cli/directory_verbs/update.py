"""``fingerpost directory update``: take the newest revision of the allowed branch, if it may be taken."""

from __future__ import annotations

import argparse
import sys

from cli.case_input import as_of
from cli.directory_verbs.homes import add_home, home_of
from services_directory.keeping.git_versions import GitError
from services_directory.keeping.updating import UpdateRefused, source_of, update


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--as-of", help="the day to check for (default: today)")
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Update the checkout; 1 where what came in was refused or could not be fetched."""
    source = source_of()
    try:
        done = update(home_of(args), source, as_of(args.as_of))
    except (UpdateRefused, GitError) as error:
        print(f"fingerpost directory update: not taken: {error}", file=sys.stderr)
        return 1
    if done.before == done.after:
        print(f"Already at {done.after[:12]} of {source.branch}.")
    else:
        print(f"Now at {done.after[:12]} of {source.branch} (before: {done.before[:12]}).")
    return 0
