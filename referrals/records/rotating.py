"""Sealing everything anew with the newest key, so that an old one can be thrown away."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from referrals.records import identities
from referrals.records.sealed_values import sealed_columns
from referrals.records.tables import IDENTITY
from referrals.sealing import Sealer


def rotate(connection: Any, sealer: Sealer) -> int:
    """Seal every value with the newest key; return how many were not. The caller commits.

    Raises ``SealingError`` where a value opens with none of the keys: then nothing is to be committed.
    """
    count = 0
    for table, columns in sealed_columns():
        keys = tuple(table.primary_key.columns)
        for row in connection.execute(sa.select(*keys, *columns)).all():
            old = {c.name: getattr(row, c.name) for c in columns if getattr(row, c.name)}
            stale = {name: value for name, value in old.items() if not sealer.is_newest(value)}
            if not stale:
                continue
            count += len(stale)
            where = sa.and_(*(key == getattr(row, key.name) for key in keys))
            values = {name: sealer.rotated(value) for name, value in stale.items()}
            connection.execute(sa.update(table).where(where).values(**values))
    consultations = connection.execute(sa.select(IDENTITY.c.consultation_id).distinct()).scalars()
    for consultation_id in list(consultations):
        identities.mark_anew(connection, sealer, consultation_id)
    return count
