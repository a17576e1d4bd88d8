"""The JSON Schema of an entry, made from the keys that the reader knows, the vocabulary and the areas.

Editors complete and check with it while a maintainer types (the first line of each entry names it). It
says what a file's shape must be; what only the whole directory can tell is the matter of ``checking``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from services_directory import model
from services_directory.areas import Areas
from services_directory.case import (
    FACT_KEYS,
    FLAG_KEYS,
    LIST_KEYS,
    NUMBER_KEYS,
    NUMBER_LIMITS,
    ONE_KEYS,
)
from services_directory.entry_keys import BEYOND, BLOCKS, ENTRY_KEYS, Key
from services_directory.entry_reader import ID_SHAPE
from services_directory.node_values import MOST_DAYS
from services_directory.vocabulary import Vocabulary

SCHEMA_FILE = Path(__file__).parent / "schema" / "service.schema.json"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_DATE = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
# YAML reads 5 or true, unquoted, as a number or truth; the reader takes them as the words they are.
_TEXT = {"type": ["string", "number", "boolean"]}
_TEXTS = {"type": "array", "items": _TEXT}


def service_schema(words: Vocabulary, tree: Areas) -> dict[str, Any]:
    """Return the schema for entries written with the vocabulary ``words`` and the areas ``tree``."""
    definitions = {
        name: _block(keys, words, tree) for name, keys in BLOCKS.items() if name != "criterion"
    }
    definitions["rule"] = _rule(words, tree)
    definitions["criterion"] = _criterion(words, tree)
    definitions["case"] = _case(words, tree)
    return {
        "$schema": _DRAFT,
        "title": "A service of the directory",
        "description": "One YAML file a service; see docs/maintainers.md",
        **_block(ENTRY_KEYS, words, tree),
        "definitions": definitions,
    }


def schema_text(words: Vocabulary, tree: Areas) -> str:
    """Return the schema as it stands in its file."""
    return json.dumps(service_schema(words, tree), indent=1, ensure_ascii=False) + "\n"


def _block(keys: tuple[Key, ...], words: Vocabulary, tree: Areas) -> dict[str, Any]:
    required = [key.name for key in keys if key.required]
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": {
            key.name: {"description": key.help, **_value(key, words, tree)} for key in keys
        },
    }


def _value(key: Key, words: Vocabulary, tree: Areas) -> dict[str, Any]:
    if key.name == "id" and key in ENTRY_KEYS:
        return {"type": "string", "pattern": f"^{ID_SHAPE.pattern}$"}
    simple: dict[str, dict[str, Any]] = {
        "text": _TEXT,
        "texts": _TEXTS,
        "service_ids": _TEXTS,
        "date": _DATE,
        "days": {"type": "integer", "minimum": 1, "maximum": MOST_DAYS},
        "flag": {"type": "boolean"},
        "choice": {"enum": list(key.choices)},
        "area_ids": _ids(tree.by_id, least=1),
        "need_ids": _ids(words.needs, least=1),
        "case_keys": _ids(FACT_KEYS),
        "case_words": _TEXTS,
        "roles": _ids((*model.ROLES, *model.OTHER_REFERRERS)),
        "case": {"$ref": "#/definitions/case"},
        "block": {"$ref": f"#/definitions/{key.block}"},
        "blocks": {"type": "array", "items": {"$ref": f"#/definitions/{key.block}"}},
    }
    return simple[key.kind]


def _ids(known: Any, least: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "array", "items": {"enum": list(known)}, "uniqueItems": True}
    return {**found, "minItems": least} if least else found


def _rule(words: Vocabulary, tree: Areas) -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Facts of the case that must all hold",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": _facts(words, tree),
    }


def _facts(words: Vocabulary, tree: Areas) -> dict[str, Any]:
    rules = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/rule"}}
    facts: dict[str, Any] = {
        "any": {"description": "At least one of these rules is met", **rules},
        "all": {"description": "Every one of these rules is met", **rules},
        "not": {"description": "This rule is not met", "$ref": "#/definitions/rule"},
    }
    for key in (*ONE_KEYS, *LIST_KEYS):
        groups = list(words.groups) if key == "conditions" else []
        known = list(dict.fromkeys([*groups, *words.terms[key]]))
        facts[key] = {
            "description": "One of these ids, or `any` for any at all",
            "anyOf": [_ids(known, least=1), {"const": "any"}],
        }
    for key in NUMBER_KEYS:
        low, high = NUMBER_LIMITS[key]
        bound = {"type": "number", "minimum": low, "maximum": high}
        facts[key] = {
            "type": "object",
            "description": "From min to max, both included",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                "min": bound,
                "max": bound,
                "beyond": {
                    "const": BEYOND,
                    "description": "Outside min and max it is not known: no source gives a limit",
                },
            },
        }
    facts |= {key: {"type": "boolean", "description": "true or false"} for key in FLAG_KEYS}
    facts["area"] = {"description": "Lives in one of these", **_ids(tree.by_id, least=1)}
    facts["gp_area"] = {"description": "Never asked: use area_rule", **_ids(tree.by_id, least=1)}
    facts["in_programme"] = {
        "description": "With one of these services, `none`, or `any` for any at all",
        "anyOf": [{**_TEXTS, "minItems": 1}, {"const": "any"}],
    }
    return facts


def _criterion(words: Vocabulary, tree: Areas) -> dict[str, Any]:
    block = _block(BLOCKS["criterion"], words, tree)
    block["properties"] |= _facts(words, tree)
    return block


def _case(words: Vocabulary, tree: Areas) -> dict[str, Any]:
    known: dict[str, Any] = {key: {"enum": list(words.terms[key])} for key in ONE_KEYS}
    known |= {key: _ids(words.terms[key]) for key in LIST_KEYS}
    known |= {key: {"type": "boolean"} for key in FLAG_KEYS}
    for key in NUMBER_KEYS:
        low, high = NUMBER_LIMITS[key]
        known[key] = {"type": "number", "minimum": low, "maximum": high}
    known |= {key: {"enum": list(tree.by_id)} for key in ("area", "gp_area")}
    known |= {key: {"type": "string"} for key in ("occupation", "in_programme")}
    known |= {key: {"type": "object"} for key in ("ruled_out", "uncertain", "answered")}
    return {
        "type": "object",
        "description": "What is known of one invented patient",
        "additionalProperties": False,
        "properties": known,
    }
