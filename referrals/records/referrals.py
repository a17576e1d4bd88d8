"""Rows of referrals, and their fields, read as ``referrals.model`` and written from it.

Every function takes the connection of the caller's transaction and the ``Sealer``. None checks who may.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from referrals.model import About, Fact, Field, Referral
from referrals.records.tables import FIELD, REFERRAL
from referrals.sealing import Sealer
from services_directory.case import case_from_json

# Attributes of a referral that are columns of the same name.
_PLAIN = tuple(c.name for c in REFERRAL.columns if c.name not in ("about", "version"))


class ReferenceTaken(ValueError):
    """A referral with this reference is already kept. Open it again for a new one."""


class ChangedMeanwhile(RuntimeError):
    """Somebody else changed the referral since it was read."""


def insert(connection: Any, sealer: Sealer, referral: Referral) -> None:
    """Keep a new referral with its fields. Raises ``ReferenceTaken``."""
    taken = sa.select(REFERRAL.c.reference).where(REFERRAL.c.reference == referral.reference)
    if connection.execute(taken).first() is not None:
        raise ReferenceTaken(referral.reference)
    connection.execute(
        sa.insert(REFERRAL).values(**_values(referral, sealer), version=referral.version)
    )
    _write_fields(connection, sealer, referral)


def get(connection: Any, sealer: Sealer, reference: str) -> Referral | None:
    """Return the referral with its fields, or ``None`` where there is none."""
    row = connection.execute(
        sa.select(REFERRAL).where(REFERRAL.c.reference == reference)
    ).one_or_none()
    if row is None:
        return None
    fields = connection.execute(
        sa.select(FIELD).where(FIELD.c.reference == reference).order_by(FIELD.c.position)
    )
    return replace(_referral(row, sealer), fields=tuple(_field(f, sealer) for f in fields))


def listed(connection: Any, *conditions: Any) -> tuple[Referral, ...]:
    """Return the referrals that meet ``conditions`` (on ``tables.REFERRAL``), oldest first.

    Without their fields and without what they say of the patient: that needs ``get``.
    """
    query = sa.select(REFERRAL).where(*conditions).order_by(REFERRAL.c.opened_at)
    return tuple(
        Referral(**{name: getattr(row, name) for name in _PLAIN}, version=row.version)
        for row in connection.execute(query)
    )


def of_consultation(connection: Any, consultation_id: str) -> tuple[Referral, ...]:
    """Return the referrals of one consultation as ``listed`` does."""
    return listed(connection, REFERRAL.c.consultation_id == consultation_id)


def save(connection: Any, sealer: Sealer, referral: Referral) -> Referral:
    """Write a changed referral with its fields; return it as it now stands.

    Raises ``ChangedMeanwhile`` where it is no longer the version that was read.
    """
    after = replace(referral, version=referral.version + 1)
    done = connection.execute(
        sa.update(REFERRAL)
        .where(REFERRAL.c.reference == referral.reference, REFERRAL.c.version == referral.version)
        .values(**_values(after, sealer), version=after.version)
    )
    if done.rowcount != 1:
        raise ChangedMeanwhile(referral.reference)
    connection.execute(sa.delete(FIELD).where(FIELD.c.reference == referral.reference))
    _write_fields(connection, sealer, after)
    return after


def _values(referral: Referral, sealer: Sealer) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(referral, name) for name in _PLAIN}
    text = None if referral.purged else _about_text(referral.about)
    values["about"] = None if text is None else sealer.seal(f"about/{referral.reference}", text)
    return values


def _referral(row: Any, sealer: Sealer) -> Referral:
    plain = {name: getattr(row, name) for name in _PLAIN}
    about = About()
    if row.about is not None:
        about = _about(sealer.unseal(f"about/{row.reference}", row.about))
    return Referral(**plain, version=row.version, about=about)


def _about_text(about: About) -> str:
    return json.dumps(
        {
            "case": about.case.to_json(),
            "said": dict(about.said),
            "included": sorted(about.included),
            "confirmed": sorted(about.confirmed),
            "agreed": sorted(about.agreed),
            "safety": list(about.safety),
            "internal": about.internal,
            "text": about.text,
        },
        ensure_ascii=False,
    )


def _about(text: str) -> About:
    raw = json.loads(text)
    return About(
        case_from_json(raw["case"]),
        raw["said"],
        _facts(raw["included"]),
        _facts(raw["confirmed"]),
        frozenset(raw["agreed"]),
        tuple(raw["safety"]),
        raw["internal"],
        raw["text"],
    )


def _facts(raw: Iterable[list[str]]) -> frozenset[Fact]:
    return frozenset((key, value) for key, value in raw)


def _write_fields(connection: Any, sealer: Sealer, referral: Referral) -> None:
    rows = []
    for position, field in enumerate(referral.fields):
        place = f"field/{referral.reference}/{field.name}"
        values = {
            name: getattr(field, name)
            for name in (
                "name", "label", "required", "identifier", "fill", "allowed", "edited_by", "edited_at",
            )
        }  # fmt: skip
        rows.append(
            {
                **values,
                "reference": referral.reference,
                "position": position,
                "value": sealer.seal(f"{place}/value", field.value),
                "source": sealer.seal(f"{place}/source", field.source),
            }
        )
    if rows:
        connection.execute(sa.insert(FIELD), rows)


def _field(row: Any, sealer: Sealer) -> Field:
    place = f"field/{row.reference}/{row.name}"
    return Field(
        name=row.name,
        label=row.label,
        value=sealer.unseal(f"{place}/value", row.value),
        source=sealer.unseal(f"{place}/source", row.source),
        required=row.required,
        identifier=row.identifier,
        fill=row.fill,
        allowed=row.allowed,
        edited_by=row.edited_by,
        edited_at=row.edited_at,
    )
