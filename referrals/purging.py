"""When what a referral says of its patient is deleted, and the deleting.

A draft that nobody touched goes when its day is over; anything else some days after its final state, and at
the latest after a cap. What stays is reference, service, states and times: nothing that leads back to a
patient.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from referrals.lifecycle import FINAL
from referrals.model import Referral
from referrals.records import identities
from referrals.records.tables import (
    CONSENT,
    FIELD,
    METADATA,
    REFERRAL,
    STATE_CHANGE,
)
from services_directory.practice import ReferralSettings


def untouched(referral: Referral, identity_held: bool) -> bool:
    """Say whether nobody did anything with the draft after it was prepared, nor is asked to."""
    return (
        referral.state == "draft"
        and referral.version == 1
        and not referral.to_sign
        and not identity_held
    )


def due(
    referral: Referral, identity_held: bool, settings: ReferralSettings, now: datetime
) -> str | None:
    """Return why the referral is to be purged at ``now``, or ``None`` where it is not yet."""
    if referral.purged:
        return None
    if untouched(referral, identity_held):
        opened = referral.opened_at.astimezone(now.tzinfo).date()
        return "its day is over" if opened < now.date() else None
    if now >= referral.opened_at + timedelta(days=settings.keep_at_most_days):
        return "it was kept for as long as anything is"
    if referral.state in FINAL:
        kept_until = referral.state_since + timedelta(days=settings.keep_after_end_days)
        return "the time after its end is over" if now >= kept_until else None
    if referral.state == "draft":
        kept_until = referral.state_since + timedelta(days=settings.keep_drafts_days)
        return "nobody went on with it" if now >= kept_until else None
    return None


def erase(connection: Any, referral: Referral, now: datetime) -> None:
    """Delete what ``referral`` says of its patient; the caller commits, then calls ``forget_deleted``.

    An identity goes with the last referral of its consultation that still needs it.
    """
    reference = referral.reference
    connection.execute(sa.delete(FIELD).where(FIELD.c.reference == reference))
    for table in (CONSENT, STATE_CHANGE):
        _blank(connection, table, reference)
    for table in METADATA.tables.values():
        # Whatever else belongs to a referral: what waits to be sent, for instance.
        if table.name not in ("referral", "field", "consent", "state_change"):
            _blank(connection, table, reference)
    connection.execute(
        sa.update(REFERRAL)
        .where(REFERRAL.c.reference == reference)
        .values(about=None, purged_at=now, queued_at=None, version=REFERRAL.c.version + 1)
    )
    others = sa.select(REFERRAL.c.reference).where(
        REFERRAL.c.consultation_id == referral.consultation_id, REFERRAL.c.purged_at.is_(None)
    )
    if connection.execute(others).first() is None:
        identities.forget(connection, referral.consultation_id)


def remove(connection: Any, referral: Referral) -> None:
    """Delete the referral altogether, as if it had never been; the audit trail still knows its reference."""
    connection.execute(sa.delete(REFERRAL).where(REFERRAL.c.reference == referral.reference))


def _blank(connection: Any, table: sa.Table, reference: str) -> None:
    """Empty the sealed columns of the referral's rows in ``table``."""
    sealed = [c for c in table.columns if c.info.get("sealed")]
    if "reference" not in table.c or not sealed:
        return
    values = {c.name: None if c.nullable else "" for c in sealed}
    connection.execute(sa.update(table).where(table.c.reference == reference).values(**values))
