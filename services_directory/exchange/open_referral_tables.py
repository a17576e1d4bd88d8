"""The tables and fields of HSDS 3.0 and Open Referral UK 3.0 that we fill, as JSON Schema.

One place for both: the UK profile nests the same fields that HSDS keeps in tables. Written from the two
specifications (see ``open_referral``), not copied from them. Fields whose names begin with ``fingerpost_``
may stand anywhere; any other field that is not listed here is refused, so that a slip in a name is found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from services_directory.exchange.open_referral import PREFIX, STATUS

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
ID: dict[str, Any] = {"type": "string", "format": "uuid"}
DATE: dict[str, Any] = {"type": "string", "format": "date"}
URL: dict[str, Any] = {"type": "string", "format": "uri"}
EMAIL: dict[str, Any] = {"type": "string", "format": "email"}
NUMBER: dict[str, Any] = {"type": "number"}


@dataclass(frozen=True)
class Table:
    """One table: its ``fields`` by name, those ``required``, and which fields name a row of which table."""

    fields: dict[str, dict[str, Any]]
    required: tuple[str, ...]
    refers: dict[str, str] = field(default_factory=dict)


_SERVICE: dict[str, dict[str, Any]] = {
    "id": ID,
    "organization_id": ID,
    "name": TEXT,
    "status": {"enum": sorted(set(STATUS.values()))},
    "description": TEXT,
    "url": URL,
    "email": EMAIL,
    "minimum_age": NUMBER,
    "maximum_age": NUMBER,
    "assured_date": DATE,
    "alert": TEXT,
}
_ATTRIBUTE = {
    "id": ID,
    "link_id": ID,
    "link_type": TEXT,
    "link_entity": TEXT,
    "taxonomy_term_id": ID,
}
_TERM = {
    "id": ID,
    "name": TEXT,
    "description": TEXT,
    "taxonomy": TEXT,
    "taxonomy_id": ID,
}

# In the order of the tables that they refer to.
TABLES: dict[str, Table] = {
    "organizations": Table(
        {"id": ID, "name": TEXT, "description": TEXT}, ("id", "name", "description")
    ),
    "programs": Table(
        {"id": ID, "organization_id": ID, "name": TEXT, "description": TEXT},
        ("id", "name", "description", "organization_id"),
        {"organization_id": "organizations"},
    ),
    "services": Table(
        {
            **_SERVICE,
            "program_id": ID,
            "alternate_name": TEXT,
            "application_process": TEXT,
            "fees_description": TEXT,
            "eligibility_description": TEXT,
        },
        ("id", "organization_id", "name", "status"),
        {"organization_id": "organizations", "program_id": "programs"},
    ),
    "schedules": Table(
        {"id": ID, "service_id": ID, "valid_from": DATE, "valid_to": DATE, "description": TEXT},
        ("id",),
        {"service_id": "services"},
    ),
    "service_areas": Table(
        {"id": ID, "service_id": ID, "name": TEXT}, ("id",), {"service_id": "services"}
    ),
    "languages": Table(
        {"id": ID, "service_id": ID, "note": TEXT}, ("id",), {"service_id": "services"}
    ),
    "funding": Table(
        {"id": ID, "service_id": ID, "source": TEXT}, ("id",), {"service_id": "services"}
    ),
    "cost_options": Table(
        {"id": ID, "service_id": ID, "option": TEXT}, ("id",), {"service_id": "services"}
    ),
    "contacts": Table(
        {"id": ID, "service_id": ID, "name": TEXT}, ("id",), {"service_id": "services"}
    ),
    "phones": Table(
        {"id": ID, "service_id": ID, "contact_id": ID, "number": TEXT},
        ("id", "number"),
        {"service_id": "services", "contact_id": "contacts"},
    ),
    "taxonomies": Table(
        {"id": ID, "name": TEXT, "description": TEXT, "version": TEXT},
        ("id", "name", "description"),
    ),
    "taxonomy_terms": Table(_TERM, ("id", "name", "description"), {"taxonomy_id": "taxonomies"}),
    "attributes": Table(
        _ATTRIBUTE,
        ("id", "link_id", "taxonomy_term_id", "link_entity"),
        {"taxonomy_term_id": "taxonomy_terms", "link_id": "services"},
    ),
}


def schema_of(fields: dict[str, dict[str, Any]], required: tuple[str, ...]) -> dict[str, Any]:
    """Return the JSON Schema of an object with these fields, and with any of ours beside them."""
    return {
        "type": "object",
        "properties": fields,
        "patternProperties": {f"^{PREFIX}": {}},
        "additionalProperties": False,
        "required": list(required),
    }


def row_schema(table: str) -> dict[str, Any]:
    """Return the JSON Schema of one row of an HSDS table."""
    return schema_of(TABLES[table].fields, TABLES[table].required)


def _nested(table: str, **more: dict[str, Any]) -> dict[str, Any]:
    found = TABLES[table]
    fields = {k: v for k, v in found.fields.items() if not k.endswith("service_id")}
    required = tuple(name for name in found.required if name not in ("link_entity",))
    return schema_of({**fields, **more}, required)


def _many(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


ORGANIZATION_UK = row_schema("organizations")
TAXONOMY_UK = row_schema("taxonomies")
TERM_UK = schema_of(_TERM, ("id", "name", "description", "taxonomy"))
SERVICE_UK = schema_of(
    {
        **_SERVICE,
        "organization": ORGANIZATION_UK,
        "schedules": _many(_nested("schedules")),
        "service_areas": _many(_nested("service_areas")),
        "languages": _many(_nested("languages")),
        "funding": _many(_nested("funding")),
        "cost_options": _many(_nested("cost_options")),
        "contacts": _many(_nested("contacts", phones=_many(_nested("phones")))),
        "attributes": _many(_nested("attributes", taxonomy_term=TERM_UK)),
    },
    ("id", "name", "status"),
)
_COUNT = {"type": "integer", "minimum": 0}
_YES_NO = {"type": "boolean"}


def page_schema(item: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of one page of ``item``."""
    fields: dict[str, dict[str, Any]] = {
        "total_items": _COUNT,
        "total_pages": _COUNT,
        "page_number": {"type": "integer", "minimum": 1},
        "size": _COUNT,
        "first_page": _YES_NO,
        "last_page": _YES_NO,
        "empty": _YES_NO,
        "contents": _many(item),
    }
    return schema_of(fields, tuple(fields))
