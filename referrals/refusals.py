"""When no draft is made: the reason, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from referrals.routes import Chosen
from referrals.service_words import contacts, name_of
from referrals.shareable import keep_off_paper
from services_directory.model import Service
from services_directory.reasons import day_of
from services_directory.status import StatusOn, status_on


@dataclass(frozen=True)
class Refusal:
    """Why there is no draft, and what to do. ``text`` is both; the caller makes an ``info`` of it."""

    service_id: str
    reason: str
    what_to_do: str

    @property
    def text(self) -> str:
        """Return the refusal as a message."""
        return f"{self.reason} {self.what_to_do} Nothing has been sent."


@dataclass(frozen=True)
class NoWayIn(Refusal):
    """The service may fit, but how to reach it was not found. Offer the next best that has a way in."""


@dataclass(frozen=True)
class NotReferable(Refusal):
    """The service takes no referrals on this day. ``replaced_by`` names what did replace it."""

    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotOnPaper(Refusal):
    """A paper about this service could endanger whoever is found with it."""


def refusal(
    service: Service,
    chosen: Chosen | None,
    today: date,
    names: Mapping[str, str],
    wanted: str | None = None,
) -> Refusal | None:
    """Return why no draft may be made for ``service`` on ``today``, or ``None`` where one may."""
    status = status_on(service, today)
    if not status.referable:
        return _closed(service, status, names)
    if keep_off_paper(service):
        return _by_word_of_mouth(service)
    if chosen is None:
        return _no_way_in(service, wanted)
    return None


def _closed(service: Service, status: StatusOn, names: Mapping[str, str]) -> NotReferable:
    since = f" since {day_of(status.since)}" if status.since else ""
    told = {
        "closed": f"takes no new referrals{since}",
        "ended": f"has ended{since}",
        "paused": "takes no referrals at the moment",
        "planned": f"starts on {day_of(status.since)}" if status.since else "has not started yet",
    }.get(status.status, "takes no referrals")
    others = [names[i] for i in service.replaced_by if i in names]
    instead = (
        f"What replaced it: {', '.join(others)}."
        if others
        else "Choose another service from the list."
    )
    return NotReferable(
        service.id, f"{name_of(service)} {told}.", instead, replaced_by=service.replaced_by
    )


def _by_word_of_mouth(service: Service) -> NotOnPaper:
    ways = [line for route in service.routes if route.way_in == "known" for line in contacts(route)]
    told = (
        f"Tell the patient instead, alone: {'; '.join(dict.fromkeys(ways))}."
        if ways
        else "Follow the practice's own safety pathway."
    )
    return NotOnPaper(
        service.id,
        f"{name_of(service)}: no paper is made for a safety service, because others could find it.",
        told,
    )


def _no_way_in(service: Service, wanted: str | None) -> NoWayIn:
    held = any(route.way_in != "not_known" for route in service.routes)
    if wanted is not None and held:
        way = wanted.replace("_", " ")
        return NoWayIn(
            service.id,
            f"{name_of(service)} has no known way in by {way}.",
            "Ask for it without naming a route.",
        )
    return NoWayIn(
        service.id,
        f"How to reach {name_of(service)} is not held: it was not found, so no form is made.",
        "Ask the service or its council how to refer, or choose the next service that has a way in.",
    )
