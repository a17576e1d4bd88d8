"""Entries as Open Referral UK 3.0 services, organisations and taxonomies."""

from __future__ import annotations

from typing import Any

from services_directory.exchange.open_referral import (
    PREFIX,
    STATUS,
    TAXONOMIES,
    Term,
    View,
    ages,
    alert,
    extras,
    first_known,
    known,
    provider_words,
    uid,
    without_nothing,
)
from services_directory.model import Service
from services_directory.plain_english import ROUTE_WORDS
from services_directory.status import status_on

# Fields of a service that hold several things; a page of the list has only what there is one of.
NESTED = (
    "schedules",
    "service_areas",
    "service_at_locations",
    "languages",
    "funding",
    "cost_options",
    "contacts",
    "attributes",
)


def service_of(service: Service, view: View) -> dict[str, Any]:
    """Return one service with all that belongs to it, as it stands on the view's day.

    ``assured_date`` is the day somebody confirmed it with the service, never the day of a web page.
    """
    low, high = ages(service)
    return {
        **without_nothing(
            {
                "id": uid("service", service.id),
                "name": service.name,
                "status": STATUS[status_on(service, view.day).status],
                "organization_id": uid("organization", service.provider)
                if service.provider
                else None,
                "description": service.offers or None,
                "url": first_known(service, "web"),
                "email": first_known(service, "email"),
                "minimum_age": low,
                "maximum_age": high,
                "assured_date": service.verified_on.isoformat() if service.verified_on else None,
                "alert": alert(service, view.day),
                "schedules": _schedules(service),
                "service_areas": [
                    {
                        "id": uid("service_area", service.id, area),
                        "name": view.book.areas.label(area),
                        f"{PREFIX}area": area,
                    }
                    for area in service.areas
                ],
                "languages": _said(service, "language", "note", service.languages),
                "organization": organisation_of(service.provider, view)
                if service.provider
                else None,
                "funding": _said(service, "funding", "source", service.commissioner),
                "cost_options": _said(service, "cost_option", "option", service.cost),
                "contacts": _contacts(service),
                "attributes": [_attribute(service, term) for term in view.terms_of(service)],
            }
        ),
        **extras(service, view.day),
    }


def listed(service: Service, view: View) -> dict[str, Any]:
    """Return one service as it stands in a page of the list."""
    return {k: v for k, v in service_of(service, view).items() if k not in NESTED}


def organisation_of(name: str, view: View) -> dict[str, Any]:
    """Return the organisation of that name, of which the directory knows only what it runs."""
    return {
        "id": uid("organization", name),
        "name": name,
        "description": provider_words(view.providers[name]),
    }


def taxonomy_of(name: str) -> dict[str, Any]:
    """Return one of our taxonomies."""
    return {
        "id": uid("taxonomy", name),
        "name": f"{PREFIX}{name}",
        "description": TAXONOMIES[name],
        "version": "1",
    }


def term_of(term: Term) -> dict[str, Any]:
    """Return one term."""
    return {
        "id": term.uid,
        "name": term.name,
        "description": f"{TAXONOMIES[term.taxonomy]}: {term.name}",
        "taxonomy": f"{PREFIX}{term.taxonomy}",
        "taxonomy_id": uid("taxonomy", term.taxonomy),
        f"{PREFIX}id": term.id,
    }


def feed(view: View) -> dict[str, Any]:
    """Return the whole feed as one document: what its pages give, without the pages."""
    return {
        "version": "3.0",
        "services": [service_of(service, view) for service in view.book.services.values()],
        "organizations": [organisation_of(name, view) for name in view.providers],
        "taxonomies": [taxonomy_of(name) for name in TAXONOMIES],
        "taxonomy_terms": [term_of(term) for term in view.terms],
    }


def _attribute(service: Service, term: Term) -> dict[str, Any]:
    return {
        "id": uid("attribute", service.id, term.taxonomy, term.id),
        "link_id": uid("service", service.id),
        "link_type": f"{PREFIX}{term.taxonomy}",
        "taxonomy_term_id": term.uid,
        "taxonomy_term": term_of(term),
    }


def _schedules(service: Service) -> list[dict[str, Any]]:
    """Opening hours are held as words; the first and last day of the service stand with them."""
    said = without_nothing(
        {
            "valid_from": service.valid_from.isoformat() if service.valid_from else None,
            "valid_to": service.valid_to.isoformat() if service.valid_to else None,
            "description": service.hours,
        }
    )
    return [{"id": uid("schedule", service.id), **said}] if said else []


def _said(service: Service, table: str, field: str, text: str | None) -> list[dict[str, Any]]:
    return [{"id": uid(table, service.id), field: text}] if text else []


def _contacts(service: Service) -> list[dict[str, Any]]:
    """Return the numbers of the service, each under the way in that it belongs to; never a person."""
    return [
        {
            "id": uid("contact", service.id, number),
            "name": ROUTE_WORDS[route],
            "phones": [{"id": uid("phone", service.id, number), "number": number}],
        }
        for route, number in known(service, "phone")
    ]
