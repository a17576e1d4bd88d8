"""Constructions of hurried notes, some twenty of each kind: what they say, and what they never do.

``constructions.jsonl``: ``said`` is what the case must hold (lists may hold more), ``never`` the values it
must not (an empty list forbids any), ``asked`` the key just asked for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from understanding.reader import Reader

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("constructions.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def says(case: dict[str, Any], key: str, value: Any) -> bool:
    """Say whether ``case`` holds ``value``; lengths of time within a tenth, as in the labelled sets."""
    held = case.get(key)
    if isinstance(value, list):
        return set(value) <= set(held or [])
    if key in ("absence_weeks", "out_of_work_months", "uc_months"):
        return held is not None and abs(held - value) <= max(value / 10, 0.5)
    return bool(held == value)


@pytest.mark.parametrize("line", CASES, ids=[line["text"] for line in CASES])
def test_construction(reader: Reader, line: dict[str, Any]) -> None:
    case = reader.read(line["text"], line.get("asked")).case
    assert all(says(case, key, value) for key, value in line.get("said", {}).items()), case
    for key, values in line.get("never", {}).items():
        held = case.get(key)
        found = held if isinstance(held, list) else [] if held is None else [held]
        assert not (set(found) & set(values) if values else found), case
