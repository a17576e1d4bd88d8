"""Rows of what happened to a referral: its states, and what was agreed to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from referrals.model import Consent, StateChange
from referrals.records.tables import CONSENT, STATE_CHANGE
from referrals.sealing import Sealer

_CONSENT_PLAIN = (
    "at", "recorded_by", "recorded_role", "how", "who_agreed", "seen_alone", "withdrawn_at",
    "withdrawn_by",
)  # fmt: skip
_CHANGE_PLAIN = ("at", "from_state", "to_state", "party", "actor", "role")


def add_change(connection: Any, sealer: Sealer, reference: str, change: StateChange) -> None:
    """Keep one step of the referral's life."""
    values = {name: getattr(change, name) for name in _CHANGE_PLAIN}
    reason = sealer.seal(f"change/{reference}", change.reason)
    connection.execute(sa.insert(STATE_CHANGE).values(reference=reference, reason=reason, **values))


def changes(connection: Any, sealer: Sealer, reference: str) -> tuple[StateChange, ...]:
    """Return the referral's states in order."""
    rows = connection.execute(
        sa.select(STATE_CHANGE)
        .where(STATE_CHANGE.c.reference == reference)
        .order_by(STATE_CHANGE.c.id)
    )
    return tuple(
        StateChange(
            **{name: getattr(row, name) for name in _CHANGE_PLAIN},
            reason=sealer.unseal(f"change/{reference}", row.reason) if row.reason else "",
        )
        for row in rows
    )


def add_consent(connection: Any, sealer: Sealer, reference: str, consent: Consent) -> None:
    """Keep what was agreed to."""
    values = {name: getattr(consent, name) for name in _CONSENT_PLAIN}
    connection.execute(
        sa.insert(CONSENT).values(
            reference=reference,
            says=sealer.seal(f"consent/{reference}/says", consent.says),
            reason=sealer.seal(f"consent/{reference}/reason", consent.reason),
            **values,
        )
    )


def consents(connection: Any, sealer: Sealer, reference: str) -> tuple[Consent, ...]:
    """Return what was agreed to, oldest first, with what was withdrawn since."""
    rows = connection.execute(
        sa.select(CONSENT).where(CONSENT.c.reference == reference).order_by(CONSENT.c.id)
    )
    return tuple(
        Consent(
            **{name: getattr(row, name) for name in _CONSENT_PLAIN},
            says=sealer.unseal(f"consent/{reference}/says", row.says) if row.says else "",
            reason=sealer.unseal(f"consent/{reference}/reason", row.reason) if row.reason else "",
        )
        for row in rows
    )


def withdraw_consents(connection: Any, reference: str, at: datetime, by: str) -> int:
    """Note on every consent that stands that it was withdrawn; return how many there were."""
    done = connection.execute(
        sa.update(CONSENT)
        .where(CONSENT.c.reference == reference, CONSENT.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at, withdrawn_by=by)
    )
    return int(done.rowcount)
