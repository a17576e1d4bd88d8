"""A patient case as a form: its fields, and from what was sent back to a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services_directory.areas import OUTSIDE, ROOT
from services_directory.case import FLAG_KEYS, NUMBER_KEYS
from services_directory.directory import Directory
from services_directory.reasons import KEY_NAMES
from services_directory.sentences import sentence_case

ONE = ("work_status", "goal", "area")
MANY = ("conditions", "barriers", "benefits", "benefit_issues", "employment_type")


@dataclass(frozen=True)
class Field:
    """One field. ``kind``: one, many, number or flag; ``options``: pairs of id and words."""

    key: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()


def case_fields(directory: Directory) -> tuple[Field, ...]:
    """Return the fields of the form, with the words of ``directory``."""
    words, areas = directory.words, directory.areas
    places = tuple(
        (area, "Elsewhere in England" if area == OUTSIDE else areas.label(area))
        for area in areas.by_id
        if area != ROOT
    )
    found = [
        _field(key, "one", _options(key, directory) if key != "area" else places) for key in ONE
    ]
    found += [_field(key, "number") for key in NUMBER_KEYS]
    found += [_field(key, "many", _options(key, directory)) for key in MANY]
    found += [
        _field(key, "flag", (("true", words.label(key, True)), ("false", words.label(key, False))))
        for key in FLAG_KEYS
    ]
    return tuple(found)


def _field(key: str, kind: str, options: tuple[tuple[str, str], ...] = ()) -> Field:
    return Field(key, sentence_case(KEY_NAMES[key]), kind, options)


def _options(key: str, directory: Directory) -> tuple[tuple[str, str], ...]:
    terms = directory.words.terms[key].values()
    return tuple((term.id, sentence_case(term.label)) for term in terms)


def raw_case(fields: Sequence[Field], sent: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the case that a form says, in the contract's shape; what was left open is left out.

    Whether its ids and numbers are allowed is seen by ``case_from_json``.
    """
    raw: dict[str, Any] = {}
    for field in fields:
        given = [value for value in sent.get(field.key, ()) if value]
        if not given:
            continue
        if field.kind == "many":
            raw[field.key] = list(dict.fromkeys(given))
        elif field.kind == "flag":
            raw[field.key] = given[0] == "true"
        elif field.kind == "number":
            raw[field.key] = _number(given[0])
        else:
            raw[field.key] = given[0]
    return raw


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def sent_of(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return a case as what a form with it would send, to fill the form with."""
    sent: dict[str, list[str]] = {}
    for key, value in raw.items():
        if isinstance(value, bool):
            sent[key] = [str(value).lower()]
        elif isinstance(value, (list, tuple)):
            sent[key] = [str(item) for item in value]
        elif isinstance(value, float) and value.is_integer():
            sent[key] = [str(int(value))]
        else:
            sent[key] = [str(value)]
    return sent
