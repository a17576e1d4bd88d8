"""The tables of the store. A revision is one state of all YAML files; entries that did not change between
revisions share their text."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

# `facts`: what the directory as a whole says, as JSON (see writing.py).
REVISION = sa.Table(
    "directory_revision",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("facts", sa.Text, nullable=False),
)

# The text of entries, by the first bits of its hash.
CONTENT = sa.Table(
    "directory_content",
    METADATA,
    sa.Column("content", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
)

# One row an entry, where it stands in the directory.
ENTRY = sa.Table(
    "directory_entry",
    METADATA,
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("service_id", sa.String(200), nullable=False),
    sa.Column("content", sa.BigInteger, nullable=False),
    sa.Index("directory_entry_by_id", "revision", "service_id", unique=True),
)

# One row an area of an entry, with what `index.EntryIndex` says of it: what can matter to a patient lies
# side by side.
PLACE = sa.Table(
    "directory_place",
    METADATA,
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("area", sa.String(200), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("content", sa.BigInteger, nullable=False),
    sa.Column("first_day", sa.Integer, nullable=False),
    sa.Column("last_day", sa.Integer, nullable=False),
    sa.Column("needs", sa.BigInteger, nullable=False),
    sa.Column("blocked_facts", sa.BigInteger, nullable=False),
    sa.Column("blocked_conditions", sa.BigInteger, nullable=False),
    sa.Column("blocked_barriers", sa.BigInteger, nullable=False),
    sa.Column("age_from", sa.Float, nullable=False),
    sa.Column("age_to", sa.Float, nullable=False),
    sa.Column("gated", sa.Boolean, nullable=False),
    sa.Column("open_facts", sa.BigInteger, nullable=False),
    sa.Column("open_conditions", sa.BigInteger, nullable=False),
    sa.Column("open_barriers", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
