"""The audit trail: who saw or changed which referral, when. Rows are added and never changed.

The database refuses to change or delete a row. Each holds the hash of the one before, and the end is noted
apart, so that ``verify`` finds what was changed, taken out, put in or moved all the same. Whoever owns the
database could make a new chain: against that, keep the latest hash, which ``fingerpost audit verify`` prints,
elsewhere. No row says anything about a patient.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from referrals.permissions import Actor
from referrals.records.columns import instant_text
from referrals.records.tables import AUDIT, AUDIT_HEAD

# What stands before the first row.
BEGINNING = "0" * 64
# Any number, so long as no other program on the database takes the same.
AUDIT_LOCK = 7_283_121
_BATCH = 1000


@dataclass(frozen=True)
class Entry:
    """One row: ``number`` counts from 1; ``detail`` holds words and numbers of ours alone."""

    number: int
    at: datetime
    actor: str
    role: str
    practice: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    hash: str


@dataclass(frozen=True)
class Verified:
    """What ``verify`` found: how many rows hold, the latest hash, and the first that does not hold."""

    rows: int
    latest: str
    broken_at: int | None = None
    why: str = ""

    @property
    def whole(self) -> bool:
        """Whether every row holds."""
        return self.broken_at is None


def note(
    connection: Any,
    actor: Actor,
    now: datetime,
    action: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add a row in the caller's transaction: it stands if and only if the change stands.

    ``subject`` is a reference or consultation id. ``detail`` must not hold anything a patient said or is.
    """
    if connection.dialect.name == "postgresql":
        # Two that add at the same time would take the same number. (SQLite has one writer anyway.)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(AUDIT_LOCK)))
    last = connection.execute(
        sa.select(AUDIT.c.number, AUDIT.c.hash).order_by(AUDIT.c.number.desc()).limit(1)
    ).first()
    number = last.number + 1 if last else 1
    previous = last.hash if last else BEGINNING
    entry = _canonical(
        {
            "number": number,
            "at": instant_text(now),
            "actor": actor.id,
            "role": actor.role,
            "practice": actor.practice,
            "action": action,
            "subject": subject,
            "detail": dict(detail or {}),
        }
    )
    end = {"number": number, "hash": _hash(previous, entry)}
    connection.execute(
        sa.insert(AUDIT).values(entry=entry, previous=previous, subject=subject, **end)
    )
    if connection.execute(sa.update(AUDIT_HEAD).values(**end)).rowcount == 0:
        connection.execute(sa.insert(AUDIT_HEAD).values(id=1, **end))


def entries(connection: Any, subject: str | None = None) -> Iterator[Entry]:
    """Yield the rows in order; only those about ``subject`` where it is given."""
    query = sa.select(AUDIT).order_by(AUDIT.c.number)
    if subject is not None:
        query = query.where(AUDIT.c.subject == subject)
    for row in connection.execute(query):
        yield _entry(row)


def latest(
    connection: Any, practice: str, most: int, subject: str | None = None
) -> tuple[Entry, ...]:
    """Return up to ``most`` rows of what ``practice`` did, the newest first; only those about ``subject``.

    A row that cannot be read is left out: ``verify`` names it.
    """
    query = sa.select(AUDIT).order_by(AUDIT.c.number.desc())
    if subject is not None:
        query = query.where(AUDIT.c.subject == subject)
    found: list[Entry] = []
    for row in connection.execute(query.execution_options(yield_per=_BATCH)):
        try:
            entry = _entry(row)
        except (ValueError, KeyError, TypeError):
            continue
        if entry.practice == practice:
            found.append(entry)
        if len(found) == most:
            break
    return tuple(found)


def _entry(row: Any) -> Entry:
    raw = json.loads(row.entry)
    return Entry(**{**raw, "at": datetime.fromisoformat(raw["at"])}, hash=row.hash)


def verify(connection: Any) -> Verified:
    """Go through the whole chain; say where it first breaks, if it does."""
    previous, expected = BEGINNING, 1
    while True:
        rows = connection.execute(
            sa.select(AUDIT)
            .where(AUDIT.c.number >= expected)
            .order_by(AUDIT.c.number)
            .limit(_BATCH)
        ).all()
        if not rows:
            break
        for row in rows:
            if why := _broken(row, expected, previous):
                return Verified(expected - 1, previous, expected, why)
            previous, expected = row.hash, expected + 1
    last = expected - 1
    before_first = sa.select(AUDIT.c.number).where(AUDIT.c.number < 1)
    if connection.execute(before_first).first():
        return Verified(last, previous, 0, "a row stands before the first")
    head = connection.execute(sa.select(AUDIT_HEAD.c.number, AUDIT_HEAD.c.hash)).first()
    if (head.number, head.hash) != (last, previous) if head else last:
        return Verified(last, previous, expected, "rows are missing at the end")
    return Verified(last, previous)


def _broken(row: Any, expected: int, previous: str) -> str:
    if row.number != expected:
        return "a row is missing here"
    if row.previous != previous:
        return "it does not follow on the row before"
    if row.hash != _hash(row.previous, row.entry):
        return "its text was changed"
    try:
        raw = json.loads(row.entry)
    except ValueError:
        return "its text was changed"
    if raw.get("number") != row.number or raw.get("subject") != row.subject:
        return "it was moved or its subject changed"
    return ""


def _canonical(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(previous: str, entry: str) -> str:
    return sha256(f"{previous}\n{entry}".encode()).hexdigest()
