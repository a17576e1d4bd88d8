"""How long a consultation is kept: until the next patient, and never past the end of the working day.

A conversation begun before the end of the day (`end_of_day` in the practice's settings) goes then; one
still in use goes once it has been idle for `idle_minutes`. Before it goes, one row of coarse counts is
kept (`bot.counts`). Knows Rasa's table `events` but imports none of Rasa, so that `fingerpost purge`
is quick.
"""

from __future__ import annotations

import json
import math
import time
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot import transcripts
from bot.counts import Counts, counts_row
from bot.database import create_tables, forget_deleted
from services_directory.practice import PracticeSettings, practice_settings

EVENTS = sa.table(
    "events",
    *(
        sa.column(name)
        for name in ("id", "sender_id", "type_name", "timestamp", "action_name", "data")
    ),
)
STATE_SLOT = "consultation"


def last_end_of_day(now: datetime, end_of_day: str) -> datetime:
    """Return the latest end of a working day (`HH:MM`, in the zone of `now`) that is not after `now`."""
    hour, minute = (int(part) for part in end_of_day.split(":"))
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return end if end <= now else end - timedelta(days=1)


class Retention:
    """Ends and deletes consultations in the tracker store at `engine`."""

    def __init__(self, engine: Any, counts_url: str) -> None:
        self._engine = engine
        self._counts = Counts(counts_url)
        create_tables(engine, transcripts.METADATA)

    def end_earlier_sessions(self, sender: str) -> None:
        """Count and delete what `sender` said before the latest session began."""
        begun = (
            sa.select(sa.func.max(EVENTS.c.id))
            .where(EVENTS.c.sender_id == sender, EVENTS.c.type_name == "session_started")
            .scalar_subquery()
        )
        self._end([(sender, EVENTS.c.id < begun)])
        with self._engine.begin() as connection:
            transcripts.forget_earlier(connection, sender)
        forget_deleted(self._engine)

    def end_of_day(self, now: datetime, practice: PracticeSettings | None = None) -> int:
        """Delete what has outlived its day; return how many conversations went.

        `now` is local time with its zone. Cheap where nothing is due.
        """
        practice = practice or practice_settings()
        due = last_end_of_day(now, practice.end_of_day).timestamp()
        idle = (now - timedelta(minutes=practice.idle_minutes)).timestamp()
        return self._purge(
            sa.and_(
                sa.func.min(EVENTS.c.timestamp) < due,
                sa.func.max(EVENTS.c.timestamp) < idle,
            ),
            due,
            idle,
        )

    def end(self, sender: str) -> None:
        """Count and delete one conversation, as when its next patient gets another."""
        self._end([(sender, sa.true())])
        forget_deleted(self._engine)

    def everything(self) -> int:
        """Delete every conversation, in use or not; return how many went."""
        return self._purge(sa.true(), math.inf, math.inf)

    def _purge(self, having: Any, begun_before: float, used_before: float) -> int:
        query = sa.select(EVENTS.c.sender_id).group_by(EVENTS.c.sender_id).having(having)
        with self._engine.connect() as connection:
            senders = [row.sender_id for row in connection.execute(query)]
            opened = transcripts.due(connection, begun_before, used_before)
        if senders or opened:
            self._end([(sender, sa.true()) for sender in senders])
            with self._engine.begin() as connection:
                transcripts.forget(connection, [*senders, *opened])
            forget_deleted(self._engine, rewrite=True)
        return len(senders)

    def _end(self, parts: list[tuple[str, Any]]) -> None:
        """Count, then delete, each sender's events that meet its condition."""
        practice = practice_settings()
        with self._engine.connect() as connection:
            # A rehearsal with a sample patient is no evidence of need.
            samples = transcripts.sandboxes(connection, [sender for sender, _ in parts])
        for sender, condition in parts:
            chosen = sa.and_(EVENTS.c.sender_id == sender, condition)
            with self._engine.begin() as connection:
                state, stamp = self._last_state(connection, chosen)
                row = counts_row(state, date.fromtimestamp(stamp), practice) if state else None
                # The counts come first: if they cannot be written, the consultation waits for them.
                self._counts.add([row] if row and sender not in samples else [])
                connection.execute(sa.delete(EVENTS).where(chosen))

    @staticmethod
    def _last_state(connection: Any, chosen: Any) -> tuple[dict[str, Any] | None, float]:
        query = (
            sa.select(EVENTS.c.data, EVENTS.c.timestamp)
            .where(chosen, EVENTS.c.type_name == "slot", EVENTS.c.action_name == STATE_SLOT)
            .order_by(EVENTS.c.id.desc())
            .limit(1)
            # Of two servers that sweep at the same time, the second waits here and then finds nothing to
            # count. (SQLite has no such lock, and one server.)
            .with_for_update()
        )
        row = connection.execute(query).first()
        if row is None:
            return None, time.time()
        return json.loads(row.data).get("value"), row.timestamp or time.time()
