"""What differs between two versions of an entry, in plain English. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services_directory.directory import Directory
from services_directory.model import ConsentWords, Criterion, Delivery, Not, Route, Service
from services_directory.plain_english import ROUTE_WORDS, WAY_IN_WORDS
from services_directory.reasons import day_of
from services_directory.rule_words import joined, rule_words

_PLAIN = {
    "name": "Name",
    "kind": "What it does",
    "status": "Status",
    "confidence": "How sure it is",
    "programme": "Programme",
    "comes_with": "Comes with the referral of",
    "provider": "Who runs it",
    "commissioner": "Who pays for it",
    "offers": "What it offers",
    "area_rule": "Who counts as living there",
    "valid_from": "First day",
    "referrals_close_on": "Last day for new referrals",
    "valid_to": "Last day",
    "unverified_from": "Not confirmed from",
    "voluntary": "Voluntary",
    "tells_dwp": "Tells the DWP",
    "source_date": "Date of the newest page",
    "verified_on": "Confirmed with the service",
    "verified_by_role": "Confirmed by",
    "duration": "How long it lasts",
    "capacity": "Places or waiting time",
    "cost": "Cost",
    "hours": "Hours",
    "languages": "Languages and access",
    "reply_within_days": "Answers within so many days",
}
_LISTS = {
    "aliases": "Other names",
    "replaces": "Follows",
    "replaced_by": "Replaced by",
    "cautions": "Cautions",
}


@dataclass(frozen=True)
class EntryDifference:
    """What changed in one entry. ``kind``: new, gone, changed, or unreadable on one of the sides."""

    service: str
    name: str
    kind: str
    sentences: tuple[str, ...]


def directory_differences(before: Directory, after: Directory) -> tuple[EntryDifference, ...]:
    """Return what differs, entry by entry, in the order of ``after``; unchanged entries are left out."""
    found = []
    for name in dict.fromkeys((*after.services, *before.services)):
        old, new = before.services.get(name), after.services.get(name)
        if old is None and new is not None:
            found.append(EntryDifference(name, new.name, "new", ("A new entry.",)))
        elif new is None and old is not None:
            found.append(EntryDifference(name, old.name, "gone", ("The entry is gone.",)))
        elif old is not None and new is not None:
            told = entry_differences(old, new, before, after)
            if told:
                found.append(EntryDifference(name, new.name, "changed", told))
    return tuple(found)


def entry_differences(
    old: Service, new: Service, before: Directory, after: Directory
) -> tuple[str, ...]:
    """Return one sentence for each thing in which ``new`` differs from ``old``."""
    told = [
        f"{label}: {_value(getattr(old, key))} → {_value(getattr(new, key))}."
        for key, label in _PLAIN.items()
        if getattr(old, key) != getattr(new, key)
    ]
    told += _list_changes("Areas", old.areas, new.areas, after.areas.label)
    told += _list_changes(
        "Needs", old.needs, new.needs, lambda need: after.words.label("needs", need)
    )
    for key, label in _LISTS.items():
        told += _list_changes(label, getattr(old, key), getattr(new, key), str)
    told += _rule_changes(old, new, before, after)
    told += _route_changes(old.routes, new.routes)
    told += _list_changes(
        "Sources",
        [s.cite for s in old.sources],
        [s.cite for s in new.sources],
        str,
    )
    was, now = old.consent or ConsentWords(), new.consent or ConsentWords()
    if was.says != now.says:
        told.append(f"Said before a patient agrees: {_value(was.says)} → {_value(now.says)}.")
    if was.benefits != now.benefits:
        told.append(f"Said of benefits: {_value(was.benefits)} → {_value(now.benefits)}.")
    if old.evidence != new.evidence:
        told.append("The figures about it changed.")
    told += _persona_changes(old, new)
    return tuple(told)


def _value(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, date):
        return day_of(value)
    text = str(value).replace("_", " ") if "_" in str(value) else str(value)
    return f'"{text.strip()}"'


def _list_changes(
    label: str, old: Iterable[str], new: Iterable[str], words: Callable[[str], str]
) -> list[str]:
    was, now = list(old), list(new)
    added = [words(x) for x in now if x not in was]
    gone = [words(x) for x in was if x not in now]
    told = []
    if added:
        told.append(f"{label}: added {joined(added, 'and')}.")
    if gone:
        told.append(f"{label}: no longer {joined(gone)}.")
    return told


def _rule_changes(old: Service, new: Service, before: Directory, after: Directory) -> list[str]:
    was, now = _by_id(old.criteria), _by_id(new.criteria)
    told = []
    for name in dict.fromkeys((*now, *was)):
        if name not in was:
            told.append(f"New rule '{name}': {_rule(now[name], after)}.")
        elif name not in now:
            told.append(f"Rule '{name}' is gone: {_rule(was[name], before)}.")
        else:
            told += _one_rule(name, was[name], now[name], before, after)
    return told


def _by_id(criteria: Iterable[Criterion]) -> dict[str, Criterion]:
    return {criterion.id: criterion for criterion in criteria}


def _rule(criterion: Criterion, directory: Directory) -> str:
    expression = criterion.expression
    if expression is None:
        return f"{criterion.says} (settled by the service)"
    if isinstance(expression, Not):
        return f"not for people who {rule_words(expression.part, directory)}"
    return f"for people who {rule_words(expression, directory)}"


def _one_rule(
    name: str, old: Criterion, new: Criterion, before: Directory, after: Directory
) -> list[str]:
    told = []
    if old.expression != new.expression:
        told.append(f"Rule '{name}': was {_rule(old, before)}; now {_rule(new, after)}.")
    if old.says != new.says:
        told.append(f'Rule \'{name}\' now says "{new.says}" (it said "{old.says}").')
    if old.gate != new.gate:
        must = "must now be said" if new.gate else "need no longer be said"
        told.append(f"Rule '{name}' {must} before the service is offered.")
    if old.source != new.source:
        told.append(f"Rule '{name}' rests on another source: {new.source} (before: {old.source}).")
    return told


def _route_changes(old: tuple[Route, ...], new: tuple[Route, ...]) -> list[str]:
    was, now = _numbered(old), _numbered(new)
    told = []
    for key in dict.fromkeys((*now, *was)):
        words = ROUTE_WORDS[key[0]]
        if key not in was:
            told.append(f"New way in: {_route(now[key])}.")
        elif key not in now:
            told.append(f"Way in gone: {words}.")
        else:
            told += _one_route(words, was[key], now[key])
    return told


def _numbered(routes: Iterable[Route]) -> Mapping[tuple[str, int], Route]:
    """Return routes by kind and place among those of that kind: there may be two telephone numbers."""
    found: dict[tuple[str, int], Route] = {}
    for route in routes:
        number = sum(kind == route.route for kind, _ in found)
        found[route.route, number] = route
    return found


def _route(route: Route) -> str:
    told = ROUTE_WORDS[route.route] + WAY_IN_WORDS[route.way_in]
    return f"{told}, {route.contact}" if route.contact else told


def _one_route(words: str, old: Route, new: Route) -> list[str]:
    told = []
    for key, label in (
        ("how", "what to do"),
        ("way_in", "how well it is known"),
        ("phone", "telephone"),
        ("web", "web address"),
        ("email", "e-mail address"),
        ("reply_within_days", "answers within so many days"),
        ("at_practice", "at the practice's own reception"),
    ):
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            told.append(f"Way in ({words}), {label}: {_value(was)} → {_value(now)}.")
    if old.who != new.who:
        told += _list_changes(f"Way in ({words}), who may start it", old.who, new.who, str)
    if old.form != new.form:
        told += _list_changes(
            f"Way in ({words}), form fields",
            [f.label for f in old.form],
            [f.label for f in new.form],
            str,
        ) or [f"Way in ({words}): how the form is filled changed."]
    if old.delivery != new.delivery:
        told.append(
            f"Way in ({words}), how it is handed over: {_handed(old.delivery)} → "
            f"{_handed(new.delivery)}. Nothing is sent there until a test message is confirmed."
        )
    if old.may_include != new.may_include:
        told += _list_changes(
            f"Way in ({words}), may be in the form", old.may_include, new.may_include, str
        )
    if old.never_include != new.never_include:
        told += _list_changes(
            f"Way in ({words}), never in the form", old.never_include, new.never_include, str
        )
    return told


def _handed(delivery: Delivery | None) -> str:
    if delivery is None:
        return "nothing"
    return f"{delivery.channel.replace('_', ' ')} {delivery.address}".strip()


def _persona_changes(old: Service, new: Service) -> list[str]:
    was = {p.name: p for p in old.personas}
    now = {p.name: p for p in new.personas}
    told = _list_changes("Personas", was, now, str)
    changed = [n for n in now if n in was and now[n] != was[n]]
    if changed:
        told.append(f"Personas changed: {joined(changed, 'and')}.")
    return told


def differences_text(found: tuple[EntryDifference, ...]) -> str:
    """Return ``found`` as plain text."""
    if not found:
        return "No entry differs."
    lines = []
    for difference in found:
        lines += [f"{difference.name} ({difference.service})"]
        lines += [f"  - {told}" for told in difference.sentences] + [""]
    return "\n".join(lines).rstrip()
