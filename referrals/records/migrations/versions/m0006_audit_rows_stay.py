"""The database itself refuses to change or delete a row of the audit trail."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SAYS = "rows of the audit trail are added, never changed"


def upgrade() -> None:
    """Add the triggers."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_rows_stay() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_rows_stay BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION audit_rows_stay()"
        )
        return
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER audit_no_{act} BEFORE {act.upper()} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
        )
