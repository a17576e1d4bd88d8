"""Write the table of the rule language into ``docs/maintainers.md``, from the rows that the tests run.

``--check`` writes nothing and ends with 1 where the page is out of date.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "maintainers.md"
BEGIN = "<!-- rule table: written by scripts/rule_language.py; edit tests/spec/rule_table.py -->"
END = "<!-- end of rule table -->"
STATES = {"met": "met", "not_met": "**not met**", "unknown": "*unknown*"}


def rendered() -> str:
    """Return the table, one heading and one table for each group of rows."""
    sys.path.insert(0, str(ROOT))
    table = importlib.import_module("tests.spec.rule_table").TABLE
    parts = []
    for heading, rows in table.items():
        lines = [
            f"**{heading}**",
            "",
            "| Rule | Known of the patient | The rule is |",
            "| --- | --- | --- |",
        ]
        for rule, case, state in rows:
            lines.append(f"| `{rule}` | {known(case)} | {STATES[state]} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def known(case: dict[str, Any]) -> str:
    """Return a case as one would write it in an entry's persona."""
    if not case:
        return "nothing"
    return f"`{_flow(case)[1:-1]}`"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return value if isinstance(value, str) else json.dumps(value)


def page_with_table(page: str) -> str:
    """Return the text of the page with the table between its two marks."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{rendered()}\n\n{END}{tail}"


def main() -> int:
    """Write or check the page."""
    page = PAGE.read_text(encoding="utf-8")
    fresh = page_with_table(page)
    if "--check" in sys.argv[1:]:
        if page != fresh:
            print(
                "docs/maintainers.md is out of date: run scripts/rule_language.py", file=sys.stderr
            )
        return int(page != fresh)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
