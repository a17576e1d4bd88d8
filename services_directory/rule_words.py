"""A rule in plain English, made from the expression that is run and not from the sentence beside it.

A maintainer reads both, and sees where the sentence (``says``) promises something else than the rule does.
Every phrase goes on after "people who".
"""

from __future__ import annotations

from collections.abc import Iterable

from services_directory.directory import Directory
from services_directory.model import AllOf, Expression, Is, Not

_FLAGS = {
    "never_worked": ("have never worked", "have worked before"),
    "job_at_risk": ("have a job at risk", "have a job that is not at risk"),
    "has_job_offer": ("have a job to start", "have no job to start"),
    "pregnant_or_postnatal": (
        "are pregnant or recently gave birth",
        "are neither pregnant nor recently gave birth",
    ),
    "under_secondary_mental_health": (
        "are under a secondary mental health team",
        "are not under a secondary mental health team",
    ),
}
# What goes before the labels of ids, and what is said where any id will do.
_LISTS = {
    "work_status": ("are", "have any work status"),
    "goal": ("want to", "have any goal"),
    "sex": ("are", "are of any sex"),
    "employment_type": ("are", "have any kind of employment"),
    "benefits": ("get", "get any benefit"),
    "benefit_issues": ("have", "have any benefit problem"),
    "conditions": ("have", "have any health condition"),
    "barriers": ("have", "have any barrier to work"),
}
# Where a label does not stand well after those words.
_PLURALS = {
    ("work_status", "student"): "students",
    ("work_status", "volunteering"): "volunteering or in permitted work",
    ("employment_type", "employee"): "employees",
    ("employment_type", "zero_hours"): "on a zero-hours contract",
    ("employment_type", "agency"): "agency workers",
    ("employment_type", "apprentice"): "apprentices",
    ("goal", "not_now"): "leave work aside for now",
}
_NUMBERS = {
    "age": ("are aged", ""),
    "absence_weeks": ("have been off work for", " weeks"),
    "out_of_work_months": ("have been out of work for", " months"),
    "uc_months": ("have been on Universal Credit for", " months"),
}


def joined(words: Iterable[str], last: str = "or") -> str:
    """Return "a, b or c"."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def rule_words(expression: Expression, directory: Directory) -> str:
    """Return ``expression`` as what follows "people who": "are aged 16 or over"."""
    if isinstance(expression, Is):
        return _fact_words(expression, directory)
    if isinstance(expression, Not):
        words = rule_words(expression.part, directory)
        return _negated(words) if isinstance(expression.part, Is) else f"do not fit this: ({words})"
    parts = [
        f"({words})" if _is_compound(part) else words
        for part in expression.parts
        for words in [rule_words(part, directory)]
    ]
    return (" and " if isinstance(expression, AllOf) else ", or ").join(parts)


def _negated(words: str) -> str:
    """Return the opposite of the phrase for one fact: "are retired" → "are not retired"."""
    for start, instead in (
        ("are ", "are not "),
        ("have been ", "have not been "),
        ("have any ", "have no "),
    ):
        if words.startswith(start):
            return instead + words[len(start) :]
    return f"do not {words}"


def _is_compound(expression: Expression) -> bool:
    return not isinstance(expression, (Is, Not)) and len(expression.parts) > 1


def _fact_words(fact: Is, directory: Directory) -> str:
    key = fact.key
    if key in _FLAGS:
        return _FLAGS[key][0 if True in fact.values else 1]
    if key in _NUMBERS:
        before, unit = _NUMBERS[key]
        beyond = " (otherwise not known)" if fact.beyond_unknown else ""
        return f"{before} {_bounds(fact.low, fact.high, unit)}{beyond}"
    if key in ("area", "gp_area"):
        places = joined(_sorted(directory.areas.label(str(area)) for area in fact.values))
        return f"live in {places}" if key == "area" else f"are registered in {places}"
    if key == "in_programme":
        named = (directory.services.get(str(i)) for i in fact.values)
        names = [s.name if s else str(i) for s, i in zip(named, fact.values, strict=True)]
        if len(names) > 1:
            # Some names hold commas of their own.
            names = [f'"{name}"' if "," in name else name for name in names]
        return f"are in {joined(_sorted(names))}" if names else "are in any programme"
    before, any_words = _LISTS[key]
    if fact.any_value:
        return any_words
    labels = _labels(key, fact.values, directory)
    if key == "barriers":
        told = "this barrier" if len(labels) == 1 else "one of these barriers"
        return f"have {told}: {joined(labels)}"
    return f"{before} {joined(labels)}"


def _bounds(low: float | None, high: float | None, unit: str) -> str:
    if low is None:
        return f"{_number(high)}{unit} or less" if unit else f"{_number(high)} or under"
    if high is None:
        return f"{_number(low)}{unit} or more" if unit else f"{_number(low)} or over"
    return f"{_number(low)} to {_number(high)}{unit}"


def _number(number: float | None) -> str:
    return "any number" if number is None else f"{number:g}"


def _labels(key: str, values: Iterable[object], directory: Directory) -> list[str]:
    """Return the labels of ``values`` in the vocabulary's order; a whole group goes by its name."""
    words = directory.words
    left = {str(value) for value in values}
    named = []
    if key == "conditions":
        for group, members in words.groups.items():
            if len(members) > 1 and left.issuperset(members):
                left -= set(members)
                label = words.group_labels[group]
                named.append(f"{'an' if label[0] in 'aeiou' else 'a'} {label}")
    if key == "benefits":
        # Whoever gets the narrower one gets the wider one.
        left = {i for i in left if words.terms[key][i].parent not in left}
    known = [i for i in words.terms[key] if i in left]
    return named + [_PLURALS.get((key, i)) or words.label(key, i) for i in known]


def _sorted(words: Iterable[str]) -> list[str]:
    return sorted(words, key=str.casefold)
