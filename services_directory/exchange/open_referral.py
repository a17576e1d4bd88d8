"""What Open Referral UK 3.0 and HSDS 3.0 share: identifiers, status, ages, contacts, and terms.

Field names: Open Referral UK profile (github.com/OpenReferralUK/uk-profile) and HSDS 3.0
(github.com/openreferral/specification).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from services_directory.directory import Directory
from services_directory.entry_words import status_words
from services_directory.exchange.written import written
from services_directory.model import KINDS, OTHER_REFERRERS, ROLES, ROUTES, AllOf, Is, Service
from services_directory.plain_english import ROUTE_WORDS
from services_directory.reasons import age_of_facts
from services_directory.status import is_stale, status_on

PREFIX = "fingerpost_"
# Made once at random. The same entry has the same identifier in every feed of every instance.
_NAMESPACE = uuid.UUID("5a2d1e63-8c1f-4c55-9f0e-6f4b9d6a7c21")
# `unverified` is inactive, not active: whoever reads the feed must not send anybody on our word alone.
STATUS = {
    "open": "active",
    "paused": "temporarily closed",
    "planned": "inactive",
    "closed": "inactive",
    "ended": "defunct",
    "unverified": "inactive",
}
# What has a place of its own in the standards, or (personas) is no part of what an entry says.
_CARRIED = ("name", "personas")


def uid(kind: str, *names: str) -> str:
    """Return the identifier of the thing of that kind and name, always the same."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join((kind, *names))))


@dataclass(frozen=True)
class Term:
    """One term of a taxonomy of ours: ``taxonomy`` and ``id`` are words of the entries."""

    taxonomy: str
    id: str
    name: str

    @property
    def uid(self) -> str:
        """Its identifier."""
        return uid("term", self.taxonomy, self.id)


TAXONOMIES = {
    "needs": "What a service helps with",
    "kind": "What a service does with a person",
    "routes": "How somebody gets in",
    "who": "Who may start a referral",
}


@dataclass(frozen=True)
class View:
    """The directory as it stands on ``day``, with what every mapping looks up in it."""

    book: Directory
    day: date

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term of every taxonomy."""
        words = self.book.words
        return (
            *(Term("needs", need, words.label("needs", need)) for need in words.needs),
            *(Term("kind", kind, kind) for kind in KINDS),
            *(Term("routes", route, ROUTE_WORDS[route]) for route in ROUTES),
            *(Term("who", who, who.replace("_", " ")) for who in (*ROLES, *OTHER_REFERRERS)),
        )

    @cached_property
    def providers(self) -> dict[str, list[Service]]:
        """The services of each provider named."""
        found: dict[str, list[Service]] = {}
        for service in self.book.services.values():
            if service.provider:
                found.setdefault(service.provider, []).append(service)
        return found

    def terms_of(self, service: Service) -> tuple[Term, ...]:
        """Return the terms that ``service`` is filed under."""
        own: dict[str, set[str]] = {
            "needs": set(service.needs),
            "kind": {service.kind},
            "routes": {route.route for route in service.routes},
            "who": {who for route in service.routes for who in route.who},
        }
        return tuple(term for term in self.terms if term.id in own[term.taxonomy])


def extras(service: Service, day: date) -> dict[str, Any]:
    """Return all that the entry says and the standards have no place for, under our prefix."""
    status = status_on(service, day)
    said = {
        f"{PREFIX}{key}": value for key, value in written(service).items() if key not in _CARRIED
    }
    said[f"{PREFIX}status_on"] = {"day": day.isoformat(), "status": status.status}
    if status.since is not None:
        said[f"{PREFIX}status_on"]["since"] = status.since.isoformat()
    said[f"{PREFIX}stale"] = is_stale(service, day)
    return said


def alert(service: Service, day: date) -> str | None:
    """Return what a reader must know before sending anybody, or ``None``."""
    told = [] if status_on(service, day).status == "open" else [status_words(service, day)]
    if is_stale(service, day):
        age = age_of_facts(service, day)
        told.append(age[:1].upper() + age[1:])
    return ". ".join(told) + "." if told else None


def ages(service: Service) -> tuple[float | None, float | None]:
    """Return the lowest and highest age that every patient must have, as far as the rules say one."""
    low: list[float] = []
    high: list[float] = []
    for criterion in service.criteria:
        rule = criterion.expression
        parts = rule.parts if isinstance(rule, AllOf) else (rule,)
        for fact in parts:
            if isinstance(fact, Is) and fact.key == "age" and not fact.beyond_unknown:
                low += [] if fact.low is None else [fact.low]
                high += [] if fact.high is None else [fact.high]
    return max(low, default=None), min(high, default=None)


def known(service: Service, kind: str) -> Iterator[tuple[str, str]]:
    """Yield (route, ``web``, ``phone`` or ``email``), each once; only those known to work."""
    seen = set()
    for route in service.routes:
        value = getattr(route, kind)
        if value and route.way_in == "known" and value not in seen:
            seen.add(value)
            yield route.route, value


def first_known(service: Service, kind: str) -> str | None:
    """Return the first known ``web``, ``phone`` or ``email``."""
    return next((value for _, value in known(service, kind)), None)


def provider_words(services: list[Service]) -> str:
    """Return all that the directory knows of a provider: what it is said to run."""
    return f"Named as the provider of: {'; '.join(service.name for service in services)}."


def without_nothing(block: dict[str, Any]) -> dict[str, Any]:
    """Return ``block`` without keys that have no value: absent means not known."""
    return {key: value for key, value in block.items() if value is not None and value != []}
