"""Wishes typed out of order, and how somebody stands to work, turn by turn, without a server."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.test_said_beside import Consulting


@pytest.mark.parametrize(
    ("lines", "want"),
    [
        (
            ("55M HGV driver Oldham off sick 4 months stroke", "go back"),
            {"goal": "return_to_work", "age": 55, "work_status": "off_sick"},
        ),
        (
            ("31F admin Trafford, anxiety and depression, off sick", "none", "no", "keep her job"),
            {"goal": "stay_in_work", "work_status": "off_sick"},
        ),
        (
            ("29F pelvic girdle pain Manchester retail, boss not helping", "stay in work"),
            {"goal": "stay_in_work", "work_status": "in_work_struggling"},
        ),
        (
            ("58F Stockport, sick note for 2 more weeks, teacher", "back in 2 wks"),
            {"goal": "return_to_work", "conditions": None},
        ),
        (
            ("40M Stockport unemployed depression", "no", "another job"),
            {"goal": "find_work", "work_status": "unemployed"},
        ),
        (
            ("44M in Bury off sick 8/52 depression", "actually no he's back at work since Monday"),
            {"goal": None, "work_status": "in_work", "barriers": None},
        ),
        (
            ("17M apprentice electrician Tameside broke wrist, boss threatening to sack him",),
            {"job_at_risk": True, "barriers": None},
        ),
    ],
)
def test_what_is_known_after(lines: tuple[str, ...], want: dict[str, Any]) -> None:
    case = Consulting(*lines).case
    assert {key: case.get(key) for key in want} == want


@pytest.mark.parametrize(
    "line",
    ["30M Manchester gambling addiction, debts 20k, on the sick", "maternity leave, 33F Bury"],
)
def test_work_is_asked_where_it_is_not_said(line: str) -> None:
    assert "work_status" in Consulting(line).asks


@pytest.mark.parametrize(
    "line", ["41M Manchester JSA, no health probs", "20F Bolton looking for work, fit and well"]
)
def test_illness_is_not_asked_of_somebody_said_to_have_none(line: str) -> None:
    assert "conditions" not in Consulting(line).asks
