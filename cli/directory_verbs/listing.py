"""``fingerpost directory list``: the entries, as a table or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from cli.case_input import as_of
from services_directory.areas import Areas
from services_directory.directory import Directory
from services_directory.loading import ENTRIES_FOLDER, directory
from services_directory.model import STATUSES, Service
from services_directory.near_miss import did_you_mean
from services_directory.status import facts_age_months, is_stale, status_on

WIDTH = 140


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--area", help="only what serves this area, such as oldham")
    parser.add_argument("--status", choices=STATUSES, help="only what has this status on the day")
    parser.add_argument(
        "--age",
        type=int,
        metavar="MONTHS",
        help="only what has facts older than this, or without a date",
    )
    parser.add_argument("--as-of", help="the day, such as 2026-11-22 (default: today)")
    parser.add_argument("--json", action="store_true", help="print a JSON list")


def run(args: argparse.Namespace) -> int:
    """Print the entries; 2 for an area that does not exist."""
    book, day = directory(), as_of(args.as_of)
    if args.area is not None and args.area not in book.areas.by_id:
        hint = did_you_mean(args.area, book.areas.by_id)
        print(f"fingerpost directory list: no area '{args.area}'{hint}", file=sys.stderr)
        return 2
    found = [
        service
        for service in book.services.values()
        if (args.area is None or _serves(service, args.area, book.areas))
        and (args.status is None or status_on(service, day).status == args.status)
        and (args.age is None or _older(service, args.age, day))
    ]
    rows = [row(service, day, book) for service in found]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _table(rows)
    return 0


def _serves(service: Service, area: str, tree: Areas) -> bool:
    """Say whether ``service`` serves ``area``, a part of it, or an area around it."""
    return any(tree.contains(own, area) or tree.contains(area, own) for own in service.areas)


def _older(service: Service, months: int, day: date) -> bool:
    age = facts_age_months(service, day)
    return age is None or age > months


def row(service: Service, day: date, book: Directory) -> dict[str, Any]:
    """Return what the list says of one entry on ``day``."""
    status = status_on(service, day)
    path = service.path.replace(f"{ENTRIES_FOLDER.parent.parent}/", "")
    return {
        "id": service.id,
        "name": service.name,
        "areas": list(service.areas),
        "needs": list(service.needs),
        "kind": service.kind,
        "programme": service.programme,
        "status": status.status,
        "since": _said(status.since),
        "routes": list(dict.fromkeys(route.route for route in service.routes)),
        "way_in": _best_way_in(service),
        "source_date": _said(service.source_date),
        "verified_on": _said(service.verified_on),
        "age_months": facts_age_months(service, day),
        "stale": is_stale(service, day),
        "confidence": service.confidence,
        "aliases": list(service.aliases),
        "replaced_by": list(service.replaced_by),
        "personas": len(service.personas),
        "path": path,
    }


def _said(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _best_way_in(service: Service) -> str:
    ways = {route.way_in for route in service.routes}
    return next((way for way in ("known", "unconfirmed") if way in ways), "not_known")


def _table(rows: list[dict[str, Any]]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("id", "status", "way in", "months", "sure", "areas"):
        table.add_column(heading, overflow="fold", no_wrap=heading != "areas")
    for entry in rows:
        age = "no date" if entry["age_months"] is None else str(entry["age_months"])
        table.add_row(
            entry["id"],
            entry["status"],
            entry["way_in"].replace("_", " "),
            age,
            entry["confidence"],
            ", ".join(entry["areas"]),
        )
    # Ids are long: a table squeezed into a narrow window, or into a file, cannot be read or searched.
    console = Console(highlight=False, markup=False)
    console.width = max(console.width, WIDTH)
    console.print(table)
    console.print(f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}")
