"""What outlives a consultation: one row of coarse counts, with no word of what was said.

Written when a consultation is deleted. It holds no sender, no text and no case: the week, the practice,
the area, an age band, the coded work status, and which services were offered, chosen or set aside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.database import create_tables, make_engine
from services_directory.practice import PracticeSettings

AGE_BANDS = ((16, 24), (25, 49), (50, 64))
OLDEST_BAND = 65
NOT_KNOWN = "not_known"
OTHER = "other"

# A reason or id, as the vocabulary writes them; a clinician's own words are not kept.
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")

METADATA = sa.MetaData()
COUNTS = sa.Table(
    "consultation_counts",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("week", sa.String(8), nullable=False),
    sa.Column("practice", sa.String(12), nullable=False),
    # Consultations of training mode are no evidence of need.
    sa.Column("training", sa.Boolean, nullable=False),
    sa.Column("area", sa.String(80), nullable=False),
    sa.Column("age_band", sa.String(12), nullable=False),
    sa.Column("work_status", sa.String(40), nullable=False),
    sa.Column("work_status_outcome", sa.String(20), nullable=False),
    # JSON lists of ids, and {service id: reason id}.
    sa.Column("offered", sa.Text, nullable=False),
    sa.Column("chosen", sa.Text, nullable=False),
    sa.Column("dismissed", sa.Text, nullable=False),
    sa.Column("gaps", sa.Text, nullable=False),
)


def age_band(age: object) -> str:
    """Return the band of an age in years: `16-24`, `25-49`, `50-64`, `65+` or `not_known`."""
    if not isinstance(age, (int, float)) or isinstance(age, bool):
        return NOT_KNOWN
    if age >= OLDEST_BAND:
        return f"{OLDEST_BAND}+"
    return next((f"{low}-{high}" for low, high in AGE_BANDS if low <= age < high + 1), NOT_KNOWN)


def counts_row(
    state: Mapping[str, Any], day: date, practice: PracticeSettings
) -> dict[str, Any] | None:
    """Return the row for a consultation that ended in `state`; None where nothing came of it."""
    case: Mapping[str, Any] = state.get("case") or {}
    offered = _ids(state.get("offered"))
    if not offered and not set(case) - {"gp_area", "work_status_outcome"}:
        return None
    year, week, _ = day.isocalendar()
    return {
        "week": f"{year}-W{week:02d}",
        "practice": practice.ods_code,
        "training": practice.training_mode,
        "area": _id(case.get("area"), NOT_KNOWN),
        "age_band": age_band(case.get("age")),
        "work_status": _id(case.get("work_status"), NOT_KNOWN),
        "work_status_outcome": _id(case.get("work_status_outcome"), "not_asked"),
        "offered": json.dumps(offered),
        "chosen": json.dumps(_ids(state.get("chosen"))),
        "dismissed": json.dumps(
            {_id(key): _id(why) for key, why in (state.get("dismissed") or {}).items()}
        ),
        "gaps": json.dumps(
            [{key: _id(value) for key, value in gap.items()} for gap in state.get("gaps") or ()]
        ),
    }


def _id(value: object, otherwise: str = OTHER) -> str:
    if value is None:
        return otherwise
    return value if isinstance(value, str) and _ID.fullmatch(value) else OTHER


def _ids(values: Iterable[object] | None) -> list[str]:
    return [_id(value) for value in values or ()]


class Counts:
    """The table of counts, in the database at `url`."""

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)
        create_tables(self._engine, METADATA)

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Add rows as `counts_row` makes them."""
        wanted = list(rows)
        if wanted:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(COUNTS), wanted)

    def all(self) -> list[dict[str, Any]]:
        """Return every row, oldest first."""
        with self._engine.connect() as connection:
            found = connection.execute(sa.select(COUNTS).order_by(COUNTS.c.id))
            return [dict(row) for row in found.mappings()]
