"""Links for receivers: to report what became of one referral, or to confirm one address.

A link is a long random word; the record holds only its hash, so that neither the database nor a log gives one
away. It serves one purpose for one referral or address, ends on a day, and can be closed before. Looking at
where it leads changes nothing, so a mail scanner that opens every link does no harm.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

import sqlalchemy as sa

from referrals.records.delivery_tables import LINK

Purpose = Literal["report", "confirm_address"]
# Where the pages answer; a link is this behind the address under which we are reached.
PATH = "/r/"
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")

UNKNOWN = "This link leads nowhere. Perhaps it was cut off: copy the whole of it from the message."
OVER = "This link has run out. Nothing was changed. Please write or ring the practice that sent it."
CLOSED = "This link is no longer needed: what it was for has ended. Nothing was changed."


class LinkError(LookupError):
    """The link cannot be used. ``code``: unknown, over or closed; ``str()`` is for whoever follows it."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Link:
    """What a link is for. ``reference`` is ``None`` where it confirms an address."""

    purpose: Purpose
    reference: str | None
    service_id: str
    channel: str
    address: str
    expires_at: datetime


def give_out(connection: Any, link: Link, now: datetime) -> str:
    """Keep ``link`` and return its secret word. It is shown once: the record cannot give it back."""
    word = secrets.token_urlsafe(32)
    connection.execute(
        sa.insert(LINK).values(
            hash=_hash(word),
            purpose=link.purpose,
            reference=link.reference,
            service_id=link.service_id,
            channel=link.channel,
            address=link.address,
            made_at=now,
            expires_at=link.expires_at,
        )
    )
    return word


def report_link(
    connection: Any,
    base_url: str,
    reference: str,
    service_id: str,
    now: datetime,
    days: int,
) -> str:
    """Give out and return the address at which the receiver of ``reference`` reports; empty where nobody
    outside can reach us."""
    if not base_url:
        return ""
    link = Link("report", reference, service_id, "", "", now + timedelta(days=days))
    return base_url + PATH + give_out(connection, link, now)


def open_link(connection: Any, word: str, now: datetime) -> Link:
    """Return what ``word`` is for. Raises ``LinkError``. Changes nothing."""
    row = None
    if _SHAPE.fullmatch(word):
        row = connection.execute(sa.select(LINK).where(LINK.c.hash == _hash(word))).one_or_none()
    if row is None:
        raise LinkError("unknown", UNKNOWN)
    if row.closed_at is not None:
        raise LinkError("closed", CLOSED)
    if now >= row.expires_at:
        raise LinkError("over", OVER)
    return Link(
        row.purpose, row.reference, row.service_id, row.channel, row.address, row.expires_at
    )


def close(connection: Any, reference: str, now: datetime) -> None:
    """Close every link that was given out for a referral."""
    connection.execute(
        sa.update(LINK)
        .where(LINK.c.reference == reference, LINK.c.closed_at.is_(None))
        .values(closed_at=now)
    )


def _hash(word: str) -> str:
    return sha256(word.encode()).hexdigest()
