"""The outbox: what is to be sent, kept in the same transaction as what calls for it, until it has arrived.

A worker *claims* a row: the row is then due again only when the lease ends, so that no other worker takes it
meanwhile, and that it is taken up again if the worker dies. Nothing is deleted before the receiver has said
that it has it; nothing is sent twice under two keys.

Every function takes the connection of the caller's transaction (``records.engine.writing``).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from referrals.delivery.model import OutboxState, Outgoing, Parcel
from referrals.records.delivery_tables import OUTBOX
from referrals.sealing import Sealer

# Longer than the longest delivery (``worker.LONGEST``), or two workers would send at the same time.
LEASE = timedelta(seconds=180)
_PLAIN = (
    "id", "reference", "service_id", "channel", "address", "key", "state", "made_at", "due_at", "claim",
    "attempts", "first_tried_at", "ended_at", "problem", "receipt",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One row. ``reference`` is ``None`` for a test message. ``attempts`` counts the claims.

    ``problem``: why it has not arrived yet, in words; ``claim``: the word of the worker that has it.
    """

    id: str
    reference: str | None
    service_id: str
    channel: str
    address: str
    key: str
    state: OutboxState
    made_at: datetime
    due_at: datetime
    claim: str | None
    attempts: int
    first_tried_at: datetime | None
    ended_at: datetime | None
    problem: str
    receipt: str

    @property
    def may_have_left(self) -> bool:
        """Whether it was tried, so that the receiver may have it even where it did not say so."""
        return self.attempts > 0 and self.state != "cancelled"


@dataclass(frozen=True)
class Claimed:
    """A row that is ours until the lease ends, with what it holds, sealed."""

    item: Item
    sealed: str = field(repr=False)

    def parcel(self, sealer: Sealer) -> Parcel:
        """Return what it holds. Raises ``SealingError`` where the key is missing."""
        return Parcel.from_text(sealer.unseal(_place(self.item.id), self.sealed))


def put(connection: Any, sealer: Sealer, outgoing: Outgoing, parcel: Parcel, now: datetime) -> str:
    """Keep ``parcel`` to be sent from ``now`` on; return the row's id.

    Where a parcel with its key was given up or taken back, it takes that one's place, for the receiver may
    have that one. Raises ``sqlalchemy.exc.IntegrityError`` where one with its key waits or has arrived.
    """
    before = connection.execute(
        sa.select(OUTBOX.c.id)
        .where(OUTBOX.c.key == parcel.key, OUTBOX.c.state.in_(("dead", "cancelled")))
        .with_for_update()
    ).scalar_one_or_none()
    if before is not None:
        renewed = {
            "parcel": sealer.seal(_place(before), parcel.to_text()),
            "channel": parcel.channel,
            "address": parcel.address,
            "state": "waiting",
            "due_at": now,
            "first_tried_at": None,
            "ended_at": None,
        }
        connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == before).values(**renewed))
        return str(before)
    ident = secrets.token_hex(16)
    connection.execute(
        sa.insert(OUTBOX).values(
            id=ident,
            reference=outgoing.reference if outgoing.kind == "referral" else None,
            service_id=outgoing.service_id,
            channel=parcel.channel,
            address=parcel.address,
            key=parcel.key,
            parcel=sealer.seal(_place(ident), parcel.to_text()),
            state="waiting",
            made_at=now,
            due_at=now,
            attempts=0,
            problem="",
            receipt="",
        )
    )
    return ident


def claim(connection: Any, now: datetime) -> Claimed | None:
    """Take the row that has been due for longest, or ``None`` where none is due."""
    due = (
        sa.select(OUTBOX)
        .where(OUTBOX.c.state == "waiting", OUTBOX.c.due_at <= now)
        .order_by(OUTBOX.c.due_at)
        .limit(1)
        # PostgreSQL: rows that others are claiming are passed over. SQLite has one writer anyway.
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(due).first()
    if row is None:
        return None
    values = {
        "claim": secrets.token_hex(16),
        "due_at": now + LEASE,
        "attempts": row.attempts + 1,
        "first_tried_at": row.first_tried_at or now,
    }
    connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == row.id).values(**values))
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Claimed(Item(**{**plain, **values}), row.parcel)


def arrived(connection: Any, ident: str, receipt: str, now: datetime) -> OutboxState | None:
    """Note that it has arrived, and forget what was in it; return the state it was in.

    That is ``waiting``, or ``cancelled`` where it was called back too late. ``None``: somebody else has noted
    it already.
    """
    state = connection.execute(
        sa.select(OUTBOX.c.state).where(OUTBOX.c.id == ident).with_for_update()
    ).scalar_one_or_none()
    if state not in ("waiting", "cancelled"):
        return None
    values = {"state": "delivered", "receipt": receipt, "problem": ""}
    _end(connection, OUTBOX.c.id == ident, now, values)
    return "waiting" if state == "waiting" else "cancelled"


def put_off(connection: Any, item: Item, why: str, until: datetime) -> bool:
    """Note ``why`` it did not arrive, and try again at ``until``; False where it is no longer ours."""
    done = connection.execute(
        sa.update(OUTBOX).where(_ours(item)).values(claim=None, problem=why, due_at=until)
    )
    return bool(done.rowcount)


def given_up(
    connection: Any, item: Item, why: str, now: datetime, state: OutboxState = "dead"
) -> bool:
    """Note that it will not arrive, and ``why``; False where it is no longer ours.

    ``state``: ``dead``, or ``refused``. What was in it is forgotten: whoever sends it again makes it anew.
    """
    done = connection.execute(
        sa.update(OUTBOX)
        .where(_ours(item))
        .values(state=state, claim=None, parcel=None, problem=why, ended_at=now)
    )
    return bool(done.rowcount)


def cancel(connection: Any, reference: str, now: datetime) -> bool:
    """Send nothing of this referral any more, and forget what was to be sent.

    Return True where it arrived or was tried: then the receiver may have it, and has to be told.
    """
    rows = of_referral(connection, reference)
    of_it = OUTBOX.c.reference == reference
    _end(connection, of_it & (OUTBOX.c.state == "waiting"), now, {"state": "cancelled"})
    return any(item.may_have_left for item in rows)


def of_referral(connection: Any, reference: str) -> tuple[Item, ...]:
    """Return the deliveries of a referral, oldest first."""
    return listed(connection, OUTBOX.c.reference == reference)


def latest(connection: Any, reference: str) -> Item | None:
    """Return the last delivery of a referral, if it has one."""
    rows = of_referral(connection, reference)
    return rows[-1] if rows else None


def listed(connection: Any, *conditions: Any) -> tuple[Item, ...]:
    """Return the rows that meet ``conditions`` (on ``delivery_tables.OUTBOX``), oldest first."""
    columns = [OUTBOX.c[name] for name in _PLAIN]
    query = sa.select(*columns).where(*conditions).order_by(OUTBOX.c.made_at, OUTBOX.c.id)
    return tuple(Item(**row._mapping) for row in connection.execute(query))


def _end(connection: Any, which: Any, now: datetime, values: dict[str, Any]) -> None:
    connection.execute(
        sa.update(OUTBOX).where(which).values(parcel=None, claim=None, ended_at=now, **values)
    )


def _ours(item: Item) -> Any:
    return (OUTBOX.c.id == item.id) & (OUTBOX.c.state == "waiting") & (OUTBOX.c.claim == item.claim)


def _place(ident: str) -> str:
    return f"outbox/{ident}/parcel"
