"""Reading cases and the day from the command line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any


def as_of(text: str | None) -> date:
    """Return the day meant: the one given, else ``FINGERPOST_AS_OF``, else today.

    Raises ``ValueError`` for text that is no ISO date.
    """
    chosen = text or os.environ.get("FINGERPOST_AS_OF")
    if not chosen:
        return date.today()
    try:
        return date.fromisoformat(chosen)
    except ValueError:
        raise ValueError(f"'{chosen}' is not a date such as 2026-11-22") from None


def read_cases(args: argparse.Namespace) -> Iterator[tuple[Any, str | None]]:
    """Yield each case with its day: one from ``--case``, or one a line with ``--jsonl``.

    Raises ``SystemExit`` (2) with one line where nothing or no JSON was given.
    """
    if getattr(args, "jsonl", False):
        for number, line in enumerate(sys.stdin, start=1):
            if line.strip():
                raw = _parsed(line, f"line {number} of standard input")
                if not isinstance(raw, dict) or "case" not in raw:
                    raise SystemExit(f'line {number}: expected {{"case": {{…}}, "as_of"?}}')
                yield raw["case"], raw.get("as_of") or args.as_of
        return
    if not args.case:
        raise SystemExit("say which case: --case FILE, or --case - for standard input")
    if args.case == "-":
        yield _parsed(sys.stdin.read(), "standard input"), args.as_of
        return
    try:
        text = Path(args.case).read_text(encoding="utf-8")
    except OSError as error:
        raise SystemExit(f"cannot read {args.case}: {error.strerror}") from None
    yield _parsed(text, args.case), args.as_of


def case_error(error: Exception) -> None:
    """Say on standard error what is wrong with the case."""
    print(f"fingerpost: {error}", file=sys.stderr)


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SystemExit(f"{where} is not JSON: {error.msg} (line {error.lineno})") from None
