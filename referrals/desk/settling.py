"""What became of a referral, as told by the delivery, the receiver, or the clock, in a transaction of theirs.

These say what happened and are not asked for permission; the steps and the audit trail are the same. Telling
something twice changes nothing the second time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from referrals.desk.room import step
from referrals.lifecycle import may_follow
from referrals.model import Party, Referral, State
from referrals.permissions import Actor
from referrals.records import referrals
from referrals.sealing import Sealer


def settle(
    connection: Any,
    sealer: Sealer,
    reference: str,
    to: State,
    party: Party,
    now: datetime,
    reason: str = "",
) -> Referral | None:
    """Move the referral to ``to``; return it, or ``None`` where no such step leads on from where it is.

    ``party`` is ``delivery``, ``receiver`` or ``clock``. The caller commits.
    """
    referral = referrals.get(connection, sealer, reference)
    if referral is None or not may_follow(referral.state, to, party):
        return None
    actor = Actor(party, party, referral.practice)
    moved = step(connection, sealer, referral, to, actor, now, reason, party)
    return referrals.save(connection, sealer, replace(moved, queued_at=None))


def delivered(connection: Any, sealer: Sealer, reference: str, now: datetime) -> Referral | None:
    """Say that the receiver has it."""
    return settle(connection, sealer, reference, "sent", "delivery", now)


def failed(
    connection: Any, sealer: Sealer, reference: str, now: datetime, reason: str
) -> Referral | None:
    """Say that it could not be delivered, or came back, and why."""
    return settle(connection, sealer, reference, "failed", "delivery", now, reason)


def reported(
    connection: Any, sealer: Sealer, reference: str, to: State, now: datetime, reason: str = ""
) -> Referral | None:
    """Say what the receiver reported by its link or call-back."""
    return settle(connection, sealer, reference, to, "receiver", now, reason)
