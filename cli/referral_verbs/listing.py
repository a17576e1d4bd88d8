"""``fingerpost referrals list``: the worklist, as a table or as JSON."""

from __future__ import annotations

import argparse
import json

from cli.referral_verbs.terminal import a_table, actor, add_role, console, names, now
from referrals import desk
from referrals.lifecycle import STATES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--state", choices=STATES, action="append", default=[], help="only these")
    parser.add_argument("--all", action="store_true", help="those at an end too")
    parser.add_argument("--owner", help="only what this person follows up (an id)")
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    add_role(parser, "auditor")


def run(args: argparse.Namespace) -> int:
    """Print the list."""
    states = STATES if args.all else args.state
    who = actor(args.role)
    rows = desk.worklist(desk.open_room(), who, now(), states, args.owner)
    if args.json:
        print(json.dumps([row.to_json() for row in rows], ensure_ascii=False, indent=1))
        return 0
    table = a_table("reference", "service", "state", "days", "waits for", "owner")
    known = names(who.practice)
    for row in rows:
        days = f"{row.days} silent" if row.silent else str(row.days)
        owner = known.get(row.owner, row.owner)
        table.add_row(row.reference, row.service, row.state_words, days, row.waits_for, owner)
    console().print(table)
    print(f"{len(rows)} {'referral' if len(rows) == 1 else 'referrals'}")
    return 0
