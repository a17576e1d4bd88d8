"""Papers are made when somebody who may asks for them; no copy is kept beside what they are made from."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the table of copies."""
    op.drop_table("document")
