"""Since when: months as lengths of time."""

from __future__ import annotations

from datetime import date

import pytest

from understanding.months import days_since
from understanding.reader import Reader

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("since march", date(2026, 3, 15)),
        ("since 3rd october", date(2026, 10, 3)),
        ("since december", date(2025, 12, 15)),
        ("june 2024", date(2024, 6, 15)),
        ("off since early may", date(2026, 5, 15)),
        ("in august last year", date(2025, 8, 15)),
    ],
)
def test_a_month_is_counted_from(typed: str, then: date) -> None:
    assert days_since(typed, TODAY) == (TODAY - then).days


@pytest.mark.parametrize(
    "typed", ["may be six", "march of time", "31 february", "december 2027", "3/12", ""]
)
def test_what_names_no_month_passed(typed: str) -> None:
    assert days_since(typed, TODAY) is None


def test_a_month_answers_how_long() -> None:
    month = "January" if date.today().month != 1 else "July"
    case = Reader(classifier=False).read(f"since {month}", "absence_weeks").case
    assert case["absence_weeks"] > 2
