"""A directory whose entries stand in a database, and how one is opened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services_directory import model
from services_directory.areas import ROOT, Areas
from services_directory.case import Case
from services_directory.directory import Directory, Distinctions, Scope
from services_directory.model import Service
from services_directory.needs import CaseNeeds
from services_directory.store.codec import to_text
from services_directory.store.index import Indexer
from services_directory.store.picking import areas_in_reach, offerable, told_anyway
from services_directory.store.shelf import Shelf
from services_directory.store.tables import METADATA, REVISION
from services_directory.store.writing import write
from services_directory.vocabulary import Vocabulary

# What a stored row means is decided here and in the model.
CODE = (Path(model.__file__), *sorted(Path(__file__).parent.glob("*.py")))


@dataclass(frozen=True)
class StoredDirectory(Directory):
    """One revision of a directory in a database; it answers as the same directory in memory does."""

    engine: Any = field(repr=False, compare=False)
    revision: int
    facts: Mapping[str, Any] = field(repr=False, compare=False)

    def entries_for(
        self, scope: Scope, case: Case, needs: CaseNeeds, day: date
    ) -> Iterable[Service]:
        """Return the entries to judge for ``scope``, in the order of the directory."""
        places = areas_in_reach(case, self.areas)
        if scope == "questions" and places is None and self.is_wide:
            places = frozenset({ROOT})
        query = offerable(self.revision, scope, case, needs, day, places, self.indexer)
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
            if scope == "message":
                rows += connection.execute(told_anyway(self.revision, case, self.areas)).all()
            shelf: Shelf = self.services  # type: ignore[assignment]
            return shelf.picked(connection, (content for _, content in sorted(rows)))

    @cached_property
    def indexer(self) -> Indexer:
        """What makes numbers of cases; the entries were numbered with the same vocabulary."""
        return Indexer(self.words)

    @cached_property
    def local_entries(self) -> int:
        """How many entries do not serve all of England."""
        return int(self.facts["local_entries"])

    @cached_property
    def distinctions(self) -> Mapping[str, Distinctions]:
        """What all criteria tell apart, by key: the answers that are worth trying."""
        return {
            key: Distinctions(tuple(d["ids"]), tuple(d["limits"]))
            for key, d in self.facts["distinctions"].items()
        }


def stored(engine: Any, directory: Directory) -> StoredDirectory:
    """Return ``directory`` as the database of ``engine`` answers for it, compiled into it where it is new.

    Raises ``sqlalchemy.exc.SQLAlchemyError`` where the database cannot be reached or written.
    """
    digest = content_digest(directory)
    found = opened(engine, digest, directory.words, directory.areas)
    if found is None:
        write(engine, directory, digest)
        found = opened(engine, digest, directory.words, directory.areas)
        assert found is not None
    return found


def opened(engine: Any, digest: str, words: Vocabulary, tree: Areas) -> StoredDirectory | None:
    """Return the revision ``digest``, or ``None`` where it is not stored.

    ``words`` and ``tree`` are those that the revision was made with.
    """
    METADATA.create_all(engine)
    query = sa.select(REVISION.c.id, REVISION.c.facts).where(REVISION.c.digest == digest)
    with engine.connect() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    return StoredDirectory(
        services=Shelf(engine, row.id),
        words=words,
        areas=tree,
        engine=engine,
        revision=row.id,
        facts=json.loads(row.facts),
    )


def content_digest(directory: Directory) -> str:
    """Return the hash of all that a compiled directory is made of: entries, numbering and our own code."""
    found = sha256(repr(list(Indexer(directory.words).bits)).encode())
    found.update(repr(directory.words.needs).encode())
    for path in CODE:
        found.update(path.read_bytes())
    for service in directory.services.values():
        found.update(to_text(service).encode())
    return found.hexdigest()
