"""What an entry's status is on a day, and how old its facts are then (contract, section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services_directory.model import REFERABLE, Service, Status

STALE_AFTER_MONTHS = 12


@dataclass(frozen=True)
class StatusOn:
    """The status on one day, and since when it holds (``None``: not known, or not over yet).

    ``until`` and ``because`` are set for a pause: its last day, and the reason that was given.
    """

    status: Status
    since: date | None = None
    until: date | None = None
    because: str = ""

    @property
    def referable(self) -> bool:
        """Say whether somebody may be pointed to the service at all."""
        return self.status in REFERABLE


def status_on(service: Service, day: date) -> StatusOn:
    """Return the status of ``service`` on ``day``. Its dates override what is written as status.

    A pause stops only what could be referred to; it never hides that a service is over.
    """
    found = _as_written(service, day)
    if service.pauses and found.referable:
        for pause in service.pauses:
            if pause.on <= day <= pause.until:
                return StatusOn("paused", pause.on, pause.until, pause.because)
    return found


def _as_written(service: Service, day: date) -> StatusOn:
    if service.valid_to is not None and day > service.valid_to:
        return StatusOn("ended", service.valid_to)
    if service.referrals_close_on is not None and day > service.referrals_close_on:
        return StatusOn("closed", service.referrals_close_on)
    if service.valid_from is not None and day < service.valid_from:
        return StatusOn("planned", service.valid_from)
    if service.unverified_from is not None and day >= service.unverified_from:
        return StatusOn("unverified", service.unverified_from)
    if service.status in ("closed", "ended"):
        # Written as over, with an end still to come on this day: it was open then.
        ends = service.referrals_close_on or service.valid_to
        return StatusOn("open") if ends is not None else StatusOn(service.status)
    if service.status == "planned" and service.valid_from is not None:
        return StatusOn("open", service.valid_from)
    return StatusOn(service.status)


def facts_age_months(service: Service, day: date) -> int | None:
    """Return how many whole months old the newest fact is on ``day``; ``None`` where none has a date."""
    dates = [d for d in (service.source_date, service.verified_on) if d is not None]
    if not dates:
        return None
    newest = max(dates)
    months = (day.year - newest.year) * 12 + day.month - newest.month - (day.day < newest.day)
    return max(months, 0)


def is_stale(service: Service, day: date) -> bool:
    """Say whether the facts are over twelve months old on ``day``, or have no date at all."""
    dates = [d for d in (service.source_date, service.verified_on) if d is not None]
    if not dates:
        return True
    newest = max(dates)
    months = (day.year - newest.year) * 12 + day.month - newest.month
    return months > STALE_AFTER_MONTHS or (months == STALE_AFTER_MONTHS and day.day > newest.day)
