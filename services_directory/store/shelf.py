"""Fetching entries of one revision: by place in the directory, by id, or all; decoded ones are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from threading import Lock
from typing import Any

import sqlalchemy as sa

from services_directory.model import Service
from services_directory.store.codec import from_text
from services_directory.store.tables import CONTENT, ENTRY

# Decoded entries kept in memory, by their content: about 10 kB each.
ENTRIES_KEPT = 10_000
# No database takes a list of any length in one query.
IDS_AT_ONCE = 500


class Shelf(Mapping[str, Service]):
    """The entries of one revision, by id, in the order of the directory.

    Reading all of them decodes all of them, a few at a time; reading one or a few is what it is for.
    Safe to use from several threads.
    """

    def __init__(self, engine: Any, revision: int, kept: int = ENTRIES_KEPT) -> None:
        self._engine = engine
        self._revision = revision
        self._kept = kept
        self._decoded: OrderedDict[int, Service] = OrderedDict()
        self._contents: dict[str, int] = {}
        self._lock = Lock()
        self._by_id = sa.select(ENTRY.c.content).where(
            ENTRY.c.revision == revision, ENTRY.c.service_id == sa.bindparam("service_id")
        )
        self._texts = sa.select(CONTENT.c.content, CONTENT.c.text).where(
            CONTENT.c.content.in_(sa.bindparam("wanted", expanding=True))
        )

    def picked(self, connection: Any, contents: Iterable[int]) -> list[Service]:
        """Return the entries with ``contents``, in that order, each once."""
        wanted = list(dict.fromkeys(contents))
        found: dict[int, Service] = {}
        with self._lock:
            for content in wanted:
                if content in self._decoded:
                    self._decoded.move_to_end(content)
                    found[content] = self._decoded[content]
        missing = [content for content in wanted if content not in found]
        for start in range(0, len(missing), IDS_AT_ONCE):
            some = missing[start : start + IDS_AT_ONCE]
            for content, text in connection.execute(self._texts, {"wanted": some}).all():
                found[content] = from_text(text)
        with self._lock:
            for content in missing:
                self._decoded[content] = found[content]
                self._contents[found[content].id] = content
            while len(self._decoded) > self._kept:
                _, gone = self._decoded.popitem(last=False)
                self._contents.pop(gone.id, None)
        return [found[content] for content in wanted]

    def __getitem__(self, service_id: str) -> Service:
        with self._lock:
            kept = self._decoded.get(self._contents.get(service_id, -1))
        if kept is not None:
            return kept
        with self._engine.connect() as connection:
            content = connection.scalar(self._by_id, {"service_id": service_id})
            if content is None:
                raise KeyError(service_id)
            return self.picked(connection, [content])[0]

    def __contains__(self, service_id: object) -> bool:
        with self._engine.connect() as connection:
            found = connection.scalar(self._by_id, {"service_id": str(service_id)})
            return found is not None

    def __iter__(self) -> Iterator[str]:
        with self._engine.connect() as connection:
            ids = connection.scalars(self._in_order(ENTRY.c.service_id)).all()
        return iter(ids)

    def __len__(self) -> int:
        count = sa.select(sa.func.count()).where(ENTRY.c.revision == self._revision)
        with self._engine.connect() as connection:
            return int(connection.scalar(count))

    def values(self) -> ValuesView[Service]:
        """Return a view on the entries that fetches many at once."""
        return _Values(self)

    def items(self) -> ItemsView[str, Service]:
        """Return a view on ids and entries that fetches many at once."""
        return _Items(self)

    def all(self) -> Iterator[Service]:
        """Yield every entry in the order of the directory; none is kept in memory for it."""
        query = self._in_order(CONTENT.c.text).join(CONTENT, CONTENT.c.content == ENTRY.c.content)
        with self._engine.connect() as connection:
            rows = connection.execution_options(stream_results=True).execute(query)
            for text in rows.scalars().yield_per(IDS_AT_ONCE):
                yield from_text(text)

    def _in_order(self, column: Any) -> Any:
        query = sa.select(column).select_from(ENTRY).where(ENTRY.c.revision == self._revision)
        return query.order_by(ENTRY.c.position)


class _Values(ValuesView[Service]):
    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def __iter__(self) -> Iterator[Service]:
        return self._shelf.all()


class _Items(ItemsView[str, Service]):
    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def __iter__(self) -> Iterator[tuple[str, Service]]:
        return ((service.id, service) for service in self._shelf.all())
