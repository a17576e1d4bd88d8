"""``fingerpost referrals export``: all referrals with the times of their states, and no patients."""

from __future__ import annotations

import argparse
import csv
import io
import json

from cli.referral_verbs.terminal import actor, add_role, now
from referrals import desk
from services_directory.exchange.csv_table import guarded

COLUMNS = (
    "reference", "service_id", "service", "state", "days", "silent", "owner", "opened_at", "purged",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--json", action="store_true", help="JSON, with every state (default: CSV)")
    add_role(parser, "maintainer")


def run(args: argparse.Namespace) -> int:
    """Print them."""
    found = desk.export(desk.open_room(), actor(args.role), now())
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([guarded(str(row[name])) for name in COLUMNS] for row in found)
    print(out.getvalue(), end="")
    return 0
