"""``fingerpost directory export``: the directory in another format, checked before it is written."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli.case_input import as_of
from services_directory.exchange import fhir_check, fhir_r4, hsds, openreferral_uk
from services_directory.exchange.csv_table import table
from services_directory.exchange.open_referral import View
from services_directory.exchange.schemas import faults
from services_directory.live import current

FORMATS = {
    "oruk": "Open Referral UK 3.0, JSON",
    "hsds": "HSDS 3.0 tables, JSON",
    "fhir": "FHIR R4 Bundle, JSON",
    "csv": "a table for spreadsheets",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    told = "; ".join(f"{name}: {text}" for name, text in FORMATS.items())
    parser.add_argument("--format", required=True, choices=list(FORMATS), help=told)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: the terminal)")
    parser.add_argument("--as-of", help="the day, such as 2026-11-22 (default: today)")
    parser.add_argument(
        "--excel", action="store_true", help="csv: begin with the mark by which Excel knows UTF-8"
    )


def run(args: argparse.Namespace) -> int:
    """Write the export; 1 where it fails its own check (nothing is written), 2 for a file in the way."""
    view = View(current(), as_of(args.as_of))
    wrong: list[str] = []
    if args.format == "csv":
        text = table(view.book.services.values(), view.book.words.groups, args.excel)
    else:
        made, wrong = _CHECKED[args.format](view)
        text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    for fault in wrong:
        print(f"fingerpost directory export: {fault}", file=sys.stderr)
    if wrong:
        return 1
    if args.out is None:
        sys.stdout.write(text)
        return 0
    try:
        args.out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        said = f"{args.out} cannot be written ({error.strerror})"
        print(f"fingerpost directory export: {said}", file=sys.stderr)
        return 2
    print(f"{len(view.book.services)} services written to {args.out}", file=sys.stderr)
    return 0


def _oruk(view: View) -> tuple[Any, list[str]]:
    made = openreferral_uk.feed(view)
    kinds = {
        "service": "services",
        "organization": "organizations",
        "taxonomy": "taxonomies",
        "taxonomy_term": "taxonomy_terms",
    }
    return made, [
        f"{many}: {fault}"
        for one, many in kinds.items()
        for item in made[many]
        for fault in faults(one, item)
    ]


def _hsds(view: View) -> tuple[Any, list[str]]:
    made = hsds.package(view)
    return made, [
        f"{resource['name']}: {fault}"
        for resource in made["resources"]
        for row in resource["data"]
        for fault in faults(f"hsds {resource['name']}", row)
    ]


def _fhir(view: View) -> tuple[Any, list[str]]:
    made = fhir_r4.bundle(view)
    return made, fhir_check.faults(made)


_CHECKED: dict[str, Callable[[View], tuple[Any, list[str]]]] = {
    "oruk": _oruk,
    "hsds": _hsds,
    "fhir": _fhir,
}
