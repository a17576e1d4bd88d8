"""Compiling a directory into the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from hashlib import sha256
from itertools import islice
from typing import Any

import sqlalchemy as sa

from services_directory.directory import Directory
from services_directory.model import Service
from services_directory.store.codec import to_text
from services_directory.store.index import EntryIndex, Indexer
from services_directory.store.tables import CONTENT, ENTRY, METADATA, PLACE, REVISION

# Older revisions stay for processes that still read them.
REVISIONS_KEPT = 3
ROWS_AT_ONCE = 2000


def write(engine: Any, directory: Directory, digest: str) -> None:
    """Store ``directory`` as the revision ``digest``, unless it is stored already.

    All or nothing: until the last row stands, readers see no such revision. Where two processes write
    the same revision, the second waits for the first and leaves it as it is. Raises
    ``sqlalchemy.exc.SQLAlchemyError`` where the database cannot be written.
    """
    METADATA.create_all(engine)
    try:
        with engine.begin() as connection:
            _write(connection, directory, digest)
            _forget(connection)
    except sa.exc.IntegrityError:
        with engine.connect() as connection:
            query = sa.select(REVISION.c.id).where(REVISION.c.digest == digest)
            if connection.execute(query).first() is None:
                raise


def _write(connection: Any, directory: Directory, digest: str) -> None:
    facts = {
        "local_entries": directory.local_entries,
        "distinctions": {key: asdict(d) for key, d in directory.distinctions.items()},
    }
    # First, because its unique digest makes a second writer wait here.
    made = connection.execute(sa.insert(REVISION).values(digest=digest, facts=json.dumps(facts)))
    revision = made.inserted_primary_key[0]
    known = set(connection.scalars(sa.select(CONTENT.c.content)))
    indexer = Indexer(directory.words)
    for chunk in _chunks(enumerate(directory.services.values())):
        contents, entries, places = [], [], []
        for position, service in chunk:
            text = to_text(service)
            content = content_key(text)
            if content not in known:
                known.add(content)
                contents.append({"content": content, "text": text})
            key = {"revision": revision, "position": position}
            entries.append({**key, "service_id": service.id, "content": content})
            row = {**key, "content": content, **_columns(indexer.of_entry(service))}
            places += [{**row, "area": area} for area in dict.fromkeys(service.areas)]
        for table, rows in ((CONTENT, contents), (ENTRY, entries), (PLACE, places)):
            if rows:
                connection.execute(sa.insert(table), rows)


def content_key(text: str) -> int:
    """Return the first 63 bits of the hash of ``text``: below one in a billion for two alike of 100,000."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big") >> 1


def _columns(index: EntryIndex) -> dict[str, Any]:
    blocked, openers = index.blocked, index.openers or (0, 0, 0)
    return {
        "first_day": index.first_day,
        "last_day": index.last_day,
        "needs": index.needs,
        "blocked_facts": blocked[0],
        "blocked_conditions": blocked[1],
        "blocked_barriers": blocked[2],
        "age_from": index.ages[0],
        "age_to": index.ages[1],
        "gated": index.openers is not None,
        "open_facts": openers[0],
        "open_conditions": openers[1],
        "open_barriers": openers[2],
    }


def _chunks(numbered: Iterable[tuple[int, Service]]) -> Iterator[list[tuple[int, Service]]]:
    left = iter(numbered)
    while chunk := list(islice(left, ROWS_AT_ONCE)):
        yield chunk


def _forget(connection: Any) -> None:
    """Delete all but the newest revisions, and the texts that only they used."""
    newest = sa.select(REVISION.c.id).order_by(REVISION.c.id.desc()).limit(REVISIONS_KEPT)
    kept = list(connection.scalars(newest))
    gone = connection.execute(sa.delete(REVISION).where(REVISION.c.id.not_in(kept)))
    if gone.rowcount == 0:
        return
    for table in (ENTRY, PLACE):
        connection.execute(sa.delete(table).where(table.c.revision.not_in(kept)))
    used = sa.select(ENTRY.c.content)
    connection.execute(sa.delete(CONTENT).where(CONTENT.c.content.not_in(used)))
