"""Checks what goes out against JSON Schema, formats included."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

from services_directory.exchange import open_referral_tables as tables

_FORMATS = FormatChecker()


@_FORMATS.checks("uri", raises=ValueError)
def _is_uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    parts = urlsplit(value)
    return bool(parts.scheme and parts.netloc) and not any(c.isspace() for c in value)


_SCHEMAS: dict[str, dict[str, Any]] = {
    "service": tables.SERVICE_UK,
    "organization": tables.ORGANIZATION_UK,
    "taxonomy": tables.TAXONOMY_UK,
    "taxonomy_term": tables.TERM_UK,
    "services": tables.page_schema(tables.SERVICE_UK),
    "organizations": tables.page_schema(tables.ORGANIZATION_UK),
    "taxonomies": tables.page_schema(tables.TAXONOMY_UK),
    "taxonomy_terms": tables.page_schema(tables.TERM_UK),
    **{f"hsds {name}": tables.row_schema(name) for name in tables.TABLES},
}


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(_SCHEMAS[kind], format_checker=_FORMATS)


def faults(kind: str, value: Any) -> list[str]:
    """Return what is wrong with ``value`` as a ``kind`` (a key of the schemas), one line each.

    Kinds: ``service``, ``organization``, ``taxonomy``, ``taxonomy_term``, their plurals for a page of the
    feed, and ``hsds <table>`` for a row of an HSDS table. Raises ``KeyError`` for another.
    """
    return [f"{error.json_path}: {error.message}" for error in _validator(kind).iter_errors(value)]
