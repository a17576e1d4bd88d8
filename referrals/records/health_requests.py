"""Rows of requests for health input, read as what they mean and written from it; the deleting of them.

Every function takes the connection of the caller's transaction. None checks who may.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from referrals import audit
from referrals.model import Consent
from referrals.permissions import Actor
from referrals.records.columns import instant_text
from referrals.records.delivery_tables import HEALTH_REQUEST
from referrals.records.referrals import ChangedMeanwhile
from referrals.sealing import Sealer

RequestState = Literal["received", "agreed", "answered", "refused", "withdrawn"]
FINAL: frozenset[RequestState] = frozenset({"answered", "refused", "withdrawn"})
# From each state, the states that can follow.
STEPS: Mapping[RequestState, frozenset[RequestState]] = {
    "received": frozenset({"agreed", "refused", "withdrawn"}),
    "agreed": frozenset({"answered", "refused", "withdrawn"}),
}
STATE_WORDS: Mapping[RequestState, str] = {
    "received": "received, not answered",
    "agreed": "the patient agreed to an answer, not answered",
    "answered": "answered",
    "refused": "not answered: the patient did not agree, or the practice declined",
    "withdrawn": "withdrawn: the patient no longer agrees",
}


@dataclass(frozen=True)
class RequestAbout:
    """What a request says: who asks, about whom (as the provider wrote it), what; then what came of it.

    ``draft``: the answer as it was shown to the patient. ``reason``: why there is none.
    """

    provider: str = ""
    contact: str = ""
    patient: str = ""
    asks: str = ""
    draft: str = ""
    reason: str = ""
    consent: Consent | None = None


@dataclass(frozen=True)
class HealthRequest:
    """One request. ``about`` is empty once it was purged."""

    reference: str
    practice: str
    service_id: str | None
    state: RequestState
    received_at: datetime
    answer_by: date | None
    recorded_by: str
    recorded_role: str
    answered_by: str | None = None
    answered_role: str | None = None
    ended_at: datetime | None = None
    purged_at: datetime | None = None
    version: int = 1
    about: RequestAbout = field(default_factory=RequestAbout, repr=False)


def insert(connection: Any, sealer: Sealer, request: HealthRequest) -> None:
    """Keep a new request."""
    connection.execute(sa.insert(HEALTH_REQUEST).values(**_values(request, sealer)))


def get(connection: Any, sealer: Sealer, reference: str) -> HealthRequest | None:
    """Return the request, or ``None`` where there is none."""
    query = sa.select(HEALTH_REQUEST).where(HEALTH_REQUEST.c.reference == reference)
    row = connection.execute(query).one_or_none()
    return None if row is None else _request(row, sealer)


def open_ones(connection: Any, practice: str) -> tuple[HealthRequest, ...]:
    """Return the requests that are not at an end, without what they say, the earliest first."""
    query = sa.select(HEALTH_REQUEST).where(
        HEALTH_REQUEST.c.practice == practice, HEALTH_REQUEST.c.state.not_in(sorted(FINAL))
    )
    rows = connection.execute(query.order_by(HEALTH_REQUEST.c.received_at))
    return tuple(_request(row, None) for row in rows)


def save(connection: Any, sealer: Sealer, request: HealthRequest) -> HealthRequest:
    """Write a changed request; return it as it now stands. Raises ``ChangedMeanwhile``."""
    after = replace(request, version=request.version + 1)
    done = connection.execute(
        sa.update(HEALTH_REQUEST)
        .where(
            HEALTH_REQUEST.c.reference == request.reference,
            HEALTH_REQUEST.c.version == request.version,
        )
        .values(**_values(after, sealer))
    )
    if done.rowcount != 1:
        raise ChangedMeanwhile(request.reference)
    return after


def purge(
    connection: Any, practice: str, now: datetime, after_end: timedelta, at_most: timedelta
) -> int:
    """Delete what requests say that ended ``after_end`` ago, or came ``at_most`` ago; return how many.

    The caller's transaction; call ``records.engine.forget_deleted`` after it.
    """
    ended = HEALTH_REQUEST.c.ended_at <= now - after_end
    old = HEALTH_REQUEST.c.received_at <= now - at_most
    due = sa.select(HEALTH_REQUEST.c.reference, HEALTH_REQUEST.c.state).where(
        HEALTH_REQUEST.c.purged_at.is_(None), sa.or_(ended, old)
    )
    found = connection.execute(due).all()
    clock = Actor("clock", "clock", practice)
    for reference, state in found:
        connection.execute(
            sa.update(HEALTH_REQUEST)
            .where(HEALTH_REQUEST.c.reference == reference)
            .values(about=None, purged_at=now, state=state if state in FINAL else "refused")
        )
        audit.note(connection, clock, now, "purge", reference, {"was": state})
    return len(found)


def _values(request: HealthRequest, sealer: Sealer) -> dict[str, Any]:
    plain = {c.name: getattr(request, c.name) for c in HEALTH_REQUEST.c if c.name != "about"}
    return {**plain, "about": sealer.seal(_place(request.reference), _about_text(request.about))}


def _request(row: Any, sealer: Sealer | None) -> HealthRequest:
    plain = {c.name: getattr(row, c.name) for c in HEALTH_REQUEST.c if c.name != "about"}
    if sealer is None or row.about is None:
        return HealthRequest(**plain)
    return HealthRequest(**plain, about=_about(sealer.unseal(_place(row.reference), row.about)))


def _about_text(about: RequestAbout) -> str:
    def as_text(value: Any) -> str:
        return instant_text(value)

    return json.dumps(asdict(about), ensure_ascii=False, default=as_text)


def _about(text: str) -> RequestAbout:
    raw = json.loads(text)
    consent = raw.pop("consent")
    if consent is not None:
        for name in ("at", "withdrawn_at"):
            consent[name] = consent[name] and datetime.fromisoformat(consent[name])
        consent = Consent(**consent)
    return RequestAbout(**raw, consent=consent)


def _place(reference: str) -> str:
    return f"health_request/{reference}/about"
