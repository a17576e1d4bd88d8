"""A referral and practices for the tests of the record, which know nothing of papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

import sqlalchemy as sa

from referrals.model import About, Field, Referral
from referrals.records.tables import METADATA
from services_directory.case import case_from_json
from services_directory.practice import SAMPLE_FILE, Governance, load_practice

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)
PRACTICE = load_practice(SAMPLE_FILE)
LIVE = replace(
    PRACTICE,
    governance=Governance(
        "the partners", "DPIA-1", "1.0", "clinical safety officer", date(2026, 1, 1)
    ),
)
PACKER = case_from_json(
    {"age": 48, "sex": "female", "goal": "return_to_work", "conditions": ["back_pain"]}
)


def unguarded(connection: Any) -> None:
    """Take away what keeps the audit trail's rows, as somebody who owns the database could."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_rows_stay ON audit")
        return
    for act in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS audit_no_{act}")


def emptied(connection: Any) -> None:
    """Delete every row of every table, the audit trail's too, for the next test."""
    unguarded(connection)
    for table in reversed(METADATA.sorted_tables):
        connection.execute(sa.delete(table))


def referral(reference: str = "FP-ABCDEFGH", **changes: Any) -> Referral:
    """Return a referral as it might stand in the record."""
    values: dict[str, Any] = {
        "reference": reference,
        "consultation_id": "c1",
        "practice": "Y99999",
        "service_id": "test-service",
        "route": "clinician_form",
        "kind": "enquiry_form",
        "state": "draft",
        "state_since": NOW,
        "opened_at": NOW,
        "as_of": date(2026, 11, 22),
        "prepared_by": "dr-a",
        "prepared_role": "gp",
        "owner": "dr-a",
        "about": About(
            PACKER,
            {"goal": "back to work"},
            frozenset({("barriers", "domestic_abuse")}),
            frozenset({("conditions", "depression")}),
            frozenset({"conditions"}),
            ("abuse",),
            True,
            "the message",
        ),
        "fields": (
            Field("goal", "Wish", "Go back", 'your words: "back"', True, False, ("goal",)),
            Field("n", "N", "", "not known", False, True, (), ("y", "n"), "dr-b", NOW),
        ),
    }
    return Referral(**{**values, **changes})
