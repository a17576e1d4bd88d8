"""The JSON Schema that editors use: up to date, valid, and at one with the reader."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from services_directory import model
from services_directory.areas import areas
from services_directory.entry_keys import BLOCKS, ENTRY_KEYS, names
from services_directory.entry_reader import EntryReader
from services_directory.entry_tree import entry_files
from services_directory.loading import ENTRIES_FOLDER
from services_directory.schema import SCHEMA_FILE, schema_text
from services_directory.vocabulary import vocabulary
from services_directory.yaml_files import read_yaml

SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
FILES = list(entry_files(ENTRIES_FOLDER))
GOOD = read_yaml(ENTRIES_FOLDER / "england" / "acas.yml")


def test_the_committed_schema_is_up_to_date() -> None:
    text = SCHEMA_FILE.read_text(encoding="utf-8")
    assert text == schema_text(vocabulary(), areas()), "run `fingerpost directory schema`"
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_entries_keep_to_the_schema_and_name_it(path: Path) -> None:
    VALIDATOR.validate(read_yaml(path))
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    named = path.parent / first.partition("$schema=")[2]
    assert named.resolve() == SCHEMA_FILE


def test_the_keys_are_those_of_the_model() -> None:
    # Where a file lies and who paused it are not written in the entry itself.
    written = {f.name for f in fields(model.Service)} - {"path", "pauses"}
    assert set(names(ENTRY_KEYS)) == written
    for block, kind in (
        ("source", model.Source),
        ("route", model.Route),
        ("form", model.FormField),
        ("evidence", model.Evidence),
        ("persona", model.Persona),
        ("delivery", model.Delivery),
        ("consent", model.ConsentWords),
    ):
        assert set(names(BLOCKS[block])) == {f.name for f in fields(kind)}, block


ROUTE = {
    "route": "phone",
    "who": ["gp"],
    "how": "x",
    "way_in": "not_known",
    "source": "statement",
}
WRONG: list[dict[str, Any]] = [
    {"kin": "advice"},
    {"kind": "advise"},
    {"needs": ["job_retenton"]},
    {"areas": ["mancester"]},
    {"areas": []},
    {"id": "Acas Helpline"},
    {"source_date": "20 March 2015"},
    {"sources": [{"id": "one"}]},
    {"criteria": [{"id": "a", "says": "b", "source": "statement", "work_staus": ["in_work"]}]},
    {"criteria": [{"id": "a", "says": "b", "source": "statement", "age": {"minimum": 3}}]},
    {"criteria": [{"id": "a", "says": "b", "source": "statement", "any": []}]},
    {"routes": [{"route": "telephone", "who": [], "how": "x", "way_in": "known", "source": "s"}]},
    {"consent": {"say": "I will send it"}},
    {"reply_within_days": 0},
    {"reply_within_days": "two weeks"},
    {"routes": [{**ROUTE, "delivery": {"channel": "fax"}}]},
    {"routes": [{**ROUTE, "may_include": ["condition"]}]},
    {"personas": [{"name": "x", "case": {"age": "old"}, "verdict": "eligible"}]},
]


@pytest.mark.parametrize("change", WRONG, ids=str)
def test_what_the_schema_refuses_the_reader_refuses_too(change: dict[str, Any]) -> None:
    entry = {**GOOD, **change}
    assert not VALIDATOR.is_valid(entry)
    read = EntryReader(vocabulary(), areas()).parse_entry(json.dumps(entry), "acas.yml")
    if "personas" not in change:  # a persona's case is run by the check, not by the reader
        assert read.service is None
