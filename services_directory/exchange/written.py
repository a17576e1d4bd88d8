"""A service as it would be written in an entry's file: plain dicts, lists and text, in the order of the keys.

The other direction is ``EntryReader``: reading what ``written`` returns gives an equal service.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services_directory.entry_keys import BEYOND, ENTRY_KEYS
from services_directory.model import (
    AnyOf,
    ConsentWords,
    Criterion,
    Delivery,
    Evidence,
    Expression,
    FormField,
    Is,
    Not,
    Persona,
    Route,
    Service,
    Source,
)

_BLOCKS = (Source, Route, Evidence, FormField, Persona, ConsentWords, Delivery)
# What an entry says by leaving the key out.
_UNSAID = {"area_rule": "lives_in", "voluntary": "not_known", "tells_dwp": "not_known"}


def written(
    service: Service, groups: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, Any]:
    """Return the entry's keys and values; what is not known is left out.

    ``groups`` (of a vocabulary) lets a rule name a whole group of conditions by its name.
    """
    found: dict[str, Any] = {}
    for key in ENTRY_KEYS:
        value = getattr(service, key.name)
        if value in (None, "", ()) or _UNSAID.get(key.name) == value:
            continue
        found[key.name] = _plain(value, groups or {})
    return found


def rule_written(
    expression: Expression, groups: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, Any]:
    """Return a rule as the block that says it."""
    known = groups or {}
    if isinstance(expression, Is):
        return {expression.key: _fact(expression, known)}
    if isinstance(expression, Not):
        return {"not": rule_written(expression.part, known)}
    parts = [rule_written(part, known) for part in expression.parts]
    if isinstance(expression, AnyOf):
        return {"any": parts}
    merged = {key: value for part in parts for key, value in part.items()}
    # Facts on different keys stand side by side; otherwise, and around a single one, `all` is written.
    beside = len(merged) > 1 and sum(map(len, parts)) == len(merged) == len(parts)
    return merged if beside else {"all": parts}


def _fact(fact: Is, groups: Mapping[str, tuple[str, ...]]) -> Any:
    if fact.any_value:
        return "any"
    if fact.low is not None or fact.high is not None:
        beyond = BEYOND if fact.beyond_unknown else None
        bounds = {"min": fact.low, "max": fact.high, "beyond": beyond}
        return {name: bound for name, bound in bounds.items() if bound is not None}
    if len(fact.values) == 1 and isinstance(only := next(iter(fact.values)), bool):
        return only
    ids = sorted(map(str, fact.values))
    if fact.key != "conditions":
        return ids
    whole = [name for name, members in groups.items() if members and set(members) <= set(ids)]
    inside = {member for name in whole for member in groups[name]}
    return [*whole, *(i for i in ids if i not in inside)]


def _plain(value: Any, groups: Mapping[str, tuple[str, ...]]) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item, groups) for item in value]
    if isinstance(value, Criterion):
        return _criterion(value, groups)
    if isinstance(value, _BLOCKS):
        return _block(value, groups)
    if isinstance(value, Mapping):
        return {str(key): _plain(item, groups) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, groups) for item in value]
    return value


def _criterion(criterion: Criterion, groups: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    head: dict[str, Any] = {
        "id": criterion.id,
        "says": criterion.says,
        "source": criterion.source,
    }
    if criterion.gate:
        head["gate"] = True
    if criterion.by_provider:
        head["checked_by"] = "provider"
    if criterion.expression is not None:
        head |= rule_written(criterion.expression, groups)
    return head


def _block(part: Any, groups: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    kept = {
        name: _plain(value, groups)
        for name, value in vars(part).items()
        if value not in (None, "", (), False)
    }
    if isinstance(part, Persona):
        kept.setdefault("case", {})
    return kept
