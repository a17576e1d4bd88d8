"""Database engines that forget: what is deleted is overwritten, and a stale connection is noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

# PostgreSQL's client waits for ever, and the server with it, where the network swallows what is sent:
# seconds to connect, milliseconds until what was sent is acknowledged.
LIBPQ_WAITS = {"connect_timeout": 5, "tcp_user_timeout": 5000}
# Any number, so long as no other program on the database takes the same.
TABLES_LOCK = 7_283_119


def make_engine(url: str, pooled: bool = False) -> Any:
    """Return an engine for `url`; for SQLite, its folder is made first.

    `pooled`: keep SQLite's connections open between uses, for many small steps a second.
    Raises `sqlalchemy.exc.OperationalError` on first use where the database cannot be reached.
    """
    address = sa.engine.make_url(url)
    if address.get_backend_name() != "sqlite":
        # A database that was restarted would otherwise cost the first turn on each old connection.
        return sa.create_engine(
            address,
            pool_pre_ping=True,
            future=True,
            connect_args=LIBPQ_WAITS if address.get_driver_name() == "psycopg2" else {},
        )
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    kept = {"poolclass": sa.pool.QueuePool} if pooled else {}
    waits = {"timeout": 15, "check_same_thread": not pooled}
    engine = sa.create_engine(address, future=True, connect_args=waits, **kept)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def create_tables(engine: Any, metadata: Any) -> None:
    """Create the tables that are missing. Several processes may do it at the same time on PostgreSQL."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Between looking for a table and creating it, another process may have done so.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TABLES_LOCK)))
        metadata.create_all(connection)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    # Readers and the writer do not wait for each other, and a turn costs no flush to disk.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    # Deleted rows are overwritten with zeros rather than left in free pages.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def forget_deleted(engine: Any, rewrite: bool = False) -> None:
    """Leave no trace of deleted rows in the database's files. Call it outside a transaction.

    SQLite: deleted rows were overwritten, but the write-ahead log still holds them as they were written,
    so it is emptied; `rewrite` also writes the whole file anew and gives its space back. PostgreSQL: its
    own vacuum frees the rows; overwriting is the disk's matter.
    """
    if engine.dialect.name != "sqlite":
        return
    empty_log = "PRAGMA wal_checkpoint(TRUNCATE)"
    steps = [empty_log, "VACUUM", empty_log] if rewrite else [empty_log]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for step in steps:
            connection.execute(sa.text(step))
