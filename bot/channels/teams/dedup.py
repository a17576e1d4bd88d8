"""Each activity is taken once, however often and to however many processes it is delivered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.channels.teams.tables import ACTIVITIES

# Teams tries again within minutes; a day is plenty, and rows are small.
KEEP_SECONDS = 2 * 24 * 3600.0


class Taken:
    """Which activities were taken, and which of them were answered. Times are seconds since 1970."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def take(self, key: str, chat: str, now: float) -> bool:
        """Take an activity; False where it was taken before, here or by another process."""
        row = {"key": key, "chat": chat, "taken_at": now}
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(ACTIVITIES).values(**row))
        except IntegrityError:
            return False
        return True

    def answered(self, key: str, now: float) -> None:
        """Note that an activity has had its answer."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(ACTIVITIES).where(ACTIVITIES.c.key == key).values(answered_at=now)
            )

    def claim_unanswered(self, before: float, now: float) -> list[str]:
        """Return the chats in which something taken earlier than `before` was never answered.

        Each is given to one caller only, once.
        """
        waiting = sa.select(ACTIVITIES.c.key, ACTIVITIES.c.chat).where(
            ACTIVITIES.c.answered_at.is_(None), ACTIVITIES.c.taken_at < before
        )
        with self._engine.begin() as connection:
            rows = connection.execute(waiting).all()
            claimed = [
                row.chat
                for row in rows
                if connection.execute(
                    sa.update(ACTIVITIES)
                    .where(ACTIVITIES.c.key == row.key, ACTIVITIES.c.answered_at.is_(None))
                    .values(answered_at=now)
                ).rowcount
            ]
        return list(dict.fromkeys(claimed))

    def forget(self, now: float) -> None:
        """Delete what is so old that it will not be delivered again."""
        old = ACTIVITIES.c.taken_at < now - KEEP_SECONDS
        with self._engine.begin() as connection:
            connection.execute(sa.delete(ACTIVITIES).where(old))
