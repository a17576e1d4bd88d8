"""Steps in a referral's life that nobody at the practice takes: the delivery's, the receiver's, the clock's.

What the practice does goes through the desk, which asks who may. Here the declared machine (``lifecycle``) is
all that is asked: the parties have shown elsewhere who they are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from referrals import audit, lifecycle
from referrals.model import Party, Referral, State, StateChange
from referrals.permissions import Actor, Role
from referrals.records import history, referrals
from referrals.records.tables import REFERRAL
from referrals.sealing import Sealer


def actor_of(party: Party, practice: str) -> Actor:
    """Return who stands in the audit trail for a party that is no person."""
    return Actor(party, cast(Role, party), practice)


def current(connection: Any, sealer: Sealer, reference: str) -> Referral | None:
    """Return the referral, which nobody else changes until the transaction ends; ``None``: there is none."""
    # PostgreSQL: others wait here. SQLite has one writer anyway.
    connection.execute(
        sa.select(REFERRAL.c.version).where(REFERRAL.c.reference == reference).with_for_update()
    )
    return referrals.get(connection, sealer, reference)


def take(
    connection: Any,
    sealer: Sealer,
    referral: Referral,
    after: State,
    party: Party,
    now: datetime,
    reason: str = "",
    **detail: str,
) -> Referral:
    """Take ``referral`` to the state ``after`` and note it; return it as it now stands.

    ``reason`` is sealed in the history; ``detail`` goes to the audit trail and says nothing of the patient.
    Raises ``lifecycle.NoSuchStep``, and ``ChangedMeanwhile`` unless it came from ``current``.
    """
    lifecycle.check_step(referral.state, after, party)
    # It waits for the delivery no longer.
    queued = referral.queued_at if after == "ready" else None
    moved = replace(referral, state=after, state_since=now, queued_at=queued)
    moved = referrals.save(connection, sealer, moved)
    change = StateChange(now, referral.state, after, party, party, party, reason)
    history.add_change(connection, sealer, referral.reference, change)
    noted = {"from": referral.state, "to": after, **detail}
    actor = actor_of(party, referral.practice)
    audit.note(connection, actor, now, "state", referral.reference, noted)
    return moved
