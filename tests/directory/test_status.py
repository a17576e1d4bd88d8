"""What an entry's status is on a day, and when its facts are stale (contract, section 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services_directory.model import Service
from services_directory.status import is_stale, status_on


def entry(**facts: Any) -> Service:
    """Return an invented entry with ``facts``; dates may be ISO text."""
    dates = ("valid_from", "referrals_close_on", "valid_to", "source_date", "verified_on")
    values: dict[str, Any] = {
        "id": "invented",
        "name": "Invented",
        "areas": ("england",),
        "needs": ("money",),
        "status": "open",
        "kind": "advice",
        "confidence": "high",
        "sources": (),
    }
    values |= {k: date.fromisoformat(v) if k in dates else v for k, v in facts.items()}
    return Service(**values)


@pytest.mark.parametrize(
    ("facts", "day", "status", "since"),
    [
        ({}, "2020-01-01", "open", None),
        ({"valid_from": "2024-01-01"}, "2023-12-31", "planned", "2024-01-01"),
        ({"valid_from": "2024-01-01"}, "2024-01-01", "open", None),
        ({"referrals_close_on": "2024-09-30"}, "2024-09-30", "open", None),
        ({"referrals_close_on": "2024-09-30"}, "2024-10-01", "closed", "2024-09-30"),
        (
            {"referrals_close_on": "2024-09-30", "valid_to": "2025-03-31"},
            "2025-04-01",
            "ended",
            "2025-03-31",
        ),
        ({"status": "ended", "valid_to": "2018-03-31"}, "2017-01-01", "open", None),
        ({"status": "ended", "valid_to": "2018-03-31"}, "2018-04-01", "ended", "2018-03-31"),
        ({"status": "ended"}, "2010-01-01", "ended", None),
        ({"status": "closed", "referrals_close_on": "2026-06-30"}, "2025-06-01", "open", None),
        ({"status": "planned", "valid_from": "2024-01-01"}, "2024-01-02", "open", "2024-01-01"),
        ({"status": "planned"}, "2030-01-01", "planned", None),
        ({"status": "unverified"}, "2024-01-01", "unverified", None),
        ({"status": "unverified", "valid_to": "2026-03-31"}, "2026-11-22", "ended", "2026-03-31"),
        ({"status": "paused"}, "2024-01-01", "paused", None),
    ],
)
def test_status_on_the_day(facts: dict[str, Any], day: str, status: str, since: str | None) -> None:
    found = status_on(entry(**facts), date.fromisoformat(day))
    assert found.status == status
    assert found.since == (date.fromisoformat(since) if since else None)


@pytest.mark.parametrize(
    ("facts", "day", "stale"),
    [
        ({}, "2026-11-22", True),
        ({"source_date": "2026-01-01"}, "2026-11-22", False),
        ({"source_date": "2025-11-22"}, "2026-11-22", False),
        ({"source_date": "2025-11-21"}, "2026-11-22", True),
        ({"source_date": "2020-01-01", "verified_on": "2026-10-01"}, "2026-11-22", False),
        ({"source_date": "2026-01-01"}, "2024-02-01", False),
    ],
)
def test_facts_over_twelve_months_are_stale(facts: dict[str, Any], day: str, stale: bool) -> None:
    assert is_stale(entry(**facts), date.fromisoformat(day)) is stale
