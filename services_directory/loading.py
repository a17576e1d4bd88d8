"""From YAML entries to the model. ``services_directory/entries/**/*.yml``, one file a service.

Every complaint is a ``DirectoryFileError``: the file, the line where it is known, what is wrong and
how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from services_directory import model
from services_directory.areas import AREAS_FOLDER, Areas, load_areas
from services_directory.case import (
    FLAG_KEYS,
    LIST_KEYS,
    NUMBER_KEYS,
    ONE_KEYS,
)
from services_directory.directory import Directory
from services_directory.model import (
    AllOf,
    AnyOf,
    Criterion,
    Evidence,
    Expression,
    FormField,
    Is,
    Not,
    Route,
    Service,
    Source,
)
from services_directory.near_miss import did_you_mean
from services_directory.vocabulary import VOCABULARY_FOLDER, Vocabulary, load_vocabulary
from services_directory.yaml_files import DirectoryFileError, read_yaml

ENTRIES_FOLDER = Path(__file__).parent / "entries"
COMBINATORS = ("any", "all", "not")
CRITERION_KEYS = ("id", "says", "source", "gate", "checked_by")
LIST_FIELDS = ("aliases", "areas", "needs", "replaces", "replaced_by", "cautions")
TEXT_FIELDS = (
    "provider",
    "commissioner",
    "offers",
    "duration",
    "capacity",
    "cost",
    "hours",
    "languages",
    "programme",
)
DATE_FIELDS = (
    "valid_from",
    "referrals_close_on",
    "valid_to",
    "unverified_from",
    "source_date",
    "verified_on",
)
ENTRY_KEYS = {
    "id",
    "name",
    "kind",
    "status",
    "confidence",
    "sources",
    "criteria",
    "routes",
    "evidence",
    "area_rule",
    "voluntary",
    "tells_dwp",
    *LIST_FIELDS,
    *TEXT_FIELDS,
    *DATE_FIELDS,
}
ROUTE_KEYS = (
    "route",
    "who",
    "how",
    "way_in",
    "source",
    "web",
    "phone",
    "email",
    "form",
    "never_include",
)
# Routes whose way in is somebody whom the patient already sees.
THROUGH_OTHERS = ("jobcentre", "secondary_care", "social_care", "programme_keyworker")
WAYS_IN = ("known", "unconfirmed", "not_known")
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": model.KINDS,
    "status": model.STATUSES,
    "confidence": ("high", "medium", "low"),
    "voluntary": ("yes", "no", "after_referral_mandatory", "not_known"),
    "tells_dwp": ("yes", "no", "not_known"),
    "area_rule": ("lives_in", "registered_in", "lives_or_registered"),
}


class EntryReader:
    """Reads one entry at a time against a vocabulary and a tree of areas."""

    def __init__(self, words: Vocabulary, tree: Areas) -> None:
        self._words = words
        self._tree = tree

    def read(self, path: Path) -> Service:
        """Return the entry in the file at ``path``. Raises ``DirectoryFileError``."""
        return self.build(read_yaml(path), path)

    def build(self, raw: Any, path: Path) -> Service:
        """Return the entry that the parsed YAML ``raw`` says. Raises ``DirectoryFileError``."""
        try:
            return self._build(raw, path)
        except _Wrong as wrong:
            raise DirectoryFileError(path, 0, str(wrong)) from None

    def _build(self, raw: Any, path: Path) -> Service:
        if not isinstance(raw, dict):
            raise _Wrong("an entry is a list of `key: value` lines")
        for key in raw:
            if key not in ENTRY_KEYS:
                raise _Wrong(f"unknown key '{key}'{did_you_mean(str(key), ENTRY_KEYS)}")
        for key in ("id", "name", "areas", "needs", "kind", "status", "confidence", "sources"):
            if key not in raw:
                raise _Wrong(f"the key '{key}' is missing")
        for key, allowed in CHOICES.items():
            if key in raw:
                _one_of(key, raw[key], allowed)
        sources = tuple(self._source(item) for item in _list("sources", raw["sources"]))
        known_sources = {source.id for source in sources}
        for area in _texts("areas", raw["areas"]):
            _one_of("areas", area, self._tree.by_id)
        for need in _texts("needs", raw["needs"]):
            _one_of("needs", need, self._words.needs)
        values: dict[str, Any] = {key: _texts(key, raw[key]) for key in LIST_FIELDS if key in raw}
        values |= {key: str(raw[key]) for key in TEXT_FIELDS if raw.get(key) is not None}
        values |= {key: _day(key, raw[key]) for key in DATE_FIELDS if raw.get(key) is not None}
        values |= {key: raw[key] for key in CHOICES if key in raw}
        criteria = tuple(
            self._criterion(item, known_sources)
            for item in _list("criteria", raw.get("criteria", []))
        )
        _no_doubles("criterion", [criterion.id for criterion in criteria])
        return Service(
            id=str(raw["id"]),
            name=str(raw["name"]),
            sources=sources,
            criteria=criteria,
            routes=tuple(
                self._route(item, known_sources) for item in _list("routes", raw.get("routes", []))
            ),
            evidence=tuple(
                self._evidence(item, known_sources)
                for item in _list("evidence", raw.get("evidence", []))
            ),
            path=str(path),
            **values,
        )

    def _source(self, raw: Any) -> Source:
        _mapping("sources", raw, ("id", "cite", "dated"))
        dated = _day("dated", raw["dated"]) if raw.get("dated") else None
        return Source(str(raw["id"]), str(raw["cite"]), dated)

    def _evidence(self, raw: Any, known: set[str]) -> Evidence:
        _mapping("evidence", raw, ("figure", "cohort", "source"))
        _one_of("evidence source", raw.get("source"), known)
        return Evidence(str(raw["figure"]), str(raw.get("cohort", "")), str(raw["source"]))

    def _criterion(self, raw: Any, known: set[str]) -> Criterion:
        if not isinstance(raw, dict):
            raise _Wrong("a criterion is a block of `key: value` lines")
        for key in ("id", "says", "source"):
            if key not in raw:
                raise _Wrong(f"criterion '{raw.get('id', '?')}' has no '{key}'")
        _one_of(f"the source of criterion '{raw['id']}'", raw["source"], known)
        by_provider = raw.get("checked_by") == "provider"
        if "checked_by" in raw and not by_provider:
            raise _Wrong(f"criterion '{raw['id']}': checked_by can only be 'provider'")
        body = {key: value for key, value in raw.items() if key not in CRITERION_KEYS}
        if by_provider and body:
            raise _Wrong(f"criterion '{raw['id']}' is checked by the provider: drop its conditions")
        if not by_provider and not body:
            raise _Wrong(f"criterion '{raw['id']}' says nothing that can be checked")
        return Criterion(
            id=str(raw["id"]),
            says=str(raw["says"]),
            source=str(raw["source"]),
            expression=None if by_provider else self._expression(body),
            gate=raw.get("gate") is True,
            by_provider=by_provider,
        )

    def _expression(self, raw: Any) -> Expression:
        if not isinstance(raw, dict) or not raw:
            raise _Wrong("a rule is a block such as `work_status: [off_sick]`")
        parts: list[Expression] = []
        for key, value in raw.items():
            if key == "not":
                parts.append(Not(self._expression(value)))
            elif key in COMBINATORS:
                inner = tuple(self._expression(part) for part in _list(str(key), value))
                parts.append(AnyOf(inner) if key == "any" else AllOf(inner))
            else:
                parts.append(self._fact(str(key), value))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _fact(self, key: str, value: Any) -> Is:
        if key in FLAG_KEYS:
            if not isinstance(value, bool):
                raise _Wrong(f"{key}: write true or false")
            return Is(key, frozenset({value}))
        if key in NUMBER_KEYS:
            _mapping(key, value, ("min", "max"))
            return Is(key, low=value.get("min"), high=value.get("max"))
        if key == "in_programme":
            if value == "any":
                return Is(key, any_value=True)
            return Is(key, frozenset(_texts(key, value)))
        if key in LIST_KEYS or key in ONE_KEYS:
            if value == "any":
                return Is(key, any_value=True)
            ids: list[str] = []
            for name in _texts(key, value):
                known = [
                    *self._words.terms[key],
                    *(self._words.groups if key == "conditions" else ()),
                ]
                _one_of(key, name, known)
                ids.extend(self._words.expand(key, name))
            return Is(key, frozenset(ids))
        if key in ("area", "gp_area"):
            names = _texts(key, value)
            for name in names:
                _one_of(key, name, self._tree.by_id)
            return Is(key, frozenset(names))
        keys = [
            *FLAG_KEYS,
            *NUMBER_KEYS,
            *LIST_KEYS,
            *ONE_KEYS,
            "in_programme",
            "area",
            *COMBINATORS,
        ]
        raise _Wrong(f"'{key}' is no key of the patient case{did_you_mean(key, keys)}")

    def _route(self, raw: Any, known: set[str]) -> Route:
        _mapping("routes", raw, ROUTE_KEYS)
        _one_of("route", raw.get("route"), model.ROUTES)
        _one_of("way_in", raw.get("way_in"), WAYS_IN)
        who = _texts("who", raw.get("who", []))
        for name in who:
            _one_of("who", name, (*model.ROLES, *model.OTHER_REFERRERS))
        has_contact = any(raw.get(key) for key in ("web", "phone", "email"))
        if raw["way_in"] == "known" and raw["route"] not in THROUGH_OTHERS and not has_contact:
            raise _Wrong(f"route '{raw['route']}': way_in known needs a web, phone or email")
        if raw.get("source"):
            _one_of("the source of a route", raw["source"], known)
        return Route(
            route=raw["route"],
            who=who,
            how=str(raw.get("how", "")),
            way_in=raw["way_in"],
            source=str(raw.get("source", "")),
            web=_text(raw.get("web")),
            phone=_text(raw.get("phone")),
            email=_text(raw.get("email")),
            form=tuple(self._form_field(item) for item in _list("form", raw.get("form", []))),
            never_include=_texts("never_include", raw.get("never_include", [])),
        )

    def _form_field(self, raw: Any) -> FormField:
        _mapping("form", raw, ("name", "label", "fill", "required", "identifier"))
        return FormField(
            name=str(raw["name"]),
            label=str(raw["label"]),
            fill=_texts("fill", raw.get("fill", [])),
            required=raw.get("required") is True,
            identifier=raw.get("identifier") is True,
        )


class _Wrong(Exception):
    """What is wrong in an entry, before the file's name is known."""


