"""``fingerpost next-question``: the question that would be asked next, or ``null``."""

from __future__ import annotations

import argparse
import json

from cli.case_input import as_of, case_error, read_cases
from services_directory.case import CaseError, case_from_json
from services_directory.loading import directory
from services_directory.next_question import next_question


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--case", help="file with the case as JSON, or - for standard input")
    parser.add_argument("--as-of", help="the day to answer for, such as 2026-11-22")
    parser.add_argument("--json", action="store_true", help="print the message as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the question; 2 where the case cannot be read."""
    book = directory()
    for raw, day in read_cases(args):
        try:
            made = next_question(case_from_json(raw, book.words, book.areas), as_of(day), book)
        except (CaseError, ValueError) as error:
            case_error(error)
            return 2
        if args.json:
            print(json.dumps(made, ensure_ascii=False))
        else:
            print(
                made["text"] if made else "Nothing more to ask: no answer could change the cards."
            )
    return 0
