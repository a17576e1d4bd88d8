"""The practice's list of referrals: what each waits for, and for how long nothing was heard. Pure.

Nothing on it says who the patient is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from referrals.lifecycle import BEFORE_SENDING, STATE_WORDS, WITH_RECEIVER
from referrals.model import Referral, State
from referrals.service_words import name_of
from services_directory.model import Service

# Where the entry does not say by when the service answers: ten working days, the promise to which
# Connected Places holds services (Connected-Places/api, config/local.php, read 2026-11-22).
REPLY_WITHIN_DAYS = 14


@dataclass(frozen=True)
class WorkRow:
    """One line.

    ``days``: since the state last changed; ``silent``: the service should have been heard by now.
    ``waits_for``: who has to do something next, in words. ``identity_held``: a name can be shown.
    """

    reference: str
    service_id: str
    service: str
    state: State
    state_words: str
    days: int
    silent: bool
    waits_for: str
    owner: str
    opened_at: datetime
    identity_held: bool
    purged: bool

    def to_json(self) -> dict[str, Any]:
        """Return the line as JSON."""
        return {**asdict(self), "opened_at": self.opened_at.isoformat()}


def reply_within(referral: Referral, service: Service | None) -> int:
    """Return by how many days the receiver of ``referral`` answers."""
    if service is None:
        return REPLY_WITHIN_DAYS
    for route in service.routes:
        if route.route == referral.route and route.reply_within_days is not None:
            return route.reply_within_days
    return service.reply_within_days or REPLY_WITHIN_DAYS


def rows(
    found: Iterable[Referral],
    services: Mapping[str, Service],
    held: frozenset[str],
    now: datetime,
) -> tuple[WorkRow, ...]:
    """Return the lines for ``found``; what was silent for longest first, then what has waited longest.

    ``held``: consultations of which a name is held.
    """
    made = [_row(referral, services.get(referral.service_id), held, now) for referral in found]
    return tuple(sorted(made, key=lambda row: (not row.silent, -row.days, row.reference)))


def _row(
    referral: Referral, service: Service | None, held: frozenset[str], now: datetime
) -> WorkRow:
    days = max(0, (now - referral.state_since).days)
    return WorkRow(
        reference=referral.reference,
        service_id=referral.service_id,
        service=name_of(service) if service else referral.service_id,
        state=referral.state,
        state_words=STATE_WORDS[referral.state],
        days=days,
        silent=referral.state in WITH_RECEIVER and days >= reply_within(referral, service),
        waits_for=_waits_for(referral),
        owner=referral.owner,
        opened_at=referral.opened_at,
        identity_held=referral.consultation_id in held,
        purged=referral.purged,
    )


def _waits_for(referral: Referral) -> str:
    if referral.queued_at is not None:
        return "delivery"
    if referral.state in ("draft", "consented") and referral.to_sign and not referral.signed:
        return f"{referral.to_sign} to sign"
    if referral.state in BEFORE_SENDING:
        return "the practice"
    return "the service" if referral.state in WITH_RECEIVER else ""
