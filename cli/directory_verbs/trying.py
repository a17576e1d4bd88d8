"""``fingerpost directory try``: what each entry says to one patient, and why."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from textwrap import fill

from cli.case_input import as_of, read_cases
from cli.directory_verbs.homes import add_home, found_entry, home_of, read_with_notes, refuse
from services_directory.case import CaseError, case_from_json
from services_directory.keeping.standing import VERDICT_WORDS, Standing, standings

WIDTH = 100
INDENT = "   "


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--case", help="file with the case as JSON, or - for standard input")
    parser.add_argument("--only", metavar="ID", help="what this entry alone says")
    parser.add_argument("--as-of", help="the day, such as 2026-11-22 (default: today)")
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Print what the entries say; 2 where the case cannot be read or there is no such entry."""
    read, book = read_with_notes(home_of(args))
    only = None
    if args.only:
        entry = found_entry(read, args.only, "try")
        if entry is None or entry.service is None:
            return 2
        only = entry.service.id
    ((raw, day),) = read_cases(args)
    try:
        case = case_from_json(raw, book.words, book.areas)
    except CaseError as error:
        return refuse("try", error)
    found = [s for s in standings(case, as_of(day), book).values() if only in (None, s.service)]
    if args.json:
        print(json.dumps([asdict(s) for s in found], ensure_ascii=False, indent=1))
    elif only:
        print("\n".join(one_standing(s) for s in found))
    else:
        print("\n\n".join(_block(s) for s in found))
    return 0


def one_standing(standing: Standing) -> str:
    """Return one standing as text."""
    place = f", place {standing.place}" if standing.place else ", not offered"
    within = f" within the card of {standing.within}" if standing.within else ""
    return f"{standing.name}: {VERDICT_WORDS[standing.verdict]}{place}{within}.\n{standing.why}"


def _block(standing: Standing) -> str:
    """Return one standing of many: its place and verdict, then why."""
    verdict = VERDICT_WORDS[standing.verdict]
    if standing.within:
        head = f"(in {standing.place}) {standing.name} ({standing.service}): {verdict}"
    elif standing.place:
        head = f"{standing.place}. {standing.name} ({standing.service}): {verdict}"
    else:
        head = f"-  {standing.name} ({standing.service}): {verdict}, not offered"
    return f"{head}\n{fill(standing.why, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)}"
