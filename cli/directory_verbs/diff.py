"""``fingerpost directory diff``: what changes, and for which sample patients, if this edit goes live."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from cli.case_input import as_of
from cli.directory_verbs.homes import add_home, home_of, refuse
from services_directory.keeping.comparing import Comparison, compare_with, comparison_text
from services_directory.keeping.git_versions import GitError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "revision",
        nargs="?",
        default="HEAD",
        help="what to compare the files with: a branch, tag or commit (default: HEAD)",
    )
    parser.add_argument("--as-of", help="the day, such as 2026-11-22 (default: today)")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.add_argument(
        "--markdown", action="store_true", help="print it for a comment on a change"
    )
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Print what changes; 2 where git does not know the revision."""
    try:
        found = compare_with(home_of(args), args.revision, as_of(args.as_of))
    except GitError as error:
        return refuse("diff", error)
    if args.json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        print(_markdown(found) if args.markdown else comparison_text(found))
    return 0


def _markdown(found: Comparison) -> str:
    """Return the text with headings, quoted so that nothing in an entry can act as markup."""
    fence = "~" * 4
    while fence in comparison_text(found):
        fence += "~"
    return f"{fence}text\n{comparison_text(found)}\n{fence}"
