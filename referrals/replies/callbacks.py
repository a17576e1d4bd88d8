"""Call-backs of receivers' own systems: signed, fresh, and taken once.

The signature follows Standard Webhooks (github.com/standard-webhooks/standard-webhooks, spec v1, for which
libraries exist): the headers ``webhook-id``, ``webhook-timestamp`` (seconds since 1970) and
``webhook-signature``, a list of ``v1,<base64>`` with HMAC-SHA256 of ``id.timestamp.body``. The secret is
shared with one receiver and moves that receiver's referrals alone.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from referrals.delivery.settings import DeliverySettings
from referrals.records.delivery_tables import CALLBACK
from referrals.records.engine import writing
from referrals.records.tables import REFERRAL
from referrals.reference import tidied
from referrals.replies import reports
from referrals.sealing import Sealer

TOLERANCE = timedelta(minutes=5)
LARGEST = 16 * 1024
_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")

NOT_SIGNED = "This call-back is not signed as agreed. Nothing was changed."
STALE = "This call-back is too old or from the future; check the clock. Nothing was changed."
REPLAYED = "A call-back with this id was taken already. Nothing was changed."
NOT_READ = "This call-back cannot be read: send a JSON object with `reference` and `state`."


@dataclass(frozen=True)
class Answer:
    """What the receiver's system is told: an HTTP ``status`` and a JSON object."""

    status: int
    said: Mapping[str, Any]


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """Return the signature that belongs to a call-back, as one ``v1,<base64>``.

    ``secret`` is used as it is written, or decoded where it is ``whsec_`` and base64.
    """
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(_key(secret), signed, sha256).digest()).decode()


def signed_by(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Say whether the call-back carries the signature of whoever knows ``secret``. No secret: never."""
    if not secret:
        return False
    expected = signature(
        secret, headers.get("webhook-id", ""), headers.get("webhook-timestamp", ""), body
    ).encode()
    given = headers.get("webhook-signature", "").encode("utf-8", "replace").split()
    # Every one is compared, so that the time tells nothing.
    return any([hmac.compare_digest(expected, one) for one in given])


def fresh(headers: Mapping[str, str], now: datetime) -> bool:
    """Say whether the call-back was made within ``TOLERANCE`` of ``now``."""
    text = headers.get("webhook-timestamp", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        return False
    return abs(int(text) - now.timestamp()) <= TOLERANCE.total_seconds()


def take(
    engine: Any,
    sealer: Sealer,
    settings: DeliverySettings,
    headers: Mapping[str, str],
    body: bytes,
    now: datetime,
) -> Answer:
    """Take a call-back: check it, and note what it reports. ``headers`` have names in small letters.

    Who cannot sign learns nothing, not even which references there are.
    """
    message_id = headers.get("webhook-id", "")
    said = _read(body) if len(body) <= LARGEST else None
    reference = tidied(str(said.get("reference", ""))) if said else None
    with writing(engine) as connection:
        service_id = _service_of(connection, reference)
        secret = settings.receiver(service_id).callback_secret if service_id else ""
        # Checked in any case, so that an unknown reference takes as long as a known one.
        if not (signed_by(secret or "none", headers, body) and secret):
            return _refused(401, NOT_SIGNED)
        if not fresh(headers, now):
            return _refused(401, STALE)
        if said is None or not _ID.fullmatch(message_id):
            return _refused(400, NOT_READ)
        if not _first_time(connection, service_id, message_id, now):
            return _refused(409, REPLAYED)
        try:
            reason = str(said.get("reason") or "")
            to = str(said.get("state") or "")
            new = reports.report(connection, sealer, str(reference), to, reason, now)
        except reports.CannotReport as error:
            return _refused(422, str(error))
    words = reports.DONE if new else reports.NOTED_BEFORE
    return Answer(200, {"reference": reference, "state": to, "recorded": new, "text": words})


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except ValueError:
            pass
    return secret.encode()


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _service_of(connection: Any, reference: str | None) -> str:
    if reference is None:
        return ""
    query = sa.select(REFERRAL.c.service_id).where(REFERRAL.c.reference == reference)
    return str(connection.execute(query).scalar_one_or_none() or "")


def _first_time(connection: Any, service_id: str, message_id: str, now: datetime) -> bool:
    """Keep the id, unless it is kept; forget those that are too old to be taken again anyway."""
    connection.execute(sa.delete(CALLBACK).where(CALLBACK.c.taken_at < now - 3 * TOLERANCE))
    same = (CALLBACK.c.service_id == service_id) & (CALLBACK.c.message_id == message_id)
    if connection.execute(sa.select(CALLBACK.c.taken_at).where(same)).first() is not None:
        return False
    try:
        with connection.begin_nested():
            connection.execute(
                sa.insert(CALLBACK).values(
                    service_id=service_id, message_id=message_id, taken_at=now
                )
            )
    except sa.exc.IntegrityError:
        # PostgreSQL: the same call-back came twice at once.
        return False
    return True


def _refused(status: int, text: str) -> Answer:
    return Answer(status, {"recorded": False, "text": text})
