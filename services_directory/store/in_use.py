"""The directory in use, answered from a database where the setting says so.

``FINGERPOST_DIRECTORY_URL`` is an SQLAlchemy address: ``sqlite:////path/directory.db``, or
``postgresql+psycopg2://user@host/name``, which several instances may share. Without it, entries are judged
in memory, which is faster for some hundreds of them (docs/performance.md).
"""

from __future__ import annotations

import gc
from functools import lru_cache
from threading import Lock
from typing import Any

from services_directory.directory import Directory
from services_directory.store.engines import make_engine
from services_directory.store.stored import StoredDirectory, stored

# Python looks for garbage after every 700 new objects; an answer from a large directory makes tens of
# thousands, hardly any of them garbage, and the looking was a fifth of its time.
GARBAGE_AFTER = (20_000, 20, 20)

_engine = lru_cache(maxsize=2)(make_engine)


class _Latest:
    """The one that was asked for last: a directory changes rarely and is asked for with every message."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: tuple[str, Directory, StoredDirectory] | None = None

    def of(self, url: str, directory: Directory) -> StoredDirectory:
        """Return ``directory`` as stored at ``url``; compiled only where it is another than before."""
        known = self._known
        if known is None or known[0] != url or known[1] is not directory:
            with self._lock:
                look_for_garbage_less()
                engine: Any = _engine(url)
                known = (url, directory, stored(engine, directory))
                self._known = known
        return known[2]


_LATEST = _Latest()


def look_for_garbage_less() -> None:
    """Let the whole process look for garbage less often (``GARBAGE_AFTER``)."""
    gc.set_threshold(*GARBAGE_AFTER)


def in_store(url: str, directory: Directory) -> StoredDirectory:
    """Return ``directory`` as the database at ``url`` answers for it.

    Raises ``sqlalchemy.exc.SQLAlchemyError`` where the database cannot be reached or written.
    """
    return _LATEST.of(url, directory)
