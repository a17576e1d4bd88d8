"""``fingerpost directory schema``: write the JSON Schema of an entry anew."""

from __future__ import annotations

import argparse
import sys

from services_directory.areas import areas
from services_directory.schema import SCHEMA_FILE, schema_text
from services_directory.vocabulary import vocabulary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--check", action="store_true", help="only say whether it is up to date")


def run(args: argparse.Namespace) -> int:
    """Write the schema; with ``--check`` write nothing, and return 1 where it is out of date."""
    text = schema_text(vocabulary(), areas())
    fresh = SCHEMA_FILE.exists() and SCHEMA_FILE.read_text(encoding="utf-8") == text
    if args.check and not fresh:
        print("the schema is out of date; run `fingerpost directory schema`", file=sys.stderr)
        return 1
    if not args.check and not fresh:
        SCHEMA_FILE.parent.mkdir(exist_ok=True)
        SCHEMA_FILE.write_text(text, encoding="utf-8")
        print(f"wrote {SCHEMA_FILE.name}")
    return 0
