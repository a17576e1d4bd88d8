"""Every table of the referrals room.

A column marked ``SEALED`` holds text that ``referrals.sealing`` made: nobody reads it without the
key. No other column says anything about a patient. A change here needs a revision in ``migrations/versions``;
a test compares the two.
"""

from __future__ import annotations

import sqlalchemy as sa

from referrals.records.columns import Instant, Words

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Where Alembic notes what has been done; named so that another program may share the database.
VERSION_TABLE = "referrals_revision"

# How a sealed column is marked, so that all of them are found when the key changes.
SEALED = {"sealed": True}
REFERENCE = sa.String(11)
CONSULTATION = sa.String(32)
ACTOR = sa.String(120)
ROLE = sa.String(20)
STATE = sa.String(12)


def _of_referral(**more: object) -> sa.Column:
    return sa.Column(
        "reference",
        REFERENCE,
        sa.ForeignKey("referral.reference", ondelete="CASCADE"),
        nullable=False,
        **more,
    )


# One row a referral. What is left after purging: reference, service, state and times.
REFERRAL = sa.Table(
    "referral",
    METADATA,
    sa.Column("reference", REFERENCE, primary_key=True),
    sa.Column("consultation_id", CONSULTATION, nullable=False, index=True),
    # The ODS code of the practice whose people may see it.
    sa.Column("practice", sa.String(10), nullable=False),
    sa.Column("service_id", sa.String(200), nullable=False),
    sa.Column("route", sa.String(40), nullable=False),
    # The artefact that the route calls for, such as `letter`.
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("state", STATE, nullable=False),
    sa.Column("state_since", Instant, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    # The day for which the directory was asked.
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("prepared_by", ACTOR, nullable=False),
    sa.Column("prepared_role", ROLE, nullable=False),
    # Who follows it up.
    sa.Column("owner", ACTOR, nullable=False),
    # Who has to sign, in words ("a GP"); empty where the one who prepared it may.
    sa.Column("to_sign", sa.String(60), nullable=False),
    sa.Column("signed_by", ACTOR),
    sa.Column("signed_role", ROLE),
    sa.Column("signed_at", Instant),
    # Since when it waits for the worker that delivers.
    sa.Column("queued_at", Instant),
    sa.Column("purged_at", Instant),
    # Counts the changes, so that of two at the same time the second is told.
    sa.Column("version", sa.Integer, nullable=False),
    # JSON: the case, the clinician's words for it, what was switched on or confirmed, the message.
    sa.Column("about", sa.Text, info=SEALED),
    # Who checked with a service of which nobody knew whether it is open, or whose facts are old.
    sa.Column("checked_by", ACTOR),
    sa.Column("checked_at", Instant),
    sa.Index("ix_referral_practice_state", "practice", "state"),
)

# What names the patient, once a consultation, one row a field.
IDENTITY = sa.Table(
    "identity",
    METADATA,
    sa.Column("consultation_id", CONSULTATION, primary_key=True),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False, info=SEALED),
)

# By what another consultation of the same patient is recognised: keyed hashes, see `referrals.duplicates`.
PATIENT_MARK = sa.Table(
    "patient_mark",
    METADATA,
    sa.Column("consultation_id", CONSULTATION, primary_key=True),
    sa.Column("mark", sa.String(64), primary_key=True),
    sa.Index("ix_patient_mark_mark", "mark"),
)

# The fields of the receiver's form.
FIELD = sa.Table(
    "field",
    METADATA,
    _of_referral(primary_key=True),
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False, info=SEALED),
    # Quotes the clinician.
    sa.Column("source", sa.Text, nullable=False, info=SEALED),
    sa.Column("required", sa.Boolean, nullable=False),
    sa.Column("identifier", sa.Boolean, nullable=False),
    sa.Column("fill", Words, nullable=False),
    sa.Column("allowed", Words, nullable=False),
    # Once somebody has typed into it, no re-fill touches it.
    sa.Column("edited_by", ACTOR),
    sa.Column("edited_at", Instant),
)

# What was agreed to, each time it was asked. A withdrawal is noted on the row that it ends.
CONSENT = sa.Table(
    "consent",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _of_referral(index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("recorded_by", ACTOR, nullable=False),
    sa.Column("recorded_role", ROLE, nullable=False),
    sa.Column("how", sa.String(20), nullable=False),
    sa.Column("who_agreed", sa.String(20), nullable=False),
    sa.Column("seen_alone", sa.Boolean),
    # What was read aloud, and why somebody else agreed.
    sa.Column("says", sa.Text, nullable=False, info=SEALED),
    sa.Column("reason", sa.Text, nullable=False, info=SEALED),
    sa.Column("withdrawn_at", Instant),
    sa.Column("withdrawn_by", ACTOR),
)

# Every state that a referral has been in.
STATE_CHANGE = sa.Table(
    "state_change",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _of_referral(index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("from_state", STATE),
    sa.Column("to_state", STATE, nullable=False),
    # Who moved it: practice, delivery, receiver or clock (`referrals.lifecycle`).
    sa.Column("party", sa.String(12), nullable=False),
    sa.Column("actor", ACTOR, nullable=False),
    sa.Column("role", ROLE, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, info=SEALED),
)

# Who saw or changed what: each row holds the hash of the one before (`referrals.audit`).
AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    # Canonical JSON of the entry, as it was hashed.
    sa.Column("entry", sa.Text, nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    # Copied out of the entry, to look rows up by.
    sa.Column("subject", sa.String(40), nullable=False, index=True),
)

# The end of the audit trail, so that rows taken off it are missed.
AUDIT_HEAD = sa.Table(
    "audit_head",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)

# The practice's own people who have been here, so that a list can say who follows up; no patients.
COLLEAGUE = sa.Table(
    "colleague",
    METADATA,
    sa.Column("practice", sa.String(10), primary_key=True),
    sa.Column("id", ACTOR, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("role", ROLE, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
)
