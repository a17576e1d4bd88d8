"""Reading the audit trail: what happened at one's own practice, and whether the chain is whole.

Reading it is noted too.
"""

from __future__ import annotations

from datetime import datetime

from referrals import audit
from referrals.audit import Entry, Verified
from referrals.desk.room import Room
from referrals.permissions import Actor

MOST = 200


def trail(
    room: Room, actor: Actor, now: datetime, subject: str | None = None, most: int = MOST
) -> tuple[Entry, ...]:
    """Return the latest rows of the actor's practice, the newest first; only those about ``subject``.

    Raises ``DeskError``.
    """
    with room.work(actor, now) as work:
        work.allow("audit", subject or actor.practice)
        rows = audit.latest(work.connection, actor.practice, most, subject)
        work.note("read_audit", subject or actor.practice)
        return rows


def verified(room: Room, actor: Actor, now: datetime) -> Verified:
    """Go through the whole chain; say where it first breaks, if it does. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        work.allow("audit", actor.practice)
        found = audit.verify(work.connection)
        work.note("verify_audit", actor.practice, {"whole": found.whole})
        return found
