"""Engines for the store: connections that stay open, so that a question costs one query and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool


def make_engine(url: str) -> Any:
    """Return an engine for ``url``; for SQLite, its folder is made first."""
    address = sa.engine.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True, future=True)
    if not address.database or address.database == ":memory:":
        return sa.create_engine(address, future=True)
    Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        address,
        future=True,
        # For files SQLAlchemy would open the database anew each time.
        poolclass=QueuePool,
        connect_args={"timeout": 60, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    # Readers do not wait while a new revision is written.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    # Pages are read from the file as from memory, which processes share; 1 GB is room for all England.
    cursor.execute("PRAGMA mmap_size=1073741824")
    cursor.close()
