"""The directory as HSDS 3.0 tables in one JSON document: a data package whose resources hold their rows.

HSDS wants an organisation for every service. A service whose provider was not found points to one that is
named so, rather than to a guess.
"""

from __future__ import annotations

from typing import Any

from services_directory.directory import Directory
from services_directory.exchange import openreferral_uk as uk
from services_directory.exchange.open_referral import TAXONOMIES, View, uid, without_nothing
from services_directory.exchange.open_referral_tables import DATE, ID, NUMBER, TABLES
from services_directory.model import Not, Route, Service
from services_directory.plain_english import ROUTE_WORDS, WAY_IN_WORDS, not_if

NO_PROVIDER = {
    "id": uid("organization", ""),
    "name": "Provider not found",
    "description": "Stands for the provider of services whose provider the directory has not found.",
}
_TABULAR_TYPES = {id(DATE): "date", id(NUMBER): "number"}


def package(view: View) -> dict[str, Any]:
    """Return the data package: ``resources`` in an order in which each refers only to those before it."""
    found = rows(view)
    return {
        "name": "fingerpost-directory",
        "title": "HSDS 3.0 export of a Fingerpost directory",
        "profile": "data-package",
        "created": f"{view.day.isoformat()}T00:00:00Z",
        "resources": [_resource(name, found[name]) for name in TABLES],
    }


def rows(view: View) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    found["organizations"] = [
        *(uk.organisation_of(name, view) for name in view.providers),
        NO_PROVIDER,
    ]
    found["taxonomies"] = [uk.taxonomy_of(name) for name in TAXONOMIES]
    found["taxonomy_terms"] = [uk.term_of(term) for term in view.terms]
    for service in view.book.services.values():
        nested = uk.service_of(service, view)
        found["services"].append(_service(service, nested, view.book))
        own = {"service_id": nested["id"]}
        for name in ("schedules", "service_areas", "languages", "funding", "cost_options"):
            found[name] += [{**row, **own} for row in nested.get(name, ())]
        for contact in nested.get("contacts", ()):
            found["contacts"].append({"id": contact["id"], "name": contact["name"], **own})
            found["phones"] += [
                {**p, "contact_id": contact["id"], **own} for p in contact["phones"]
            ]
        for attribute in nested.get("attributes", ()):
            kept = {k: v for k, v in attribute.items() if k != "taxonomy_term"}
            found["attributes"].append({**kept, "link_entity": "service"})
    found["programs"] = _programs(view)
    return found


def _service(service: Service, nested: dict[str, Any], book: Directory) -> dict[str, Any]:
    kept = {k: v for k, v in nested.items() if k not in (*uk.NESTED, "organization")}
    return {
        **kept,
        **without_nothing(
            {
                "organization_id": nested.get("organization_id", NO_PROVIDER["id"]),
                "program_id": uid("program", service.programme) if service.programme else None,
                "alternate_name": "; ".join(service.aliases) or None,
                "application_process": _application(service.routes),
                "fees_description": service.cost,
                "eligibility_description": _eligibility(service, book),
            }
        ),
    }


def _eligibility(service: Service, book: Directory) -> str | None:
    """Return the rules in plain words, those to be met apart from those that shut somebody out."""
    musts = [c.says for c in service.criteria if not isinstance(c.expression, Not)]
    told = f"For: {'; '.join(musts)}. " if musts else ""
    return (told + not_if(service, book)).strip() or None


def _application(routes: tuple[Route, ...]) -> str | None:
    return " ".join(f"{_way(route)}: {route.how.rstrip('.')}." for route in routes) or None


def _way(route: Route) -> str:
    return f"By {ROUTE_WORDS[route.route]}{WAY_IN_WORDS[route.way_in]}"


def _programs(view: View) -> list[dict[str, Any]]:
    """Return the programmes; one run by several providers belongs to none that is known."""
    members: dict[str, list[Service]] = {}
    for service in view.book.services.values():
        if service.programme:
            members.setdefault(service.programme, []).append(service)
    found = []
    for programme, services in members.items():
        runs = {service.provider for service in services}
        only = next(iter(runs)) if len(runs) == 1 else None
        found.append(
            {
                "id": uid("program", programme),
                "organization_id": uid("organization", only) if only else NO_PROVIDER["id"],
                "name": programme,
                "description": f"Entries: {'; '.join(service.name for service in services)}.",
            }
        )
    return found


def _resource(name: str, data: list[dict[str, Any]]) -> dict[str, Any]:
    table = TABLES[name]
    columns = [
        {"name": column, "type": _TABULAR_TYPES.get(id(kind), "string")}
        | ({"format": "uuid"} if kind is ID else {})
        | ({"constraints": {"required": True}} if column in table.required else {})
        for column, kind in table.fields.items()
    ]
    ours = sorted({key for row in data for key in row if key not in table.fields})
    return {
        "name": name,
        "profile": "data-resource",
        "data": data,
        "schema": {
            "fields": [*columns, *({"name": key, "type": "any"} for key in ours)],
            "primaryKey": "id",
            "foreignKeys": [
                {"fields": column, "reference": {"resource": other, "fields": "id"}}
                for column, other in table.refers.items()
            ],
        },
    }
