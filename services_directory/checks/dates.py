"""Dates of one entry that cannot all be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services_directory.entry_reader import ReadEntry
from services_directory.findings import Finding

# (earlier, later): the first may never lie after the second.
_ORDER = (
    ("valid_from", "referrals_close_on"),
    ("valid_from", "valid_to"),
    ("referrals_close_on", "valid_to"),
    ("valid_from", "unverified_from"),
    ("unverified_from", "valid_to"),
)


def check_dates(entry: ReadEntry, today: date) -> Iterator[Finding]:
    """Yield contradictions among the dates of ``entry``, and dates of knowledge not reached ``today``."""
    service = entry.service
    if service is None:
        return

    def finding(key: str, message: str, warning: bool = False) -> Finding:
        return Finding(
            str(entry.path), entry.line_of(key), "warning" if warning else "error", message
        )

    for earlier, later in _ORDER:
        first, second = getattr(service, earlier), getattr(service, later)
        if first is not None and second is not None and second < first:
            yield finding(
                later, f"{later} {second} lies before {earlier} {first}; mend one of the two"
            )
    if service.status == "planned" and service.valid_from is None:
        yield finding(
            "status", "a planned service needs valid_from: the day it starts", warning=True
        )
    end = service.valid_to or service.referrals_close_on
    if service.status in ("closed", "ended") and end is not None and end >= today:
        yield finding(
            "status",
            f"its status says {service.status}, its dates say open until {end}; mend one of the two",
            warning=True,
        )
    for key in ("source_date", "verified_on"):
        value = getattr(service, key)
        if value is not None and value > today:
            yield finding(
                key,
                f"{key} {value} is still to come; write the day of the page",
                key == "source_date",
            )
    for position, source in enumerate(service.sources):
        if source.dated is not None and source.dated > today:
            yield Finding(
                str(entry.path),
                entry.line_of("sources", position, "dated"),
                "warning",
                f"dated {source.dated} is still to come; write the day the page shows",
            )
