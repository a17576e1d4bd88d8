"""From a rule as it is written to the expression that is run: the words of the rule language.

A rule is a block whose parts must all hold: facts (``work_status: [off_sick]``, ``age: {min: 16}``,
``job_at_risk: true``), and ``any``, ``all`` and ``not`` around further rules.
"""

from __future__ import annotations

from services_directory.areas import Areas
from services_directory.case import (
    FLAG_KEYS,
    LIST_KEYS,
    NUMBER_KEYS,
    NUMBER_LIMITS,
    ONE_KEYS,
)
from services_directory.entry_keys import BEYOND, COMBINATORS, CRITERION_KEYS, Key, names
from services_directory.findings import Findings, shown
from services_directory.model import AllOf, AnyOf, Expression, Is, Not
from services_directory.near_miss import did_you_mean
from services_directory.node_values import block, choice, ids, items, text, texts
from services_directory.vocabulary import Vocabulary
from services_directory.yaml_nodes import Node

RULE_KEYS = (
    *ONE_KEYS,
    *LIST_KEYS,
    *NUMBER_KEYS,
    *FLAG_KEYS,
    "area",
    "gp_area",
    "in_programme",
    *COMBINATORS,
)
# Keys of the patient case that are no facts a rule could run on.
_NO_RULE = {
    "occupation": "is free text, which no rule can compare; write checked_by: provider",
    "answered": "says what was asked, and is no fact of the patient; delete it",
    "ruled_out": "is written as a rule of its own: not: {conditions: [...]}",
    "uncertain": "a rule on what is uncertain is unknown already; delete it",
}
_BOUNDS = (
    Key("min", "text", "at least"),
    Key("max", "text", "at most"),
    Key("beyond", "choice", "not_known: outside min and max it is not known", choices=(BEYOND,)),
)


def read_rule(findings: Findings, node: Node, words: Vocabulary, tree: Areas) -> Expression | None:
    """Return the expression that the block ``node`` says, or ``None`` where it has an error."""
    if not isinstance(node.value, dict) or not node.value:
        findings.error(node.line, "a rule is a block such as `work_status: [off_sick]`")
        return None
    before = len(findings.found)
    parts: list[Expression] = []
    for key, value in node.value.items():
        part = _part(findings, str(key), node.keys[key], value, words, tree)
        if part is not None:
            parts.append(part)
    if len(findings.found) > before or not parts:
        return None
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _part(
    findings: Findings, key: str, line: int, value: Node, words: Vocabulary, tree: Areas
) -> Expression | None:
    if key == "not":
        inner = read_rule(findings, value, words, tree)
        return None if inner is None else Not(inner)
    if key in ("any", "all"):
        read = [read_rule(findings, part, words, tree) for part in items(findings, key, value)]
        rules = tuple(rule for rule in read if rule is not None)
        if not read and isinstance(value.value, list):
            findings.error(
                line, f"{key}: the list is empty; write the rules under it, each after `- `"
            )
        if not rules:
            return None
        return AnyOf(rules) if key == "any" else AllOf(rules)
    if key not in RULE_KEYS:
        if key in _NO_RULE:
            findings.error(line, f"{key}: {_NO_RULE[key]}")
            return None
        known = [*RULE_KEYS, *names(CRITERION_KEYS)]
        findings.error(
            line, f"'{shown(key)}' is not a key of the patient case{did_you_mean(key, known)}"
        )
        return None
    return _fact(findings, key, line, value, words, tree)


def _fact(
    findings: Findings, key: str, line: int, value: Node, words: Vocabulary, tree: Areas
) -> Is | None:
    if key in FLAG_KEYS:
        if isinstance(value.value, bool):
            return Is(key, frozenset({value.value}))
        findings.error(value.line, f"{key}: write true or false")
        return None
    if key in NUMBER_KEYS:
        return _number(findings, key, value)
    if not isinstance(value.value, list) and text(Findings(""), key, value) == "any":
        if key in ("area", "gp_area"):
            findings.error(value.line, f"{key}: write the areas, such as [england]")
            return None
        return Is(key, any_value=True)
    if key == "in_programme":
        # Whether the programmes exist is seen when all entries are read (checks.references).
        found = tuple(name for name, _ in texts(findings, key, value))
    elif key in ("area", "gp_area"):
        found = ids(findings, key, value, tree.by_id)
    else:
        groups = words.groups if key == "conditions" else {}
        named = ids(findings, key, value, [*words.terms[key], *groups])
        found = tuple(i for name in named for i in words.expand(key, name))
    if not found and isinstance(value.value, list) and not value.value:
        findings.error(line, f"{key}: the list is empty, so nobody can meet it; name the ids")
    return Is(key, frozenset(found)) if found else None


def _number(findings: Findings, key: str, node: Node) -> Is | None:
    bounds = block(findings, key, node, _BOUNDS)
    if bounds is None:
        return None
    if not bounds:
        findings.error(node.line, f"{key}: write {{min: …}}, {{max: …}} or both")
        return None
    beyond = bounds.pop("beyond", None)
    if beyond is not None and choice(findings, "beyond", beyond, (BEYOND,)) is None:
        return None
    if not bounds:
        findings.error(node.line, f"{key}: beyond needs a min or a max beside it")
        return None
    read: dict[str, float] = {}
    smallest, largest = NUMBER_LIMITS[key]
    for name, bound in bounds.items():
        number = bound.value
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            findings.error(bound.line, f"{key}: {name} must be a number")
        elif not smallest <= number <= largest:
            findings.error(
                bound.line, f"{key}: {name} {shown(number)} is outside {smallest} to {largest}"
            )
        else:
            read[name] = number
    low, high = read.get("min"), read.get("max")
    if low is not None and high is not None and low > high:
        findings.error(node.line, f"{key}: min {low} is above max {high}, so nobody can meet it")
        return None
    return Is(key, low=low, high=high, beyond_unknown=beyond is not None) if read else None
