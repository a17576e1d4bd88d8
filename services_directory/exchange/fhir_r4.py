"""The directory as a FHIR R4 Bundle: HealthcareService, the Organization behind it, a Location for each area.

Field names: HL7 FHIR R4 (hl7.org/fhir/R4/healthcareservice.html). No Endpoint is made: that is an address
at which a computer answers, and no service here gives one; web pages and numbers stand under ``telecom``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from services_directory.exchange.open_referral import (
    PREFIX,
    View,
    alert,
    known,
    provider_words,
    uid,
    without_nothing,
)
from services_directory.model import Criterion, Service
from services_directory.plain_english import ROUTE_WORDS, WAY_IN_WORDS
from services_directory.status import is_stale, status_on

SYSTEM = "urn:fingerpost"
_TELECOM = {"phone": "phone", "email": "email", "web": "url"}
# Active for who may be sent there; whether an `unverified` service is, nobody knows, so nothing is said.
_ACTIVE = {"open": True, "paused": False, "planned": False, "closed": False, "ended": False}
_REFERRAL_METHOD = "http://terminology.hl7.org/CodeSystem/service-referral-method"
_ALWAYS = "all day, every day"
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def bundle(view: View) -> dict[str, Any]:
    """Return a Bundle of type ``collection`` with every entry as it stands on the view's day."""
    areas = sorted({area for s in view.book.services.values() for area in s.areas})
    resources = [
        *(_location(area, view) for area in areas),
        *(_organization(name, services) for name, services in view.providers.items()),
        *(healthcare_service(service, view) for service in view.book.services.values()),
    ]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": f"{view.day.isoformat()}T00:00:00Z",
        "entry": [{"fullUrl": _urn(item["id"]), "resource": item} for item in resources],
    }


def healthcare_service(service: Service, view: View) -> dict[str, Any]:
    """Return one service."""
    cites = {source.id: source.cite for source in service.sources}
    return {
        "resourceType": "HealthcareService",
        "id": uid("service", service.id),
        **without_nothing(
            {
                "extension": _extensions(service, view.day),
                "identifier": [{"system": f"{SYSTEM}:service", "value": service.id}],
                "active": _ACTIVE.get(status_on(service, view.day).status),
                "providedBy": _provider(service),
                "category": [_concept("kind", service.kind, service.kind)],
                "type": [
                    _concept("needs", need, view.book.words.label("needs", need))
                    for need in service.needs
                ],
                "name": service.name,
                "comment": service.offers or None,
                "extraDetails": _details(service, view.day),
                "telecom": [
                    {"system": system, "value": value, "use": "work"}
                    for kind, system in _TELECOM.items()
                    for _, value in known(service, kind)
                ],
                "coverageArea": [
                    {
                        "reference": _urn(uid("area", area)),
                        "display": view.book.areas.label(area),
                    }
                    for area in service.areas
                ],
                "eligibility": [_eligibility(c, cites) for c in service.criteria],
                "program": [{"text": service.programme}] if service.programme else [],
                "referralMethod": _referral_methods(service),
                "availableTime": [{"daysOfWeek": _DAYS, "allDay": True}]
                if service.hours == _ALWAYS
                else [],
            }
        ),
    }


def _urn(identifier: str) -> str:
    return f"urn:uuid:{identifier}"


def _concept(taxonomy: str, code: str, text: str) -> dict[str, Any]:
    coding = {"system": f"{SYSTEM}:{taxonomy}", "code": code, "display": text}
    return {"coding": [coding], "text": text}


def _provider(service: Service) -> dict[str, Any] | None:
    if not service.provider:
        return None
    reference = _urn(uid("organization", service.provider))
    return {"reference": reference, "display": service.provider}


def _eligibility(criterion: Criterion, cites: dict[str, str]) -> dict[str, Any]:
    said = [f"Source: {cites.get(criterion.source, criterion.source)}"]
    said += ["must be said before the service is offered"] if criterion.gate else []
    said += ["checked by the service"] if criterion.by_provider else []
    return {
        "code": {
            "coding": [{"system": f"{SYSTEM}:criterion", "code": criterion.id.replace(" ", "-")}],
            "text": criterion.says,
        },
        "comment": "; ".join(said),
    }


def _referral_methods(service: Service) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for route in service.routes:
        method = _concept("routes", route.route, ROUTE_WORDS[route.route])
        if route.route == "phone":
            standard = {"system": _REFERRAL_METHOD, "code": "phone", "display": "Phone"}
            method["coding"].insert(0, standard)
        found.setdefault(route.route, method)
    return list(found.values())


def _details(service: Service, day: date) -> str | None:
    """Return as Markdown what a reader must know and R4 has no field for."""
    warning = alert(service, day)
    lines = [warning] if warning else []
    lines += [
        f"By {ROUTE_WORDS[r.route]}{WAY_IN_WORDS[r.way_in]}: {r.how.rstrip('.')}."
        for r in service.routes
    ]
    named = (("Hours", service.hours), ("Cost", service.cost), ("Languages", service.languages))
    lines += [f"{name}: {text.rstrip('.')}." for name, text in named if text]
    lines += [f"{caution.rstrip('.')}." for caution in service.cautions]
    return "\n\n".join(map(_plain_markdown, lines)) or None


def _plain_markdown(text: str) -> str:
    """Return ``text`` such that Markdown shows it as it is, in a reader that takes HTML too."""
    marked = "".join(f"\\{c}" if c in "\\`*_[]#|!" else c for c in text)
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _extensions(service: Service, day: date) -> list[dict[str, Any]]:
    status = status_on(service, day)
    dates = {
        "status_since": status.since,
        "valid_from": service.valid_from,
        "referrals_close_on": service.referrals_close_on,
        "valid_to": service.valid_to,
        "source_date": service.source_date,
        "verified_on": service.verified_on,
    }
    return [
        _extension("status", "Code", status.status),
        _extension("stale", "Boolean", is_stale(service, day)),
        _extension("confidence", "Code", service.confidence),
        *(_extension(name, "Date", on.isoformat()) for name, on in dates.items() if on),
        *(_extension("source", "String", source.cite) for source in service.sources),
        *(_extension("replaced_by", "Code", other) for other in service.replaced_by),
    ]


def _extension(name: str, kind: str, value: Any) -> dict[str, Any]:
    return {"url": f"{SYSTEM}:{PREFIX}{name}", f"value{kind}": value}


def _organization(name: str, services: list[Service]) -> dict[str, Any]:
    said = _extension("description", "String", provider_words(services))
    return {
        "resourceType": "Organization",
        "id": uid("organization", name),
        "extension": [said],
        "name": name,
    }


def _location(area: str, view: View) -> dict[str, Any]:
    """Return an area as a Location: a jurisdiction, inside the area around it."""
    jurisdiction = {
        "system": "http://terminology.hl7.org/CodeSystem/location-physical-type",
        "code": "jdn",
        "display": "Jurisdiction",
    }
    return {
        "resourceType": "Location",
        "id": uid("area", area),
        "identifier": [{"system": f"{SYSTEM}:area", "value": area}],
        "name": view.book.areas.label(area),
        "mode": "kind",
        "physicalType": {"coding": [jurisdiction]},
    }
