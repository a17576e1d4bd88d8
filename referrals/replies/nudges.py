"""Silence: referrals of which nothing was heard for longer than their service says, each with a task.

``referrals.worklist`` knows how long a service may take. Somebody who has looked into it and ended the task
is asked again only after as long a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from referrals.lifecycle import WITH_RECEIVER
from referrals.model import Referral
from referrals.records import referrals
from referrals.records.tables import REFERRAL
from referrals.replies import tasks
from referrals.worklist import reply_within
from services_directory.model import Service

# Once the patient takes part, there is nothing to wait for.
WAITING = WITH_RECEIVER - {"attached"}


@dataclass(frozen=True)
class Silent:
    """A referral of which nothing was heard since ``since``, for ``days``."""

    reference: str
    since: datetime
    days: int


def silent(
    found: Iterable[Referral],
    services: Mapping[str, Service],
    looked_into: Mapping[str, datetime],
    now: datetime,
) -> tuple[Silent, ...]:
    """Return those of ``found`` of which something should have been heard, the longest silence first.

    ``looked_into``: when somebody last ended a task about it, by reference. Pure.
    """
    told = []
    for referral in found:
        if referral.state not in WAITING:
            continue
        since = max(referral.state_since, looked_into.get(referral.reference, referral.state_since))
        within = timedelta(days=reply_within(referral, services.get(referral.service_id)))
        if now - since >= within:
            told.append(Silent(referral.reference, since, (now - since).days))
    return tuple(sorted(told, key=lambda one: (one.since, one.reference)))


def note(connection: Any, services: Mapping[str, Service], now: datetime) -> int:
    """Keep a task for each silence that has none, in the caller's transaction; return how many were kept."""
    found = referrals.listed(connection, REFERRAL.c.state.in_(sorted(WAITING)))
    looked = tasks.last_done(connection, tuple(r.reference for r in found), "silent")
    return sum(
        tasks.open_task(connection, one.reference, "silent", now)
        for one in silent(found, services, looked, now)
    )
