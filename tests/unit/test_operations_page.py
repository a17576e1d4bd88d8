"""docs/operations.md names every variable that the code reads, and none that it does not."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("services_directory", "understanding", "referrals", "actions", "bot", "cli")
VARIABLE = re.compile(r"FINGERPOST_[A-Z_]+[A-Z]")


def test_the_page_and_the_code_name_the_same_variables() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")
    )
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert set(VARIABLE.findall(page)) == set(VARIABLE.findall(code))
