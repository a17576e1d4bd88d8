"""Column types of the record: a point in time, and small lists of words."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator):
    """A point in time with its zone, kept in UTC as ISO text, so that it sorts and reads alike everywhere.

    Raises ``ValueError`` for a time without a zone: nobody could tell later which was meant.
    """

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Return the text that is stored."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """Return the time that was stored."""
        return None if value is None else datetime.fromisoformat(value)


def instant_text(value: datetime) -> str:
    """Return ``value`` in UTC as ISO text of one length. Raises ``ValueError`` where it has no zone."""
    if value.tzinfo is None:
        raise ValueError("a time in the record needs its zone")
    return value.astimezone(timezone.utc).isoformat(timespec="microseconds")


class Words(TypeDecorator):
    """A tuple of words that say nothing about a patient, kept as a JSON list."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Any) -> str:
        """Return the text that is stored."""
        return json.dumps(list(value or ()), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...]:
        """Return the words that were stored."""
        return tuple(json.loads(value or "[]"))
