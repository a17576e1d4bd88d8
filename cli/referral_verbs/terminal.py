"""Who acts at a terminal, and how its tables look."""

from __future__ import annotations

import argparse
from datetime import datetime

from rich.console import Console
from rich.table import Table

from referrals.permissions import ROLES, Actor
from referrals.records import colleagues
from referrals.records.engine import reading, records
from services_directory.practice import practice_settings

ID = "terminal"


def add_role(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Let the person say in which role they act; the audit trail says that it was at the terminal."""
    parser.add_argument(
        "--role",
        choices=ROLES,
        default=default,
        required=default is None,
        help="in which role you act" + (f" (default: {default})" if default else ""),
    )


def actor(role: str) -> Actor:
    """Return who acts: somebody at this machine's terminal, for its practice."""
    return Actor(ID, role, practice_settings().ods_code)


def names(practice: str) -> dict[str, str]:
    """Return what the people of ``practice`` are called, by the id of each."""
    with reading(records()) as connection:
        return {one.id: one.name for one in colleagues.of_practice(connection, practice)}


def now() -> datetime:
    """Return the time with its zone."""
    return datetime.now().astimezone()


def console() -> Console:
    """Return where tables go."""
    return Console(highlight=False, markup=False)


def a_table(*headings: str) -> Table:
    """Return an empty table; the first column is never broken."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=number == 0)
    return table
