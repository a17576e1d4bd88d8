"""What Alembic runs to apply the changes, on the connection that ``engine.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from referrals.records.tables import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    # SQLite cannot alter most things in place: Alembic then makes the table anew.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
