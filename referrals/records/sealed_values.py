"""Where sealed values stand in the record, and whether there are any."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from referrals.records.tables import METADATA


def sealed_columns() -> tuple[tuple[sa.Table, tuple[sa.Column, ...]], ...]:
    """Return every table with its sealed columns."""
    found = []
    for table in METADATA.sorted_tables:
        columns = tuple(c for c in table.columns if c.info.get("sealed"))
        if columns:
            found.append((table, columns))
    return tuple(found)


def any_sealed(connection: Any) -> bool:
    """Say whether the record holds anything that only its keys open."""
    for table, columns in sealed_columns():
        held = sa.or_(*(sa.func.coalesce(column, "") != "" for column in columns))
        if connection.execute(sa.select(sa.literal(1)).select_from(table).where(held)).first():
            return True
    return False
