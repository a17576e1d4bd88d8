"""Starts workers that are to be killed: one process loads everything once, each life is a fork of it.

Reads from standard input ``DIE_AT SECONDS`` a line: the step at which the life kills itself (``never``: it
works until it is killed, or until nothing is due), and how much later than the first its clock stands.
Writes the process id of each life; when it has ended, ``killed`` or ``ended`` by itself.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from referrals.delivery.channels import CHANNELS
from referrals.delivery.model import Outcome
from referrals.delivery.settings import DeliverySettings, load
from referrals.delivery.worker import Worker
from referrals.records.engine import make_engine
from referrals.sealing import Sealer, read_keys

STEPS = (
    "before_claim", "in_claim", "after_claim", "before_sending", "after_sending", "in_note", "after_note",
)  # fmt: skip


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def live(url: str, key: str, settings: DeliverySettings, now: datetime, die_at: str) -> None:
    """Deliver what is due at ``now``, and die at that step."""
    engine = make_engine(url)
    commits = 0

    def at(step: str) -> None:
        if step == die_at:
            die()

    def before_commit(connection: Any) -> None:
        nonlocal commits
        commits += 1
        at("in_claim" if commits % 2 else "in_note")

    sa.event.listen(engine, "commit", before_commit)

    def watched(name: str) -> Any:
        channel = CHANNELS[name]

        def send(*rest: Any) -> Outcome:
            at("after_claim")
            at("before_sending")
            outcome = channel.send(*rest)
            at("after_sending")
            return outcome

        return replace(channel, send=send)

    channels = {name: watched(name) for name in CHANNELS}
    worker = Worker(
        engine, Sealer(read_keys(key)), lambda: settings, lambda: now, lambda: 0.0, channels
    )
    at("before_claim")
    while worker.step():
        at("after_note")


def main() -> None:
    url, key, settings_file, start = sys.argv[1:]
    from pathlib import Path

    settings = load(Path(settings_file))
    for line in sys.stdin:
        die_at, seconds = line.split()
        child = os.fork()
        if child == 0:
            now = datetime.fromisoformat(start) + timedelta(seconds=float(seconds))
            live(url, key, settings, now, die_at)
            os._exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "ended", flush=True)


if __name__ == "__main__":
    main()
