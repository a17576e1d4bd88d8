"""The first tables of the record.

Before them there was a file of drafts that lived for a day, unsealed: what is left of it goes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    present = set(sa.inspect(op.get_bind()).get_table_names())
    for name in ("documents", "drafts"):
        if name in present:
            op.drop_table(name)
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "identity",
        sa.Column("consultation_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", "name", name=op.f("pk_identity")),
    )
    op.create_table(
        "patient_mark",
        sa.Column("consultation_id", sa.String(length=32), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", "mark", name=op.f("pk_patient_mark")),
    )
    op.create_index("ix_patient_mark_mark", "patient_mark", ["mark"], unique=False)
    op.create_table(
        "referral",
        sa.Column("reference", sa.String(length=11), nullable=False),
        sa.Column("consultation_id", sa.String(length=32), nullable=False),
        sa.Column("practice", sa.String(length=10), nullable=False),
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_since", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("prepared_by", sa.String(length=120), nullable=False),
        sa.Column("prepared_role", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("to_sign", sa.String(length=60), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=True),
        sa.Column("signed_role", sa.String(length=20), nullable=True),
        sa.Column("signed_at", sa.String(32), nullable=True),
        sa.Column("queued_at", sa.String(32), nullable=True),
        sa.Column("purged_at", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_referral")),
    )
    op.create_index(
        op.f("ix_referral_consultation_id"), "referral", ["consultation_id"], unique=False
    )
    op.create_index("ix_referral_practice_state", "referral", ["practice", "state"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=11), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_role", sa.String(length=20), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("who_agreed", sa.String(length=20), nullable=False),
        sa.Column("seen_alone", sa.Boolean(), nullable=True),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.String(32), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["referral.reference"],
            name=op.f("fk_consent_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_reference"), "consent", ["reference"], unique=False)
    op.create_table(
        "document",
        sa.Column("reference", sa.String(length=11), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["referral.reference"],
            name=op.f("fk_document_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reference", "kind", name=op.f("pk_document")),
    )
    op.create_table(
        "field",
        sa.Column("reference", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("identifier", sa.Boolean(), nullable=False),
        sa.Column("fill", sa.Text(), nullable=False),
        sa.Column("allowed", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.String(length=120), nullable=True),
        sa.Column("edited_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["referral.reference"],
            name=op.f("fk_field_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reference", "name", name=op.f("pk_field")),
    )
    op.create_table(
        "state_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=11), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("from_state", sa.String(length=12), nullable=True),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("party", sa.String(length=12), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["referral.reference"],
            name=op.f("fk_state_change_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_change")),
    )
    op.create_index(op.f("ix_state_change_reference"), "state_change", ["reference"], unique=False)
