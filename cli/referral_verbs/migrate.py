"""``fingerpost referrals migrate``: bring the tables of the referrals up to date."""

from __future__ import annotations

import argparse

from referrals.records.engine import make_engine, migrate, records_url


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb takes nothing."""


def run(args: argparse.Namespace) -> int:
    """Migrate, and say from where to where."""
    before, after = migrate(make_engine(records_url()))
    told = "are up to date" if before == after else f"brought from {before or 'nothing'}"
    print(f"Tables {told}: {after}.")
    return 0
