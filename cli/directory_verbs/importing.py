"""``fingerpost directory import``: entries out of a table of ours, drafts out of another directory's feed.

What is written goes to a folder of its own, never among the entries that are in use.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from cli.feed_download import FeedError, fetch_services
from services_directory.directory import Directory
from services_directory.entry_reader import ID_SHAPE, EntryReader
from services_directory.exchange.csv_reading import read_table
from services_directory.exchange.openreferral_import import Defaults, drafts
from services_directory.live import current
from services_directory.loading import ENTRIES_FOLDER
from services_directory.model import KINDS

LARGEST_FILE = 50_000_000
EXIT_USAGE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "source", metavar="FILE|URL", help="a .csv or .json file, or a feed's address"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("drafts"), metavar="FOLDER", help="default: drafts"
    )
    parser.add_argument("--replace", action="store_true", help="write over files that are there")
    parser.add_argument(
        "--area", action="append", default=[], help="feeds: the area of services that name none"
    )
    parser.add_argument(
        "--need", action="append", default=[], help="feeds: the need of services that name none"
    )
    parser.add_argument(
        "--kind", choices=KINDS, default="", help="feeds: the kind, in the same way"
    )


def run(args: argparse.Namespace) -> int:
    """Write a file a service; 1 where one has an error to mend, 2 where nothing could be read."""
    book = current()
    for name, given, known in (
        ("area", args.area, book.areas.by_id),
        ("need", args.need, book.words.needs),
    ):
        if unknown := [value for value in given if value not in known]:
            return _refuse(f"no {name} '{unknown[0]}'; there is: {', '.join(known)}")
    if _inside(args.out, ENTRIES_FOLDER):
        return _refuse("drafts do not go among the entries in use; name another folder with --out")
    reader = EntryReader(book.words, book.areas)
    try:
        if args.source.lower().endswith(".csv"):
            return _table(_text_of(args.source), args, reader)
        return _feed(_services(args.source), args, reader, book)
    except FeedError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}")


def _inside(path: Path, folder: Path) -> bool:
    return folder.resolve() in (path.resolve(), *path.resolve().parents)


def _refuse(why: str) -> int:
    print(f"fingerpost directory import: {why}", file=sys.stderr)
    return EXIT_USAGE


def _text_of(name: str) -> str:
    path = Path(name)
    if path.stat().st_size > LARGEST_FILE:
        raise FeedError(f"{name} is larger than {LARGEST_FILE // 1_000_000} MB")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FeedError(f"{name} is not UTF-8; in Excel, save it as `CSV UTF-8`") from None


def _services(source: str) -> list[Any]:
    """Return the services of a feed at an address or saved in a file."""
    if "://" in source:
        return fetch_services(source, lambda line: print(line, file=sys.stderr))
    try:
        body = json.loads(_text_of(source))
    except (ValueError, RecursionError):
        raise FeedError(
            f"{source} holds no JSON; give a feed, or a table that ends in .csv"
        ) from None
    if isinstance(body, dict):
        body = next((body[key] for key in ("services", "contents") if key in body), [body])
    if not isinstance(body, list):
        raise FeedError(f"{source} holds no list of services")
    return body


def _table(text: str, args: argparse.Namespace, reader: EntryReader) -> int:
    read = read_table(text, reader, args.source)
    for finding in read.findings:
        print(finding)
    good = [row for row in read.rows if row.entry.service is not None]
    is_whole = not any(finding.severity == "error" for finding in read.findings)
    written = _write(((row.id, row.text) for row in good), args)
    return 0 if is_whole and written == len(good) else 1


def _feed(
    services: list[Any], args: argparse.Namespace, reader: EntryReader, book: Directory
) -> int:
    defaults = Defaults(tuple(args.area), tuple(args.need), args.kind)
    made, wrong = drafts(services, args.source, date.today(), reader, book, defaults)
    for line in wrong:
        print(line)
    for draft in made:
        for said, lines in (("missing", draft.missing), ("not taken over", draft.left)):
            for line in lines:
                print(f"{draft.id}: {said}: {line}")
    written = _write(((draft.id, draft.text) for draft in made), args)
    to_mend = sum(draft.entry.service is None for draft in made)
    if to_mend:
        print(f"{to_mend} of them lack what an entry needs", file=sys.stderr)
    return 1 if to_mend or wrong or written < len(made) else 0


def _write(files: Iterable[tuple[str, str]], args: argparse.Namespace) -> int:
    """Write each text as ``<id>.yml``; return how many were written."""
    args.out.mkdir(parents=True, exist_ok=True)
    written = 0
    for name, text in files:
        path = args.out / f"{name}.yml"
        if not ID_SHAPE.fullmatch(name):
            print(f"'{name}' is no id; not written", file=sys.stderr)
        elif path.exists() and not args.replace:
            print(f"{path} is there already; --replace writes over it", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
            written += 1
    print(f"{written} written to {args.out}", file=sys.stderr)
    return written
