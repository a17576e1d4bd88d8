"""What a delivery means for its referral: sent, or failed with a task for somebody at the practice.

Both run in the transaction that notes the delivery itself, so they never fail for what the referral has
become meanwhile: that is noted instead, and somebody is told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from referrals import audit
from referrals.delivery.outbox import Item
from referrals.desk.settling import delivered, failed
from referrals.permissions import Actor
from referrals.records.tables import REFERRAL
from referrals.replies import tasks
from referrals.sealing import Sealer


def after_arrival(
    connection: Any, sealer: Sealer, item: Item, called_back: bool, now: datetime
) -> None:
    """Note that the receiver has it. ``called_back``: it was withdrawn while it was on its way."""
    reference = str(item.reference)
    _note(connection, item, "delivered", now)
    tasks.settle(connection, reference, "failed", now, "delivery")
    moved = None if called_back else delivered(connection, sealer, reference, now)
    if moved is None and _standing(connection, reference)[0] == "withdrawn":
        tasks.open_task(connection, reference, "may_have_left", now)


def after_failure(connection: Any, sealer: Sealer, item: Item, why: str, now: datetime) -> None:
    """Note that it will not arrive by itself, and ``why``; somebody has to tell the patient."""
    reference = str(item.reference)
    _note(connection, item, "not_delivered", now)
    if failed(connection, sealer, reference, now, why) is not None:
        tasks.open_task(connection, reference, "failed", now)


def _note(connection: Any, item: Item, action: str, now: datetime) -> None:
    _, practice = _standing(connection, str(item.reference))
    detail = {"channel": item.channel, "key": item.key, "attempts": item.attempts}
    actor = Actor("delivery", "delivery", practice)
    audit.note(connection, actor, now, action, str(item.reference), detail)


def _standing(connection: Any, reference: str) -> tuple[str, str]:
    """Return the state and the practice of a referral."""
    query = sa.select(REFERRAL.c.state, REFERRAL.c.practice)
    row = connection.execute(query.where(REFERRAL.c.reference == reference)).one()
    return row.state, row.practice
