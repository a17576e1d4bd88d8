"""``fingerpost directory links``: whether the web addresses in entries still answer."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from cli.directory_verbs.homes import add_home, found_entry, home_of
from services_directory.keeping.home import read_home
from services_directory.keeping.links import check_links, links_of, links_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("id", nargs="?", help="only this entry (default: all)")
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit 1 where a page is gone (never for an unreached one)",
    )
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Print what was found; 0 unless ``--strict`` and a page is gone."""
    read = read_home(home_of(args))
    services = list(read.directory.services.values())
    if args.id:
        entry = found_entry(read, args.id, "links")
        if entry is None or entry.service is None:
            return 2
        services = [entry.service]
    checked = check_links(links_of(services))
    if args.json:
        print(json.dumps([asdict(one) for one in checked], ensure_ascii=False, indent=1))
    else:
        print(links_text(checked))
    return 1 if args.strict and any(one.answer == "gone" for one in checked) else 0
