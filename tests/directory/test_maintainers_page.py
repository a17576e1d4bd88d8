"""The maintainers' page: its rule table is the one that is tested, and its examples work."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from services_directory.checking import check_path
from services_directory.entry_keys import BLOCKS, ENTRY_KEYS, names

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "maintainers.md").read_text(encoding="utf-8")


def test_the_rule_table_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "rule_language.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_example_entry_has_no_findings(tmp_path: Path) -> None:
    (example,) = [
        block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.S) if "personas:" in block
    ]
    name = re.search(r"^id: (.+)$", example, re.M)
    assert name is not None
    path = tmp_path / f"{name[1]}.yml"
    path.write_text(example, encoding="utf-8")
    assert check_path(path, date(2026, 11, 22)) == ()


def test_every_key_is_explained() -> None:
    keys = {
        *names(ENTRY_KEYS),
        *names(BLOCKS["route"]),
        *names(BLOCKS["form"]),
        *names(BLOCKS["criterion"]),
    }
    assert [key for key in sorted(keys) if f"`{key}" not in PAGE] == []
