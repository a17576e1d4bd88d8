"""Whether this patient was already referred to the service, or to another entry of its programme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from referrals.model import Referral
from services_directory.model import Service

# Longer ago, a new referral is more likely meant than forgotten.
LOOK_BACK = timedelta(days=365)


def programme_of(services: Mapping[str, Service], service_id: str) -> str:
    """Return what two entries share that are one programme; an entry alone is its own."""
    service = services.get(service_id)
    return (service.programme if service else None) or service_id


def still_counts(referral: Referral, now: datetime) -> bool:
    """Say whether ``referral`` makes another one a duplicate: under way, or completed not long ago."""
    if referral.state in ("withdrawn", "declined"):
        return False
    return now - referral.opened_at <= LOOK_BACK


def duplicates(
    referral: Referral,
    others: Iterable[Referral],
    services: Mapping[str, Service],
    now: datetime,
) -> tuple[Referral, ...]:
    """Return those of ``others`` (of the same patient) that ``referral`` would repeat."""
    programme = programme_of(services, referral.service_id)
    return tuple(
        other
        for other in others
        if other.reference != referral.reference
        and other.practice == referral.practice
        and programme_of(services, other.service_id) == programme
        and still_counts(other, now)
    )
