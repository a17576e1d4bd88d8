"""``fingerpost directory check``: one line a finding, so that editors and CI can point at the place."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from cli.case_input import as_of
from services_directory.checking import check_path
from services_directory.findings import Finding, has_errors


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "path", nargs="?", type=Path, help="an entry or a folder of entries (default: all entries)"
    )
    parser.add_argument("--as-of", help="the day to check for, such as 2026-11-22 (default: today)")
    parser.add_argument("--no-warnings", action="store_true", help="show errors alone")
    parser.add_argument("--strict", action="store_true", help="let warnings fail the check too")


def run(args: argparse.Namespace) -> int:
    """Print every finding; 1 where there is an error (with ``--strict``: or a warning), else 0."""
    findings = check_path(args.path, as_of(args.as_of))
    shown = [f for f in findings if f.severity == "error" or not args.no_warnings]
    for finding in shown:
        print(_from_here(finding))
    errors = sum(f.severity == "error" for f in findings)
    warnings = len(findings) - errors
    print(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}", file=sys.stderr)
    return 1 if has_errors(findings) or (args.strict and findings) else 0


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _from_here(finding: Finding) -> Finding:
    """Return ``finding`` with its path as one types it here, where that is shorter."""
    try:
        near = os.path.relpath(finding.path)
    except ValueError:
        return finding
    return finding if near.startswith("..") else replace(finding, path=near)