def _list(key: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Wrong(f"{key}: write a list")
    return value


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Wrong(f"{key}: write a list, such as [{value}]")
    return tuple(str(item) for item in value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _mapping(name: str, value: Any, allowed: Iterable[str]) -> None:
    if not isinstance(value, dict):
        raise _Wrong(f"{name}: write a block of `key: value` lines")
    for key in value:
        if key not in allowed:
            raise _Wrong(f"{name}: unknown key '{key}'{did_you_mean(str(key), allowed)}")


def _one_of(key: str, value: Any, allowed: Iterable[str]) -> None:
    if value not in allowed:
        raise _Wrong(f"{key}: '{value}' is not known{did_you_mean(str(value), allowed)}")


def _day(key: str, value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _Wrong(f"{key}: '{value}' is not a date such as 2026-01-31") from None


def _no_doubles(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise _Wrong(f"the {what} '{name}' stands twice; give each its own name")


def load_directory(
    entries: Path = ENTRIES_FOLDER,
    words_folder: Path = VOCABULARY_FOLDER,
    areas_folder: Path = AREAS_FOLDER,
) -> Directory:
    """Read the whole directory.

    Raises ``DirectoryFileError`` for a broken file, two entries with one id, or a reference to an
    entry that does not exist.
    """
    words, tree = load_vocabulary(words_folder), load_areas(areas_folder)
    reader = EntryReader(words, tree)
    services: dict[str, Service] = {}
    for path in sorted(entries.rglob("*.yml")):
        service = reader.read(path)
        if service.id in services:
            raise DirectoryFileError(
                path, 0, f"the id '{service.id}' already stands in {services[service.id].path}"
            )
        services[service.id] = service
    for service in services.values():
        for other in (*service.replaces, *service.replaced_by):
            if other not in services:
                raise DirectoryFileError(
                    service.path,
                    0,
                    f"names the unknown entry '{other}'{did_you_mean(other, services)}",
                )
    return Directory(services, words, tree)


@lru_cache(maxsize=1)
def directory() -> Directory:
    """Return the shipped directory, read once a process."""
    return load_directory()
