"""The requirements page names every requirement once, and only tests that exist."""

from __future__ import annotations

import re

from tests.unit.named_tests import ROOT, exists

PAGE = (ROOT / "docs/requirements.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (R[^|]+) \|", re.MULTILINE)


def numbers(cell: str) -> list[int]:
    """Return the requirements that a cell such as "R47–R54, R56" means."""
    found: list[int] = []
    for part in cell.split(","):
        ends = [int(n) for n in re.findall(r"R(\d+)", part)]
        found += range(ends[0], ends[-1] + 1)
    return found


def test_every_requirement_stands_once() -> None:
    told = [n for cell in ROW.findall(PAGE) for n in numbers(cell)]
    assert sorted(told) == list(range(1, 91))


def test_named_tests_exist() -> None:
    named = re.findall(r"`(tests/[^`]+::[^`]+)`", PAGE)
    assert named
    assert [test_id for test_id in named if not exists(test_id)] == []
