"""``fingerpost referrals purge``: delete what has had its time; a running server does it by itself too."""

from __future__ import annotations

import argparse
import json

from cli.referral_verbs.terminal import actor, now
from referrals import desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("reference", nargs="?", help="one referral, which needs --now")
    parser.add_argument("--now", action="store_true", help="although its time has not come")
    parser.add_argument("--dry-run", action="store_true", help="only count")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Delete, and say how many went; 2 for a reference without --now, 1 where bytes may be left."""
    if bool(args.reference) != args.now:
        print("fingerpost referrals purge: a reference and --now belong together.")
        return 2
    room, who = desk.open_room(), actor("maintainer")
    done = desk.purge(room, who, now(), args.reference, args.dry_run)
    if args.json:
        print(json.dumps(vars(done)))
    else:
        would = "Would delete" if args.dry_run else "Deleted"
        print(f"{would} {done.removed} drafts, and the patients of {done.emptied} referrals.")
    if not done.forgotten:
        print("The file is in use and was not written anew: run it again.")
    return 0 if done.forgotten else 1
