"""``fingerpost referrals deliver``: deliver what waits, once or for as long as it runs.

`fingerpost up` does the same by itself. Any number of both can run on one record.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from cli.referral_verbs.terminal import a_table, console
from referrals.delivery import outbox
from referrals.delivery.settings import delivery_settings
from referrals.delivery.worker import Worker
from referrals.records.delivery_tables import OUTBOX
from referrals.records.engine import reading, records
from referrals.sealing import sealer

NOT_REACHED = (
    "The record of referrals cannot be reached or written ({}). Nothing was lost: what waits is delivered "
    "when it can be. Check the disk and the database."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--forever", action="store_true", help="go on until Ctrl-C")


def run(args: argparse.Namespace) -> int:
    """Deliver; 1 where something waits or failed that a person should look at, or nothing could be read."""
    if not delivery_settings().sending:
        print(
            "Sending is switched off (send: true in delivery.yml switches it on). Nothing was sent."
        )
        return 0
    try:
        worker = Worker(records(), sealer(), delivery_settings)
        if args.forever:
            _forever(worker)
            return 0
        print(f"Tried: {worker.run_all()}")
        return _show()
    except (SQLAlchemyError, OSError) as error:
        print(NOT_REACHED.format(type(error).__name__), file=sys.stderr)
        return 1


def _forever(worker: Worker) -> None:
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    worker.run(stop)


def _show() -> int:
    with reading(records()) as connection:
        rows = outbox.listed(connection, OUTBOX.c.state.in_(("waiting", "refused", "dead")))
    if not rows:
        return 0
    table = a_table("reference", "service", "state", "tries", "next", "why")
    for row in rows:
        due = f"{row.due_at.astimezone():%d/%m %H:%M}" if row.state == "waiting" else ""
        name = row.reference or "test"
        table.add_row(name, row.service_id, row.state, str(row.attempts), due, row.problem)
    console().print(table)
    return 1
