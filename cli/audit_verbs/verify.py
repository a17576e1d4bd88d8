"""``fingerpost audit verify``: prove the audit trail of the referrals whole."""

from __future__ import annotations

import argparse
import json

from referrals import audit
from referrals.records.engine import reading, records


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--expect", metavar="HASH", help="the latest hash noted earlier: it must still be in it"
    )


def run(args: argparse.Namespace) -> int:
    """Say whether it is whole; 1 where it is not."""
    with reading(records()) as connection:
        found = audit.verify(connection)
        known = not args.expect or any(e.hash == args.expect for e in audit.entries(connection))
    whole = found.whole and known
    if args.json:
        print(json.dumps({**vars(found), "whole": whole, "expected_found": known}))
    elif not found.whole:
        print(f"The audit trail is broken at row {found.broken_at}: {found.why}.")
    elif not known:
        print("The audit trail does not hold the hash that was noted: it is not the same trail.")
    else:
        print(f"The audit trail is whole: {found.rows} rows. Latest hash: {found.latest}")
    return 0 if whole else 1
