"""What is kept of a consultation that is over."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.counts import age_band, counts_row
from services_directory.practice import SAMPLE_FILE, load_practice

DAY = date(2026, 11, 22)
PRACTICE = load_practice(SAMPLE_FILE)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (16, "16-24"),
        (24, "16-24"),
        (24.5, "16-24"),
        (25, "25-49"),
        (49, "25-49"),
        (50, "50-64"),
        (64, "50-64"),
        (65, "65+"),
        (90, "65+"),
        (15, "not_known"),
        (None, "not_known"),
        ("48", "not_known"),
        (True, "not_known"),
    ],
)
def test_age_bands(age: object, band: str) -> None:
    assert age_band(age) == band


def test_a_row_holds_ids_and_no_words() -> None:
    state = {
        "case": {
            "age": 48,
            "area": "tameside",
            "work_status": "off_sick",
            "work_status_outcome": "recorded",
            "occupation": "packer at the cheese factory",
            "conditions": ["back_pain"],
        },
        "said": {"age": "48F"},
        "offered": ["acas", "access-to-work"],
        "chosen": ["acas"],
        "dismissed": {"access-to-work": "Mrs Smith would not hear of it"},
        "gaps": [{"condition": "back_pain", "area": "tameside"}],
    }
    row = counts_row(state, DAY, PRACTICE)
    assert row == {
        "week": "2026-W47",
        "practice": "Y99999",
        "training": True,
        "area": "tameside",
        "age_band": "25-49",
        "work_status": "off_sick",
        "work_status_outcome": "recorded",
        "offered": '["acas", "access-to-work"]',
        "chosen": '["acas"]',
        "dismissed": '{"access-to-work": "other"}',
        "gaps": '[{"condition": "back_pain", "area": "tameside"}]',
    }
    written = json.dumps(row)
    assert "packer" not in written and "Smith" not in written


@pytest.mark.parametrize("state", [{}, {"case": {}}, {"case": {"gp_area": "oldham"}}])
def test_a_consultation_in_which_nothing_was_said_is_not_counted(state: dict[str, object]) -> None:
    assert counts_row(state, DAY, PRACTICE) is None
