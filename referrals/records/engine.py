"""Opens the record of referrals: SQLite in FINGERPOST_VAR, or what FINGERPOST_REFERRALS_URL names.

Its tables are brought up to date before the first use in each process. Files are for their owner alone, what
is deleted is overwritten, and a change that was told as done survives a power cut.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.pool import NullPool

from referrals.records.tables import VERSION_TABLE

ROOT = Path(__file__).resolve().parents[2]
FILE_NAME = "referrals.db"
BUSY_SECONDS = 10
MIGRATIONS = Path(__file__).parent / "migrations"
# PostgreSQL's client waits for ever where the network swallows what is sent: seconds to connect,
# milliseconds until what was sent is acknowledged.
LIBPQ_WAITS = {"connect_timeout": 5, "tcp_user_timeout": 5000}
# Any number, so long as no other program on the database takes the same.
MIGRATION_LOCK = 7_283_120
_WRITES = "fingerpost_writes"


def var_folder() -> Path:
    """Return the folder for what running leaves behind: FINGERPOST_VAR, else ``var/`` in the checkout."""
    return Path(os.environ.get("FINGERPOST_VAR") or ROOT / "var")


def records_url() -> str:
    """Return the record's SQLAlchemy address: FINGERPOST_REFERRALS_URL, else a file in ``var_folder``."""
    return os.environ.get("FINGERPOST_REFERRALS_URL") or f"sqlite:///{var_folder() / FILE_NAME}"


def records() -> Any:
    """Return the engine of the record, its tables up to date.

    Raises ``sqlalchemy.exc.SQLAlchemyError`` or ``OSError`` where it cannot be opened.
    """
    url = records_url()
    file = database_file(url)
    if file is not None and not file.exists():
        # Deleted while we ran, or never made.
        _up_to_date.cache_clear()
    return _up_to_date(url)


def database_file(url: str | None = None) -> Path | None:
    """Return the file of an SQLite record; ``None`` for another database or one in memory."""
    address = sa.engine.make_url(url or records_url())
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


@lru_cache(maxsize=8)
def _up_to_date(url: str) -> Any:
    engine = make_engine(url)
    migrate(engine)
    return engine


def make_engine(url: str) -> Any:
    """Return an engine for ``url``; for SQLite, its folder and file are made first, for the owner alone."""
    address = sa.engine.make_url(url)
    if address.get_backend_name() != "sqlite":
        waits = LIBPQ_WAITS if address.get_driver_name() == "psycopg2" else {}
        return sa.create_engine(
            address,
            pool_pre_ping=True,
            future=True,
            connect_args=waits,
            # An error's text is logged and shown; what stood in the row is not.
            hide_parameters=True,
        )
    file = database_file(url)
    if file is not None and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
    engine = sa.create_engine(
        address,
        future=True,
        poolclass=NullPool,
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: Any) -> None:
    # The driver would begin transactions by itself, late and not for every statement.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A reader that turns writer is refused where another wrote meanwhile; so writers say so at once.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Any) -> Iterator[Any]:
    """Give a connection that sees one state of the record throughout."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Any) -> Iterator[Any]:
    """Give a connection whose changes are committed together at the end, or not at all after an error."""
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


def migrate(engine: Any) -> tuple[str, str]:
    """Bring the tables up to date; return the revision before ("" for none) and after.

    Several processes may do it at the same time: one does, the others wait and find it done.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head() or ""
    before = _revision(engine)
    if before == head:
        return before, head
    with _alone(engine), writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before, head


def _revision(engine: Any) -> str:
    with reading(engine) as connection:
        options = {"version_table": VERSION_TABLE}
        return MigrationContext.configure(connection, opts=options).get_current_revision() or ""


@contextmanager
def _alone(engine: Any) -> Iterator[None]:
    """Keep other processes of this machine out while SQLite's tables change."""
    file = database_file(str(engine.url)) if engine.dialect.name == "sqlite" else None
    if file is None:
        yield
        return
    lock = os.open(file.with_suffix(".lock"), os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def forget_deleted(engine: Any) -> bool:
    """Leave no byte of deleted rows in SQLite's files. Call it outside a transaction.

    Returns False where somebody read or wrote for so long that it has to be done again: until then,
    ``forgetting_is_due`` says so. Deleted rows were overwritten in the database, but the write-ahead log
    still holds them as they were written: it is emptied, the file written anew, and the log emptied again.
    PostgreSQL's own vacuum frees the rows; overwriting is the disk's matter.
    """
    file = database_file(str(engine.url)) if engine.dialect.name == "sqlite" else None
    if file is None:
        return True
    _unforgotten(file).touch(mode=0o600)
    done = _emptied_and_rewritten(engine)
    if done:
        _unforgotten(file).unlink(missing_ok=True)
    return done


def forgetting_is_due(engine: Any) -> bool:
    """Say whether ``forget_deleted`` was begun and could not be finished."""
    file = database_file(str(engine.url)) if engine.dialect.name == "sqlite" else None
    return file is not None and _unforgotten(file).exists()


def _unforgotten(file: Path) -> Path:
    return file.with_suffix(".unforgotten")


def _emptied_and_rewritten(engine: Any) -> bool:
    empty_log = "PRAGMA wal_checkpoint(TRUNCATE)"
    with closing(engine.raw_connection()) as raw:
        cursor = raw.cursor()
        for step in (empty_log, "VACUUM", empty_log):
            try:
                cursor.execute(step)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) and "busy" not in str(error):
                    raise
                return False
            # A checkpoint answers (busy, frames in the log, frames moved).
            if any(row[0] for row in cursor.fetchall()):
                return False
    return True
