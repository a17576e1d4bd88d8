"""Rows of what names a patient: sealed field by field, once a consultation, with the marks of the patient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from referrals.identity.model import from_values
from referrals.records.tables import IDENTITY, PATIENT_MARK
from referrals.sealing import Sealer


def keep(
    connection: Any,
    sealer: Sealer,
    consultation_id: str,
    values: Mapping[str, str],
    known_by: tuple[str, ...],
) -> None:
    """Keep ``values`` by name in place of those before; the patient is recognised by ``known_by``."""
    forget(connection, consultation_id)
    rows = [
        {
            "consultation_id": consultation_id,
            "name": name,
            "value": sealer.seal(f"identity/{consultation_id}/{name}", value),
        }
        for name, value in values.items()
    ]
    if rows:
        connection.execute(sa.insert(IDENTITY), rows)
    _mark(connection, sealer, consultation_id, known_by)


def mark_anew(connection: Any, sealer: Sealer, consultation_id: str) -> None:
    """Mark the patient with the newest key."""
    known_by = from_values(get(connection, sealer, consultation_id)).known_by
    connection.execute(
        sa.delete(PATIENT_MARK).where(PATIENT_MARK.c.consultation_id == consultation_id)
    )
    _mark(connection, sealer, consultation_id, known_by)


def _mark(connection: Any, sealer: Sealer, consultation_id: str, known_by: tuple[str, ...]) -> None:
    # The newest key alone marks; `sharing` looks under every key.
    marks = sorted({sealer.marks(text)[0] for text in known_by})
    if marks:
        connection.execute(
            sa.insert(PATIENT_MARK),
            [{"consultation_id": consultation_id, "mark": mark} for mark in marks],
        )


def get(connection: Any, sealer: Sealer, consultation_id: str) -> dict[str, str]:
    """Return what names the patient, by name; empty where nothing is held."""
    rows = connection.execute(
        sa.select(IDENTITY).where(IDENTITY.c.consultation_id == consultation_id)
    )
    return {
        row.name: sealer.unseal(f"identity/{consultation_id}/{row.name}", row.value) for row in rows
    }


def held(connection: Any, consultation_ids: tuple[str, ...]) -> frozenset[str]:
    """Return those of ``consultation_ids`` for which anything that names the patient is held."""
    query = (
        sa.select(IDENTITY.c.consultation_id)
        .where(IDENTITY.c.consultation_id.in_(consultation_ids))
        .distinct()
    )
    return frozenset(connection.execute(query).scalars())


def sharing(connection: Any, sealer: Sealer, known_by: tuple[str, ...]) -> frozenset[str]:
    """Return the consultations of the patient who is known by any of these texts."""
    marks = sorted({mark for text in known_by for mark in sealer.marks(text)})
    query = sa.select(PATIENT_MARK.c.consultation_id).where(PATIENT_MARK.c.mark.in_(marks))
    return frozenset(connection.execute(query).scalars()) if marks else frozenset()


def forget(connection: Any, consultation_id: str) -> None:
    """Delete what names the patient."""
    for table in (IDENTITY, PATIENT_MARK):
        connection.execute(sa.delete(table).where(table.c.consultation_id == consultation_id))
