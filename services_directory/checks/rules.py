"""Rules that no consultation could ever settle."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from services_directory.entry_keys import CRITERION_KEYS, names
from services_directory.entry_reader import ReadEntry
from services_directory.findings import Finding
from services_directory.yaml_nodes import Node

_MEND = {
    "gp_area": "it comes from the practice's settings: use area_rule instead",
    "work_status_outcome": "it is set silently: delete it",
}


def check_rules(entry: ReadEntry, askable: Collection[str]) -> Iterator[Finding]:
    """Yield each rule on a fact that is not among the ``askable`` keys (those of questions.yml)."""
    criteria = entry.node.at("criteria") if entry.node is not None else None
    if entry.service is None or criteria is None or not isinstance(criteria.value, list):
        return
    own = set(names(CRITERION_KEYS))
    for criterion in criteria.value:
        for key, line in _fact_keys(criterion):
            if key not in own and key not in askable:
                mend = _MEND.get(
                    key, "add a question to questions.yml, or write checked_by: provider"
                )
                yield Finding(
                    str(entry.path), line, "error", f"{key}: no question asks for this fact; {mend}"
                )


def _fact_keys(rule: Node) -> Iterator[tuple[str, int]]:
    if not isinstance(rule.value, dict):
        return
    for key, value in rule.value.items():
        if key in ("any", "all") and isinstance(value.value, list):
            for part in value.value:
                yield from _fact_keys(part)
        elif key == "not":
            yield from _fact_keys(value)
        else:
            yield str(key), rule.keys[key]
