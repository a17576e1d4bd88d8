"""``fingerpost recommend``: a case in, the ranked and explained services out."""

from __future__ import annotations

import argparse
import json
import sys

from cli.case_input import as_of, case_error, read_cases
from services_directory.case import CaseError, case_from_json
from services_directory.loading import directory
from services_directory.recommendation import recommend


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--case", help="file with the case as JSON, or - for standard input")
    parser.add_argument("--as-of", help="the day to answer for, such as 2026-11-22")
    parser.add_argument("--no-rejected", action="store_true", help="leave out what does not fit")
    parser.add_argument("--json", action="store_true", help="print the message as JSON")
    parser.add_argument(
        "--jsonl", action="store_true", help='one {"case", "as_of"?} a line from standard input'
    )


def run(args: argparse.Namespace) -> int:
    """Print the recommendations; 2 where the case cannot be read."""
    book = directory()
    for raw, day in read_cases(args):
        try:
            case = case_from_json(raw, book.words, book.areas)
            made = recommend(case, as_of(day), book, rejected=not args.no_rejected)
        except (CaseError, ValueError) as error:
            case_error(error)
            return 2
        print(json.dumps(made, ensure_ascii=False) if args.json or args.jsonl else made["text"])
        sys.stdout.flush()
    return 0
