"""What a delivery means for its referral: sent, or failed with a task for somebody at the practice.

Both run in the transaction that notes the delivery itself, so they never fail for what the referral has
become meanwhile: that is noted instead, and somebody is told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from referrals import audit, lifecycle, party_steps
from referrals.delivery.outbox import Item
from referrals.replies import tasks
from referrals.sealing import Sealer


def after_arrival(
    connection: Any, sealer: Sealer, item: Item, called_back: bool, now: datetime
) -> None:
    """Note that the receiver has it. ``called_back``: it was withdrawn while it was on its way."""
    referral = party_steps.current(connection, sealer, item.reference or "")
    if referral is None:
        return
    detail = {"channel": item.channel, "key": item.key, "attempts": str(item.attempts)}
    if not called_back and lifecycle.may_follow(referral.state, "sent", "delivery"):
        party_steps.take(connection, sealer, referral, "sent", "delivery", now, **detail)
        return
    actor = party_steps.actor_of("delivery", referral.practice)
    audit.note(connection, actor, now, "delivered", referral.reference, detail)
    if referral.state == "withdrawn":
        tasks.open_task(connection, referral.reference, "gone_after_withdrawal", now)


def after_failure(connection: Any, sealer: Sealer, item: Item, why: str, now: datetime) -> None:
    """Note that it will not arrive by itself, and ``why``; somebody has to tell the patient."""
    referral = party_steps.current(connection, sealer, item.reference or "")
    if referral is None:
        return
    detail = {"channel": item.channel, "key": item.key, "attempts": str(item.attempts)}
    if not lifecycle.may_follow(referral.state, "failed", "delivery"):
        actor = party_steps.actor_of("delivery", referral.practice)
        audit.note(connection, actor, now, "not_delivered", referral.reference, detail)
        return
    party_steps.take(connection, sealer, referral, "failed", "delivery", now, why, **detail)
    tasks.open_task(connection, referral.reference, "failed", now)
