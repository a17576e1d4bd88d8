"""`fingerpost purge`: delete the conversations whose day is over; the server does it by itself too."""

from __future__ import annotations

import argparse
from datetime import datetime

import sqlalchemy as sa

from bot.channels.teams.configuration import tables_url
from bot.channels.teams.tables import forget_cards
from bot.database import make_engine
from bot.retention import EVENTS, Retention
from bot.settings import settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "--now", action="store_true", help="every conversation, those of today and in use too"
    )


def run(args: argparse.Namespace) -> int:
    """Delete, and say how many went."""
    found = settings()
    if args.now and (cards := forget_cards(tables_url(found))):
        print(f"Deleted {cards} {'card' if cards == 1 else 'cards'} in Teams.")
    engine = make_engine(found.database_url)
    if not sa.inspect(engine).has_table(EVENTS.name):
        print("There are no conversations.")
        return 0
    retention = Retention(engine, found.counts_url)
    gone = retention.everything() if args.now else retention.end_of_day(datetime.now().astimezone())
    print(f"Deleted {gone} {'conversation' if gone == 1 else 'conversations'}.")
    return 0
