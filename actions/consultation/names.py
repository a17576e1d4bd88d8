"""Finding the services that words can mean, over the loaded directory."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from services_directory.directory import Directory
from services_directory.loading import directory
from services_directory.near_miss import did_you_mean
from understanding.service_names import ServiceNames


@lru_cache(maxsize=1)
def _made(book: _ByIdentity) -> ServiceNames:
    return ServiceNames((s.id, s.name, s.aliases) for s in book.directory.services.values())


class _ByIdentity:
    """A directory as a key: the same object is the same key, and nothing in it is compared."""

    def __init__(self, book: Directory) -> None:
        self.directory = book

    def __hash__(self) -> int:
        return id(self.directory)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.directory is self.directory


def service_names() -> ServiceNames:
    """Return the names and aliases of every entry, made ready for matching once a loaded directory.

    A running assistant follows edits, and a service that was added has to answer to its name.
    """
    return _made(_ByIdentity(directory()))


def resolve(words: str) -> tuple[str, ...]:
    """Return the ids that ``words`` can mean: none, one, or several."""
    return service_names().resolve(words)


def suggestions(words: str) -> list[str]:
    """Return the nearest name of a service, if any is near."""
    names = {s.name.casefold(): s.name for s in directory().services.values()}
    near = did_you_mean(words.casefold(), names)
    return [names[n] for n in names if near and f"'{n}'" in near]


def services_named(understanding: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the services a message named, less those whose name was read as a fact of the patient.

    "EIT" is a mental health team before it is a programme.
    """
    facts = {
        service_id
        for mention in understanding.get("mentions") or ()
        if mention.get("slot") != "in_programme"
        for service_id in resolve(str(mention["text"]))
    }
    return tuple(i for i in understanding.get("services") or () if i not in facts)
