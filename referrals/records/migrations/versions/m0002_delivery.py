"""What is to be sent, confirmed addresses, links, call-backs, tasks, and requests for health input."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _outbox()
    _addresses_and_links()
    _tasks_and_requests()


def _of_referral(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["reference"],
        ["referral.reference"],
        name=op.f(f"fk_{table}_reference"),
        ondelete="CASCADE",
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=11), nullable=True),
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("parcel", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("due_at", sa.String(32), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_tried_at", sa.String(32), nullable=True),
        sa.Column("ended_at", sa.String(32), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("receipt", sa.String(length=80), nullable=False),
        _of_referral("outbox"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(op.f("ix_outbox_reference"), "outbox", ["reference"], unique=False)
    op.create_index("ix_outbox_state_due_at", "outbox", ["state", "due_at"], unique=False)


def _addresses_and_links() -> None:
    op.create_table(
        "delivery_address",
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("tested_at", sa.String(32), nullable=False),
        sa.Column("tested_by", sa.String(length=120), nullable=False),
        sa.Column("confirmed_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint(
            "service_id", "channel", "address", name=op.f("pk_delivery_address")
        ),
    )
    op.create_table(
        "link",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=11), nullable=True),
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
        sa.Column("closed_at", sa.String(32), nullable=True),
        _of_referral("link"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_reference"), "link", ["reference"], unique=False)
    op.create_table(
        "callback",
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("taken_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "message_id", name=op.f("pk_callback")),
    )
    op.create_index(op.f("ix_callback_taken_at"), "callback", ["taken_at"], unique=False)


def _tasks_and_requests() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=11), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("done_at", sa.String(32), nullable=True),
        sa.Column("done_by", sa.String(length=120), nullable=True),
        _of_referral("task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_reference"), "task", ["reference"], unique=False)
    op.create_table(
        "health_request",
        sa.Column("reference", sa.String(length=11), nullable=False),
        sa.Column("practice", sa.String(length=10), nullable=False),
        sa.Column("service_id", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_role", sa.String(length=20), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=True),
        sa.Column("answered_role", sa.String(length=20), nullable=True),
        sa.Column("ended_at", sa.String(32), nullable=True),
        sa.Column("purged_at", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_health_request")),
    )
    op.create_index(
        op.f("ix_health_request_practice"), "health_request", ["practice"], unique=False
    )
