"""``fingerpost directory stale``: what needs checking, as one mail for each role that keeps entries."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict

from bot.web.reader_notes import as_maintainers_notes
from cli.case_input import as_of
from cli.directory_verbs.homes import add_home, home_of, read_with_notes
from services_directory.keeping.notes import notes_file, read_notes
from services_directory.keeping.staleness import mail_text, to_check


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--owner", help="only roles whose name holds these words")
    parser.add_argument("--as-of", help="the day, such as 2026-11-22 (default: today)")
    parser.add_argument(
        "--page",
        metavar="ADDRESS",
        default=os.environ.get("FINGERPOST_BASE_URL"),
        help="where the assistant is reached, for links in the mail (default: FINGERPOST_BASE_URL)",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Print the mails, one under the other."""
    read, book = read_with_notes(home_of(args))
    day = as_of(args.as_of)
    said = (*read_notes(notes_file()).notes, *as_maintainers_notes())
    lists = to_check(read.tree, book.services, said, day)
    if args.owner:
        lists = tuple(x for x in lists if args.owner.casefold() in x.owner_role.casefold())
    if args.json:
        print(json.dumps([asdict(owners) for owners in lists], ensure_ascii=False, indent=1))
    elif not lists:
        print(f"Nothing needs checking on {day}.")
    else:
        if not args.page:
            print("No links: --page ADDRESS says where the assistant is reached.", file=sys.stderr)
        print(f"\n\n{'-' * 72}\n\n".join(mail_text(owners, day, args.page) for owners in lists))
    return 0
