"""The tables of handing over and hearing back: what is to be sent, to which addresses, and what came of it.

As in ``tables``: *sealed* columns hold what ``referrals.sealing`` made, and no other says anything about a
patient. An ``address`` is a receiver's, never a patient's.
"""

from __future__ import annotations

import sqlalchemy as sa

from referrals.records.columns import Instant
from referrals.records.tables import ACTOR, METADATA, REFERENCE, ROLE, SEALED

SERVICE = sa.String(200)
CHANNEL = sa.String(10)
ADDRESS = sa.String(300)


def _reference(**more: object) -> sa.Column:
    return sa.Column(
        "reference", REFERENCE, sa.ForeignKey("referral.reference", ondelete="CASCADE"), **more
    )


# One row for each thing to be sent, committed together with what calls for it.
OUTBOX = sa.Table(
    "outbox",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    # None for a test message, which concerns no patient.
    _reference(index=True),
    sa.Column("service_id", SERVICE, nullable=False),
    sa.Column("channel", CHANNEL, nullable=False),
    sa.Column("address", ADDRESS, nullable=False),
    # What makes two deliveries one at a receiver that honours it.
    sa.Column("key", sa.String(36), nullable=False, unique=True),
    # Sealed: the parcel as it leaves. None once it has arrived or is not to be sent any more.
    sa.Column("parcel", sa.Text, info=SEALED),
    # waiting, delivered, refused, dead or cancelled.
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    # When it is next tried. While a worker has it, when others may take it: the end of the lease.
    sa.Column("due_at", Instant, nullable=False),
    # A random word of the worker that has it.
    sa.Column("claim", sa.String(32)),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("first_tried_at", Instant),
    sa.Column("ended_at", Instant),
    # Why it has not arrived yet, in words for a person.
    sa.Column("problem", sa.Text, nullable=False),
    # What the receiver called it, if it did.
    sa.Column("receipt", sa.String(80), nullable=False),
    sa.Index("ix_outbox_state_due_at", "state", "due_at"),
)

# Addresses that a receiver has confirmed. A changed address is another row, and so not confirmed.
DELIVERY_ADDRESS = sa.Table(
    "delivery_address",
    METADATA,
    sa.Column("service_id", SERVICE, primary_key=True),
    sa.Column("channel", CHANNEL, primary_key=True),
    sa.Column("address", ADDRESS, primary_key=True),
    sa.Column("tested_at", Instant, nullable=False),
    sa.Column("tested_by", ACTOR, nullable=False),
    sa.Column("confirmed_at", Instant),
)

# Links that were given out: only the hash of a link's secret is kept.
LINK = sa.Table(
    "link",
    METADATA,
    sa.Column("hash", sa.String(64), primary_key=True),
    # report or confirm_address.
    sa.Column("purpose", sa.String(20), nullable=False),
    _reference(index=True),
    sa.Column("service_id", SERVICE, nullable=False),
    sa.Column("channel", CHANNEL, nullable=False),
    sa.Column("address", ADDRESS, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
)

# Call-backs that were taken, so that none is taken twice.
CALLBACK = sa.Table(
    "callback",
    METADATA,
    sa.Column("service_id", SERVICE, primary_key=True),
    sa.Column("message_id", sa.String(100), primary_key=True),
    sa.Column("taken_at", Instant, nullable=False, index=True),
)

# What somebody at the practice has to do about a referral.
TASK = sa.Table(
    "task",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _reference(nullable=False, index=True),
    # declined, failed, silent or may_have_left.
    sa.Column("kind", sa.String(24), nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("done_at", Instant),
    sa.Column("done_by", ACTOR),
)

# Requests for health input that an employment provider made of the practice.
HEALTH_REQUEST = sa.Table(
    "health_request",
    METADATA,
    sa.Column("reference", REFERENCE, primary_key=True),
    sa.Column("practice", sa.String(10), nullable=False, index=True),
    # The provider's service in the directory, or none where it is not in it.
    sa.Column("service_id", SERVICE),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("answer_by", sa.Date),
    sa.Column("recorded_by", ACTOR, nullable=False),
    sa.Column("recorded_role", ROLE, nullable=False),
    sa.Column("answered_by", ACTOR),
    sa.Column("answered_role", ROLE),
    sa.Column("ended_at", Instant),
    sa.Column("purged_at", Instant),
    sa.Column("version", sa.Integer, nullable=False),
    # Sealed JSON: who asks, about whom, what is asked, what the patient agreed to, the answer.
    sa.Column("about", sa.Text, info=SEALED),
)
