"""Deleting what has had its time, by the clock or by whoever keeps the instance running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from referrals.desk.room import Room, Work
from referrals.lifecycle import FINAL
from referrals.permissions import Actor
from referrals.purging import due, erase, remove, untouched
from referrals.records import engine, health_requests, identities, referrals
from referrals.records.tables import REFERRAL


@dataclass(frozen=True)
class Purged:
    """How many referrals were emptied and how many drafts went altogether.

    ``forgotten``: the files were written anew, so that no byte of them is left; else it is done next time.
    """

    emptied: int = 0
    removed: int = 0
    forgotten: bool = True


def clock(practice: str) -> Actor:
    """Return who deletes when the time has come: the server itself."""
    return Actor("clock", "maintainer", practice)


def purge(
    room: Room, actor: Actor, now: datetime, reference: str | None = None, dry_run: bool = False
) -> Purged:
    """Delete what is due at ``now``; with ``reference``, that one at once, due or not.

    What is not at an end is closed first. ``dry_run`` only counts. Raises ``DeskError``.
    """
    emptied = removed = requests = 0
    with room.work(actor, now, "Nothing was deleted.") as work:
        work.allow("purge", reference or actor.practice)
        found = (
            (work.load(reference, "purge"),)
            if reference is not None
            else referrals.listed(work.connection, REFERRAL.c.purged_at.is_(None))
        )
        held = identities.held(work.connection, tuple({r.consultation_id for r in found}))
        for referral in found:
            has_name = referral.consultation_id in held
            why = due(referral, has_name, room.practice.referrals, now)
            if why is None and reference is None:
                continue
            gone = untouched(referral, has_name)
            removed, emptied = removed + gone, emptied + (not gone)
            if dry_run:
                continue
            if gone:
                remove(work.connection, referral)
                work.note("remove", referral.reference, {"why": why or "asked"})
                continue
            if referral.state not in FINAL:
                full = referrals.get(work.connection, work.sealer, referral.reference)
                assert full is not None
                room.outbox.cancel(work.connection, referral.reference, now)
                closed = work.move(full, "withdrawn", why or "Asked for.", party="clock")
                referral = work.save(closed, "close")
            erase(work.connection, referral, now)
            work.note("purge", referral.reference, {"why": why or "asked"})
        if reference is None and not dry_run:
            requests = _purge_requests(work)
    forgotten = True
    record = engine.records()
    # Also what an earlier purge could not finish.
    if not dry_run and (emptied or removed or requests or engine.forgetting_is_due(record)):
        forgotten = engine.forget_deleted(record)
    return Purged(emptied, removed, forgotten)


def _purge_requests(work: Work) -> int:
    """Delete what requests for health input say that have had their time; return how many."""
    kept = work.room.practice.referrals
    after_end = timedelta(days=kept.keep_after_end_days)
    at_most = timedelta(days=kept.keep_at_most_days)
    return health_requests.purge(work.connection, work.actor.practice, work.now, after_end, at_most)
