"""The practice's own people who have signed in: what their ids stand for on the pages of the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from referrals.permissions import Actor
from referrals.records.tables import COLLEAGUE

# Who has not been here for so long is not offered any more.
OFFERED_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Colleague:
    """Somebody at the practice: the ``id`` of an actor, a ``name`` for their colleagues, a role."""

    id: str
    name: str
    role: str
    seen_at: datetime


def seen(connection: Any, actor: Actor, name: str, now: datetime) -> None:
    """Keep that ``actor``, who is called ``name``, was here."""
    here = (COLLEAGUE.c.practice == actor.practice) & (COLLEAGUE.c.id == actor.id)
    values = {"name": name[:200], "role": actor.role, "seen_at": now}
    if connection.execute(sa.update(COLLEAGUE).where(here).values(**values)).rowcount == 0:
        connection.execute(
            sa.insert(COLLEAGUE).values(practice=actor.practice, id=actor.id, **values)
        )


def name_of(connection: Any, practice: str, id: str) -> str:
    """Return what somebody is called; empty where nobody of that id has been here."""
    here = (COLLEAGUE.c.practice == practice) & (COLLEAGUE.c.id == id)
    return connection.execute(sa.select(COLLEAGUE.c.name).where(here)).scalar() or ""


def of_practice(connection: Any, practice: str) -> tuple[Colleague, ...]:
    """Return everybody who was ever here, by name."""
    columns = [COLLEAGUE.c[name] for name in ("id", "name", "role", "seen_at")]
    query = sa.select(*columns).where(COLLEAGUE.c.practice == practice).order_by(COLLEAGUE.c.name)
    return tuple(Colleague(**row._mapping) for row in connection.execute(query))
