"""An entry as JSON text and back, field by field from the model, so that a new field needs no code here.

JSON and not pickle: whoever can write to the database must not be able to run code here.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from services_directory import model
from services_directory.model import AllOf, AnyOf, Criterion, FormField, Is, Not, Service, Source

# Entries of one programme repeat their rules, the fields of their form and their sources.
REPEATED = (Criterion, FormField, Source)
# What stands before an expression's content.
TAGS = {Is: "is", AllOf: "all", AnyOf: "any", Not: "not"}
_KINDS = {tag: kind for kind, tag in TAGS.items()}
Decoder = Callable[[Any], Any]


def to_text(service: Service) -> str:
    """Return ``service`` as JSON; equal services give equal text."""
    return json.dumps(_plain(service), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Service:
    """Return the service that ``to_text`` wrote. Raises ``ValueError`` or ``KeyError`` for other text."""
    service: Service = _decoder(Service)(json.loads(text))
    return service


def _plain(value: Any) -> Any:
    if isinstance(value, REPEATED):
        # As text within the text, so that what is the same need be read once only, see below.
        return json.dumps(_fields(value), ensure_ascii=False, separators=(",", ":"))
    if is_dataclass(value):
        body = _fields(value)
        kind = type(value)
        return {TAGS[kind]: body} if kind in TAGS else body
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _fields(value: Any) -> dict[str, Any]:
    return {
        f.name: _plain(held)
        for f in fields(value)
        if (held := getattr(value, f.name)) != _default(f)
    }


def _default(item: Any) -> Any:
    return item.default_factory() if item.default_factory is not MISSING else item.default


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _decoder(kind: Any) -> Decoder:
    """Return what turns the JSON of a value of type ``kind`` into the value."""
    if kind is date:
        return date.fromisoformat
    if kind in REPEATED:
        return _reader_of_repeated(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _fields_decoder(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        item = _decoder(inner[0])
        return tuple if item is _as_it_is else lambda raw: tuple(map(item, raw))
    if origin is frozenset:
        return frozenset
    if origin in (Union, types.UnionType):
        known = {part for part in inner if part is not type(None)}
        if known == set(TAGS):
            return _expression
        return _decoder(known.pop()) if len(known) == 1 else _as_it_is
    if origin in (Literal, Mapping) or kind is Any or kind in (str, bool, int, float):
        return _as_it_is
    raise TypeError(f"the store cannot keep a {kind}")


@cache
def _fields_decoder(kind: Any) -> Decoder:
    hints = get_type_hints(kind, vars(model))
    changed = {
        f.name: decode for f in fields(kind) if (decode := _decoder(hints[f.name])) is not _as_it_is
    }

    def decoded(raw: dict[str, Any]) -> Any:
        for name in raw.keys() & changed.keys():
            raw[name] = changed[name](raw[name])
        return kind(**raw)

    return decoded


def _expression(raw: dict[str, Any] | None) -> Any:
    if raw is None:
        return None
    ((tag, body),) = raw.items()
    return _fields_decoder(_KINDS[tag])(body)


def _reader_of_repeated(kind: Any) -> Decoder:
    """Return what reads ``kind`` from text, keeping each once for all entries that say the same."""
    decode = _fields_decoder(kind)

    @lru_cache(maxsize=20_000)
    def read(text: str) -> Any:
        return decode(json.loads(text))

    return read
